"""Which of an annotator's labels are to be looked at again, kept up as they are confirmed or changed."""

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.comparison import Difference, compare, touched_labels
from annotator.model.errors import AnnotatorError
from annotator.ui.codebook.wording import Told, told
from annotator.ui.session.session import Session

_LOOKS = ("name", "key", "color", "line", "examples", "default")
"""What says nothing new about what is labelled."""


class Again(QObject):
    """Holds the annotations that an older revision may have judged otherwise. `changed` tells that they are others."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._found: dict[str, Annotation] = {}
        self._touched: dict[int, frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._found)

    def annotations(self) -> list[Annotation]:
        """Return them in reading order."""
        place = {head.id: number for number, head in enumerate(self._session.heads)} if self._session else {}
        return sorted(self._found.values(), key=lambda each: (place.get(each.article, -1), each.order))

    def set_session(self, session: Session | None) -> None:
        """Follow another session."""
        self._session = session
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._load)
        self._load()

    def words(self, annotation: Annotation) -> str:
        """Return the words that an annotation covers."""
        if self._session is None:
            return ""
        try:
            text = self._session.project.article(annotation.article).text
        except AnnotatorError:  # its article has been taken out in the meantime
            return ""
        return " … ".join(annotation.span.covered(text))

    def changes(self, annotation: Annotation) -> list[Told]:
        """Return in words what has changed about an annotation's label since the revision that it was made under."""
        if self._session is None:
            return []
        latest = self._session.project.codebook
        try:
            before = self._session.project.revision(annotation.codebook)
        except AnnotatorError:  # that revision has been undone in the meantime
            return []
        found = compare(before, latest)
        return told((each for each in found if _concerns(each, annotation.label, before, latest)), before, latest)

    def keep(self, annotation: Annotation) -> bool:
        """Confirm that an annotation holds under the latest revision; whether that worked."""
        session = self._session
        if session is None:
            return False
        try:
            session.project.confirm([annotation.id])
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return False
        session.tell("Confirmed")
        return True

    def _load(self) -> None:
        session = self._session
        self._touched.clear()
        self._found = {}
        if session is not None:
            try:
                self._found = {each.id: each for each in session.project.outdated(session.annotator.id)}
            except AnnotatorError as error:
                session.failed.emit(str(error))
        self.changed.emit()

    def _on_changes(self, changes: Changes) -> None:
        if changes.nouns & {"codebook", "article", "text"}:
            self._load()
        elif changes.annotations and self._session is not None and self._can_be_outdated(self._session):
            here = self._session.annotations  # read anew already: those of the article on the page
            # Not a difference of sets: it would go through all that the page has.
            elsewhere = [key for key in changes.annotations if key not in here]
            there = self._session.project.annotations_by_id(elsewhere)
            is_other = False
            for key in changes.annotations:
                found = here.get(key) or there.get(key)
                before = self._found.pop(key, None)
                if found is not None and self._is_outdated(found):
                    self._found[key] = found
                is_other = is_other or self._found.get(key) != before
            if is_other:
                self.changed.emit()

    def _can_be_outdated(self, session: Session) -> bool:
        """Whether a label can have been made under an earlier revision: not under the first one."""
        return bool(self._found) or session.project.codebook.revision > 1

    def _is_outdated(self, annotation: Annotation) -> bool:
        session = self._session
        if session is None or annotation.annotator != session.annotator.id:
            return False
        latest = session.project.codebook
        if annotation.codebook >= latest.revision:
            return False
        if annotation.codebook not in self._touched:
            self._touched[annotation.codebook] = touched_labels(session.project.revision(annotation.codebook), latest)
        return annotation.label in self._touched[annotation.codebook]


def _concerns(difference: Difference, label: str, *books: Codebook) -> bool:
    """Whether a difference says something about what a label means."""
    if difference.part == "label":
        return difference.id == label and difference.field not in _LOOKS
    for book in books:
        match difference.part:
            case "attribute":
                labels = [each.labels for each in book.attributes if each.id == difference.id]
            case "role":
                labels = [(each.frame,) for each in book.roles if each.id == difference.id]
            case "relation":
                labels = [each.sources for each in book.relations if each.id == difference.id]
            case _:
                labels = []
        if any(label in each for each in labels):
            return difference.field not in _LOOKS
    return False

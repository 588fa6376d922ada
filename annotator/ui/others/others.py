"""Others' labels in the text, once they are opened: read, shown in rows, stepped through; never changed from here."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation
from annotator.model.annotator import Annotator
from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.ui.actions.actions import Actions
from annotator.ui.others.people import color_of, tags
from annotator.ui.reader.others import Other, label_name, told, words_of
from annotator.ui.reader.view import Reader
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Habits

_WORDS = 60


class Looked(NamedTuple):
    """Somebody else's label that is looked at: whose it is, and what is recorded about it, a line each."""

    name: str
    annotation: Annotation
    words: str
    lines: list[str]


class Others(QObject):
    """Keeps the rows of others' labels in step with the project. `looked_changed`: another one is looked at, or none;
    `habits_changed`: the person wants to see them, or does not."""

    looked_changed = Signal()
    habits_changed = Signal()

    def __init__(self, actions: Actions, reader: Reader) -> None:
        super().__init__(reader)
        self._actions = actions
        self._reader = reader
        self._session: Session | None = None
        self._known: dict[str, tuple[Other, Annotation]] = {}
        self._looked = ""
        self._habits = Habits()
        self._soon = Later(self, self._show, 0)
        self._switch = actions["others.text"]
        self._switch.setChecked(True)
        self._switch.triggered.connect(self._switched)
        actions.on("others.next", lambda: self.step(1))
        actions.on("others.previous", lambda: self.step(-1))
        reader.other_clicked.connect(self.look_at)
        reader.mark_clicked.connect(lambda _mark: self.let_go())

    def set_session(self, session: Session | None) -> None:
        """Work on another project."""
        self._session = session
        self._known, self._looked = {}, ""
        if session is not None:
            session.changed.connect(self._on_changes)
            session.selected_changed.connect(self._selected)

    def take_habits(self, habits: Habits) -> None:
        """Show or leave out as the person did the last time in this project."""
        self._habits = habits
        self._switch.setChecked(not habits.alone)
        self._show()

    # Reading

    def of_page(self) -> tuple[Other, ...]:
        """Return what others have labelled in the article on the page, as far as it may be seen and is to be shown."""
        session = self._session
        self._known = {}
        if session is None or session.article is None or session.is_blind or not self._switch.isChecked():
            self._look_at("")
            return ()
        try:
            found = session.project.annotations(session.article.id)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            found = []
        people = session.project.everybody()
        by_person: dict[str, list[Annotation]] = {each.id: [] for each in people if _is_other(each, session.annotator)}
        for annotation in found:
            if annotation.annotator in by_person:
                by_person[annotation.annotator].append(annotation)
        beside = dict(zip((each.id for each in people), tags(people), strict=True))
        others = tuple(
            Other(each.id, beside[each.id], each.name, color_of(each, place), tuple(by_person[each.id]))
            for place, each in enumerate(people)
            if by_person.get(each.id)
        )
        self._known = {annotation.id: (other, annotation) for other in others for annotation in other.annotations}
        self._look_at(self._looked if self._looked in self._known else "")
        return others

    def _on_changes(self, changes: Changes) -> None:
        session = self._session
        if session is None or session.article is None:
            return
        if changes.nouns & {"setting", "annotator"} or (
            "annotation" in changes.nouns and session.article.id in changes.articles and self._touches(changes)
        ):
            self._soon.ask(at_once=self._reader.isVisible())

    def _touches(self, changes: Changes) -> bool:
        """Whether a step touched labels that are shown here, or are to be."""
        session = self._session
        if session is None or session.is_blind or not self._switch.isChecked():
            return False
        # Not a difference of sets: it would go through all that the page has.
        foreign = [each for each in changes.annotations if each not in session.annotations]
        if any(each in self._known for each in foreign):
            return True
        # An own label that was deleted is none any more; whatever is there is somebody else's.
        return bool(foreign) and bool(session.project.annotations_by_id(foreign[:_SOME]))

    def _show(self) -> None:
        self._reader.set_others(self.of_page())
        self._reader.look_at_other(self._looked)

    def _switched(self, on: bool) -> None:
        session = self._session
        if session is None:
            return
        self._show()
        self._habits.alone = not on
        self.habits_changed.emit()
        if session.stays_blind:
            session.said.emit(session.stays_blind)
        elif session.hides_others:
            key = self._actions.key_text("others")
            session.said.emit(f"Others' labels are hidden in this project. “Show others' labels” ({key}) opens them")
        elif on and not self._known:
            session.said.emit("Nobody else has labelled anything in this article")
        else:
            session.said.emit(f"Others' labels are {'shown in' if on else 'left out of'} the text")

    # Looking

    def looked(self) -> Looked | None:
        """Return the label that is looked at, or None."""
        session = self._session
        if session is None or session.article is None or self._looked not in self._known:
            return None
        other, found = self._known[self._looked]
        book, text = session.project.codebook, session.article.text
        return Looked(
            other.name, found, words_of(found, text)[1:-1], [*told(found, book), *self._links_of(found, text)]
        )

    def look_at(self, mark: str) -> None:
        """Look at somebody else's label: its words deepen, and the inspector tells what is recorded about it."""
        session = self._session
        if session is None or session.article is None or mark not in self._known:
            return
        session.select("")
        self._look_at(mark)
        other, found = self._known[mark]
        self._reader.reveal(found.span.start, found.span.end)
        name = label_name(found, session.project.codebook)
        words = words_of(found, session.article.text, _WORDS)
        session.said.emit(f"{other.name}: {name} · {words} · only to look at")

    def let_go(self) -> bool:
        """Look at nothing any more; whether something was looked at."""
        was = bool(self._looked)
        self._look_at("")
        return was

    def step(self, by: int) -> None:
        """Look at the next label of somebody else in reading order, or at the one before."""
        session = self._session
        if session is None:
            return
        order = sorted(annotation.order for _, annotation in self._known.values())
        if not order:
            hidden = session.hides_others
            session.said.emit("Others' labels are hidden" if hidden else "There are no labels of others in this text")
            return
        caret = self._reader.caret
        here = self._known[self._looked][1].order if self._looked else (caret, -len(self._reader.page.text) - 1, "")
        following = [each for each in order if (each > here if by > 0 else each < here)]
        if following:
            self.look_at(following[0 if by > 0 else -1][2])
        else:
            session.said.emit(f"There is no label of others further {'on' if by > 0 else 'up'}")

    def _selected(self) -> None:
        if self._session is not None and self._session.selected:
            self.let_go()

    def _look_at(self, mark: str) -> None:
        if mark != self._looked:
            self._looked = mark
            self._reader.look_at_other(mark)
            self.looked_changed.emit()

    def _links_of(self, found: Annotation, text: str) -> list[str]:
        """Return what a label is joined to, a line each."""
        session = self._session
        if session is None:
            return []
        book, lines = session.project.codebook, []
        for link in session.project.links(found.article):
            if found.id not in (link.origin_id, link.target):
                continue
            kind = book.link_kind(link.kind)
            leaves = link.origin_id == found.id
            end = link.target if leaves else link.origin_id
            known = self._known.get(end or "")
            words = words_of(known[1], text, _WORDS) if known else "a label elsewhere" if end else "not in this article"
            lines.append(f"{kind.name if kind else link.kind} {'→' if leaves else '←'} {words}")
        return lines


_SOME = 500
"""Of so many touched labels at most it is asked whose they are: where there are more, some of the first are there."""


def _is_other(each: Annotator, here: Annotator) -> bool:
    """Whether somebody is another person. The other reading of the same one stays away, or it would not be blind."""
    person, own = each.repeats or each.id, here.repeats or here.id
    return person != own

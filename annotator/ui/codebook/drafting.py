"""The draft of the codebook: changes are collected here until they are saved as one revision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.comparison import Difference, compare
from annotator.model.draft import Change, Draft, clause_ids, edited, next_clause_id, rebased
from annotator.model.errors import AnnotatorError
from annotator.model.faults import Fault, faults
from annotator.model.settle import settled
from annotator.ui.codebook.kept import Kept, KeptDrafts
from annotator.ui.session.session import Session

_KEEP_AFTER = 400
"""Milliseconds of quiet after which the draft is written down."""
_EMPTY = Draft("")


@dataclass(frozen=True, slots=True)
class _Past:
    """A change: in words, the draft on its other side, and the project's last step when it was made."""

    words: str
    draft: Draft
    step: int


class Drafting(QObject):
    """Holds the draft of the open project's codebook.

    `changed` tells that the draft, what it began from, or what can be taken back is another; `saved` carries the
    number of a new revision.
    """

    changed = Signal()
    saved = Signal(int)

    def __init__(self, kept: KeptDrafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._session: Session | None = None
        self.base: Codebook | None = None
        self.draft = _EMPTY
        self.faults: list[Fault] = []
        self.is_found = False
        """Whether the draft was kept from an earlier time."""
        self._back: list[_Past] = []
        self._forth: list[_Past] = []
        self._subject: object = None
        self._ever: set[str] | None = None
        self._quiet = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._quiet.timeout.connect(self.keep)

    # Reading

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._session is not None

    def is_of(self, session: Session | None) -> bool:
        """Whether this is the draft of that session's project."""
        return self._session is session

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed here."""
        return self._session is None or self._session.project.read_only

    @property
    def is_changed(self) -> bool:
        """Whether there are changes that are not saved."""
        return self.base is not None and self.draft != Draft.of(self.base)

    @property
    def revision(self) -> int:
        """The number of the latest revision."""
        return self.base.revision if self.base else 0

    def differences(self) -> list[Difference]:
        """Return what the draft changes, where it is a codebook; nothing where it is not (yet)."""
        if self.base is None or self.faults:
            return []
        return compare(self.base, self.draft.codebook())

    def changed_parts(self) -> set[tuple[str, str]]:
        """Return group and id of every part that is new or not as it was saved."""
        if self.base is None:
            return set()
        old = Draft.of(self.base)
        found = {("", "")} if (old.name, old.description) != (self.draft.name, self.draft.description) else set()
        for group in ("labels", "attributes", "roles", "relations", "clauses"):
            saved = set(old.group(group))
            found.update((group, each.id) for each in self.draft.group(group) if each not in saved)
        return found

    def is_saved(self, group: str, part: str) -> bool:
        """Whether the latest revision has that part."""
        return self.base is not None and Draft.of(self.base).part(group, part) is not None

    def next_undo(self) -> str:
        """Return in words what `undo` would take back.

        An empty string when there is nothing, or when a step of the project was done since: that goes first.
        """
        return self._back[-1].words if self._back and self._back[-1].step == self._step() else ""

    def next_redo(self) -> str:
        """Return in words what `redo` would do again, or an empty string when there is nothing whose turn it is."""
        return self._forth[-1].words if self._forth and self._forth[-1].step == self._step() else ""

    def new_clause_id(self, stem: str) -> str:
        """Return the next id of that stem, which no clause of any revision has had."""
        if self._ever is None:
            self._ever = set()
            if self._session is not None:
                project = self._session.project
                for number in range(1, self.revision + 1):
                    try:
                        self._ever |= clause_ids(project.revision(number))
                    except AnnotatorError:  # a number that was undone: its ids were never seen by anybody else
                        continue
        states = [self.draft, *(each.draft for each in (*self._back, *self._forth))]
        return next_clause_id(stem, self._ever.union(*(clause_ids(each) for each in states)))

    # Changing

    def set_session(self, session: Session | None) -> None:
        """Take the codebook of another project, and the changes that were kept for it."""
        self.keep()
        self._session = session
        self._ever = None
        self.is_found = False
        self._clear()
        if session is None:
            self.base, self.draft, self.faults = None, _EMPTY, []
            self.changed.emit()
            return
        session.changed.connect(self._on_changes)
        self.base = session.project.codebook
        draft = Draft.of(self.base)
        kept = None if self.is_read_only else self._kept.load(session.project.id)
        if kept is not None:
            draft = kept.draft if kept.base == self.base else rebased(kept.base, kept.draft, self.base)
            self.is_found = draft != Draft.of(self.base)
        self._set(draft)
        if self._kept.problem:
            session.failed.emit(self._kept.problem)
            self._kept.problem = ""

    def edit(self, changes: Change | Sequence[Change], words: str, subject: object = None) -> None:
        """Make changes to the draft.

        Args:
            changes: one, or several that belong together and are taken back together.
            words: what is done, as it stands after "Undo".
            subject: what is being typed into; further changes to the same one are taken back together.
        """
        if self.is_read_only:
            return
        new = self.draft
        for change in changes if isinstance(changes, Sequence) else (changes,):
            new = edited(new, change)
        self.put(new, words, subject)

    def put(self, draft: Draft, words: str, subject: object = None) -> None:
        """Put another draft in place of this one."""
        if self.is_read_only or draft == self.draft:
            return
        step = self._step()
        if subject is None or subject != self._subject or not self._back or self._back[-1].step != step:
            self._back.append(_Past(words, self.draft, step))
        self._forth.clear()
        self._subject = subject
        self._set(draft)

    def undo(self) -> str:
        """Take back the last change of the draft if it is its turn; return it in words, or an empty string."""
        return self._travel(self._back, self._forth) if self.next_undo() else ""

    def redo(self) -> str:
        """Do again what was last taken back if it is its turn; return it in words, or an empty string."""
        return self._travel(self._forth, self._back) if self.next_redo() else ""

    def discard(self) -> None:
        """Give up all changes; `undo` brings them back."""
        if self.base is not None:
            self.put(Draft.of(self.base), "Give up the changes")

    def save(self, note: str = "", *, leave_out: bool = False) -> str:
        """Save the draft as a revision, in one step of the project.

        Returns:
            An empty string, or the sentence why it cannot be saved.
        """
        session = self._session
        if session is None or self.base is None or not self.is_changed:
            return ""
        if self.faults:
            return self.faults[0].words
        before = self.base.revision
        self.draft = settled(self.draft, self.base)
        try:
            made = session.project.save_codebook(
                self.draft.codebook(), note.strip(), annotator=session.annotator.id, leave_out=leave_out
            )
        except AnnotatorError as error:
            return str(error)
        self._clear()
        self.is_found = False
        self._set(Draft.of(made))
        if made.revision != before:
            session.tell(f"Saved the codebook as revision {made.revision}")
            self.saved.emit(made.revision)
        return ""

    def keep(self) -> None:
        """Write the draft down now."""
        self._quiet.stop()
        session, base = self._session, self.base
        if session is None or base is None or self.is_read_only:
            return
        if self.is_changed:
            self._kept.keep(session.project.id, Kept(base, self.draft))
        else:
            self._kept.forget(session.project.id)
        if self._kept.problem:
            session.failed.emit(self._kept.problem)
            self._kept.problem = ""

    def _travel(self, here: list["_Past"], there: list["_Past"]) -> str:
        past = here.pop()
        there.append(replace(past, draft=self.draft))
        self._subject = None
        self._set(past.draft)
        return past.words

    def _step(self) -> int:
        """Return the number of the project's last step that stands, by which the order of all changes is known."""
        step = self._session.project.next_undo() if self._session else None
        return step.number if step else 0

    def _set(self, draft: Draft) -> None:
        self.draft = draft
        self.faults = faults(draft)
        self._quiet.start()
        self.changed.emit()

    def _clear(self) -> None:
        self._back.clear()
        self._forth.clear()
        self._subject = None

    def _on_changes(self, changes: Changes) -> None:
        if "codebook" not in changes.nouns or self._session is None or self.base is None:
            return
        old, new = self.base, self._session.project.codebook
        # An undone revision leaves its number to the next one, so the content is compared as well.
        if replace(new, revision=0) == replace(old, revision=0) and new.revision == old.revision:
            return
        self._ever = None
        for past in (self._back, self._forth):
            past[:] = [replace(each, draft=rebased(old, each.draft, new)) for each in past]
        self.base = new
        self._set(rebased(old, self.draft, new))

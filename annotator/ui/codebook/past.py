"""What the history shows: the revisions, what each changed, and the way back to one."""

from PySide6.QtCore import QObject

from annotator.model.codebook import Codebook
from annotator.model.comparison import compare
from annotator.model.draft import Draft
from annotator.model.errors import AnnotatorError
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.history import DRAFT, History
from annotator.ui.codebook.plan import plan
from annotator.ui.codebook.wording import told
from annotator.ui.session.session import Session


class Past(QObject):
    """Feeds the panel of the history."""

    def __init__(self, history: History, drafting: Drafting) -> None:
        super().__init__(history)
        self._history = history
        self._drafting = drafting
        self._session: Session | None = None
        history.compared.connect(self._compare)
        history.back_wanted.connect(self._take_up)

    def set_session(self, session: Session | None) -> None:
        """Show the history of another project."""
        self._session = session

    def refresh(self) -> None:
        """Read the revisions anew."""
        session = self._session
        if session is None:
            self._history.show_revisions([], has_draft=False)
            return
        try:
            revisions = session.project.revisions()
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        self._history.show_revisions(revisions, has_draft=self._drafting.is_changed)

    def _compare(self, before: int, after: int) -> None:
        session, base = self._session, self._drafting.base
        if session is None or base is None:
            return
        try:
            # Typing asks for this at every letter, so the latest revision is not read from the file.
            old = base if before == base.revision else session.project.revision(before) if before else None
            new = self._draft() if after == DRAFT else session.project.revision(after)
        except AnnotatorError as error:
            self._history.show_told("", [], nothing=str(error))
            return
        back = after if after not in (DRAFT, base.revision) and not self._drafting.is_read_only else 0
        if new is None:
            self._history.show_told("Not saved yet", [], nothing="What is wrong has to be set right first.")
        elif old is None:
            self._history.show_told(f"Revision {after}", [], nothing="With it the codebook began.", back=back)
        else:
            items = told(compare(old, new), old, new)
            self._history.show_told(
                _title(before, after, base.revision), items, nothing="Nothing is different.", back=back
            )

    def _draft(self) -> Codebook | None:
        """Return what is not saved as a codebook; None where it is not one (yet)."""
        return None if self._drafting.faults else self._drafting.draft.codebook(self._drafting.revision)

    def _take_up(self, number: int) -> None:
        session, base = self._session, self._drafting.base
        if session is None or base is None:
            return
        try:
            old = session.project.revision(number)
            made = plan(f"Revision {number}", base, old, session.project.uses())
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        self._drafting.put(Draft.of(made.codebook), f"Take up revision {number} again")


def _title(before: int, after: int, latest: int) -> str:
    """Return what heads the differences between two revisions."""
    if after == DRAFT:
        return "What is not saved yet" if before == latest else f"From revision {before} to what is not saved yet"
    return f"What revision {after} changed" if after == before + 1 else f"From revision {before} to revision {after}"

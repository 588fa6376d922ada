"""Undo and redo across what has an order of its own: the steps of the project, and the draft of the codebook."""

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.ui.actions.actions import Actions
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.widgets.captions import caption


class Travel(QObject):
    """Takes back what was done last, wherever that was, and lets the two actions say what it is."""

    def __init__(self, actions: Actions, drafting: Drafting) -> None:
        super().__init__(actions)
        self._actions = actions
        self._drafting = drafting
        self._session: Session | None = None
        self._naming = Later(self, self.name_steps, 0)
        actions.on("undo", self.undo)
        actions.on("redo", self.redo)
        actions.keys_changed.connect(self._tell_key)

    def set_session(self, session: Session | None) -> None:
        """Travel in another project."""
        self._session = session
        self._tell_key()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self.name_steps)

    def _on_changes(self, changes: Changes) -> None:
        # Who decides waits for the next disagreement, and opens no menu before it is there.
        self._naming.ask(at_once="decision" not in changes.nouns)

    def undo(self) -> None:
        """Take back a change to the codebook that is not saved, or a step of the project, whichever was later."""
        if self._session is not None and not self._said("Took back", self._drafting.undo()):
            self._session.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._session is not None and not self._said("Did again", self._drafting.redo()):
            self._session.redo()

    def name_steps(self) -> None:
        """Let undo and redo say what they undo, unless that is somebody else's and hidden."""
        session = self._session
        for command_id, word, draft, step in (
            ("undo", "Undo", self._drafting.next_undo(), session.next_undo() if session else None),
            ("redo", "Redo", self._drafting.next_redo(), session.next_redo() if session else None),
        ):
            self._actions[command_id].setText(caption(f"{word} {draft or (step.title if step else '')}".rstrip()))

    def _said(self, done: str, words: str) -> bool:
        if words and self._session is not None:
            self._session.said.emit(f"{done}: {words[0].lower()}{words[1:]}")
        return bool(words)

    def _tell_key(self) -> None:
        if self._session is not None:
            self._session.undo_key = self._actions.key_text("undo")

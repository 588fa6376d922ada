"""Whether others' labels may be seen: one switch for every place, kept with the project."""

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.ui.actions.actions import Actions
from annotator.ui.session.session import Session


class Blindness(QObject):
    """Keeps the action “Show others' labels” and the project in step, and what tells of others' labels at rest."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(actions)
        self._actions = actions
        self._action = actions["others"]
        self._session: Session | None = None
        self._action.triggered.connect(self._switch)

    def set_session(self, session: Session | None) -> None:
        """Switch in another project."""
        self._session = session
        if session is not None:
            session.changed.connect(self._on_changes)
        self._show()

    def _switch(self, opened: bool) -> None:
        if self._session is not None:
            self._session.open_others(opened=opened)
        # Where that was refused, such as in a project that is only read, all is as before.
        self._show()

    def _on_changes(self, changes: Changes) -> None:
        if changes.nouns & {"setting", "annotator"}:
            self._show()

    def _show(self) -> None:
        session = self._session
        self._action.setChecked(session is not None and not session.is_blind)
        self._actions.set_blind(is_blind=session is not None and session.hides_others)

"""What the title bar, the status line and the menu say of the open project: where one is, who labels, what is armed."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from annotator.model.changes import Changes
from annotator.ui.actions.actions import Actions
from annotator.ui.session.session import Session
from annotator.ui.status import StatusLine

_LONG = 60


class Signboard(QObject):
    """Keeps them up with the session."""

    def __init__(self, window: QMainWindow, actions: Actions, status: StatusLine) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._status = status
        self._session: Session | None = None
        self._is_saved = True

    def set_session(self, session: Session | None) -> None:
        """Speak of another project, or of none."""
        self._session = session
        if session is not None:
            for signal in (session.article_switched, session.article_refreshed, session.annotator_switched):
                signal.connect(self.refresh)
            session.articles_changed.connect(lambda _ids: self.refresh())
            session.armed_changed.connect(self._show_armed)
            session.changed.connect(self._on_changes)
        self.refresh()
        self._show_armed()

    def refresh(self) -> None:
        """Say anew which article is shown, how far it is, and who labels."""
        session = self._session
        head = session.head() if session and session.article else None
        self._status.show_article(head)
        self._status.show_who(session.annotator.name if session else "")
        if session is None:
            self._window.setWindowTitle("Annotator")
            return
        start = f"{_cut(head.title)} — " if head else ""
        stored = "saved" if self._is_saved else "codebook not saved"
        stored = "read only" if session.project.read_only else stored
        self._window.setWindowTitle(f"{start}{session.project.name} · {session.annotator.name} · {stored}")

    def show_saved(self, *, is_saved: bool) -> None:
        """Say whether everything is on the disk. All but changes to the codebook always is."""
        if is_saved != self._is_saved:
            self._is_saved = is_saved
            self.refresh()

    def _show_armed(self) -> None:
        session = self._session
        armed = session.project.codebook.label(session.armed).name if session and session.armed else ""
        self._status.show_armed(armed)
        for command in self._actions.commands():
            if command.id.startswith("arm:"):
                self._actions[command.id].setChecked(bool(session) and command.id == f"arm:{session.armed}")

    def _on_changes(self, changes: Changes) -> None:
        if "annotator" in changes.nouns:
            self.refresh()
        if "codebook" in changes.nouns:
            self._show_armed()


def _cut(title: str) -> str:
    """Return a title that leaves room for what stands behind it: most systems cut a title bar at its end."""
    return title if len(title) <= _LONG else f"{title[: _LONG - 1].rstrip()}…"

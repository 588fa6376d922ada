"""Whether the figures are of now: being computed, up to date, or out of date with a key to renew them."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from annotator.ui.look.icons import icon


class State(StrEnum):
    """How the figures stand."""

    NONE = "none"
    BUSY = "busy"
    FRESH = "fresh"
    STALE = "stale"
    STOPPED = "stopped"


class Standing(QWidget):
    """A few words and a button at the right of the choices. `renew_wanted` and `stop_wanted` are what it offers."""

    renew_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, renew_key: str, stop_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = State.NONE
        self._made_at = ""
        self.picture = QLabel()
        self.words = QLabel()
        self.words.setObjectName("badge")
        self.bar = QProgressBar(textVisible=False, accessibleName="Computing")
        self.bar.setFixedSize(96, 4)
        self.renew = QPushButton(f"Compute again   {renew_key}".rstrip())
        self.renew.clicked.connect(self.renew_wanted)
        self.cancel = QPushButton(f"Cancel   {stop_key}".rstrip())
        self.cancel.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.picture, self.words, self.bar, self.renew, self.cancel):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_state(State.NONE)

    def show_state(self, state: State, *, made_at: str = "") -> None:
        """Show how the figures stand; `made_at` is when they were made, ISO 8601 in UTC."""
        self.state = state
        self._made_at = made_at or self._made_at
        words = {
            State.NONE: "",
            State.BUSY: "Computing…",
            State.FRESH: "Up to date",
            State.STALE: "Out of date: something has changed since",
            State.STOPPED: "Stopped: not all is computed",
        }[state]
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.picture.setVisible(state in {State.STALE, State.STOPPED})
        self.bar.setVisible(state is State.BUSY)
        self.cancel.setVisible(state is State.BUSY)
        self.renew.setVisible(state in {State.STALE, State.STOPPED})
        self.setAccessibleName(words)
        self.refresh_icons()

    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show how far the work is; a total of 0 says that nobody knows."""
        if self.state is State.BUSY:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.words.setText("Reading…" if total else f"{what}…")

    def refresh_icons(self) -> None:
        """Draw the icon anew, after the colours have changed."""
        self.picture.setPixmap(icon("triangle-alert").pixmap(16))

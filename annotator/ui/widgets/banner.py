"""A strip above the page that says in words what is wrong or what to know, and that can be copied."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.ui.look.icons import icon


class Tone(StrEnum):
    """How a banner is meant."""

    NOTE = "note"
    PROBLEM = "problem"


class Banner(QFrame):
    """One message at a time. It never takes the focus and never covers the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._details = ""
        self._tone = Tone.NOTE
        self._act: Callable[[], object] | None = None
        self._picture = QLabel()
        self._words = QLabel(wordWrap=True)
        self._words.setTextInteractionFlags(self._words.textInteractionFlags().TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._do = QPushButton()
        self._do.clicked.connect(self._acted)
        self._copy = QToolButton(text="Copy", toolTip="Copy this message", accessibleName="Copy this message")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details or self._words.text()))
        self._close = QToolButton(text="Close", toolTip="Close this message", accessibleName="Close this message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        for button in (self._do, self._copy, self._close):
            row.addWidget(button)
        self.refresh_icons()
        self.hide()

    def show_words(
        self,
        words: str,
        tone: Tone = Tone.PROBLEM,
        *,
        details: str = "",
        action: str = "",
        act: Callable[[], object] | None = None,
        closes: bool = True,
    ) -> None:
        """Show a message.

        Args:
            words: one or two whole sentences.
            tone: how it is meant.
            details: what "Copy" copies instead of the words.
            action: what a button offers to do about it, and `act` does.
            act: called when that button is pressed.
            closes: whether the person can close it; a fact that goes on, such as "read only", stays.
        """
        self._details, self._act, self._tone = details, act, tone
        self._words.setText(words)
        self._do.setText(action)
        self._do.setVisible(bool(action))
        self._copy.setVisible(tone == Tone.PROBLEM)
        self._close.setVisible(closes)
        self.setProperty("tone", tone.value)
        self.setAccessibleName(words)
        self.refresh_icons()
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    @property
    def words(self) -> str:
        """The message that is shown, or an empty string."""
        return "" if self.isHidden() else self._words.text()

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        name = "circle-alert" if self._tone == Tone.PROBLEM else "info"
        self._picture.setPixmap(icon(name).pixmap(20))
        self._copy.setIcon(icon("copy"))
        self._close.setIcon(icon("x"))

    def _acted(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

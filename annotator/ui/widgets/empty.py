"""What stands where there is nothing yet: what the place is for, and the one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.ui.look.icons import pixmap
from annotator.ui.widgets.captions import uncaptioned

ICON_SIZE = 48
TEXT_WIDTH = 440


class EmptyState(QWidget):
    """A headline, a few words, and buttons that are actions of the window with their keys."""

    def __init__(
        self, icon_name: str, title: str, text: str, actions: tuple[QAction, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(objectName="emptyTitle", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text = QLabel(objectName="emptyText", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text.setMaximumWidth(TEXT_WIDTH)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = [_ActionButton(action, primary=number == 0) for number, action in enumerate(actions)]
        self._actions = actions
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        for widget in (self._picture, self._title):
            column.addWidget(widget)
        column.addSpacing(8)
        words = QHBoxLayout()
        words.addStretch(1)
        # No alignment: it would keep the words from asking for the height that they need.
        words.addWidget(self._text, 1000)
        words.addStretch(1)
        column.addLayout(words)
        column.addSpacing(16)
        row = QVBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addStretch(3)
        self.tell(title, text)
        self.refresh_icons()

    def tell(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def offer(self, *actions: QAction) -> None:
        """Offer only these of its actions."""
        for action, button in zip(self._actions, self._buttons, strict=True):
            button.setVisible(action in actions)

    def focus_first(self) -> None:
        """Put the focus on the one thing to do."""
        button = next((each for each in self._buttons if not each.isHidden()), None)
        if button is not None:
            button.setFocus()

    def said(self) -> str:
        """Return the headline and the words, as they stand there."""
        return f"{self._title.text()}\n{self._text.text()}"

    def refresh_icons(self) -> None:
        """Draw the picture anew, after the colours have changed."""
        color = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self._picture.setPixmap(pixmap(self._icon_name, ICON_SIZE, color, self.devicePixelRatioF()))
        for button in self._buttons:
            button.refresh()


class _ActionButton(QWidget):
    """A button for an action, its key beside the name."""

    def __init__(self, action: QAction, *, primary: bool) -> None:
        super().__init__()
        self._action = action
        self._button = QPushButton(objectName="primary" if primary else "")
        self._button.clicked.connect(action.trigger)
        action.changed.connect(self.refresh)
        self.setFocusProxy(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)
        self.refresh()

    def refresh(self) -> None:
        """Take over the action's name, key and state."""
        key = self._action.shortcut().toString(self._action.shortcut().SequenceFormat.NativeText)
        self._button.setText(f"{self._action.text()}   {key}" if key else self._action.text())
        self._button.setToolTip(self._action.toolTip())
        self._button.setAccessibleName(uncaptioned(self._action.text()))
        self._button.setEnabled(self._action.isEnabled())

"""What the pages of exports and imports share: a strip with heading and buttons above, a report at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.ui.exchange.outcome import Outcome
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.widgets.head import Head

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Sheet(QWidget):
    """A page of the window. Subclasses fill `head` and `splitter`, and say in `enter` what Enter does in a widget.

    Signals:
        wanted: what the page is for is to be done.
        left: the person goes back.
        session_given: the `Session` of another project, or None.
    """

    wanted = Signal()
    left = Signal()
    session_given = Signal(object)

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.outcome = Outcome(theme)
        self.heading = QLabel(title, objectName="formTitle")
        self.about = QLabel(objectName="dim")
        self.fault = QLabel(objectName="bad", wordWrap=True)
        self.leave = QPushButton("Back")
        self.leave.clicked.connect(lambda _checked=False: self.left.emit())
        self.go = QPushButton(objectName="primary")
        self.go.clicked.connect(lambda _checked=False: self.ask())
        self.head = Head(self.heading, self.about, self.leave, self.go)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.splitter, 1)

    def fill(self, *columns: tuple[QWidget, int, int]) -> None:
        """Put columns into the page, each with its width and its share of more room, and the report behind them."""
        for place, (widget, _, share) in enumerate((*columns, (self.outcome, 0, 2))):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(place, share)
        self.splitter.setSizes([*(width for _, width, _ in columns), 1240 - sum(width for _, width, _ in columns)])

    def ask(self) -> None:
        """Ask for what the page is for, if it can be done."""
        if self.go.isEnabled():
            self.wanted.emit()

    def set_ready(self, words: str, fault: str = "", *, is_ready: bool = True) -> None:
        """Say what Enter does, or why it does nothing."""
        self.go.setText(f"{words}   Enter")
        self.go.setAccessibleName(words)
        self.go.setEnabled(is_ready and not fault)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def set_session(self, session: Session | None) -> None:
        """Work for another project, or none."""
        self.session_given.emit(session)

    def enter(self, _focus: QWidget | None) -> None:
        """Do what Enter does in a widget that is no button."""
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, leave with Escape, wherever the focus is."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
        elif event.key() in ENTER:
            self.enter(focus)
        else:
            super().keyPressEvent(event)

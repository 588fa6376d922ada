"""What can be decided besides taking a version: a button each, with its key, resting where it makes no sense."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.model.adjudication import Disagreement, Outcome
from annotator.model.codebook import Codebook
from annotator.project.adjudication.making import obstacle
from annotator.ui.actions.actions import Actions
from annotator.ui.adjudicate.wording import earlier, explained, title, words
from annotator.ui.widgets.flow import FlowLayout

_BUTTONS = (
    ("union", "Union", Outcome.UNION),
    ("overlap", "Overlap", Outcome.OVERLAP),
    ("edit", "Edit…", None),
    ("none", "None is right", Outcome.NONE),
    ("ask", "Ask…", None),
    ("next", "Skip", None),
)


MOST = 48
"""So many characters of the words at hand are repeated here."""


_APART, _AGAIN = "\u2068", "\u2069"
"""Around words that may run the other way: Unicode's first strong isolate, and its end."""


class Foot(QFrame):
    """What is at hand in words, and the buttons."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("tray")
        self._actions = actions
        self._bar: QWidget | None = None
        self._font: QFont | None = None
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self.words = QLabel(objectName="strong", alignment=top)
        self.about = QLabel(objectName="dim", wordWrap=True, alignment=top)
        self.buttons: dict[str, QPushButton] = {}
        for name, caption, _ in _BUTTONS:
            action = actions[f"adjudicate.{name}"]
            button = QPushButton(f"{caption}   {actions.key_text(f'adjudicate.{name}')}")
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.text())
            button.clicked.connect(action.trigger)
            self.buttons[name] = button
        whole = actions["adjudicate.whole"]
        self.whole = QPushButton(
            f"Whole frame   {actions.key_text('adjudicate.whole')}", objectName="value", checkable=True
        )
        kept = self.whole.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the text is not to move from one disagreement to the next
        self.whole.setSizePolicy(kept)
        self.whole.setToolTip(whole.toolTip())
        self.whole.setAccessibleName(whole.text())
        self.whole.setChecked(whole.isChecked())
        self.whole.clicked.connect(whole.setChecked)
        whole.toggled.connect(self.whole.setChecked)
        row = FlowLayout(gap=8)
        for button in self.buttons.values():
            row.addWidget(button)
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self.words)
        told.addWidget(self.about, 1)
        told.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(8)
        column.addLayout(told)
        column.addLayout(row)

    def _keep_room(self) -> None:
        """Keep room for two lines of words, also where there is one: the text above is not to move for them."""
        font = self.about.font()
        if font != self._font:
            self._font = font
            room = self.about.fontMetrics().boundingRect(
                QRect(0, 0, 1_000, 1_000), 0, f"{_APART}…{_AGAIN}\n{_APART}…{_AGAIN}"
            )
            self.about.setMinimumHeight(room.height())

    def lay_over(self, bar: QWidget) -> None:
        """Let a bar that opens cover the buttons: nothing is to move for it."""
        bar.setParent(self)
        self._bar = bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar on the buttons."""
        super().resizeEvent(event)
        self.cover()

    def cover(self) -> None:
        """Put the bar where the buttons are."""
        if self._bar is not None:
            top = min(each.y() for each in self.buttons.values()) - 8
            self._bar.setGeometry(0, top, self.width(), self.height() - top)
            self._bar.raise_()

    def show_found(self, found: Disagreement, book: Codebook, text: str, asked: str) -> None:
        """Say what is at hand; let rest what cannot be decided about it, and say why in the tooltip.

        `asked` is what the annotators were asked about it and what they have answered; empty: nothing.
        """
        quoted = words(found, text)
        shown = quoted if len(quoted) <= MOST else f"{quoted[: MOST - 2].rstrip()} …"
        self.words.setText(title(found, book))
        told = (f"{_APART}“{shown}”{_AGAIN}" if shown else "", explained(found), earlier(found), asked)
        self._keep_room()
        self.about.setText(" · ".join(filter(None, told)))
        self.whole.setVisible(found.is_frame)
        for name, _, outcome in _BUTTONS:
            why = obstacle(found, outcome) if outcome is not None else ""
            self.buttons[name].setEnabled(not why)
            self.buttons[name].setToolTip(why or self._actions[f"adjudicate.{name}"].toolTip())

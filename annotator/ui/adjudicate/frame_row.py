"""The label that is edited and the parts of its frame, a chip each: a click takes one in hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.ui.adjudicate.edited import Edited, Thing
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.flow import FlowLayout

ROOM = 20
"""Pixels beside the words of a chip."""
MOST = 36
"""So many letters of the words of each are shown."""


class FrameRow(QWidget):
    """Hidden where the label has no roles. `turned` carries the place of what was clicked."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Parts of the frame")
        self._flow = FlowLayout(self, gap=4)
        self._flow.setContentsMargins(16, 8, 16, 0)
        self.chips: list[QPushButton] = []

    def show_edited(self, edited: Edited, text: str) -> None:
        """Show what is edited of a text."""
        self.setVisible(edited.is_frame)
        while len(self.chips) < len(edited.things):
            chip = QPushButton(objectName="value", checkable=True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _on=False, chip=chip: self.turned.emit(self.chips.index(chip)))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self.chips):
            chip.setVisible(place < len(edited.things))
            if place < len(edited.things):
                words = _words(edited, edited.things[place], text)
                chip.setText(caption(words))
                font = QFont(chip.font())
                font.setWeight(
                    QFont.Weight.DemiBold
                )  # as the one at hand is; a style sheet's letters have no size hint
                chip.setMinimumWidth(QFontMetrics(font).horizontalAdvance(words) + ROOM)
                chip.setChecked(place == edited.at)
                chip.setToolTip("Move its edges; Delete takes it out of the frame" if place else "Move its edges")


def _words(edited: Edited, thing: Thing, text: str) -> str:
    kind = edited.book.link_kind(thing.role) if thing.role else edited.book.label(thing.label)
    name = kind.name if kind is not None else thing.role
    covered = " ".join(" … ".join(thing.span.covered(text)).split())
    shown = covered if len(covered) <= MOST else f"{covered[: MOST - 2].rstrip()} …"
    return f"{name[:1].upper()}{name[1:]}  “{shown}”"

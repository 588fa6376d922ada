"""Somebody else's label in the inspector: whose it is and what is recorded about it, to look at only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.codebook import Label
from annotator.ui.inspector.heading import Heading
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.long_words import LongWords


class OtherLabel(QWidget):
    """The label with its words, the annotator's name, and lines about it. Nothing in it can be changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Label of somebody else")
        self.is_shown = False
        self.heading = Heading(theme)
        self.lines = LongWords()
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lines.setContentsMargins(16, 4, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.lines)
        column.addStretch(1)

    def show_label(self, label: Label, name: str, words: str, lines: list[str]) -> None:
        """Show a label of the annotator of that name."""
        self.is_shown = True
        self.heading.show_label(label, words, f"Label of {name}, to look at only")
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))

    def forget(self) -> None:
        """Show nothing."""
        self.is_shown = False

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.heading.set_theme(theme)

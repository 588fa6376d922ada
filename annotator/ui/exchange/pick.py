"""A box to pick one of several by its key."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from annotator.ui.codebook.field import Calm
from annotator.ui.widgets.choice_box import ChoiceBox


class Pick(ChoiceBox):
    """Items with a key each. The wheel scrolls the page, and picks nothing."""

    def __init__(self, name: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(accessibleName=name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(Calm(self))
        self.offer(values or {})

    def offer(self, values: Mapping[str, str]) -> None:
        """Offer these, words by key; the first one is picked."""
        self.clear()
        for key, words in values.items():
            self.addItem(words, key)

    @property
    def key(self) -> str:
        """The key of what is picked; empty where there is nothing to pick."""
        return str(self.currentData() or "")

    def pick(self, key: str) -> None:
        """Pick by key; the first one where there is none of that key."""
        self.setCurrentIndex(max(self.findData(key), 0))

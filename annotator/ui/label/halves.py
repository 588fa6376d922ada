"""The side below the palette in two halves: the selected label above, the lists below; and how much room each has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from annotator.ui.inspector.inspector import Inspector

BELOW = 600
"""Height of the selected label's half at first, against the lists' third of it."""


class Halves(QSplitter):
    """With no label selected there is little to say about it: the lists have the room then."""

    def __init__(self, inspector: Inspector, lists: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._inspector = inspector
        self._is_calm = False
        self._kept_sizes = [BELOW, BELOW // 3]
        for widget, stretch in ((inspector, 3), (lists, 2)):
            self.addWidget(widget)
            self.setStretchFactor(self.count() - 1, stretch)
            widget.setMinimumHeight(96)
        self.setSizes(self._kept_sizes)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        inspector.article.opened.connect(self._article_opened)

    def set_calm(self, is_calm: bool) -> None:
        """Leave the room to the lists, or give it back as the person had shared it out."""
        if is_calm == self._is_calm or not sum(self.sizes()):
            return
        if is_calm:
            self._kept_sizes = self.sizes()
            self._calm_down()
        else:
            self.setSizes(self._kept_sizes)
        self._is_calm = is_calm

    def open_lists(self) -> None:
        """Give the lists the larger half, if they do not have it."""
        above, below = self.sizes()
        if below < above:
            self.setSizes([(above + below) * 2 // 5, (above + below) * 3 // 5])

    def _calm_down(self) -> None:
        whole = sum(self.sizes())
        most = whole * (4 if self._inspector.article.is_open else 3) // 5
        calm = min(self._inspector.calm_height(), most)
        self.setSizes([calm, whole - calm])

    def _article_opened(self, _on: bool) -> None:
        if self._is_calm:
            self._calm_down()

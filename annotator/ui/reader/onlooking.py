"""A page upon which others' labels are shown to be looked at: rows, tooltips, and the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.reader.marked import Marked
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.others import Other, Row, mark_at, tip


class Onlooking(Marked):
    """Shows rows of others' labels, which nobody can change here.

    Signals:
        other_clicked: the id of somebody else's annotation that was clicked.
    """

    other_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._others: tuple[Other, ...] = ()
        super().__init__(parent)

    def set_others(self, others: Sequence[Other]) -> None:
        """Show the labels of these annotators. Lines move apart or together where more or fewer have labelled there."""
        self._take_others(others)
        if self.page.rows_for(self._beside) != self.page.rows:
            self._rebuild()
        self._index_others()

    def look_at_other(self, mark: str) -> None:
        """Deepen the mark of somebody else that is looked at, and its words; none with ""."""
        if mark != self._scene.looked:
            self._scene.looked = mark
            self.viewport().update()

    @property
    def others(self) -> tuple[Other, ...]:
        """Whose labels are shown, in the order of their rows."""
        return self._others

    # Inside

    def _take_others(self, others: Sequence[Other]) -> None:
        """Remember them, for a page that is about to be made."""
        self._others = tuple(others)
        self._beside = tuple(tuple(annotation.span for annotation in each.annotations) for each in others)

    def _index_others(self) -> None:
        self._scene.rows = [Row(each, MarkIndex(self.page.sections, each.annotations)) for each in self._others]
        known = {annotation.id for each in self._others for annotation in each.annotations}
        self._scene.looked = self._scene.looked if self._scene.looked in known else ""
        self._scene.passed = ""
        self.links.forget()
        self.viewport().update()

    def _other_at(self, place: QPointF) -> str:
        """Return the mark of somebody else at a point of the viewport, or ""."""
        return mark_at(self.page, self._scene.rows, self.on_page(place)) if self._scene.rows else ""

    def _pass_other(self, mark: str) -> None:
        if mark != self._scene.passed:
            self._scene.passed = mark
            self.viewport().update()

    def _tip_at(self, place: QPointF) -> str:
        """Return what the tooltip says at a point of the viewport: notes, or somebody else's label."""
        mark = self._other_at(place)
        if mark and self._codebook is not None:
            row = next(each for each in self._scene.rows if mark in each.index)
            return tip(row, mark, self._codebook, self.page.text)
        return "\n\n".join(each.words for each in self._asides_at(place))

"""A page with its marks: which ones there are, and what of them is shown: selected, linked, numbered, searched."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from annotator.model.annotation import Annotation
from annotator.model.span import Fragment
from annotator.ui.reader import asides, geometry
from annotator.ui.reader.asides import Aside
from annotator.ui.reader.canvas import Canvas
from annotator.ui.reader.curves import Curves
from annotator.ui.reader.links import Tie
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.notices import Note


class Marked(Canvas):
    """Shows marks, links, numbers, hits and signs upon a page. Knows nothing of the caret; positions are code points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._wanted = ""
        super().__init__(parent)
        self.links = Curves(self.viewport())

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Replace all marks."""
        self.index = self._scene.index = MarkIndex(self.page.sections, annotations)
        self.links.forget()
        self._forget_missing()
        self.viewport().update()

    def update_annotations(self, changed: Iterable[Annotation], removed: Iterable[str] = ()) -> None:
        """Add or replace some marks and take others away; costs what these few cost."""
        lit = self._scene.loudness()[0]
        places: list[Fragment] = []
        for mark in removed:
            places += self._places(mark)
            self.index.remove(mark)
            self._wanted = "" if mark == self._wanted else self._wanted
        for annotation in changed:
            places += (*self._places(annotation.id), *annotation.span.fragments)
            self.index.put(annotation)
        self.links.forget()
        self._forget_missing()
        self._touch(places)
        self._relight(lit)

    def show_links(self, ties: Sequence[Tie], family: Iterable[str] = ()) -> None:
        """Show links; the marks of `family` deepen with them, and all others fade a little."""
        lit, had_numbers = self._scene.loudness()[0], bool(self._scene.numbers)
        self._scene.family = frozenset(family)
        self._scene.numbers = {}
        if had_numbers or ties or not self.links.is_empty:  # links go from anywhere to anywhere
            self.links.show(ties)
            self.viewport().update()
        else:
            self._relight(lit)

    def show_numbers(self, numbers: Mapping[str, int], notes: Sequence[Note]) -> None:
        """Show digits at marks that can be chosen, and name at the edges (`notes`) those that are off the screen."""
        self._scene.family = frozenset()
        self._scene.numbers = dict(numbers)
        self.links.show((), notes)
        self.viewport().update()

    def select_annotation(self, mark: str) -> None:
        """Make a mark the selected one, or none with ""; nothing scrolls."""
        self._wanted = mark
        mark = mark if mark in self.index else ""
        if mark != self._scene.selected:
            lit = self._scene.loudness()[0]
            self._scene.selected = mark
            self._relight(lit)

    def set_armed(self, label: str) -> None:
        """Show what is dragged in the colour of the label that it will get; "" for none."""
        if label == self._scene.armed:
            return
        self._scene.armed = label
        self.viewport().update()

    def set_find_hits(self, hits: Sequence[Fragment], current: Fragment | None = None) -> None:
        """Paint the hits of a search (in order), one of them stronger."""
        self._scene.hits = list(hits)
        self._scene.hit_starts = [hit.start for hit in hits]
        self._scene.current_hit = current
        self.viewport().update()

    def set_asides(self, notes: Sequence[Aside]) -> None:
        """Show signs in the margin where notes stand."""
        self._scene.asides = notes
        self.viewport().update()

    @property
    def selected(self) -> str:
        """Id of the selected mark, or ""."""
        return self._scene.selected

    @property
    def hovered(self) -> str:
        """Id of the mark under the mouse, or ""."""
        return self._scene.hovered

    # Inside

    def _touch(self, fragments: Iterable[Fragment]) -> None:
        if self.links.is_empty:
            super()._touch(fragments)
        else:
            self.viewport().update()

    def _relight(self, before: frozenset[str]) -> None:
        """Paint anew what is louder or less loud than when the marks `before` were looked at."""
        lit = self._scene.loudness()[0]
        if bool(lit) != bool(before):
            self.viewport().update()
        elif lit != before:
            self._touch(place for mark in lit ^ before for place in self._places(mark))

    def _places(self, mark: str) -> tuple[Fragment, ...]:
        found = self.index.get(mark)
        return found.span.fragments if found else ()

    def _asides_at(self, place: QPointF) -> list[Aside]:
        if not self._scene.asides:
            return []
        point = self.on_page(place)
        return asides.at(self.page, geometry.line_at_height(self.page, point.y()), point, self._scene.asides)

    def _forget_missing(self) -> None:
        scene = self._scene
        # A mark may be selected a moment before it is shown.
        scene.selected = self._wanted if self._wanted in self.index else ""
        if scene.hovered and scene.hovered not in self.index:
            scene.hovered = ""

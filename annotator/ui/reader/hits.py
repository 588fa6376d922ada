"""What lies under the mouse: marks, innermost first, and the edges that can be dragged."""

from typing import NamedTuple

from PySide6.QtCore import QPointF

from annotator.ui.reader import geometry
from annotator.ui.reader.marks import MarkIndex, depth
from annotator.ui.reader.page import Page
from annotator.ui.reader.selection import Edge
from annotator.ui.reader.strokes import KNOB_AWAY, Stroke, strokes

REACH = 6.0
"""How far from the middle of an edge's handle (px) it can still be taken."""
NEAR = 5.0
"""How far from a lane (px) a point still belongs to it."""


class Grip(NamedTuple):
    """An edge of a mark: of its fragment number `fragment`, first or last in the order of the text."""

    mark: str
    fragment: int
    edge: Edge


def marks_at(page: Page, index: MarkIndex, point: QPointF) -> list[str]:
    """Return the ids of the marks at a point of the document, the one on top first.

    On the words the innermost is on top; on a letter or a lane below the words, the mark that it belongs to.
    """
    line = geometry.line_at_height(page, point.y())
    if not line.top - 3 <= point.y() <= line.foot + 2:
        return []
    if line.number in page.folds.folded:
        return []
    here = strokes(page, index, line)
    found = {stroke.piece.mark for stroke in here if stroke.holds(point.x())}
    inside_out = sorted(found, key=lambda mark: depth(index.get(mark)))  # type: ignore[arg-type]
    if point.y() > line.baseline + line.rhythm.below:
        own = _on_lane(here, point)
        if own:
            return [own, *(mark for mark in inside_out if mark != own)]
    return inside_out


def grip_at(page: Page, index: MarkIndex, point: QPointF, marks: tuple[str, ...]) -> Grip | None:
    """Return the edge of one of `marks` that lies at a point below the words, where its handle is.

    Only there: on the words themselves a drag selects, since spans that begin at the same word are common.
    """
    line = geometry.line_at_height(page, point.y())
    if not line.baseline + line.rhythm.below - 1 <= point.y() <= line.foot + NEAR:
        return None
    best: tuple[float, Grip] | None = None
    for stroke in strokes(page, index, line):
        if stroke.piece.mark not in marks:
            continue
        for shown, x, edge in _edges(stroke, -1 if line.rtl else 1):
            away = abs(point.x() - x)
            if shown and away <= REACH and (best is None or away < best[0]):
                best = (away, Grip(stroke.piece.mark, _number(index, stroke), edge))
    return best[1] if best else None


def _edges(stroke: Stroke, sign: int) -> tuple[tuple[bool, float, Edge], ...]:
    """Return whether an edge is on this line, where its handle lies, and which one it is."""
    return (
        (stroke.begins, stroke.head - sign * KNOB_AWAY, "left"),
        (stroke.ends, stroke.tail + sign * KNOB_AWAY, "right"),
    )


def _number(index: MarkIndex, stroke: Stroke) -> int:
    annotation = index.get(stroke.piece.mark)
    fragments = annotation.span.fragments if annotation else ()
    return next(n for n, each in enumerate(fragments) if each.start <= stroke.piece.start < each.end)


def _on_lane(here: list[Stroke], point: QPointF) -> str:
    for stroke in here:
        if stroke.chip is not None and stroke.chip.contains(point):
            return stroke.piece.mark
    near = [stroke for stroke in here if stroke.holds(point.x())]
    near.sort(key=lambda stroke: abs(stroke.middle - point.y()))
    return near[0].piece.mark if near and abs(near[0].middle - point.y()) <= NEAR else ""

"""Paint the rows of others' labels below the visible lines, and the words of the one that is looked at."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.ui.reader import geometry
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.ink import chip_font
from annotator.ui.reader.others import Row, tones
from annotator.ui.reader.paint import Scene
from annotator.ui.reader.strokes import Stroke, row_strokes

_ROUND = 2.0
_TAG_AWAY = 6.0
_TAG_ROOM = 40.0


def paint_looked(painter: QPainter, scene: Scene) -> None:
    """Paint a wash behind the words of the mark that is looked at, under the mouse or chosen."""
    looked = {mark for mark in (scene.looked, scene.passed) if mark}
    if not looked:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for row in scene.rows:
        for mark in looked:
            found = row.index.get(mark)
            if found is None:
                continue
            painter.setBrush(tones(scene.inks.theme, row.other.color).wash)
            for line, _ in scene.drawn:
                for start, end in found.span.fragments:
                    for low, high in geometry.extents(scene.page, line, start, end):
                        box = QRectF(low - 0.5, line.top, high - low + 1, line.rhythm.above + line.rhythm.below)
                        painter.drawRoundedRect(box, _ROUND, _ROUND)


def paint_rows(painter: QPainter, scene: Scene) -> None:
    """Paint everybody's row below each visible line in which they have labelled something."""
    if not scene.rows:
        return
    brushes = [_Brush(painter, scene, row) for row in scene.rows]
    for line, _ in scene.drawn:
        if line.number in scene.page.folds.folded or not line.rhythm.rows:
            continue
        painter.setFont(chip_font(line.rhythm.row))
        for place, number in enumerate(scene.page.rows.get(line.number, ())):
            brushes[number].paint(line, place)


class _Brush:
    """Paints the row of one annotator."""

    def __init__(self, painter: QPainter, scene: Scene, row: Row) -> None:
        self._painter = painter
        self._scene = scene
        self._row = row
        self._color = tones(scene.inks.theme, row.other.color)
        self._page = QColor(scene.inks.theme.page)

    def paint(self, line: Line, place: int) -> None:
        """Paint what lies below a line, in the row at a place."""
        found = row_strokes(self._scene.page, self._row.index, line, place)
        if not found:
            return
        self._paint_tag(line, place)
        for stroke in found:
            self._paint_stroke(stroke, -1 if line.rtl else 1)
        for stroke in found:
            if stroke.chip is not None:
                self._paint_letter(stroke, stroke.chip)

    def _paint_stroke(self, stroke: Stroke, sign: int) -> None:
        more = 1.0 if stroke.piece.mark in (self._scene.looked, self._scene.passed) else 0.0
        top, height = stroke.top - more, stroke.thickness + 2 * more
        for low, high in stroke.parts:
            self._painter.fillRect(QRectF(low, top, high - low, height), self._color.line)
        for is_there, x in ((stroke.begins, stroke.head), (stroke.ends, stroke.tail - sign * 1.5)):
            if is_there:
                left = x if sign > 0 else x - 1.5
                self._painter.fillRect(QRectF(left, top - 2, 1.5, height + 4), self._color.line)

    def _paint_letter(self, stroke: Stroke, chip: QRectF) -> None:
        """The label's letter where a mark begins; where a later fragment does, without the fill."""
        painter, first = self._painter, stroke.piece.first
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._page)
        painter.drawRect(chip.adjusted(-1, -0.5, 1, 0.5))
        painter.setBrush(self._color.chip if first else self._page)
        painter.drawRoundedRect(chip, _ROUND, _ROUND)
        painter.setPen(self._color.ink if first else self._color.line)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._scene.inks.label(stroke.piece.label).letter)

    def _paint_tag(self, line: Line, place: int) -> None:
        """Whose row it is, in the margin in which the article's lines begin."""
        top = line.baseline + line.rhythm.row_top(place) - 1
        if self._scene.page.rtl:
            left, side = line.left + line.text.width() + _TAG_AWAY, Qt.AlignmentFlag.AlignLeft
        else:
            left, side = line.left - _TAG_AWAY - _TAG_ROOM, Qt.AlignmentFlag.AlignRight
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.setPen(self._color.line)
        self._painter.drawText(QRectF(left, top, _TAG_ROOM, line.rhythm.row), flags, self._row.other.tag)

"""Signs in the margin where somebody has noted or asked something."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.ui.reader.geometry import Line
from annotator.ui.reader.page import Page
from annotator.ui.reader.paint import Aside, Scene

SIZE = 13.0
AWAY = 26.0
"""Between the sign and the words: the hair line of the paragraph stands there."""


def sign_box(page: Page, line: Line) -> QRectF:
    """Return where the sign of a line's notes stands, on the page: in the margin in which its words begin."""
    frame = page.document.rootFrame().frameFormat()
    edge = max(1.0, frame.leftMargin() - AWAY - SIZE)
    left = page.document.textWidth() - edge - SIZE if page.rtl else edge
    return QRectF(left, line.baseline - SIZE + 1, SIZE, SIZE)


def of_line(line: Line, asides: Iterable[Aside]) -> list[Aside]:
    """Return the notes that begin in a line."""
    return [each for each in asides if line.start <= each.start < max(line.stop, line.start + 1)]


def at(page: Page, line: Line, point: QPointF, asides: Sequence[Aside]) -> list[Aside]:
    """Return the notes whose sign lies at a point of the page, in a line."""
    is_there = sign_box(page, line).adjusted(-4, -4, 4, 4).contains(point)
    return of_line(line, asides) if is_there and line.number not in page.folds.folded else []


def paint_asides(painter: QPainter, scene: Scene) -> None:
    """Paint a sign beside every line in which a note begins: outlined while one is open, faint once all are settled."""
    if not scene.asides:
        return
    for line, _ in scene.drawn:
        found = of_line(line, scene.asides) if line.number not in scene.page.folds.folded else []
        if not found:
            continue
        theme = scene.inks.theme
        color = QColor(theme.line if all(each.settled for each in found) else theme.accent)
        painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_bubble(sign_box(scene.page, line)))


def _bubble(box: QRectF) -> QPainterPath:
    """Return the outline of a speech bubble."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(box.left(), box.top(), box.width(), box.height() * 0.72), 3, 3)
    foot = QPainterPath(QPointF(box.left() + 3, box.top() + box.height() * 0.7))
    foot.lineTo(box.left() + 3, box.bottom())
    foot.lineTo(box.left() + 7, box.top() + box.height() * 0.72)
    return path.united(foot)

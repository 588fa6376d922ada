"""Paint what a paragraph is where that matters: a word beside what is left out, and the line that a fold leaves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.model.article import BlockKind
from annotator.model.counting import counted
from annotator.project.blocks import kind_at
from annotator.ui.reader.folds import Run
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.ink import chip_font
from annotator.ui.reader.page import Page
from annotator.ui.reader.paint import Scene

SIZE = 13.0
"""Height given to `chip_font` for the words."""
LEAST_MARGIN = 50.0
"""In a narrower margin (px) the words stand above their paragraph."""
AWAY = 8.0
_WIDE = 120.0


def paint_types(painter: QPainter, scene: Scene) -> None:
    """Paint the types of paragraphs that are left out, of the one at the caret, and folded lines."""
    page = scene.page
    for line, _ in scene.drawn:
        if line.wraps_in:
            continue
        run = page.folds.folded.get(line.number)
        if run is not None:
            _paint_fold(painter, scene, line, run)
            continue
        out = page.folds.runs.get(line.number)
        if out is not None:
            _paint_word(painter, scene, line, out.name, foldable=out.whole)
        elif line.number == scene.here:
            kind = kind_at(page.article.blocks, scene.at)
            if kind is not BlockKind.BODY:
                _paint_word(painter, scene, line, kind.value, foldable=False)


def word_box(page: Page, line: Line) -> QRectF:
    """Return where the word beside a paragraph's first line stands, on the page."""
    frame = page.document.rootFrame().frameFormat()
    width = page.document.textWidth()
    height = SIZE + 4
    if frame.leftMargin() < LEAST_MARGIN:
        top = line.top - height - 1
        left = line.left if page.rtl else width - frame.rightMargin() - _WIDE
        return QRectF(left, top, _WIDE, height)
    left = 0.0 if page.rtl else width - frame.rightMargin() + AWAY
    return QRectF(left, line.baseline - SIZE, frame.leftMargin() - AWAY, height)


def run_at(page: Page, line: Line, point: QPointF) -> Run | None:
    """Return the run that a click at a point of the page folds or unfolds: on its word, or on the line it is folded to."""
    folded = page.folds.folded.get(line.number)
    if folded is not None:
        return folded if line.top - 4 <= point.y() <= line.bottom else None
    run = page.folds.runs.get(line.number)
    if run is None or not run.whole or line.wraps_in:
        return None
    return run if word_box(page, line).adjusted(-2, -2, 2, 2).contains(point) else None


def _paint_word(painter: QPainter, scene: Scene, line: Line, word: str, *, foldable: bool) -> None:
    box = word_box(scene.page, line)
    beside = box.width() < _WIDE
    left = beside != scene.page.rtl
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    font = QFont(chip_font(SIZE))
    font.setWeight(font.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(scene.inks.theme.muted))
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(word) > box.width() + 4:
        word = word.split(",", maxsplit=1)[0] + " …"
    shown = f"{word} ▾" if foldable and metrics.horizontalAdvance(f"{word} ▾") <= box.width() else word
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(flags), shown)


def fold_words(scene: Scene, run: Run) -> tuple[str, str]:
    """Return what the line of a folded run says: its type with what it holds, and its first words."""
    page = scene.page
    count = sum(bool(page.text[slice(*page.paragraph(number))].strip()) for number in range(run.first, run.last + 1))
    labels = len({piece.mark for piece in scene.index.pieces(run.start, run.end)})
    parts = [run.name]
    if count > 1:
        parts.append(f"{count:,} paragraphs")
    if labels:
        parts.append(counted(labels, "label"))
    return " · ".join(parts), " ".join(page.text[run.start : min(run.end, run.start + 300)].split())


def _paint_fold(painter: QPainter, scene: Scene, line: Line, run: Run) -> None:
    page, theme = scene.page, scene.inks.theme
    frame = page.document.rootFrame().frameFormat()
    width = page.document.textWidth() - frame.leftMargin() - frame.rightMargin()
    box = QRectF(frame.leftMargin(), line.top - 2, width, line.rhythm.above + line.rhythm.below + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.hover))
    painter.drawRoundedRect(box, 4, 4)
    sign = -1 if page.rtl else 1
    x = box.right() - 14 if page.rtl else box.left() + 14
    middle = box.center().y()
    painter.setPen(QPen(QColor(theme.muted), 1.5))
    painter.drawPolyline(
        QPolygonF([QPointF(x - sign * 2, middle - 4), QPointF(x + sign * 2, middle), QPointF(x - sign * 2, middle + 4)])
    )
    head, words = fold_words(scene, run)
    inner = box.adjusted(10 if page.rtl else 26, 0, -26 if page.rtl else -10, 0)
    font = QFont(chip_font(max(SIZE, line.rhythm.size * 0.86)))
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    room = metrics.horizontalAdvance(head)
    side = Qt.AlignmentFlag.AlignRight if page.rtl else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    painter.setPen(QColor(theme.text if "label" in head else theme.muted))
    painter.drawText(inner, flags, head)
    font.setWeight(font.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    rest = inner.adjusted(0, 0, -room - 12, 0) if page.rtl else inner.adjusted(room + 12, 0, 0, 0)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, flags, shown)

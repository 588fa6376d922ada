"""What stands above the text: where the article is from, and its title where the text has no headline of its own."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.model.article import Article
from annotator.ui.look.theme import Theme

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads better
)
_YEAR, _MONTH, _DAY = 1, 2, 3


def spoken_date(value: str) -> str:
    """Return an ISO date as people write it (``19 March 2010``); anything else as it is."""
    parts = value[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > _DAY:
        return value
    if len(parts) >= _MONTH and not 1 <= int(parts[1]) <= len(_MONTHS):
        return value
    if len(parts) == _DAY:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == _MONTH else value


def origin(article: Article) -> str:
    """Return outlet, date and byline in one line, or else the file it came from."""
    date = article.value("date published") or article.value("date")
    parts = [article.value("outlet"), spoken_date(date), article.value("byline")]
    # Each part keeps its own direction: a date between two Persian names would else be torn apart.
    isolated = (f"\u2068{part}\u2069" for part in parts if part)
    return " · ".join(isolated) or article.provenance.source


class Header:
    """Title and origin, painted in the document's top margin."""

    def __init__(self, article: Article, font: QFont, *, titled: bool, rtl: bool) -> None:
        self.title = "" if titled else article.title
        self.origin = origin(article)
        self.rtl = rtl
        size = font.pixelSize()
        self._gap = size * 0.4
        self._top = size * 2.2
        self._below = size * 1.0
        self._title_font = QFont(font)
        self._title_font.setPixelSize(round(size * 1.65))
        self._title_font.setWeight(QFont.Weight.Bold)
        self._origin_font = QFont(font)
        self._origin_font.setPixelSize(round(size * 0.82))

    def height(self, width: float) -> float:
        """Return the height it takes above a column of that width, space around it included."""
        _, _, bottom = self._boxes(0, width)
        return float(round(bottom))

    def paint(self, painter: QPainter, left: float, width: float, theme: Theme) -> None:
        """Paint it at the top of the document, above a column that begins at `left`."""
        origin_box, title, _ = self._boxes(left, width)
        if self.title:
            painter.setFont(self._title_font)
            painter.setPen(QColor(theme.text))
            painter.drawText(title, self._flags(), self.title)
        if self.origin:
            painter.setFont(self._origin_font)
            painter.setPen(QColor(theme.muted))
            painter.drawText(origin_box, self._flags(), self.origin)

    def _boxes(self, left: float, width: float) -> tuple[QRectF, QRectF, float]:
        line = self._box(self._origin_font, self.origin, left, self._top, width)
        title = self._box(
            self._title_font, self.title, left, line.bottom() + (self._gap if self.origin else 0.0), width
        )
        return line, title, title.bottom() + (self._below if self.title else 0.0)

    def _box(self, font: QFont, words: str, left: float, top: float, width: float) -> QRectF:
        if not words:
            return QRectF(left, top, width, 0)
        bounds = QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), self._flags(), words)
        return QRectF(left, top, width, bounds.height())

    def _flags(self) -> int:
        side = Qt.AlignmentFlag.AlignRight if self.rtl else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignAbsolute
        # The line is read as the text is: the outlet first, at the right of a text from right to left.
        way = Qt.TextFlag.TextForceRightToLeft if self.rtl else Qt.TextFlag.TextForceLeftToRight
        return int(side | absolute | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap | way)

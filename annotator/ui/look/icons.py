"""Icons in the colour of the text around them. They come from ``resources/icons`` (Lucide)."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.resources import folder

SIZE = 20
"""Logical pixels of an icon on a button."""
RATIOS = (1.0, 2.0)
"""Device pixel ratios that are drawn; Qt scales between them."""
STROKE = 1.75
"""Lucide's lines are 2 of 24 wide; a little thinner sits better beside text of 13 px."""
PICTURE_STROKE = 1.0
"""Of large pictures."""


def icon(name: str) -> QIcon:
    """Return the icon of that name in the palette's text colour, dimmed where it is disabled.

    A name that there is no file for gives an empty icon.
    """
    palette = QGuiApplication.palette()
    text = palette.color(QPalette.ColorRole.WindowText)
    dim = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    return _icon(name, text.name(), dim.name())


def pixmap(name: str, size: int, color: QColor, ratio: float = 1.0) -> QPixmap:
    """Return one icon drawn at `size` logical pixels for a screen of that device pixel ratio."""
    return _pixmap(name, size, color.name(), ratio)


@lru_cache(maxsize=512)
def _icon(name: str, text: str, dim: str) -> QIcon:
    made = QIcon()
    if not _source(name):
        return made
    for ratio in RATIOS:
        made.addPixmap(_pixmap(name, SIZE, text, ratio), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, SIZE, dim, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=2048)
def _pixmap(name: str, size: int, color: str, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    source = _source(name)
    if source:
        stroke = STROKE if size <= SIZE else PICTURE_STROKE
        tinted = source.replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
        painter = QPainter(made)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
    return made


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = folder() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8") if name and path.is_file() else ""

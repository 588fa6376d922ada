"""Which part of the screen has to be painted anew, where something has changed at some places of the text."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from annotator.model.span import Fragment
from annotator.ui.reader import geometry
from annotator.ui.reader.page import Page


def touched(page: Page, fragments: Sequence[Fragment], view: QRect, top: int) -> QRegion:
    """Return the part of the viewport `view`, scrolled to `top`, in which paragraphs lie that share a place with fragments.

    Whole paragraphs: a mark more or less may move the lanes of all the others there.
    """
    region = QRegion()
    # What belongs to a line reaches below the box that Qt gives it, and a little above.
    reach = round(page.reach)
    for number, low, high in geometry.paragraphs_between(page, top, top + view.height()):
        start, end = page.paragraph(number)
        if any(each.start <= end and each.end >= start for each in fragments):
            region += QRect(view.left(), int(low) - top - reach, view.width(), int(high - low) + 2 * reach + 2)
    return region & QRegion(view)

"""How the place Adjudicate is divided: the queue at the left, the text in the middle, the codebook at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

LEFT, RIGHT = 264, 288


def columns(pages: QStackedWidget, top: QWidget, queue: QWidget, middle: QWidget, grounds: QWidget) -> None:
    """Add a page with three columns below a strip; the middle one takes what room there is."""
    page = QWidget(objectName="page")
    pages.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top)
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    column.addWidget(split, 1)
    left, right = QStackedWidget(objectName="side"), QStackedWidget(objectName="side")
    for widget, least in ((left, 152), (middle, 384), (right, 208)):
        widget.setMinimumWidth(least)
        split.addWidget(widget)
    left.addWidget(queue)
    right.addWidget(grounds)
    split.setStretchFactor(1, 1)
    split.setSizes([LEFT, 800, RIGHT])

"""How the place Adjudicate is divided: the queue at the left, the text in the middle, the codebook at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

LEFT, RIGHT = 264, 288


def columns(top: QWidget, queue: QWidget, middle: QWidget, grounds: QWidget) -> QWidget:
    """Return a page with three columns below a strip; the middle one takes what room there is."""
    left, right = QStackedWidget(objectName="side"), QStackedWidget(objectName="side")
    left.addWidget(queue)
    right.addWidget(grounds)
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    for widget, least in ((left, 200), (middle, 400), (right, 224)):
        widget.setMinimumWidth(least)
        split.addWidget(widget)
    split.setStretchFactor(1, 1)
    split.setSizes([LEFT, 800, RIGHT])
    page = QWidget(objectName="page")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top)
    column.addWidget(split, 1)
    return page

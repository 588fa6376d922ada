"""Rows of the inspector: those that lead somewhere, with a button that takes the link away, and what holds them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.ui.look.icons import icon
from annotator.ui.widgets.captions import caption


class CutLabel(QLabel):
    """Words that are cut with an ellipsis where there is no room."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(objectName=name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.tell(words)

    def tell(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setToolTip(words)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


class WordsButton(QPushButton):
    """A flat button whose words are cut with an ellipsis where there is no room."""

    def __init__(self, words: str) -> None:
        super().__init__(objectName="words")
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room."""
        super().resizeEvent(event)
        room = self.width() - 12
        self.setText(caption(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)))


def leading_row(
    kind: str, words: str, go: Callable[[], object] | None, remove: Callable[[], object] | None, where: str = ""
) -> QWidget:
    """Return a row: `kind`, words that `go` there, a cross that does `remove`; below it, `where` that is."""
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(16, 0, 8, 0)
    column.setSpacing(0)
    line = QHBoxLayout()
    column.addLayout(line)
    if where:
        column.addWidget(CutLabel("dim", where))
    line.setSpacing(6)
    line.addWidget(QLabel(kind, objectName="dim"))
    if go is None:
        line.addWidget(QLabel(words), 1)
    else:
        button = WordsButton(words)
        button.setToolTip(f"{words}\nClick to go there")
        button.clicked.connect(lambda _checked=False: go())
        line.addWidget(button, 1)
    if remove is not None:
        cross = QToolButton(icon=icon("x"), objectName="small")
        cross.setToolTip("Take this link away")
        cross.setAccessibleName(f"Take away: {kind} {words}")
        cross.clicked.connect(lambda _checked=False: remove())
        line.addWidget(cross)
    return row


class Rows(QWidget):
    """Rows one below the other, all replaced at once."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def fill(self, rows: list[QWidget]) -> None:
        """Show these rows."""
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for row in rows:
            self._column.addWidget(row)
        self.setVisible(bool(rows))

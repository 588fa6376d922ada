"""What one reads in ten seconds: one sentence, and the figures that matter with their intervals and what they mean."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.project.report import Report
from annotator.project.report_meaning import Headline, headlines
from annotator.project.report_words import interval, number, summary
from annotator.ui.look.drawing import draw_words, wrapped


class Meaning(QLabel):
    """A sentence over several lines; where the window has no room for all, the last whole one ends with an ellipsis."""

    def __init__(self) -> None:
        super().__init__(objectName="dim", wordWrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # a policy of one's own forgets it
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole sentence as a tooltip where it is cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self._room() < len(self._rows(99)) else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint whole lines."""
        rows = self._rows(self._room())
        box = QRect(0, 0, self.width(), len(rows) * self.fontMetrics().lineSpacing())
        color = self.palette().color(self.foregroundRole())
        draw_words(QPainter(self), box, self.text(), self.font(), color, lines=len(rows))

    def _room(self) -> int:
        return max(1, self.height() // self.fontMetrics().lineSpacing())

    def _rows(self, most: int) -> tuple[str, ...]:
        return wrapped(self.text(), self.font(), self.width(), most)


class Card(QFrame):
    """One figure: name, value, interval in smaller type, meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = QLabel(objectName="caption")
        self.value = QLabel(objectName="figure")
        self.interval = QLabel(objectName="badge")
        self.meaning = Meaning()
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.title)
        beside.addWidget(self.interval)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.value)
        row.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.meaning, 1)

    def show_headline(self, headline: Headline, *, is_early: bool = False) -> None:
        """Show a figure; `is_early`: its interval is still being computed."""
        figure = headline.figure
        self.title.setText(headline.title)
        self.value.setText("undefined" if figure.value is None else number(figure.value))
        between = interval(figure.low, figure.high)
        words = f"95%: {between}" if between else "95%: computing…" if is_early else "no interval"
        self.interval.setText("" if figure.value is None else words)
        told = "95% interval, from articles drawn again"
        self.interval.setToolTip(told if between or is_early else figure.note)
        self.meaning.setText(headline.meaning)
        self.setAccessibleName(f"{headline.title}: {self.value.text()} {self.interval.text()}")
        self.setAccessibleDescription(headline.meaning)


class Summary(QWidget):
    """Sentence and cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setObjectName("lead")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cards: Sequence[Card] = tuple(Card() for _ in range(3))
        row = QHBoxLayout()
        row.setSpacing(8)
        for card in self.cards:
            row.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addLayout(row)

    def show_report(self, report: Report) -> None:
        """Show what a report says; the intervals of one without replicates follow."""
        self.sentence.setText(summary(report))
        found = headlines(report)
        for card, headline in zip(self.cards, found, strict=False):
            card.show_headline(headline, is_early=not report.request.replicates)
        for number_, card in enumerate(self.cards):
            card.setVisible(number_ < len(found))

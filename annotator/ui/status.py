"""The line at the bottom that says in words how things stand."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from annotator.model.article import ArticleHead, State
from annotator.ui.actions.actions import Actions
from annotator.ui.articles.model import labels_in_words
from annotator.ui.look.drawing import STATE_SIGNS
from annotator.ui.widgets.captions import caption

_STATE_WORDS = {
    State.NEW: "New",
    State.IN_PROGRESS: "In progress",
    State.DONE: "Done",
    State.EMPTY: "Nothing found",
}


class CutLabel(QLabel):
    """A line of words that is cut with an ellipsis where there is no room; its tooltip has all of it."""

    def __init__(self, name: str = "") -> None:
        super().__init__(objectName=name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self.setToolTip(text if not self.fits(text) else "")

    def fits(self, text: str, spare: int = 0) -> bool:
        """Whether all of `text` could be read, with so many pixels less than there are."""
        return self.fontMetrics().horizontalAdvance(text) <= self.width() - spare

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the tooltip when words were cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if not self.fits(self.text()) else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint what there is room for."""
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class StatusLine(QFrame):
    """State of the article, number of labels, armed label; the last step; who labels."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAccessibleName("How things stand")
        self._article = QLabel()
        self._armed = QLabel(objectName="strong")
        self._frame = CutLabel("strong")
        self.remarks = QPushButton(objectName="flat")
        self.remarks.setToolTip("List what the codebook finds missing or odd in this article (F4 goes to the next)")
        self._said = CutLabel("dim")
        self._said.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._said.customContextMenuRequested.connect(self._menu)
        self._copy = QPushButton("Copy", objectName="flat", toolTip="Copy this message")
        self._copy.setAccessibleName("Copy this message")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._said.text()))
        self._zoom = QLabel(objectName="dim")
        self.who = QPushButton(objectName="flat")
        self.who.clicked.connect(actions["annotators"].trigger)
        self.who.setToolTip(actions["annotators"].toolTip())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8, 2)
        row.setSpacing(16)
        for widget in (self._article, self._armed):
            row.addWidget(widget)
        row.addWidget(self._frame, 3)
        row.addWidget(self._said, 2)
        row.addWidget(self.remarks)
        row.addWidget(self._copy)
        row.addWidget(self._zoom)
        row.addWidget(self.who)
        self.setMinimumHeight(32)
        self._is_labelling = True
        self.show_article(None)
        self.show_armed("")
        self.show_frame("")
        self.show_remarks(0)
        self.say("")

    def show_labelling(self, on: bool) -> None:
        """Say how far the open article is where it is seen; elsewhere nobody would know which one is meant."""
        self._is_labelling = on
        for part in (self._article, self._armed, self._frame, self.remarks):
            self._show(part)

    def _show(self, part: QLabel | QPushButton) -> None:
        part.setVisible(self._is_labelling and bool(part.text()))

    def show_article(self, head: ArticleHead | None) -> None:
        """Say how far the annotator is with the open article."""
        words = f"{STATE_SIGNS[head.state]} {_STATE_WORDS[head.state]} · {labels_in_words(head.count)}" if head else ""
        self._article.setText(words)
        self._show(self._article)

    def show_armed(self, name: str) -> None:
        """Say which label is armed; an empty name: none."""
        self._armed.setText(f"{name} is armed" if name else "")
        self._show(self._armed)

    def show_frame(self, words: str) -> None:
        """Say which frame is open and what it has; empty words: none."""
        self._frame.setText(words)
        self._show(self._frame)

    def show_remarks(self, count: int) -> None:
        """Say how many labels the codebook would have looked at."""
        self.remarks.setText(f"{count:,} to look at" if count else "")
        self._show(self.remarks)

    def show_who(self, name: str) -> None:
        """Say who labels; an empty name: nobody, as there is no project."""
        self.who.setText(caption(name))
        self.who.setAccessibleName(f"{name} labels. Switch, add or rename annotators")
        self.who.setVisible(bool(name))

    def show_zoom(self, percent: int) -> None:
        """Say how large the text is, when it is not the usual size."""
        self._zoom.setText(f"{percent}%" if percent != 100 else "")

    def say(self, words: str) -> None:
        """Say what was just done."""
        self._tell(words, "dim")

    def warn(self, words: str) -> bool:
        """Say what could not be done; returns False, having said nothing, where there is no room for it."""
        if not self._said.fits(words, self._copy.sizeHint().width() + 16):
            return False
        self._tell(words, "bad")
        return True

    @property
    def words(self) -> str:
        """The whole line, part after part."""
        parts = (self._article, self._armed, self._frame) if self._is_labelling else ()
        return " | ".join(part.text() for part in (*parts, self._said) if part.text())

    @property
    def last(self) -> str:
        """What was said last."""
        return self._said.text()

    def _tell(self, words: str, name: str) -> None:
        self._copy.setVisible(name == "bad")
        if name != self._said.objectName():  # it takes as long as painting half the window
            self._said.setObjectName(name)
            self._said.style().unpolish(self._said)
            self._said.style().polish(self._said)
        self._said.setText(words)
        self._said.update()

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self._said.text()
        menu.addAction("Copy this message").triggered.connect(
            lambda _checked=False: QGuiApplication.clipboard().setText(words)
        )
        menu.popup(self._said.mapToGlobal(where))

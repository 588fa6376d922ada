"""The old and the new text of an article beside each other, with what differs and where a chosen thing lies."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from annotator.model.annotation import Annotation
from annotator.model.span import Fragment, Span
from annotator.project.replacement.plan import Item, ReplacementPlan
from annotator.ui.adding.draft_model import shown
from annotator.ui.reader.view import Reader

_MARK = "here"


class TwoTexts(QSplitter):
    """Shows the two texts of a plan, and one of its items in both."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.old, self.new = Reader(), Reader()
        self._plan: ReplacementPlan | None = None
        self._item: Item | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for title, reader in (("Old version", self.old), ("New version", self.new)):
            self.addWidget(_titled(title, reader))

    def show_plan(self, plan: ReplacementPlan | None) -> None:
        """Show the texts of a plan; with None, look for nothing in them any more."""
        self._plan, self._item = plan, None
        if plan is not None:
            book = plan.standing.codebook
            self.old.show_article(plan.standing.article, (), book)
            self.new.show_article(shown(plan.new), (), book)

    def show_item(self, item: Item | None) -> None:
        """Mark a thing in both texts, and scroll to it; where it is lost, to what stood around it."""
        self._item, plan = item, self._plan
        if plan is None:
            return
        old, new = (_annotation(plan, item, span) for span in (item.was, item.now)) if item else (None, None)
        _mark(self.old, plan.removed, item.was if item else None, old)
        _mark(self.new, plan.added, item.now if item else None, new)
        self._reveal()

    def reveal_soon(self) -> None:
        """Scroll once the texts have their new sizes."""
        QTimer.singleShot(0, self, self._reveal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep in sight what is looked at."""
        super().resizeEvent(event)
        self.reveal_soon()

    def _reveal(self) -> None:
        item = self._item
        if item is not None and self._plan is not None:
            self.old.reveal(item.was.start, item.was.end)
            self.new.reveal(item.near, item.now.end if item.now else item.near)


def _titled(title: str, reader: Reader) -> QWidget:
    name = QLabel(title, objectName="caption")
    name.setContentsMargins(16, 8, 16, 0)
    name.setBuddy(reader)
    whole = QWidget(objectName="page")
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(name)
    column.addWidget(reader, 1)
    return whole


def _annotation(plan: ReplacementPlan, item: Item, span: Span | None) -> Annotation | None:
    """Return a label as it is marked in one of the texts; notes and passages are no labels."""
    found = next((each for each in plan.standing.annotations if each.id == item.key), None)
    if found is None or span is None:
        return None
    return Annotation(_MARK, found.article, found.annotator, found.label, span, found.attributes)


def _mark(reader: Reader, gaps: tuple[Fragment, ...], span: Span | None, label: Annotation | None) -> None:
    """Mark what the other text does not have, and where the chosen thing lies."""
    reader.set_annotations([label] if label else [])
    reader.set_find_hits(gaps, span.fragments[0] if span and not label else None)
    reader.select_annotation(_MARK if label else "")

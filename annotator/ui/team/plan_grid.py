"""The grid of articles and annotators, painted: signs of states, labels and minutes, and what a plan would add."""

from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.article import State
from annotator.project.team import Share
from annotator.ui.look.drawing import RADIUS, draw_words, paint_sign, small
from annotator.ui.look.theme import Theme
from annotator.ui.team.plan_model import FIRST, PLANNED_ROLE, SHARE_ROLE, PlanModel
from annotator.ui.team.table import BESIDE, Index, Table
from annotator.ui.team.words import spent

TITLE = 272
CELL = 112
WIDEST = 176
_SIGN = 12


class _Cell(QStyledItemDelegate):
    """Paints a cell: the sign of the state, how many labels, how long it took."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self.theme, QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.restore()
        share: Share | None = index.data(SHARE_ROLE)
        area = option.rect.adjusted(8, 0, -8, 0)
        if share is None:
            words = index.data()
            wide = option.fontMetrics.horizontalAdvance(words)
            left = area.right() - wide if index.column() == 0 else area.center().x() - wide // 2
            draw_words(
                painter, QRect(left, area.top(), wide + 2, area.height()), words, option.font, QColor(theme.muted)
            )
        elif index.data(PLANNED_ROLE):
            # Who has begun without a plan sees what is there, within the frame.
            has_begun = share.state != State.NEW or share.labels > 0
            self._paint_planned(
                painter, QRectF(option.rect).adjusted(4, 4, -4, -4), option, "" if has_begun else "+ new"
            )
            if has_begun:
                self._paint_share(painter, area.adjusted(4, 0, -4, 0), share, option)
        elif share.place >= 0 or share.state != State.NEW or share.labels:
            self._paint_share(painter, area, share, option)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(CELL, 24)

    def _paint_planned(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, words: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.accent), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.restore()
        wide = option.fontMetrics.horizontalAdvance(words)
        place = QRect(round(box.center().x() - wide / 2), round(box.top()), wide + 2, round(box.height()))
        draw_words(painter, place, words, small(option.font), QColor(self.theme.accent))

    def _paint_share(self, painter: QPainter, area: QRect, share: Share, option: QStyleOptionViewItem) -> None:
        theme = self.theme
        color = QColor(theme.muted if share.state == State.NEW else theme.accent)
        paint_sign(painter, QPointF(area.left() + _SIGN / 2, area.center().y() + 0.5), share.state, color, _SIGN)
        labels = f"{share.labels:,}" if share.labels else ""
        wide = option.fontMetrics.horizontalAdvance(labels)
        left = area.left() + _SIGN + 8
        draw_words(painter, QRect(left, area.top(), wide + 2, area.height()), labels, option.font, QColor(theme.text))
        minutes = spent(share.minutes)
        font = small(option.font)
        room = area.right() - left - wide - 8
        wide = min(option.fontMetrics.horizontalAdvance(minutes), room)
        place = QRect(area.right() - wide, area.top(), wide + 2, area.height())
        draw_words(painter, place, minutes, font, QColor(theme.muted))


class PlanGrid(Table):
    """`opened` carries the id of the article of the cell that was pressed Return on, or clicked twice."""

    opened = Signal(str)

    def __init__(self, model: PlanModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Plan", parent)
        self.plan = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._cell = _Cell(self, theme)
        self.setItemDelegate(self._cell)
        self.setModel(model)
        titles = self.verticalHeader()
        titles.setTextElideMode(Qt.TextElideMode.ElideRight)
        titles.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        titles.setHighlightSections(False)
        titles.setFixedWidth(TITLE)
        titles.setSectionsClickable(True)
        titles.show()
        heading = self.horizontalHeader()
        heading.setTextElideMode(Qt.TextElideMode.ElideRight)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heading.setDefaultSectionSize(CELL)
        heading.setMinimumSectionSize(56)
        model.modelReset.connect(self._fit)
        self.activated.connect(lambda index: self.opened.emit(model.lines[index.row()].id))

    def fit_headings(self) -> None:
        """Let the first columns be as wide as their headings; those of annotators follow their names."""
        heading = self.horizontalHeader()
        for column in range(min(FIRST, self.plan.columnCount())):
            wide = heading.fontMetrics().horizontalAdvance(self._title(column)) + BESIDE
            if wide > self.columnWidth(column) and not self.is_kept(column):
                self.setColumnWidth(column, wide)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._cell.theme = theme
        self.viewport().update()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one; nothing is chosen by that."""
        index = self.plan.index(row, column)
        if row >= 0 and column >= 0 and index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def chosen(self) -> dict[str, list[str]]:
        """Return the articles of the chosen cells that are assigned, by the annotator's id."""
        found: dict[str, list[str]] = {}
        places = self.plan.team.places if self.plan.team is not None else {}
        people, lines = self.plan.people, self.plan.lines
        for part in self.selectionModel().selection():
            for column in range(max(part.left(), FIRST), part.right() + 1):
                who = people[column - FIRST].id
                some = (line.id for line in lines[part.top() : part.bottom() + 1])
                found.setdefault(who, []).extend(article for article in some if (article, who) in places)
        return {who: articles for who, articles in found.items() if articles}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the article of the cell with Return, which only Qt on some systems takes for that."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.plan.lines[self.currentIndex().row()].id)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        for column in range(FIRST, self.plan.columnCount()):
            person = self.plan.people[column - FIRST]
            wide = self.fontMetrics().horizontalAdvance(person.short or person.name) + 32
            if wide > self.columnWidth(column) and not self.is_kept(column):
                self.setColumnWidth(column, min(wide, WIDEST))

"""The annotators as a table on screen: a dot of their colour, who is at the keyboard, the figures at the right."""

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.annotator import Annotator
from annotator.ui.look.drawing import draw_words, small, strong
from annotator.ui.look.theme import Theme, line_color
from annotator.ui.team.people_model import COLOR_ROLE, COLUMNS, HERE_ROLE, PERSON_ROLE, PeopleModel
from annotator.ui.team.table import BESIDE, Index, Table

_DOT = 10
_WIDTHS = (0, 64, 96, 72, 88, 128, 120)
HERE = "at the keyboard"
NAME = 176


class _Name(QStyledItemDelegate):
    """Paints a name with its dot, and who is at the keyboard."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        theme, area = self.theme, option.rect.adjusted(12, 0, -8, 0)
        person: Annotator = index.data(PERSON_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(line_color(theme, index.data(COLOR_ROLE))))
        painter.drawEllipse(QPointF(area.left() + _DOT / 2, area.center().y() + 0.5), _DOT / 2, _DOT / 2)
        painter.restore()
        is_here = index.data(HERE_ROLE)
        font = strong(option.font) if is_here else option.font
        aside = option.fontMetrics.horizontalAdvance(HERE) + 16 if is_here else 0
        # Where there is no room for it, the half bold name and its tooltip say it.
        if QFontMetrics(font).horizontalAdvance(person.name) + aside + _DOT + 12 > area.width():
            aside = 0
        name = QRect(area.left() + _DOT + 12, area.top(), area.width() - _DOT - 12 - aside, area.height())
        # All names at the left, those of a script that is written from right to left too: it is a column.
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        words = QFontMetrics(font).elidedText(person.name, Qt.TextElideMode.ElideRight, name.width())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, side, words)
        painter.restore()
        if aside:
            place = QRect(area.right() - aside + 8, area.top(), aside, area.height())
            draw_words(painter, place, HERE, small(option.font), QColor(theme.muted))


class PeopleTable(Table):
    """`chosen` carries the id of the annotator whose row is the current one."""

    chosen = Signal(str)

    def __init__(self, model: PeopleModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Annotators", parent)
        self.people = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setModel(model)
        self._name = _Name(self, theme)
        self.setItemDelegateForColumn(0, self._name)
        heading = self.horizontalHeader()
        heading.setStretchLastSection(False)
        for column in range(len(COLUMNS)):
            heading.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            if _WIDTHS[column]:
                self.setColumnWidth(column, _WIDTHS[column])
        heading.setMinimumSectionSize(56)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.selectionModel().currentRowChanged.connect(self._current)
        for told in (model.modelReset, model.layoutChanged, model.dataChanged):
            told.connect(self._fit_figures)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._name.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what the figures leave, and never less than one can read."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_figures(self, *_given: object) -> None:
        """Widen the columns whose figures have no room, as those of large projects and of plans have not."""
        metrics, model = self.fontMetrics(), self.people
        for column in range(2, len(COLUMNS) - 1):
            told = (str(model.index(row, column).data() or "") for row in range(model.rowCount()))
            wide = max(map(metrics.horizontalAdvance, told), default=0) + BESIDE
            if wide > self.columnWidth(column) and not self.is_kept(column):
                self.setColumnWidth(column, wide)
        self._fit_names()

    def _fit_names(self) -> None:
        others = sum(self.columnWidth(column) for column in range(1, len(COLUMNS)))
        if not self.is_kept(0):
            self.setColumnWidth(0, max(NAME, self.viewport().width() - others))

    def show_person(self, annotator: str) -> None:
        """Make the row of an annotator the current one."""
        row = self.people.row_of(annotator)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.people.index(row, 0))

    def _current(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.people.people[index.row()].id)

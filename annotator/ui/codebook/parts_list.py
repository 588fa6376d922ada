"""The list of parts at the left of the codebook, and the button that adds one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QMenu, QPushButton, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.actions.actions import Actions
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.parts_model import ROW_ROLE, PartsModel, Row
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small, strong
from annotator.ui.look.icons import icon, pixmap
from annotator.ui.widgets.panel import Panel

Index = QModelIndex | QPersistentModelIndex

_ROW = 32
_LABEL_ROW = 40
_EDGE = 16
ADDS = ("label", "attribute", "role", "relation", "clause")
"""What can be added; the action of each is ``codebook.add_`` and the word."""


class _PartRow(QStyledItemDelegate):
    """Paints a heading, or a part with its chip, its name, and what stands at the right."""

    def __init__(self, view: QListView, paints: Paints) -> None:
        super().__init__(view)
        self._paints = paints

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        theme = self._paints.theme
        area = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if row.is_heading:
            color = QColor(theme.muted)
            low = area.adjusted(0, 12, 0, 0)
            draw_words(painter, low, row.name, strong(small(option.font)), color)
            self._paint_aside(painter, low, row.aside, option, color)
            return
        paint_row(painter, option, theme)
        right = area.right()
        if row.fault:
            sign = pixmap("triangle-alert", 16, QColor(theme.bad), painter.device().devicePixelRatioF())
            painter.drawPixmap(right - 15, area.center().y() - 7, sign)
            right -= 22
        elif row.is_changed:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(QPointF(right - 4, area.center().y() + 1), 3, 3)
            painter.restore()
            right -= 16
        left = area.left()
        if row.label is not None:
            chip = QRectF(left, area.center().y() - SIZE / 2 + 1, SIZE, SIZE)
            painter.save()
            painter.setOpacity(0.5 if row.is_retired else 1)
            paint_chip(painter, chip, row.label, theme, option.font)
            painter.restore()
            left += SIZE + 12
        inside = QRect(left, area.top(), right - left + 1, area.height())
        taken = self._paint_aside(painter, inside, row.aside, option, QColor(theme.muted))
        color = QColor(theme.muted if row.is_retired else theme.text)
        font = strong(option.font) if not row.group else option.font
        draw_words(painter, inside.adjusted(0, 0, -taken, 0), row.name, font, color)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row | None = index.data(ROW_ROLE)
        base = _LABEL_ROW if row is not None and (row.label is not None or row.is_heading or not row.group) else _ROW
        return QSize(120, max(base, option.fontMetrics.height() + (18 if base == _LABEL_ROW else 10)))

    @staticmethod
    def _paint_aside(painter: QPainter, area: QRect, words: str, option: QStyleOptionViewItem, color: QColor) -> int:
        """Paint the words at the right, in at most half of the room; return how much they take."""
        if not words:
            return 0
        font = small(option.font)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2, area.width() // 2)
        draw_words(painter, QRect(area.right() - width + 1, area.top(), width, area.height()), words, font, color)
        return width + 12


class PartsList(Panel):
    """Choosing a row shows its form: `chosen` carries group and id."""

    chosen = Signal(str, str)

    def __init__(self, actions: Actions, paints: Paints) -> None:
        super().__init__("Codebook")
        self._showing = False
        self.model = PartsModel(self)
        self.list = QListView(accessibleName="Parts of the codebook")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_PartRow(self.list, paints))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.add_button = QPushButton("Add", objectName="flat", accessibleName="Add a part to the codebook")
        menu = QMenu(self.add_button)
        for what in ADDS:
            menu.addAction(actions[f"codebook.add_{what}"])
        self.add_button.setMenu(menu)
        heading = self.column.itemAt(0).layout()
        heading.insertWidget(1, self.add_button)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions([actions[f"codebook.{what}"] for what in ("up", "down", "remove")])
        self.column.addWidget(self.list, 1)
        self.refresh_icons()

    def show_rows(self, rows: list[Row], group: str, part: str) -> None:
        """Show these rows, with one of them chosen."""
        self.model.show_rows(rows)
        here = self.model.row_of(group, part)
        if here >= 0 and self.list.currentIndex().row() != here:
            self._showing = True
            self.list.setCurrentIndex(self.model.index(here))
            self._showing = False

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        super().refresh_icons()
        if hasattr(self, "add_button"):
            self.add_button.setIcon(icon("plus"))

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing and not self.model.rows[index.row()].is_heading:
            row = self.model.rows[index.row()]
            self.chosen.emit(row.group, row.part)

"""The list of this article's labels, in step with the text."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook, Label
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import Where
from annotator.ui.label.model import LABEL_ROLE, LabelModel
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.panel import Panel
from annotator.ui.widgets.rows import Rows

Index = QModelIndex | QPersistentModelIndex

ROW = 48


class LabelRow(QStyledItemDelegate):
    """Paints a label's chip and up to two lines of its words."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        paint_row(painter, option, self.theme)
        label: Label | None = index.data(LABEL_ROLE)
        area = option.rect.adjusted(16, 2, -16, -2)
        if label is not None:
            chip = QRectF(area.left(), area.center().y() - SIZE / 2 + 1, SIZE, SIZE)
            paint_chip(painter, chip, label, self.theme, option.font)
        words = QRect(area.left() + SIZE + 12, area.top(), area.width() - SIZE - 12, area.height())
        text = index.data(Qt.ItemDataRole.DisplayRole)
        draw_words(painter, words, text, option.font, QColor(self.theme.text), lines=2)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row, more where the text is larger."""
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 12))


class LabelList(Panel):
    """Selecting a row selects the mark: `chosen` carries its id."""

    chosen = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("In this article", parent)
        self.model = LabelModel(self)
        self.list = Rows("Labels in this article")
        self.list.setModel(self.model)
        self._row = LabelRow(self.list, theme)
        self.list.set_painter(self._row)
        self._nothing = QLabel("Nothing is labelled here yet.", objectName="dim", wordWrap=True)
        self._nothing.setContentsMargins(16, 4, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._nothing, 1)
        self.column.addWidget(self.list, 1)
        self._following = False
        self._actions = actions
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        actions.attach(Where.READING, self.list)
        self._tell()

    def set_article(self, text: str, annotations: Iterable[Annotation], codebook: Codebook | None) -> None:
        """Show the labels of another article."""
        self._following = True
        self.model.set_article(text, annotations, codebook)
        self._following = False
        self._tell()

    def update_annotations(self, changed: Iterable[Annotation], removed: Iterable[str]) -> None:
        """Take over what was made, changed or deleted."""
        self._following = True
        self.model.update(changed, removed)
        self._following = False
        self._tell()

    def select(self, annotation_id: str) -> None:
        """Follow the text: show which label is selected there."""
        row = self.model.row_of(annotation_id) if annotation_id else -1
        self._following = True
        if row < 0 or self.list.currentIndex().row() != row:
            self.list.show_row(row)
        self._following = False

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.list.viewport().update()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.model.annotation(current.row()).id)

    def _menu(self, where: QPoint) -> None:
        if not self.list.indexAt(where).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._actions.commands():
            if command.id.startswith("label:"):
                menu.addAction(self._actions[command.id])
        menu.addSeparator()
        for command_id in ("label.delete", "copy"):
            menu.addAction(self._actions[command_id])
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _tell(self) -> None:
        count = self.model.rowCount()
        self.count(count)
        self.list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)

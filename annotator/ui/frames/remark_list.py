"""The list "To look at": what the codebook finds missing or odd in this article, each one click from its place."""

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.model.review import Remark
from annotator.ui.frames.framing import Framing
from annotator.ui.frames.remarks import KINDS, Remarks
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.flow import FlowLayout
from annotator.ui.widgets.panel import Panel

Index = QModelIndex | QPersistentModelIndex

ROW = 48
_REMARK = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


class RemarkModel(QAbstractListModel):
    """Remarks in reading order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.framing: Framing | None = None
        self.remarks: list[Remark] = []

    def show_remarks(self, remarks: list[Remark]) -> None:
        """Show these."""
        if remarks != self.remarks:
            self.beginResetModel()
            self.remarks = remarks
            self.endResetModel()

    def row_of(self, annotation: str) -> int:
        """Return the first row about an annotation, or -1."""
        return next((row for row, each in enumerate(self.remarks) if each.annotation == annotation), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.remarks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the sentence, the words it is about, or the remark itself."""
        if not 0 <= index.row() < len(self.remarks):
            return None
        remark = self.remarks[index.row()]
        annotation = self.framing.session.annotations.get(remark.annotation) if self.framing else None
        words = self.framing.words(annotation, 80) if self.framing and annotation else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return remark.message
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{remark.message}: {words}"
            case _:
                return remark if role == _REMARK else words if role == _WORDS else None


class _RemarkRow(QStyledItemDelegate):
    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the chip of the label, the sentence, and the words it is about."""
        paint_row(painter, option, self.theme)
        model = index.model()
        area = option.rect.adjusted(16, 3, -16, -3)
        remark: Remark = index.data(_REMARK)
        framing = model.framing if isinstance(model, RemarkModel) else None
        annotation = framing.session.annotations.get(remark.annotation) if framing else None
        if framing is not None and annotation is not None:
            label = framing.session.project.codebook.label(annotation.label)
            chip = QRectF(area.left(), area.center().y() - SIZE / 2 + 1, SIZE, SIZE)
            paint_chip(painter, chip, label, self.theme, option.font)
        left, half = area.left() + SIZE + 12, area.height() // 2
        upper = QRect(left, area.top(), area.right() - left, half)
        lower = QRect(left, area.top() + half, area.right() - left, half)
        draw_words(painter, upper, index.data(), option.font, QColor(self.theme.text))
        draw_words(painter, lower, index.data(_WORDS), small(option.font), QColor(self.theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 8))


class RemarkList(Panel):
    """`chosen` carries the id of the annotation to look at; `switched` the kinds that are off."""

    chosen = Signal(str)
    switched = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("To look at", parent, closes=True)
        self._remarks: Remarks | None = None
        self._kinds = {kind: QPushButton(name, objectName="value", checkable=True) for kind, name in KINDS.items()}
        kinds = QWidget()
        flow = FlowLayout(kinds, gap=4)
        flow.setContentsMargins(16, 0, 16, 8)
        for kind, button in self._kinds.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self._switch(kind))
            flow.addWidget(button)
        self.model = RemarkModel(self)
        self.list = QListView(accessibleName="To look at")
        self.list.setModel(self.model)
        self._row = _RemarkRow(self.list, theme)
        self.list.setItemDelegate(self._row)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel(objectName="dim", wordWrap=True)
        self._nothing.setContentsMargins(16, 4, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget, stretch in ((kinds, 0), (self._nothing, 1), (self.list, 1)):
            self.column.addWidget(widget, stretch)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._tell()

    def set_remarks(self, framing: Framing | None, remarks: Remarks | None) -> None:
        """Show the remarks of another project."""
        self._remarks = remarks
        self.model.framing = framing
        if remarks is not None:
            remarks.changed.connect(self._changed)
        self._tell()

    def select(self, annotation: str) -> None:
        """Follow the text: show which remark is about the selected label."""
        row = self.model.row_of(annotation)
        if row < 0:
            self.list.selectionModel().clear()
        elif not self._is_about(self.list.currentIndex().row(), annotation):
            index = self.model.index(row)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.list.viewport().update()

    def _is_about(self, row: int, annotation: str) -> bool:
        return 0 <= row < len(self.model.remarks) and self.model.remarks[row].annotation == annotation

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.remarks[index.row()].annotation)

    def _switch(self, kind: str) -> None:
        if self._remarks is not None:
            self._remarks.switch(self._remarks.off ^ {kind})
            self.switched.emit(self._remarks.off)

    def showEvent(self, event: QShowEvent) -> None:
        """Show how things stand now: what nobody sees is not kept up to date."""
        self._tell()
        super().showEvent(event)

    def _changed(self) -> None:
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        remarks = self._remarks
        shown = remarks.shown() if remarks else []
        counts = remarks.counts() if remarks else {}
        off = remarks.off if remarks else frozenset()
        self.model.show_remarks(shown)
        self.count(len(shown))
        for kind, button in self._kinds.items():
            count = counts.get(kind, 0)
            button.setText(f"{KINDS[kind]} {count:,}" if count else KINDS[kind])
            button.setChecked(kind not in off)
            button.setVisible(bool(count) or kind in off)
            button.setToolTip("Leave these out" if kind not in off else "Show these again")
        self.list.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        hidden = sum(counts.get(kind, 0) for kind in off)
        self._nothing.setText(
            "Nothing of the kinds that are switched on."
            if hidden
            else "The codebook finds nothing missing here. What is missing or odd will stand here; it never stops you."
        )

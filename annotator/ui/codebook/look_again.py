"""Labels to look at again: made under an older revision that may have judged them otherwise, one after the other."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook, Label
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.wording import Told, as_html, as_text
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.widgets.panel import Panel

Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole.UserRole


class AgainModel(QAbstractListModel):
    """The annotations in reading order, with the words that they cover and the titles of their articles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.annotations: list[Annotation] = []
        self.labels: dict[str, Label] = {}
        self.words: Callable[[Annotation], str] = str
        self.titles: dict[str, str] = {}

    def show_annotations(
        self,
        annotations: list[Annotation],
        codebook: Codebook,
        words: Callable[[Annotation], str],
        titles: dict[str, str],
    ) -> None:
        """Show these; `words` returns what one covers, `titles` are by article."""
        self.beginResetModel()
        self.annotations, self.words, self.titles = annotations, words, titles
        self.labels = {label.id: label for label in codebook.labels}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.annotations)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the words for screen readers, or the annotation itself."""
        if not 0 <= index.row() < len(self.annotations):
            return None
        found = self.annotations[index.row()]
        words, title = self.words(found), self.titles.get(found.article, "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{self.labels[found.label].name}: {words}\n{title}, made under revision {found.codebook}"
            case _:
                return found if role == _ROLE else None


class _AgainRow(QStyledItemDelegate):
    """Paints the chip, the words, and the article with the revision below them."""

    def __init__(self, view: QListView, paints: Paints) -> None:
        super().__init__(view)
        self._paints = paints

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._paints.theme
        paint_row(painter, option, theme)
        model: AgainModel = index.model()
        found: Annotation = index.data(_ROLE)
        area = option.rect.adjusted(16, 4, -16, -4)
        paint_chip(
            painter, QRectF(area.left(), area.top() + 4, SIZE, SIZE), model.labels[found.label], theme, option.font
        )
        line = option.fontMetrics.lineSpacing()
        words = QRect(area.left() + SIZE + 12, area.top(), area.width() - SIZE - 12, area.height() - line)
        draw_words(painter, words, index.data(), option.font, QColor(theme.text), lines=2)
        below = QRect(words.left(), words.bottom() + 1, words.width(), line)
        told = f"Revision {found.codebook} · {model.titles.get(found.article, '')}"
        draw_words(painter, below, told, small(option.font), QColor(theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, 3 * option.fontMetrics.lineSpacing() + 12)


class LookAgain(Panel):
    """`chosen` carries the annotation to show in the text; `kept` the one that holds under the latest revision."""

    chosen = Signal(object)
    kept = Signal(object)

    def __init__(self, paints: Paints, keep_key: str) -> None:
        super().__init__("To look at again", closes=True)
        self._showing = False
        self.about = QLabel(objectName="dim", wordWrap=True)
        self.about.setContentsMargins(16, 0, 16, 8)
        self._paints = paints
        self._told: list[Told] = []
        self.changes_title = QLabel(objectName="strong")
        self.changes = QTextBrowser(accessibleName="What has changed about this label", openLinks=False)
        self.changes.setObjectName("told")
        self.changes.setFrameShape(QFrame.Shape.NoFrame)
        self.changes.setTabChangesFocus(True)
        self.changes.document().setDocumentMargin(0)
        self.model = AgainModel(self)
        self.list = QListView(accessibleName="Labels to look at again")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_AgainRow(self.list, paints))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._show)
        key = f"   {keep_key}" if keep_key else ""
        self.keep_button = QPushButton(f"It holds{key}", objectName="primary")
        self.keep_button.setToolTip(
            "Confirm that this label is right under the latest revision, and go to the next one"
        )
        self.keep_button.clicked.connect(self.keep)
        line = QFrame(objectName="divider")
        line.setFixedHeight(1)
        self.below = QWidget()
        below = QVBoxLayout(self.below)
        below.setContentsMargins(16, 12, 8, 12)
        below.setSpacing(8)
        below.addWidget(self.changes_title)
        below.addWidget(self.changes, 1)
        below.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.about)
        self.column.addWidget(self.list, 3)
        self.column.addWidget(line)
        self.column.addWidget(self.below, 2)
        self.column.addStretch(0)

    def show_annotations(
        self,
        annotations: list[Annotation],
        codebook: Codebook,
        words: Callable[[Annotation], str],
        titles: dict[str, str],
    ) -> None:
        """Show these, with the one that was chosen still chosen, or the one that has come into its place."""
        current = self.current()
        row = self.list.currentIndex().row()
        self._showing = True
        self.model.show_annotations(annotations, codebook, words, titles)
        count = len(annotations)
        ids = [each.id for each in annotations]
        stays = current is not None and current.id in ids
        if count:
            row = ids.index(current.id) if stays else min(max(row, 0), count - 1)
            self.list.setCurrentIndex(self.model.index(row))
        self._showing = False
        self.list.setVisible(count > 0)
        self.below.setVisible(count > 0)
        self.count(count)
        self.about.setText(
            "The codebook has changed what these labels mean since they were made. Confirm each, or give it another"
            " label as usual."
            if count
            else "All labels hold under the latest revision. When the codebook changes what a label means, those made"
            " before are listed here."
        )
        if count and not stays:
            self._show(self.list.currentIndex())

    def show_changes(self, revision: int, told: list[Told]) -> None:
        """Say what has changed since a revision about the label that is chosen."""
        self._told = told
        self.changes_title.setText(f"Changed since revision {revision}")
        self.changes.setAccessibleDescription(as_text(told))
        self.refresh()

    def refresh(self) -> None:
        """Write the words anew, after the colours have changed."""
        self.refresh_icons()
        self.changes.setHtml(as_html(self._told, self._paints.theme))

    def current(self) -> Annotation | None:
        """Return the annotation that is chosen."""
        row = self.list.currentIndex().row()
        return self.model.annotations[row] if 0 <= row < len(self.model.annotations) else None

    def step(self, by: int) -> None:
        """Choose the next one, or the one before."""
        count = len(self.model.annotations)
        if count:
            self.list.setCurrentIndex(self.model.index((self.list.currentIndex().row() + by) % count))

    def keep(self) -> None:
        """Confirm the one that is chosen."""
        found = self.current()
        if found is not None:
            self.kept.emit(found)

    def _show(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing:
            self.chosen.emit(self.model.annotations[index.row()])

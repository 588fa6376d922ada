"""The list of articles: a row an article, and headings of groups."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.article import ArticleHead, State
from annotator.ui.articles.model import HEAD_ROLE, about
from annotator.ui.look.drawing import draw_words, paint_heading, paint_row, paint_sign, small, strong
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.rows import Rows

Index = QModelIndex | QPersistentModelIndex

ROW = 48


class _ArticleRow(QStyledItemDelegate):
    """Paints a row: the sign of the state, the title in up to two lines, the number of labels."""

    def __init__(self, view: "ArticleList", theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head: ArticleHead = index.data(HEAD_ROLE)
        if not head.id:
            paint_heading(painter, option, self.theme, head.title, f"{head.count:,}")
            return
        current = head.id == self._view.current
        theme = self.theme
        paint_row(painter, option, theme, current=current)
        text, dim = QColor(theme.text), QColor(theme.muted)
        area = option.rect.adjusted(16, 2, -16, -2)
        sign = dim if head.state == State.NEW else QColor(theme.accent)
        paint_sign(painter, QPointF(area.left() + 6, area.center().y() + 0.5), head.state, sign)
        count = f"{head.count:,}" if head.count else ""
        count_font = small(option.font)
        width = option.fontMetrics.horizontalAdvance(count)
        draw_words(painter, QRect(area.right() - width, area.top(), width + 2, area.height()), count, count_font, dim)
        title = area.adjusted(24, 0, -(width + 8 if count else 0), 0)
        font = strong(option.font) if current else option.font
        known = about(head)
        if known and QFontMetrics(font).horizontalAdvance(head.title) <= title.width():
            half = title.height() // 2
            draw_words(painter, title.adjusted(0, 3, 0, -half), head.title, font, text)
            draw_words(painter, title.adjusted(0, half, 0, -3), known, count_font, dim)
        else:
            draw_words(painter, title, head.title, font, text, lines=2)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 12))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        editor = QLineEdit(parent, accessibleName="Title of the article")
        editor.setFrame(True)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(8, 8, -8, -8))


class ArticleList(Rows):
    """The rows. `chosen` carries the id of the article that the person wants to read."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Articles", parent)
        self.current = ""
        self._row = _ArticleRow(self, theme)
        self.set_painter(self._row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.viewport().update()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Open the article that alone is chosen."""
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        if len(rows) == 1 and self.hasFocus():
            article_id = rows[0].data(HEAD_ROLE).id
            if article_id != self.current:
                self.chosen.emit(article_id)

    def selected_ids(self) -> list[str]:
        """Return the ids of the chosen articles, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [head.id for head in (self.model().shown[row] for row in rows) if head.id]

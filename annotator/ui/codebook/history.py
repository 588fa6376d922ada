"""The history of revisions at the right of the codebook: who, when, why, and what each one changed."""

from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
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

from annotator.model.counting import counted
from annotator.project.revisions import Revision
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.wording import Told, as_html, as_text
from annotator.ui.look.drawing import draw_words, paint_row, small, strong
from annotator.ui.widgets.panel import Panel

Index = QModelIndex | QPersistentModelIndex

DRAFT = 0
"""The number under which the changes that are not saved stand among the revisions."""
_ROLE = Qt.ItemDataRole.UserRole


def when(made_at: str, now: datetime | None = None) -> str:
    """Return a time (ISO 8601) as people say it: ``today 14:02``, ``19 March``, ``19 March 2010``."""
    try:
        made = datetime.fromisoformat(made_at).astimezone()
    except ValueError:
        return made_at
    now = now or datetime.now().astimezone()
    if made.date() == now.date():
        return f"today {made:%H:%M}"
    return f"{made.day} {made:%B}" if made.year == now.year else f"{made.day} {made:%B %Y}"


class RevisionModel(QAbstractListModel):
    """The revisions, the latest first; before them what is not saved yet, if anything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.revisions: list[Revision] = []

    def show_revisions(self, revisions: list[Revision]) -> None:
        """Show these."""
        self.beginResetModel()
        self.revisions = revisions
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.revisions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return number and note, the words for screen readers, or the revision itself."""
        if not 0 <= index.row() < len(self.revisions):
            return None
        found = self.revisions[index.row()]
        head, aside = self.words(found)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join(filter(None, (f"{head}, {aside}" if aside else head, found.note)))
        return found if role == _ROLE else None

    @staticmethod
    def words(revision: Revision) -> tuple[str, str]:
        """Return what heads a revision's row, and what stands beside it."""
        if revision.number == DRAFT:
            return "Not saved yet", ""
        return f"Revision {revision.number}", " · ".join(filter(None, (revision.annotator, when(revision.made_at))))


class _RevisionRow(QStyledItemDelegate):
    """Paints number, who and when, and the note below."""

    def __init__(self, view: QListView, paints: Paints) -> None:
        super().__init__(view)
        self._paints = paints

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._paints.theme
        paint_row(painter, option, theme)
        revision: Revision = index.data(_ROLE)
        head, aside = RevisionModel.words(revision)
        area = option.rect.adjusted(16, 6, -16, -6)
        line = option.fontMetrics.lineSpacing()
        upper = QRect(area.left(), area.top(), area.width(), line)
        font = strong(option.font)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(head) + 12
        draw_words(painter, upper, head, font, QColor(theme.accent if revision.number == DRAFT else theme.text))
        draw_words(painter, upper.adjusted(wide, 0, 0, 0), aside, small(option.font), QColor(theme.muted))
        lower = QRect(area.left(), area.top() + line + 1, area.width(), area.height() - line)
        draw_words(painter, lower, revision.note or "–", small(option.font), QColor(theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, 2 * option.fontMetrics.lineSpacing() + 14)


class History(Panel):
    """Choosing one revision tells what it changed, choosing two what is different between them.

    `compared` carries the two numbers, the older first (`DRAFT` for what is not saved); `again_wanted` asks for the
    labels to look at again, `back_wanted` for the content of an older revision.
    """

    compared = Signal(int, int)
    again_wanted = Signal()
    back_wanted = Signal(int)

    def __init__(self, paints: Paints) -> None:
        super().__init__("History")
        self._paints = paints
        self._told: list[Told] = []
        self._one: int | None = None
        self.again = QPushButton()
        self.again.clicked.connect(self.again_wanted)
        self.model = RevisionModel(self)
        self.list = QListView(accessibleName="Revisions of the codebook")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RevisionRow(self.list, paints))
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setToolTip("Choose one to see what it changed, two (with Ctrl) to compare them.")
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.title = QLabel(objectName="strong", wordWrap=True)
        self.words = QTextBrowser(accessibleName="What is different", openLinks=False)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setObjectName("told")
        self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words.setTabChangesFocus(True)
        self.words.document().setDocumentMargin(0)
        self.back = QPushButton("Take up this revision again", objectName="link")
        self.back.clicked.connect(lambda: self._one and self.back_wanted.emit(self._one))
        self._lay_out()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 8)
        top.addWidget(self.again)
        self.column.addLayout(top)
        self.column.addWidget(self.list, 2)
        line = QFrame(objectName="divider")
        line.setFixedHeight(1)
        self.column.addWidget(line)
        below = QVBoxLayout()
        below.setContentsMargins(16, 12, 8, 12)
        below.setSpacing(8)
        below.addWidget(self.title)
        below.addWidget(self.words, 1)
        below.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(below, 3)

    def show_revisions(self, revisions: list[Revision], *, has_draft: bool) -> None:
        """Show the history, the first revision first; what was chosen stays chosen where it is still there."""
        entries = [Revision(DRAFT, "What you have changed", "", "")] if has_draft else []
        entries += reversed(revisions)
        chosen = self.chosen()
        if entries != self.model.revisions:
            self.model.show_revisions(entries)
            kept = [row for row, each in enumerate(entries) if each.number in chosen]
            # One that was chosen gives way to what is new; two are being compared and stay.
            self._select(kept if len(kept) > 1 else [0])
        elif not chosen and entries:
            self._select([0])
        else:
            self._chosen()

    def chosen(self) -> list[int]:
        """Return the numbers that are chosen."""
        return [self.model.revisions[index.row()].number for index in self.list.selectionModel().selectedRows()]

    def show_told(self, title: str, told: list[Told], *, nothing: str, back: int = 0) -> None:
        """Say what is different; `back` is the revision that can be taken up again, 0 for none."""
        self._told = told
        self._one = back
        self.title.setText(title)
        self.words.setAccessibleDescription(as_text(told) or nothing)
        self._write(nothing)
        self.back.setVisible(bool(back))

    def show_again(self, count: int) -> None:
        """Say how many labels an older revision may have judged otherwise."""
        self.again.setText(f"{counted(count, 'label')} to look at again")
        self.again.setToolTip("Labels whose meaning has changed since they were made, one after the other")
        self.again.setVisible(count > 0)

    def refresh(self) -> None:
        """Write the words anew, after the colours have changed."""
        self.refresh_icons()
        self._write("")

    def _write(self, nothing: str) -> None:
        theme = self._paints.theme
        html = as_html(self._told, theme) if self._told else f"<p style='color:{theme.muted}'>{nothing}</p>"
        place = self.words.verticalScrollBar().value()
        self.words.setHtml(html)
        self.words.verticalScrollBar().setValue(place)

    def _select(self, rows: list[int]) -> None:
        chosen = QItemSelection()
        for row in rows[:2]:
            index = self.model.index(row)
            chosen.select(index, index)
        self.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            self.list.selectionModel().setCurrentIndex(
                self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _chosen(self) -> None:
        numbers = self.chosen()
        ranked = sorted(numbers, key=lambda number: (number == DRAFT, number))
        if not ranked:
            return
        last = ranked[-1]
        latest = max((each.number for each in self.model.revisions), default=0)
        before = ranked[0] if len(ranked) > 1 else (latest if last == DRAFT else last - 1)
        self.compared.emit(before, last)

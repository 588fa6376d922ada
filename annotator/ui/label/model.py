"""The labels of an article as rows in reading order, changed row by row."""

from bisect import bisect_left
from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook, Label

Index = QModelIndex | QPersistentModelIndex

ANNOTATION_ROLE = Qt.ItemDataRole.UserRole
LABEL_ROLE = Qt.ItemDataRole.UserRole + 1
MOST_LETTERS = 200
"""No row shows more of a label's words than this."""
_FEW = 200
"""Up to so many changes are made row by row; more are quicker all at once."""

Order = tuple[int, int, str]


class LabelModel(QAbstractListModel):
    """The annotations of one article by one annotator."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._labels: dict[str, Label] = {}
        self._orders: list[Order] = []
        self._by_id: dict[str, Annotation] = {}

    def set_article(self, text: str, annotations: Iterable[Annotation], codebook: Codebook | None) -> None:
        """Show these annotations of a text."""
        self.beginResetModel()
        self._text = text
        self._labels = {label.id: label for label in codebook.labels} if codebook else {}
        self._by_id = {each.id: each for each in annotations}
        self._orders = sorted(each.order for each in self._by_id.values())
        self.endResetModel()

    def update(self, changed: Iterable[Annotation], removed: Iterable[str]) -> None:
        """Take over annotations that were made or changed, and leave out those that are gone."""
        changed, removed = list(changed), list(removed)
        if len(changed) + len(removed) > _FEW:
            self.beginResetModel()
            for gone in removed:
                self._by_id.pop(gone, None)
            self._by_id.update((each.id, each) for each in changed)
            self._orders = sorted(each.order for each in self._by_id.values())
            self.endResetModel()
            return
        for gone in removed:
            self._remove(gone)
        for each in changed:
            self._put(each)

    def row_of(self, annotation_id: str) -> int:
        """Return the row of an annotation, or -1."""
        annotation = self._by_id.get(annotation_id)
        return bisect_left(self._orders, annotation.order) if annotation else -1

    def annotation(self, row: int) -> Annotation:
        """Return the annotation in that row."""
        return self._by_id[self._orders[row][2]]

    def words(self, annotation: Annotation) -> str:
        """Return the words it covers, a gap between fragments as “ … ”, cut where they are long."""
        parts, length = [], 0
        for start, end in annotation.span.fragments:
            parts.append(self._text[start : min(end, start + MOST_LETTERS)])
            length += end - start
            if length > MOST_LETTERS:
                break
        return " … ".join(parts)[:MOST_LETTERS]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many labels there are."""
        return 0 if parent.isValid() else len(self._orders)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the words for screen readers and the tooltip, or the annotation or label itself."""
        if not 0 <= index.row() < len(self._orders):
            return None
        annotation = self.annotation(index.row())
        label = self._labels.get(annotation.label)
        name = label.name if label else annotation.label
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words(annotation)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{name}: {self.words(annotation)}"
            case _:
                return annotation if role == ANNOTATION_ROLE else label if role == LABEL_ROLE else None

    def _remove(self, annotation_id: str) -> None:
        row = self.row_of(annotation_id)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._orders[row]
            del self._by_id[annotation_id]
            self.endRemoveRows()

    def _put(self, annotation: Annotation) -> None:
        old = self._by_id.get(annotation.id)
        if old is not None and old.order == annotation.order:
            self._by_id[annotation.id] = annotation
            row = self.row_of(annotation.id)
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        self._remove(annotation.id)
        row = bisect_left(self._orders, annotation.order)
        self.beginInsertRows(QModelIndex(), row, row)
        self._orders.insert(row, annotation.order)
        self._by_id[annotation.id] = annotation
        self.endInsertRows()

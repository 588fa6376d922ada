"""The parts of the codebook as rows: a heading for each group, then its parts."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Attribute, Clause, Label, Relation, Role
from annotator.model.draft import Draft, Part

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
GROUP_NAMES = {
    "labels": "Labels",
    "attributes": "Attributes",
    "roles": "Roles",
    "relations": "Relations",
    "clauses": "Borderline cases",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        group, part: what it stands for; both empty for the codebook itself, no `part` for a heading.
        name: what is read. aside: what stands at the right in small: key, count, what it belongs to.
        label: whose chip stands before it.
        is_changed: whether it is not as it was saved. fault: what is wrong with it.
    """

    group: str
    part: str
    name: str
    aside: str = ""
    label: Label | None = None
    is_retired: bool = False
    is_changed: bool = False
    fault: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it only heads a group."""
        return bool(self.group) and not self.part


def rows(
    draft: Draft, uses: Mapping[str, int], changed: set[tuple[str, str]], faults: Mapping[tuple[str, str], str]
) -> list[Row]:
    """Return the rows of a draft.

    Args:
        draft: what to show.
        uses: how many annotations there are of each label.
        changed: group and id of what is not as it was saved.
        faults: what is wrong, by group and id.
    """
    labels = {label.id: label for label in draft.labels}
    made = [Row("", "", draft.name or "Codebook", is_changed=("", "") in changed, fault=faults.get(("", ""), ""))]
    for group, name in GROUP_NAMES.items():
        parts = draft.group(group)
        made.append(Row(group, "", name, f"{len(parts):,}" if parts else "none"))
        for part in parts:
            key = (group, part.id)
            made.append(
                Row(
                    group,
                    part.id,
                    _name(part),
                    _aside(part, labels, uses),
                    part if isinstance(part, Label) else None,
                    isinstance(part, Label) and part.retired,
                    key in changed,
                    faults.get(key, ""),
                )
            )
    return made


def _name(part: Part) -> str:
    if isinstance(part, Clause):
        return f"{part.id}  {part.text}"
    return part.name or "without a name"


def _aside(part: Part, labels: Mapping[str, Label], uses: Mapping[str, int]) -> str:
    match part:
        case Label(retired=True):
            return "retired"
        case Label():
            return f"{uses[part.id]:,}" if uses.get(part.id) else ""
        case Attribute():
            return ", ".join(labels[each].name for each in part.labels if each in labels)
        case Role():
            return f"of {labels[part.frame].name}" if part.frame in labels else ""
        case Relation():
            return part.key.upper()
    return ""


class PartsModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show these; where only their words differ, the view keeps its place."""
        if [(each.group, each.part) for each in rows] == [(each.group, each.part) for each in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_of(self, group: str, part: str) -> int:
        """Return the row of a part, or -1."""
        return next((n for n, row in enumerate(self.rows) if (row.group, row.part) == (group, part)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the words for screen readers, or the row itself."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                kind = "" if row.is_heading or not row.group else GROUP_NAMES[row.group]
                changed = "not saved" if row.is_changed else ""
                return ", ".join(filter(None, (row.name, row.aside, kind, changed, row.fault)))
            case Qt.ItemDataRole.ToolTipRole:
                return row.fault or row.name
            case _:
                return row if role == ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a heading cannot be chosen."""
        if not 0 <= index.row() < len(self.rows) or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

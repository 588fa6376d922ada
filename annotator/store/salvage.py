"""From a damaged file into a new one: every row that can still be read, and nothing that does not hold together."""

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from annotator.model.errors import MissingProjectError, NoProjectError, UnreadableProjectError
from annotator.store.descriptors import reading_bytes
from annotator.store.pages import Found, Pages, Value
from annotator.store.passing import passing
from annotator.store.pruning import count, doubtful, prune

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z")


@dataclass(slots=True)
class Salvaged:
    """What was found in a damaged file.

    Attributes:
        pages, damaged: how many there are, and how many of them could not be read whole.
        rows: how many were saved, by table.
        labels: how many labels the file itself had counted; 0 where that is lost too.
        told: what was lost or mended, in sentences.
    """

    pages: int = 0
    damaged: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    labels: int = 0
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    needed: tuple[bool, ...]
    has_rowids: bool
    has_number: bool
    """Whether its first column is the row's number, which SQLite does not write twice."""

    def values(self, row: Found) -> tuple[Value, ...] | None:
        """Return a row's values for every column; None where it cannot be one of this table."""
        if (row.rowid is not None) != self.has_rowids:
            return None
        values = list(row.values)
        if self.has_number and values:
            values[0] = row.rowid
        if not values or len(values) > len(self.columns):
            return None
        for kind, needed in zip(self.kinds[len(values) :], self.needed[len(values) :], strict=True):
            values.append(None if not needed else "" if kind == "TEXT" else 0)  # columns that were added later
        told = zip(values, self.columns, self.kinds, self.needed, strict=True)
        return tuple(values) if all(_fits(*each) for each in told) else None


def _fits(value: Value, column: str, kind: str, needed: bool) -> bool:
    if value is None:
        return not needed
    if kind == "TEXT":
        return isinstance(value, str) and (not column.endswith("_at") or _TIME.fullmatch(value) is not None)
    return isinstance(value, bytes if kind == "BLOB" else int)


def salvage(path: Path, db: Database) -> Salvaged:
    """Copy what can be read of the file at `path` into an empty project; `path` itself is not touched.

    Raises:
        MissingProjectError, UnreadableProjectError: there is no file, or it cannot be read at all.
        NoProjectError: nothing of a project is in it.
    """
    pages = Pages(_rolled_back(path))
    found = Salvaged(pages=len(pages))
    tables = list(_tables(db))
    roots = pages.schema()
    db.execute("PRAGMA foreign_keys = OFF")
    is_known = pages.free()
    with db.atomic():
        for table in tables:
            if table.name in roots:
                _write(db, tables, pages.tree(roots.pop(table.name)), found, first=table)
        for root in roots.values():  # indices, so that their pages are not taken for lost ones
            for _ in pages.tree(root):
                pass
        before = found.rows.total()
        # Where every table could be walked through, what lies elsewhere was deleted.
        if pages.damaged or not found.rows["project"]:
            _write(db, tables, pages.loose(), found)
        if not is_known and found.rows.total() > before:
            found.told.append("Which pages were in use is lost: something that had been deleted may have come back.")
        found.damaged = len(pages.damaged)
        if not found.rows["text"] and not found.rows["annotation"] and not found.rows["project"]:
            raise NoProjectError(path, ", and nothing of one is in it")
        found.labels = db.execute("SELECT coalesce(sum(count), 0) FROM tally").fetchone()[0]
        found.told += prune(db)
        if pages.damaged:
            found.told += doubtful(db)
        found.rows = Counter({table.name: count(db, table.name) for table in tables})
    db.execute("PRAGMA foreign_keys = ON")
    return found


def _rolled_back(path: Path) -> bytes:
    """Return the file's bytes, without what a crash has left half done, where its journal says so."""
    if path.exists() and not path.is_file():
        raise NoProjectError(path, " but a folder or a device")
    try:
        with reading_bytes(path) as file:
            content = file.read()
    except FileNotFoundError:
        raise MissingProjectError(path) from None
    except OSError as error:
        raise UnreadableProjectError(path, error.strerror or "unknown") from error
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists():
        return content
    with passing() as folder:
        twin = folder / path.name
        twin.write_bytes(content)
        shutil.copyfile(journal, twin.with_name(journal.name))
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(twin)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return twin.read_bytes()


def _tables(db: Database) -> Iterator[_Table]:
    for name, sql in db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall():
        columns = db.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = [each for each in columns if each[5]]
        yield _Table(
            name=name,
            columns=tuple(each[1] for each in columns),
            kinds=tuple(each[2] for each in columns),
            needed=tuple(bool(each[3] or each[5]) for each in columns),
            has_rowids="WITHOUT ROWID" not in sql.upper(),
            has_number=len(keys) == 1 and keys[0][2] == "INTEGER",
        )


def _write(
    db: Database, tables: Sequence[_Table], rows: Iterable[Found], found: Salvaged, first: _Table | None = None
) -> None:
    """Write rows into the first table they can be of, before all `first`; a damaged page may have led to another's."""
    for row in rows:
        for table in (*([first] if first else []), *tables):
            values = table.values(row)
            if values is None or (table is not first and len(row.values) != len(table.columns)):
                continue
            marks = ", ".join("?" * len(values))
            with suppress(sqlite3.Error, OverflowError):  # a rule of the schema that damaged bytes break
                found.rows[table.name] += db.execute(
                    f'INSERT OR IGNORE INTO "{table.name}" VALUES ({marks})', values
                ).rowcount
            break

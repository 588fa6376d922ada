"""Reading and writing rows by name."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlite_utils import Database

Row = dict[str, Any]
T = TypeVar("T")


class StoredValueError(ValueError):
    """The file holds a value that the program never writes: it is damaged, or was changed by hand."""


def stored(read: Callable[[str], T], value: str, what: str) -> T:
    """Return what `read` makes of a stored value.

    Raises:
        StoredValueError: it can make nothing of it. `what` names the value in the sentence.
    """
    try:
        return read(value)
    except ValueError as error:
        raise StoredValueError(f"{what} cannot be “{value[:60]}”") from error


def fetch(db: Database, query: str, *parameters: object) -> Iterator[Row]:
    """Yield the rows that `query` finds, as dictionaries by column.

    Not `Database.query`: it wraps every look into a savepoint, which doubles the time of the small ones.
    """
    cursor = db.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def one(db: Database, query: str, *parameters: object) -> Row | None:
    """Return the first row that `query` finds, or None."""
    return next(fetch(db, query, *parameters), None)


def among(column: str, wanted: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a column holds something that is wanted, and its parameters; nothing wanted: anything."""
    if not wanted:
        return "TRUE", ()
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(wanted)),)


def write(db: Database, table: str, row: Row, *, key: tuple[str, ...] = ("id",)) -> None:
    """Write `row`, in place of the one with the same key if there is one.

    Not REPLACE: that would delete the old row first, and rows that refer to it forbid that.
    """
    db.execute(_upsert(table, tuple(row), key), list(row.values()))


def insert_new(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Write rows of which nothing can be there, all of them with the same columns, in one statement."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        names, marks = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
        values = (tuple(row.values()) for row in chain([first], rows))
        db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


@cache
def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    keys = ", ".join(f'"{name}"' for name in key)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT ({keys}) DO UPDATE SET {changes}'

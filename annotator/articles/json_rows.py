"""Tables as JSON: an array of objects, an object that holds one, or an object a line; read as a stream."""

import json
import re
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import Any

from annotator.articles.delimited import text_stream
from annotator.articles.reading import Reading
from annotator.articles.source import Source, UnreadableError
from annotator.articles.table import Row, Table, TablePreview, preview, read_table

_CHUNK = 1 << 16
_DEEPEST = 4
"""Objects in objects whose values become columns (``data.text``)."""
_PROBLEMS = 50
_BLANKS = re.compile(r"[\s,\ufeff]*")
# An object of which one value is the array of rows; what comes before that is told by its name and small.
_WRAPPED = re.compile(
    r'\{(?:\s*"[^"\\]{0,60}"\s*:\s*(?:"[^"\\]{0,500}"|-?[\d.eE+-]+|true|false|null)\s*,)*\s*"[^"\\]{0,60}"\s*:\s*\[\s*(?=\{)'
)


def read_json(source: Source) -> Reading:
    """Return the articles of a JSON file, a row each.

    Raises:
        UnreadableError: it is no JSON, has no rows, or no field with texts.
    """
    with source.open() as file, text_stream(file) as (text, how):
        table = Table(iter(()), "json", how, unit="item")
        table.rows = _items(source, text)
        return read_table(source, table)


def read_jsonl(source: Source) -> Reading:
    """Return the articles of a JSON Lines file, a line each; a line that cannot be read is a problem.

    Raises:
        UnreadableError: it has no rows, or no field with texts.
    """
    with source.open() as file, text_stream(file) as (text, how):
        table = Table(iter(()), "jsonl", how, unit="line")
        table.rows = _lines(source, table, text)
        return read_table(source, table)


def preview_json(source: Source) -> TablePreview:
    """Return its first rows and what its fields may hold."""
    with source.open() as file, text_stream(file) as (text, _):
        return preview(Table(_items(source, text), "json"))


def preview_jsonl(source: Source) -> TablePreview:
    """Return its first rows and what its fields may hold."""
    with source.open() as file, text_stream(file) as (text, _):
        return preview(Table(_lines(source, Table(iter(()), "jsonl"), text), "jsonl"))


def _lines(source: Source, table: Table, text: TextIOWrapper) -> Iterator[Row]:
    number = 0
    while line := text.readline(source.limits.largest + 1):
        number += 1
        if len(line) > source.limits.largest:
            raise UnreadableError(f"Line {number:,} is longer than any article. Split the file and add the parts.")
        if not line.strip(" \t\r\n\ufeff\x1e"):
            continue
        try:
            value = json.loads(line.strip("\ufeff\x1e"), strict=False)
        except (ValueError, RecursionError) as error:
            value = None
            why = error.msg if isinstance(error, json.JSONDecodeError) else "it nests too deeply"
        else:
            why = "it is no object"
        if isinstance(value, dict):
            yield Row(number, flat(value))
        elif len(table.problems) < _PROBLEMS:
            table.problems.append(source.problem(f"This line cannot be read as JSON ({why}).", number))
        else:
            raise UnreadableError(f"From line {number:,} on nothing more was read, because so many lines are no JSON.")


def flat(value: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Return the fields of an object as text; those of objects in it under ``outer.inner``, lists joined."""
    found: dict[str, str] = {}
    for key, each in value.items():
        name = f"{prefix}{key}"
        if isinstance(each, dict) and depth < _DEEPEST:
            found |= flat(each, f"{name}.", depth + 1)
        else:
            found[name] = as_text(each)
    return found


def as_text(value: object) -> str:
    """Return a JSON value as a person would write it; an absent one is nothing."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list() if all(isinstance(each, str) for each in value):
            # Paragraphs in a list stay paragraphs, names in a list stay on one line.
            return ("\n\n" if any(len(each) > 100 for each in value) else "; ").join(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _items(source: Source, text: TextIOWrapper) -> Iterator[Row]:
    """Yield the objects of an array, of an array in an object, or that follow one another."""
    window = _Window(text, source.limits.largest)
    window.fill()
    window.skip()
    wrapped = _WRAPPED.match(window.text, window.place)
    is_array = wrapped is not None
    if wrapped:
        window.place = wrapped.end()
    elif window.peek() == "[":
        window.place += 1
        is_array = True
    number = 0
    while True:
        window.skip()
        if window.peek() in ("", "]"):
            break
        value = window.value(number + 1)
        for each in (value,) if is_array and isinstance(value, dict) else _rows_of(value):
            number += 1
            yield Row(number, flat(each))


def _rows_of(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
    elif isinstance(value, dict):
        values = list(value.values())
        if (
            len(values) > 1
            and all(isinstance(each, list) for each in values)
            and len({len(each) for each in values}) == 1
        ):
            # A column a field, each a list.
            yield from (dict(zip(value, row, strict=True)) for row in zip(*values, strict=True))
        elif len(values) > 1 and all(isinstance(each, dict) for each in values):
            yield from _crossed(value)
        else:
            inner = [each for each in values if isinstance(each, list) and each and isinstance(each[0], dict)]
            yield from _rows_of(inner[0]) if len(inner) == 1 else iter((value,))


def _crossed(value: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of an object of objects: by row or, as pandas writes, by column with the rows' numbers inside."""
    keys = list(next(iter(value.values())))
    if keys and all(key.isdecimal() for key in keys):
        yield from ({name: column.get(key) for name, column in value.items()} for key in keys)
    else:
        yield from ({"id": key, **row} for key, row in value.items())


class _Window:
    """A part of a long text: as much as one value needs."""

    def __init__(self, text: TextIOWrapper, largest: int) -> None:
        self._file, self._largest = text, largest
        self._decoder = json.JSONDecoder(strict=False)
        self.text, self.place = "", 0

    def fill(self, size: int = _CHUNK) -> bool:
        more = self._file.read(size)
        if more:
            self.text, self.place = self.text[self.place :] + more, 0
        return bool(more)

    def skip(self) -> None:
        found = _BLANKS.match(self.text, self.place)
        while found and found.end() == len(self.text) and self.fill():
            found = _BLANKS.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def value(self, number: int) -> object:
        """Return the value that begins here, reading on for as long as it is not whole."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.place)
            except RecursionError:
                raise UnreadableError(f"Item {number:,} nests deeper than any table does. Save it as CSV.") from None
            except ValueError as error:
                # Twice as much each time, so that a long value is not tried again and again.
                size = len(self.text) - self.place
                if size > self._largest:
                    raise UnreadableError(
                        f"From item {number:,} on this is no JSON, or more than can be read whole. Save it as JSON Lines."
                    ) from None
                if not self.fill(max(_CHUNK, size)):
                    why = error.msg if isinstance(error, json.JSONDecodeError) else "a number is too long"
                    raise UnreadableError(f"From item {number:,} on this is no sound JSON ({why}).") from None
                continue
            # A number at the window's end may go on; an object cannot.
            self.place = end
            return value

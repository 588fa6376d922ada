"""Tables as text: CSV and TSV, with their encoding, delimiter and header found out; read as a stream."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from annotator.articles.columns import known_names
from annotator.articles.encoding import decode, wide_encoding
from annotator.articles.reading import Reading
from annotator.articles.source import Source
from annotator.articles.table import Row, Table, TablePreview, preview, read_table

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
_ALONE = "\x1f"
_CHUNK = 1 << 20
_SAMPLE = 65_536
_ROWS = 20
_HEADER = 60
"""Code points. The name of a column is no longer."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def read_csv(source: Source) -> Reading:
    """Return the articles of a table as text, a row each.

    Raises:
        UnreadableError: it cannot be read, has no rows, or no column with texts.
    """
    with source.open() as file, text_stream(file) as (text, how):
        return read_table(source, _table(source, text, how))


def preview_csv(source: Source) -> TablePreview:
    """Return its first rows and what its columns may hold."""
    with source.open() as file, text_stream(file) as (text, how):
        return preview(_table(source, text, how))


@contextmanager
def text_stream(file: BinaryIO) -> Iterator[tuple[io.TextIOWrapper, str]]:
    """Give a file's text as a stream that never fails, and which encoding was taken, and why; the file stays open."""
    encoding, how = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        yield text, how
    finally:
        text.detach()


def _encoding(file: BinaryIO) -> tuple[str, str]:
    """Return which encoding is taken, and why. UTF-8 is believed once all was seen: odd letters may come late."""
    head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, f"{name[:6].rstrip('-').upper()} (byte order mark)"
    wide = wide_encoding(head)
    if wide:
        return wide, f"{wide[:6].upper()} (guessed from its zero bytes)"
    odd = _not_utf8(file)
    if odd is None:
        return "utf-8", "UTF-8"
    guess = decode(odd)
    return guess.encoding, guess.how


def _not_utf8(file: BinaryIO) -> bytes | None:
    """Return a part of the file that is no UTF-8, or None where all of it is."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    while chunk := file.read(_CHUNK):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return chunk
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(0)
        return file.read(_CHUNK)
    return None


def _table(source: Source, text: io.TextIOWrapper, how: str) -> Table:
    sample = text.read(_SAMPLE)
    text.seek(0)
    delimiter = sniff_delimiter(sample)
    kind = "tsv" if delimiter == "\t" else "csv"
    table = Table(iter(()), kind, how, unit="line")
    # The limit is Python's own for all readers, so it is set before each use.
    csv.field_size_limit(source.limits.largest)
    table.rows = _rows(source, table, csv.reader(text, delimiter=delimiter))
    return table


def sniff_delimiter(sample: str) -> str:
    """Return the sign that parts the cells: the one that gives a header with known names, and rows of one length.

    Where none parts the first row, each row is one cell, and a sign is returned that stands in no text.
    """
    scores = {each: _score(sample, each) for each in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda each: scores[each])
    return best if scores[best][2] else _ALONE


def _score(sample: str, delimiter: str) -> tuple[int, float, int]:
    try:
        rows = [
            row
            for row, _ in zip(csv.reader(io.StringIO(sample), delimiter=delimiter), range(_ROWS), strict=False)
            if row
        ]
    except csv.Error:
        return 0, 0.0, 0
    if not rows or len(rows[0]) < 2:
        return known_names(rows[0]) if rows else 0, 0.0, 0
    # The last one may be cut.
    whole = rows[:-1] or rows
    alike = sum(len(row) == len(rows[0]) for row in whole) / len(whole)
    return known_names(rows[0]), alike, len(rows[0])


def header_of(first: Sequence[str]) -> list[str] | None:
    """Return the names of the columns where the first row may be a header, each different; else None."""
    cells = [" ".join(cell.split()) for cell in first]
    known = known_names(cells)
    plausible = all(len(cell) <= _HEADER for cell in cells) and not any(_is_number(cell) for cell in cells if cell)
    if not any(cells) or (not known and not plausible):
        return None
    if not plausible and known * 2 < len(cells):
        return None
    return unique_names(cells)


def unique_names(cells: Sequence[str]) -> list[str]:
    """Return names that differ: one without words is ``column 3``, a second “text” is ``text 2``."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        stem = cell or f"column {number}"
        name, count = stem, 1
        while name in taken:
            count += 1
            name = f"{stem} {count}"
        taken.add(name)
        names.append(name)
    return names


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").replace("-", "").replace("/", "").isdigit()


def _rows(source: Source, table: Table, reader: "Reader") -> Iterator[Row]:
    names: list[str] | None = None
    is_first = True
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.problems.append(
                source.problem(
                    f"The table breaks off here ({error}): a quotation mark may be open. Mend it there.", line
                )
            )
            return
        if not any(cells):
            continue
        if is_first:
            is_first = False
            names = header_of(cells)
            if names:
                continue
            names = unique_names([""] * len(cells))
        assert names is not None
        if len(cells) > len(names):
            names += unique_names([*names, *([""] * (len(cells) - len(names)))])[len(names) :]
        yield Row(line, dict(zip(names, cells, strict=False)))

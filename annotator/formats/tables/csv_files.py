"""Write the tables as CSV by RFC 4180: UTF-8, cells with line ends in quotes."""

import csv
import io
from collections.abc import Iterator

from annotator.formats.format import Options, OutFile, Records
from annotator.formats.giving.output import text_file
from annotator.formats.giving.readme import readme
from annotator.formats.record import ProjectRecord
from annotator.formats.tables.rows import FORMULA, Cell, Row, tables

_MARK = "\ufeff"
"""Excel takes a CSV without it for one in the computer's old encoding."""
README = "README.md"
_LABELS = (
    "`labels.csv`: a row a label. “start” and “end” count {} of the article's text, from 0; “end” is one past the last."
    " “fragments” gives every fragment of a label that has several."
)
_LINKS = (
    "`links.csv`: roles of frames and relations, “from” and “to” ids of labels; “absent” says that the target is not in the"
    " article."
)
_DECISIONS = (
    "`decisions.csv`: what was decided where annotators differ, by whom, when and why; “versions” is what everybody had then,"
    " as JSON; “gold” are ids of the labels that came of it, none where no label is right. It is not read back."
)
_SAFE = "A cell that begins with = + - @ or a tab has an apostrophe before it, so that no spreadsheet program takes it for a formula."


def write_csv(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield a file a table, and a word on how to read them."""
    made = tables(project, records)
    for name, (columns, rows) in made.items():
        yield text_file(f"{name}.csv", _lines(columns, rows(project, records, options), is_safe=options.excel))
    yield text_file(README, [_readme(project, options, decided="decisions" in made)])


def _lines(columns: list[str], rows: Iterator[Row], *, is_safe: bool) -> Iterator[str]:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    if is_safe:
        page.write(_MARK)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row] if is_safe else row)
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()


def _safe(cell: Cell) -> Cell:
    """Return the cell with an apostrophe before what a spreadsheet program would calculate or run."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _readme(project: ProjectRecord, options: Options, *, decided: bool) -> str:
    unit = {"code points": "characters (Unicode code points)", "utf-16": "UTF-16 units", "bytes": "bytes of UTF-8"}
    book = project.codebooks[-1] if project.codebooks else None
    said = [
        _LABELS.format(unit[options.unit.value]),
        _LINKS,
        "`articles.csv`: the texts. `states.csv`: how far each annotator is.",
        *([_DECISIONS] if decided else []),
        "The files are UTF-8; line ends within a text are a single line feed.",
        *([_SAFE] if options.excel else []),
        *([f"Codebook: {' '.join(book.name.split())}, revision {book.revision}."] if book else []),
        *options.about(),
    ]
    return readme(project.name, said)

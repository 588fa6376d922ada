"""Any table with offsets: a row a span, columns named by the person or known by their usual names.

The choices (``--set NAME=VALUE``): ``article``, ``text``, ``start``, ``end``, ``spans``, ``label``, ``quote``,
``annotator``, ``note``, ``id``, ``paragraph`` name columns; ``attributes`` several of them, parted by commas; ``texts`` a
folder of text files whose names the column ``article`` has; ``label-is`` one label for all rows; ``end-is`` ``included``;
``first`` the number of the first character; ``unit`` ``tokens`` for offsets that count what stands between blanks.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from annotator.formats.format import Reader, Taking, Unit
from annotator.formats.json_lines import as_text, objects_of
from annotator.formats.record import Reading
from annotator.formats.tables.grouped import Rows
from annotator.formats.tables.sheets import TableRow, csv_rows, sheets_of
from annotator.formats.taking.document import Document, Item
from annotator.formats.taking.files import read_text
from annotator.formats.taking.gather import gather
from annotator.formats.taking.spool import spooled
from annotator.formats.taking.units import Counting, Places, Ranges, find_counting, fits
from annotator.formats.tokens import tokenise
from annotator.model.problem import Problem
from annotator.model.span import Fragment
from annotator.text.paragraphs import paragraphs

_USUAL: dict[str, tuple[str, ...]] = {
    "article": (
        "article",
        "document",
        "doc",
        "doc_id",
        "docid",
        "document_id",
        "file",
        "filename",
        "text_id",
        "id_article",
    ),
    "text": ("text", "document_text", "content", "body"),
    "start": (
        "start",
        "begin",
        "begin_offset",
        "char_begin",
        "start_offset",
        "startoffset",
        "offset_start",
        "char_start",
        "from",
        "start_char",
    ),
    "end": ("end", "stop", "end_offset", "endoffset", "offset_end", "char_end", "to", "end_char"),
    "spans": ("spans", "fragments", "ranges", "offsets", "quotebytespans", "bytespans"),
    "label": ("label", "type", "category", "tag", "code", "class"),
    "quote": ("quote", "covered", "covered_text", "span_text", "mention", "quotetext", "string", "exact"),
    "annotator": ("annotator", "coder", "user", "annotator_id", "rater", "author"),
    "note": ("note", "comment", "memo", "remark"),
    "id": ("id", "span_id", "annotation_id", "quoteid"),
    "paragraph": ("paragraph", "paragraph_id", "para"),
}
_SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".jsonl", ".ndjson")
_PAIR = re.compile(r"(\d{1,15})\s*[-,:;\s]\s*(\d{1,15})")
_SAMPLE = 8
_JUDGED = 500
"""As many spans tell how a table counts."""
_AROUND = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; empty where none does.

    Attributes:
        attributes: columns whose values become attributes of the same name.
    """

    article: str = ""
    text: str = ""
    start: str = ""
    end: str = ""
    spans: str = ""
    label: str = ""
    quote: str = ""
    annotator: str = ""
    note: str = ""
    id: str = ""
    paragraph: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One span as it would be taken: its row, its label, and its words with a little of what stands around them."""

    row: int
    label: str
    before: str
    covered: str
    after: str
    quote: str

    @property
    def is_right(self) -> bool:
        """Whether the words are those that the table quotes, or it quotes none."""
        return not self.quote or fits(self.covered, ((0, len(self.covered)),), (self.quote,))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table looks like before it is taken in.

    Attributes:
        names: its columns, in order.
        columns: what they are taken for.
        samples: the first spans.
        problems: why there are none, or fewer.
        examples: a cell of each column, the first that is not empty.
        quoted: how many of the first spans the table quotes; `fitting`: how many of those have their quote when offsets
            count as chosen.
        proposed: another way of counting, in which more have it; None where there is none.
        proposed_fitting: how many have it then.
        sheet: of a workbook, the sheet that is read; `sheets`: all that have rows.
    """

    names: tuple[str, ...]
    columns: Columns
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...]
    examples: tuple[str, ...] = ()
    quoted: int = 0
    fitting: int = 0
    proposed: Counting | None = None
    proposed_fitting: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def held(self) -> dict[str, str]:
        """What the columns are taken for, as a part of `Columns` by a column's name."""
        parts = {name: part for part in _USUAL if (name := getattr(self.columns, part))}
        return {**parts, **dict.fromkeys(self.columns.attributes, "attributes")}


def guess(names: Iterable[str], given: Mapping[str, str]) -> Columns:
    """Return what columns hold: as the person says, else by their usual names."""
    by_name = {name.casefold().replace(" ", "_"): name for name in names}
    found: dict[str, str] = {}
    for part, usual in _USUAL.items():
        match = next((by_name[each] for each in usual if each in by_name and by_name[each] not in found.values()), "")
        found[part] = given.get(part, match)
    attributes = tuple(each.strip() for each in given.get("attributes", "").split(",") if each.strip())
    return Columns(**found, attributes=attributes)


def preview(path: Path, taking: Taking) -> Preview:
    """Return the first spans of a table as they would be taken with the choices that are made."""
    problems: list[Problem] = []
    table = _Table(path, taking, problems)
    samples: list[Sample] = []
    judged: list[Document] = []
    for document in table.documents():
        places = Places(document.text)
        judged.append(document)
        for item in document.items:
            for start, end in (places.ranges(item.ranges, table.counting) or ())[:1]:
                before, after = document.text[max(0, start - _AROUND) : start], document.text[end : end + _AROUND]
                quote = item.quotes[0] if item.quotes else ""
                samples.append(Sample(item.line or 0, item.label, before, document.text[start:end], after, quote))
        if sum(len(each.items) for each in judged) >= _JUDGED:
            break
    quoted, fitting, proposed, proposed_fitting = _judge(judged, table.counting)
    first = list(islice(table.rows(), _JUDGED))
    examples = tuple(next((row.cell(name) for row in first if row.cell(name)), "") for name in table.names)
    return Preview(
        table.names,
        table.columns,
        tuple(samples[:_SAMPLE]),
        tuple(problems),
        examples,
        quoted,
        fitting,
        proposed,
        proposed_fitting,
        table.sheet,
        table.sheets,
    )


def _judge(documents: list[Document], stated: Counting) -> tuple[int, int, Counting | None, int]:
    """Return how many quotes there are, how many fit as stated, and a way of counting in which more do, and how many."""
    quoted = sum(bool(item.quotes) for each in documents for item in each.items)
    fitting = _fitting(documents, stated)
    if fitting == quoted:
        return quoted, fitting, None, 0
    ways = Counter(find_counting(each.text, each.items, stated, is_free=True) for each in documents)
    found = [(_fitting(documents, way), way) for way, _ in ways.most_common() if way != stated]
    best, way = max(found, key=lambda pair: pair[0], default=(0, None))
    return (quoted, fitting, way, best) if best > fitting else (quoted, fitting, None, 0)


def _fitting(documents: list[Document], counting: Counting) -> int:
    found = 0
    for document in documents:
        places = Places(document.text)
        for item in document.items:
            ranges = places.ranges(item.ranges, counting) if item.quotes else None
            found += ranges is not None and fits(document.text, ranges, item.quotes)
    return found


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    table = _Table(path, taking, problems)
    return gather(table.documents(), path, taking, problems=problems, importer="table")


def _in_workbook(path: Path, wanted: str, problems: list[Problem]) -> tuple[Rows, str, tuple[str, ...]]:
    """Return what goes through the sheet that is wanted, or the first one with rows, its name, and those of all with rows."""
    sheets = sheets_of(path, problems)
    names = tuple(name for name, rows in sheets.items() if next(rows(), None) is not None)
    if wanted and wanted not in names:
        known = ", ".join(f"“{name}”" for name in names) or "none with rows"
        problems.append(Problem(str(path), f"The workbook has no sheet “{wanted}”. It has {known}."))
        return _none, "", names
    name = wanted or next(iter(names), "")
    return (sheets[name] if name else _none), name, names


def _none() -> Iterator[TableRow]:
    return iter(())


def _rows(path: Path, problems: list[Problem]) -> Iterator[TableRow]:
    """Yield the rows of a table that is no workbook. It may be gone through several times: what is wrong is told once."""
    told: list[Problem] = []
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        for number, content in objects_of(path, told):
            cells = {key: as_text(value) for key, value in content.items() if value is not None}
            yield TableRow.of(path, number, cells)
    else:
        yield from csv_rows(path, told)
    problems.extend(each for each in told if each not in problems)


def _counting(taking: Taking) -> Counting:
    first = taking.given.get("first", "0")
    return Counting(
        unit=taking.unit or Unit.CODE_POINTS,
        inclusive=taking.given.get("end-is") == "included",
        first=int(first) if first.isdecimal() else 0,
    )


class _Table:
    """The rows of a table, what its columns hold, and what was wrong with them."""

    def __init__(self, path: Path, taking: Taking, problems: list[Problem]) -> None:
        self.path, self.taking, self.problems = path, taking, problems
        self.sheet = ""
        self.sheets: tuple[str, ...] = ()
        self.rows: Rows = partial(_rows, path, problems)
        if path.suffix.lower() == ".xlsx":
            self.rows, self.sheet, self.sheets = _in_workbook(path, taking.given.get("sheet", ""), problems)
        self._kinds = list({tuple(row.places): row.places for row in self.rows()}.values())
        self.names = tuple(dict.fromkeys(name for places in self._kinds for name in places))
        self.columns = guess(self.names, taking.given)
        self.counting = _counting(taking)

    def documents(self) -> Iterator[Document]:
        """Yield a document an article."""
        columns = self.columns
        if not self.names:
            return
        if not (columns.spans or (columns.start and columns.end)) or not (columns.article or columns.text):
            known = ", ".join(self.names)
            message = f"Say which columns hold article or text, start and end (--set start=COLUMN). There are: {known}."
            self.problems.append(Problem(str(self.path), message))
            return
        with spooled() as spool:
            which = {tuple(places): number for number, places in enumerate(self._kinds)}
            for row in self.rows():
                spool.put(row.cell(columns.article or columns.text), (row.number, which[tuple(row.places)], row.values))
            for name in sorted(spool):
                found = spool.take(name)
                here = [TableRow(self.path, number, self._kinds[kind], values) for number, kind, values in found]
                text = self._text(name, here)
                if text is not None:
                    yield self._document(name, text, here)

    def _document(self, name: str, text: str, rows: list[TableRow]) -> Document:
        return Document(
            file=self.path,
            name=name if self.columns.article else f"{self.path.stem}:{rows[0].number}",
            text=text,
            items=tuple(self._items(rows, text)),
            unit=self.counting.unit,
            inclusive=self.counting.inclusive,
            first=self.counting.first,
            title=Path(name).stem if self.columns.article else "",
        )

    def _text(self, name: str, rows: list[TableRow]) -> str | None:
        """Return the text that rows are about: in the table, in a folder of texts, or in the project."""
        text = next((row.cell(self.columns.text) for row in rows if row.cell(self.columns.text).strip()), "")
        if text:
            return text
        stem, given = Path(name).name, self.taking.given
        folder = Path(given["texts"]) if "texts" in given else self.path.parent
        for file in (folder / stem, folder / f"{stem}.txt", folder / f"{Path(stem).stem}.txt"):
            if stem and file.is_file() and file.suffix.lower() not in _SUFFIXES:
                return read_text(file, self.problems)
        found = self.taking.texts(name) if self.taking.texts is not None else None
        if found is None:
            message = f"There is no text for “{name}”: no column, no file beside the table, no article of that title."
            self.problems.append(Problem(str(self.path), message, rows[0].number))
        return found

    def _items(self, rows: list[TableRow], text: str) -> Iterator[Item]:
        columns, given = self.columns, self.taking.given
        tokens = tokenise(text, "blanks") if given.get("unit") == "tokens" else None
        starts = [each.start for each in paragraphs(text)] if columns.paragraph else []
        for row in rows:
            ranges = _ranges(row, columns)
            label = given.get("label-is", "") or row.cell(columns.label).strip()
            if tokens is not None:
                ranges = _of_tokens(ranges, tokens, included=self.counting.inclusive)
            if columns.paragraph:
                ranges = _of_paragraph(ranges, starts, row.cell(columns.paragraph))
            if not ranges or not label:
                message = "The row lacks a label, or offsets that lie in the text."
                self.problems.append(Problem(str(row.file), message, row.number))
                continue
            quote = row.cell(columns.quote)
            yield Item(
                key=row.cell(columns.id) or f"row {row.number}",
                label=label,
                ranges=ranges,
                quotes=(quote,) if quote else (),
                attributes=tuple((name, row.cell(name)) for name in columns.attributes if row.cell(name)),
                note=row.cell(columns.note),
                annotator=row.cell(columns.annotator),
                line=row.number,
            )


def _of_tokens(ranges: Ranges, tokens: Sequence[Fragment], *, included: bool) -> Ranges:
    """Return offsets that count tokens in the characters that they stand for, written as the table writes its ends."""
    ends = [(start, end + included) for start, end in ranges]
    return tuple(
        (tokens[start].start, tokens[end - 1].end - included) for start, end in ends if 0 <= start < end <= len(tokens)
    )


def _of_paragraph(ranges: Ranges, starts: Sequence[int], number: str) -> Ranges:
    """Return offsets that count from the start of a paragraph (from 0) as offsets of the whole text."""
    place = int(number) if number.strip().isdecimal() else len(starts)
    return tuple((starts[place] + start, starts[place] + end) for start, end in ranges) if place < len(starts) else ()


def _ranges(row: TableRow, columns: Columns) -> Ranges:
    """Return the offsets of a row: from two columns, or from one that lists pairs in whatever brackets."""
    start, end = row.cell(columns.start).strip(), row.cell(columns.end).strip()
    if columns.start and start.isdecimal() and end.isdecimal():
        return ((int(start), int(end)),)
    if not columns.spans:
        return ()
    try:
        found = json.loads(row.cell(columns.spans))
    except (ValueError, RecursionError):
        found = None
    match found:
        case [int(first), int(last)]:
            return ((first, last),)
        case [*pairs] if pairs and all(isinstance(each, list) and len(each) == 2 for each in pairs):
            return tuple((int(a), int(b)) for a, b in pairs if isinstance(a, int) and isinstance(b, int))
    return tuple((int(a), int(b)) for a, b in _PAIR.findall(row.cell(columns.spans)))


def _is_table(path: Path, head: bytes) -> bool:
    if path.is_dir() or path.suffix.lower() not in (".csv", ".tsv", ".tab"):
        return False
    names = re.split(rb'[,;\t]"?|"[,;\t]?', head.partition(b"\n")[0].removeprefix(b"\xef\xbb\xbf").strip())
    columns = guess([each.decode("utf-8", "replace") for each in names if each], {})
    return bool((columns.article or columns.text) and (columns.spans or (columns.start and columns.end)))


def may_be_table(path: Path) -> bool:
    """Whether a file is one whose columns a person can name."""
    return path.is_file() and path.suffix.lower() in _SUFFIXES


READER = Reader("Table with offsets", _read, _is_table, purpose="A row a span; you say what the columns hold")

"""CoNLL-2003: a token a line, tabs, a column of tags a label, or one for all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, zip_longest
from pathlib import Path

from annotator.formats.conll.fitting import TAGGED, fit_tokens
from annotator.formats.conll.tags import OUTSIDE, SCHEMES, is_tag, runs, tags
from annotator.formats.format import (
    Choice,
    Losses,
    Options,
    OutFile,
    Reader,
    Records,
    Taking,
    Writer,
)
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import by_annotator
from annotator.formats.giving.sentences import sentences_of
from annotator.formats.json_lines import lines_of
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.model.annotation import Annotation
from annotator.model.problem import Problem
from annotator.model.span import Fragment, Span

_SUFFIXES = (".conll", ".conll03", ".bio", ".iob", ".iob2", ".bioes")
_START = "-DOCSTART-"
_RUN = re.compile(r"\S+")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_LOOKED_AT = 200
"""Lines by which a file is recognised."""
LAYOUTS = ("columns", "flat")
HOLDS = replace(
    TAGGED,
    unit="tokens",
    text=False,
    instead=(("overlap", "the longest is kept"), *TAGGED.instead),
    remark="spans of different labels may overlap, as each label has a column; with `--set layout=flat` there is one column"
    " for all. Of the text the tokens come back, with one blank between them, a sentence a line",
)


def _fit(project: ProjectRecord, record: ArticleRecord, options: Options, losses: Losses) -> ArticleRecord:
    """Return the record with the text that tokens make: a blank between two, a line end between two sentences."""
    flat = options.choice("layout", *LAYOUTS) == "flat"
    record = fit_tokens(HOLDS, project, record, losses, flat=flat)
    text = record.article.text
    fragments = [each.span.fragments[0] for each in record.annotations]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    lines = []
    at = 0
    for sentence in sentences_of(text, fragments, options.tokens):
        for start, end in sentence:
            starts[start], ends[end] = at, at + end - start
            at = ends[end] + 1
        lines.append(" ".join(text[start:end] for start, end in sentence))
    made = "\n".join(lines)
    losses.add("text with other blanks|texts with other blanks", "one blank stands between two tokens", made != text)
    moved = (replace(each, span=Span.of((starts[each.span.start], ends[each.span.end]))) for each in record.annotations)
    return replace(record, article=replace(record.article, text=made), annotations=tuple(moved))


def _write(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    for part in by_annotator(project, records):
        yield text_file(f"{part.name}.conll" if part.name else "", _lines(project, part.records, options))


def _lines(project: ProjectRecord, records: Records, options: Options) -> Iterator[str]:
    scheme = options.choice("scheme", *SCHEMES)
    flat = options.choice("layout", *LAYOUTS) == "flat"
    labels = [] if flat else _labels(project)
    count = 1 if flat else max(1, len(labels))
    for record in records:
        yield f"{_START}{count * f'{chr(9)}{OUTSIDE}'}\n\n"
        text = record.article.text
        tokens = [Fragment(*found.span()) for found in _RUN.finditer(text)]
        groups = [record.annotations] if flat else _groups(record, labels)
        columns = [tags(tokens, [(each.span.fragments[0], each.label) for each in group], scheme) for group in groups]
        rows = list(zip(*(columns or [[OUTSIDE] * len(tokens)]), strict=True))
        before = 0
        lines = []
        for number, (start, end) in enumerate(tokens):
            if number and "\n" in text[before:start]:
                lines.append("")
            lines.append("\t".join([text[start:end], *rows[number]]))
            before = end
        yield "\n".join(lines) + "\n\n"


def _labels(project: ProjectRecord) -> list[str]:
    """Return the labels that have a column: all of the codebook, in its order, so that every file has the same."""
    return list(dict.fromkeys(each.id for book in reversed(project.codebooks) for each in book.labels))


def _groups(record: ArticleRecord, labels: Iterable[str]) -> list[tuple[Annotation, ...]]:
    return [tuple(each for each in record.annotations if each.label == label) for label in labels]


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    documents = _documents(files_of(path, _SUFFIXES), problems)
    return gather(documents, path, taking, problems=problems, importer="conll")


def _documents(files: Iterable[tuple[Path, str]], problems: list[Problem]) -> Iterator[Document]:
    for file, annotator in files:
        for number, sentences in enumerate(_articles(file, problems), start=1):
            text, items = _labelled(sentences)
            name = f"{file.stem}:{number}"
            yield Document(file=file, name=name, text=text, items=tuple(items), annotator=annotator)


_Row = tuple[int, list[str]]


def _articles(file: Path, problems: list[Problem]) -> Iterator[list[list[_Row]]]:
    """Yield the sentences of one article after another, each a list of rows with their line numbers."""
    found: list[list[_Row]] = []
    last = 0
    for number, line in lines_of(file, problems):
        if line.startswith(_START):
            if found:
                yield found
            found, last = [], number
            continue
        cells = _cells(line)
        if len(cells) < 2:
            problems.append(Problem(str(file), "The line should hold a token and a tag, with a tab between.", number))
            last = number
            continue
        if number > last + 1 or not found:  # empty lines are passed by, so the number tells of them
            found.append([])
        found[-1].append((number, cells))
        last = number
    if found:
        yield found


def _cells(line: str) -> list[str]:
    line = line.rstrip("\r\n")
    return line.split("\t") if "\t" in line else line.split(" ")


def _labelled(sentences: list[list[_Row]]) -> tuple[str, Iterator[Item]]:
    """Return the text that the tokens make, and what is labelled in it."""
    words = [[cells[0] for _, cells in sentence] for sentence in sentences]
    return "\n".join(map(" ".join, words)), _items(sentences, words)


def _items(sentences: list[list[_Row]], words: list[list[str]]) -> Iterator[Item]:
    columns = _columns(cells for sentence in sentences for _, cells in sentence)
    start = 0
    for sentence, tokens in zip(sentences, words, strict=True):
        starts = list(accumulate((len(word) + 1 for word in tokens), initial=start))
        held = list(zip_longest(*(cells for _, cells in sentence), fillvalue=""))
        for column in columns:
            found = held[column] if column < len(held) else ()
            for first, last, label in runs(found) if found.count(OUTSIDE) < len(found) else ():
                number = sentence[first][0]
                quote = " ".join(tokens[first : last + 1])
                # One blank, or the sentence's end, stands behind each word.
                ranges = ((starts[first], starts[last + 1] - 1),)
                yield Item(f"line {number}, column {column + 1}", label, ranges, (quote,), line=number)
        start = starts[-1]


def _columns(rows: Iterable[list[str]]) -> list[int]:
    """Return which columns hold labels: all behind the token when all hold tags, else the last one."""
    width = 0
    words: set[str] = set()  # few, in however many rows
    for cells in rows:
        width = max(width, len(cells))
        words.update(cells[1:])
    if width < 2:
        return []
    return list(range(1, width)) if all(map(is_tag, words)) else [width - 1]


def _is_conll(path: Path, head: bytes) -> bool:
    if path.is_dir():
        files = [file for file, _ in files_of(path, _SUFFIXES)]
        return bool(files) and _looks_right(files[0].read_bytes()[: 1 << 16])
    return _looks_right(head)


def _looks_right(head: bytes) -> bool:
    if _BINARY.search(head):  # packed bytes can look like a token and a tag
        return False
    lines = head.decode("utf-8-sig", "replace").split("\n")[:-1][:_LOOKED_AT]
    rows = [_cells(line) for line in lines if line.strip()]
    wrong = sum(len(cells) < 2 or not is_tag(cells[-1]) for cells in rows)
    if not rows or wrong * 4 > len(rows):
        return False
    return rows[0][0] == _START or any(cells[-1] != OUTSIDE for cells in rows)


def _laid_out(project: ProjectRecord, options: Options) -> str:
    scheme = options.choice("scheme", *SCHEMES)
    if options.choice("layout", *LAYOUTS) == "flat":
        return f"A token a line, and behind a tab its tag ({scheme}); of spans that overlap the longest is kept."
    columns = ", ".join(f"`{each}`" for each in _labels(project))
    return (
        f"A token a line, and behind it, with tabs between, a column of tags ({scheme}) for each label, in this order:"
        f" {columns}. Programs that want one column of tags take the last of them; write one column for all for these"
        " (`layout=flat`)."
    )


WRITER = Writer(
    "CoNLL-2003",
    ".conll",
    HOLDS,
    _write,
    _fit,
    purpose="Tokens with tags, for training taggers",
    tokens=True,
    lays_out=_laid_out,
    choices=(
        Choice("scheme", "Tags", (("IOB2", "IOB2"), ("BIOES", "BIOES"))),
        Choice("layout", "Columns", (("columns", "A column a label"), ("flat", "One column, the longest span kept"))),
    ),
)
READER = Reader("CoNLL-2003", _read, _is_conll)

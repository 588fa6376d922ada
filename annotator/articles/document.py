"""What a word processor wrote, whichever one it was: paragraphs with styles, table rows, notes -> pieces."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.articles.reading import Piece
from annotator.model.article import BlockKind

_CELL = 100
"""Code points. A table row of cells no longer than that is read as one line; longer cells hold paragraphs."""
_NUMBERS = re.compile(r"[\W\d_]*")
_HEADING = re.compile(r"heading ?([1-9])")
_KINDS = {
    "title": BlockKind.HEADLINE,
    "subtitle": BlockKind.SUBHEAD,
    "caption": BlockKind.CAPTION,
    "header": BlockKind.FURNITURE,
    "footer": BlockKind.FURNITURE,
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: its words.
        style: its style's English name in lower case (``heading 1``), or nothing.
        link: the first address that its words lead to, or nothing.
    """

    text: str
    style: str = ""
    link: str = ""


@dataclass(slots=True)
class Document:
    """A document's words, in the order in which they are read.

    Attributes:
        body: its paragraphs, and the lines of its tables.
        notes: the footnotes and endnotes; they are put below the body.
        margins: page headers and footers; they are furniture, each said once.
        insertions: how many tracked insertions there are; they are kept.
        deletions: how many tracked deletions there are; they are left out, as if all changes had been accepted.
        comments: how many comments of reviewers there are; they are no part of the article and left out.
        hidden: how many stretches of hidden text there are; no reader of the document saw them, so they are left out.
    """

    body: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    hidden: int = 0

    def pieces(self) -> tuple[Piece, ...]:
        """Return the paragraphs with the kinds that their styles say."""
        return (
            *self._typed(),
            *(Piece(note) for note in self.notes if note.strip()),
            *(Piece(margin, BlockKind.FURNITURE) for margin in self._said_once()),
        )

    def report(self) -> tuple[str, ...]:
        """Return what was done that changes words, in sentences without full stop."""
        lines = (
            (self.insertions, "tracked insertion", "kept"),
            (self.deletions, "tracked deletion", "left out"),
            (self.comments, "comment of reviewers", "left out"),
            (self.hidden, "stretch of hidden text", "left out"),
            (len(self.notes), "note", "put below the text"),
        )
        return tuple(f"{_counted(count, what)} {done}" for count, what, done in lines if count)

    def _typed(self) -> Iterator[Piece]:
        has_headline = False
        # Where one style is used for two or more paragraphs at the top level, none of them is the headline.
        single = sum(_level(each.style) == 1 for each in self.body) == 1
        has_title = any(each.style == "title" for each in self.body)
        for each in self.body:
            if not each.text.strip():
                continue
            kind = _KINDS.get(each.style)
            level = _level(each.style)
            if level:
                kind = BlockKind.HEADLINE if level == 1 and single and not has_title else BlockKind.SUBHEAD
            if kind is BlockKind.HEADLINE:
                kind = BlockKind.SUBHEAD if has_headline else kind
                has_headline = True
            yield Piece(each.text, kind, each.link)

    def _said_once(self) -> list[str]:
        found = {" ".join(margin.split()): margin for margin in self.margins if not _NUMBERS.fullmatch(margin)}
        return list(found.values())


def row_lines(cells: Sequence[Sequence[str]]) -> Iterable[str]:
    """Return the paragraphs of a table row: one line of all cells where they are short, else each cell's own."""
    filled = [[each.strip() for each in cell if each.strip()] for cell in cells]
    if all(len(cell) <= 1 and len("".join(cell)) <= _CELL for cell in filled):
        line = "\t".join("".join(cell) for cell in filled).strip("\t")
        return [line] if line else []
    return [paragraph for cell in filled for paragraph in cell]


def _level(style: str) -> int:
    found = _HEADING.fullmatch(style)
    return int(found[1]) if found else 0


def _counted(count: int, what: str) -> str:
    if count == 1:
        return f"1 {what}"
    head, space, rest = what.partition(" of ") if " of " in what else (what, "", "")
    plural = f"{head}es" if head.endswith("ch") else f"{head}s"
    return f"{count:,} {plural}{space}{rest}"

"""ProQuest's exports (text, HTML): articles between rulers, each with named fields after its full text."""

import re
from collections.abc import Iterator, Sequence

from annotator.articles.reading import Piece, Reading
from annotator.articles.record import Record, read_records
from annotator.articles.source import Source
from annotator.model.article import BlockKind
from annotator.model.problem import Problem

_RULER = re.compile(r"[_*=-]{20,}")
_OF = re.compile(r"document (\d{1,6}) of (\d{1,6})", re.IGNORECASE)
_FIELDS = {
    "title": "headline", "subtitle": "subhead", "alternate title": "subhead", "author": "byline", "credit": "credit",
    "publication title": "outlet", "publication info": "publisher", "publication date": "date published",
    "publication year": "year", "section": "section", "edition": "edition", "pages": "page", "first page": "page",
    "page": "page", "volume": "volume", "issue": "issue", "column": "column", "dateline": "dateline",
    "publisher": "publisher", "place of publication": "place of publication",
    "country of publication": "country of publication", "publication subject": "publication subject", "issn": "issn",
    "e-issn": "e-issn", "source type": "publication type", "source attribution": "credit",
    "language of publication": "language", "language": "language", "document type": "article type",
    "document feature": "document feature", "proquest document id": "database id", "document url": "url",
    "accession number": "accession number", "copyright": "rights", "last updated": "date updated",
    "database": "database name", "subject": "subject", "location": "geographic", "people": "person",
    "company / organization": "organization", "company": "organization", "identifier / keyword": "keyword",
    "identifiers / keywords": "keyword", "business indexing term": "keyword", "classification": "classification", "abstract": "abstract", "links": "",
    "full text": "text", "fulltext": "text", "number of pages": "number of pages", "doi": "doi", "ethnicity": "ethnicity",
    "publication frequency": "publication frequency", "product name": "product", "caption": "caption",
    "illustration": "caption", "corporate author": "byline", "contributor": "contributors",
}  # fmt: skip
_FIELD = re.compile(r"([A-Za-z][A-Za-z/ -]{2,40}?)\s?:(?:[\s\u00a0]+|$)")
_ADDRESS = re.compile(r"https?://\S+")
_NONE = re.compile(r"\W*(?:(?:full text )?(?:is )?not|none) available\W*", re.IGNORECASE)
_LINK = re.compile(r"(?:proquest )?document link", re.IGNORECASE)
_WIDEST = 100
"""Code points of a line that is wrapped; a longer one is a paragraph."""
_REPORT = re.compile(r"report information from proquest|table of contents|\d+\. .*|document preview.*", re.IGNORECASE)


def is_proquest(lines: Sequence[str]) -> bool:
    """Return whether the paragraphs of a file are an export of ProQuest."""
    names = {_name(line) for line in lines if ":" in line[:60]}
    return "proquest document id" in names and bool({"publication title", "full text", "document url"} & names)


def split_proquest(source: Source, pieces: Sequence[Piece]) -> Reading:
    """Return the articles of an export; a number other than the one that each article says is a problem."""
    parts = [part for part in _parts(pieces) if any(_name(piece.text) in _FIELDS for piece in part)]
    said = [int(found[2]) for piece in pieces if (found := _OF.fullmatch(piece.text.strip()))]
    problems: list[Problem] = []
    if said and said[0] != len(parts):
        problems.append(
            source.problem(
                f"This ProQuest file says that it holds {said[0]:,} documents, and {len(parts):,} were found. "
                "It may have been cut: compare, or export it again."
            )
        )
    return read_records(source, (_record(part) for part in parts), problems)


def _parts(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield what stands between rulers, or, in a page, up to the field that ends each article."""
    part: list[Piece] = []
    has_rulers = any(_RULER.fullmatch(piece.text.strip()) for piece in pieces)
    for piece in pieces:
        line = piece.text.strip()
        if _RULER.fullmatch(line) or _OF.fullmatch(line):
            yield part
            part = []
            continue
        part.append(piece)
        if not has_rulers and _name(line) == "database":
            yield part
            part = []
    yield part


def _record(part: list[Piece]) -> Record:
    record = Record("proquest")
    fields = list(_fields(part))
    for key, lines in fields:
        if key in ("text", "caption"):
            record.body += _paragraphs(lines, BlockKind.CAPTION if key == "caption" else None)
        elif key == "above":
            _above(record, [line for line in lines if line.strip()])
        elif key:
            said = " ".join(_value(lines, key))
            record.say(key, "" if key == "abstract" and _NONE.fullmatch(said) else said)
    return record


def _value(lines: Sequence[str], key: str) -> Iterator[str]:
    """Yield the lines of a field: up to the first blank one, or the address that stands alone below the author."""
    for number, line in enumerate(lines):
        if (number and not line and key != "abstract") or (key != "url" and _ADDRESS.fullmatch(line)):
            return
        yield line


def _fields(part: Sequence[Piece]) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys of the fields with their lines, blank ones too; first what stands above them."""
    key, lines = "above", list[str]()
    for piece in part:
        if _LINK.fullmatch(piece.text.strip()):
            continue
        for line in piece.text.split("\n"):
            name = _name(line)
            if name in _FIELDS and (key != "text" or _ends_text(name)):
                yield key, lines
                found = _FIELD.match(line.strip())
                key, lines = _FIELDS[name], [line.strip()[found.end() if found else 0 :]]
            else:
                lines.append(line.strip())
        if "\n" not in piece.text and key == "text" and piece.kind is None and len(piece.text) > 200:
            # A paragraph of a page, not a line of a text file.
            lines.append("")
    yield key, lines


def _ends_text(name: str) -> bool:
    """Whether a field's name may follow the text: words such as “Title:” or “Location:” stand in texts, too."""
    return name in _FOLLOWING


_FOLLOWING = frozenset({"subject", "title", "links", "credit", "caption", "illustration", "publication title", "people",
                        "location", "company / organization", "identifier / keyword", "identifiers / keywords", "business indexing term",
                        "publication date", "proquest document id", "copyright", "database", "last updated",
                        "publication year", "classification"})  # fmt: skip


def _above(record: Record, lines: Sequence[str]) -> None:
    said = [line for line in lines if not _REPORT.fullmatch(line) and not _ADDRESS.fullmatch(line)]
    if said:
        record.say("headline", said[0])
    address = next((found for line in lines if (found := _ADDRESS.fullmatch(line))), None)
    if address:
        record.say("link", address[0])


def _paragraphs(lines: Sequence[str], kind: BlockKind | None) -> list[Piece]:
    """Return paragraphs: what blank lines part, or, where there are none, each line."""
    text = "\n".join(lines).strip()
    if not text or _NONE.fullmatch(text):
        return []
    parts = re.split(r"\n\s*\n", text)
    if len(parts) == 1 or max(map(len, text.split("\n"))) > _WIDEST:
        parts = text.split("\n")
    return [Piece(" ".join(part.split("\n")), kind) for part in parts if part.strip()]


def _name(line: str) -> str:
    found = _FIELD.match(line.strip())
    return " ".join(found[1].lower().split()) if found else ""

"""Factiva's exports (RTF, HTML, text): articles that end with “Document” and an accession number.

With “Full Article/Report plus Indexing” each line says its field by two or three letters (HD, BY, WC …); without it the
lines stand in a fixed order.
"""

import re
from collections.abc import Sequence

from annotator.articles.columns import language_tag
from annotator.articles.reading import Piece, Reading
from annotator.articles.record import Record, is_date_line, read_records
from annotator.articles.source import Source
from annotator.model.article import BlockKind

_END = re.compile(r"(?:AN[\s|]+)?[^\W\d_]{2,12}\s+([A-Z]\w{3,11}(?:19|20)\d{6}\w{6,12})[\s|]*")
"""“Document” in the language of the interface (文件, Dokument …), and the accession number."""
_FIELDS = {
    "HD": "headline", "SE": "section", "BY": "byline", "CR": "credit", "WC": "word count", "PD": "date published",
    "ET": "time", "SN": "outlet", "SC": "source code", "ED": "edition", "PG": "page", "VOL": "volume", "LA": "language",
    "CY": "rights", "LP": "text", "TD": "text", "ART": "caption", "CLM": "column", "DLN": "dateline", "NT": "note",
    "RF": "note", "CT": "contact", "CO": "company", "IN": "industry", "NS": "subject", "RE": "geographic",
    "NGC": "source group", "GC": "source group code", "RST": "source group", "IPD": "keyword", "IPC": "keyword", "PUB": "publisher", "AN": "", "FDSCD": "", "ATTRIB": "credit", "CX": "note",
}  # fmt: skip
_ABOVE = frozenset({"HD", "SE", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "NGC", "GC"})
_CODE = re.compile(rf"({'|'.join(_FIELDS)})(?:[\t|\u00a0]+\s*|\s{{2,}}|\s*$)")
_WORDS = re.compile(
    r"[\d.,\u00a0\u202f ]+(?:words|wörter|mots|palabras|parole|woorden|palavras|слов|字|語)", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*\w{2,4})?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{2,11}")
_RIGHTS = re.compile(r"copyright|©|\(c\)|todos los derechos|tous droits|alle rechte", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|de)\s", re.IGNORECASE)
_MARGIN = re.compile(
    r"(?:page|seite|página)\s+\d+\s+(?:of|von|de|sur)\s+\d+.*|©\s*\d{4}\s+factiva.*|dow jones (?:&|factiva).*|factiva",
    re.IGNORECASE,
)
_NAME = 60
"""Code points. The line of a byline is no longer."""


def is_factiva(lines: Sequence[str]) -> bool:
    """Return whether the paragraphs of a file are an export of Factiva."""
    return any(len(line) <= 80 and _END.fullmatch(line.strip()) for line in lines)


def split_factiva(source: Source, pieces: Sequence[Piece]) -> Reading:
    """Return the articles of an export; what follows the last one (the search) is left out."""
    records: list[Record] = []
    part: list[Piece] = []
    for piece in pieces:
        line = piece.text.strip()
        found = _END.fullmatch(line) if len(line) <= 80 else None
        if found:
            record = _record(part)
            record.say("database id", found[1])
            records.append(record)
            part = []
        elif line and not _MARGIN.fullmatch(line):
            part.append(piece)
    return read_records(source, records)


def _record(part: list[Piece]) -> Record:
    codes = {found[1] for piece in part if (found := _CODE.match(piece.text.strip()))}
    return _coded(part) if {"HD", "PD"} <= codes or {"HD", "LP"} <= codes else _plain(part)


def _coded(part: Sequence[Piece]) -> Record:
    record = Record("factiva")
    said: list[tuple[str, list[str]]] = []
    for piece in part:
        line = piece.text.strip()
        found = _CODE.match(line)
        # Within the text, two letters that lead an article elsewhere are words: “ET”, “BY”.
        if found and not (found[1] in _ABOVE and any(_FIELDS[code] == "text" for code, _ in said)):
            rest = line[found.end() :].strip(" |")
            said.append((found[1], [rest] if rest else []))
        elif said:
            said[-1][1].append(line.strip(" |"))
    for code, lines in said:
        key = _FIELDS[code]
        if key == "text":
            record.body += [Piece(line) for line in lines]
        elif key == "caption":
            record.body += [Piece(line, BlockKind.CAPTION) for line in lines]
        elif key:
            record.say(key, " ".join(lines))
    return record


def _plain(part: list[Piece]) -> Record:
    record = Record("factiva")
    lines = [" ".join(piece.text.split()) for piece in part]
    count = next((number for number, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if count is None:
        record.say("headline", lines[0] if lines else "")
        record.body = _paragraphs(part[1:])
        return record
    _head(record, lines[:count])
    record.say("word count", lines[count])
    rest = _Lines(lines, count + 1)
    if is_date_line(rest.peek()):
        record.say("date published", rest.take())
    if _TIME.fullmatch(rest.peek()):
        record.say("time", rest.take())
    record.say("outlet", rest.take())
    if _SOURCE_CODE.fullmatch(rest.peek()):
        record.say("source code", rest.take())
    _details(record, rest)
    record.body = _paragraphs(part[rest.place :])
    return record


def _paragraphs(pieces: Sequence[Piece]) -> list[Piece]:
    """Return paragraphs without the kinds that a page's own look gave them: here all of them are the article's."""
    return [Piece(piece.text) for piece in pieces]


class _Lines:
    """Lines, taken one after the other."""

    def __init__(self, lines: Sequence[str], place: int) -> None:
        self._lines, self.place = lines, place

    def peek(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self._lines[place] if place < len(self._lines) else ""

    def take(self) -> str:
        line = self.peek()
        self.place += bool(line)
        return line


def _head(record: Record, lines: Sequence[str]) -> None:
    """Enter the lines above the word count: maybe a section, the headline, maybe a byline."""
    heads = list(lines)
    # Above the first article stands what the page itself says.
    heads = heads[-3:]
    if len(heads) > 1 and (_BY.match(heads[-1]) or (len(heads) > 2 or _is_name(heads[-1], heads[-2]))):
        record.say("byline", heads.pop())
    record.say("headline", heads.pop() if heads else "")
    if heads and len(heads[-1]) <= _NAME:
        record.say("section", heads[-1])


def _is_name(line: str, headline: str) -> bool:
    return len(line) <= _NAME and len(line) < len(headline)


def _details(record: Record, rest: _Lines) -> None:
    """Enter edition, page and the like, up to the language and the rights, where these are near."""
    language = next((ahead for ahead in range(6) if language_tag(rest.peek(ahead)) and len(rest.peek(ahead)) > 3), None)
    for _ in range(language or 0):
        line = rest.take()
        record.say("page" if line[-1:].isdigit() and len(line) <= 10 else "edition", line)
    if language is not None:
        record.say("language", rest.take())
    if _RIGHTS.search(rest.peek()):
        record.say("rights", rest.take())

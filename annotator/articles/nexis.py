"""Nexis Uni's exports: one document, many articles, each ended by “End of Document”, after a cover page that counts them.

The names of the fields are those of the interface's language: English, German, French or Spanish.
"""

import re
from collections.abc import Sequence

from annotator.articles.nexis_fields import RIGHTS, field_of, plain
from annotator.articles.reading import Piece, Reading
from annotator.articles.record import Record, is_date_line, read_records
from annotator.articles.source import Source
from annotator.model.article import BlockKind
from annotator.model.problem import Problem

_ENDS = frozenset({"end of document", "ende des dokuments", "dokumentende", "fin du document", "fin de document",
                   "fin del documento", "fin de documento"})  # fmt: skip
_BODIES = frozenset({"body", "volltext", "haupttext", "text", "corps", "corps du texte", "corps du document",
                     "texte intégral", "cuerpo", "cuerpo del texto", "texto completo", "texto"})  # fmt: skip
_GRAPHICS = frozenset(
    {"graphic", "graphics", "grafik", "graphique", "illustration", "gráfico", "gráficos", "ilustración"}
)
_AFTER = frozenset({"classification", "klassifizierung", "klassifikation", "clasificación", "notes", "anmerkungen", "notas",
                    "correction", "korrektur", "corrección"})  # fmt: skip
_COUNT = re.compile(r"(?:documents?|dokumente?|documentos?)\s*\((\d{1,6})\)", re.IGNORECASE)
_LISTED = re.compile(r"\s*1\.\s+(\S.*)")
_ITEM = re.compile(r"urn(?::|%3A)contentItem(?::|%3A)([\w-]+)", re.IGNORECASE)
_CANNOT = re.compile(r"we are sorry but there is an error in this document", re.IGNORECASE)
_COVER = 60
"""Lines in which the cover page counts its documents."""


def is_nexis(lines: Sequence[str]) -> bool:
    """Return whether the paragraphs of a file are an export of Nexis Uni."""
    ends = [number for number, line in enumerate(lines) if _is(line, _ENDS)]
    if not ends:
        return False
    first = lines[: ends[0]]
    return any(_is(line, _BODIES) or field_of(line)[0] in ("word count", "load date") for line in first)


def split_nexis(source: Source, pieces: Sequence[Piece]) -> Reading:
    """Return the articles of an export; a number other than the cover page's is a problem."""
    parts = _parts(pieces)
    counted = next((found for piece in pieces[:_COVER] if (found := _COUNT.search(piece.text))), None)
    problems: list[Problem] = []
    if counted and int(counted[1]) != len(parts):
        problems.append(
            source.problem(
                f"The cover page of this Nexis file counts {_documents(int(counted[1]))}, and {len(parts):,} "
                f"{'was' if len(parts) == 1 else 'were'} found. It may have been cut: compare, or export it again."
            )
        )
    if parts:
        parts[0] = _without_cover(parts[0])
    return read_records(source, (_record(part) for part in parts), problems)


def _documents(count: int) -> str:
    return f"{count:,} {'document' if count == 1 else 'documents'}"


def _parts(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the documents; what follows the last end is no document, unless it looks like one that was cut."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if _is(piece.text, _ENDS):
            parts.append([])
        elif piece.text.strip() and piece.kind is not BlockKind.FURNITURE:
            parts[-1].append(piece)
    last = parts.pop()
    if any(_is(piece.text, _BODIES) for piece in last):
        parts.append(last)
    return parts


def _without_cover(part: list[Piece]) -> list[Piece]:
    """Return the first document without the cover page before it."""
    listed = next((found for piece in part[:_COVER] if (found := _LISTED.match(piece.text))), None)
    if listed:
        title = plain(listed[1])
        again = [number for number, piece in enumerate(part) if plain(piece.text) == title]
        if again:
            return part[again[0] :]
    begin = next((number for number, piece in enumerate(part) if _begins_fields(piece.text)), 0)
    date = next((number for number in range(begin - 1, 1, -1) if is_date_line(part[number].text)), None)
    has_cover = any(_COUNT.search(piece.text) for piece in part[:_COVER])
    return part[date - 2 :] if has_cover and date is not None else part


def _begins_fields(line: str) -> bool:
    return (
        bool(RIGHTS.match(line.strip()))
        or field_of(line)[0] in ("section", "word count", "byline")
        or _is(line, _BODIES)
    )


def _record(part: list[Piece]) -> Record:
    record = Record("nexis")
    begin = next((number for number, piece in enumerate(part) if number and _begins_fields(piece.text)), len(part))
    _head(record, part[:begin])
    body = next((number for number in range(begin, len(part)) if _is(part[number].text, _BODIES)), None)
    if body is None:
        # Where no line says so, the body begins after the last of the fields that lead it.
        fields = [number for number in range(begin, len(part)) if _is_leading(part[number].text)]
        body = fields[-1] if fields else begin - 1
    key = ""
    for piece in part[begin:body]:
        key = _takefield_of(record, piece.text, key)
    _body(record, part[body + 1 :])
    return record


def _is_leading(line: str) -> bool:
    return bool(RIGHTS.match(line)) or field_of(line)[0] in ("section", "word count", "byline", "dateline", "subhead")


def _head(record: Record, lines: Sequence[Piece]) -> None:
    """Enter what stands before the fields: headline, outlet, date, edition, each on a line."""
    if not lines:
        return
    record.say("headline", lines[0].text)
    link = next((piece.link for piece in lines if piece.link), "")
    record.say("url", link)
    item = _ITEM.search(link)
    if item:
        record.say("database id", item[1])
    date = next((number for number in range(1, len(lines)) if is_date_line(lines[number].text)), None)
    if date is None:
        for piece in lines[1:2]:
            record.say("outlet", piece.text)
        for piece in lines[2:]:
            record.say("edition", piece.text)
        return
    if date > 1:
        record.say("outlet", lines[1].text)
    for piece in lines[2:date]:
        record.say("agency", piece.text)
    record.say("date published", lines[date].text)
    for piece in lines[date + 1 :]:
        record.say("edition", piece.text)


def _takefield_of(record: Record, line: str, key: str) -> str:
    """Enter what a line before the body says, and return the field that the next line may go on with."""
    name, value = field_of(line)
    if name:
        record.say(name, value)
        return name
    if RIGHTS.match(line.strip()):
        record.say("rights", line)
    elif key == "subhead":
        record.subhead = f"{record.subhead} {' '.join(line.split())}"
    elif key or not record.headline:
        record.say("note", line)
    else:
        record.say("edition", line)
    return key


def _body(record: Record, pieces: Sequence[Piece]) -> None:
    into = "body"
    for piece in pieces:
        name, value = field_of(piece.text)
        if _is(piece.text, _GRAPHICS):
            into = "graphic"
        elif _is(piece.text, _AFTER):
            into = plain(piece.text)
        elif name and (into != "body" or name in ("load date", "publication type", "url", "language", "journal code")):
            record.say(name, value)
            into = into if into == "graphic" else "fields"
        elif into == "body":
            record.body.append(piece if not _CANNOT.search(piece.text) else Piece("", piece.kind))
        elif into == "graphic":
            record.body.append(Piece(piece.text, BlockKind.CAPTION))
        else:
            record.say("note", piece.text)


def _is(line: str, words: frozenset[str]) -> bool:
    return len(line) <= 60 and plain(line).rstrip(":") in words

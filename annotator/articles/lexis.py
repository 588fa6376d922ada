"""The older LexisNexis exports (text, HTML, rich text): articles that begin with “3 of 10 DOCUMENTS”.

Above the headline stand outlet and date, below it the fields that lead the text, then the text with no word before it,
then the other fields, then the rights. The text file is wrapped: lines belong together up to a blank one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.articles.nexis_fields import RIGHTS, field_of, plain
from annotator.articles.reading import Piece, Reading
from annotator.articles.record import Record, is_date_line, read_records
from annotator.articles.source import Source
from annotator.model.article import BlockKind
from annotator.model.problem import Problem

_BEGINS = re.compile(
    r"(\d{1,6}) (?:of|von|de|sur) \d{1,6} (?:DOCUMENTS?|DOKUMENTE?N?|DOCUMENTOS?)"
    r"|(?:Dokument|Document|Documento) (\d{1,6}) (?:von|de|sur) \d{1,6}"
)
_NAME = re.compile(r"([^\W\d_](?:[^\W\d_]|[ /&-]){2,40}):(?:[\s\u00a0]+|$)")
_LEADING = frozenset({"section", "word count", "byline", "dateline", "subhead", "series", "edition", "headline"})
_MORE = {
    "headline": "headline", "body": "body", "distribution": "distribution", "type": "article type", "show": "series",
    "document-type": "article type", "pub-type": "publication type", "acc-no": "accession number", "city": "geographic",
    "state": "geographic", "country": "geographic", "name": "person", "correction": "note", "correction-date": "correction",
}  # fmt: skip
"""Names that the newer exports do not have, or not in capitals."""
_GRAPHICS = frozenset({"graphic", "graphics", "grafik", "graphique", "gráfico", "illustration"})
_ABOVE = re.compile(r"edition|ausgabe|édition|edición|final\b|correction appended|appended|korrektur", re.IGNORECASE)
_SHORT = 60
_HEAD = 10
"""Paragraphs above the fields, at most."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())


def is_lexis(lines: Sequence[str]) -> bool:
    """Return whether the paragraphs of a file are an export of the older LexisNexis."""
    if not any(_BEGINS.fullmatch(line.strip()) for line in lines):
        return False
    return any(_field(line)[0] in ("word count", "load date") for line in lines)


def split_lexis(source: Source, pieces: Sequence[Piece]) -> Reading:
    """Return the articles of an export; a number that is missing among theirs is a problem."""
    is_wrapped = any(not piece.text.strip() for piece in pieces)
    parts: list[list[str]] = []
    numbers: list[int] = []
    for piece in pieces:
        found = _BEGINS.fullmatch(piece.text.strip())
        if found:
            numbers.append(int(found[1] or found[2]))
            parts.append([])
        elif parts:
            parts[-1].append(piece.text)
    missing = sorted(set(range(numbers[0], numbers[-1] + 1)) - set(numbers))
    problems: list[Problem] = []
    if missing:
        problems.append(
            source.problem(
                f"This LexisNexis file counts its documents, and number {missing[0]:,} is missing. "
                "It may have been cut: compare, or export it again."
            )
        )
    records = (_record(_wrapped(part) if is_wrapped else _whole(part)) for part in parts)
    return read_records(source, records, problems)


def _wrapped(lines: Sequence[str]) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    lot: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            lot.append(line.strip())
        elif lot:
            found.append(_Paragraph(tuple(lot)))
            lot = []
    return found


def _whole(lines: Sequence[str]) -> list[_Paragraph]:
    return [_Paragraph((line.strip(),)) for line in lines if line.strip()]


def _record(part: Sequence[_Paragraph]) -> Record:
    record = Record("nexis")
    leads = next((number for number, each in enumerate(part[:_HEAD]) if _field(each.text)[0] in _LEADING), None)
    date = next((number for number, each in enumerate(part[:_HEAD]) if _dated(each)), None)
    if leads is None:
        # No field leads the text: the headline stands below the date.
        leads = min(len(part), (date or 0) + 2)
    _head(record, part[:leads])
    body = leads
    while body < len(part) and _field(part[body].text)[0] in _LEADING:
        record.say(*_field(part[body].text))
        body += 1
    if body < len(part) and _field(part[body].text)[0] == "body":
        body += 1
    _rest(record, part[body:])
    return record


def _head(record: Record, part: Sequence[_Paragraph]) -> None:
    """Enter rights, outlet, date, edition and headline, in this order; where there is no date, outlet and headline."""
    rights = next((number for number, each in enumerate(part) if not RIGHTS.match(each.text)), len(part))
    for each in part[:rights]:
        record.say("rights", each.text)
    part = part[rights:]
    date = next((number for number, each in enumerate(part) if _dated(each)), None)
    if date is None:
        record.say("outlet", part[0].text if part else "")
        record.say("headline", " ".join(each.text for each in part[1:]))
        return
    for number, each in enumerate(part[:date]):
        key, value = _field(each.text)
        record.say(key or ("edition" if number else "outlet"), value or each.text)
    record.say("date published", part[date].lines[0])
    editions = list(part[date].lines[1:])
    rest = list(part[date + 1 :])
    # In a page, what stands below the date in the same cell is a paragraph of its own.
    while rest and _ABOVE.search(rest[0].text) and len(rest[0].text) < _SHORT:
        editions.append(rest.pop(0).text)
    record.say("edition", " ".join(editions))
    record.say("headline", " ".join(each.text for each in rest))


def _rest(record: Record, part: Sequence[_Paragraph]) -> None:
    """Enter the text, and the fields behind it: captions are kept as such, what is said of corrections as a note."""
    into = "body"
    for each in part:
        name, text = _name(each.text), each.text
        key, value = _field(text)
        if plain(name) in _GRAPHICS:
            into = "graphic"
            text = text[len(name) + 1 :].strip()
        elif key and (into != "body" or _ends_text(name, key, value)):
            into = "field"
            record.say(key, value)
            continue
        elif RIGHTS.match(text) and (into != "body" or each is part[-1]):
            record.say("rights", text)
            into = "field"
            continue
        if into == "body":
            record.body.append(Piece(text))
        elif into == "graphic" and text:
            record.body.append(Piece(text, BlockKind.CAPTION))
        elif text:
            record.say("note", text)


def _ends_text(name: str, key: str, value: str) -> bool:
    """Whether a field is one with which the text ends: “UPDATE: …” and “NAME: …” begin paragraphs of texts, too."""
    return plain(name) not in _MORE and key not in _LEADING and (key != "load date" or is_date_line(value))


def _dated(each: _Paragraph) -> bool:
    return not _name(each.text) and not RIGHTS.match(each.text) and is_date_line(each.lines[0])


def _name(line: str) -> str:
    """Return the name that a line begins with where it is a field's, in capitals; a sentence with a colon has none."""
    found = _NAME.match(line.strip())
    return found[1] if found and found[1] == found[1].upper() else ""


def _field(line: str) -> tuple[str, str]:
    """Return the key and the value of a line that is a field, else nothing twice."""
    name = _name(line)
    if not name:
        return "", ""
    value = line.strip()[len(name) + 1 :].strip()
    key = _MORE.get(plain(name)) or field_of(f"{name}: {value or '-'}")[0]
    return (key, value) if key else ("", "")

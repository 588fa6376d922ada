"""What is known about an article besides its text: under which keys, and what its blocks say of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.articles.agencies import agency_in
from annotator.articles.dates import Dated, find_dates
from annotator.articles.shapes import contributors
from annotator.model.article import Block, BlockKind, Metadatum
from annotator.text.late import Late
from annotator.text.paragraphs import paragraphs

KEYS = (
    "headline",
    "subhead",
    "byline",
    "contributors",
    "outlet",
    "edition",
    "section",
    "page",
    "dateline",
    "date published",
    "date updated",
    "date reposted",
    "date accessed",
    "agency",
    "credit",
    "reposted by",
    "url",
    "canonical url",
    "word count",
    "article type",
    "database",
    "database id",
    "rights",
    "copy of",
    "story",
)
"""The keys that readers use. Any other key is the person's own (a column of a table …). Dates are ISO 8601, as precise as known, with
the words they were read from; see `dates.read_date`."""
_SEVERAL = frozenset({"byline", "credit"})
"""Keys under which an article may have more than one value."""
_TAIL = 4000
"""Code points at a text's end in which those who contributed are looked for."""


_BY = Late(
    r"(?i)\(?(?:by|von|par|por|de|text by|words by|written by|story by|reported by|author|autor(?:in)?|auteur|autora?)\s*:?\s+(?=\S)"
)
_AFTER_NAME = Late(r"\s*[,|/\u00b7\u2022(\u2013\u2014].*$")
_POSTED = Late(
    r"(?i)posted\s+by\s+(?P<who>[^\n]{1,60}?)\s+(?:on|at|\u00b7|\||,|in|under|and)s|posted\s+by\s+(?P<alone>\S+)"
)
_PUBLISHED_WORD = Late(r"(?i)posted|published|filed|ver\u00f6ffentlicht|publi\u00e9|publicado")
_UPDATED_WORD = Late(r"(?i)updated|modified|aktualisiert|mis \u00e0 jour|actualizado|stand:")
_DASHES = " -\u2013\u2014\u2015:"


def gather(text: str, blocks: Sequence[Block], given: Sequence[Metadatum]) -> tuple[Metadatum, ...]:
    """Return the metadata that the file gave, and for keys that it lacks what the blocks say.

    A blog that reposts an article has two dates: the one in the article's own head is ``date published``, the one
    beside "Posted by" is ``date reposted``. Where there is only the latter, it is the publication's.
    """
    found: list[Metadatum] = []
    body = next((each.start for each in blocks if each.kind is BlockKind.DATELINE), 0)
    for block in blocks:
        covered = text[block.start : block.end]
        # A stretch of furniture has many lines, and who posted the article stands in one of them.
        for line in covered.split("\n") if block.kind is BlockKind.FURNITURE else (covered,):
            found += _of_block(block.kind, " ".join(line.split()), is_first=block.start <= body)
    found += _contributors(text, blocks)
    known = {each.key for each in given if each.value or each.original}
    new = _settled([each for each in found if each.key not in known], known)
    return (*(each for each in given if each.value or each.original), *dict.fromkeys(new))


def _of_block(kind: BlockKind, words: str, *, is_first: bool) -> list[Metadatum]:
    match kind:
        case BlockKind.BYLINE:
            return _of_byline(words)
        case BlockKind.DATELINE:
            return _of_dateline(words)
        case BlockKind.SUBHEAD if is_first:
            return [Metadatum("subhead", words)]
        case BlockKind.CREDIT:
            return [Metadatum("credit", words)]
        case BlockKind.FURNITURE:
            return _of_furniture(words)
    return []


def _of_byline(words: str) -> list[Metadatum]:
    found = [_dated(each, words) for each in find_dates(words)]
    name = _AFTER_NAME.sub("", _BY.sub("", words, count=1)) if _BY.match(words) else words
    if name:
        found.append(Metadatum("byline", name, words if name != words else ""))
    agency = agency_in(words)
    if agency:
        found.append(Metadatum("agency", agency))
    return found


def _of_dateline(words: str) -> list[Metadatum]:
    found = [_dated(each, words) for each in find_dates(words)]
    agency = agency_in(words)
    if agency:
        found.append(Metadatum("agency", agency))
    place = re.split(r"[,(]", words.strip(_DASHES))[0].strip(_DASHES)
    # A line that is nothing but a date has no place.
    if place and words.rstrip()[-1:] in "-\u2013\u2014\u2015:" and not any(letter.isdigit() for letter in place):
        found.append(Metadatum("dateline", place, words if words != place else ""))
    return found


def _of_furniture(words: str) -> list[Metadatum]:
    posted = _POSTED.match(words)
    if not posted and not _PUBLISHED_WORD.match(words):
        return []
    found = [Metadatum("date reposted", each.value, each.original) for each in find_dates(words)][:1]
    if posted:
        found.append(Metadatum("reposted by", posted["who"] or posted["alone"]))
    return found


def _dated(date: Dated, words: str) -> Metadatum:
    before = words[: date.start]
    key = "date updated" if _UPDATED_WORD.search(before) else "date published"
    return Metadatum(key, date.value, date.original if date.original != date.value else "")


def _contributors(text: str, blocks: Sequence[Block]) -> list[Metadatum]:
    last = [text[each.start : each.end] for each in paragraphs(text, max(0, len(text) - _TAIL))]
    left_out = {text[each.start : each.end].strip() for each in blocks if not each.kind.is_labelled}
    names = ((contributors(" ".join(words.split())), words) for words in last if words not in left_out)
    return [Metadatum("contributors", each, words) for each, words in names if each][:1]


def _settled(found: list[Metadatum], known: set[str]) -> list[Metadatum]:
    """Decide which of two dates is which, and keep the first where there can be only one."""
    has_date = "date published" in known or any(each.key == "date published" for each in found)
    has_name = "byline" in known or any(each.key == "byline" for each in found)
    if not has_date:
        found = [replace(each, key="date published") if each.key == "date reposted" else each for each in found]
    if not has_name:
        found = [replace(each, key="byline") if each.key == "reposted by" else each for each in found]
    single: dict[str, Metadatum] = {}
    for each in found:
        if each.key not in _SEVERAL:
            single.setdefault(each.key, each)
    return [each for each in found if each.key in _SEVERAL or single[each.key] is each]

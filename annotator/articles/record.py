"""One article out of a news database: what its fields say, and its paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.articles.columns import language_tag
from annotator.articles.compose import compose
from annotator.articles.dates import find_dates, read_date
from annotator.articles.reading import NewArticle, Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError, too_many
from annotator.model.article import BlockKind, Metadatum
from annotator.model.problem import Problem

_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f ]*")
_NAME = 80
_BY = re.compile(r"(?i)(?:by|von|par|por|de)\s+(?=\S)")

_STOP = re.compile(r"(?<=\w{3})\.$")
"""A full stop that ends a line, and no abbreviation."""


@dataclass(slots=True)
class Record:
    """An article as a news database tells it.

    Attributes:
        database: its importer's name: ``nexis`` …
        headline: its words.
        subhead: what stands below the headline, if the database says it.
        byline: its words, with “By” where that is written.
        body: its paragraphs; those that are known to be none (a caption) say so.
        metadata: what the fields say.
        language: a BCP 47 tag, or nothing.
    """

    database: str
    headline: str = ""
    subhead: str = ""
    byline: str = ""
    body: list[Piece] = field(default_factory=list)
    metadata: list[Metadatum] = field(default_factory=list)
    language: str = ""

    def say(self, key: str, value: str) -> None:
        """Enter what a field says: dates as ISO 8601 and word counts as numbers, with the words they were read from."""
        value = " ".join(value.split())
        if not value:
            return
        if key == "headline":
            self.headline = value
        elif key == "subhead":
            self.subhead = value
        elif key == "language":
            self.language = language_tag(value)
        elif key == "byline":
            self.byline = value
            name = _STOP.sub("", _BY.sub("", value, count=1) if _BY.match(value) else value)
            self.metadata.append(Metadatum(key, name, value if name != value else ""))
        elif key.startswith("date ") or key.endswith(" date"):
            date = read_date(value)
            self.metadata.append(Metadatum(key, date, value if date != value else ""))
        elif key == "word count":
            found = _NUMBER.match(value)
            count = re.sub(r"\D", "", found[0]) if found else ""
            self.metadata.append(Metadatum(key, count, value if count != value else ""))
        else:
            self.metadata.append(Metadatum(key[:_NAME], value))

    def page(self, name: str) -> Page:
        """Return the page that `compose` makes an article of."""
        head = [(self.headline, BlockKind.HEADLINE), (self.subhead, BlockKind.SUBHEAD), (self.byline, BlockKind.BYLINE)]
        pieces = [Piece(words, kind) for words, kind in head if words]
        known = [Metadatum("subhead", self.subhead)] if self.subhead else []
        metadata = (*known, *self.metadata, Metadatum("database", self.database))
        return Page((*pieces, *self.body), self.database, self.headline, metadata, self.language, name=name)


def read_records(source: Source, records: Iterable[Record], problems: Iterable[Problem] = ()) -> Reading:
    """Return the articles that records make; one without words is a problem."""
    articles: list[NewArticle] = []
    found = list(problems)
    kept = 0
    for number, record in enumerate(records, 1):
        if source.cancelled():
            break
        if len(articles) >= source.limits.articles or kept > source.limits.kept:
            found.append(source.problem(too_many(len(articles))))
            break
        if not any(piece.text.strip() for piece in record.body):
            found.append(
                source.problem(f"Article {number:,} (“{record.headline}”) has no text in this file, only fields.")
            )
            continue
        try:
            articles.append(compose(source, record.page(f"{source.name}, article {number:,}")))
        except UnreadableError as error:
            found.append(source.problem(f"Article {number:,}: {error}"))
            continue
        kept += len(articles[-1].text)
        source.told(len(articles))
    return Reading(tuple(articles), tuple(found))


def is_date_line(line: str) -> bool:
    """Return whether a short line names a date."""
    return len(line) <= 60 and next(find_dates(line), None) is not None

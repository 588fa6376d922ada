"""What a reader found -> an article: text, blocks, metadata, language, direction, provenance."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.articles.blocks import Stretch, posted_headline, propose_blocks
from annotator.articles.metadata import gather
from annotator.articles.reading import NewArticle, Page, Piece
from annotator.articles.source import Source, UnreadableError, too_large
from annotator.articles.title import Title, propose_title
from annotator.model.article import BlockKind, Provenance, fingerprint
from annotator.model.span import Fragment
from annotator.text.direction import direction
from annotator.text.language import detect_language
from annotator.text.normalise import normalise
from annotator.text.paragraphs import paragraphs

_BETWEEN = "\n\n"
_HEAD = 20
"""Paragraphs among which the headline is looked for."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the reader knew, without the pieces."""

    importer: str
    encoding: str
    report: tuple[str, ...]
    name: str


def compose(source: Source, page: Page) -> NewArticle:
    """Return the article that a page makes.

    Raises:
        UnreadableError: there is nothing but blanks in it, or more than `Limits.largest` code points.
    """
    raw = _BETWEEN.join(piece.text for piece in page.pieces)
    if len(raw) > source.limits.largest:
        raise UnreadableError(too_large(len(raw), source.limits.largest))
    text, stretches = _joined(page.pieces)
    known = _Known(page.importer, page.encoding, (*page.report, *normalise(raw).report), page.name)
    return _article(source, text, stretches, page, known)


def compose_text(source: Source, raw: str, *, importer: str, encoding: str = "", title: str = "") -> NewArticle:
    """Return the article that a plain text makes; its blanks and line ends stay where they are.

    Raises:
        UnreadableError: there is nothing but blanks in it.
    """
    normalised = normalise(raw)
    stretches = [Stretch(each, None) for each in paragraphs(normalised.text)]
    known = _Known(importer, encoding, normalised.report, "")
    return _article(source, normalised.text, stretches, Page((), importer, title), known)


def _joined(pieces: Sequence[Piece]) -> tuple[str, list[Stretch]]:
    parts: list[str] = []
    stretches: list[Stretch] = []
    place = 0
    for piece in pieces:
        part = normalise(piece.text).text.strip()
        if part:
            parts.append(part)
            stretches.append(Stretch(Fragment(place, place + len(part)), piece.kind))
            place += len(part) + len(_BETWEEN)
    return _BETWEEN.join(parts), stretches


def _article(source: Source, text: str, stretches: list[Stretch], page: Page, known: _Known) -> NewArticle:
    if not text or text.isspace():
        raise UnreadableError("There is nothing in it but blanks, so there is nothing to label.")
    title = _title(source, text, stretches, page.title)
    blocks = propose_blocks(text, stretches, title.fragment)
    language = page.language or detect_language(text, blocks)
    return NewArticle(
        title=title.text,
        text=text,
        fingerprint=fingerprint(text),
        blocks=blocks,
        language=language,
        direction=direction(text),
        metadata=gather(text, blocks, page.metadata),
        provenance=Provenance(
            source=known.name or source.name,
            source_hash=source.digest(),
            importer=known.importer,
            encoding=known.encoding,
            report=known.report,
        ),
    )


def _title(source: Source, text: str, stretches: list[Stretch], given: str) -> Title:
    """Return the title, with the place of the headline: where the file says, or where its words stand, or a guess."""
    given = " ".join(normalise(given).text.split())
    marked = next((each.fragment for each in stretches if each.kind is BlockKind.HEADLINE), None)
    if marked:
        return Title(given or " ".join(marked.covered(text).split()), marked)
    if given:
        words = given.casefold()
        same = (
            each.fragment for each in stretches if " ".join(each.fragment.covered(text).casefold().split()) == words
        )
        return Title(given, next(same, None))
    proposed = propose_title(text, source.name)
    heads = [" ".join(each.fragment.covered(text).split()) for each in stretches[:_HEAD]]
    guess = next((number for number, each in enumerate(stretches[:_HEAD]) if each.fragment == proposed.fragment), None)
    better = guess if guess is None else posted_headline(heads, guess)
    return proposed if guess == better or better is None else Title(heads[better], stretches[better].fragment)

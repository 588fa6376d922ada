"""From a disagreement to what is shown of it: lanes below the text, and cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.model.adjudication import OF_LINKS, Disagreement
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.versions import Mark
from annotator.ui.adjudicate import wording
from annotator.ui.adjudicate.cards import Face
from annotator.ui.look.theme import Theme
from annotator.ui.passage.version import Version as Lane
from annotator.ui.reader.page import runs_from_right

GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is shown of a disagreement, but for gold: it can be worked out before anybody looks."""

    lanes: Sequence[Lane]
    spots: Sequence[tuple[int, int]]
    faces: Sequence[Face]


def gold_lane(gold: Iterable[Annotation]) -> list[Lane]:
    """Return the lane of what is gold in the article, if there is any."""
    decided = tuple(gold)
    return [Lane(GOLD, "Gold", "Gold", decided, is_aside=True)] if decided else []


def lanes(
    found: Disagreement,
    people: Mapping[str, str],
    others: Mapping[str, Annotation],
    *,
    hidden: bool,
) -> list[Lane]:
    """Return a lane a version, tagged with the number that takes it.

    Of a link, the lane holds the label it leaves and the labels that it leads to in this article.
    """
    made = []
    for number, version in enumerate(found.versions, 1):
        marks = [_annotation(found, mark) for mark in version.marks]
        for target in version.targets:
            other = others.get(target or "")
            if other is not None and other.article == found.article:
                marks.append(other)
        name = wording.names(version, people, hidden=hidden, number=number)
        made.append(Lane(str(number), str(number), name, tuple({each.id: each for each in marks}.values())))
    return made


def spots(found: Disagreement, others: Mapping[str, Annotation]) -> list[tuple[int, int]]:
    """Return the words that it is about: all that some version covers, in order and apart."""
    covered = [piece for version in found.versions for mark in version.marks for piece in mark.fragments]
    if found.kind in OF_LINKS:
        here = (each for each in others.values() if each.article == found.article)
        covered += [tuple(piece) for each in here for piece in each.span.fragments]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(covered):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged or [(found.start, found.end)]


def faces(  # noqa: PLR0917 - a card says all of it
    found: Disagreement,
    article: Article,
    book: Codebook,
    theme: Theme,
    people: Mapping[str, str],
    told: wording.Told,
    parts: Sequence[str],
    *,
    hidden: bool,
) -> Sequence[Face]:
    """Return the cards of a disagreement's versions; `parts` are those of the frame that are taken with each."""
    backward = runs_from_right(article)
    whose = [wording.names(each, people, hidden=hidden, number=at) for at, each in enumerate(found.versions, 1)]
    return [
        Face(
            number,
            who,
            wording.version_html(found, version, article.text, book, theme, told, part),
            wording.version_words(found, version, article.text, told) + (f"; {part}" if part else ""),
            wording.below_html(found, version, who, book, theme),
            backward and not version.is_nothing,
        )
        for number, (version, part, who) in enumerate(zip(found.versions, parts, whose, strict=True), 1)
    ]


def _annotation(found: Disagreement, mark: Mark) -> Annotation:
    return Annotation(mark.annotation, found.article, mark.annotator, mark.label, mark.span, mark.attributes)

"""The passages behind a figure: where two annotators differ, and how; and the words at disputed edges."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from annotator.agreement.apart import CLASSES, stretches
from annotator.agreement.corpus import Corpus
from annotator.agreement.linked import Hangings, pairing
from annotator.agreement.overlaps import overlaps
from annotator.agreement.ruler import Ruler
from annotator.model.codebook import Codebook

KINDS = (*CLASSES, "structure", "role", "target", "attribute")
_PIECE = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


class Behind(Protocol):
    """What passages are read from: a `Material`, or some articles of one."""

    @property
    def characters(self) -> Corpus:
        """Finished work, in characters."""

    @property
    def rulers(self) -> tuple[Ruler, ...]:
        """By article, how its characters are counted."""

    @property
    def codebook(self) -> Codebook:
        """The project's."""

    @property
    def hangings(self) -> Hangings:
        """Attributes and links, by the numbers of the annotations."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where two annotators differ.

    Attributes:
        kind: one of `KINDS`.
        article: its id.
        label: id of the label it is about.
        annotators: ids: the one who has the label there, and the other one.
        fragments: where, in characters of the article, half-open; for spans as wholes: those of the first one.
        others: for spans as wholes: the fragments of the other one's spans.
        part: id of the role, relation or attribute.
        instead: for a category: ids of the labels that the other one gave.
    """

    kind: str
    article: str
    label: str
    annotators: tuple[str, str]
    fragments: tuple[tuple[int, int], ...]
    others: tuple[tuple[tuple[int, int], ...], ...] = ()
    part: str = ""
    instead: tuple[str, ...] = ()


def passages(
    material: Behind, pair: tuple[str, str], *, label: str = "", kind: str = "", article: str = ""
) -> list[Passage]:
    """Return where two annotators (ids) differ, in order of article and place; of one label, kind, article or all."""
    corpus = material.characters
    if article:
        corpus = corpus.of_articles(np.array([corpus.articles.index(article)]))
    if label:
        corpus = corpus.with_labels([corpus.labels.index(label)] if kind != "category" else range(len(corpus.labels)))
    one, other = (corpus.annotators.index(each) for each in pair)
    found: list[Passage] = []
    if not kind or kind in CLASSES:
        found.extend(_of_units(material, (one, other), corpus))
    if not kind or kind == "structure":
        found.extend(_of_structure(material, (one, other), corpus))
    if not kind or kind in ("role", "target", "attribute"):
        found.extend(_of_hangings(material, (one, other), corpus))
    chosen = [each for each in found if (not kind or each.kind == kind) and (not label or each.label == label)]
    return sorted(chosen, key=lambda each: (each.article, each.fragments, KINDS.index(each.kind), each.part))


def _of_units(material: Behind, pair: tuple[int, int], corpus: Corpus) -> Iterator[Passage]:
    found = stretches(corpus, pair)
    place = {key: number for number, key in enumerate(material.characters.articles)}
    columns = (found.article, found.label, found.holder, found.kind, found.rivals, found.start, found.end)
    for article, label, holder, kind, rivals, start, end in zip(*(each.tolist() for each in columns), strict=True):
        key = corpus.articles[article]
        yield Passage(
            CLASSES[kind],
            key,
            corpus.labels[label],
            _names(corpus, pair if not holder else pair[::-1]),
            tuple(material.rulers[place[key]].characters(start, end)),
            instead=tuple(name for number, name in enumerate(corpus.labels) if rivals >> number & 1),
        )


def _of_structure(material: Behind, pair: tuple[int, int], corpus: Corpus) -> Iterator[Passage]:
    """Yield spans of one that stand against several of the other, or several against one."""
    near = overlaps(corpus, *pair)
    for mine, theirs, who in ((near.left, near.right, pair), (near.right, near.left, pair[::-1])):
        count = np.bincount(mine, minlength=len(corpus.span_article))
        for span in np.flatnonzero(count > 1).tolist():
            others = tuple(_characters(material, corpus, each) for each in theirs[mine == span].tolist())
            yield _of_span(material, corpus, "structure", span, who, others=others)


def _of_hangings(material: Behind, pair: tuple[int, int], corpus: Corpus) -> Iterator[Passage]:
    """Yield matched spans with other attributes, roles or targets."""
    roles = {each.id for each in material.codebook.roles}
    values, links = material.hangings.values, material.hangings.links
    for left, right in pairing(corpus, pair).spans:
        keys = int(corpus.key[left]), int(corpus.key[right])
        others = (_characters(material, corpus, right),)
        one, other = (values.get(key, {}) for key in keys)
        for name in sorted(one.keys() & other.keys()):
            if one[name] != other[name]:
                yield _of_span(material, corpus, "attribute", left, pair, others=others, part=name)
        here, there = (links.get(key, {}) for key in keys)
        for name in sorted(here.keys() | there.keys()):
            mine, theirs = here.get(name, ()), there.get(name, ())
            is_same = len(mine) == len(theirs) and all(any(a.meets(b) for b in theirs) for a in mine)
            if not is_same:
                kind = "role" if name in roles else "target"
                yield _of_span(material, corpus, kind, left, pair, others=others, part=name)


def _of_span(
    material: Behind,
    corpus: Corpus,
    kind: str,
    span: int,
    pair: tuple[int, int],
    *,
    others: tuple[tuple[tuple[int, int], ...], ...],
    part: str = "",
) -> Passage:
    return Passage(
        kind,
        corpus.articles[int(corpus.span_article[span])],
        corpus.labels[int(corpus.span_label[span])],
        _names(corpus, pair),
        _characters(material, corpus, span),
        others,
        part,
    )


def _characters(material: Behind, corpus: Corpus, span: int) -> tuple[tuple[int, int], ...]:
    ruler = material.rulers[material.characters.articles.index(corpus.articles[int(corpus.span_article[span])])]
    return tuple(piece for start, end in corpus.fragments_of(span) for piece in ruler.characters(start, end))


def _names(corpus: Corpus, pair: tuple[int, int]) -> tuple[str, str]:
    return corpus.annotators[pair[0]], corpus.annotators[pair[1]]


def disputed(found: Iterable[Passage], texts: dict[str, str]) -> list[tuple[str, int]]:
    """Return the words and marks in boundary passages with how often they stand there, the most frequent first.

    `texts` are the articles' by id. Case does not matter.
    """
    counted: Counter[str] = Counter()
    for each in found:
        if each.kind == "boundary":
            for start, end in each.fragments:
                counted.update(piece.casefold() for piece in _PIECE.findall(texts[each.article][start:end]))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

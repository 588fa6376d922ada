"""Which ids of a copy mean what in the project: annotators, articles, revisions of the codebook, and twins."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.project.copies.plan import Book
from annotator.project.copies.reading import Copy, Here, aliases
from annotator.store.versions import Key
from annotator.text.reanchor import Anchor, reanchor

_SPEAKING = (
    ("annotator", "annotator"),
    ("repeats", "annotator"),
    ("origin_id", "annotation"),
    ("target", "annotation"),
)
"""Fields of images that speak of something else, and of which noun."""


class HomelessError(Exception):
    """Something of a copy finds no place in the project; the message says why, as a sentence."""


@dataclass(slots=True)
class Names:
    """What is one under several ids, in the project and all copies that are merged together.

    Attributes:
        alias: noun and id to the id that stays.
        found: what this merge found, to be remembered with it.
        told: by number of the copy, what is to know about that.
    """

    alias: dict[Key, str]
    found: dict[Key, str] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=dict)

    def of(self, noun: str, key: str) -> str:
        """Return the id that stands for `key`."""
        seen = {key}
        while (noun, key) in self.alias:
            key = self.alias[noun, key]
            if key in seen:  # two files that were merged crosswise; either will do
                break
            seen.add(key)
        return key

    def join(self, noun: str, key: str, to: str) -> None:
        """Let `key` mean what `to` does."""
        if key != to and self.of(noun, key) != to:
            self.alias[noun, key] = self.found[noun, key] = to

    def tell(self, copy: int, sentence: str) -> None:
        """Remember a sentence about a copy."""
        self.told.setdefault(copy, []).append(sentence)


def names_of(here: Here, copies: Sequence[Copy]) -> Names:
    """Return what is one: by earlier merges, annotators by their names, new articles by their texts."""
    known = dict(here.alias)
    for copy in copies:
        known.update(aliases(list(copy.visits)))
    names = Names(known)
    _join_annotators(here, copies, names)
    _join_articles(here, copies, names)
    return names


def _join_annotators(here: Here, copies: Sequence[Copy], names: Names) -> None:
    """Annotators are the same by id, and by name where both were added apart; gold is never one with a person."""
    own = {(each.name, each.kind): each.id for each in here.annotators.values()}
    added: dict[tuple[str, str], set[str]] = {}
    for copy in copies:
        for key, annotator in copy.annotators.items():
            if names.of("annotator", key) not in here.annotators:
                added.setdefault((annotator.name, annotator.kind), set()).add(key)
    for copy in copies:
        for key, annotator in copy.annotators.items():
            if names.of("annotator", key) in here.annotators:
                continue
            sign = (annotator.name, annotator.kind)
            stays = own.get(sign) or min(added[sign])
            if stays != key:
                names.join("annotator", key, stays)
                names.tell(copy.number, f"“{annotator.name}” was added apart, and is taken for the one of that name.")


def _join_articles(here: Here, copies: Sequence[Copy], names: Names) -> None:
    """Articles are the same by id and text; a text that was added apart is told of and joined."""
    own: dict[str, str] = {}
    for article, (mark, _) in here.marks.items():
        own[mark] = min(own.get(mark, article), article)
    added: dict[str, set[str]] = {}
    for copy in copies:
        for article in _added(copy, here):
            added.setdefault(copy.marks[article][0], set()).add(article)
    for copy in copies:
        for article in _added(copy, here):
            mark = copy.marks[article][0]
            stays = own.get(mark) or min(added[mark])
            if stays != article:
                names.join("article", article, stays)
                names.tell(
                    copy.number, f"“{copy.titles[article]}” was added apart, with the same text; it stays one article."
                )


def _added(copy: Copy, here: Here) -> list[str]:
    """Return the articles that the copy has added and the project does not have."""
    return [
        key
        for (noun, key), base in copy.bases.items()
        if noun == "article" and base is None and key in copy.marks and key not in here.marks
    ]


class Translation:
    """Turns what a copy has into what the project would have."""

    def __init__(
        self, copy: Copy, here: Here, names: Names, books: Mapping[int, int], texts: Mapping[str, str]
    ) -> None:
        self._copy = copy
        self._here = here
        self._names = names
        self._books = books
        self._texts = texts
        self._added = set(_added(copy, here))
        self.anchors: dict[str, Anchor] = {}
        """Where labels and notes lie in articles whose text has changed, by key."""

    def key(self, noun: str, key: str) -> str:
        """Return a key in the project's words.

        Raises:
            HomelessError: it lies in an article that the project does not have, or has with another text.
        """
        if noun in ("state", "assignment"):
            article, _, annotator = key.partition(":")
            return f"{self.article(article)}:{self._names.of('annotator', annotator)}"
        if noun in ("article", "blocks"):
            return self.article(key)
        return self._names.of(noun, key)

    def article(self, key: str) -> str:
        """Return the id of an article in the project.

        Raises:
            HomelessError: the project does not have it.
        """
        found = self._names.of("article", key)
        if found in self._here.marks or found in self._added or self._names.of("article", key) != key:
            return found
        title = self._copy.titles.get(key, key)
        raise HomelessError(f"Its article “{title}” is not in the project (any more).")

    def image(self, noun: str, key: str, image: dict[str, Any] | None) -> dict[str, Any] | None:
        """Return an image in the project's words.

        Raises:
            HomelessError: it finds no place.
        """
        if image is None:
            return None
        made = dict(image)
        if made.get("article"):
            made["article"] = self.article(made["article"])
        if "codebook" in made:
            made["codebook"] = self._books.get(made["codebook"], made["codebook"])
        for name, of in _SPEAKING:
            if made.get(name):
                made[name] = self._names.of(of, made[name])
        if "id" in made and noun != "visit":
            made["id"] = self._names.of(noun, key)
        if noun == "visit":
            made["steps"] = steps_here(made["steps"], self._names)
        if "fragments" in made:
            made["fragments"] = self._fragments(key, image)
        if noun == "decision":
            made.update(self._decided(image))
        return made

    def _decided(self, image: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parts of a decision that speak of labels and people.

        Where the article's text has changed, the labels have other places by now, and the decision is open again.
        """

        def label(key: str | None) -> str | None:
            return key and self._names.of("annotation", key)

        return {
            "held": [
                [
                    self._names.of("annotator", who),
                    [[label(mark), *rest] for mark, *rest in marks],
                    [label(target) for target in targets],
                ]
                for who, marks, targets in image["held"]
            ],
            "gold": [label(each) for each in image["gold"]],
            "targets": [label(each) for each in image["targets"]],
            "thread": image["thread"] and self._names.of("thread", image["thread"]),
        }

    def _fragments(self, key: str, image: Mapping[str, Any]) -> list[list[Any]]:
        """Return where something lies in the project's text.

        Raises:
            HomelessError: its words are not there any more.
        """
        fragments: list[list[Any]] = [list(each) for each in image["fragments"]]
        article = self._names.of("article", image["article"])
        old = self._copy.texts.get(image["article"])
        if old is None or not fragments:
            return fragments
        span = Span(tuple(Fragment(start, end) for start, end, _ in fragments))
        anchor = reanchor(span, old, self._texts[article])
        if anchor.span is None:
            raise HomelessError(f"The text of “{self._here.titles[article]}” is another in the project: {anchor.why}.")
        self.anchors[key] = anchor
        return [[start, end, self._texts[article][start:end]] for start, end in anchor.span.fragments]


def steps_here(steps: Iterable[Sequence[str]], names: Names) -> list[list[str]]:
    """Return id, annotator, article and time of a copy's steps, in the project's words."""
    return [
        [step, names.of("annotator", who), names.of("article", article), time] for step, who, article, time in steps
    ]


def content_of(row: Mapping[str, Any]) -> str:
    """Return a revision's content in one form, so that equal codebooks are equal strings."""
    book = Codebook.from_dict(json.loads(row["content"]))
    return json.dumps(book.to_dict(), ensure_ascii=False)


def number_books(here: Here, copies: Iterable[Copy], names: Names) -> tuple[dict[int, dict[int, int]], list[Book]]:
    """Return which revision of each copy is which of the project, and the revisions that come in behind those.

    They are the same by what they say. A revision that one number has on both sides is tried first.
    """
    own: dict[str, list[int]] = {}
    for row in here.books:
        own.setdefault(content_of(row), []).append(row["revision"])
    after = max((row["revision"] for row in here.books), default=0)
    new: list[Book] = []
    found: dict[int, dict[int, int]] = {}
    for copy in copies:
        numbers = found.setdefault(copy.number, {})
        for row in copy.books:
            content = content_of(row)
            if content not in own:
                who = names.of("annotator", row["annotator"]) if row["annotator"] else None
                number = after + len(new) + 1
                new.append(Book(number, content, row["note"], who, row["made_at"]))
                own[content] = [number]
            same = own[content]
            numbers[row["revision"]] = row["revision"] if row["revision"] in same else same[-1]
    return found, new

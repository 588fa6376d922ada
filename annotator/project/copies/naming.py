"""What a copy has, in the words of the project: ids, revisions of the codebook, and places in another text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from annotator.model.article import State
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.project.copies.names import Names
from annotator.project.copies.plan import Book
from annotator.project.copies.reading import Copy, Here
from annotator.store import versions
from annotator.text.reanchor import Anchor, Reanchoring

_SPEAKING = (
    ("annotator", "annotator"),
    ("repeats", "annotator"),
    ("origin_id", "annotation"),
    ("target", "annotation"),
)
"""Fields of images that speak of something else, and of which noun."""
_OF_THE_TEXT = ("text", "source", "source_hash", "importer", "encoding", "report")
"""Fields of an article's image that go with its text: a copy that has another one does not bring them back."""


class HomelessError(Exception):
    """Something of a copy finds no place in the project; the message says why, as a sentence."""


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
        self._beside: dict[tuple[str, str], Reanchoring] = {}
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
        if self._names.is_brought("article", found):
            return found
        raise HomelessError(no_article(self._copy, key))

    def image(
        self, noun: str, key: str, image: dict[str, Any] | None, *, is_base: bool = False
    ) -> dict[str, Any] | None:
        """Return an image in the project's words; `is_base` says that it is one of the past.

        Raises:
            HomelessError: it finds no place.
        """
        if image is None:
            return None
        made = dict(image)
        if noun == "blocks":
            self._refuse_other_text(image["article"], "what its passages are was set there")
        if made.get("article"):
            made["article"] = self.article(made["article"])
        if "codebook" in made:
            made["codebook"] = self._books.get(made["codebook"], made["codebook"])
        for name, of in _SPEAKING:
            if made.get(name):
                made[name] = self._names.of(of, made[name])
        if "id" in made and noun != "visit":
            made["id"] = self._names.of(noun, key)
        if "fragments" in made:
            made["fragments"] = self._fragments(key, image, is_base=is_base)
        return made | self._parts(noun, image, made)

    def _parts(self, noun: str, image: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is said otherwise in an image of some nouns."""
        match noun:
            case "visit":
                return {"steps": steps_here(made["steps"], self._names)}
            case "article":
                return self._text_here(made["id"])
            case "state":
                return {"state": self._state(image)}
            case "thread":
                return self._begun_by(made["id"])
            case "decision":
                return self._decided(image)
        return {}

    def _begun_by(self, thread: str) -> dict[str, Any]:
        """Return who began a note that the project has: in a copy handed out it is who was asked, whoever asked."""
        own = versions.standing(self._here.db, [("thread", thread)]).get(("thread", thread))
        return {"annotator": own["annotator"]} if own else {}

    def _decided(self, image: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parts of a decision that speak of labels and people.

        Raises:
            HomelessError: the article has another text here; the labels have other places, and it is open again.
        """
        self._refuse_other_text(image["article"], "what was decided there is open again")

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

    def refuse_replaced(self, article: str) -> None:
        """Refuse what lies in an article of which the copy has made a version of its own.

        Raises:
            HomelessError: it has.
        """
        if article in self._copy.replaced:
            raise HomelessError(
                f"The copy has replaced “{self._copy.titles[article]}” by a new version. Replace it by the same one in the"
                " project first; what was done in it is offered again then."
            )

    def _text_here(self, article: str) -> dict[str, Any]:
        """Return what goes with an article's text in the project; nothing where it is new there."""
        own = versions.standing(self._here.db, [("article", article)]).get(("article", article), {})
        return {name: own[name] for name in _OF_THE_TEXT if name in own}

    def _refuse_other_text(self, article: str, so: str) -> None:
        if article in self._copy.texts:
            title = self._copy.titles.get(article, article)
            raise HomelessError(f"“{title}” has another text in the project, and {so}.")

    def _state(self, image: Mapping[str, Any]) -> str:
        """Return how far somebody is: who has finished another text has not read this one to its end."""
        state = State(image["state"])
        return str(State.IN_PROGRESS if image["article"] in self._copy.texts and state.is_finished else state)

    def _fragments(self, key: str, image: Mapping[str, Any], *, is_base: bool) -> list[list[Any]]:
        """Return where something lies in the project's text.

        Raises:
            HomelessError: its words are not there any more.
        """
        fragments: list[list[Any]] = [list(each) for each in image["fragments"]]
        there = image["article"]
        article = self._names.of("article", there)
        old = self._copy.texts.get(there)
        earlier = self._copy.earlier.get(there, ()) if is_base else ()
        if not fragments or (old is None and not earlier):
            return fragments
        text = self._texts[article]
        if is_base:
            # What both once had may lie in any text that the article had: the one that has its words there.
            known = (*((old,) if old is not None else ()), text, *earlier)
            old = next((each for each in known if _lies_in(fragments, each)), None)
            if old is None:
                raise HomelessError(f"The text of “{self._here.titles[article]}” was replaced.")
        if old is None or old == text:
            return fragments
        anchor = self._reanchoring(old, text).anchor(Span(tuple(Fragment(start, end) for start, end, _ in fragments)))
        if anchor.span is None:
            raise HomelessError(f"The text of “{self._here.titles[article]}” is another in the project: {anchor.why}.")
        if not is_base:
            self.anchors[key] = anchor
        return [[start, end, text[start:end]] for start, end in anchor.span.fragments]

    def _reanchoring(self, old: str, text: str) -> Reanchoring:
        if (old, text) not in self._beside:
            self._beside[old, text] = Reanchoring(old, text)
        return self._beside[old, text]


def no_article(copy: Copy, article: str) -> str:
    """Return why something finds no place that lies in an article of a copy, as a sentence."""
    return f"Its article “{copy.titles.get(article, article)}” is not in the project (any more)."


def _lies_in(fragments: Iterable[Sequence[Any]], text: str) -> bool:
    return all(text[start:end] == covered for start, end, covered in fragments)


def steps_here(steps: Iterable[Sequence[str]], names: Names) -> list[list[str]]:
    """Return id, annotator, article and time of a copy's steps, in the project's words."""
    return [
        [step, names.of("annotator", who), names.of("article", article), time] for step, who, article, time in steps
    ]


def content_of(row: Mapping[str, Any]) -> str:
    """Return a revision's content in one form, so that equal codebooks are equal strings."""
    return _in_one_form(row["content"])


@lru_cache(maxsize=128)
def _in_one_form(content: str) -> str:
    return json.dumps(Codebook.from_dict(json.loads(content)).to_dict(), ensure_ascii=False)


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

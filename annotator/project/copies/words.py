"""What merging found, in words that a person can decide by."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotator.model.adjudication import OUTCOME_WORDS, REASONS, Outcome
from annotator.model.annotator import Annotator
from annotator.model.counting import counted
from annotator.project.copies.decided import labels_of
from annotator.project.copies.naming import content_of
from annotator.project.copies.parts import parts_of
from annotator.project.copies.plan import Book, Fate, Item, Version
from annotator.project.copies.reading import Copy, Here
from annotator.project.copies.settle import Proposal, joined, newest
from annotator.store import versions

_SHORT = 80


class Describing:
    """Names people, articles and labels of a plan."""

    def __init__(self, here: Here, copies: Sequence[Copy], books: Sequence[Book]) -> None:
        self._here = here
        self._people: dict[str, Annotator] = {}
        self._titles: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for copy in copies:
            self._people.update(copy.annotators)
            self._titles.update(copy.titles)
        self._people.update(here.annotators)
        self._titles.update(here.titles)
        for content in (*(each.content for each in books), content_of(here.books[-1])):
            self._labels.update(
                (key.partition(":")[2], part["name"]) for key, part in parts_of(content).items() if "name" in part
            )

    def name(self, annotator: str, copy: Copy | None = None) -> str:
        """Return an annotator's name; empty for nobody."""
        found = (copy.annotators.get(annotator) if copy else None) or self._people.get(annotator)
        here = self._here.annotators.get(annotator)
        return here.name if here else found.name if found else ""

    def version(self, noun: str, alike: Sequence[Proposal]) -> Version:
        """Return what some copies say alike, with who said it last."""
        if len(alike) == 1:
            return Version(alike[0].theirs, (alike[0].copy,), self.name(alike[0].who), alike[0].when)
        images = [each.theirs for each in alike if each.theirs is not None]
        last = alike[newest({at: (each.when, each.theirs) for at, each in enumerate(alike)})]
        image = joined(images) if images and noun != "part" else images[0] if images else None
        files = tuple(sorted({each.copy for each in alike}))
        return Version(image, files, self.name(last.who), last.when)

    def known(self, noun: str, key: str, version: Version) -> Version:
        """Return the project's version with who made it, and when."""
        if noun == "part":
            row = self._here.books[-1]
            return Version(version.image, version.files, self.name(row["annotator"] or ""), row["made_at"])
        touch = versions.last_touch(self._here.db, (noun, key))
        if touch is None:
            return version
        return Version(version.image, version.files, self.name(touch.annotator), touch.made_at)

    def item(
        self, noun: str, key: str, fate: Fate, found: tuple[Version, ...], *, why: str = "", score: float = 1.0
    ) -> Item:
        """Return an entry of the plan, in words."""
        image: Mapping[str, Any] = next((each.image for each in reversed(found) if each.image is not None), {})
        article = image.get("article", key if noun in ("article", "blocks") else "")
        whose = image.get("annotator") or (key if noun == "annotator" else "")
        return Item(
            noun=noun,
            key=key,
            fate=fate,
            versions=found,
            annotator=self.name(whose),
            article=article,
            words=self.words(noun, key, image),
            why=why,
            score=score,
        )

    def words(self, noun: str, key: str, image: Mapping[str, Any]) -> str:
        """Return one row in words."""
        match noun:
            case "annotation":
                return self._label(image)
            case "link":
                return self._labels.get(image.get("kind", ""), str(image.get("kind", "")))
            case "state":
                return f"{self._titles.get(image.get('article', ''), '')}: {image.get('state', 'new')}"
            case "part":
                group, _, part = key.partition(":")
                return f"the codebook's {part}" if group == "codebook" else f"{group[:-1]} “{image.get('name', part)}”"
            case "article" | "annotator":
                return str(image.get("title") or image.get("name", ""))
            case "decision":
                return self._decision(image)
            case "message":
                return _shortened(str(image.get("content", "")))
        return _shortened(" … ".join(each[2] for each in image.get("fragments", ())))

    def _decision(self, image: Mapping[str, Any]) -> str:
        """Return a decision in words: on what, and how."""
        labels = {mark[1] for _, marks, _ in image.get("held", ()) for mark in marks}
        names = ", ".join(sorted(self._labels.get(each, each) for each in labels))
        title = self._titles.get(image.get("article", ""), "")
        where = f"{image.get('start', 0)}-{image.get('end', 0)}"
        return _shortened(f"Decision on {names} at {where} in “{title}”: {image.get('outcome', '')}")

    def _label(self, image: Mapping[str, Any]) -> str:
        covered = _shortened(" … ".join(each[2] for each in image.get("fragments", ())))
        values = ", ".join(f"{name} {value}" for name, value in image.get("attributes", ()))
        note = f" – {_shortened(image['note'])}" if image.get("note") else ""
        label = self._labels.get(image.get("label", ""), str(image.get("label", "")))
        return f"{label} “{covered}”{f' ({values})' if values else ''}{note}"


def _shortened(words: str) -> str:
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"


_HIDDEN = frozenset({"id", "article", "annotator", "codebook", "revision", "origin", "made_at", "changed_at", "place"})
"""Fields of which a person learns nothing."""


def image_words(image: Mapping[str, Any] | None) -> str:
    """Return one side of a conflict in words: all that tells it from another; what is not there is “not there”."""
    if image is None:
        return "not there"
    if "held" in image:
        return _decided(image)
    told = []
    for name, value in image.items():
        if name == "fragments":
            told.append(
                "“" + " … ".join(each[2] for each in value) + "” at " + ", ".join(f"{a}-{b}" for a, b, _ in value)
            )
        elif name == "attributes" and value and isinstance(value[0], list):
            told.extend(f"{key} {word}" for key, word in value)
        elif name not in _HIDDEN and value not in ("", None, [], False):
            told.append(f"{name} {_shortened(str(value))}")
    return "; ".join(told)


def _decided(image: Mapping[str, Any]) -> str:
    """Return one side of a decision in words: what was decided, what is gold by it, and why."""
    told = [outcome_words(image), *(image_words(each) for each in labels_of(image))]
    if image.get("targets"):
        told.append(counted(len(image["targets"]), "target"))
    return "; ".join([*told, *grounds_words(image)])


def outcome_words(image: Mapping[str, Any]) -> str:
    """Return in words what was decided."""
    return OUTCOME_WORDS[Outcome(image["outcome"])]


def grounds_words(image: Mapping[str, Any]) -> list[str]:
    """Return in words why a decision was made: a reason, the clause cited, a note; none of what nobody gave."""
    reason, clause, note = (str(image.get(name) or "") for name in ("reason", "clause", "note"))
    found = (REASONS.get(reason, reason), clause and f"cites {clause}", note and f"“{_shortened(note)}”")
    return [each for each in found if each]

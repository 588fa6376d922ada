"""What is in a copy that comes back, as values: everything it did since it and the project were last the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.model.annotator import Annotator
from annotator.model.errors import ExchangeError
from annotator.model.ids import new_id
from annotator.project.copies.inbox import without_copies
from annotator.store import articles, codebooks, people, sealed, tally, versions, visits
from annotator.store.copies import Open, merged_from, reading
from annotator.store.versions import Held, Key, Touch

OWN = frozenset({"project", "setting", "split"})
"""Nouns that belong to a file and are never merged: its name, who sees whom, what trains and what tests."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the project, as far as merging needs it.

    Attributes:
        number: its place among the files that were named, from 0.
        steps: its steps, the first first; `cut`: the number of the last one that the project has too, or knows of; `since`:
            of the last one before all that is looked at, which is earlier where something is offered again.
        parted: number of the project's step from which on the two went apart.
        touched: what it touched since; `bases` what stood there when they parted; `theirs` what stands there now.
        ends: labels that its new links speak of, touched or not.
        books: revisions of its codebook; `held`: that which held when they parted, then each that held since.
        visits: ids of the copies that were merged into it, and what is to know about them.
        visited: ids of the steps that it has merged.
        waiting: what the project remembers of earlier merges of it, or of what it was copied of, that left something.
        texts: the texts of articles of which the project has another text, by article.
        replaced: articles of which it has made another version than the project has, since the two parted.
        earlier: texts that articles had before a new version took their place, in it or in the project, by article.
        labels: how many labels each annotator has in it.
    """

    number: int
    path: Path
    steps: tuple[dict[str, Any], ...]
    cut: int
    since: int
    parted: int
    annotators: Mapping[str, Annotator]
    marks: Mapping[str, tuple[str, str]]
    books: tuple[dict[str, Any], ...]
    held: tuple[Held, ...]
    touched: Mapping[Key, Touch]
    bases: Mapping[Key, Any]
    theirs: Mapping[Key, Any]
    ends: Mapping[str, Any]
    visits: tuple[dict[str, Any], ...] = ()
    visited: frozenset[str] = frozenset()
    waiting: tuple[dict[str, Any], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """Id of its last step; what it is known by once it was merged."""
        return str(self.steps[-1]["id"]) if self.steps else ""

    def theirs_or_gone(self) -> list[tuple[Key, Any]]:
        """Return what it touched and what stands there now, None where nothing does."""
        return [(key, self.theirs.get(key)) for key in self.touched]

    @property
    def news(self) -> tuple[dict[str, Any], ...]:
        """Its steps that the project does not know yet."""
        return tuple(each for each in self.steps if each["number"] > self.cut)

    @property
    def looked_at(self) -> tuple[dict[str, Any], ...]:
        """The steps of which something is looked at."""
        return tuple(each for each in self.steps if each["number"] > self.since)


@dataclass(frozen=True, slots=True)
class Here:
    """The project into which copies are merged, held for reading.

    Attributes:
        position: number and id of its last step.
        alias: what earlier merges found to be one thing under two ids: noun and both ids.
    """

    db: Open
    id: str
    position: tuple[int, str]
    annotators: Mapping[str, Annotator]
    marks: Mapping[str, tuple[str, str]]
    titles: Mapping[str, str]
    books: tuple[dict[str, Any], ...]
    alias: frozenset[tuple[str, str, str]]


def read_here(db: Open) -> Here:
    """Return the project as merging needs it."""
    row = codebooks.project(db) or {}
    return Here(
        db=db,
        id=row.get("id", ""),
        position=versions.position(db),
        annotators={each.id: each for each in people.annotators(db)},
        marks=versions.marks(db),
        titles=versions.titles(db),
        books=tuple(sealed.books(db)),
        alias=aliases(visits.visits(db)),
    )


def aliases(found: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str, str]]:
    """Return what merges found to be one thing under two ids: noun and both ids."""
    return frozenset((noun, key, to) for visit in found for noun, key, to in visit["alias"] if key != to)


def read_copy(path: Path, number: int, here: Here, own: Path) -> Copy:
    """Read one copy.

    Raises:
        AnnotatorError: it cannot be read, or is no copy of this project; the sentence says why.
    """
    if path.exists() and path.resolve() == own.resolve():
        raise ExchangeError(f"“{path.name}” is the project itself.")
    if path.is_dir():
        raise ExchangeError(without_copies(path))
    with reading(path) as db:
        row = codebooks.project(db)
        if row is None or row["id"] != here.id:
            name = f" “{row['name']}”" if row else ""
            raise ExchangeError(
                f"“{path.name}” is a copy of another project{name}. Merge it there, or import its export."
            )
        return _read(db, path, number, here)


def _read(db: Open, path: Path, number: int, here: Here) -> Copy:
    steps = tuple(versions.steps(db))
    numbers = {each["id"]: each["number"] for each in steps}
    known = visits.known_steps(here.db, list(numbers))
    handed = [each["id"] for each in visits.handouts(db) if each["id"] in numbers]
    common = max([*known, *handed], key=lambda each: numbers[each], default="")
    cut, parted = numbers.get(common, 0), known.get(common, 0)
    touched = {key: each for key, each in versions.touched(db, cut).items() if key[0] not in OWN}
    waiting = _waiting(here, numbers)
    again = _untaken(waiting, numbers)
    for since in sorted(set(again.values())):
        touched.update(versions.touched(db, since, [key for key in again if again[key] == since]))
    theirs = versions.standing(db, touched)
    bases = {key: each.before for key, each in touched.items()}
    held = versions.held(db, cut)
    merged, by = merged_from(db, here.db)
    # What the project was when the copy merged it is what both have seen last.
    seen = {key for key in touched if by > cut or (key in again and by >= touched[key].first)}
    if seen:
        later = versions.touched(here.db, merged, seen)
        now = versions.standing(here.db, seen)
        bases.update((key, later[key].before if key in later else now.get(key)) for key in seen)
    texts = _texts_of_new(touched, bases, theirs)
    touched.update(texts)
    theirs.update(versions.standing(db, texts))
    bases.update(dict.fromkeys(texts))
    if by > cut:
        parted, held[0] = merged, versions.held(here.db, merged)[0]
    marks = versions.marks(db)
    changed = [each for each, mark in marks.items() if each in here.marks and here.marks[each][0] != mark[0]]
    return Copy(
        number=number,
        path=path,
        steps=steps,
        cut=cut,
        since=min([cut, *again.values()]),
        parted=parted,
        annotators={each.id: each for each in people.annotators(db)},
        marks=marks,
        books=tuple(sealed.books(db)),
        held=tuple(held),
        touched=touched,
        bases=bases,
        theirs=theirs,
        ends=_ends(db, theirs),
        visits=tuple(visits.visits(db)),
        waiting=waiting,
        visited=visits.all_steps(db),
        texts={each: content for each, _, content in articles.contents(db, changed)},
        replaced=frozenset(each for each in changed if _is_replaced(touched, theirs, each)),
        earlier=_earlier(db, here, marks),
        titles=versions.titles(db),
        labels=Counter(dict(tally.of_annotators(db))),
    )


def _texts_of_new(
    touched: Mapping[Key, Touch], bases: Mapping[Key, Any], theirs: Mapping[Key, Any]
) -> dict[Key, Touch]:
    """Return the texts of new articles that are older than these: an old version that was made an article of its own."""
    found: dict[Key, Touch] = {}
    for key, touch in touched.items():
        if key[0] == "article" and bases[key] is None and key in theirs:
            text: Key = ("text", theirs[key]["text"])
            if text not in touched:
                found[text] = Touch(None, touch.first, touch.first, touch.annotator, touch.made_at)
    return found


def _is_replaced(touched: Mapping[Key, Touch], theirs: Mapping[Key, Any], article: str) -> bool:
    """Whether an article has another text in the copy than it had there when copy and project parted."""
    touch, there = touched.get(("article", article)), theirs.get(("article", article))
    return bool(touch and touch.before and there and touch.before["text"] != there["text"])


def _earlier(db: Open, here: Here, marks: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the texts that articles of both had before, in either."""
    found: dict[str, list[str]] = {}
    for file in (db, here.db):
        for article, texts in articles.earlier_texts(file).items():
            if article in marks and article in here.marks:
                found.setdefault(article, []).extend(articles.content(file, each) or "" for each in texts)
    return {article: tuple(dict.fromkeys(texts)) for article, texts in found.items()}


def _waiting(here: Here, numbers: Mapping[str, int]) -> tuple[dict[str, Any], ...]:
    """Return the records of earlier merges of a copy that left something, whole."""
    left = [each["id"] for each in visits.visits(here.db) if each["untaken"]]
    known = visits.visits_of(here.db, numbers) if left else set()
    return tuple(versions.standing(here.db, [("visit", each) for each in left if each in known]).values())


def _untaken(waiting: Iterable[Mapping[str, Any]], numbers: Mapping[str, int]) -> dict[Key, int]:
    """Return what earlier merges of a copy have not taken, and up to which of its steps it was known before these.

    It is offered again, as what has become of it since then.
    """
    found: dict[Key, int] = {}
    for visit in waiting:
        since = min(numbers[step] for step, *_ in visit["steps"] if step in numbers) - 1
        for noun, key in visit["untaken"]:
            found[noun, key] = min(found.get((noun, key), since), since)
    return found


def _ends(db: Open, theirs: Mapping[Key, Any]) -> dict[str, Any]:
    wanted = {
        end for (noun, _), image in theirs.items() if noun == "link" for end in (image["origin_id"], image["target"])
    }
    found = versions.standing(db, [("annotation", end) for end in wanted if end])
    return {key: image for (_, key), image in found.items()}


def visit_of(copy: Copy, file: str, made_at: str) -> dict[str, Any]:
    """Return the record of merging a copy, without what was not taken and what was one; ids as in the copy."""
    return {
        "id": copy.head or new_id(),
        "file": file,
        "untaken": [],
        "alias": [],
        "made_at": made_at,
        "steps": [[each["id"], each["annotator"], each["article"], each["made_at"]] for each in copy.news],
    }

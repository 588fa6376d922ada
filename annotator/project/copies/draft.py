"""The look before merging: files in, a plan of values out. It reads, in any thread, and changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.model.errors import AnnotatorError, StoppedError
from annotator.project.copies import decided, parts
from annotator.project.copies.inbox import copies_in
from annotator.project.copies.links import ends_of, homeless_answers, homeless_links, settle_answers, settle_links
from annotator.project.copies.names import Names, names_of
from annotator.project.copies.naming import Translation, content_of, number_books, steps_here
from annotator.project.copies.plan import CopiesPlan, Fate, FilePlan, Item, Unplaced
from annotator.project.copies.proposals import PART, left_behind, said_by, told_of_texts
from annotator.project.copies.reading import Copy, Here, read_copy, read_here, visit_of
from annotator.project.copies.settle import Image, Proposal
from annotator.project.copies.superseded import without_superseded
from annotator.project.copies.twins import join_twins
from annotator.project.copies.verdict import verdict
from annotator.project.copies.words import Describing
from annotator.project.garbage import left_lying
from annotator.store import articles, tally, versions
from annotator.store.clock import now
from annotator.store.copies import reading
from annotator.store.versions import Key

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class _Draft:
    """What is known while a plan is made."""

    here: Here
    files: Sequence[Path]
    copies: list[Copy] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    unplaced: list[Unplaced] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    ours: dict[Key, Image] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    conflicts: list[Item] = field(default_factory=list)
    counts: dict[int, Counter[tuple[str, str, Fate]]] = field(default_factory=lambda: defaultdict(Counter))


def draft_copies(
    project: Path,
    files: Iterable[Path],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CopiesPlan:
    """Return what merging some files into the project at a path would do; nothing is changed.

    It opens the project for reading by itself, so that it can run in another thread than the one that holds it. A file
    that cannot be merged is in the plan with the reason, and the others go on. The order of the files does not matter.
    A folder stands for all projects in it.

    Raises:
        ProjectFileError: the project itself cannot be read.
        StoppedError: `cancelled` said so.
    """
    files = list(copies_in(files))
    with left_lying(), reading(project, tested=False) as db:
        draft = _Draft(read_here(db), files)
        for number, path in enumerate(files):
            if cancelled is not None and cancelled():
                raise StoppedError
            if progress is not None:
                progress(number, len(files), path.name)
            _read(draft, path, number, project)
        draft.copies.sort(key=lambda copy: (copy.head, copy.number))
        plan = _plan(draft)
        if progress is not None:
            progress(len(files), len(files), "")
        return plan


def _read(draft: _Draft, path: Path, number: int, project: Path) -> None:
    try:
        copy = read_copy(path, number, draft.here, project)
    except (AnnotatorError, OSError) as error:
        draft.refused[number] = str(error)
        return
    twin = next((each for each in draft.copies if each.head == copy.head), None)
    if twin is not None and copy.head:
        draft.told[number].append(f"The same as “{twin.path.name}”.")
        return
    if copy.news and copy.news[-1]["made_at"] > now():
        draft.told[number].append("Its clock is ahead of this one: the rule “newer” would favour it wrongly.")
    draft.copies.append(copy)


def _plan(draft: _Draft) -> CopiesPlan:
    here = draft.here
    names = names_of(here, draft.copies)
    numbers, books = number_books(here, draft.copies, names)
    texts = _texts(draft)
    translations = {copy.number: Translation(copy, here, names, numbers[copy.number], texts) for copy in draft.copies}
    revisers = {each.annotator for each in books if each.annotator}
    said = [said_by(copy, here, translations[copy.number], names, revisers) for copy in draft.copies]
    draft.unplaced.extend(lost for each in said for lost in each.unplaced)
    draft.proposals = _with_articles(draft, without_superseded(said))
    twins = join_twins(here, draft.proposals, names)
    draft.proposals = twins.proposals
    book = parts.parts_of(content_of(here.books[-1]))
    keys = {(each.noun, each.key) for each in draft.proposals if each.noun != PART}
    draft.ours = {**versions.standing(here.db, keys), **twins.ours, **{(PART, key): book[key] for key in book}}
    describing = Describing(here, draft.copies, books)
    _settle(draft, describing)
    attached, present = settle_links(
        here, draft.copies, names, draft.items, draft.conflicts, twins.replaced, translations
    )
    reasons = {names.of("annotation", each.key): each.why for each in draft.unplaced if each.noun == "annotation"}
    for link in homeless_links(draft.items, draft.conflicts, present):
        because = (reasons[end] for end in sorted(ends_of(link)) if end in reasons)
        _leave_out(draft, [link], " ".join(("A label that it joins finds no place.", *because)))
    decided.follow(draft.items, draft.conflicts)
    answers = settle_answers(here, draft.items, draft.conflicts)
    homeless, answered = homeless_answers(here, draft.items, draft.conflicts)
    _leave_out(draft, homeless, "The note that it answers was taken away in the project.")
    for copy in draft.copies:
        draft.told[copy.number].extend(names.told.get(copy.number, ()))
        draft.told[copy.number].extend(told_of_texts(copy))
    _count(draft, describing)
    return CopiesPlan(
        position=here.position,
        files=tuple(
            FilePlan(path, draft.refused.get(number, ""), tuple(draft.told[number]), dict(draft.counts[number]))
            for number, path in enumerate(draft.files)
        ),
        items=tuple(draft.items),
        conflicts=tuple(draft.conflicts),
        unplaced=tuple(draft.unplaced),
        books=tuple(books),
        book=book,
        orders=_orders(draft),
        known=parts.labels_of([*(content_of(each) for each in here.books), *(each.content for each in books)]),
        labels=frozenset(tally.of_everybody(here.db)),
        visits=tuple(_visits(draft, names)),
        waiting=tuple((copy.number, visit, frozenset(copy.touched)) for copy in draft.copies for visit in copy.waiting),
        attached=attached,
        present=present | answered,
        replaced=twins.replaced,
        moved=twins.moved,
        answers=answers,
        sources=_sources(draft.proposals),
    )


def _with_articles(draft: _Draft, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Leave out what lies in articles that nobody brings: one file of somebody has taken away what another went on with."""
    found = list(proposals)
    there = {*draft.here.marks, *(each.key for each in found if each.noun == "article" and each.theirs)}
    there.add("")
    lost = {at: each for at, each in enumerate(found) if (each.theirs or {}).get("article", "") not in there}
    copies = {copy.number: copy for copy in draft.copies}
    draft.unplaced.extend(left_behind(copies[each.copy], each) for each in lost.values())
    return [each for at, each in enumerate(found) if at not in lost]


def _leave_out(draft: _Draft, lost: Iterable[Item], why: str) -> None:
    """Say of what was taken out of the items why it finds no place; in each copy it is offered again until it does."""
    wanted = {(each.noun, each.key): each for each in lost}
    for said in draft.proposals:
        item = wanted.get((said.noun, said.key))
        if item is not None and said.copy in item.files:
            draft.unplaced.append(Unplaced(said.copy, said.noun, said.source, item.annotator, item.words, why))


def _texts(draft: _Draft) -> dict[str, str]:
    """Return the project's texts of the articles of which a copy has another one."""
    wanted = sorted({article for copy in draft.copies for article in (*copy.texts, *copy.earlier)})
    return {key: content for key, _, content in articles.contents(draft.here.db, wanted)}


def _settle(draft: _Draft, describing: Describing) -> None:
    """Compare what the copies say with what the project has, row by row."""
    apart: dict[Key, list[Proposal]] = defaultdict(list)
    gold = decided.gold_of(draft.proposals, draft.ours)
    standing = {**draft.ours, **versions.standing(draft.here.db, gold - draft.ours.keys())}
    ours = decided.ours_with_gold(standing)
    for each in decided.with_gold(draft.proposals, standing):
        apart[each.noun, each.key].append(each)
    for (noun, key), proposals in apart.items():
        item = verdict(noun, key, proposals, ours.get((noun, key)), describing)
        if item is None:
            continue
        (draft.conflicts if item.fate is Fate.CONFLICT else draft.items).append(item)


def _orders(draft: _Draft) -> dict[str, list[str]]:
    ours = parts.orders_of(content_of(draft.here.books[-1]))
    changed = [
        (parts.orders_of(content_of(first.book)), parts.orders_of(content_of(last.book)))
        for first, last in ((copy.held[0], copy.held[-1]) for copy in draft.copies if len(copy.held) > 1)
        if first.book and last.book
    ]
    return {
        group: parts.order(changed[0][0][group] if changed else own, own, [each[1][group] for each in changed])
        for group, own in ours.items()
    }


def _visits(draft: _Draft, names: Names) -> Iterable[dict[str, Any]]:
    """Yield the record of each merged copy, with steps in the project's words."""
    time = now()
    alias = [[noun, key, to] for (noun, key), to in sorted(names.found.items())]
    for copy in draft.copies:
        visit = visit_of(copy, copy.path.name, time)
        steps = steps_here(visit["steps"], names)
        if steps:
            yield {**visit, "steps": steps, "alias": alias, "file_number": copy.number}


def _sources(proposals: Iterable[Proposal]) -> dict[str, list[tuple[int, str, str]]]:
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for each in proposals:
        if each.noun == PART:  # what was declined of a codebook is not offered again
            continue
        found[f"{each.noun}:{each.key}"].append((each.copy, each.noun, each.source))
    return dict(found)


def _count(draft: _Draft, describing: Describing) -> None:
    """Count for every file what it brings, by annotator."""
    for item in (*draft.items, *draft.conflicts):
        for file in item.files:
            draft.counts[file][item.annotator, item.noun, item.fate] += 1
    for each in draft.unplaced:
        draft.counts[each.file][each.annotator, each.noun, Fate.UNPLACED] += 1
    for copy in draft.copies:
        counts = draft.counts[copy.number]
        for who, labels in copy.labels.items():
            name = describing.name(who, copy)
            other = sum(
                counts[name, "annotation", fate] for fate in (Fate.NEW, Fate.CHANGED, Fate.UNPLACED, Fate.CONFLICT)
            )
            counts[name, "annotation", Fate.SAME] = max(labels - other, 0)
    for number in draft.counts:
        draft.counts[number] = +draft.counts[number]

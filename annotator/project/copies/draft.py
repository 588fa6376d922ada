"""The look before merging: files in, a plan of values out. It reads, in any thread, and changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.model.errors import AnnotatorError, StoppedError
from annotator.project.copies import parts
from annotator.project.copies.links import homeless_answers, settle_answers, settle_links
from annotator.project.copies.naming import (
    HomelessError,
    Names,
    Translation,
    content_of,
    names_of,
    number_books,
    steps_here,
)
from annotator.project.copies.plan import CopiesPlan, Fate, FilePlan, Item, Unplaced, Version
from annotator.project.copies.reading import Copy, Here, read_copy, read_here, visit_of
from annotator.project.copies.settle import Image, Outcome, Proposal, farthest, joined, outcome, substance
from annotator.project.copies.superseded import without_superseded
from annotator.project.copies.twins import join_twins
from annotator.project.copies.words import Describing
from annotator.store import articles, people, tally, versions
from annotator.store.clock import now
from annotator.store.copies import reading
from annotator.store.versions import Key
from annotator.text.reanchor import SURE

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

    Raises:
        ProjectFileError: the project itself cannot be read.
        StoppedError: `cancelled` said so.
    """
    files = list(files)
    with reading(project, tested=False) as db:
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
    anchors: dict[tuple[int, Key], float] = {}
    for copy in draft.copies:
        translation = Translation(copy, here, names, numbers[copy.number], texts)
        draft.proposals.extend(_translated(draft, copy, translation, names))
        draft.proposals.extend(_people(draft, copy, names))
        anchors.update(((copy.number, ("annotation", key)), each.score) for key, each in translation.anchors.items())
    draft.proposals = [
        replace(each, score=anchors.get((each.copy, (each.noun, each.source)), 1.0)) for each in draft.proposals
    ]
    draft.proposals = without_superseded(draft.copies, draft.proposals)
    twins = join_twins(here, draft.proposals, names)
    draft.proposals = twins.proposals
    draft.ours = {**versions.standing(here.db, {(each.noun, each.key) for each in draft.proposals}), **twins.ours}
    describing = Describing(here, draft.copies, books)
    _settle(draft, describing)
    _settle_books(draft, describing)
    attached, present = settle_links(here, draft.copies, names, draft.items, draft.conflicts, twins.replaced)
    answers = settle_answers(here, draft.items, draft.conflicts)
    homeless, answered = homeless_answers(here, draft.items, draft.conflicts)
    for lost in homeless:
        why = "The note that it answers was taken away in the project."
        draft.unplaced.extend(
            Unplaced(file, "message", lost.key, lost.annotator, lost.words, why) for file in lost.files
        )
    for copy in draft.copies:
        draft.told[copy.number].extend(names.told.get(copy.number, ()))
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
        book=parts.parts_of(content_of(here.books[-1])),
        orders=_orders(draft),
        known=parts.labels_of([*(content_of(each) for each in here.books), *(each.content for each in books)]),
        labels=frozenset(tally.of_everybody(here.db)),
        visits=tuple(_visits(draft, names)),
        attached=attached,
        present=present | answered,
        replaced=twins.replaced,
        moved=twins.moved,
        answers=answers,
        sources=_sources(draft.proposals),
    )


def _texts(draft: _Draft) -> dict[str, str]:
    """Return the project's texts of the articles of which a copy has another one."""
    wanted = sorted({article for copy in draft.copies for article in copy.texts})
    return {key: content for key, _, content in articles.contents(draft.here.db, wanted)}


def _translated(draft: _Draft, copy: Copy, translation: Translation, names: Names) -> list[Proposal]:
    """Return what a copy says, in the project's words; what finds no place is noted."""
    found: list[Proposal] = []
    removed = {key for (noun, key), image in copy.theirs_or_gone() if noun == "article" and image is None}
    apart = _apart(copy, names)
    for (noun, source), touch in copy.touched.items():
        theirs, base = copy.theirs.get((noun, source)), copy.bases[noun, source]
        inside = (theirs or base or {}).get("article", source if noun == "blocks" else "")
        # What lay in an article that the copy removed goes or stays with it.
        if noun == "codebook" or (theirs is None and (inside in removed or noun == "text")):
            continue
        if base is None and (noun, source) in apart:
            continue
        try:
            key = translation.key(noun, source)
            there = translation.image(noun, source, theirs)
        except HomelessError as error:
            if theirs is not None and theirs != base:
                draft.unplaced.append(_unplaced(copy, noun, source, theirs, str(error)))
            continue
        try:
            was = translation.image(noun, source, base)
        except HomelessError:
            was = None
        dissents = theirs == base
        who, when = touch.annotator, touch.made_at
        found.append(Proposal(copy.number, noun, key, source, was, there, who, when, dissents=dissents))
    return found


def _apart(copy: Copy, names: Names) -> set[Key]:
    """Return the rows of articles that were added apart, and are there already or come with another copy."""
    found: set[Key] = set()
    for article, (_, text) in copy.marks.items():
        if names.of("article", article) != article:
            found |= {("article", article), ("blocks", article), ("text", text)}
    return found


def _people(draft: _Draft, copy: Copy, names: Names) -> list[Proposal]:
    """Return the annotators whom the project does not have (any more), though the copy has not touched them."""
    return [
        Proposal(copy.number, "annotator", key, key, None, people.image(each))
        for key, each in copy.annotators.items()
        if names.of("annotator", key) not in draft.here.annotators
        and names.of("annotator", key) == key
        and ("annotator", key) not in copy.touched
    ]


def _unplaced(copy: Copy, noun: str, key: str, image: Image, why: str) -> Unplaced:
    annotator = copy.annotators.get(image.get("annotator") or "")
    words = " … ".join(each[2] for each in image.get("fragments", ()))
    return Unplaced(copy.number, noun, key, annotator.name if annotator else "", words, why)


def _settle(draft: _Draft, describing: Describing) -> None:
    """Compare what the copies say with what the project has, row by row."""
    apart: dict[Key, list[Proposal]] = defaultdict(list)
    for each in draft.proposals:
        apart[each.noun, each.key].append(each)
    for (noun, key), proposals in apart.items():
        item = settled(noun, key, proposals, draft.ours.get((noun, key)), describing)
        if item is None:
            continue
        (draft.conflicts if item.fate is Fate.CONFLICT else draft.items).append(item)


def settled(
    noun: str, key: str, proposals: Sequence[Proposal], ours: Image | None, describing: Describing
) -> Item | None:
    """Return what comes of a row; None when nothing does."""
    told = [(each, outcome(noun, each.base, each.theirs, ours)) for each in proposals]
    speaking = [each for each, found in told if found is not Outcome.NOTHING]
    dissenting = [each for each in proposals if each.dissents and substance(noun, each.theirs) == substance(noun, ours)]
    if not speaking:
        return None
    groups: dict[str, list[Proposal]] = defaultdict(list)
    if [found for _, found in told if found is not Outcome.NOTHING] == [Outcome.TAKE]:
        groups["it"] = speaking
    else:
        for each in speaking:
            groups[substance(noun, each.theirs)].append(each)
    same = groups.pop(substance(noun, ours), [])
    same.extend(dissenting)
    conflicting = len(groups) > 1 or any(found is Outcome.CONFLICT for _, found in told) or bool(groups and dissenting)
    if noun == "state" and conflicting:
        has_changed = len(same) > len(dissenting) or any(found is Outcome.CONFLICT for _, found in told)
        return _state(key, speaking, ours, describing, has_changed=has_changed)
    others = tuple(describing.version(noun, each) for _, each in sorted(groups.items()))
    project = Version(ours)
    if not groups:  # they say what the project says
        both = joined([each.theirs for each in same if each.theirs] + ([ours] if ours else [])) if ours else None
        others = (Version(both, tuple(each.copy for each in same)),)
        return describing.item(noun, key, Fate.SAME, (project, *others))
    if conflicting:
        if same:
            project = replace(project, files=tuple(sorted(each.copy for each in same)))
        return describing.item(noun, key, Fate.CONFLICT, (describing.known(noun, key, project), *others))
    fate = Fate.NEW if ours is None else Fate.DELETED if others[0].image is None else Fate.CHANGED
    item = describing.item(noun, key, fate, (project, *others), score=min(each.score for each in speaking))
    if item.score < SURE:
        return replace(item, fate=Fate.CONFLICT, why="The article's text has changed, and this place is doubtful.")
    if noun == "article" and fate is Fate.DELETED:
        return replace(item, fate=Fate.CONFLICT, why="Removing it takes everything with it that anybody did in it.")
    return item


def _state(
    key: str, speaking: Sequence[Proposal], ours: Image | None, describing: Describing, *, has_changed: bool
) -> Item:
    """Return how far an annotator is who worked on two machines: as far as on the one where it is farther.

    What the project has counts only where it was changed there too.
    """
    best = farthest([ours if has_changed else None, *(each.theirs for each in speaking)])
    files = tuple(sorted({each.copy for each in speaking}))
    fate = Fate.SAME if best == ours else Fate.NEW if ours is None else Fate.CHANGED
    return describing.item("state", key, fate, (Version(ours), Version(best, files)))


def _settle_books(draft: _Draft, describing: Describing) -> None:
    """Compare the codebooks part by part, each copy's with the one that held when it parted."""
    ours = parts.parts_of(content_of(draft.here.books[-1]))
    apart: dict[str, list[Proposal]] = defaultdict(list)
    for copy in draft.copies:
        last = copy.books[-1]
        if last["revision"] == copy.base_book:
            continue
        base = next((each for each in copy.books if each["revision"] == copy.base_book), copy.books[0])
        was, now_ = parts.parts_of(content_of(base)), parts.parts_of(content_of(last))
        for key in {**was, **now_}:
            if was.get(key) != now_.get(key):
                apart[key].append(
                    Proposal(
                        copy.number,
                        "part",
                        key,
                        key,
                        was.get(key),
                        now_.get(key),
                        last["annotator"] or "",
                        last["made_at"],
                    )
                )
    for key, proposals in apart.items():
        item = settled("part", key, proposals, ours.get(key), describing)
        if item is not None:
            (draft.conflicts if item.fate is Fate.CONFLICT else draft.items).append(item)


def _orders(draft: _Draft) -> dict[str, list[str]]:
    ours = parts.orders_of(content_of(draft.here.books[-1]))
    changed = [
        (
            parts.orders_of(content_of(next(each for each in copy.books if each["revision"] == copy.base_book))),
            parts.orders_of(content_of(copy.books[-1])),
        )
        for copy in draft.copies
        if copy.books[-1]["revision"] != copy.base_book and copy.base_book
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
        untaken = [[each.noun, each.key] for each in draft.unplaced if each.file == copy.number]
        if steps:
            yield {**visit, "steps": steps, "alias": alias, "untaken": untaken, "file_number": copy.number}


def _sources(proposals: Iterable[Proposal]) -> dict[str, list[tuple[int, str, str]]]:
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for each in proposals:
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

"""The disagreements of one article: what is open in it, or decided, as people are shown it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations

from annotator.model.adjudication import Cell, Decision, Disagreement, Status
from annotator.model.ids import id_of
from annotator.model.versions import Held, Version
from annotator.project.adjudication.differing import AGREED
from annotator.project.adjudication.joins import Join, Key
from annotator.project.adjudication.scene import Scene
from annotator.project.adjudication.unweighed import Unweighed


def found(scene: Scene, *, agreed: bool = True, every: bool = False) -> list[Disagreement]:
    """Return the disagreements in reading order: the open ones, or all; with or without what all agree about."""
    made: list[Disagreement] = []
    for number in range(len(scene.groups)):
        if number in scene.settled and not every:
            continue
        if not agreed and number in scene.agreed and not scene.has_decisions(number):
            continue
        made.append(of_group(scene, number))
    for join in scene.joins:
        if join.disputed:
            each = of_join(scene, join)
            if every or each.is_open:
                made.append(each)
    made.extend(_of_lost(scene, told.decision) for told in scene.lost if told.gold)
    return sorted(made, key=lambda each: (each.start, each.part != "", each.end, each.tie))


def again(scene: Scene, old: Disagreement) -> Disagreement | None:
    """Return a disagreement that was looked at before as it stands now; None when there is no such any more."""
    number = number_of(scene, old)
    here: Disagreement | None = None
    if number is None:
        here = next((_of_lost(scene, each.decision) for each in scene.lost if each.id == old.id), None)
    elif old.part:
        joins = (each for each in scene.joins if (each.origin, each.kind) == (number, old.part))
        here = next((of_join(scene, each) for each in joins), None)
    else:
        here = of_group(scene, number)
    return here if here is not None and here.id == old.id else None


def number_of(scene: Scene, old: Disagreement) -> int | None:
    """Return the number of the group that a disagreement is about; None where its labels are gone."""
    first = next((mark.annotation for version in old.versions for mark in version.marks), "")
    return scene.home.get(first)


def of_group(scene: Scene, number: int, *, is_told: bool = True) -> Disagreement:
    """Return what differs in a group; with or without what was decided about it."""
    if is_told and scene.has_decisions(number):
        status, decision = _status(scene.decisions_of(number), is_settled=number in scene.settled)
        return _unweighed(scene, number, status, decision)
    key = (number, number in scene.frames)
    return _undecided(scene, key, scene.groups[number], lambda: _unweighed(scene, number))


def _undecided(scene: Scene, key: tuple[int, bool | str], of: object, make: Callable[[], Disagreement]) -> Disagreement:
    """Return what differs in a group or in its links while nothing is decided about that: the very same one each time."""
    if scene.undecided is None:
        return make()
    known = scene.undecided.get(key)
    if known is None or known[0] is not of:
        known = scene.undecided[key] = (of, make())
    return known[1]


def _unweighed(
    scene: Scene, number: int, status: Status = Status.NEW, decision: Decision | None = None
) -> Disagreement:
    return Unweighed(
        scene.groups[number],
        scene.pool,
        scene.book,
        article=scene.article,
        is_agreed=number in scene.agreed,
        is_frame=number in scene.frames,
        status=status,
        decision=decision,
    )


def of_join(scene: Scene, join: Join) -> Disagreement:
    """Return what differs in the links of a kind that leave a group."""
    some = scene.decisions_of_join(join)
    if some:
        return _joined(scene, join, *_status(some, is_settled=scene.is_settled(join) is not None))
    return _undecided(scene, (join.origin, join.kind), join, lambda: _joined(scene, join))


def _joined(scene: Scene, join: Join, status: Status = Status.NEW, decision: Decision | None = None) -> Disagreement:
    held = scene.held_in(join)
    by: dict[frozenset[Key], list[Held]] = defaultdict(list)
    for each in held:
        by[frozenset(join.ends[each.annotator])].append(each)
    versions = sorted(
        (_link_version(alike) for alike in by.values()),
        key=lambda each: (not each.targets, -len(each.annotators), _place(scene, each)),
    )
    group = scene.groups[join.origin]
    ends = [scene.groups[key[1]] for key in join.keys if key[0] == "group"]
    labels = scene.book.ordered(mark.label for mark in (*group, *(mark for some in ends for mark in some)))
    kind = "role" if join.kind in scene.book.roles else "target"
    return Disagreement(
        id=id_of(scene.article, join.kind, *sorted(mark.annotation for mark in group)),
        article=scene.article,
        kind=kind,
        kinds=frozenset({kind}),
        part=join.kind,
        labels=labels,
        clauses=scene.book.clauses_of(labels),
        start=group[0].fragments[0][0],
        end=max(mark.fragments[-1][1] for mark in group),
        held=held,
        cost=sum(len(a.annotators) * len(b.annotators) for a, b in combinations(versions, 2)),
        status=status,
        decision=decision,
        linked=tuple(versions),
    )


def settled(scene: Scene, cell: Cell) -> tuple[Disagreement, ...]:
    """Return the disagreements of a cell that are decided; what all agree about does not count."""
    numbers = (number for number, told in scene.settled.items() if told.kind != AGREED)
    done: list[Disagreement] = [of_group(scene, number, is_told=False) for number in numbers]
    done += [of_join(scene, join) for join in scene.joins if scene.is_settled(join) is not None]
    return tuple(each for each in done if not each.is_agreed and cell.takes(each))


def _place(scene: Scene, version: Version) -> list[tuple[int, int, int]]:
    """Return where a version's links lead, to sort by."""
    made = []
    for target in version.targets:
        mark = scene.by_id.get(target or "")
        made.append((0, mark.fragments[0][0], mark.fragments[-1][1]) if mark else (1, 0, 0))
    return sorted(made)


def _status(some: Sequence[Decision], *, is_settled: bool) -> tuple[Status, Decision | None]:
    if not some:
        return Status.NEW, None
    if is_settled:
        return Status.DECIDED, some[0]
    last = max(some, key=lambda each: (each.changed_at, each.id))
    return (Status.AGAIN if last.is_decided else Status.ASKED), last


def _of_lost(scene: Scene, decision: Decision) -> Disagreement:
    """Return a decision of which all labels are gone, while its gold stands."""
    labels = scene.book.ordered(mark.label for held in decision.held for mark in held.marks)
    return Disagreement(
        id=decision.id,
        article=scene.article,
        kind="missed",
        kinds=frozenset({"missed"}),
        part=decision.part,
        labels=labels,
        clauses=scene.book.clauses_of(labels),
        start=decision.start,
        end=decision.end,
        held=tuple(Held(who) for who in scene.pool),
        cost=0,
        status=Status.AGAIN if decision.is_decided else Status.ASKED,
        decision=decision,
        linked=(Version(scene.pool, ()),),
    )


def _link_version(alike: Sequence[Held]) -> Version:
    """Return what some annotators' links have alike; the labels that they leave may differ, and are the first one's."""
    return Version(
        tuple(each.annotator for each in alike),
        alike[0].marks,
        frozenset(mark.annotation for each in alike for mark in each.marks),
        alike[0].targets,
    )

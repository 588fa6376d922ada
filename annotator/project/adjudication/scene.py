"""One article as adjudication sees it: who has what where, what was decided about it, and what is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from annotator.model.adjudication import Decision, Disagreement, Held, Mark, Status, Version
from annotator.model.codebook import Codebook
from annotator.model.ids import id_of
from annotator.project.adjudication.grouping import Fragments, Group, groups, joined, reading, shared, size
from annotator.project.adjudication.joins import Elsewhere, Join, Key, Row, joins, key_of

_MAIN = ("category", "structure", "missed", "boundary", "attribute")
"""Of several kinds the first one of these is the main one."""


@dataclass(frozen=True)
class Book:
    """What adjudication asks of a codebook, looked up once."""

    codebook: Codebook

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Places of the labels, by id."""
        return {label.id: place for place, label in enumerate(self.codebook.labels)}

    @cached_property
    def clauses(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the clauses of each label."""
        return {
            label.id: tuple(clause.id for clause in (*label.use_when, *label.avoid_when))
            for label in self.codebook.labels
        }

    @cached_property
    def roles(self) -> frozenset[str]:
        """Ids of the roles."""
        return frozenset(role.id for role in self.codebook.roles)

    @cached_property
    def symmetric(self) -> frozenset[str]:
        """Ids of the relations without direction."""
        return frozenset(relation.id for relation in self.codebook.relations if relation.symmetric)

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return labels in the order of the codebook."""
        return tuple(sorted(set(labels), key=lambda each: (self.places.get(each, len(self.places)), each)))


@dataclass
class Scene:
    """What stands in one article.

    Attributes:
        pool: ids of the annotators who are compared: those who have finished the article.
        marks: their labels; `links`: those that leave labels of this article, gold ones among them.
        gold: the gold labels, by id.
        decisions: those about this article.
        elsewhere: where the targets in other articles lie.
    """

    book: Book
    article: str
    pool: tuple[str, ...]
    marks: Sequence[Mark]
    links: Sequence[Row] = ()
    gold: Mapping[str, Mark] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    elsewhere: Elsewhere = field(default_factory=dict)

    @cached_property
    def groups(self) -> list[Group]:
        """The labels in groups of those that stand for the same, in reading order."""
        return groups(self.marks, self.pool)

    @cached_property
    def home(self) -> Mapping[str, int]:
        """The number of each label's group."""
        return {mark.annotation: number for number, group in enumerate(self.groups) for mark in group}

    @cached_property
    def by_id(self) -> Mapping[str, Mark]:
        """The annotators' labels."""
        return {mark.annotation: mark for mark in self.marks}

    @cached_property
    def _told(self) -> tuple[dict[int, list[Decision]], dict[tuple[int, str], list[Decision]], list[Decision]]:
        """Decisions by group; by group and kind of link; and those about labels that are not there any more."""
        spans: dict[int, list[Decision]] = defaultdict(list)
        linked: dict[tuple[int, str], list[Decision]] = defaultdict(list)
        lost = []
        for decision in self.decisions:
            numbers = sorted({self.home[each] for each in decision.annotations if each in self.home})
            if not numbers:
                lost.append(decision)
            for number in numbers:
                if decision.part:
                    linked[number, decision.part].append(decision)
                else:
                    spans[number].append(decision)
        return spans, linked, lost

    def decisions_of(self, number: int) -> list[Decision]:
        """Return the decisions about labels of a group."""
        return self._told[0].get(number, [])

    def decisions_of_join(self, join: Join) -> list[Decision]:
        """Return the decisions about the links of a kind that leave a group."""
        return self._told[1].get((join.origin, join.kind), [])

    @cached_property
    def settled(self) -> Mapping[int, Decision]:
        """The groups that are decided about as they stand, with the decision."""
        found = {}
        for number, some in self._told[0].items():
            decision = some[0]
            if len(some) == 1 and decision.is_decided and self._is_there(decision):
                held = self.held(self.groups[number])
                # Mostly they are equal as they are; what has other ids by now may be the same all the same.
                if decision.held == held or signature(decision.held) == signature(held):
                    found[number] = decision
        return found

    def _is_there(self, decision: Decision) -> bool:
        return all(each in self.gold for each in decision.gold)

    @cached_property
    def rejected(self) -> frozenset[int]:
        """Numbers of the groups of which nothing stays."""
        return frozenset(number for number, decision in self.settled.items() if not decision.gold)

    @cached_property
    def joins(self) -> list[Join]:
        """The links, by the group that they leave and their kind."""
        if not self.links:
            return []
        return joins(
            self.groups,
            self.home,
            self.links,
            elsewhere=self.elsewhere,
            symmetric=self.book.symmetric,
            rejected=self.rejected,
        )

    def is_settled(self, join: Join) -> Decision | None:
        """Return the decision about the links of a kind that leave a group, where it holds as they stand."""
        some = self.decisions_of_join(join)
        if len(some) != 1 or not some[0].is_decided:
            return None
        then = {each.annotator: frozenset(self._keys(each.targets)) for each in some[0].held}
        now = {who: frozenset(ends) for who, ends in join.ends.items()}
        return some[0] if then == now and self._is_there(some[0]) else None

    def _keys(self, targets: Iterable[str | None]) -> Iterable[Key | None]:
        """Yield what links led to, but for that of which nothing stays."""
        for target in targets:
            key = key_of(target, self.home, self.elsewhere)
            if key is None or key[0] != "group" or key[1] not in self.rejected:
                yield key

    def held(self, group: Group) -> tuple[Held, ...]:
        """Return what each annotator of the pool has in a group."""
        by: dict[str, list[Mark]] = {who: [] for who in self.pool}
        for mark in group:
            by[mark.annotator].append(mark)
        return tuple(Held(who, tuple(marks)) for who, marks in by.items())

    def held_by(self, join: Join) -> tuple[Held, ...]:
        """Return what each annotator of a group has in the links of a kind that leave it."""
        group = self.groups[join.origin]
        return tuple(
            Held(who, tuple(mark for mark in group if mark.annotator == who), join.targets(who)) for who in join.ends
        )

    @cached_property
    def frames(self) -> frozenset[int]:
        """Numbers of the groups from which roles leave."""
        return frozenset(join.origin for join in self.joins if join.kind in self.book.roles)

    def found(self, *, agreed: bool = True, every: bool = False) -> list[Disagreement]:
        """Return the disagreements in reading order: the open ones, or all; with or without what all agree about."""
        made = []
        for number in range(len(self.groups)):
            if number in self.settled and not every:
                continue
            if not agreed and number in self.agreed and not self.decisions_of(number):
                continue
            made.append(self.of_group(number))
        for join in self.joins:
            if join.disputed:
                each = self.of_join(join)
                if every or each.is_open:
                    made.append(each)
        if self._told[2]:
            made.extend(self._of_lost(decision) for decision in self._told[2] if decision.gold)
        return sorted(made, key=lambda each: (each.start, each.part != "", each.end, each.id))

    def again(self, old: Disagreement) -> Disagreement | None:
        """Return a disagreement that was looked at before as it stands now; None when there is no such any more."""
        first = next((mark.annotation for version in old.versions for mark in version.marks), "")
        number = self.home.get(first)
        found: Disagreement | None = None
        if number is None:
            found = next((self._of_lost(each) for each in self._told[2] if each.id == old.id), None)
        elif old.part:
            found = next(
                (self.of_join(each) for each in self.joins if (each.origin, each.kind) == (number, old.part)), None
            )
        else:
            found = self.of_group(number)
        return found if found is not None and found.id == old.id else None

    def of_group(self, number: int) -> Disagreement:
        """Return what differs in a group."""
        group = self.groups[number]
        held = self.held(group)
        disputed = _disputed(group)
        found = _versions(held, disputed)
        kinds = _kinds(held, disputed)
        labels = self.book.ordered(mark.label for mark in group)
        status, decision = self._status(self.decisions_of(number), number in self.settled)
        return Disagreement(
            id=id_of(self.article, "", *sorted(mark.annotation for mark in group)),
            article=self.article,
            kind=next((each for each in _MAIN if each in kinds), "agreed"),
            kinds=frozenset(kinds or {"agreed"}),
            part="",
            labels=labels,
            clauses=tuple(clause for label in labels for clause in self.book.clauses.get(label, ())),
            start=min(mark.fragments[0][0] for mark in group),
            end=max(mark.fragments[-1][1] for mark in group),
            versions=found,
            cost=_cost(found) if kinds else 0,
            is_frame=number in self.frames,
            status=status,
            decision=decision,
        )

    def of_join(self, join: Join) -> Disagreement:
        """Return what differs in the links of a kind that leave a group."""
        held = self.held_by(join)
        by: dict[frozenset[Key], list[Held]] = defaultdict(list)
        for each in held:
            by[frozenset(join.ends[each.annotator])].append(each)
        found = sorted(
            (_link_version(alike) for alike in by.values()),
            key=lambda each: (not each.targets, -len(each.annotators), self._place(each)),
        )
        group = self.groups[join.origin]
        ends = [self.groups[key[1]] for key in join.keys if key[0] == "group"]
        labels = self.book.ordered(mark.label for mark in (*group, *(mark for some in ends for mark in some)))
        kind = "role" if join.kind in self.book.roles else "target"
        status, decision = self._status(self.decisions_of_join(join), self.is_settled(join) is not None)
        return Disagreement(
            id=id_of(self.article, join.kind, *sorted(mark.annotation for mark in group)),
            article=self.article,
            kind=kind,
            kinds=frozenset({kind}),
            part=join.kind,
            labels=labels,
            clauses=tuple(clause for label in labels for clause in self.book.clauses.get(label, ())),
            start=min(mark.fragments[0][0] for mark in group),
            end=max(mark.fragments[-1][1] for mark in group),
            versions=tuple(found),
            cost=sum(len(a.annotators) * len(b.annotators) for a, b in combinations(found, 2)),
            status=status,
            decision=decision,
        )

    def _place(self, version: Version) -> list[tuple[int, int, int]]:
        """Return where a version's links lead, to sort by."""
        found = []
        for target in version.targets:
            mark = self.by_id.get(target or "")
            found.append((0, mark.fragments[0][0], mark.fragments[-1][1]) if mark else (1, 0, 0))
        return sorted(found)

    def _status(self, some: Sequence[Decision], is_settled: bool) -> tuple[Status, Decision | None]:
        if not some:
            return Status.NEW, None
        if is_settled:
            return Status.DECIDED, some[0]
        last = max(some, key=lambda each: (each.changed_at, each.id))
        return (Status.AGAIN if last.is_decided else Status.ASKED), last

    def _of_lost(self, decision: Decision) -> Disagreement:
        """Return a decision of which all labels are gone, while its gold stands."""
        labels = self.book.ordered(mark.label for held in decision.held for mark in held.marks)
        return Disagreement(
            id=decision.id,
            article=self.article,
            kind="missed",
            kinds=frozenset({"missed"}),
            part=decision.part,
            labels=labels,
            clauses=tuple(clause for label in labels for clause in self.book.clauses.get(label, ())),
            start=decision.start,
            end=decision.end,
            versions=(Version(self.pool, ()),),
            cost=0,
            status=Status.AGAIN if decision.is_decided else Status.ASKED,
            decision=decision,
        )

    @property
    def agreed_open(self) -> int:
        """How many groups all agree about that are not gold yet."""
        return sum(number not in self.settled for number in self.agreed)

    @cached_property
    def agreed(self) -> frozenset[int]:
        """Numbers of the groups that all agree about."""
        return frozenset(number for number, group in enumerate(self.groups) if is_agreed(group, self.pool))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to decide or to accept."""
        return (
            len(self.settled) == len(self.groups)
            and not any(join.disputed and self.is_settled(join) is None for join in self.joins)
            and not any(decision.gold for decision in self._told[2])
        )

    def gold_of(self, number: int) -> tuple[str, ...]:
        """Return the ids of the gold labels that came of a group."""
        return tuple(
            dict.fromkeys(
                each
                for decision in self.decisions_of(number)
                if decision.is_decided
                for each in decision.gold
                if each in self.gold
            )
        )

    def gold_for(self, annotation: str) -> str | None:
        """Return the gold label that stands for an annotator's label: of several the one that is most like it."""
        if annotation in self.gold:
            return annotation
        if annotation not in self.home:
            return None
        mine = self.by_id[annotation]
        some = [self.gold[each] for each in self.gold_of(self.home[annotation])]
        best = max(some, key=lambda each: (shared(each.fragments, mine.fragments), reading(each)), default=None)
        return best.annotation if best else None

    def after(self, decisions: Sequence[Decision], gold: Mapping[str, Mark]) -> "Scene":
        """Return the scene with other decisions and gold labels; what the annotators have stays."""
        made = replace(self, decisions=decisions, gold=gold)
        made.__dict__.update({name: getattr(self, name) for name in ("groups", "home", "by_id", "agreed")})
        return made


def signature(held: Iterable[Held]) -> frozenset[tuple[str, frozenset[tuple[object, ...]]]]:
    """Return what some annotators have, whatever the ids of their labels."""
    return frozenset(
        (each.annotator, frozenset((mark.label, mark.fragments, mark.attributes) for mark in each.marks))
        for each in held
    )


def is_agreed(group: Group, pool: Sequence[str]) -> bool:
    """Whether all annotators of a pool have the same spans and labels, and nobody another value than somebody else."""
    first = group[0]
    if len({mark.annotator for mark in group}) < len(pool):
        return False
    if len(group) == len(pool) and all(
        mark.fragments == first.fragments and mark.label == first.label and mark.attributes == first.attributes
        for mark in group
    ):
        return True
    by: dict[str, set[tuple[object, ...]]] = {who: set() for who in pool}
    for mark in group:
        by[mark.annotator].add((mark.label, mark.fragments))
    return len({frozenset(some) for some in by.values()}) == 1 and not _disputed(group)


def _disputed(marks: Iterable[Mark]) -> frozenset[tuple[object, ...]]:
    """Return label, span and attribute where several have set another value. Who has set none says nothing about it."""
    values: dict[tuple[object, ...], set[tuple[str, ...]]] = defaultdict(set)
    for mark in marks:
        if not mark.attributes:
            continue
        mine: dict[str, list[str]] = defaultdict(list)
        for name, value in mark.attributes:
            mine[name].append(value)
        for name, some in mine.items():
            values[mark.label, mark.fragments, name].add(tuple(some))
    return frozenset(place for place, some in values.items() if len(some) > 1)


def _versions(held: Sequence[Held], disputed: frozenset[tuple[object, ...]]) -> tuple[Version, ...]:
    by: dict[tuple[tuple[object, ...], ...], list[Held]] = defaultdict(list)
    for each in held:
        by[tuple(_content(mark, disputed) for mark in each.marks)].append(each)
    order = sorted(by, key=lambda content: (not content, -len(by[content]), content))
    return tuple(_version(by[content]) for content in order)


def _content(mark: Mark, disputed: frozenset[tuple[object, ...]]) -> tuple[object, ...]:
    """Return what tells one version of a label from another."""
    values = mark.attributes
    if values:
        values = tuple(pair for pair in values if (mark.label, mark.fragments, pair[0]) in disputed)
    return (mark.fragments, mark.label, values)


def _version(alike: Sequence[Held]) -> Version:
    """Return what some annotators have alike: with every value that any of them has set."""
    marks = alike[0].marks
    if any(mark.attributes != marks[at].attributes for each in alike[1:] for at, mark in enumerate(each.marks)):
        values: dict[tuple[object, ...], set[tuple[str, str]]] = defaultdict(set)
        for each in alike:
            for mark in each.marks:
                values[mark.label, mark.fragments].update(mark.attributes)
        marks = tuple(mark._replace(attributes=tuple(sorted(values[mark.label, mark.fragments]))) for mark in marks)
    return Version(
        tuple(each.annotator for each in alike),
        marks,
        frozenset(mark.annotation for each in alike for mark in each.marks),
    )


def _link_version(alike: Sequence[Held]) -> Version:
    """Return what some annotators' links have alike; the labels that they leave may differ, and are the first one's."""
    return Version(
        tuple(each.annotator for each in alike),
        alike[0].marks,
        frozenset(mark.annotation for each in alike for mark in each.marks),
        alike[0].targets,
    )


def _kinds(held: Sequence[Held], disputed: frozenset[tuple[object, ...]]) -> set[str]:
    """Return what differs between annotators."""
    having = [each.marks for each in held if each.marks]
    kinds = set()
    if len(having) < len(held):
        kinds.add("missed")
    if len({frozenset(mark.label for mark in marks) for marks in having}) > 1:
        kinds.add("category")
    if len({len(marks) for marks in having}) > 1:
        kinds.add("structure")
    elif len({tuple(sorted(mark.fragments for mark in marks)) for marks in having}) > 1:
        kinds.add("boundary")
    if disputed:
        kinds.add("attribute")
    if not kinds and len({frozenset((mark.label, mark.fragments) for mark in marks) for marks in having}) > 1:
        kinds.add("boundary")  # the same spans, but other labels on each of them
    return kinds


def _cost(versions: Sequence[Version]) -> int:
    """Return the characters lost over pairs of annotators; where only attributes differ, how many pairs differ."""
    lost = 0
    covers = []
    for version in versions:
        by: dict[str, list[Fragments]] = {}
        for mark in version.marks:
            by.setdefault(mark.label, []).append(mark.fragments)
        covers.append({name: some[0] if len(some) == 1 else joined(some) for name, some in by.items()})
    for (one, mine), (other, theirs) in combinations(list(zip(versions, covers, strict=True)), 2):
        apart = sum(
            size(mine.get(name, ())) + size(theirs.get(name, ())) - 2 * shared(mine.get(name, ()), theirs.get(name, ()))
            for name in mine.keys() | theirs.keys()
        )
        lost += max(apart, 1) * len(one.annotators) * len(other.annotators)
    return lost

"""One article as adjudication sees it: who has what where, what was decided about it, and what is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotator.model.adjudication import Decision, Disagreement
from annotator.model.versions import Held, Mark
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.differing import held_by, is_agreed
from annotator.project.adjudication.grouping import Group, groups, reading, shared
from annotator.project.adjudication.joins import Elsewhere, Join, Key, Row, joins, key_of
from annotator.store.decisions import Fresh, Told, held_words


@dataclass
class Scene:
    """What stands in one article.

    Attributes:
        pool: ids of the annotators who are compared: those who have finished the article.
        marks: their labels; `links`: those that leave labels of this article, gold ones among them.
        gold: the gold labels, by id.
        told: the decisions about this article.
        elsewhere: where the targets in other articles lie.
        before: the scene as it was before somebody decided: what decisions do not touch is taken from it.
        undecided: what differs in a group, by its number and whether it is a frame, and in its links, by number and kind,
            while nothing is decided about that, each with the group or the `Join` that it is of: kept where one decides
            about place after place, and None where a scene is looked at once.
    """

    book: Book
    article: str
    pool: tuple[str, ...]
    marks: Sequence[Mark]
    links: Sequence[Row] = ()
    gold: Mapping[str, Mark] = field(default_factory=dict)
    told: Sequence[Told] = ()
    elsewhere: Elsewhere = field(default_factory=dict)
    before: "Scene | None" = None
    undecided: dict[tuple[int, bool | str], tuple[object, Disagreement]] | None = None

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

    @property
    def decisions(self) -> list[Decision]:
        """The decisions about this article."""
        return [each.decision for each in self.told]

    @cached_property
    def _sure(self) -> Mapping[str, int]:
        """The decisions that were made about just the labels that a group has now, with the group's number."""
        if not self.told:
            return {}
        found = {}
        by_words = {each.held: each.id for each in self.told if not each.part and not isinstance(each, Fresh)}
        if by_words:
            told = ((by_words.get(words), number) for number, words in enumerate(self._words))
            found = {key: number for key, number in told if key is not None}
        for each in self.told:
            if isinstance(each, Fresh) and not each.part:  # their words would have to be written first
                first = next((mark.annotation for held in each.decision.held for mark in held.marks), "")
                number = self.home.get(first, -1)
                if number >= 0 and each.decision.held == self.held_of(number):
                    found[each.id] = number
        return found

    @cached_property
    def _words(self) -> list[str]:
        """What a decision about each group would say that was held."""
        return [held_words(group, self.pool) for group in self.groups]

    @cached_property
    def _filed(self) -> tuple[dict[int, list[Told]], dict[tuple[int, str], list[Told]], list[Told]]:
        """Decisions by group; by group and kind of link; and those about labels that are not there any more."""
        spans: dict[int, list[Told]] = defaultdict(list)
        linked: dict[tuple[int, str], list[Told]] = defaultdict(list)
        lost = []
        for told in self.told:
            if told.id in self._sure:
                spans[self._sure[told.id]].append(told)
                continue
            numbers = sorted({self.home[each] for each in told.decision.annotations if each in self.home})
            if not numbers:
                lost.append(told)
            for number in numbers:
                if told.part:
                    linked[number, told.part].append(told)
                else:
                    spans[number].append(told)
        return spans, linked, lost

    @property
    def lost(self) -> list[Told]:
        """Decisions about labels that are not there any more."""
        return self._filed[2]

    def decisions_of(self, number: int) -> list[Decision]:
        """Return the decisions about labels of a group."""
        return [each.decision for each in self._filed[0].get(number, ())]

    def decisions_of_join(self, join: Join) -> list[Decision]:
        """Return the decisions about the links of a kind that leave a group."""
        return [each.decision for each in self._filed[1].get((join.origin, join.kind), ())]

    def has_decisions(self, number: int) -> bool:
        """Whether anything was decided or asked about labels of a group."""
        return number in self._filed[0]

    @cached_property
    def settled(self) -> Mapping[int, Told]:
        """The groups that are decided about as they stand, with the decision."""
        return {
            number: some[0]
            for number, some in self._filed[0].items()
            if len(some) == 1 and some[0].is_decided and self._is_there(some[0]) and self._holds(some[0], number)
        }

    def _holds(self, told: Told, number: int) -> bool:
        # What has other ids by now may be the same all the same.
        return told.id in self._sure or signature(told.decision.held) == signature(self.held_of(number))

    def _is_there(self, told: Told | Decision) -> bool:
        return all(each in self.gold for each in told.gold)

    @cached_property
    def rejected(self) -> frozenset[int]:
        """Numbers of the groups of which nothing stays."""
        return frozenset(number for number, decision in self.settled.items() if not decision.gold)

    @cached_property
    def joins(self) -> list[Join]:
        """The links, by the group that they leave and their kind; not those that no label decided there can have."""
        return [each for each in self._joins if self._may_leave(each)]

    def _may_leave(self, join: Join) -> bool:
        fits, told = self.book.fits(join.kind), self.settled.get(join.origin)
        if fits is None or told is None or (join.origin, join.kind) in self._filed[1]:
            return True
        return any(self.gold[each].label in fits.leaves for each in told.gold)

    @cached_property
    def _joins(self) -> list[Join]:
        if not self.links:
            return []
        if self.before is not None and self.before.rejected == self.rejected:
            return self.before._joins  # noqa: SLF001 - another scene of the same article
        return joins(
            self.groups,
            self.home,
            self.links,
            elsewhere=self.elsewhere,
            book=self.book,
            rejected=self.rejected,
        )

    def is_settled(self, join: Join) -> Decision | None:
        """Return the decision about the links of a kind that leave a group, where it holds as they stand."""
        place = (join.origin, join.kind)
        if place not in self._settled_joins:
            self._settled_joins[place] = self._decided(join)
        return self._settled_joins[place]

    @cached_property
    def _settled_joins(self) -> dict[tuple[int, str], Decision | None]:
        return {}

    def _decided(self, join: Join) -> Decision | None:
        some = self.decisions_of_join(join)
        if len(some) != 1 or not some[0].is_decided:
            return None
        then = {each.annotator: frozenset(self._keys(each.targets)) for each in some[0].held}
        now = {who: frozenset(ends) for who, ends in join.ends.items()}
        # Before, whoever had another label there was held to have no link.
        same = all(then.get(who) == ends for who, ends in now.items())
        same = same and not any(ends for who, ends in then.items() if who not in now)
        return some[0] if same and self._is_there(some[0]) else None

    def _keys(self, targets: Iterable[str | None]) -> Iterable[Key | None]:
        """Yield what links led to, but for that of which nothing stays."""
        for target in targets:
            key = key_of(target, self.home, self.elsewhere)
            if key is None or key[0] != "group" or key[1] not in self.rejected:
                yield key

    def held_of(self, number: int) -> tuple[Held, ...]:
        """Return what each annotator of the pool has in a group."""
        if number not in self._held:
            self._held[number] = held_by(self.groups[number], self.pool)
        return self._held[number]

    @cached_property
    def _held(self) -> dict[int, tuple[Held, ...]]:
        return {}

    def held_in(self, join: Join) -> tuple[Held, ...]:
        """Return what each annotator of a group has in the links of a kind that leave it."""
        group = self.groups[join.origin]
        return tuple(
            Held(who, tuple(mark for mark in group if mark.annotator == who), join.targets(who)) for who in join.ends
        )

    @cached_property
    def frames(self) -> frozenset[int]:
        """Numbers of the groups from which roles leave."""
        return frozenset(join.origin for join in self.joins if join.kind in self.book.roles)

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
            and not any(told.gold for told in self.lost)
        )

    @property
    def is_reopened(self) -> bool:
        """Whether something is open that was decided once."""
        settled = {told.id for told in self.settled.values()}
        settled |= {told.id for join in self.joins if (told := self.is_settled(join)) is not None}
        return any(told.is_decided and told.id not in settled for told in self.told) and not self.is_done

    def gold_of(self, number: int) -> tuple[str, ...]:
        """Return the ids of the gold labels that came of a group."""
        if number not in self._gold_of:
            some = self._filed[0].get(number, ())
            stands = (each for told in some if told.is_decided for each in told.gold if each in self.gold)
            self._gold_of[number] = tuple(dict.fromkeys(stands))
        return self._gold_of[number]

    @cached_property
    def _gold_of(self) -> dict[int, tuple[str, ...]]:
        return {}

    @property
    def told_of_groups(self) -> Mapping[int, Sequence[Told]]:
        """The decisions about labels of a group, as they were read, by its number."""
        return self._filed[0]

    def marks_of(self, number: int) -> list[Mark]:
        """Return the gold labels that came of a group."""
        return [self.gold[each] for each in self.gold_of(number)]

    def gold_for(self, annotation: str) -> str | None:
        """Return the gold label that stands for an annotator's label: of several the one that is most like it."""
        if annotation not in self._gold_for:
            self._gold_for[annotation] = self._most_like(annotation)
        return self._gold_for[annotation]

    @cached_property
    def _gold_for(self) -> dict[str, str | None]:
        return {}

    def _most_like(self, annotation: str) -> str | None:
        if annotation in self.gold:
            return annotation
        if annotation not in self.home:
            return None
        mine = self.by_id[annotation]
        some = self.marks_of(self.home[annotation])
        best = max(some, key=lambda each: (shared(each.fragments, mine.fragments), reading(each)), default=None)
        return best.annotation if best else None

    def follow(self, past: "Scene | None") -> None:
        """Keep what is found out from now on, and what was before, where annotators' labels and decisions are the same."""
        self.undecided = {}
        if past is None or past.book.codebook is not self.book.codebook or past.pool != self.pool:
            return
        known = {each.id: each for each in past.told}
        self.told = [
            known[each.id] if each.id in known and known[each.id].is_row_of(each) else each for each in self.told
        ]
        if list(past.marks) == list(self.marks):
            names = (name for name in (*_OF_LABELS, "_words") if name in past.__dict__)
            self.__dict__.update({name: past.__dict__[name] for name in names})
            self.undecided = past.undecided or {}
            if list(past.links) == list(self.links) and past.elsewhere == self.elsewhere:
                past.before, self.before = None, past  # not all that ever was

    def after(self, decisions: Sequence[Decision], gold: Mapping[str, Mark]) -> "Scene":
        """Return the scene with other decisions and gold labels; what the annotators have stays."""
        known = {each.id: each for each in self.told}
        told = [
            known[each.id] if each.id in known and known[each.id].decision is each else Fresh(each)
            for each in decisions
        ]
        made = replace(self, told=told, gold=gold, before=self)
        made.__dict__.update({name: getattr(self, name) for name in _OF_LABELS})
        if "_words" in self.__dict__:
            made.__dict__["_words"] = self._words
        return made


_OF_LABELS = ("groups", "home", "by_id", "agreed", "_held")
"""What depends on the annotators' labels alone."""


def signature(held: Iterable[Held]) -> frozenset[tuple[str, frozenset[tuple[object, ...]]]]:
    """Return what some annotators have, whatever the ids of their labels."""
    return frozenset(
        (each.annotator, frozenset((mark.label, mark.fragments, mark.attributes) for mark in each.marks))
        for each in held
    )

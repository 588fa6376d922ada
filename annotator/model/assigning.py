"""Who labels what: a plan with overlap, balanced by length, the same for the same seed."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from annotator.model.counting import counted
from annotator.model.errors import RuleError


class Order(StrEnum):
    """In which order an annotator meets the articles."""

    STORY = "story"
    """Articles of one story go to the same annotators, one after the other."""
    SHUFFLED = "shuffled"
    """Every article by itself, in an order of its own for each annotator."""


@dataclass(frozen=True, slots=True)
class Work:
    """An article to be labelled.

    Attributes:
        article: its id.
        length: how much there is to read, in code points.
        story: what tells that two articles are about one event; empty: it stands alone.
    """

    article: str
    length: int
    story: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How articles are shared out.

    Attributes:
        readers: how many annotators read an article that is read by several (2: doubly; n: by n of them).
        share: how much of the length is read by several, from 0 to 1; the rest is read by one.
        repeats: share of each annotator's articles that come back to the same annotator, from 0 to 1.
        order: in which order.
        seed: of the dice. The same articles, annotators and seed give the same plan.
    """

    readers: int = 1
    share: float = 1.0
    repeats: float = 0.0
    order: Order = Order.SHUFFLED
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article for an annotator.

    Attributes:
        annotator: id.
        place: order in which the annotator reads, from 0.
        is_repeat: whether the annotator has it once more, blind.
    """

    article: str
    annotator: str
    place: int
    is_repeat: bool = False


@dataclass(slots=True)
class _Loads:
    """What everybody has so far."""

    length: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)

    def choose(self, people: Sequence[str], readers: int, dice: random.Random) -> tuple[str, ...]:
        """Return who is best to read the next unit: those with least, and who have read least together.

        Among the annotators with the least to read, one more than are needed are looked at for new pairs, so that
        agreement is not measured between the same two only.
        """
        ranked = sorted(people, key=lambda each: (self.length[each], dice.random()))
        near = ranked[: readers + 1] if readers > 1 else ranked[:1]
        groups = combinations(near, readers)
        return min(groups, key=lambda group: (self._met(group), sum(self.length[each] for each in group)))

    def _met(self, group: tuple[str, ...]) -> int:
        return sum(self.together[pair] for pair in combinations(sorted(group), 2))

    def add(self, group: Iterable[str], length: int) -> None:
        group = sorted(group)
        for each in group:
            self.length[each] += length
        for pair in combinations(group, 2):
            self.together[pair] += length


def assign(
    works: Sequence[Work],
    people: Sequence[str],
    scheme: Scheme,
    standing: Mapping[str, Iterable[str]] | None = None,
) -> list[Assignment]:
    """Return who is to label what.

    `people` are ids of annotators; `standing` says who has which article already (article: annotators): those articles
    are left as they are, and count for the balance. The longest unit goes first, to whom has least to read, so that no
    two annotators differ by more than the longest article or story.

    Raises:
        RuleError: there is nobody, more readers than annotators, or a share outside 0 to 1.
    """
    _check(people, scheme)
    standing = {article: [*who] for article, who in (standing or {}).items() if who}
    dice = random.Random(f"{scheme.seed}")
    loads = _Loads()
    lengths = {each.article: each.length for each in works}
    for article, who in standing.items():
        loads.add(who, lengths.get(article, 0))
    units = _units([each for each in works if each.article not in standing], scheme.order)
    dice.shuffle(units)
    several = _several(units, scheme)
    given: dict[str, list[tuple[Work, ...]]] = defaultdict(list)
    for number in sorted(range(len(units)), key=lambda each: (-_length(units[each]), each)):
        group = loads.choose(people, scheme.readers if number in several else 1, dice)
        loads.add(group, _length(units[number]))
        for who in group:
            given[who].append(units[number])
    found: list[Assignment] = []
    for who in people:
        place = sum(who in each for each in standing.values())
        found.extend(_list(who, given[who], scheme, place))
    return found


def _check(people: Sequence[str], scheme: Scheme) -> None:
    if not people:
        raise RuleError("There is nobody to give articles to. Name at least one annotator.")
    if not 1 <= scheme.readers <= len(set(people)):
        have = counted(len(set(people)), "annotator is", "annotators are")
        raise RuleError(
            f"{scheme.readers} cannot read an article when only {have} chosen. Add annotators, or let fewer read it."
        )
    if not (0 <= scheme.share <= 1 and 0 <= scheme.repeats <= 1):
        raise RuleError("A share lies between 0 and 100 %.")


def _units(works: Iterable[Work], order: Order) -> list[tuple[Work, ...]]:
    """Return what is given out as a whole: stories, or single articles."""
    found: dict[str, list[Work]] = {}
    for each in works:
        key = f"story {each.story}" if order == Order.STORY and each.story else f"article {each.article}"
        found.setdefault(key, []).append(each)
    return [tuple(each) for each in found.values()]


def _length(unit: Iterable[Work]) -> int:
    return sum(each.length for each in unit)


def _several(units: Sequence[tuple[Work, ...]], scheme: Scheme) -> set[int]:
    """Return the numbers of the units that are read by several: a chance selection of the asked share of the length."""
    if scheme.readers == 1:
        return set()
    wanted = scheme.share * sum(_length(each) for each in units)
    found: set[int] = set()
    so_far = 0
    for number, unit in enumerate(units):  # they are shuffled
        # As near to the share as whole units can come.
        if so_far + _length(unit) / 2 <= wanted:
            found.add(number)
            so_far += _length(unit)
    return found


def _list(who: str, units: list[tuple[Work, ...]], scheme: Scheme, place: int) -> list[Assignment]:
    """Return one annotator's list, with repeats behind everything else."""
    dice = random.Random(f"{scheme.seed} {who}")
    dice.shuffle(units)
    mine = [each.article for unit in units for each in unit]
    again = sorted(dice.sample(mine, round(scheme.repeats * len(mine))), key=mine.index)
    dice.shuffle(again)
    return [
        *(Assignment(article, who, place + number) for number, article in enumerate(mine)),
        *(Assignment(article, who, number, is_repeat=True) for number, article in enumerate(again)),
    ]

"""The disagreements of one article in few bytes: a queue has half a million of them, and few are ever seen."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from annotator.model.adjudication import KINDS, OF_LINKS, Cell, Disagreement, Status
from annotator.model.versions import Mark
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.differing import AGREED, compared, held_by
from annotator.project.adjudication.grouping import Group
from annotator.project.adjudication.unweighed import Unweighed

_FRAME, _AGREED, _FLAGS = 1, 2, 2
"""What is known of a group, and how many bits that takes; above them stands how many labels it has."""
_PLAIN = 5
"""So many numbers has a label of one fragment: annotator, label, how many fragments, start and end."""


def sign(found: Disagreement) -> tuple[int, int, int, str]:
    """Return what disagreements of one article are sorted by."""
    last = KINDS.index(found.kind) if found.part and found.kind in OF_LINKS else 0
    return (found.start, last, found.end, found.tie)


class Sheaf:
    """Disagreements of one article, in the order of `sign`; a value, for any thread.

    Labels about which nothing was decided are put down as numbers, and made again when somebody asks for them: those of
    an article in less than a millisecond. Links, and what was decided or asked about before, are kept as they are.

    Attributes:
        article: its id.
        asked: the places, among these, of those about which the annotators were asked.
        again: how many were decided, and are open again.
    """

    def __init__(self, article: str, some: Iterable[Disagreement]) -> None:
        items = sorted(some, key=sign)
        self.article = article
        self.asked = tuple([place for place, each in enumerate(items) if each.status is Status.ASKED])
        self.again = sum([each.decision is not None and each.decision.is_decided for each in items])
        self._count = len(items)
        plain = [each for each in items if isinstance(each, Unweighed) and each.status is Status.NEW]
        is_plain = {id(each) for each in plain}
        self._kept = {place: each for place, each in enumerate(items) if id(each) not in is_plain}
        self._put_down(plain)

    def _put_down(self, some: Sequence[Unweighed]) -> None:
        self._pool: tuple[str, ...] = some[0].pool if some else ()
        self._book: Book | None = some[0].book if some else None
        self._values: dict[int, tuple[tuple[str, str], ...]] = {}
        people = {who: place for place, who in enumerate(self._pool)}
        labels: dict[str, int] = {}
        numbers: list[int] = []
        ids: list[str] = []
        for each in some:
            head = len(numbers)
            numbers += (len(each.group) << _FLAGS | _FRAME * each.is_frame | _AGREED * each.is_agreed, 0)
            for key, who, label, fragments, values in each.group:
                if values:
                    self._values[len(ids)] = values
                ids.append(key)
                numbers += (people[who], labels.setdefault(label, len(labels)), len(fragments))
                for fragment in fragments:
                    numbers += fragment
            numbers[head + 1] = len(numbers) - head - 2
        self._numbers = array("I", numbers)
        self._ids = "\n".join(ids)
        self._labels = tuple(labels)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def __eq__(self, other: object) -> bool:
        """Whether they are the same disagreements."""
        return isinstance(other, Sheaf) and self.article == other.article and self.items() == other.items()

    __hash__ = None  # type: ignore[assignment]

    def items(self) -> tuple[Disagreement, ...]:
        """Return them."""
        ids = self._ids.split("\n")
        made = iter([self._made(head, self._group(each, first, ids)) for head, each, first in self._groups()])
        return tuple([self._kept[place] if place in self._kept else next(made) for place in range(self._count)])

    @cached_property
    def costs(self) -> Sequence[int]:
        """What each of them costs; found out when it is first asked for."""
        ids = self._ids.split("\n")
        made = iter([self._cost(*each, ids) for each in self._groups()])
        some = (self._kept[place].cost if place in self._kept else next(made) for place in range(self._count))
        return array("Q", some)

    def first_labels(self, ranks: Mapping[str, int]) -> list[int]:
        """Return of each the lowest rank of the labels concerned, 0 of one that has no rank."""
        mine = [ranks.get(each, 0) for each in self._labels]
        made = iter([min(map(mine.__getitem__, _labels(numbers))) for _, numbers, _ in self._groups()])
        return [
            min((ranks.get(each, 0) for each in self._kept[place].labels), default=0)
            if place in self._kept
            else next(made)
            for place in range(self._count)
        ]

    def only(self, cell: Cell) -> "Sheaf":
        """Return those of them that a cell takes."""
        if not (cell.kinds or cell.labels or cell.part or cell.pair):
            return self
        if cell.pair:
            return Sheaf(self.article, [each for each in self.items() if cell.takes(each)])
        groups = iter(self._taken(cell))
        places, some = [], []
        for place in range(self._count):
            number, is_taken = next(groups) if place not in self._kept else (-1, cell.takes(self._kept[place]))
            if is_taken:
                places.append(place)
                some += [number] * (number >= 0)
        return self if len(places) == self._count else self._part(places, some)

    def _taken(self, cell: Cell) -> Iterator[tuple[int, bool]]:
        """Yield of each group that was put down its number, and whether a cell takes it."""
        labels = {number for number, each in enumerate(self._labels) if each in cell.labels}
        for number, (head, numbers, first) in enumerate(self._groups()):
            is_taken = not cell.part and (not cell.labels or not labels.isdisjoint(_labels(numbers)))
            yield number, is_taken and (not cell.kinds or not cell.kinds.isdisjoint(self._kinds(head, numbers, first)))

    def _part(self, places: Sequence[int], groups: Collection[int]) -> "Sheaf":
        """Return those that stand at some places; `groups` are the numbers of those of them that were put down."""
        made = Sheaf(self.article, ())
        kept = {new: self._kept[old] for new, old in enumerate(places) if old in self._kept}
        made.asked = tuple([place for place, each in kept.items() if each.status is Status.ASKED])
        made.again = sum([each.decision is not None and each.decision.is_decided for each in kept.values()])
        made._count, made._kept = len(places), kept
        made._pool, made._book, made._labels = self._pool, self._book, self._labels
        mine: list[str] = []
        chosen, ids = frozenset(groups), self._ids.split("\n")
        for number, (head, numbers, first) in enumerate(self._groups()):
            if number in chosen:
                made._numbers.extend((head, len(numbers)))
                made._numbers.extend(numbers)
                for each in range(first, first + (head >> _FLAGS)):
                    if each in self._values:
                        made._values[len(mine)] = self._values[each]
                    mine.append(ids[each])
        made._ids = "\n".join(mine)
        return made

    def _groups(self) -> Iterator[tuple[int, "array[int]", int]]:
        """Yield the groups that were put down: how many labels and flags, numbers, and the place of the first label."""
        numbers, at, first = self._numbers, 0, 0
        while at < len(numbers):
            head, length = numbers[at : at + 2]
            yield head, numbers[at + 2 : at + 2 + length], first
            at += 2 + length
            first += head >> _FLAGS

    def _group(self, numbers: "array[int]", first: int, ids: Sequence[str]) -> Group:
        made, at, number = [], 0, first
        while at < len(numbers):
            who, label, count = numbers[at : at + 3]
            ends = numbers[at + 3 : at + 3 + 2 * count]
            at += 3 + 2 * count
            fragments = tuple(zip(ends[::2], ends[1::2], strict=True))
            values = self._values.get(number, ())
            made.append(Mark(ids[number], self._pool[who], self._labels[label], fragments, values))
            number += 1
        return tuple(made)

    def _made(self, head: int, group: Group) -> Unweighed:
        assert self._book is not None, "there is no group without a book"
        return Unweighed(
            group,
            self._pool,
            self._book,
            article=self.article,
            is_agreed=bool(head & _AGREED),
            is_frame=bool(head & _FRAME),
            status=Status.NEW,
            decision=None,
        )

    def _cost(self, head: int, numbers: "array[int]", first: int, ids: Sequence[str]) -> int:
        if head & _AGREED:
            return 0
        if self._is_plain(head, numbers, first):
            return _lost(numbers, len(self._pool) - (head >> _FLAGS))
        return compared(held_by(self._group(numbers, first, ids), self._pool))[1]

    def _kinds(self, head: int, numbers: "array[int]", first: int) -> Collection[str]:
        if head & _AGREED:
            return (AGREED,)
        if self._is_plain(head, numbers, first):
            return _differing(numbers, len(self._pool) - (head >> _FLAGS))
        return compared(held_by(self._group(numbers, first, self._ids.split("\n")), self._pool))[0]

    def _is_plain(self, head: int, numbers: "array[int]", first: int) -> bool:
        """Whether all labels of a group have one fragment and no values, and nobody has two."""
        count = head >> _FLAGS
        if len(numbers) != _PLAIN * count or len(set(numbers[::_PLAIN])) != count:
            return False
        return not (self._values and any(number in self._values for number in range(first, first + count)))


def _labels(numbers: "array[int]") -> set[int]:
    """Return the labels of a group, as numbers."""
    found, at = set(), 0
    while at < len(numbers):
        found.add(numbers[at + 1])
        at += 3 + 2 * numbers[at + 2]
    return found


def _differing(numbers: "array[int]", nothing: int) -> list[str]:
    """Return what `compared` says differs, of labels like those of `_lost`."""
    kinds = ["missed"] * bool(nothing)
    kinds += ["category"] * (len(set(numbers[1::_PLAIN])) > 1)
    kinds += ["boundary"] * (len(set(zip(numbers[3::_PLAIN], numbers[4::_PLAIN], strict=True))) > 1)
    return kinds


def _lost(numbers: "array[int]", nothing: int) -> int:
    """Return what `compared` says is lost, of labels of one fragment without values of which nobody has two.

    So many annotators have `nothing`.
    """
    counts = Counter(zip(numbers[1::_PLAIN], numbers[3::_PLAIN], numbers[4::_PLAIN], strict=True))
    lost = sum([(end - start) * count for (_, start, end), count in counts.items()]) * nothing
    for ((label, start, end), count), ((other, low, high), times) in combinations(counts.items(), 2):
        apart = end - start + high - low
        if label == other:
            apart -= 2 * max(0, min(end, high) - max(start, low))
        lost += max(apart, 1) * count * times
    return lost

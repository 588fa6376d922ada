"""What is open in many articles, in an order: each is made when somebody looks at it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import overload

from annotator.model.adjudication import Disagreement, Status
from annotator.model.errors import StoppedError
from annotator.project.adjudication.sheaf import Sheaf, sign

_BITS = 24
"""Of an article's place, and of a disagreement's place among those of its article."""
_MASK = (1 << _BITS) - 1
_ASKED, _DEAREST = 1 << 120, 1 << 60
_LOOKED_AT = 16
"""So many articles' disagreements are kept after somebody has looked at one of them."""


class Roll(Sequence[Disagreement]):
    """Disagreements in an order (`ORDERS`); those about which the annotators were asked stand last. It never changes.

    What is kept of one is a number by which it sorts, and which says what it is: whether it was asked about, what its
    order goes by, the place of its article, and its own place in there.
    """

    def __init__(
        self,
        sheaves: Mapping[str, Sheaf] | None = None,
        order: str = "article",
        places: Mapping[str, int] | None = None,
        clauses: Mapping[str, int] | None = None,
    ) -> None:
        """Put sheaves, by article, in order; `places` and `clauses` are ranks of the articles and of the labels."""
        self.order = order
        self._places, self._clauses = places or {}, clauses or {}
        self._sheaves: dict[str, Sheaf] = {}
        self._articles = list(self._places)
        self._numbers = dict(self._places)
        self._keys: list[int] = []
        self._seen: dict[str, tuple[Disagreement, ...]] = {}
        for article, sheaf in (sheaves or {}).items():
            self._take(article, sheaf)
            self._keys += self._keys_of(sheaf)
        self._keys.sort()

    def _take(self, article: str, sheaf: Sheaf) -> None:
        if article not in self._numbers:
            self._numbers[article] = len(self._articles)
            self._articles.append(article)
        self._sheaves[article] = sheaf

    def _keys_of(self, sheaf: Sheaf) -> list[int]:
        first = self._numbers[sheaf.article] << _BITS
        if self.order == "article" and not sheaf.asked:
            return list(range(first, first + len(sheaf)))
        keys = [first + place + (rank << 2 * _BITS) for place, rank in enumerate(self._ranks(sheaf))]
        for place in sheaf.asked:
            keys[place] += _ASKED
        return sorted(keys)

    def _ranks(self, sheaf: Sheaf) -> Sequence[int]:
        match self.order:
            case "cost":
                return [_DEAREST - cost for cost in sheaf.costs]
            case "clause":
                return sheaf.first_labels(self._clauses)
        return list(repeat(0, len(sheaf)))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Disagreement: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Disagreement, ...]: ...
    def __getitem__(self, place: int | slice) -> Disagreement | tuple[Disagreement, ...]:
        """Return the one that stands there, or some."""
        if isinstance(place, slice):
            return tuple([self._made(key) for key in self._keys[place]])
        return self._made(self._keys[place])

    def __iter__(self) -> Iterator[Disagreement]:
        """Yield one after the other."""
        if self.order == "article":
            yield from map(self._made, self._keys)
            return
        whole: dict[int, tuple[Disagreement, ...]] = {}  # one article comes up again and again
        for key in self._keys:
            number = key >> _BITS & _MASK
            if number not in whole:
                whole[number] = self._sheaves[self._articles[number]].items()
            yield whole[number][key & _MASK]

    def __eq__(self, other: object) -> bool:
        """Whether the same stand in the same order."""
        if not isinstance(other, Roll | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(one == each for one, each in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return how many there are, in words."""
        return f"<Roll of {len(self):,} by {self.order}>"

    def of(self, article: str) -> tuple[Disagreement, ...]:
        """Return those of an article, in the order of reading."""
        if article in self._seen:
            return self._seen[article]
        sheaf = self._sheaves.get(article)
        if sheaf is None:
            return ()
        while len(self._seen) >= _LOOKED_AT:
            del self._seen[next(iter(self._seen))]
        self._seen[article] = made = sheaf.items()
        return made

    def _made(self, key: int) -> Disagreement:
        return self.of(self._articles[key >> _BITS & _MASK])[key & _MASK]

    @property
    def by_article(self) -> Mapping[str, Sheaf]:
        """The sheaves, by article."""
        return self._sheaves

    @property
    def seen(self) -> Mapping[str, tuple[Disagreement, ...]]:
        """What somebody looked at a moment ago, or is about to, by article."""
        return self._seen

    @property
    def sheaves(self) -> Collection[Sheaf]:
        """The sheaves, in no order."""
        return self._sheaves.values()

    def place_of(self, found: Disagreement) -> int:
        """Return where one stands, as it stood at any time; -1 when it is not among them (any more)."""
        some = self.of(found.article)
        here = next((place for place, each in enumerate(some) if each is found), -1)
        if here < 0:
            here = next((place for place, each in enumerate(some) if each.is_same(found)), -1)
        return -1 if here < 0 else bisect_left(self._keys, self._key(some[here], here))

    def behind(self, old: Disagreement) -> int:
        """Return where the first one stands that comes after where `old` stands or stood in the order."""
        mine = sign(old)
        return bisect_left(self._keys, self._key(old, sum(sign(each) <= mine for each in self.of(old.article))))

    def _key(self, found: Disagreement, place: int) -> int:
        """Return by what one sorts that has a place among those of its article."""
        rank = 0
        match self.order:
            case "cost":
                rank = _DEAREST - found.cost
            case "clause":
                rank = min((self._clauses.get(each, 0) for each in found.labels), default=0)
        number = self._numbers.get(found.article, len(self._articles))
        asked = _ASKED if found.status is Status.ASKED else 0
        return asked + (rank << 2 * _BITS) + (number << _BITS) + place

    def weigh(
        self, progress: Callable[[int, int, str], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        """Find out what each costs, before they are put in that order.

        Raises:
            StoppedError: `cancelled` said so.
        """
        for number, sheaf in enumerate(self.sheaves):
            if cancelled is not None and cancelled():
                raise StoppedError
            if progress is not None:
                progress(number, len(self.sheaves), "")
            _ = sheaf.costs

    def in_order(self, order: str) -> "Roll":
        """Return them in another order."""
        return Roll(self._sheaves, order, self._places, self._clauses)

    def only(self, chosen: Mapping[str, Sheaf]) -> "Roll":
        """Return some of them, in the same order: by article, as `Sheaf.only` gives them."""
        return Roll(chosen, self.order, self._places, self._clauses)

    def see(self, article: str, some: Iterable[Disagreement]) -> None:
        """Keep those of an article, which it was made of: who looks at them sees the very same ones."""
        self._seen[article] = tuple(sorted(some, key=sign))

    def renewed(self, articles: Collection[str], fresh: "Roll") -> "Roll":
        """Return them with what stands in another roll of some articles; what does not stand in that is not open."""
        if not self._sheaves:
            return Roll(fresh.by_article, self.order, self._places, self._clauses)
        made = Roll(None, self.order, self._places, self._clauses)
        made._articles, made._numbers = list(self._articles), dict(self._numbers)
        made._sheaves = dict(self._sheaves)
        made._seen = {key: some for key, some in self._seen.items() if key not in articles}
        made._seen.update(fresh.seen)
        for article in articles:
            made._sheaves.pop(article, None)
        gone = [key for each in articles if each in self._sheaves for key in self._keys_of(self._sheaves[each])]
        new: list[int] = []
        for article, sheaf in fresh.by_article.items():
            made._take(article, sheaf)
            new += made._keys_of(sheaf)
        made._keys = _with(_without(self._keys, sorted(gone)), sorted(new))
        return made


def _without(keys: list[int], gone: list[int]) -> list[int]:
    """Return ascending numbers without some (ascending) that are among them."""
    made: list[int] = []
    last = 0
    for key in gone:
        at = bisect_left(keys, key, lo=last)
        made += keys[last:at]
        last = at + 1
    made += keys[last:]
    return made


def _with(keys: list[int], new: list[int]) -> list[int]:
    """Return ascending numbers with some more (ascending)."""
    made: list[int] = []
    last = 0
    for key in new:
        at = bisect_left(keys, key, lo=last)
        made += keys[last:at]
        made.append(key)
        last = at
    made += keys[last:]
    return made

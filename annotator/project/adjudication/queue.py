"""The queue: open disagreements of some articles, or of all, in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from annotator.model.adjudication import ORDERS, Cell, Disagreement
from annotator.model.errors import RuleError, StoppedError
from annotator.project.adjudication.cases import found, settled
from annotator.project.adjudication.reading import Progress, Source, opened, scenes
from annotator.project.adjudication.roll import Roll
from annotator.project.adjudication.scene import Scene
from annotator.project.adjudication.sheaf import Sheaf
from annotator.project.garbage import left_lying
from annotator.store import adjudged

T = TypeVar("T")
_NEAR = 20
"""So many articles are looked through for one in which something is open, before all are read."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be decided, in order, and how far that is.

    Attributes:
        items: open ones; those about which the annotators were asked stand last. Each is made when it is looked at.
        settled: by article: those that are decided, without what was decided about them.
        agreed: how many places in which all agree are not accepted yet.
        is_whole: whether all articles have been read; else it holds those of the first article only.
    """

    items: Roll = field(default_factory=Roll)
    cell: Cell = field(default_factory=Cell)
    settled: dict[str, Sheaf] = field(default_factory=dict, repr=False)
    agreed: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def order(self) -> str:
        """The order in which they stand, one of `ORDERS`."""
        return self.items.order

    @property
    def done(self) -> int:
        """How many of those chosen are decided."""
        return sum(map(len, self.settled.values()))

    @property
    def left(self) -> int:
        """How many are open."""
        return len(self.items)

    @property
    def again(self) -> int:
        """How many of these were decided, and are open again."""
        return sum(each.again for each in self.items.sheaves)

    @property
    def share(self) -> float:
        """The share that is decided; 1 when there is nothing."""
        return self.done / (self.done + self.left) if self.done + self.left else 1.0

    @property
    def cost_done(self) -> int:
        """Characters (and pairs) that the decided ones cost."""
        return sum(sum(each.costs) for each in self.settled.values())

    @property
    def cost_left(self) -> int:
        """Characters (and pairs) that the open ones cost."""
        return sum(sum(each.costs) for each in self.items.sheaves)

    def place_of(self, found: Disagreement) -> int:
        """Return where one stands; -1 when it is not among them (any more)."""
        return self.items.place_of(found)

    def same(self, found: Disagreement) -> Disagreement | None:
        """Return one as it stands in this queue; None when it is not among them (any more)."""
        at = self.place_of(found)
        return self.items[at] if at >= 0 else None

    def following(self, old: Disagreement) -> Disagreement | None:
        """Return the first one that stands behind where `old`, decided or not, stands or stood in the order."""
        return self.items[self.items.behind(old) % len(self.items)] if self.items else None

    def in_order(
        self, order: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> "Queue":
        """Return the queue in another order: by cost, the first time, in seconds where there are very many; in any thread.

        Raises:
            StoppedError: `cancelled` said so.
        """
        if order == "cost":
            self.items.weigh(progress, cancelled)
        return replace(self, items=self.items.in_order(order))

    def only(
        self, cell: Cell, order: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> "Queue":
        """Return what a cell takes of the queue of everything, without reading anything; in any thread.

        What all agree about does not stand in it: a cell that asks for that must be read.

        Raises:
            StoppedError: `cancelled` said so.
        """
        items: dict[str, Sheaf] = {}
        done: dict[str, Sheaf] = {}
        wanted = cell.articles or self.items.by_article.keys() | self.settled.keys()
        for number, article in enumerate(wanted):
            if cancelled is not None and cancelled():
                raise StoppedError
            if progress is not None and not number % _NEAR:
                progress(number, len(wanted), "")
            for made, known in ((items, self.items.by_article), (done, self.settled)):
                some = known[article].only(cell) if article in known else None
                if some:
                    made[article] = some
        agreed = {key: count for key, count in self.agreed.items() if not cell.articles or key in cell.articles}
        queue = Queue(self.items.only(items), cell, settled=done, agreed=agreed)
        return queue if order == self.order else queue.in_order(order, progress=progress, cancelled=cancelled)

    def renewed(self, articles: Iterable[str], fresh: "Queue") -> "Queue":
        """Return the queue with what `fresh`, which was made of these articles alone, says about them."""
        gone = frozenset(articles)
        return replace(
            self,
            items=self.items.renewed(gone, fresh.items),
            settled=_renewed(self.settled, gone, fresh.settled),
            agreed=_renewed(self.agreed, gone, fresh.agreed),
        )


def _renewed(old: Mapping[str, T], gone: Iterable[str], fresh: Mapping[str, T]) -> dict[str, T]:
    """Return what is known by article with what is known now of some."""
    made = dict(old)
    for article in gone:
        made.pop(article, None)
    made.update(fresh)
    return made


def queue_of(
    source: Source,
    cell: Cell,
    order: str = "article",
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Queue:
    """Return what is to be decided.

    Raises:
        RuleError: there is no such order.
        StoppedError: `cancelled` said so.
    """
    if order not in ORDERS:
        raise RuleError(f"There is no order “{order}”. There are: {', '.join(ORDERS)}.")
    made = _empty(source, cell, order)
    with left_lying():
        read = read_of(scenes(source, cell, progress=progress, cancelled=cancelled), cell)
        if order == "cost":
            read.items.weigh(cancelled=cancelled)
        return made.renewed((), read)


def read_of(some: Iterable[Scene], cell: Cell, *, looked_at: bool = False) -> Queue:
    """Return what is to be decided in some articles, in no order: what a queue is renewed with.

    `looked_at`: somebody looks at one of them in a moment.
    """
    open_: dict[str, Sheaf] = {}
    seen: dict[str, list[Disagreement]] = {}
    decided: dict[str, Sheaf] = {}
    agreed: dict[str, int] = {}
    wants_agreed = cell.agreed or "agreed" in cell.kinds
    for scene in some:
        items = [each for each in found(scene, agreed=wants_agreed) if cell.takes(each)]
        if items:
            open_[scene.article] = Sheaf(scene.article, items)
            if looked_at:
                seen[scene.article] = items
        done = settled(scene, cell)
        if done:
            decided[scene.article] = Sheaf(scene.article, done)
        waiting = scene.agreed_open
        if waiting:
            agreed[scene.article] = waiting
    made = Roll(open_)
    for article, items in seen.items():
        made.see(article, items)
    return Queue(made, cell, settled=decided, agreed=agreed)


def beginning_of(source: Source, cell: Cell) -> Queue:
    """Return what the queue by article begins with: what is open in the first article that has anything.

    It is known long before the whole, and nothing where it would take long to find.
    """
    made = replace(_empty(source, cell, "article"), is_whole=False)
    wanted = (each for each in adjudged.waiting(source.db) if not cell.articles or each in cell.articles)
    for article in islice(wanted, _NEAR):
        first = read_of(scenes(source, replace(cell, articles=frozenset({article}))), cell)
        if first.items:
            return made.renewed((), Queue(first.items))
    return made


def _empty(source: Source, cell: Cell, order: str) -> Queue:
    """Return a queue without anything in it, that knows the order of the articles and of the labels."""
    places = {key: place for place, key in enumerate(adjudged.articles(source.db))}
    clauses = {label.id: place for place, label in enumerate(source.codebook.labels)}
    return Queue(Roll(None, order, places, clauses), cell)


def undone(source: Source, articles: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the ids of those articles (of all when none is named) with decisions in which something is open all the same.

    How far gold is with an article is written down by the step that changes it; files of earlier versions say only how
    far it was when somebody last decided.
    """
    with left_lying():
        some = scenes(source, Cell(articles=articles), decided=True)
        return frozenset(scene.article for scene in some if not scene.is_done)


def reopened(source: Source, done: frozenset[str]) -> frozenset[str]:
    """Return the ids of the articles in which something is open that was decided once, or that passes for done."""
    with left_lying():
        return frozenset(
            scene.article
            for scene in scenes(source, Cell(), decided=True)
            if not scene.is_done and (scene.article in done or scene.is_reopened)
        )


def choose(
    path: Path | str,
    whole: Queue,
    touched: frozenset[str],
    cell: Cell,
    order: str,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Queue, Queue]:
    """Return the queue of everything as it stands now, and what a cell takes of it, in an order; in any thread.

    `whole` is that of everything as it was read; of the project at the path only the articles that were touched since are
    read anew.

    Raises:
        ProjectFileError: the project cannot be read.
        StoppedError: `cancelled` said so.
    """
    with left_lying():
        if touched:
            with opened(Path(path)) as (source, _):
                fresh = read_of(scenes(source, replace(whole.cell, articles=touched), cancelled=cancelled), whole.cell)
            whole = whole.renewed(touched, fresh)
        return whole, whole.only(cell, order, progress=progress, cancelled=cancelled)


def draft_queue(
    path: Path | str,
    cell: Cell | None = None,
    order: str = "article",
    *,
    begun: Callable[[Queue], None] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Queue:
    """Return the queue of the project at a path, which is opened for reading: in any thread.

    `begun` is told what it begins with as soon as that is known, where that is sooner.

    Raises:
        ProjectFileError: the project cannot be read.
        RuleError: there is no such order.
        StoppedError: `cancelled` said so.
    """
    with opened(Path(path)) as (source, _):
        if begun is not None and order == "article":
            first = beginning_of(source, cell or Cell())
            if first.items:
                begun(first)
        return queue_of(source, cell or Cell(), order, progress=progress, cancelled=cancelled)

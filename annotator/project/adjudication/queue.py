"""The queue: open disagreements of some articles, or of all, in order."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from annotator.model.adjudication import ORDERS, Cell, Disagreement, Queue
from annotator.model.errors import RuleError
from annotator.project.adjudication.cases import found, settled
from annotator.project.adjudication.reading import Progress, Source, opened, scenes
from annotator.project.adjudication.scene import Scene
from annotator.project.garbage import left_lying
from annotator.store import adjudged

_NEAR = 20
"""So many articles are looked through for one in which something is open, before all are read."""


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
    made = Queue((), cell, order, {}, {}, *_ranks(source))
    with left_lying():
        return made.renewed((), read_of(scenes(source, cell, progress=progress, cancelled=cancelled), cell))


def read_of(some: Iterable[Scene], cell: Cell) -> Queue:
    """Return what is to be decided in some articles, in no order: what a queue is renewed with."""
    items: list[Disagreement] = []
    decided: dict[str, tuple[Disagreement, ...]] = {}
    agreed: dict[str, int] = {}
    wants_agreed = cell.agreed or "agreed" in cell.kinds
    for scene in some:
        items.extend(each for each in found(scene, agreed=wants_agreed) if cell.takes(each))
        done = settled(scene, cell)
        if done:
            decided[scene.article] = done
        waiting = scene.agreed_open
        if waiting:
            agreed[scene.article] = waiting
    return Queue(tuple(items), cell, settled=decided, agreed=agreed)


def beginning_of(source: Source, cell: Cell) -> Queue:
    """Return what the queue by article begins with: what is open in the first article that has anything.

    It is known long before the whole, and nothing where it would take long to find.
    """
    places, clauses = _ranks(source)
    made = Queue((), cell, "article", {}, {}, places, clauses, is_whole=False)
    wants_agreed = cell.agreed or "agreed" in cell.kinds
    wanted = (each for each in adjudged.waiting(source.db) if not cell.articles or each in cell.articles)
    for article in islice(wanted, _NEAR):
        for scene in scenes(source, replace(cell, articles=frozenset({article}))):
            items = tuple(each for each in found(scene, agreed=wants_agreed) if cell.takes(each))
            if items:
                return made.renewed((), Queue(items))
    return made


def _ranks(source: Source) -> tuple[dict[str, int], dict[str, int]]:
    """Return the places of the articles and of the labels, by id."""
    places = {key: place for place, key in enumerate(adjudged.articles(source.db))}
    return places, {label.id: place for place, label in enumerate(source.codebook.labels)}


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

"""The queue: open disagreements of some articles, or of all, in order."""

from collections.abc import Callable
from pathlib import Path

from annotator.model.adjudication import ORDERS, Cell, Disagreement, Queue
from annotator.model.errors import RuleError
from annotator.project.adjudication.cases import found, settled
from annotator.project.adjudication.reading import Progress, Source, opened, scenes
from annotator.project.garbage import left_lying
from annotator.store import adjudged


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
    places = {key: place for place, key in enumerate(adjudged.articles(source.db))}
    labels = {label.id: place for place, label in enumerate(source.codebook.labels)}
    items: list[Disagreement] = []
    decided: dict[str, tuple[int, int]] = {}
    agreed: dict[str, int] = {}
    wants_agreed = cell.agreed or "agreed" in cell.kinds
    with left_lying():
        for scene in scenes(source, cell, progress=progress, cancelled=cancelled):
            items.extend(each for each in found(scene, agreed=wants_agreed) if cell.takes(each))
            done = settled(scene, cell)
            if done[0]:
                decided[scene.article] = done
            waiting = scene.agreed_open
            if waiting:
                agreed[scene.article] = waiting
    made = Queue((), cell, order, decided, agreed, places, labels)
    return made.renewed((), Queue(tuple(items)))


def undone(source: Source, articles: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the ids of those articles (of all when none is named) with decisions in which something is open all the same.

    How far gold is with an article is written down by the step that changes it; files of earlier versions say only how
    far it was when somebody last decided.
    """
    with left_lying():
        some = scenes(source, Cell(articles=articles))
        return frozenset(scene.article for scene in some if scene.told and not scene.is_done)


def reopened(source: Source, done: frozenset[str]) -> frozenset[str]:
    """Return the ids of the articles in which something is open that was decided once, or that passes for done."""
    with left_lying():
        return frozenset(
            scene.article
            for scene in scenes(source, Cell())
            if scene.told and not scene.is_done and (scene.article in done or scene.is_reopened)
        )


def draft_queue(
    path: Path | str,
    cell: Cell | None = None,
    order: str = "article",
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Queue:
    """Return the queue of the project at a path, which is opened for reading: in any thread.

    Raises:
        ProjectFileError: the project cannot be read.
        RuleError: there is no such order.
        StoppedError: `cancelled` said so.
    """
    with opened(Path(path)) as (source, _):
        return queue_of(source, cell or Cell(), order, progress=progress, cancelled=cancelled)

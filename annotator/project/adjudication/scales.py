"""What of the figures beside gold depends on one article alone, kept between two decisions: the next changes one article."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotator.model.adjudication import Cell, Decision
from annotator.project.adjudication.compared import compared
from annotator.project.adjudication.scene import Scene

if TYPE_CHECKING:
    from annotator.project.report import Figure
    from annotator.store.statistics import Statistic

Three = tuple["Figure | None", "Figure | None", "Figure | None"]
"""α, F1 of the same spans and F1 of spans that overlap; None where nothing can be compared."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one article that was decided about adds.

    Attributes:
        counts: by annotator how many places are decided about (under an empty word), and how many of each fate.
        is_done: whether nothing in it is left to decide or to accept. is_reopened: whether something is open again.
    """

    counts: Counter[tuple[str, str]]
    is_done: bool
    is_reopened: bool

    @classmethod
    def of(cls, scene: Scene, cell: Cell) -> "Weight":
        """Weigh an article: the places that a cell asks for."""
        counts: Counter[tuple[str, str]] = Counter()
        for who in scene.pool:
            for each in compared(scene, who):
                if _takes(cell, each.decision):
                    counts[who, ""] += 1
                    counts[who, each.fate] += 1
        return cls(counts, scene.is_done, scene.is_reopened)


@dataclass(slots=True)
class Scales:
    """What was found out for the figures of one cell, up to a step; empty in the beginning.

    Attributes:
        cell, replicates: what was asked. step: number of the last step then; -1: nothing is known.
        before: agreement of the annotators, which no decision changes.
        weights: by article that was decided about.
        against: by annotator: the articles that were compared with gold, and what came of it.
        rows: what was counted in these articles.
    """

    cell: Cell = field(default_factory=Cell)
    replicates: int = 0
    step: int = -1
    before: "Figure | None" = None
    weights: dict[str, Weight] = field(default_factory=dict)
    against: dict[str, tuple[frozenset[str], Three]] = field(default_factory=dict)
    rows: "dict[str, Statistic]" = field(default_factory=dict)

    def copy(self) -> "Scales":
        """Return the same, for another thread to go on with."""
        made = replace(self)
        made.weights, made.against, made.rows = dict(self.weights), dict(self.against), dict(self.rows)
        return made

    def begin(self, cell: Cell, replicates: int) -> None:
        """Forget everything, and begin with these."""
        self.cell, self.replicates, self.step, self.before = cell, replicates, -1, None
        self.forget(frozenset((*self.weights, *self.rows)))
        self.against.clear()

    def open_again(self, done: frozenset[str]) -> frozenset[str]:
        """Return the articles in which something is open that was decided once, or that pass for `done`."""
        return frozenset(
            article
            for article, each in self.weights.items()
            if not each.is_done and (article in done or each.is_reopened)
        )

    def forget(self, articles: frozenset[str]) -> None:
        """Forget what was found out in some articles."""
        for each in articles:
            self.weights.pop(each, None)
            self.rows.pop(each, None)
        self.against = {who: (some, found) for who, (some, found) in self.against.items() if some.isdisjoint(articles)}


def _takes(cell: Cell, decision: Decision) -> bool:
    """Whether a decision is about what a cell asks for; that in which all agreed is."""
    labels = {mark.label for held in decision.held for mark in held.marks}
    return (
        (not cell.labels or bool(cell.labels & labels))
        and (not cell.kinds or decision.kind in cell.kinds)
        and (not cell.part or decision.part == cell.part)
    )

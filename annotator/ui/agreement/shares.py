"""Which part of the disagreement is what, for any tolerance at edges: functions of a report."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.project.report import Edge, Report

NAMES = {
    "missed": ("Missed", "one of two has nothing there"),
    "boundary": ("Boundary", "same label, other edges"),
    "category": ("Category", "same stretch, another label"),
}
MOST = 10
"""The widest tolerance that is offered, in words."""


@dataclass(frozen=True, slots=True)
class Share:
    """One class of disagreement: its lost points, and its share of all that are left."""

    kind: str
    points: float
    share: float

    @property
    def name(self) -> str:
        """Its name."""
        return NAMES[self.kind][0]

    @property
    def meaning(self) -> str:
        """What it is."""
        return NAMES[self.kind][1]


def shares(report: Report, edges: Iterable[Edge], tolerance: int, labels: Iterable[str] = ()) -> tuple[Share, ...]:
    """Return the shares of some labels (ids; none: of all) with edges forgiven that touch at most so many words.

    Whatever tolerance the report was made with: `edges` are the boundary points by words.
    """
    wanted = set(labels)
    rows = [each for each in report.classes if (each.label in wanted if wanted else each.label is None)]
    off = sum(
        each.points for each in edges if tolerance and each.words <= tolerance and (not wanted or each.label in wanted)
    )
    missed, category = sum(each.missed for each in rows), sum(each.category for each in rows)
    boundary = sum(each.boundary + each.forgiven for each in rows) - off
    # What adding up in another order leaves.
    boundary = 0.0 if abs(boundary) < 1e-6 else boundary
    total = missed + boundary + category
    parts = {"missed": missed, "boundary": boundary, "category": category}
    return tuple(Share(kind, points, points / total if total else 0.0) for kind, points in parts.items())


def tolerance_words(words: int) -> str:
    """Return a tolerance in words."""
    if words == 0:
        return "Every edge counts"
    return f"Edges that are {'1 word' if words == 1 else f'up to {words} words'} apart are forgiven"

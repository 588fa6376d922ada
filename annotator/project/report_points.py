"""What the plots of a report show, on its page and in the window: the same figures, in the same order and on the same scale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from annotator.plots.bars import Bar
from annotator.plots.heat import Tile
from annotator.plots.intervals import Point
from annotator.plots.people import Spot
from annotator.project.report import Costly, Figure, Person, Report
from annotator.project.report_words import interval, number

Told = tuple[Any, str]
"""What a point stands for, for whoever clicks it, and what is said of it."""


def of_labels(report: Report, told: Callable[[str, str, Figure], Told]) -> list[Point]:
    """Return α of each label with its interval, the highest first; `told` is given its id, name and figure."""
    points = [
        Point(name, figure.value, figure.low, figure.high, *told(key, name, figure))
        for key, name in report.labels
        for figure in report.find("krippendorff_alpha", label=key, annotators=report.annotators)
    ]
    return sorted(points, key=lambda each: -(each.value if each.value is not None else -2.0))


def of_pair(figure: Figure, place: tuple[int, int], told: Told) -> Tile:
    """Return the tile of a pair of annotators, at a row and a column."""
    text = "undefined" if figure.value is None else number(figure.value)
    return Tile(*place, figure.value, text, interval(figure.low, figure.high), *told)


def scale_of(tiles: Iterable[Tile]) -> tuple[float, float]:
    """Return from where to where the colours of pairs go: never so little that chance would show as a pattern."""
    values = [each.value for each in tiles if each.value is not None]
    low = min(values, default=0.0)
    return max(0.0, low - 0.1), max([*values, low + 0.1])


def of_people(report: Report, told: Callable[[Person], Told]) -> list[Spot]:
    """Return recall and precision of everybody who has both."""
    return [
        Spot(each.name, each.recall, each.precision, *told(each))
        for each in report.people
        if each.recall is not None and each.precision is not None
    ]


def of_articles(costly: Sequence[Costly], told: Callable[[Costly], Told]) -> list[Bar]:
    """Return what articles cost of which that is known."""
    return [Bar(each.title, each.leverage, *told(each)) for each in costly if each.leverage is not None]

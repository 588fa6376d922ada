"""How agreement went over time: α by week, and each annotator's disagreement in the order of their work."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from annotator.agreement.drift import drift
from annotator.agreement.sums import Sums, scored
from annotator.project.anatomy import headline
from annotator.project.material import Material
from annotator.project.measures import bench


@dataclass(frozen=True, slots=True)
class Period:
    """The articles whose last reader finished them in one week.

    Attributes:
        start: its Monday, as ISO 8601.
        articles: ids.
        value, low, high: α over label sets (Jaccard) with its interval; None where it is undefined, or there is none.
        undefined: why there is no value. note: why there is no interval.
    """

    start: str
    articles: tuple[str, ...]
    value: float | None
    low: float | None = None
    high: float | None = None
    undefined: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """One annotator's disagreement with the others, article by article, in the order in which they were finished.

    Attributes:
        annotator: id.
        articles: ids, in that order.
        disagreement: for each, see `annotator.agreement.drift.Drift`.
        rho, p, drifts: Spearman's correlation with the order, its adjusted p, and whether that is below .05.
        undefined: why there is no test.
    """

    annotator: str
    articles: tuple[str, ...]
    disagreement: tuple[float, ...]
    rho: float | None
    p: float | None
    drifts: bool
    undefined: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Agreement over time."""

    periods: tuple[Period, ...] = ()
    trends: tuple[Trend, ...] = ()


def course(material: Material) -> Course:
    """Return how agreement went, in the unit that was asked for. Pure: to be called in any thread."""
    work = bench(material, None, None)
    sight = work.view(work.everybody)
    ids, people = tuple(material.titles), material.request.annotators
    trends = [
        Trend(
            people[each.annotator],
            tuple(ids[place] for place in each.order),
            each.disagreement,
            each.rho,
            each.adjusted,
            each.is_flagged,
            each.undefined,
        )
        for each in drift(sight, material.times, material.request.seed)
    ]
    return Course(tuple(_periods(material, headline(work, work.everybody))), tuple(trends))


def _periods(material: Material, alpha: Sums) -> list[Period]:
    weeks: dict[str, list[int]] = {}
    for row, article in enumerate(alpha.articles.tolist()):
        times = [mine[article] for mine in material.times.values() if article in mine]
        if times:
            weeks.setdefault(_monday(max(times)), []).append(row)
    parts = [Sums(alpha.rows[rows], alpha.articles[rows], alpha.formula, alpha.undefined) for rows in _rows(weeks)]
    found = scored(parts, material.request.replicates, material.request.seed)
    ids = tuple(material.titles)
    return [
        Period(
            week,
            tuple(ids[place] for place in part.articles.tolist()),
            score.value,
            score.low,
            score.high,
            score.undefined,
            score.note,
        )
        for week, part, score in zip(sorted(weeks), parts, found, strict=True)
    ]


def _rows(weeks: dict[str, list[int]]) -> list["np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    return [np.array(weeks[week], dtype=np.int64) for week in sorted(weeks)]


def _monday(time: str) -> str:
    day = date.fromisoformat(time[:10])
    return (day - timedelta(days=day.weekday())).isoformat()

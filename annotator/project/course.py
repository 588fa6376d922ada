"""The course of the work: which articles were finished when, and each annotator's disagreement in that order."""

from dataclasses import dataclass

from annotator.agreement.drift import drift
from annotator.project.bench import bench
from annotator.project.material import Material
from annotator.project.report import Period


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
    """The course of the work.

    Attributes:
        order: ids of the articles that two or more have finished, in the order in which the last reader did.
        mondays: for each, the day on which the week of that began.
        trends: everybody's disagreement.
    """

    order: tuple[str, ...]
    mondays: tuple[str, ...]
    trends: tuple[Trend, ...]

    def articles(self, period: Period) -> frozenset[str]:
        """Return the ids of the articles of a period of a report of the same material."""
        if period.kind == "week":
            return frozenset(key for key, day in zip(self.order, self.mondays, strict=True) if day == period.name)
        low, high = (int(each) for each in period.name.split("-"))
        return frozenset(self.order[low - 1 : high])


def course(material: Material) -> Course:
    """Return the course of the work, in the unit that was asked for. Pure: to be called in any thread."""
    work = bench(material, None, None)
    ids, people = tuple(material.titles), material.request.annotators
    finishing = material.finishing
    order = work.used[finishing.in_order(work.used)]
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
        for each in drift(work.view(work.everybody), finishing.rank, material.request.seed)
    ]
    mondays = tuple(finishing.week(time) for time in finishing.last(order).tolist())
    return Course(tuple(ids[place] for place in order.tolist()), mondays, tuple(trends))

"""The table of weeks, batches and first articles: how agreement went on."""

from annotator.project.report import Figure, Period
from annotator.project.wanted import Wanted
from annotator.ui.agreement.cells import (
    Cell,
    Column,
    Row,
    Table,
    count_cell,
    figure_cell,
    figure_column,
    text_cell,
)
from annotator.ui.agreement.measure import Findings

PERIODS = {"week": "Week from", "batch": "Articles", "first": "The first articles together"}


def of_periods(found: Findings) -> Table:
    """Return a row a week, a batch, and for the first so many articles."""
    columns = (
        Column("In order of finishing", is_number=False),
        Column("Which", is_number=False),
        figure_column("α", "Krippendorff’s α over label sets, of the articles whose last reader finished then."),
        Column("Articles"),
    )
    rows = []
    for each in found.report.periods:
        row = (
            text_cell(PERIODS[each.kind]),
            Cell(each.name, by=each.name),
            figure_cell(period_figure(each)),
            count_cell(each.articles),
        )
        rows.append(Row(row, wanted_period(found, each)))
    return Table(columns, tuple(rows))


def period_figure(period: Period) -> Figure:
    """Return the figure of a period, as of the others."""
    return Figure(
        "krippendorff_alpha_jaccard",
        "",
        None,
        (),
        value=period.value,
        undefined=period.undefined,
        low=period.low,
        high=period.high,
        note=period.note,
    )


def wanted_period(found: Findings, period: Period) -> Wanted | None:
    """Return the passages of a period; None before it is known which articles are in it."""
    return Wanted(articles=found.course.articles(period)) if found.course else None

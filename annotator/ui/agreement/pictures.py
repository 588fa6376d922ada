"""The plots of the place Agreement, made of what was found. Loaded at the first plot, for matplotlib takes a while."""

from annotator.model.counting import counted
from annotator.model.figures import chance, percent, signed
from annotator.plots.bars import across
from annotator.plots.frame import Colours, Plot
from annotator.plots.heat import Tile, heat_map
from annotator.plots.intervals import Point, forest, weeks
from annotator.plots.people import Path, finders, paths
from annotator.project import report_points
from annotator.project.course import Trend
from annotator.project.report import Figure, Period
from annotator.project.report_words import cost_digits, label_name, number, printed
from annotator.project.wanted import Wanted
from annotator.ui.agreement.measure import Findings
from annotator.ui.agreement.periods import period_figure, wanted_period
from annotator.ui.agreement.tables import instead_name, pairs, wanted_instead
from annotator.ui.reader.header import spoken_date

_MOST_BARS = 30
_BAR = 18
"""Least height of a bar (px), so that its name can be read."""
Size = tuple[float, float]


def of_labels(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw α of each label with its interval, the lowest at the bottom."""
    points = report_points.of_labels(
        found.report, lambda key, name, figure: (Wanted(label=key), f"{name}: α {printed(figure)}")
    )
    return forest(points, size=size, colours=colours)


def of_confusion(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw, for each label, what the other one has instead."""
    report = found.report
    labels = [key for key, _ in report.labels]
    columns = [*labels, "boundary", "none"]
    names = [label_name(report, each) for each in labels]
    total = sum(points for _, _, points in report.confused) or 1.0
    tiles = []
    most = max((points for _, _, points in report.confused), default=1.0) or 1.0
    for label, instead, points in report.confused:
        share = points / total
        what = f"One has {label_name(report, label)}, the other {instead_name(report, instead)}: {percent(share)} of lost points"
        row, column = labels.index(label), columns.index(instead)
        tiles.append(Tile(row, column, points / most, percent(share), "", wanted_instead(label, instead), what))
    heads = [*names, "Other edges", "Nothing"]
    return heat_map(names, heads, tiles, size=size, colours=colours, title="What the other one has instead")


def of_pairs(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw α of each pair of annotators; with two labels' worth of room, the interval below it."""
    report = found.report
    people = report.annotators
    tiles = []
    for pair, ids in pairs(found):
        for figure in report.find("krippendorff_alpha_jaccard", annotators=pair)[:1]:
            place = people.index(pair[1]) - 1, people.index(pair[0])
            tiles.append(_pair_tile(figure, pair, ids, place))
    return heat_map(
        people[1:],
        people[:-1],
        tiles,
        size=size,
        colours=colours,
        scale=report_points.scale_of(tiles),
        title="α over label sets, a pair of annotators each",
    )


def _pair_tile(figure: Figure, pair: tuple[str, str], ids: tuple[str, str], place: tuple[int, int]) -> Tile:
    words = f"{pair[0]} and {pair[1]}: α {printed(figure)}, {counted(figure.articles, 'article')}"
    return report_points.of_pair(figure, place, (Wanted(people=ids), words))


def of_people(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw precision over recall."""
    ids = dict(zip(found.report.annotators, found.material.request.annotators, strict=True))
    spots = report_points.of_people(
        found.report,
        lambda each: (
            Wanted(one=ids[each.name]),
            f"{each.name}: recall {number(each.recall)}, precision {number(each.precision)}",
        ),
    )
    return finders(spots, size=size, colours=colours)


def of_articles(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw the articles that cost most."""
    digits = cost_digits(found.report.costly)
    bars = report_points.of_articles(
        found.report.costly[: max(3, min(_MOST_BARS, int((size[1] - 50) // _BAR)))],
        lambda each: (
            Wanted(articles=frozenset({each.article})),
            f"{each.title}: costs {signed(each.leverage, digits)}, α of its own {number(each.own) or 'undefined'}",
        ),
    )
    return across(bars, size=size, colours=colours, label="α without the article, less α")


def of_weeks(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw α week by week."""
    points = [
        _period(found, each, spoken_date(each.name).rsplit(" ", 1)[0], f"Week from {spoken_date(each.name)}")
        for each in found.report.periods
        if each.kind == "week"
    ]
    return weeks(points, size=size, colours=colours, title="By week; beside each how many articles")


def of_learning(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw α of the first so many articles together."""
    points = [
        _period(found, each, each.name.partition("-")[2], f"The first {counted(each.articles, 'article')}")
        for each in found.report.periods
        if each.kind == "first"
    ]
    return weeks(points, size=size, colours=colours, title="The first so many articles together", counts=False)


def _period(found: Findings, period: Period, name: str, called: str) -> Point:
    key = wanted_period(found, period) or Wanted()
    words = f"{called}: α {printed(period_figure(period))}, {counted(period.articles, 'article')}"
    return Point(name, period.value, period.low, period.high, key, words, period.articles)


def of_drift(found: Findings, size: Size, colours: Colours) -> Plot:
    """Draw everybody's disagreement in the order of their work."""
    material = found.material
    drawn = []
    for each in found.course.trends if found.course else ():
        name = material.names[each.annotator]
        keys = [Wanted(one=each.annotator, articles=frozenset({article})) for article in each.articles]
        titles = [material.titles[article] for article in each.articles]
        count = len(each.disagreement)
        words = [f"{name}, {title}: {signed(value)}" for title, value in zip(titles, each.disagreement, strict=False)]
        drawn.append(Path(name, each.disagreement, keys[:count], words[:count], _test(each), each.drifts))
    return paths(drawn, size=size, colours=colours)


def _test(trend: Trend) -> str:
    if trend.rho is None or trend.p is None:
        return f"no test: {trend.undefined}"
    # In words too: colour alone would not tell everybody.
    return f"{'drifts · ' if trend.drifts else ''}ρ {number(trend.rho)}, {chance(trend.p)}"

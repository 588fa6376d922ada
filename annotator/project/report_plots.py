"""The plots of a report's page, each in light and in dark, as pictures that need nothing else."""

import base64
from collections.abc import Callable

from annotator.plots.bars import across
from annotator.plots.frame import Colours, Plot, drawn
from annotator.plots.heat import heat_map
from annotator.plots.intervals import Point, forest, weeks
from annotator.plots.people import finders
from annotator.project.report import Report
from annotator.project.report_points import of_articles, of_labels, of_pair, of_people, scale_of
from annotator.project.report_words import printed

LIGHT = Colours(
    page="#ffffff",
    text="#1c1b19",
    muted="#67635c",
    line="#dcd8d0",
    accent="#23589f",
    good="#1f6b3a",
    warning="#835200",
    bad="#a8261c",
)
DARK = Colours(
    page="#1b1c1e",
    text="#e6e3dd",
    muted="#a3a09a",
    line="#36393d",
    accent="#86b4f2",
    good="#7cc796",
    warning="#e2b25c",
    bad="#f2938a",
)
_MOST = 15
_ROW = 30
_HEAD = 90
_WIDTH = 720.0


def pictures(report: Report) -> dict[str, tuple[str, str, str]]:
    """Return the plots by name (labels, pairs, people, time, articles): alternative text, and addresses that hold them.

    The first address is the picture on a light page, the second one on a dark page. A plot of less than two things is none.
    """
    makers: dict[str, tuple[str, Callable[[Report, Colours], Plot | None]]] = {
        "labels": ("α of each label with its interval", _labels),
        "pairs": ("α of each pair of annotators", _pairs),
        "people": ("Recall and precision of each annotator", _people),
        "time": ("α of the articles in the order of finishing", _time),
        "articles": ("What the articles cost that cost most", _articles),
    }
    found = {}
    for name, (words, make) in makers.items():
        plots = [make(report, colours) for colours in (LIGHT, DARK)]
        light, dark = (None if plot is None else _address(plot) for plot in plots)
        if light and dark:
            found[name] = (words, light, dark)
    return found


def _address(plot: Plot) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn(plot, 'svg')).decode('ascii')}"


def _labels(report: Report, colours: Colours) -> Plot | None:
    points = of_labels(report, lambda key, _name, figure: (key, printed(figure)))
    if len(points) < 2:
        return None
    return forest(points, size=(_WIDTH, _HEAD + _ROW * len(points)), colours=colours, title="α of each label")


def _pairs(report: Report, colours: Colours) -> Plot | None:
    people = report.annotators
    tiles = []
    for figure in report.find("krippendorff_alpha_jaccard"):
        if len(figure.annotators) == 2:
            left, right = sorted(people.index(each) for each in figure.annotators)
            tiles.append(of_pair(figure, (right - 1, left), ((left, right), printed(figure))))
    if len(tiles) < 2:
        return None
    size = (min(_WIDTH, 180.0 + 110 * len(people)), _HEAD + 46.0 * len(people))
    title = "α over label sets, a pair of annotators each"
    return heat_map(people[1:], people[:-1], tiles, size=size, colours=colours, scale=scale_of(tiles), title=title)


def _people(report: Report, colours: Colours) -> Plot | None:
    spots = of_people(report, lambda each: (each.name, each.name))
    return finders(spots, size=(460.0, 420.0), colours=colours) if len(spots) > 1 else None


def _time(report: Report, colours: Colours) -> Plot | None:
    points = [
        Point(each.name, each.value, each.low, each.high, each.name, each.note, each.articles)
        for each in report.periods
        if each.kind == "batch"
    ]
    if len(points) < 2:
        return None
    title = "α in the order of finishing; beside each how many articles"
    return weeks(points, size=(_WIDTH, 300.0), colours=colours, title=title)


def _articles(report: Report, colours: Colours) -> Plot | None:
    bars = of_articles(report.costly[:_MOST], lambda each: (each.article, each.title))
    if len(bars) < 2:
        return None
    label = "α without the article, less α"
    return across(bars, size=(_WIDTH, _HEAD + _ROW * 0.8 * len(bars)), colours=colours, label=label)

"""Figures with their intervals, one below the other or one after the other in time."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from matplotlib.ticker import FuncFormatter

from annotator.model.figures import coefficient
from annotator.plots.frame import Colours, Plot, bare, plotted, shortened, spread


@dataclass(frozen=True, slots=True)
class Point:
    """A figure.

    Attributes:
        name: of what it is.
        value, low, high: it, and its interval; None where it is undefined, or there is none.
        key: what it stands for. words: what it is, in words.
        weight: how much lies behind it, such as a number of articles.
        color: ``#rrggbb``; empty: the accent.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    key: Hashable
    words: str
    weight: int = 0
    color: str = ""


_THRESHOLDS = (0.667, 0.8)


def forest(points: Sequence[Point], *, size: tuple[float, float], colours: Colours, title: str = "") -> Plot:
    """Draw a row for each figure, with Krippendorff's thresholds."""
    with plotted(*size, colours) as plot:
        axes = plot.figure.subplots()
        for threshold in _THRESHOLDS:
            axes.axvline(threshold, color=colours.muted, linewidth=0.8, linestyle=(0, (4, 3)))
        for row, point in enumerate(points):
            color = point.color or colours.accent
            if point.value is None:
                axes.text(0.01, row, "undefined", va="center", color=colours.muted, fontsize=9)
            else:
                if point.low is not None and point.high is not None:
                    axes.hlines(row, point.low, point.high, color=color, linewidth=2.2)
                axes.plot([point.value], [row], marker="o", markersize=7, color=color, markeredgecolor=colours.page)
            plot.mark(axes, point.key, point.words, (0.5, row), (0.6, 0.45))
        values = [each for point in points for each in (point.value, point.low) if each is not None]
        axes.set_xlim(min(0.0, *values, 0.0) - 0.02, 1.02)
        axes.set_ylim(len(points) - 0.4, -0.6)
        axes.set_yticks(range(len(points)), [shortened(each.name) for each in points])
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: coefficient(value)))
        axes.set_xlabel("α with 95% interval; dashed: .67 and .80")
        if title:
            axes.set_title(title)
        bare(axes, colours, grid="x")
    return plot


def weeks(
    points: Sequence[Point], *, size: tuple[float, float], colours: Colours, title: str = "", counts: bool = True
) -> Plot:
    """Draw figures one after the other in time, each with its interval and, with `counts`, how much it rests on."""
    with plotted(*size, colours) as plot:
        axes = plot.figure.subplots()
        known = [(place, each.value, each) for place, each in enumerate(points) if each.value is not None]
        axes.plot([place for place, _, _ in known], [value for _, value, _ in known], color=colours.line, linewidth=1.2)
        for place, value, each in known:
            if each.low is not None and each.high is not None:
                axes.vlines(place, each.low, each.high, color=colours.accent, linewidth=2.2)
            axes.plot([place], [value], marker="o", markersize=7, color=colours.accent, markeredgecolor=colours.page)
            if counts:
                axes.annotate(
                    f"{each.weight:,}",
                    (place, value),
                    xytext=(6, 6),
                    textcoords="offset points",
                    fontsize=8,
                    color=colours.muted,
                )
            plot.mark(axes, each.key, each.words, (place, value))
        lows = [each for _, _, point in known for each in (point.value, point.low) if each is not None]
        axes.set_ylim(min([0.0, *lows]) - 0.03, 1.03)
        axes.set_xlim(-0.6, max(0, len(points) - 1) + 0.6)
        ticks = spread(len(points), 8)
        axes.set_xticks(list(ticks), [points[each].name for each in ticks])
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: coefficient(value)))
        axes.set_ylabel("α")
        if title:
            axes.set_title(title)
        bare(axes, colours, grid="y")
    return plot

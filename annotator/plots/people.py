"""Annotators: what they find against what is found with them, and how that moves while they work."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from matplotlib.ticker import FuncFormatter

from annotator.model.figures import coefficient
from annotator.plots.frame import Colours, Plot, bare, plotted, shortened


@dataclass(frozen=True, slots=True)
class Spot:
    """One annotator: recall, precision, and the name."""

    name: str
    recall: float
    precision: float
    key: Hashable
    words: str


def finders(spots: Sequence[Spot], *, size: tuple[float, float], colours: Colours) -> Plot:
    """Draw precision over recall; whoever stands at the top right agrees with everybody."""
    with plotted(*size, colours) as plot:
        axes = plot.figure.subplots()
        low = min((min(each.recall, each.precision) for each in spots), default=0.5)
        low = max(0.0, min(0.9, low) - 0.1)
        shifts = _apart(spots, (size[0] - 60) / (1 - low), (size[1] - 60) / (1 - low))
        for each, shift in zip(spots, shifts, strict=True):
            axes.plot([each.recall], [each.precision], marker="o", markersize=9, color=colours.accent)
            axes.annotate(
                shortened(each.name, 18),
                (each.recall, each.precision),
                xytext=(16, shift - 3),
                textcoords="offset points",
                color=colours.text,
                arrowprops={"arrowstyle": "-", "color": colours.muted, "linewidth": 0.6, "shrinkB": 4},
            )
            plot.mark(axes, each.key, each.words, (each.recall, each.precision))
        axes.set_xlim(low, 1.0)
        axes.set_ylim(low, 1.0)
        axes.set_xlabel("Recall: has what the others have")
        axes.set_ylabel("Precision: the others have it too")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: coefficient(value)))
        bare(axes, colours, grid="y")
        axes.grid(visible=True, axis="x", color=colours.line, linewidth=0.8)
    return plot


def _apart(spots: Sequence[Spot], across: float, up: float) -> list[float]:
    """Return how far (points) each name is moved up or down, so that names of neighbours do not lie upon one another.

    `across` and `up` are the pixels of one whole.
    """
    placed: list[tuple[float, float]] = []
    shifts = [0.0] * len(spots)
    for at in sorted(range(len(spots)), key=lambda place: -spots[place].precision):
        x, y = spots[at].recall * across, spots[at].precision * up
        wanted = y
        for other_x, other_y in placed:
            if abs(other_x - x) < _NAME and other_y - wanted < _LINE:
                wanted = other_y - _LINE
        placed.append((x, wanted))
        shifts[at] = (wanted - y) * 72 / 96
    return shifts


_NAME, _LINE = 150.0, 17.0


@dataclass(frozen=True, slots=True)
class Path:
    """One annotator's disagreement over the articles in the order of work.

    Attributes:
        values: for each article. keys, words: what each stands for, and what it is, in words.
        note: what the test says. flagged: whether it is more than chance.
    """

    name: str
    values: Sequence[float]
    keys: Sequence[Hashable]
    words: Sequence[str]
    note: str
    flagged: bool


_SMOOTH = 9
_LETTER = 7.5
"""About so many pixels of a line a letter takes."""


def paths(found: Sequence[Path], *, size: tuple[float, float], colours: Colours) -> Plot:
    """Draw a small plot for each annotator, all on one scale: articles as dots, and their running mean."""
    with plotted(*size, colours) as plot:
        columns = min(len(found), 3) or 1
        rows = -(-len(found) // columns) or 1
        grid = plot.figure.subplots(rows, columns, sharey=True, squeeze=False)
        reach = max((abs(value) for path in found for value in path.values), default=1.0) * 1.1 or 1.0
        for place, axes in enumerate(grid.flat):
            if place >= len(found):
                axes.set_visible(False)
                continue
            path = found[place]
            color = colours.bad if path.flagged else colours.accent
            axes.axhline(0, color=colours.line, linewidth=1)
            order = list(range(len(path.values)))
            axes.plot(order, path.values, linestyle="none", marker="o", markersize=3.5, color=color, alpha=0.65)
            if len(path.values) >= _SMOOTH:
                axes.plot(order, _running(path.values), color=color, linewidth=1.8)
            for at, (value, key, words) in enumerate(zip(path.values, path.keys, path.words, strict=True)):
                plot.mark(axes, key, words, (at, value))
            axes.set_ylim(-reach, reach)
            room = max(12, int(size[0] / columns / _LETTER))
            axes.set_title(
                f"{shortened(path.name, room)}\n{shortened(path.note, room)}",
                color=color if path.flagged else colours.text,
            )
            axes.set_xticks([])
            bare(axes, colours, grid="y")
        plot.figure.supxlabel("Articles in the order of work", fontsize=9, color=colours.muted)
        plot.figure.supylabel("Disagreement, beside the others’", fontsize=9, color=colours.muted)
    return plot


def _running(values: Sequence[float]) -> list[float]:
    """Return for each place the mean of its neighbours."""
    half = _SMOOTH // 2
    return [
        sum(near) / len(near)
        for near in (values[max(0, place - half) : place + half + 1] for place in range(len(values)))
    ]

"""A heat map: a figure for each pair of things."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.patches import Rectangle

from annotator.plots.frame import Colours, Plot, bare, plotted, shortened

_ROOM = 36.0
"""From so high a tile on (px) its small words stand below the others."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell.

    Attributes:
        row, column: where, from 0.
        value: how strong its colour is, as a share of the scale; None: undefined.
        text: what stands in it. small: what stands below that.
        key: what it stands for. words: what it is, in words.
    """

    row: int
    column: int
    value: float | None
    text: str
    small: str
    key: Hashable
    words: str


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    tiles: Sequence[Tile],
    *,
    size: tuple[float, float],
    colours: Colours,
    scale: tuple[float, float] = (0.0, 1.0),
    title: str = "",
) -> Plot:
    """Draw tiles, the stronger the higher their value lies in `scale`."""
    shades = LinearSegmentedColormap.from_list("shades", [colours.page, colours.accent])
    low, high = scale
    with plotted(*size, colours) as plot:
        axes = plot.figure.subplots()
        has_room = size[1] > len(rows) * _ROOM + 60
        for tile in tiles:
            share = None if tile.value is None else min(1.0, max(0.0, (tile.value - low) / max(1e-9, high - low)))
            # Never all of the accent: what stands in a tile has to be read.
            fill = colours.page if share is None else shades(0.06 + 0.78 * share)
            box = Rectangle(
                (tile.column - 0.48, tile.row - 0.46),
                0.96,
                0.92,
                facecolor=fill,
                edgecolor=colours.line,
                linewidth=0.8,
                hatch="////" if share is None else None,
            )
            axes.add_patch(box)
            _write(axes, tile, _ink(fill, colours), has_room=has_room)
            plot.mark(axes, tile.key, tile.words, (tile.column, tile.row), (0.48, 0.46))
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        # Lines of a name one below the other take less room than turned ones, and are read more easily.
        axes.set_xticks(range(len(columns)), ["\n".join(_lines(each)) for each in columns])
        axes.set_yticks(range(len(rows)), [shortened(each, 22) for each in rows])
        axes.xaxis.tick_top()
        if title and has_room:
            axes.set_title(title)
        bare(axes, colours)
    return plot


def _write(axes: Axes, tile: Tile, ink: str, *, has_room: bool) -> None:
    """Write what stands in a tile: the small words below, or beside where there is no room."""
    middle: dict[str, Any] = {"ha": "center", "va": "center", "color": ink}
    if tile.small and has_room:
        axes.text(tile.column, tile.row - 0.12, tile.text, fontsize=10.5, **middle)
        axes.text(tile.column, tile.row + 0.22, tile.small, fontsize=8, **middle)
    elif tile.small:
        axes.text(tile.column, tile.row, f"{tile.text} ({tile.small})", fontsize=9, **middle)
    else:
        axes.text(tile.column, tile.row, tile.text, fontsize=10, **middle)


def _lines(name: str) -> list[str]:
    first, _, rest = name.partition(" ")
    return [shortened(each, 13) for each in (first, rest) if each]


def _ink(fill: object, colours: Colours) -> str:
    """Return the colour, text or page, that is read better on a tile."""
    red, green, blue = to_rgb(fill)  # type: ignore[arg-type]
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    options = {each: _light(each) for each in (colours.text, colours.page)}
    return max(options, key=lambda each: abs(options[each] - light))


def _light(color: str) -> float:
    red, green, blue = to_rgb(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

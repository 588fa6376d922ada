"""Bars across: articles by what they cost."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from annotator.plots.frame import Colours, Plot, bare, plotted, shortened


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `words` say what it is, `key` what it stands for."""

    name: str
    value: float
    key: Hashable
    words: str


def across(bars: Sequence[Bar], *, size: tuple[float, float], colours: Colours, label: str) -> Plot:
    """Draw a bar for each, the first at the top; below 0 to the left, in another colour."""
    with plotted(*size, colours) as plot:
        axes = plot.figure.subplots()
        reach = max((abs(each.value) for each in bars), default=1.0) or 1.0
        for row, each in enumerate(bars):
            color = colours.warning if each.value > 0 else colours.accent
            axes.barh(row, each.value, color=color, height=0.62)
            plot.mark(axes, each.key, each.words, (0.0, row), (reach, 0.45))
        axes.axvline(0, color=colours.muted, linewidth=0.8)
        axes.set_yticks(range(len(bars)), [shortened(each.name, 34) for each in bars])
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_xlabel(label)
        axes.ticklabel_format(
            axis="x", style="plain", useOffset=False
        )  # of thousands of articles, each costs very little
        bare(axes, colours, grid="x")
    return plot

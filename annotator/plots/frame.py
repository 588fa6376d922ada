"""What every plot shares: colours, size, the bundled face, and targets that can be clicked."""

import io
import warnings
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from annotator.resources import folder

DPI = 96
"""Logical pixels in an inch."""
KINDS = ("svg", "pdf", "png")
SHARP = 200
"""Dots in an inch of a saved picture of dots."""
_FACES = ("Source Sans 3", "Vazirmatn", "Noto Emoji")


_TURN = RLock()
"""matplotlib keeps its styles and faces for all threads together: one plot is drawn at a time."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a plot, ``#rrggbb`` each: those of the page it stands on."""

    page: str
    text: str
    muted: str
    line: str
    accent: str
    good: str
    warning: str
    bad: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something in a plot that can be chosen.

    Attributes:
        key: what it stands for.
        words: what it is, in words.
        x, y: its middle, as shares of the picture's width and height from the top left.
        wide, high: half its width and height, as shares too; 0 for a point.
    """

    key: Hashable
    words: str
    x: float
    y: float
    wide: float = 0.0
    high: float = 0.0


@dataclass(slots=True)
class Plot:
    """A figure of a size in logical pixels, with what can be chosen in it, in the order of reading."""

    figure: Figure
    width: float
    height: float
    marks: list[tuple[Axes, Target, tuple[float, float, float, float]]] = field(default_factory=list)

    def mark(
        self, axes: Axes, key: Hashable, words: str, place: tuple[float, float], half: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        """Make something of an axes a target: where its middle lies, and half its size, in the axes' own units."""
        self.marks.append((axes, Target(key, words, 0, 0), (*place, *half)))

    def targets(self) -> tuple[Target, ...]:
        """Return what can be chosen, where it lies in the picture as it was drawn last."""
        found = []
        wide, high = self.figure.bbox.width, self.figure.bbox.height
        for axes, target, (x, y, half_x, half_y) in self.marks:
            left, low = axes.transData.transform((x - half_x, y - half_y))
            right, top = axes.transData.transform((x + half_x, y + half_y))
            found.append(
                Target(
                    target.key,
                    target.words,
                    float(left + right) / 2 / wide,
                    1 - float(low + top) / 2 / high,
                    abs(float(right - left)) / 2 / wide,
                    abs(float(top - low)) / 2 / high,
                )
            )
        return tuple(found)


@contextmanager
def plotted(width: float, height: float, colours: Colours) -> Iterator[Plot]:
    """Begin a plot of a size in logical pixels; everything that is drawn within has the colours and the face."""
    with _TURN, mpl.rc_context(_style(colours)):
        figure = Figure(figsize=(max(1.0, width / DPI), max(1.0, height / DPI)), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        yield Plot(figure, width, height)


def picture(plot: Plot, ratio: float) -> tuple[bytes, int, int]:
    """Return the plot as rows of red, green, blue and opacity, with its width and height in dots."""
    plot.figure.set_dpi(DPI * ratio)
    # Any: the canvas of dots has no types.
    canvas: Any = FigureCanvasAgg(plot.figure)
    with _TURN, _unknown_letters_allowed():
        canvas.draw()
    wide, high = canvas.get_width_height(physical=True)
    return bytes(canvas.buffer_rgba()), wide, high


def save(plot: Plot, path: Path) -> None:
    """Write the plot as it is shown, in the form that the file's ending says: one of `KINDS`.

    Raises:
        ValueError: no such form.
        OSError: it cannot be written.
    """
    path.write_bytes(drawn(plot, path.suffix.lower().removeprefix(".")))


def drawn(plot: Plot, kind: str) -> bytes:
    """Return the plot as it is shown, in one of `KINDS`.

    Raises:
        ValueError: no such form.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    buffer = io.BytesIO()
    # No date in it: the same values give the same file.
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}, "png": {}}[kind]
    style: dict[Any, Any] = {"svg.hashsalt": "annotator", "pdf.fonttype": 42, "svg.fonttype": "path"}
    with _TURN, mpl.rc_context(style), _unknown_letters_allowed():
        plot.figure.savefig(
            buffer,
            format=kind,
            dpi=SHARP if kind == "png" else DPI,
            facecolor=plot.figure.get_facecolor(),
            metadata=metadata,
        )
    return buffer.getvalue()


def bare(axes: Axes, colours: Colours, *, grid: str = "") -> None:
    """Take the box off an axes, and draw thin lines across for reading along (``x``, ``y`` or none)."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    if grid in {"x", "y"}:
        axes.grid(visible=True, axis="x" if grid == "x" else "y", color=colours.line, linewidth=0.8)
        axes.set_axisbelow(True)


def shortened(words: str, most: int = 28) -> str:
    """Return words that are at most so long."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def spread(count: int, most: int) -> Sequence[int]:
    """Return which of so many ticks to write, so that there are at most `most`."""
    step = max(1, -(-count // most))
    return range(0, count, step)


def _style(colours: Colours) -> dict[Any, Any]:
    return {
        "font.family": list(_faces()),
        "font.size": 9.75,
        "figure.facecolor": colours.page,
        "axes.facecolor": colours.page,
        "savefig.facecolor": colours.page,
        "text.color": colours.text,
        "axes.labelcolor": colours.muted,
        "axes.titlecolor": colours.text,
        "axes.edgecolor": colours.line,
        "xtick.color": colours.muted,
        "ytick.color": colours.muted,
        "xtick.labelcolor": colours.text,
        "ytick.labelcolor": colours.text,
        "axes.titlesize": 9.75,
        "axes.titlelocation": "left",
        "axes.unicode_minus": True,
        # A title with two dollar signs is no formula.
        "text.parse_math": False,
    }


@contextmanager
def _unknown_letters_allowed() -> Iterator[None]:
    """A title may have letters that no bundled face has: they are drawn as a box, and nobody is warned of that."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


@cache
def _faces() -> tuple[str, ...]:
    """Return the names of the bundled faces, the first for most letters; matplotlib is told of them once."""
    for pattern in ("SourceSans3-*.ttf", "Vazirmatn-*.ttf", "NotoEmoji-*.ttf"):
        for path in sorted((folder() / "fonts").glob(pattern)):
            font_manager.fontManager.addfont(str(path))
    names = {each.name for each in font_manager.fontManager.ttflist}
    return tuple(each for each in (*_FACES, "DejaVu Sans") if each in names)

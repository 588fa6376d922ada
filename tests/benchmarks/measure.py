"""What was measured, collected and printed as tables at the end. Nothing here judges it."""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Headings and rows: the first column is words, the others are figures."""


def peak() -> float:
    """Return the most memory that this process has had, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, what `resource` tells may be the parent's
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def forget_peak() -> None:
    """Let the system count the most memory anew, where it can."""
    file = Path("/proc/self/clear_refs")
    if file.exists():
        file.write_text("5")


class Times:
    """Milliseconds by what was measured, in the order of first measuring, with the aim where there is one."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = defaultdict(list)
        self._notes: dict[str, str] = {}
        self._memory: dict[str, float] = defaultdict(float)

    def add(self, what: str, milliseconds: float, aim: str = "", *, memory: float = 0.0) -> None:
        """Enter one measurement, and the most memory in MB where that is known."""
        self._times[what].append(milliseconds)
        self._notes[what] = aim
        self._memory[what] = max(self._memory[what], memory)

    @contextmanager
    def of(self, what: str, aim: str = "") -> Iterator[None]:
        """Measure the block."""
        forget_peak()
        start = time.perf_counter()
        yield
        self.add(what, (time.perf_counter() - start) * 1000, aim, memory=peak())

    def median(self, what: str) -> float:
        """Return the median in milliseconds."""
        return statistics.median(self._times[what])

    def table(self) -> Table:
        """Return how often each was measured, its median and 99th percentile, the aim, and the most memory."""
        return ("milliseconds", "runs", "median", "99 %", "aim", "most MB"), [
            (
                what,
                f"{len(times):,}",
                f"{self.median(what):,.1f}",
                f"{ninety_nine(times):,.1f}",
                self._notes[what],
                f"{self._memory[what]:,.0f}" if self._memory[what] else "",
            )
            for what, times in self._times.items()
        ]


TIMES = Times()
"""Those of a whole run."""


class Growth:
    """What the same thing costs at sizes of which each is ten times the one before."""

    def __init__(self) -> None:
        self._costs: dict[str, list[Mapping[str, float]]] = {}
        self._sizes: Sequence[int] = ()

    def add(self, what: str, sizes: Sequence[int], costs: Sequence[Mapping[str, float]]) -> None:
        """Enter what it cost: milliseconds by the clock, those of the processor, and the most memory in MB.

        Of what was repeated, these are medians, and what 99 of 100 do not exceed is told for the largest.
        """
        self._sizes = sizes
        self._costs[what] = list(costs)

    def table(self) -> Table:
        """Return all that, and the growth of processor time; x10 is as much as the input grew."""
        heads = [f"{size:,} articles" for size in self._sizes]
        rows = []
        for what, costs in self._costs.items():
            busy = [each["processor"] for each in costs]
            grown = [f"x{after / max(before, 0.01):.1f}" for before, after in pairwise(busy)]
            memory = [f"{each['peak memory, MB']:,.0f}" for each in costs]
            shown = [f"{each['milliseconds']:,.1f} ({each['processor']:,.1f})" for each in costs]
            still = [
                f"{each['stood still']:,.0f} ({each['stood still, of its own']:,.0f})" if "stood still" in each else ""
                for each in costs[-1:]
            ]
            most = [f"{each['99 %']:,.1f}" if "99 %" in each else "" for each in costs[-1:]]
            rows.append((what, *shown, *most, *grown, *memory, *still))
        growing = [f"growth to {size:,}" for size in self._sizes[1:]]
        memories = [f"MB, {size:,}" for size in self._sizes]
        most = [f"99 %, {size:,}" for size in self._sizes[-1:]]
        return ("milliseconds (of processor)", *heads, *most, *growing, *memories, "stood still (of its own)"), rows


class Sizes:
    """What agreement costs by how many articles there are: here, and by the libraries that are witnesses in the tests."""

    def __init__(self) -> None:
        self._costs: dict[str, dict[int, tuple[float, float, float]]] = {}
        self._aims: dict[str, str] = {}

    def add(self, what: str, articles: int, cost: tuple[float, float, float], aim: str = "") -> None:
        """Enter seconds by the clock, those of the processor, and the most memory so far in MB (0: not told)."""
        self._costs.setdefault(what, {})[articles] = cost
        self._aims[what] = aim or self._aims.get(what, "")

    @contextmanager
    def of(self, what: str, articles: int, aim: str = "") -> Iterator[None]:
        """Measure the block."""
        start, busy = time.perf_counter(), time.process_time()
        yield
        self.add(what, articles, (time.perf_counter() - start, time.process_time() - busy, 0.0), aim)

    def table(self) -> Table:
        """Return all that, and the aim for 10,000 articles where there is one."""
        sizes = sorted({size for each in self._costs.values() for size in each})
        rows = []
        for what, by_size in self._costs.items():
            shown = [f"{by_size[size][0]:.3f} ({by_size[size][1]:.3f})" if size in by_size else "" for size in sizes]
            memory = max((cost[2] for cost in by_size.values()), default=0.0)
            rows.append((what, *shown, f"{memory:,.0f}" if memory else "", self._aims[what]))
        heads = [f"{size:,} article{'s' if size > 1 else ''}" for size in sizes]
        return ("agreement: seconds (of processor)", *heads, "most MB", "aim"), rows


def ninety_nine(times: Sequence[float]) -> float:
    """Return the least measurement that 99 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[-(-99 * len(ordered) // 100) - 1]


def lines(table: Table) -> Iterator[str]:
    """Yield a table with its columns one below the other; nothing where it has no rows."""
    heads, rows = table
    if rows:
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        for row in (heads, *rows):
            first, *more = (
                f"{cell:{'>' if at else '<'}{width}}" for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            yield "  ".join((first, *more)).rstrip()


def markdown(table: Table) -> Iterator[str]:
    """Yield the same as Markdown."""
    heads, rows = table
    if rows:
        for row in (heads, tuple("---" if not at else "--:" for at in range(len(heads))), *rows):
            yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
        yield ""

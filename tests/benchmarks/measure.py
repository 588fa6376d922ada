"""Times, collected and printed as a table: median and 99th percentile. Nothing here judges them."""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Times:
    """Milliseconds by what was measured, in the order of first measuring, with the aim where there is one."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = defaultdict(list)
        self._notes: dict[str, str] = {}

    def add(self, what: str, milliseconds: float, aim: str = "") -> None:
        """Enter one measurement."""
        self._times[what].append(milliseconds)
        self._notes[what] = aim

    @contextmanager
    def of(self, what: str, aim: str = "") -> Iterator[None]:
        """Measure the block."""
        start = time.perf_counter()
        yield
        self.add(what, (time.perf_counter() - start) * 1000, aim)

    def median(self, what: str) -> float:
        """Return the median in milliseconds."""
        return statistics.median(self._times[what])

    def lines(self) -> Iterator[str]:
        """Yield the table."""
        width = max((len(what) for what in self._times), default=0)
        if self._times:
            yield f"{'milliseconds':{width}} {'runs':>6} {'median':>10} {'99 %':>10}  aim"
        for what, times in self._times.items():
            yield f"{what:{width}} {len(times):6} {self.median(what):10,.1f} {_ninety_nine(times):10,.1f}  {self._notes[what]}"


def _ninety_nine(times: list[float]) -> float:
    """Return the least measurement that 99 of 100 do not exceed."""
    ordered = sorted(times)
    return ordered[-(-99 * len(ordered) // 100) - 1]

"""A figure here and by the library that is its witness, side by side; each in a process of its own, within limits."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measure import Table

SECONDS, GIGABYTES = 60, 6
"""What one figure may take of the processor and of memory before it is stopped, here or there."""
_LONGEST = 1_800
"""Seconds by the clock, on a machine that does other things too."""
_ROOT = Path(__file__).resolve().parents[2]
Cost = tuple[float, float, float]
"""Seconds by the clock, seconds of the processor, and the most memory in MB."""


class Beside:
    """What figures cost here and elsewhere, by how many articles there are; and where somebody gave up."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str], dict[int, str]] = {}

    def add(self, figure: str, by: str, articles: int, cost: Cost) -> None:
        """Enter a cost."""
        clock, busy, memory = cost
        self.say(figure, by, articles, f"{clock:,.3f} ({busy:,.3f}), {memory:,.0f} MB")

    def say(self, figure: str, by: str, articles: int, words: str) -> None:
        """Enter why there is no cost."""
        self._cells.setdefault((figure, by), {})[articles] = words

    def table(self) -> Table:
        """Return all that: a row for each figure and who computes it."""
        sizes = sorted({size for cells in self._cells.values() for size in cells})
        heads = ("side by side: seconds (of processor), most memory", *(f"{size:,} articles" for size in sizes))
        # A figure's rows below one another, also where it was measured in several turns.
        figures = list(dict.fromkeys(figure for figure, _ in self._cells))
        order = sorted(self._cells, key=lambda key: figures.index(key[0]))
        return heads, [(": ".join(key), *(self._cells[key].get(size, "") for size in sizes)) for key in order]


def told(module: str, *arguments: str) -> tuple[dict[str, object] | None, str]:
    """Run a module of the benchmarks within the limits; return what it told in its last line, or why it told nothing."""
    command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{module}", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    try:
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
            preexec_fn=_limited,
        )
    except subprocess.TimeoutExpired:
        return None, f"stopped: {_LONGEST} s by the clock"
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return None, f"stopped: {SECONDS} s"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["killed"])[-1]
        is_full = any(word in last for word in ("MemoryError", "allocate", "bad_alloc", "memory"))
        return None, f"gave up: {GIGABYTES} GB" if is_full else f"failed: {last[:60]}"
    return json.loads(done.stdout.splitlines()[-1]), ""


def _limited() -> None:
    import resource  # noqa: PLC0415 - not on Windows

    room = GIGABYTES << 30
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))

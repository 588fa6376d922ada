"""What this process and those that it has begun take together: the time of the processor, and memory."""

import os
import time
from pathlib import Path
from threading import Thread

from tests.benchmarks.measure import peak


def processor() -> float:
    """Return how long the processors have been busy for this process and for those that it has begun and that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


class Together(Thread):
    """Looks again and again how much memory they hold; where the system does not tell, that of this process alone counts."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._most = 0.0

    @property
    def most(self) -> float:
        """The most memory there was, in MB."""
        return max(self._most, peak())

    def run(self) -> None:
        """Look until the program ends."""
        while True:
            self._most = max(self._most, sum(map(_held, (os.getpid(), *_begun()))))
            time.sleep(0.02)


def _begun() -> list[int]:
    return [int(each) for path in Path("/proc/self/task").glob("*/children") for each in path.read_text().split()]


def _held(process: int) -> float:
    """Return how much memory a process holds, in MB; nothing where it has ended, or cannot be asked."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)

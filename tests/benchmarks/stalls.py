"""For how long the window stands still: the gaps between the ticks of a short timer while something goes on."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QThread, QTimer

BETWEEN = 5
"""Milliseconds between two ticks, where nothing is in the way."""
SOON = 400
"""Milliseconds; a timer that goes off once and sooner than this belongs to what goes on."""
QUIET = 3
"""After so many ticks in a row at which nothing went on, it is over."""


def watch(
    is_done: Callable[[], bool], act: Callable[[], object] = lambda: None, own: list[float] | None = None
) -> list[float]:
    """Do something, and run the event loop until all is done; return for how long it did not come round, each time.

    The gaps are in milliseconds; what `act` takes itself is one of them. `own` is given for how
    long the window's thread itself was at work in each: what a machine does that is busy otherwise is not in that.
    """
    gaps: list[float] = []
    last, busy = time.perf_counter(), time.thread_time()
    act()
    loop = QEventLoop()

    def tick() -> None:
        nonlocal last, busy
        at, worked = time.perf_counter(), time.thread_time()
        gaps.append((at - last) * 1000)
        if own is not None:
            own.append((worked - busy) * 1000)
        last, busy = at, worked
        if is_done():
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(BETWEEN)
    loop.exec()
    timer.stop()
    return gaps


class Quiet:
    """Whether nothing goes on any more in a window: no thread of it works, and nothing is put off to be done soon."""

    def __init__(self, window: QObject) -> None:
        self._window = window
        self._ticks = 0

    def __call__(self) -> bool:
        """Look, once a tick."""
        timers = self._window.findChildren(QTimer)
        busy = any(each.isRunning() for each in self._window.findChildren(QThread)) or any(
            each.isActive() and each.interval() < (SOON if each.isSingleShot() else 1) for each in timers
        )
        self._ticks = 0 if busy else self._ticks + 1
        return self._ticks >= QUIET

"""Do many things at once, in processes of their own: as many as the machine has cores, and none for what is soon done.

Python reads one file at a time in one process, however many cores there are, and the window it shares that process
with stutters meanwhile. A process that dies takes one file with it, which is told, and nothing else. What counts for
agreement is spread in the same way.
"""

import os
import pickle
import subprocess
import sys
import time
from _thread import start_new_thread
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from types import TracebackType
from typing import Any, Self, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 1.0
"""Seconds of work after which it is worth while to start other processes."""
_MOST = 4
"""Processes. Each holds the readers' libraries, about 100 MB."""
_LOOK = 0.1
"""Seconds after which it is asked again whether the person has stopped it."""
_AHEAD = 64
"""Things that may be done already while an earlier one is being waited for."""
_HEAVY = 64_000_000
"""Bytes that are under way at once."""
_HERE = str(Path(__file__).resolve().parents[2])


@dataclass(slots=True)
class _Task:
    thing: Any
    weight: int
    answer: "tuple[_How, Any] | None" = None


class _How(Enum):
    """What came of a task."""

    DONE = "done"
    RAISED = "raised"
    LOST = "lost"
    NOT_BEGUN = "not begun"


class Crew:
    """Processes that call functions; they begin when the first is worth while, and end with the ``with`` block.

    Args:
        cancelled: asked while it waits; true stops, in the middle of a file too.
        size: how many processes; by default one a core, four at most.
        patience: seconds of work that are done here first; `PATIENCE` where nothing is said.
        loads: modules that a process loads as soon as it begins.
    """

    def __init__(
        self,
        cancelled: Callable[[], bool],
        *,
        size: int | None = None,
        patience: float | None = None,
        loads: Sequence[str] = (),
    ) -> None:
        self._cancelled = cancelled
        self._loads = loads
        self._size = size or min(os.cpu_count() or 1, _MOST)
        self._patience = PATIENCE if patience is None else patience
        self._tasks: Queue[tuple[int, bytes] | None] = Queue()
        self._answers: Queue[tuple[int, tuple[_How, Any]]] = Queue()
        self._stopped = Event()
        self._at_work = 0
        self._ended: Queue[None] = Queue()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._ticket = 0
        # Of all who spread things: what one of them reads here may itself be an archive, and spread what is in it.
        self._under_way: dict[int, _Task] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        for _ in range(self._at_work):
            self._tasks.put(None)
        for process in list(self._processes):
            process.kill()
        for _ in range(self._at_work):
            self._ended.get()
        self._at_work = 0

    def spread(
        self,
        function: Callable[[T], R],
        things: Iterable[T],
        lost: Callable[[T], R],
        weigh: Callable[[T], int],
        *,
        here: Callable[[T], R] | None = None,
    ) -> Iterator[R]:
        """Yield the results of a function in the order of the things; see `Spread`. Stops where it is cancelled.

        `here` is what this thread does itself with things that no process has begun, instead of waiting for them; it gives
        what the function gives.
        """
        left = iter(things)
        began = time.monotonic()
        for thing in left:
            if self._at_work or time.monotonic() - began > self._patience:
                left = chain((thing,), left)
                break
            yield (here or function)(thing)
        else:
            return
        if self.begin():
            yield from self._together(function, left, lost, weigh, here)
        else:
            yield from map(here or function, left)

    def _together(
        self,
        function: Callable[[T], R],
        left: Iterator[T],
        lost: Callable[[T], R],
        weigh: Callable[[T], int],
        here: Callable[[T], R] | None,
    ) -> Generator[R, None, None]:
        mine: deque[int] = deque()
        is_over = False
        try:
            while mine or not is_over:
                while not is_over and len(mine) < _AHEAD and self._has_room(self._size + bool(here)):
                    thing = next(left, None)
                    is_over = thing is None
                    if thing is not None:
                        mine.append(self._give(function, thing, weigh(thing)))
                if self._cancelled():
                    return
                if (mine or not is_over) and not (here and self._helps(here)):
                    self._hear()
                while mine and self._under_way[mine[0]].answer is not None:
                    yield _result(self._under_way.pop(mine.popleft()), here or function, lost)
        finally:
            for ticket in mine:
                self._under_way.pop(ticket, None)

    def _give(self, function: Callable[[T], R], thing: T, weight: int) -> int:
        """Hand a thing on, and return under which number its answer will come."""
        self._ticket += 1
        self._under_way[self._ticket] = _Task(thing, weight)
        self._tasks.put((self._ticket, pickle.dumps((function, thing))))
        return self._ticket

    def _has_room(self, hands: int) -> bool:
        waiting = [each for each in self._under_way.values() if each.answer is None]
        return len(waiting) < 2 * hands and (not waiting or sum(each.weight for each in waiting) < _HEAVY)

    def _helps(self, here: Callable[[Any], Any]) -> bool:
        """Do what nobody has begun yet; return whether there was such a thing, and nothing to be heard."""
        if not self._answers.empty():
            return False
        with suppress(Empty):
            given = self._tasks.get_nowait()
            task = self._under_way.get(given[0]) if given else None
            if task is not None:
                task.answer = (_How.DONE, here(task.thing))
                return True
        return False

    def _hear(self) -> None:
        """Take an answer, if there is one soon; what was asked for by somebody who has stopped is passed over."""
        with suppress(Empty):
            ticket, answer = self._answers.get(timeout=_LOOK)
            task = self._under_way.get(ticket)
            if task is not None:
                task.answer = answer
                if answer[0] is _How.DONE:
                    task.thing = None  # no longer held

    def begin(self) -> bool:
        """Start the processes, if they have not begun; return whether there are any."""
        if not self._at_work and _can_start():
            self._at_work = self._size
            for _ in range(self._size):
                # Here, for a thread of its own would wait again and again until this one, which is busy, lets it go on.
                process = self._started()
                # No `threading.Thread`: made in a thread of the window, it would leave a stand-in for that one behind.
                start_new_thread(self._serve, (process,))
        return bool(self._at_work)

    def _serve(self, begun: "subprocess.Popen[bytes] | None") -> None:
        """Hand tasks on to a process, and its answers back; start another one when it has died."""
        try:
            self._hand_on(begun)
        finally:
            self._ended.put(None)

    def _hand_on(self, begun: "subprocess.Popen[bytes] | None") -> None:
        process = self._heard(begun)
        while (task := self._tasks.get()) is not None and not self._stopped.is_set():
            ticket, packed = task
            if ticket not in self._under_way:
                continue
            answer = _asked(process, packed) if process else (_How.NOT_BEGUN, None)
            if answer[0] is _How.LOST and not self._stopped.is_set():
                self._end(process)
                process = self._heard(self._started())
            self._answers.put((ticket, answer))
        self._end(process)

    def _started(self) -> "subprocess.Popen[bytes] | None":
        """Return a process that begins; None where none can be started."""
        # It must find the same packages, wherever this program was started from.
        paths = os.pathsep.join([_HERE, *filter(None, sys.path)])
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "annotator.articles.crew_member", *self._loads],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return None
        self._processes.append(process)
        return process

    def _heard(self, process: "subprocess.Popen[bytes] | None") -> "subprocess.Popen[bytes] | None":
        """Return a process that has begun, and waits for tasks; None where it does not."""
        if process and not self._stopped.is_set() and _hears(process):
            return process
        self._end(process)
        return None

    def _end(self, process: "subprocess.Popen[bytes] | None") -> None:
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        self._processes.remove(process)


def _can_start() -> bool:
    """Whether this program can start itself again: not where it was packed into one file."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _hears(process: "subprocess.Popen[bytes]") -> bool:
    """Whether a process has begun and waits for tasks."""
    assert process.stdout
    try:
        return bool(pickle.load(process.stdout))  # noqa: S301 - our own process
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return False


def _asked(process: "subprocess.Popen[bytes]", packed: bytes) -> tuple[_How, Any]:
    """Hand a task on, and return what came of it."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(len(packed).to_bytes(8, "big") + packed)
        process.stdin.flush()
        is_done, value = pickle.load(process.stdout)  # noqa: S301 - our own process
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return _How.LOST, None
    return (_How.DONE if is_done else _How.RAISED), value


def _result(task: _Task, function: Callable[[Any], R], lost: Callable[[Any], R]) -> R:
    how, value = task.answer or (_How.LOST, None)
    match how:
        case _How.DONE:
            return cast(R, value)
        case _How.NOT_BEGUN:
            return function(task.thing)
        case _How.LOST:
            return lost(task.thing)
        case _How.RAISED:
            raise RuntimeError(f"Reading failed in another process:\n{value}")

"""Run what reads a kind of file in a process of its own: a small file can make a library take all memory or never end."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, BinaryIO

from annotator.articles.source import Source, UnreadableError

_HERE = str(Path(__file__).resolve().parents[2])
_LOOK = 0.1
"""Seconds after which it is asked again whether the person has stopped it."""
_SILENCE = 60.0
"""Seconds that it may take to say the next thing: a page, a row."""
_MOST_SECONDS = 300.0
"""Seconds that are waited for it in all."""
_AHEAD = 256
"""Values that it may be ahead of what is made of them."""
_END = object()


class Outside:
    """A module that is run on a file; what it says is iterated over, a JSON value a line.

    The first thing that it says is that it has begun, which is not handed on.

    Attributes:
        is_whole: once the iteration has ended: whether it said all and ended well. Else it was stopped, by the person,
            for its time or memory, or it crashed.
    """

    def __init__(self, source: Source, module: str, *arguments: str) -> None:
        """Say what is run: ``annotator.articles.<module> PATH arguments…``; the path is ``-`` for standard input."""
        path = str(source.path.absolute()) if source.path else "-"
        self._source = source
        self._command = [sys.executable, "-m", f"annotator.articles.{module}", path, *arguments]
        self._values: Queue[Any] = Queue(_AHEAD)
        self._stopped = Event()
        self.is_whole = False

    def __iter__(self) -> Generator[Any, None, None]:
        """Yield what it says.

        Raises:
            UnreadableError: it could not be started.
        """
        # It must find the same packages, wherever this program was started from.
        paths = os.pathsep.join([_HERE, *filter(None, sys.path)])
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            threads = [Thread(target=each, args=(process,), daemon=True) for each in (self._give, self._take)]
            for thread in threads:
                thread.start()
            try:
                yield from self._told(process, complaints)
            finally:
                self._stopped.set()
                process.kill()
                process.wait()
                for thread in threads:
                    thread.join()
                for stream in (process.stdin, process.stdout):
                    if stream:
                        stream.close()

    def _told(self, process: "subprocess.Popen[bytes]", complaints: BinaryIO) -> Iterator[Any]:
        has_begun = False
        left = _MOST_SECONDS
        asked = time.monotonic()
        while True:
            try:
                value = self._values.get(timeout=_LOOK)
            except Empty:
                waited = time.monotonic() - asked
                if self._source.cancelled() or waited > min(_SILENCE, left):
                    return
                continue
            left -= time.monotonic() - asked
            if value is _END:
                break
            if has_begun:
                yield value
            has_begun = True
            asked = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            self.is_whole = process.wait(_SILENCE) == 0
        if not has_begun:
            complaints.seek(0)
            last = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise UnreadableError(
                f"What reads this kind of file could not be started ({last or 'no reason given'}). Install it again."
            )

    def _give(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin
        # It may end before it has read all: what it said tells why.
        with suppress(OSError):
            if self._source.path is None:
                process.stdin.write(self._source.content or b"")
            process.stdin.close()

    def _take(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout
        for line in process.stdout:
            try:
                self._put(json.loads(line))
            except ValueError:
                # It was ended in the middle of a line.
                break
        self._put(_END)

    def _put(self, value: object) -> None:
        while not self._stopped.is_set():
            with suppress(Full):
                self._values.put(value, timeout=_LOOK)
                return


def begin(memory: int) -> None:
    """Bound the memory of this process to so many bytes, where the system lets it, and say that it has begun."""
    # The next import fails on Windows, where only the time is bounded.
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    say(None)


def say(value: object) -> None:
    """Write a value for `Outside` to hand on."""
    sys.stdout.buffer.write(json.dumps(value).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()

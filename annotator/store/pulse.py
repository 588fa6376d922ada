"""Whether the folder of a project answers: one on a network may hang, and whoever asks it then hangs with it."""

import shutil
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic

from annotator.model.errors import SilentFolderError

PATIENCE = 1.0
"""Seconds that the window may stand still for a folder."""
FRESH = 0.2
"""Seconds for which an answer holds: what is done at one key asks once."""


class Pulse:
    """Asks a folder for a sign of life in a thread of its own, so that whoever is about to use it can be told that none came.

    What hangs in the system can be neither stopped nor waited for: the thread is left to itself until the folder answers.
    """

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self._folder = folder
        self._patience = patience
        self._wanted = threading.Semaphore(0)
        self._answered = threading.Event()
        self._answered.set()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._last = -FRESH

    def check(self) -> None:
        """Return as soon as the folder answers; on a disk that is at hand, at once.

        Raises:
            SilentFolderError: it does not. Asked again while it still does not, this is raised without waiting.
        """
        is_asked = not self._answered.is_set()
        if not is_asked:
            if monotonic() - self._last < FRESH:
                return
            self._answered.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="pulse", daemon=True)
                self._thread.start()
            self._wanted.release()
        if not self._answered.wait(0 if is_asked else self._patience):
            raise SilentFolderError(self._folder)
        self._last = monotonic()

    def close(self) -> None:
        """Ask no more."""
        self._is_closed = True
        self._wanted.release()
        if self._thread is not None and self._answered.is_set():
            self._thread.join()

    def _listen(self) -> None:
        while True:
            self._wanted.acquire()
            if self._is_closed:
                return
            # How much room there is: a question that systems pass on to the other side of a network, each time.
            with suppress(OSError):
                shutil.disk_usage(self._folder)
            self._answered.set()


def ask(folder: Path) -> None:
    """Return when a folder answers.

    Raises:
        SilentFolderError: it does not.
    """
    pulse = Pulse(folder)
    try:
        pulse.check()
    finally:
        pulse.close()

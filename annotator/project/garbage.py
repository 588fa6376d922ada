"""Making very many values at once without Python looking through all of them for circles, again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_running = 0
_was_enabled = False


@contextmanager
def left_lying() -> Iterator[None]:
    """Let Python look for no circles of objects meanwhile: values have none.

    With hundreds of thousands of new ones looking takes a quarter of the time, and half a second each time in which the
    window stands still. Several threads may do so at once: the last one begins again what was going on.
    """
    global _running, _was_enabled  # noqa: PLW0603 - the collector is one for the whole program, too
    with _LOCK:
        if not _running:
            _was_enabled = gc.isenabled()
        _running += 1
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _running -= 1
            if not _running and _was_enabled:
                gc.enable()

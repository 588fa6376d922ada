"""When Python looks for circles of objects that nobody needs: never while very many values are made, and where it is safe."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

_LOCK = Lock()
_running = 0
_was_enabled = False
_REST = 200
"""So many times as long as looking through everything took, nobody looks through everything again."""
_rested_at = 0.0


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
            # Into the oldest generation unseen: else whoever makes the next object would look through all of them at once.
            gc.freeze()
            gc.unfreeze()
            if not _running and _was_enabled:
                gc.enable()


def sweep() -> None:
    """Look for circles of objects if enough has been made since the last time, and nobody makes very many values.

    For a thread that alone may take some objects away, as the window's may those of Qt, while Python itself is told not
    to look (`gc.disable`): it would do so in whichever thread happens to make an object.
    """
    global _rested_at  # noqa: PLW0603 - as above
    with _LOCK:
        if _running:
            return
    due = [generation for generation in (2, 1, 0) if 0 < gc.get_threshold()[generation] < gc.get_count()[generation]]
    begun = monotonic()
    if 2 in due and begun < _rested_at:
        due.remove(2)
    if due:
        gc.collect(due[0])
    if 2 in due:
        ended = monotonic()
        _rested_at = ended + _REST * (ended - begun)

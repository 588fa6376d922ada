"""A process of a `Crew`: is told a function and a thing, calls the one with the other, and says what came of it.

It is started with the names of the modules that it is to load before it is told anything.
"""

import os
import pickle
import signal
import sys
import traceback
from importlib import import_module
from typing import BinaryIO

_LENGTH = 8


def main() -> None:
    """Work until nothing more is asked for."""
    # Whoever stops the program in a terminal stops it, and it ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for name in sys.argv[1:]:
        import_module(name)
    _say(answers, value=True)
    while (task := _task(sys.stdin.buffer)) is not None:
        try:
            function, thing = pickle.loads(task)  # noqa: S301 - from the process that has started this one
            answer = (True, function(thing))
        except Exception:  # noqa: BLE001 - handed on whole, to be raised there
            answer = (False, traceback.format_exc())
        _say(answers, answer)


def _say(answers: BinaryIO, value: object) -> None:
    pickle.dump(value, answers)
    answers.flush()


def _task(stream: BinaryIO) -> bytes | None:
    """Return the next task; None at the end."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    packed = stream.read(size)
    return packed if len(packed) == size else None


if __name__ == "__main__":
    main()

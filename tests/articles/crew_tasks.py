"""What a crew is told to do in its tests. Nothing heavy is imported: each process imports it anew."""

import os
import threading


def pid(_thing: int) -> int:
    return os.getpid()


def root(thing: int) -> float:
    return float(thing**0.5) if thing != 7 else os._exit(1)


def wait_for_ever(_thing: int) -> None:
    threading.Event().wait()

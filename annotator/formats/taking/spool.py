"""What is read in one order and needed in another waits in a file meanwhile."""

import marshal
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

_IN_MEMORY = 4 << 20
"""Bytes that wait without a file."""


class Spool:
    """Plain values (strings, numbers, tuples, lists, dicts) under a key, in the order in which they came.

    Of each no more than its place is held in memory.
    """

    def __init__(self, file: "SpooledTemporaryFile[bytes]") -> None:
        self._file = file
        self._places: dict[str, array[int]] = {}
        self._end = 0

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, in the order in which they came."""
        return iter(self._places)

    def put(self, key: str, value: Any) -> None:  # noqa: ANN401 - whatever is plain
        """Lay a value down, behind those that the key has already; not once anything was taken."""
        # Nobody else ever sees the file, so it need not be of a kind that others can read.
        data = marshal.dumps(value)
        self._file.write(data)
        places = self._places.get(key)
        if places is None:
            places = self._places[key] = array("Q")
        places.append(self._end)
        places.append(len(data))
        self._end += len(data)

    def take(self, key: str) -> Iterator[Any]:
        """Yield the values of a key; they stay there."""
        for number in range(len(self._places.get(key, ())) // 2):
            yield self.one(key, number)

    def one(self, key: str, number: int) -> Any:  # noqa: ANN401 - whatever was put there
        """Return one of the values of a key, by its number from 0."""
        start, size = self._places[key][2 * number : 2 * number + 2]
        self._file.seek(start)
        return marshal.loads(self._file.read(size))


@contextmanager
def spooled() -> Iterator[Spool]:
    """Yield a place for values; what is in it goes when the block ends."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        yield Spool(file)

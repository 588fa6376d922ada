"""Finding the words of very many texts: each run between blanks is looked at once, however often it comes."""

from array import array

import numpy as np

from annotator.agreement.corpus import Ints
from annotator.text.words import runs, words_of_run

_MOST = 1 << 16
"""Runs that are known, ten megabytes; then all is forgotten."""


class Finder(dict[str, int]):
    """Finds words; not for several threads at once. As a dictionary: the number of each run that is known."""

    def __init__(self) -> None:
        super().__init__()
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._first, self._count = array("q"), array("q")
        self._start, self._end = array("q"), array("q")

    def __missing__(self, run: str) -> int:
        found = words_of_run(run)
        number = self[run] = len(self._first)
        self._first.append(len(self._start))
        self._count.append(len(found))
        self._start.extend(start for start, _ in found)
        self._end.extend(end for _, end in found)
        return number

    def words(self, text: str) -> tuple[Ints, Ints]:
        """Return where all words of a text begin and end: as `annotator.text.words.words`, in a fraction of the time."""
        if len(self) > _MOST:
            self._forget()
        pieces = runs(text)
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        begins = (np.cumsum(lengths) - lengths)[::2]
        numbers = np.fromiter(map(self.__getitem__, pieces[::2]), np.int64, len(begins))
        first, count, start, end = (
            np.frombuffer(each, np.int64) if each else np.zeros(0, dtype=np.int64)
            for each in (self._first, self._count, self._start, self._end)
        )
        counts = count[numbers]
        at = np.repeat(first[numbers] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        shift = np.repeat(begins, counts)
        return start[at] + shift, end[at] + shift

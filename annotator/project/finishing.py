"""When articles were finished, as ranks: thousands of times are compared at once, and each is read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from annotator.agreement.corpus import Ints


@dataclass(frozen=True)
class Finishing:
    """Who finished which article when.

    Attributes:
        times: ISO 8601, ascending, each once.
        rank: article × annotator: the place in `times`; -1 where it is not finished.
    """

    times: tuple[str, ...]
    rank: Ints

    @classmethod
    def of(cls, done: Sequence[Mapping[int, str]], articles: int) -> "Finishing":
        """Return this of each annotator's times by article."""
        times = tuple(sorted({time for mine in done for time in mine.values()}))
        place = {time: number for number, time in enumerate(times)}
        rank = np.full((articles, len(done)), -1, dtype=np.int64)
        for number, mine in enumerate(done):
            rank[list(mine), number] = [place[time] for time in mine.values()]
        return cls(times, rank)

    def last(self, articles: Ints) -> Ints:
        """Return when the last one finished each of some articles, as places in `times`."""
        return np.asarray(self.rank[articles].max(axis=1, initial=-1))

    def in_order(self, articles: Ints) -> Ints:
        """Return which of some articles comes first, second, … by the last one's finishing; in the same moment by place."""
        return np.lexsort((articles, self.last(articles)))

    def week(self, time: int) -> str:
        """Return the day on which the week of one of `times`, given by its place, began."""
        return _monday(self.times[time][:10])


@lru_cache(maxsize=4096)
def _monday(date: str) -> str:
    """Return the day on which the week of a date began."""
    day = datetime.fromisoformat(date).date()
    return (day - timedelta(days=day.weekday())).isoformat()

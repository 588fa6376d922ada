"""How long somebody worked, read off the times at which something was done."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

PAUSE = 300.0
"""Seconds. Who does nothing for longer than this was away."""


def apart(before: str, after: str) -> float:
    """Return the seconds between two times (ISO 8601 in UTC); more than `PAUSE` where one of them cannot be read."""
    try:
        return datetime.fromisoformat(after).timestamp() - datetime.fromisoformat(before).timestamp()
    except ValueError:
        return 2 * PAUSE


def pace(times: Iterable[str]) -> float | None:
    """Return how many seconds lie between things that were done one after the other: the median of those gaps.

    `times` are ISO 8601 in UTC, in order. Gaps of more than `PAUSE` and of nothing do not count; None with fewer than two.
    """
    gaps = sorted(gap for before, after in pairwise(times) if 0 < (gap := apart(before, after)) <= PAUSE)
    middle = len(gaps) // 2
    # By hand: the module for statistics would make the program start later.
    return (gaps[middle] + gaps[-middle - 1]) / 2 if len(gaps) > 1 else None


def seconds(done: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], float]:
    """Return how many seconds each annotator worked in each article: annotator and article are the keys.

    `done` are annotator, article and time (ISO 8601 in UTC) of steps, in any order. The time between two steps of one
    annotator is work on the article of the later one, unless it is longer than `PAUSE`; what came before the first step
    of a sitting cannot be known and is not counted. A time that cannot be read counts for nothing.
    """
    # Numbers without objects around them: of a million labels there are as many steps, for which lists took a gigabyte.
    numbers: dict[str, int] = {}
    times: dict[str, tuple[array[float], array[int]]] = defaultdict(lambda: (array("d"), array("L")))
    for annotator, article, made_at in done:
        try:
            time = datetime.fromisoformat(made_at).timestamp()
        except ValueError:
            continue
        mine, where = times[annotator]
        mine.append(time)
        where.append(numbers.setdefault(article, len(numbers)))
    articles = list(numbers)
    found: dict[tuple[str, str], float] = {}
    for annotator, (mine, where) in times.items():
        spent = [0.0] * len(articles)
        worked = set[int]()
        steps: Iterable[tuple[float, int]] = zip(mine, where, strict=True)
        if any(before > after for before, after in pairwise(mine)):  # merged, or made while a clock jumped
            steps = sorted(steps, key=lambda step: (step[0], articles[step[1]]))
        before = -math.inf
        for after, number in steps:
            if after - before <= PAUSE:
                spent[number] += after - before
                worked.add(number)
            before = after
        found.update(((annotator, articles[number]), spent[number]) for number in sorted(worked))
    return found

"""How many things are made of many others: one by one, or several at once by a `crew.Crew`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """How a function is called with many things, one after the other or several at once; results come in their order.

    Function and things must be such that `pickle` can hand them on. `lost` gives the result for a thing with which the
    process that had it died; `weigh` says how many bytes of it are held.
    """

    def __call__(
        self, function: Callable[[T], R], things: Iterable[T], lost: Callable[[T], R], weigh: Callable[[T], int]
    ) -> Iterator[R]:
        """Yield the results."""


def one_by_one(
    function: Callable[[T], R],
    things: Iterable[T],
    lost: Callable[[T], R],  # noqa: ARG001 - nothing is lost here
    weigh: Callable[[T], int],  # noqa: ARG001 - one at a time
) -> Iterator[R]:
    """Call a function with many things in this process, each when its result is asked for: a `Spread`."""
    return map(function, things)

"""What is to be counted in some articles: in characters, and in words."""

from collections.abc import Sequence

from annotator.project.recount import Work
from annotator.project.stock import Source, Stock


def work_of(
    source: Source, stock: Stock, places: Sequence[int], asked: tuple[str, ...] = (), *, anew: bool = False
) -> Work:
    """Return what is to be counted in some articles (places in the stock); `asked` and `anew` as in `Work`."""
    everybody, mine = stock.states.finishers, [stock.headings[place] for place in places]
    out = stock.left_out
    return Work(
        ids=[each.id for each in mine],
        titles=[each.title for each in mine],
        texts=[each.length for each in mine],
        left_out={number: out[place] for number, place in enumerate(places) if place in out},
        annotators=everybody,
        finished=stock.states.table(everybody)[places],
        known=tuple(each.id for each in source.codebook.labels),
        asked=asked,
        anew=anew,
    )

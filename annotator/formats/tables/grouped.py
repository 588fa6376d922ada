"""Rows of a table article by article, without holding the table."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from annotator.formats.tables.sheets import TableRow

Rows = Callable[[], Iterator[TableRow]]
"""Goes through a table, from its beginning each time."""


class Grouped:
    """The rows of a table that belong to articles, taken in the order of the articles.

    A table is gone through once beforehand. Where its rows stand in the order of the articles, as they are written, no
    more than those of one article are held; where somebody has sorted them otherwise, all are.

    Attributes:
        strangers: by an article that is not among the articles: its first row, and how many it has.
    """

    def __init__(
        self,
        rows: Rows,
        home: Callable[[TableRow], str],
        order: Mapping[str, int],
        *,
        told: Callable[[TableRow], None] | None = None,
    ) -> None:
        """Look through a table; `home` returns a row's article, `order` is where each stands, `told` gets every row."""
        self.strangers: dict[str, tuple[TableRow, int]] = {}
        self._home = home
        self._held: dict[str, list[TableRow]] | None = None
        is_in_order, last = True, -1
        for row in rows():
            if told is not None:
                told(row)
            article = home(row)
            place = order.get(article)
            if place is None:
                first, count = self.strangers.get(article, (row, 0))
                self.strangers[article] = (first, count + 1)
                continue
            is_in_order = is_in_order and place >= last
            last = place
        known = (row for row in rows() if home(row) in order)
        if is_in_order:
            self._rows = known
            self._next = next(known, None)
        else:
            self._held = _by(known, home)

    def take(self, article: str) -> list[TableRow]:
        """Return the rows of an article; those that come before it in order must have been taken."""
        if self._held is not None:
            return self._held.get(article, [])
        found = []
        while self._next is not None and self._home(self._next) == article:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _by(rows: Iterable[TableRow], home: Callable[[TableRow], str]) -> dict[str, list[TableRow]]:
    found: dict[str, list[TableRow]] = {}
    for row in rows:
        found.setdefault(home(row), []).append(row)
    return found

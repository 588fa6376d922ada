"""Rows of a table article by article, in whatever order they stand, without holding the table."""

from collections.abc import Callable, Container, Iterator

from annotator.formats.tables.sheets import TableRow
from annotator.formats.taking.spool import Spool

Rows = Callable[[], Iterator[TableRow]]
"""Goes through a table, from its beginning each time."""


class Grouped:
    """The rows of a table that belong to articles; they wait in a file until they are asked for.

    Attributes:
        strangers: by an article that is not among the articles: its first row, and how many it has.
    """

    def __init__(
        self,
        rows: Rows,
        home: Callable[[TableRow], str],
        articles: Container[str],
        spool: Spool,
        *,
        told: Callable[[TableRow], None] | None = None,
    ) -> None:
        """Go through a table once; `home` returns a row's article, `told` gets every row."""
        self.strangers: dict[str, tuple[TableRow, int]] = {}
        self._spool = spool
        self._any: TableRow | None = None
        for row in rows():
            if told is not None:
                told(row)
            article = home(row)
            if article in articles:
                self._any = row
                spool.put(article, (row.number, row.values))
            else:
                first, count = self.strangers.get(article, (row, 0))
                self.strangers[article] = (first, count + 1)

    def take(self, article: str) -> list[TableRow]:
        """Return the rows of an article, in their order."""
        if self._any is None:
            return []
        file, places = self._any.file, self._any.places
        return [TableRow(file, number, places, values) for number, values in self._spool.take(article)]

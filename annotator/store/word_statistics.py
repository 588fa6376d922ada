"""What measuring agreement counted in words in each article, kept beside what it counted in characters.

Derived likewise: a row goes with the row of its article in `statistics`, in the same step, and comes when somebody has
asked for tokens or a tolerance.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.store.rows import among
from annotator.store.works import lists

_COLUMNS = "article, annotators, labels, is_wide, tokens, sets, lost, edges, places"


@dataclass(frozen=True, slots=True)
class WordStatistic:
    """One article's row.

    Attributes:
        article: its id. annotators, labels, is_wide: as in `Statistic`.
        tokens: how many there are, in what is not left out.
        tables: sets and lost points in tokens, and boundaries in characters, as bytes.
        places: start and end in tokens of each of the fragments of `Statistic`, as bytes.
    """

    article: str
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    is_wide: bool
    tokens: int
    tables: tuple[bytes, ...]
    places: bytes


def read(db: Database, method: int, wanted: Collection[str] = ()) -> Iterator[WordStatistic]:
    """Yield the rows that were counted by this method, of all articles or those that are wanted, ordered by article."""
    where, values = among("article", wanted)
    known: dict[str, tuple[str, ...]] = {}
    for article, annotators, labels, is_wide, tokens, *tables, places in db.execute(
        f"SELECT {_COLUMNS} FROM word_statistic WHERE method = ? AND {where} ORDER BY article", (method, *values)
    ):
        who, what = lists(known, annotators), lists(known, labels)
        yield WordStatistic(article, who, what, bool(is_wide), tokens, tuple(tables), places)


def write(db: Database, method: int, rows: Iterable[WordStatistic]) -> None:
    """Keep rows, in place of those of the same articles; but of articles of which nothing is kept in characters none."""
    with db.atomic():
        db.conn.executemany(
            f"INSERT OR REPLACE INTO word_statistic ({_COLUMNS}, method)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE EXISTS (SELECT 1 FROM statistic WHERE article = ?1)",
            (
                (
                    each.article,
                    json.dumps(each.annotators),
                    json.dumps(each.labels),
                    int(each.is_wide),
                    each.tokens,
                    *each.tables,
                    each.places,
                    method,
                )
                for each in rows
            ),
        )

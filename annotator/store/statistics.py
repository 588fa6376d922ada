"""What measuring agreement counted in each article, kept so that a review opens at once.

Derived, and so without history: whatever changes the labels, states or blocks of an article takes its row away in the same
step, and measuring counts it again. The project's `check` counts all of them again and compares.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.model.article import State
from annotator.store.rows import among, stored

_COLUMNS = "article, annotators, labels, is_wide, words, waiting, sets, spans, lost, made, faced, extents, fragments"
NOUNS = frozenset({"annotation", "state", "blocks"})
"""What a row is counted from: a change of one of these, or of an article's text, takes the row of its article away."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """One article's row.

    Attributes:
        article: its id.
        annotators: ids of those who have finished it, ascending; the contents hold places in these.
        labels: ids of labels, ascending, likewise.
        is_wide: whether numbers in the contents have many bytes.
        words: blank-separated, in what is not left out.
        waiting: annotator, label and how many, of annotations by those who have not finished it.
        tables: sets, spans, lost, made, faced and extents, as bytes.
        fragments: the fragments of those who have finished it, as bytes.
    """

    article: str
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    is_wide: bool
    words: int
    waiting: tuple[tuple[str, str, int], ...]
    tables: tuple[bytes, ...]
    fragments: bytes


def read(db: Database, method: int, wanted: Collection[str] = ()) -> Iterator[Statistic]:
    """Yield the rows that were counted by this method, of all articles or those that are wanted, ordered by article."""
    where, values = among("article", wanted)
    known: dict[str, tuple[str, ...]] = {}

    def names(text: str) -> tuple[str, ...]:
        # The same few lists stand in thousands of rows.
        if text not in known:
            known[text] = tuple(stored(json.loads, text, "statistic"))
        return known[text]

    for article, annotators, labels, is_wide, words, waiting, *contents in db.execute(
        f"SELECT {_COLUMNS} FROM statistic WHERE method = ? AND {where} ORDER BY article",
        (method, *values),
    ):
        left = () if waiting == "[]" else tuple(tuple(each) for each in stored(json.loads, waiting, "statistic"))
        tables, fragments = tuple(contents[:-1]), contents[-1]
        yield Statistic(article, names(annotators), names(labels), bool(is_wide), words, left, tables, fragments)


def write(db: Database, method: int, rows: Iterable[Statistic]) -> None:
    """Keep rows, in place of those of the same articles."""
    with db.atomic():
        for each in rows:
            db.execute(
                f"INSERT OR REPLACE INTO statistic ({_COLUMNS}, method) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    each.article,
                    json.dumps(each.annotators),
                    json.dumps(each.labels),
                    int(each.is_wide),
                    each.words,
                    json.dumps(each.waiting),
                    *each.tables,
                    each.fragments,
                    method,
                ),
            )


def forget(db: Database, article: str) -> None:
    """Take an article's row away."""
    # Not `Database.execute`, which looks around first: this is done with every label, in the step that is open.
    db.conn.execute("DELETE FROM statistic WHERE article = ?", (article,))


def missing(db: Database, method: int) -> list[tuple[str, int]]:
    """Return the articles of which nothing is kept that was counted by this method, by id, and how many finished each."""
    finished = [each.value for each in State if each.is_finished]
    rows = db.execute(
        "SELECT a.id, (SELECT count(*) FROM state s"
        f" WHERE s.article = a.id AND s.state IN ({', '.join('?' * len(finished))}))"
        " FROM article a LEFT JOIN statistic t ON t.article = a.id AND t.method = ? WHERE t.article IS NULL ORDER BY a.id",
        (*finished, method),
    )
    return [(article, readers) for article, readers in rows]


def lacking(db: Database) -> int:
    """Return of how many articles nothing is kept, by whichever method."""
    row = db.execute("SELECT (SELECT count(*) FROM article) - (SELECT count(*) FROM statistic)").fetchone()
    return int(row[0])


def is_empty(db: Database) -> bool:
    """Return whether nothing is kept."""
    return db.execute("SELECT 1 FROM statistic LIMIT 1").fetchone() is None

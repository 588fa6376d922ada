"""The labels of articles in few bytes: what counting agreement begins with.

A million labels are spread over the file; to look for each takes longer than to count them. So those of an article are laid
together when an annotator has finished it. Derived, and so without history: the row goes in the same step in which a label
of the article changes, and counting asks the labels themselves then. The project's `check` does both and compares.
"""

import json
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from annotator.model.problem import Problem
from annotator.store.rows import among, stored

METHOD = 1
"""Which way of writing this is: to be raised with every change of it."""
HALF = 31
"""Bits of a position in a number that holds two: no text is so long."""
NOUNS = frozenset({"annotation", "article"})
"""What a row is made of: a change of an annotation, or of an article's text, takes the row of its article away."""
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""All blanks; there are none beyond."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Work:
    """The labels of an article, as in the file.

    Attributes:
        article: its id. annotators, labels: JSON, lists of ids.
        runs: for each annotator and label, in the order of their ids: places in these lists, and how many fragments, of
            four bytes each.
        fragments: in the order of the runs, the annotations' ids and their places; eight bytes each: `HALF` bits for the
            end, as many for the start, both without the blanks at the edges, and one that says whether it goes on with
            the annotation before.
    """

    article: str
    annotators: str
    labels: str
    runs: bytes
    fragments: bytes


def made(db: Database, wanted: Collection[str]) -> Iterator[Work]:
    """Yield the work on the wanted articles from the labels themselves, ordered by article; none where there are none.

    A row for each of a million fragments would take much longer. (SQLite gathers rows in the order in which it reads them:
    that of the index and the fragments' key.)
    """
    if not wanted:
        return
    where, values = among("a.article", wanted)
    # Where an ordinary character stands at the edge, and nearly always one does, no blank is looked for: that takes longest.
    ordinary = "BETWEEN '!' AND '~'"
    start = f"iif(f.covered {ordinary}, f.start, f.start + length(f.covered) - length(ltrim(f.covered, ?)))"
    end = f'iif(substr(f.covered, -1) {ordinary}, f."end", f."end" - length(f.covered) + length(rtrim(f.covered, ?)))'
    rows = db.execute(
        "SELECT a.article, a.annotator, a.label, count(*),"
        f" group_concat(((f.place > 0) << {2 * HALF}) | (({start}) << {HALF}) | ({end}))"
        " FROM annotation a INDEXED BY annotation_article CROSS JOIN fragment f ON f.annotation = a.id"
        f" WHERE {where} GROUP BY a.article, a.annotator, a.label",
        (_BLANKS, _BLANKS, *values),
    )
    for article, mine in groupby(rows, key=lambda row: str(row[0])):
        people: dict[str, int] = {}
        labels: dict[str, int] = {}
        runs: list[int] = []
        codes: list[int] = []
        for _, who, label, count, coded in mine:
            runs += (people.setdefault(who, len(people)), labels.setdefault(label, len(labels)), count)
            codes += map(int, coded.split(","))
        yield Work(
            article,
            json.dumps(list(people)),
            json.dumps(list(labels)),
            struct.pack(f"<{len(runs)}I", *runs),
            struct.pack(f"<{len(codes)}q", *codes),
        )


def remember(db: Database, articles: Collection[str]) -> None:
    """Keep the work on those of the articles of which it is not kept."""
    wanted = sorted(articles)
    for first in range(0, len(wanted), _AT_ONCE):
        where, values = among("a.id", wanted[first : first + _AT_ONCE])
        rows = db.execute(
            "SELECT a.id FROM article a LEFT JOIN work w ON w.article = a.id AND w.method = ?"
            f" WHERE w.article IS NULL AND {where}",
            (METHOD, *values),
        )
        for each in list(made(db, [row[0] for row in rows])):
            db.execute(
                "INSERT OR REPLACE INTO work (article, method, annotators, labels, runs, fragments) VALUES (?, ?, ?, ?, ?, ?)",
                (each.article, METHOD, each.annotators, each.labels, each.runs, each.fragments),
            )


def forget(db: Database, article: str) -> None:
    """Take the work on an article away."""
    # Not `Database.execute`, which looks around first: this is done with every label, in the step that is open.
    db.conn.execute("DELETE FROM work WHERE article = ?", (article,))


def read(db: Database, wanted: Collection[str] = ()) -> Iterator[Work]:
    """Yield the work that is kept of the wanted articles, or of all."""
    where, values = among("article", wanted)
    query = f"SELECT article, annotators, labels, runs, fragments FROM work WHERE method = ? AND {where}"
    yield from (Work(*row) for row in db.execute(query, (METHOD, *values)))


def lists(known: dict[str, tuple[str, ...]], written: str) -> tuple[str, ...]:
    """Return a list of ids as it stands in a row; `known` are those that were read before: the same few stand everywhere."""
    if written not in known:
        known[written] = tuple(stored(json.loads, written, "work"))
    return known[written]


def check(db: Database) -> Iterator[Problem]:
    """Yield the articles of which something else is kept than what the labels are."""
    articles = [row[0] for row in db.execute("SELECT article FROM work WHERE method = ? ORDER BY article", (METHOD,))]
    for first in range(0, len(articles), _AT_ONCE):
        some = articles[first : first + _AT_ONCE]
        anew = {each.article: each for each in made(db, some)}
        for each in read(db, some):
            if anew.get(each.article) != each:
                yield Problem(f"article {each.article}", "What is laid ready of its labels is not what they are.")

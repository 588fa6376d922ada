"""How many labels of which kind stand where: kept in step with every write, because counting a million is slow."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from annotator.model.counting import noun
from annotator.model.problem import Problem

_OF_ONE = "SELECT annotator, article, label, 1 FROM annotation WHERE id = ?"
_KEY = "annotator, article, label"


def remember(db: Database, annotation_id: str) -> None:
    """Count an annotation that was just written."""
    db.execute(
        f"INSERT INTO tally ({_KEY}, count) {_OF_ONE} ON CONFLICT ({_KEY}) DO UPDATE SET count = count + 1",
        (annotation_id,),
    )


def remember_new(db: Database, places: Iterable[tuple[str, str, str]]) -> None:
    """Count annotations that were just written: annotator, article and label of each."""
    db.conn.executemany(
        f"INSERT INTO tally ({_KEY}, count) VALUES (?, ?, ?, ?)"
        f" ON CONFLICT ({_KEY}) DO UPDATE SET count = count + excluded.count",
        ((*place, count) for place, count in Counter(places).items()),
    )


def forget(db: Database, annotation_id: str) -> bool:
    """Stop counting an annotation that is about to be changed or taken away; return whether it was there."""
    row = db.execute(_OF_ONE, (annotation_id,)).fetchone()
    if row is None:
        return False
    place = f"WHERE ({_KEY}) = (?, ?, ?)"
    db.execute(f"DELETE FROM tally {place} AND count = 1", row[:3])
    db.execute(f"UPDATE tally SET count = count - 1 {place}", row[:3])
    return True


def of_labels(db: Database, annotator_id: str) -> dict[str, int]:
    """Return how many annotations of each label an annotator has made."""
    rows = db.execute("SELECT label, sum(count) FROM tally WHERE annotator = ? GROUP BY label", (annotator_id,))
    return dict(rows.fetchall())


def of_annotators(db: Database) -> dict[str, int]:
    """Return how many annotations each annotator has made."""
    return dict(db.execute("SELECT annotator, sum(count) FROM tally GROUP BY annotator").fetchall())


def of_everybody(db: Database) -> dict[str, int]:
    """Return how many annotations of each label there are."""
    return dict(db.execute("SELECT label, sum(count) FROM tally GROUP BY label").fetchall())


def check(db: Database) -> Iterator[Problem]:
    """Yield where the tally is not what counting says."""
    query = (
        f"SELECT {_KEY}, sum(counted), sum(kept) FROM ("
        f"SELECT {_KEY}, count(*) AS counted, 0 AS kept FROM annotation GROUP BY {_KEY}"
        f" UNION ALL SELECT {_KEY}, 0, count FROM tally"
        f") GROUP BY {_KEY} HAVING sum(counted) != sum(kept)"
    )
    for annotator, article, label, counted, kept in db.execute(query):
        where = f"annotator {annotator} in article {article}"
        yield Problem(
            where,
            f"There {noun(counted, 'is', 'are')} {counted} {noun(counted, 'annotation')} “{label}”, but {kept} {noun(kept, 'is', 'are')} counted.",
        )


def labels_by_article(db: Database) -> dict[str, frozenset[str]]:
    """Return the labels that anybody has made in each article; articles without any are left out."""
    found: dict[str, set[str]] = {}
    for article, label in db.execute("SELECT DISTINCT article, label FROM tally"):
        found.setdefault(article, set()).add(label)
    return {article: frozenset(labels) for article, labels in found.items()}

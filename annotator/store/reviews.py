"""Reports of agreement that were computed from this project, kept so that a large one is shown at once.

Derived, and so without history, as what they were counted from (`statistics`). A report speaks of the project at one step:
any later step makes it one that nobody asks for any more.
"""

from sqlite_utils import Database

_MOST = 20


def read(db: Database, asked: str, revision: int, method: str) -> str | None:
    """Return what was made of a request by a method when the last step was `revision`; None where there is no such report."""
    row = db.execute(
        "SELECT content FROM review WHERE asked = ? AND revision = ? AND method = ?", (asked, revision, method)
    ).fetchone()
    return None if row is None else str(row[0])


def write(db: Database, asked: str, revision: int, method: str, content: str) -> None:
    """Keep a report, and no older ones; of those of the same step the last few."""
    with db.atomic():
        db.execute("DELETE FROM review WHERE revision != ? OR method != ? OR asked = ?", (revision, method, asked))
        db.execute(
            "DELETE FROM review WHERE number NOT IN (SELECT number FROM review ORDER BY number DESC LIMIT ?)",
            (_MOST - 1,),
        )
        db.execute(
            "INSERT INTO review (asked, revision, method, content) VALUES (?, ?, ?, ?)",
            (asked, revision, method, content),
        )

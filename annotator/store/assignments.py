"""Who is to label what, and what the coordinator has settled."""

from sqlite_utils import Database

from annotator.store.history import Image
from annotator.store.rows import fetch, one, write

_COLUMNS = "article, annotator, place, made_at"


class AssignmentNoun:
    """Assignments, under the key ``article:annotator``."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        query = f"SELECT {_COLUMNS} FROM assignment WHERE article = ? AND annotator = ?"
        return one(db, query, *key.split(":"))

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "assignment", image, key=("article", "annotator"))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM assignment WHERE article = ? AND annotator = ?", tuple(key.split(":")))


class SettingNoun:
    """Settings of the file, by name."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, "SELECT name, value FROM setting WHERE name = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "setting", image, key=("name",))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM setting WHERE name = ?", (key,))


def assignments(db: Database, annotator_id: str = "") -> list[Image]:
    """Return the assignments of one annotator, or all, in the order in which each annotator reads."""
    where = "WHERE annotator = ?" if annotator_id else ""
    query = f"SELECT {_COLUMNS} FROM assignment {where} ORDER BY annotator, place, article"
    return list(fetch(db, query, *([annotator_id] if annotator_id else [])))


def keys_of_article(db: Database, article_id: str) -> list[str]:
    """Return the keys of all assignments of an article."""
    rows = db.execute("SELECT annotator FROM assignment WHERE article = ? ORDER BY annotator", (article_id,))
    return [f"{article_id}:{row[0]}" for row in rows]


def labels(db: Database) -> dict[tuple[str, str], int]:
    """Return how many labels there are by article and annotator."""
    query = "SELECT article, annotator, sum(count) FROM tally GROUP BY article, annotator"
    return {(article, annotator): count for article, annotator, count in db.execute(query)}

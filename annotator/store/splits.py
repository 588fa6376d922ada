"""Splits: which article is in which part for training and testing."""

import json
from collections import defaultdict

from sqlite_utils import Database

from annotator.model.split import Split
from annotator.store.history import Image
from annotator.store.rows import Row, fetch, one, stored, write

_NAMES = ("id", "name", "by", "seed", "shares", "made_at")
_COLUMNS = 'id, name, "by", seed, shares, made_at'


class SplitNoun:
    """Splits: the row, and ``parts`` as [[article, part], …] in order of the articles' ids."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_COLUMNS} FROM split WHERE id = ?", key)
        return None if row is None else {**row, "parts": _parts(db, key)}

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        db.execute("DELETE FROM part WHERE split = ?", (image["id"],))
        write(db, "split", {name: image[name] for name in _NAMES})
        for article, part in image["parts"]:
            db.execute("INSERT INTO part (split, article, part) VALUES (?, ?, ?)", (image["id"], article, part))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM part WHERE split = ?", (key,))
        db.execute("DELETE FROM split WHERE id = ?", (key,))


def _parts(db: Database, key: str) -> list[list[str]]:
    rows = db.execute("SELECT article, part FROM part WHERE split = ? ORDER BY article", (key,))
    return [list(row) for row in rows]


def image(split: Split) -> Image:
    """Return a split as an image."""
    found = sorted((article, part) for part, articles in split.parts for article in articles)
    return {
        "id": split.id,
        "name": split.name,
        "by": split.by,
        "seed": split.seed,
        "shares": json.dumps([list(each) for each in split.shares]),
        "made_at": split.made_at,
        "parts": [list(each) for each in found],
    }


def splits(db: Database) -> tuple[Split, ...]:
    """Return all splits, by name."""
    return tuple(_split(db, row) for row in fetch(db, f"SELECT {_COLUMNS} FROM split ORDER BY name"))


def _split(db: Database, row: Row) -> Split:
    shares = stored(json.loads, row["shares"], f"the shares of the split {row['name']}")
    articles: dict[str, set[str]] = defaultdict(set)
    for article, part in _parts(db, row["id"]):
        articles[part].add(article)
    return Split(
        id=row["id"],
        name=row["name"],
        by=row["by"],
        seed=row["seed"],
        shares=tuple((part, share) for part, share in shares),
        parts=tuple((part, frozenset(articles[part])) for part, _ in shares),
        made_at=row["made_at"],
    )

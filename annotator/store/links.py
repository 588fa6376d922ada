"""Links: roles of frames and relations."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from annotator.model.annotation import Link, Origin
from annotator.store.history import Image
from annotator.store.rows import among, fetch, insert_new, one, stored, write

_COLUMNS = "id, kind, origin_id, target, annotator, place, codebook, revision, origin, made_at, changed_at"
_ORDER = "ORDER BY origin_id, kind, place, id"
_MANY = 500
"""Ids asked for in one statement; SQLite allows many more, a statement stays readable in a log."""
_NAMES = tuple(name.strip() for name in _COLUMNS.split(","))


class LinkNoun:
    """Links, a row each."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_COLUMNS} FROM link WHERE id = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "link", image)

    def write_new(self, db: Database, images: Sequence[Image]) -> None:
        """Write images of which nothing can be there, in few statements."""
        insert_new(db, "link", images)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM link WHERE id = ?", (key,))


def image(link: Link) -> Image:
    """Return `link` as an image."""
    # Not `asdict`, which copies every string: an import has very many.
    return {name: getattr(link, name) for name in _NAMES} | {"origin": link.origin.value}


def from_image(found: Image) -> Link:
    """Return the link that an image holds."""
    return Link(**{**found, "origin": stored(Origin, found["origin"], "the origin of a link")})


def link(db: Database, link_id: str) -> Link | None:
    """Return a link, or None."""
    row = one(db, f"SELECT {_COLUMNS} FROM link WHERE id = ?", link_id)
    return None if row is None else from_image(row)


def known(db: Database, link_ids: Iterable[str]) -> frozenset[str]:
    """Return those of the ids that a link has."""
    ids = list(link_ids)
    found: set[str] = set()
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        found.update(row[0] for row in db.execute(f"SELECT id FROM link WHERE id IN ({_marks(some)})", some))
    return frozenset(found)


def leaving(db: Database, annotation_ids: Iterable[str]) -> set[tuple[str, str, str | None]]:
    """Return kind, origin and target of the links that leave any of the annotations."""
    ids = list(annotation_ids)
    found: set[tuple[str, str, str | None]] = set()
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        query = f"SELECT kind, origin_id, target FROM link WHERE origin_id IN ({_marks(some)})"
        found.update(db.execute(query, some).fetchall())
    return found


def _marks(some: list[str]) -> str:
    return ", ".join("?" * len(some))


def of_article(db: Database, article_id: str) -> list[Link]:
    """Return the links that leave or reach annotations of an article; of the whole project when the id is empty."""
    if not article_id:
        return [from_image(row) for row in fetch(db, f"SELECT {_COLUMNS} FROM link {_ORDER}")]
    ends = (
        f"SELECT l.* FROM annotation a JOIN link l ON l.{end} = a.id WHERE a.article = ?"
        for end in ("origin_id", "target")
    )
    rows = fetch(db, f"SELECT {_COLUMNS} FROM ({' UNION '.join(ends)}) {_ORDER}", article_id, article_id)
    return [from_image(row) for row in rows]


def of_articles(db: Database, article_ids: Iterable[str]) -> list[Link]:
    """Return the links that leave annotations of some articles, each article's one after the other."""
    query = f"SELECT l.* FROM annotation a JOIN link l ON l.origin_id = a.id WHERE a.article = ? {_ORDER}"
    return [from_image(row) for article_id in article_ids for row in fetch(db, query, article_id)]


def touching(db: Database, annotation_ids: Iterable[str]) -> list[Link]:
    """Return the links that leave or reach any of the annotations."""
    ids = sorted(set(annotation_ids))
    if not ids:
        return []
    pairs = [among(end, ids) for end in ("origin_id", "target")]
    ends = " UNION ".join(f"SELECT * FROM link WHERE {where}" for where, _ in pairs)
    given = [value for _, values in pairs for value in values]
    return [from_image(row) for row in fetch(db, f"SELECT {_COLUMNS} FROM ({ends}) {_ORDER}", *given)]

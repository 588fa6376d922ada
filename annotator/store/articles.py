"""Articles, their texts and their blocks."""

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from annotator.model.article import (
    Article,
    ArticleHead,
    Block,
    BlockKind,
    Metadatum,
    Provenance,
    State,
    fingerprint,
)
from annotator.store import outlines
from annotator.store.history import Image, load
from annotator.store.rows import Row, among, fetch, one, stored, write

_COLUMNS = (
    "id, text, title, place, language, direction, metadata, source, source_hash, importer, encoding, report, added_at"
)
_MANY = 500
"""Ids of which it is quicker to read all there are."""


class TextNoun:
    """Texts, which are only ever added (and taken away again by undo)."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, "SELECT id, content FROM text WHERE id = ?", key)
        return None if row is None else dict(row)

    def write(self, db: Database, image: Image) -> None:
        """Write an image."""
        content = image["content"]
        outlines.forget(db, image["id"])
        write(db, "text", {**image, "fingerprint": fingerprint(content), "length": len(content)})
        outlines.remember(db, image["id"], content)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        outlines.forget(db, key)
        db.execute("DELETE FROM text WHERE id = ?", (key,))


class ArticleNoun:
    """What is known about articles."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_COLUMNS} FROM article WHERE id = ?", key)
        return None if row is None else dict(row)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "article", image)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM article WHERE id = ?", (key,))


class BlocksNoun:
    """All blocks of an article, as one thing: ``{"article": id, "blocks": [[kind, start, end], …]}``."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        found = [[block.kind.value, block.start, block.end] for block in blocks(db, key)]
        return {"article": key, "blocks": found} if found else None

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        self.remove(db, image["article"])
        for place, (kind, start, end) in enumerate(image["blocks"]):
            db.execute(
                'INSERT INTO block (article, place, kind, start, "end") VALUES (?, ?, ?, ?, ?)',
                (image["article"], place, kind, start, end),
            )

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM block WHERE article = ?", (key,))


def article_image(article: Article, text_id: str, place: int) -> Image:
    """Return `article` as an image, without its text and blocks."""
    provenance = article.provenance
    return {
        "id": article.id,
        "text": text_id,
        "title": article.title,
        "place": place,
        "language": article.language,
        "direction": article.direction,
        "metadata": metadata_image(article.metadata),
        "source": provenance.source,
        "source_hash": provenance.source_hash,
        "importer": provenance.importer,
        "encoding": provenance.encoding,
        "report": _dump(list(provenance.report)),
        "added_at": article.added_at,
    }


def metadata_image(metadata: Iterable[Metadatum]) -> str:
    """Return metadata as it is stored in an article's image."""
    return _dump([[each.key, each.value, each.original] for each in metadata])


def blocks_image(article_id: str, found: tuple[Block, ...]) -> Image | None:
    """Return the blocks of an article as an image; None when there are none."""
    if not found:
        return None
    return {"article": article_id, "blocks": [[block.kind.value, block.start, block.end] for block in found]}


def blocks(db: Database, article_id: str) -> tuple[Block, ...]:
    """Return the blocks of an article, in order."""
    rows = fetch(db, 'SELECT kind, start, "end" FROM block WHERE article = ? ORDER BY place', article_id)
    return tuple(Block(stored(BlockKind, row["kind"], "the kind of a block"), row["start"], row["end"]) for row in rows)


def article(db: Database, article_id: str) -> Article | None:
    """Return an article with its text, or None."""
    row = one(
        db,
        "SELECT a.*, t.content FROM article a JOIN text t ON t.id = a.text WHERE a.id = ?",
        article_id,
    )
    return None if row is None else _article(row, blocks(db, article_id))


def _article(row: Row, found: tuple[Block, ...]) -> Article:
    return Article(
        id=row["id"],
        title=row["title"],
        text=row["content"],
        blocks=found,
        metadata=tuple(Metadatum(*each) for each in stored(json.loads, row["metadata"], "metadata")),
        language=row["language"],
        direction=row["direction"],
        provenance=Provenance(
            source=row["source"],
            source_hash=row["source_hash"],
            importer=row["importer"],
            encoding=row["encoding"],
            report=tuple(stored(json.loads, row["report"], "the report of an import")),
        ),
        added_at=row["added_at"],
    )


_HEADS = """
SELECT a.id, a.title, t.length, a.language, a.direction, a.source, s.state, coalesce(c.count, 0) AS count, a.metadata
FROM article a JOIN text t ON t.id = a.text
LEFT JOIN state s ON s.article = a.id AND s.annotator = :annotator
LEFT JOIN (SELECT article, sum(count) AS count FROM tally WHERE annotator = :annotator GROUP BY article) c
  ON c.article = a.id
"""


def heads(db: Database, annotator_id: str) -> list[ArticleHead]:
    """Return all articles in the order of the list, with state and count for one annotator."""
    rows = db.execute(f"{_HEADS} ORDER BY a.place, a.id", {"annotator": annotator_id})
    return [_head(row) for row in rows]


def head(db: Database, article_id: str, annotator_id: str) -> ArticleHead | None:
    """Return one article's entry in the list."""
    row = db.execute(
        "SELECT a.id, a.title, t.length, a.language, a.direction, a.source, s.state,"
        " (SELECT coalesce(sum(count), 0) FROM tally WHERE article = a.id AND annotator = :annotator), a.metadata"
        " FROM article a JOIN text t ON t.id = a.text"
        " LEFT JOIN state s ON s.article = a.id AND s.annotator = :annotator WHERE a.id = :article",
        {"annotator": annotator_id, "article": article_id},
    ).fetchone()
    return None if row is None else _head(row)


def _head(row: tuple[Any, ...]) -> ArticleHead:
    identity, title, length, language, direction, source, state, count, metadata = row
    outlet, date, story, byline = _known(metadata)
    return ArticleHead(
        identity,
        title,
        length,
        language,
        direction,
        source,
        stored(State, state or State.NEW, "the state of an article"),
        count,
        outlet,
        date,
        story,
        byline,
    )


@lru_cache(maxsize=20_000)
def _known(metadata: str) -> tuple[str, str, str, str]:
    """Return what the list shows of an article's metadata: outlet, date, story, byline."""
    values: dict[str, str] = {}
    for key, value, _ in stored(json.loads, metadata, "metadata"):
        values.setdefault(key, value)
    return (
        values.get("outlet", ""),
        values.get("date published", "") or values.get("date", ""),
        values.get("story", ""),
        values.get("byline", ""),
    )


def fingerprints(db: Database, but: str = "") -> dict[str, str]:
    """Return the fingerprint of every article's text and the article's title; of all articles but one, if it is named."""
    rows = db.execute(
        "SELECT t.fingerprint, a.title FROM article a JOIN text t ON t.id = a.text WHERE a.id != ?", (but,)
    )
    return dict(rows.fetchall())


_EARLIER = """
SELECT DISTINCT c.key AS article, t.id AS text
FROM (
  SELECT key, CASE WHEN json_valid(before) THEN json_extract(before, '$.text') END AS was
  FROM change WHERE noun = 'article' AND before IS NOT NULL
) c JOIN article a ON a.id = c.key JOIN text t ON t.id = c.was WHERE c.was != a.text
"""
"""Texts that an article had before a new version took their place: they stay in the file, and the history knows whose."""


def earlier_fingerprints(db: Database) -> dict[str, str]:
    """Return the fingerprints of the texts that articles had before, and the articles' titles."""
    query = f"SELECT t.fingerprint, a.title FROM ({_EARLIER}) e JOIN text t ON t.id = e.text JOIN article a ON a.id = e.article"
    return dict(db.execute(query).fetchall())


def earlier_texts(db: Database) -> dict[str, tuple[str, ...]]:
    """Return the ids of the texts that articles had before, by article; only those that had another one."""
    found: dict[str, tuple[str, ...]] = {}
    for article_id, text in db.execute(f"{_EARLIER} ORDER BY c.key, t.id"):
        found[article_id] = (*found.get(article_id, ()), text)
    return found


def earlier_of(db: Database, article_id: str) -> list[str]:
    """Return the ids of the texts that one article had before."""
    rows = db.execute(
        "SELECT before FROM change WHERE noun = 'article' AND key = ? AND before IS NOT NULL", (article_id,)
    )
    found = {str(load(row[0])["text"]) for row in rows.fetchall()}
    now = db.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
    return sorted(found - {now[0] if now else ""})


def is_used(db: Database, text_id: str) -> bool:
    """Whether it is the text of an article now."""
    return db.execute("SELECT 1 FROM article WHERE text = ? LIMIT 1", (text_id,)).fetchone() is not None


def content(db: Database, text_id: str) -> str | None:
    """Return a text by its id, or None."""
    row = db.execute("SELECT content FROM text WHERE id = ?", (text_id,)).fetchone()
    return None if row is None else str(row[0])


def text_before(db: Database, article_id: str, step: int) -> str | None:
    """Return the text that an article had when a step began, in code points as offsets then counted.

    None where that is the text that it has now, or where it is not in the file any more.
    """
    row = db.execute(
        "SELECT before FROM change WHERE noun = 'article' AND key = ? AND step >= ? AND before IS NOT NULL"
        " ORDER BY step, place LIMIT 1",
        (article_id, step),
    ).fetchone()
    now = db.execute("SELECT text FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None or now is None:
        return None
    was = load(row[0])["text"]
    return None if was == now[0] else content(db, was)


def by_fingerprint(db: Database, mark: str) -> str | None:
    """Return the id of the article whose text has that fingerprint, or None."""
    row = db.execute(
        "SELECT a.id FROM article a JOIN text t ON t.id = a.text WHERE t.fingerprint = ? ORDER BY a.id LIMIT 1", (mark,)
    ).fetchone()
    return None if row is None else str(row[0])


def next_place(db: Database) -> int:
    """Return the place behind the last article."""
    return int(db.execute("SELECT coalesce(max(place), -1) + 1 FROM article").fetchone()[0])


def title(db: Database, article_id: str) -> str:
    """Return an article's title; empty when there is no such article."""
    row = db.execute("SELECT title FROM article WHERE id = ?", (article_id,)).fetchone()
    return "" if row is None else str(row[0])


def ids(db: Database) -> list[str]:
    """Return the ids of all articles in the order of the list."""
    return [row[0] for row in db.execute("SELECT id FROM article ORDER BY place, id")]


def known(db: Database, wanted: Collection[str]) -> frozenset[str]:
    """Return those of the ids that are an article's."""
    if not wanted:
        return frozenset()
    # Of many, to look for each takes longer than to read them all.
    where, values = among("id", wanted if len(wanted) <= _MANY else ())
    return frozenset(row[0] for row in db.execute(f"SELECT id FROM article WHERE {where}", values)).intersection(wanted)


def contents(db: Database, article_ids: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield id, title and text of articles, one after the other."""
    for article_id in article_ids:
        row = one(
            db, "SELECT a.title, t.content FROM article a JOIN text t ON t.id = a.text WHERE a.id = ?", article_id
        )
        if row is not None:
            yield article_id, row["title"], row["content"]


def _dump(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False)

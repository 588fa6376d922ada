"""Annotations with their fragments and attributes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from annotator.model.annotation import Annotation, Origin
from annotator.model.span import Fragment, Span
from annotator.store import tally
from annotator.store.history import Image
from annotator.store.rows import insert_new, one, stored, write

_COLUMNS = "id, article, annotator, label, note, codebook, revision, origin, made_at, changed_at"
_ORIGINS = {each.value: each for each in Origin}
_NAMES = tuple(name.strip() for name in _COLUMNS.split(","))
_FRAGMENT = 'INSERT INTO fragment (annotation, place, start, "end", covered) VALUES (?, ?, ?, ?, ?)'
_ATTRIBUTE = "INSERT INTO attribute (annotation, name, value) VALUES (?, ?, ?)"
_MANY = 500
"""Ids asked for in one statement; SQLite allows many more, a statement stays readable in a log."""


class AnnotationNoun:
    """Annotations: the row, ``fragments`` as [[start, end, covered text], …], ``attributes`` as [[name, value], …]."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_COLUMNS} FROM annotation WHERE id = ?", key)
        if row is None:
            return None
        fragments = db.execute(
            'SELECT start, "end", covered FROM fragment WHERE annotation = ? ORDER BY place', (key,)
        ).fetchall()
        attributes = db.execute(
            "SELECT name, value FROM attribute WHERE annotation = ? ORDER BY name, value", (key,)
        ).fetchall()
        return {
            **row,
            "fragments": [list(each) for each in fragments],
            "attributes": [list(each) for each in attributes],
        }

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        key = image["id"]
        if tally.forget(db, key):
            self._remove_parts(db, key)
        write(db, "annotation", {name: image[name] for name in _NAMES})
        tally.remember(db, key)
        for place, (start, end, covered) in enumerate(image["fragments"]):
            db.execute(_FRAGMENT, (key, place, start, end, covered))
        for name, value in image["attributes"]:
            db.execute(_ATTRIBUTE, (key, name, value))

    def write_new(self, db: Database, images: Sequence[Image]) -> None:
        """Write images of which nothing can be there, in few statements."""
        insert_new(db, "annotation", ({name: image[name] for name in _NAMES} for image in images))
        tally.remember_new(db, ((each["annotator"], each["article"], each["label"]) for each in images))
        db.conn.executemany(
            _FRAGMENT, ((each["id"], place, *piece) for each in images for place, piece in enumerate(each["fragments"]))
        )
        db.conn.executemany(_ATTRIBUTE, ((each["id"], *pair) for each in images for pair in each["attributes"]))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        self._remove_parts(db, key)
        tally.forget(db, key)
        db.execute("DELETE FROM annotation WHERE id = ?", (key,))

    @staticmethod
    def _remove_parts(db: Database, key: str) -> None:
        db.execute("DELETE FROM attribute WHERE annotation = ?", (key,))
        db.execute("DELETE FROM fragment WHERE annotation = ?", (key,))


def image(annotation: Annotation, text: str) -> Image:
    """Return `annotation` as an image; `text` is its article's, for the covered words."""
    return {
        "id": annotation.id,
        "article": annotation.article,
        "annotator": annotation.annotator,
        "label": annotation.label,
        "note": annotation.note,
        "codebook": annotation.codebook,
        "revision": annotation.revision,
        "origin": annotation.origin.value,
        "made_at": annotation.made_at,
        "changed_at": annotation.changed_at,
        "fragments": [[start, end, text[start:end]] for start, end in annotation.span.fragments],
        "attributes": [list(pair) for pair in sorted(set(annotation.attributes))],
    }


def from_image(found: Image) -> Annotation:
    """Return the annotation that an image holds."""
    return _annotation(
        [found[name] for name in _NAMES],
        tuple(Fragment(start, end) for start, end, _ in found["fragments"]),
        tuple((name, value) for name, value in found["attributes"]),
    )


def of_article(db: Database, article_id: str, annotator_id: str = "") -> list[tuple[Annotation, tuple[str, ...]]]:
    """Return the annotations of an article with the covered text as stored, in reading order.

    `annotator_id` empty: those of everybody.
    """
    where = "a.article = ?" + (" AND a.annotator = ?" if annotator_id else "")
    return _load(db, where, (article_id, annotator_id) if annotator_id else (article_id,))


def by_ids(db: Database, wanted: Iterable[str]) -> dict[str, Annotation]:
    """Return those of the annotations asked for that exist."""
    return {annotation.id: annotation for annotation, _ in _loaded(db, list(wanted))}


def with_words(db: Database, wanted: Iterable[str]) -> list[tuple[Annotation, tuple[str, ...]]]:
    """Return those of the annotations asked for that exist, with the covered text as stored, in reading order."""
    return sorted(_loaded(db, list(wanted)), key=lambda pair: pair[0].order)


def _loaded(db: Database, ids: Sequence[str]) -> Iterator[tuple[Annotation, tuple[str, ...]]]:
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        yield from _load(db, f"a.id IN ({', '.join('?' * len(some))})", some)


def beginning_at(db: Database, article_id: str, annotator_id: str, label: str, start: int) -> list[Annotation]:
    """Return the annotations of one label whose first fragment begins at the code point `start`."""
    rows = db.execute(
        "SELECT a.id FROM annotation a JOIN fragment f ON f.annotation = a.id AND f.place = 0"
        " WHERE a.annotator = ? AND a.article = ? AND a.label = ? AND f.start = ?",
        (annotator_id, article_id, label, start),
    )
    return list(by_ids(db, [row[0] for row in rows]).values())


def covered(
    db: Database, annotator_id: str, labels: tuple[str, ...], article_id: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield id, covered text (fragments joined by an ellipsis) and article's title of an annotator's annotations.

    Only those with one of the labels, in the order of the articles and of reading; `article_id` empty: of all articles.
    """
    where = " AND a.article = ?" if article_id else ""
    rows = db.execute(
        "SELECT a.id, f.covered, t.title, f.place FROM annotation a JOIN fragment f ON f.annotation = a.id"
        " JOIN article t ON t.id = a.article"
        f" WHERE a.annotator = ? AND a.label IN ({', '.join('?' * len(labels))}){where}"
        " ORDER BY t.place, t.id, (SELECT start FROM fragment WHERE annotation = a.id AND place = 0), a.id, f.place",
        (annotator_id, *labels, *([article_id] if article_id else [])),
    ).fetchall()
    for (key, title), parts in groupby(rows, key=lambda row: (row[0], row[2])):
        yield key, " … ".join(part[1] for part in parts), title


def ids_of_label(db: Database, label: str) -> list[str]:
    """Return the ids of all annotations with one label."""
    return [row[0] for row in db.execute("SELECT id FROM annotation WHERE label = ? ORDER BY id", (label,))]


def labels_in_use(db: Database) -> dict[str, int]:
    """Return how many annotations there are of each label, by everybody."""
    return tally.of_everybody(db)


def ids_under(db: Database, annotator_id: str, revision: int, labels: Iterable[str]) -> list[str]:
    """Return the ids of an annotator's annotations of some labels made under one revision of the codebook."""
    wanted = list(labels)
    rows = db.execute(
        f"SELECT id FROM annotation WHERE annotator = ? AND codebook = ? AND label IN ({', '.join('?' * len(wanted))})",
        (annotator_id, revision, *wanted),
    )
    return [row[0] for row in rows]


def ids_of_article(db: Database, article_id: str) -> list[str]:
    """Return the ids of all annotations of an article."""
    return [row[0] for row in db.execute("SELECT id FROM annotation WHERE article = ?", (article_id,))]


def _load(db: Database, where: str, parameters: Sequence[str]) -> list[tuple[Annotation, tuple[str, ...]]]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM annotation a WHERE {where}", parameters).fetchall()
    fragments: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    pieces = db.execute(
        'SELECT f.annotation, f.start, f."end", f.covered FROM annotation a JOIN fragment f ON f.annotation = a.id'
        f" WHERE {where} ORDER BY f.annotation, f.place",
        parameters,
    )
    for key, start, end, covered in pieces:
        fragments[key].append((start, end, covered))
    attributes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    values = db.execute(
        "SELECT v.annotation, v.name, v.value FROM annotation a JOIN attribute v ON v.annotation = a.id"
        f" WHERE {where} ORDER BY v.annotation, v.name, v.value",
        parameters,
    )
    for key, name, value in values:
        attributes[key].append((name, value))
    found = []
    for row in rows:
        pieces_here = fragments[row[0]]
        span = tuple([Fragment(start, end) for start, end, _ in pieces_here])
        annotation = _annotation(row, span, tuple(attributes.get(row[0], ())))
        found.append((annotation, tuple([words for _, _, words in pieces_here])))
    return sorted(found, key=lambda pair: pair[0].order)


def _annotation(
    values: Sequence[Any], fragments: tuple[Fragment, ...], attributes: tuple[tuple[str, str], ...]
) -> Annotation:
    """Return the annotation with these values, which are in the order of `_COLUMNS`."""
    identity, article, annotator, label, note, codebook, revision, origin, made_at, changed_at = values
    return Annotation(
        id=identity,
        article=article,
        annotator=annotator,
        label=label,
        span=Span(fragments),
        attributes=attributes,
        note=note,
        codebook=codebook,
        revision=revision,
        origin=_ORIGINS.get(origin) or stored(Origin, origin, "the origin of an annotation"),
        made_at=made_at,
        changed_at=changed_at,
    )

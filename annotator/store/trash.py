"""Deleted labels, read off the history."""

from collections.abc import Iterable

from sqlite_utils import Database

from annotator.model.annotation import Annotation, Deleted
from annotator.model.errors import SpanError
from annotator.store import annotations, links
from annotator.store.history import Image, load
from annotator.store.rows import StoredValueError, fetch, one

_LAST = """
SELECT c.key, c.before, c.step, s.made_at FROM change c JOIN step s ON s.number = c.step
WHERE c.noun = 'annotation' AND c.before IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM annotation a WHERE a.id = c.key)
  AND NOT EXISTS (SELECT 1 FROM change d WHERE d.key = c.key AND d.noun = c.noun AND d.step > c.step)
"""


def deleted(db: Database, limit: int = 1000, annotators: Iterable[str] | None = None) -> list[Deleted]:
    """Return the labels that were deleted, the latest first: those of some annotators (ids), of everybody when None."""
    whose = None if annotators is None else list(annotators)
    of = "" if whose is None else f"AND json_extract(c.before, '$.annotator') IN ({', '.join('?' * len(whose))})"
    query = f"{_LAST} {of} ORDER BY c.step DESC, c.place LIMIT ?"
    return [_deleted(db, row) for row in fetch(db, query, *(whose or ()), limit)]


def deleted_one(db: Database, annotation_id: str) -> Deleted | None:
    """Return one deleted label, or None if it was never deleted."""
    row = one(db, f"{_LAST} AND c.key = ?", annotation_id)
    return None if row is None else _deleted(db, row)


def _deleted(db: Database, row: Image) -> Deleted:
    try:
        return _read(db, row)
    except (KeyError, TypeError, SpanError) as error:
        raise StoredValueError(f"an entry of the history lacks something: {error}") from error


def _read(db: Database, row: Image) -> Deleted:
    image = load(row["before"])
    annotation: Annotation = annotations.from_image(image)
    gone = [
        links.from_image(load(each["before"]))
        for each in fetch(
            db, "SELECT before FROM change WHERE step = ? AND noun = 'link' AND before IS NOT NULL", row["step"]
        )
    ]
    return Deleted(
        annotation=annotation,
        covered=tuple(covered for _, _, covered in image["fragments"]),
        step=row["step"],
        deleted_at=row["made_at"],
        links=tuple(link for link in gone if annotation.id in (link.origin_id, link.target)),
    )

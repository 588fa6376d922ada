"""The life of one annotation, read off the history."""

from sqlite_utils import Database

from annotator.model.annotation import Annotation
from annotator.model.errors import SpanError
from annotator.model.past import Turn
from annotator.store import annotations
from annotator.store.history import as_step, load
from annotator.store.rows import Row, StoredValueError, fetch

_TOUCHED = """
SELECT c.before, s.number, s.title, s.kind, s.made_at, s.annotator, s.article, s.inverts, s.undone_by
FROM change c JOIN step s ON s.number = c.step
WHERE c.key = ? AND c.noun = 'annotation' ORDER BY c.step, c.place
"""


def turns(db: Database, annotation_id: str) -> list[Turn]:
    """Return what happened to an annotation, the first first: nothing where it never was.

    The history holds what stood there before each step; what stood there afterwards is what the next one found.
    """
    rows = list(fetch(db, _TOUCHED, annotation_id))
    standing = annotations.by_ids(db, [annotation_id]).get(annotation_id)
    befores = [_before(row) for row in rows]
    return [
        Turn(as_step(row), before, after)
        for row, before, after in zip(rows, befores, [*befores, standing][1:], strict=True)
    ]


def _before(row: Row) -> Annotation | None:
    if row["before"] is None:
        return None
    try:
        return annotations.from_image(load(row["before"]))
    except (KeyError, TypeError, SpanError) as error:
        raise StoredValueError(f"an entry of the history lacks something: {error}") from error

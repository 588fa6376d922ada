"""Decisions: what was decided where annotators differ, and why."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from annotator.model.adjudication import Decision, Held, Mark, Outcome
from annotator.store.history import Image
from annotator.store.rows import Row, fetch, one, stored, write

_COLUMNS = (
    'id, article, kind, part, start, "end", held, outcome, gold, targets, annotator, reason, note, clause, thread,'
    " codebook, made_at, changed_at"
)
_JSON = ("held", "gold", "targets")


class DecisionNoun:
    """Decisions, a row each; ``held``, ``gold`` and ``targets`` as plain values."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_COLUMNS} FROM decision WHERE id = ?", key)
        return None if row is None else _image(row)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        written = {name: json.dumps(image[name], ensure_ascii=False, separators=(",", ":")) for name in _JSON}
        write(db, "decision", {**image, **written})

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM decision WHERE id = ?", (key,))


def image(decision: Decision) -> Image:
    """Return a decision as an image."""
    return {
        "id": decision.id,
        "article": decision.article,
        "kind": decision.kind,
        "part": decision.part,
        "start": decision.start,
        "end": decision.end,
        "held": [
            [
                each.annotator,
                [
                    [
                        mark.annotation,
                        mark.label,
                        [list(one) for one in mark.fragments],
                        [list(one) for one in mark.attributes],
                    ]
                    for mark in each.marks
                ],
                list(each.targets),
            ]
            for each in decision.held
        ],
        "outcome": decision.outcome.value,
        "gold": list(decision.gold),
        "targets": list(decision.targets),
        "annotator": decision.annotator or None,
        "reason": decision.reason,
        "note": decision.note,
        "clause": decision.clause,
        "thread": decision.thread,
        "codebook": decision.codebook,
        "made_at": decision.made_at,
        "changed_at": decision.changed_at,
    }


def from_image(found: Image) -> Decision:
    """Return the decision that an image holds."""
    held = tuple(
        Held(
            who,
            tuple(
                Mark(
                    key,
                    who,
                    label,
                    tuple((start, end) for start, end in fragments),
                    tuple((name, value) for name, value in attributes),
                )
                for key, label, fragments, attributes in marks
            ),
            tuple(targets),
        )
        for who, marks, targets in found["held"]
    )
    return Decision(
        **{
            **found,
            "held": held,
            "outcome": stored(Outcome, found["outcome"], "the outcome of a decision"),
            "gold": tuple(found["gold"]),
            "targets": tuple(found["targets"]),
            "annotator": found["annotator"] or "",
        }
    )


def decisions(db: Database, articles: Iterable[str] | None = None) -> list[Decision]:
    """Return the decisions of some articles, or of all when None, in the order of articles' ids and of reading."""
    order = 'ORDER BY article, start, "end", id'
    if articles is None:
        return [from_image(_image(row)) for row in fetch(db, f"SELECT {_COLUMNS} FROM decision {order}")]
    query = f"SELECT {_COLUMNS} FROM decision WHERE article = ? {order}"
    return [from_image(_image(row)) for article in articles for row in fetch(db, query, article)]


def latest(db: Database, but: Iterable[Outcome], annotator: str, limit: int) -> list[str]:
    """Return when the last decisions of an annotator (empty: of anybody) were made, in order, without some outcomes."""
    left_out = [each.value for each in but]
    whose, given = (" AND annotator = ?", [annotator]) if annotator else ("", [])
    rows = db.execute(
        f"SELECT changed_at FROM decision WHERE outcome NOT IN ({', '.join('?' * len(left_out))}){whose}"
        " ORDER BY changed_at DESC LIMIT ?",
        [*left_out, *given, limit],
    ).fetchall()
    return [row[0] for row in rows][::-1]


def keys_of_article(db: Database, article_id: str) -> list[str]:
    """Return the ids of an article's decisions."""
    return [row[0] for row in db.execute("SELECT id FROM decision WHERE article = ?", (article_id,))]


def _image(row: Row) -> Image:
    read: dict[str, Any] = {name: stored(json.loads, row[name], f"the {name} of a decision") for name in _JSON}
    return {**row, **read}

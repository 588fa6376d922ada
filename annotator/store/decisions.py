"""Decisions: what was decided where annotators differ, and why."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, cached_property
from typing import Any

from sqlite_utils import Database

from annotator.model.adjudication import Decision, Outcome
from annotator.model.versions import Held, Mark
from annotator.store.history import Image
from annotator.store.rows import Row, among, insert_new, one, stored, write

_NAMES = (
    "id", "article", "kind", "part", "start", "end", "held", "outcome", "gold", "targets", "annotator", "reason", "note",
    "clause", "thread", "codebook", "made_at", "changed_at",
)  # fmt: skip
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)
_JSON = ("held", "gold", "targets")
_HELD, _OUTCOME, _GOLD = (_NAMES.index(name) for name in ("held", "outcome", "gold"))
_ASKED = Outcome.ASKED.value
_written: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: `json.dumps` makes a new encoder for every value."""
_quoted = cache(_written)


class DecisionNoun:
    """Decisions, a row each; ``held``, ``gold`` and ``targets`` as plain values."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_COLUMNS} FROM decision WHERE id = ?", key)
        return None if row is None else _image(row)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        written = {name: _written(image[name]) for name in _JSON}
        write(db, "decision", {**image, **written})

    def write_new(self, db: Database, images: Sequence[Image]) -> None:
        """Write images of which nothing can be there, in one statement."""
        written = ({name: _written(image[name]) if image[name] else "[]" for name in _JSON} for image in images)
        insert_new(db, "decision", ({**image, **words} for image, words in zip(images, written, strict=True)))

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


def decisions(db: Database, articles: Collection[str] | None = None) -> list[Decision]:
    """Return the decisions of some articles, or of all when None, in the order of articles' ids and of reading."""
    if articles is None:
        return [each.decision for each in told(db)]
    return [each.decision for each in told(db, articles)] if articles else []


class Told:
    """A decision among many, read whole only where somebody asks for it: of most it is asked whether they still hold.

    Attributes:
        id, article, kind, part: those of the decision.
        held: what everybody had then, in the words of `held_words`.
        is_decided: whether it says what is right.
        row: as it was read; empty where it is no row yet.
    """

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.row = row
        self.id, self.article, self.kind, self.part = row[:4]
        self.held: str = row[_HELD]
        self.is_decided = row[_OUTCOME] != _ASKED

    def is_row_of(self, other: "Told") -> bool:
        """Whether another one was read off the very same row: then nothing of it has to be read again."""
        return bool(self.row) and self.row == other.row

    @cached_property
    def decision(self) -> Decision:
        """All of it."""
        return from_image(_image(dict(zip(_NAMES, self.row, strict=True))))

    @cached_property
    def gold(self) -> tuple[str, ...]:
        """Ids of the gold labels that came of it."""
        words: str = self.row[_GOLD]
        if words.count('"') == 2 and "\\" not in words:  # mostly it is one
            return (words[2:-2],)
        return tuple(stored(json.loads, words, "the gold of a decision"))

    def speaks_of(self, annotator: str) -> bool:
        """Whether an annotator was compared when it was made."""
        return f'["{annotator}",[' in self.held


class Fresh(Told):
    """A decision that is no row yet: nothing of it is written before somebody asks for its words."""

    def __init__(self, decision: Decision) -> None:
        self.row = ()
        self.decision = decision
        self.id, self.article, self.kind, self.part = decision.id, decision.article, decision.kind, decision.part
        self.gold = decision.gold
        self.is_decided = decision.is_decided

    @cached_property
    def held(self) -> str:  # type: ignore[override]
        """What everybody had then, in the words of `held_words`."""
        return _written(image(self.decision)["held"])

    def speaks_of(self, annotator: str) -> bool:
        """Whether an annotator was compared when it was made."""
        return any(each.annotator == annotator for each in self.decision.held)


def told(db: Database, articles: Collection[str] = ()) -> list[Told]:
    """Return the decisions about some articles, or all, in the order of articles' ids and of reading."""
    where, given = among("article", articles)
    query = f'SELECT {_COLUMNS} FROM decision WHERE {where} ORDER BY article, start, "end", id'
    return list(map(Told, db.execute(query, given)))


def held_words(group: Iterable[Mark], pool: Sequence[str]) -> str:
    """Return what stands in a row about labels that are held now, in the order of a pool of annotators.

    A decision that has held just these words need not be read: a queue asks twenty thousand of them.
    """
    by = dict.fromkeys(pool, "")
    for key, who, label, fragments, attributes in group:
        if attributes or len(fragments) > 1:
            more = f"{_written([list(one) for one in fragments])},{_written([list(one) for one in attributes])}"
        else:
            more = f"[[{fragments[0][0]},{fragments[0][1]}]],[]"
        by[who] += f',["{key}",{_quoted(label)},{more}]'
    return "[" + ",".join([f'["{who}",[{marks[1:]}],[]]' for who, marks in by.items()]) + "]"


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

"""What a recovered file needs to be a project again: one project row, codebooks without a gap, a history that is whole."""

import json
from dataclasses import replace

from sqlite_utils import Database

from annotator.model import rules
from annotator.model.changes import StepKind
from annotator.model.codebook import Codebook, Label
from annotator.model.ids import new_id
from annotator.store import codebooks
from annotator.store.checks import check
from annotator.store.clock import now
from annotator.store.rows import StoredValueError, one

KEYS = {
    "annotator": "SELECT id FROM annotator",
    "text": "SELECT id FROM text",
    "article": "SELECT id FROM article",
    "blocks": "SELECT DISTINCT article FROM block",
    "annotation": "SELECT id FROM annotation",
    "link": "SELECT id FROM link",
    "state": "SELECT article || ':' || annotator FROM state",
    "setting": "SELECT name FROM setting",
    "assignment": "SELECT article || ':' || annotator FROM assignment",
    "split": "SELECT id FROM split",
    "thread": "SELECT id FROM thread",
    "message": "SELECT id FROM message",
    "decision": "SELECT id FROM decision",
    "handout": "SELECT id FROM handout",
    "visit": "SELECT id FROM visit",
}
"""The keys of every noun whose rows the history has to know."""
_GREY = "#808080"


def mend(db: Database, name: str, version: str, fallback: Codebook) -> list[str]:
    """Make a project of saved rows, and return what was lost or made anew, in sentences.

    `name` and `version` are taken for a project row that is lost, `fallback` for a codebook.
    """
    told = []
    with db.atomic():
        if one(db, "SELECT id FROM project LIMIT 1") is None:
            row = {"id": new_id(), "name": name, "made_at": now(), "made_with": version}
            codebooks.ProjectNoun().write(db, row)
            told.append("Which project it is is lost: copies that were handed out cannot be merged into this one.")
        db.execute("DELETE FROM project WHERE id NOT IN (SELECT min(id) FROM project)")
        told += _mend_codebooks(db, fallback)
        if not _is_history_whole(db):
            _begin_anew(db)
            told.append("The history is lost in part, so it begins anew: what was done before cannot be undone.")
    return told


def _mend_codebooks(db: Database, fallback: Codebook) -> list[str]:
    """Fill gaps between revisions, and let every label, value and link stand under a codebook that has it."""
    told = []
    books: dict[int, Codebook] = {}
    for number in codebooks.revisions(db):
        try:
            book = codebooks.codebook(db, number)
        except StoredValueError:
            book = None
        if book is not None:
            books[number] = book
    used = db.execute(
        "SELECT max(codebook) FROM (SELECT codebook FROM annotation UNION SELECT codebook FROM link"
        " UNION SELECT codebook FROM decision)"
    )
    last = max(1, *books, used.fetchone()[0] or 1, *codebooks.revisions(db))
    for number in range(1, last + 1):
        if number not in books:
            near = min(books, key=lambda each: abs(each - number), default=0)
            books[number] = books[near] if near else fallback
            _write_book(db, books[number], number)
            told.append(f"Revision {number} of the codebook is lost; one near it stands in its place.")
    told += _mend_labels(db, books)
    told += _drop_unknown(db, books)
    return told


def _mend_labels(db: Database, books: dict[int, Codebook]) -> list[str]:
    missing: set[str] = set()
    for number, label in db.execute("SELECT DISTINCT codebook, label FROM annotation").fetchall():
        if label in _labels(books[number]):
            continue
        other = next((each for each in sorted(books, reverse=True) if label in _labels(books[each])), 0)
        if other:
            db.execute("UPDATE annotation SET codebook = ? WHERE codebook = ? AND label = ?", (other, number, label))
        else:
            missing.add(label)
    if missing:
        last = max(books)
        retired = (Label(each, each, "", _GREY, retired=True) for each in sorted(missing))
        book = replace(books[last], labels=(*books[last].labels, *retired))
        books[last + 1] = book
        _write_book(db, book, last + 1)
        for label in missing:
            db.execute("UPDATE annotation SET codebook = ? WHERE label = ?", (last + 1, label))
    return [
        f"The label “{each}” is in no codebook that was saved; it stays as a retired one." for each in sorted(missing)
    ]


def _drop_unknown(db: Database, books: dict[int, Codebook]) -> list[str]:
    """Take away the values and links that no saved codebook has."""
    lost = 0
    rows = db.execute(
        "SELECT v.annotation, v.name, v.value, n.codebook, n.label FROM attribute v JOIN annotation n ON n.id = v.annotation"
    ).fetchall()
    for key, name, value, number, label in rows:
        if not rules.is_value(books[number], label, name, value):
            row = (key, name, value)
            lost += db.execute("DELETE FROM attribute WHERE annotation = ? AND name = ? AND value = ?", row).rowcount
    links = 0
    for key, kind, number in db.execute("SELECT id, kind, codebook FROM link").fetchall():
        if books[number].link_kind(kind) is None:
            links += db.execute("DELETE FROM link WHERE id = ?", (key,)).rowcount
    return [f"{lost:,} values and {links:,} links are in no codebook that was saved, and went."] * bool(lost or links)


def _labels(book: Codebook) -> set[str]:
    return {each.id for each in book.labels}


def _write_book(db: Database, book: Codebook, number: int) -> None:
    codebooks.CodebookNoun().write(db, codebooks.image(book, number, "Recovered", None, now()))


def _is_history_whole(db: Database) -> bool:
    """Whether the history can be kept: no step and no change is missing, and each can be read."""
    if next(check(db), None) is not None:
        return False
    places = db.execute(
        "SELECT count(*) FROM step s WHERE (SELECT count(*) FROM change WHERE step = s.number)"
        " != (SELECT coalesce(max(place) + 1, 0) FROM change WHERE step = s.number)"
    ).fetchone()[0]
    empty = db.execute(
        "SELECT count(*) FROM step s WHERE kind != 'start' AND inverts IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM change WHERE step = s.number)"
    ).fetchone()[0]
    return not places and not empty and all(_is_json(row[0]) for row in db.execute("SELECT before FROM change"))


def _is_json(text: str | None) -> bool:
    try:
        return text is None or isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _begin_anew(db: Database) -> None:
    """Let the history know everything that is there as having come with the file."""
    db.execute("DELETE FROM change")
    db.execute("DELETE FROM step")
    db.execute(
        "INSERT INTO step (number, id, title, kind, annotator, article, made_at) VALUES (1, ?, 'Recover', ?, '', '', ?)",
        (new_id(), StepKind.START.value, now()),
    )
    place = 0
    for noun, query in KEYS.items():
        for (key,) in db.execute(query).fetchall():
            db.execute("INSERT INTO change (step, place, noun, key) VALUES (1, ?, ?, ?)", (place, noun, key))
            place += 1

"""Saved rows made to hold together: what speaks of something that is lost goes, and what cannot be is made anew."""

import json
from enum import StrEnum

from sqlite_utils import Database

from annotator.model.adjudication import Outcome
from annotator.model.annotation import Origin
from annotator.model.article import BlockKind, State, fingerprint
from annotator.store import outlines, works
from annotator.store.clock import now
from annotator.store.rows import fetch

_MADE = "made by recovering"
_TOLD = {
    "annotation": "label",
    "link": "link",
    "message": "answer",
    "thread": "note",
    "block": "block",
    "decision": "decision",
}
"""What somebody misses, and its name."""


def prune(db: Database) -> list[str]:
    """Take away what speaks of something that is lost, and make anew what can be; return what is to know, in sentences."""
    before = {name: count(db, name) for name in _TOLD}
    told = [*_mend_texts(db), *_mend_people(db), *_mend_values(db)]
    _drop_wrong_labels(db)
    _drop_wrong_notes(db)
    _drop_dangling(db)
    db.execute("DELETE FROM thread WHERE id NOT IN (SELECT thread FROM message)")
    for name, word in _TOLD.items():
        lost = before[name] - count(db, name)
        if lost:
            told.append(f"{lost:,} {word}{'s' if lost > 1 else ''} spoke of something that is lost, and went.")
    for derived in ("word_statistic", "statistic", "review", "outline", "work"):  # made again when they are needed
        db.execute(f'DELETE FROM "{derived}"')
    db.execute("DELETE FROM tally")
    db.execute(
        "INSERT INTO tally (annotator, article, label, count)"
        " SELECT annotator, article, label, count(*) FROM annotation GROUP BY annotator, article, label"
    )
    for key, content in db.execute("SELECT id, content FROM text").fetchall():
        outlines.remember(db, key, content)
    finished = [each.value for each in State if each.is_finished]
    marks = ", ".join("?" * len(finished))
    works.remember(db, {row[0] for row in db.execute(f"SELECT article FROM state WHERE state IN ({marks})", finished)})
    return told


def doubtful(db: Database) -> list[str]:
    """Return what nobody can tell from the rows that are left: whether a label had another piece behind its last one."""
    several = db.execute("SELECT count(DISTINCT annotation) FROM fragment WHERE place > 0").fetchone()[0]
    if not several:
        return []
    words = (
        "A label of several pieces may have lost the last of them, and nothing tells: look through those that should"
    )
    return [f"{words} have more than one."]


def count(db: Database, table: str) -> int:
    """Return how many rows a table has."""
    return int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _mend_texts(db: Database) -> list[str]:
    """Find articles for texts that have none, and say which texts are not what they were."""
    told: list[str] = []
    for key, content, length, mark in db.execute("SELECT id, content, length, fingerprint FROM text").fetchall():
        if len(content) != length or fingerprint(content) != mark:
            db.execute(
                "UPDATE text SET length = ?, fingerprint = ? WHERE id = ?", (len(content), fingerprint(content), key)
            )
            titles = [row[0] for row in db.execute("SELECT title FROM article WHERE text = ?", (key,))]
            told.append(f"The text of “{', '.join(titles) or key}” is damaged. Read it before you use it.")
    lost = {
        row[0]
        for row in db.execute("SELECT DISTINCT article FROM annotation WHERE article NOT IN (SELECT id FROM article)")
    }
    for key, content in db.execute(
        "SELECT id, content FROM text WHERE id NOT IN (SELECT text FROM article)"
    ).fetchall():
        article = next((each for each in sorted(lost) if _lies_in(db, each, content)), "")
        lost.discard(article)
        title = next((line.strip() for line in content.splitlines() if line.strip()), "")[:80]
        place = db.execute("SELECT coalesce(max(place), -1) + 1 FROM article").fetchone()[0]
        db.execute(
            "INSERT INTO article (id, text, title, place, language, direction, metadata, source, source_hash, importer,"
            " encoding, report, added_at) VALUES (?, ?, ?, ?, '', '', '[]', ?, '', '', '', '[]', ?)",
            (article or key, key, title, place, _MADE, now()),
        )
        told.append(f"What was known about the article “{title}” is lost; its text is there.")
    return told


def _lies_in(db: Database, article: str, content: str) -> bool:
    """Whether everything that was labelled in an article stands in a text at its place."""
    rows = db.execute(
        'SELECT f.start, f."end", f.covered FROM fragment f JOIN annotation n ON n.id = f.annotation WHERE n.article = ?',
        (article,),
    ).fetchall()
    return bool(rows) and all(content[start:end] == covered for start, end, covered in rows)


def _mend_people(db: Database) -> list[str]:
    """Give labels whose annotator is lost one without a name."""
    told: list[str] = []
    lost = db.execute(
        "SELECT DISTINCT annotator FROM annotation WHERE annotator NOT IN (SELECT id FROM annotator) ORDER BY 1"
    ).fetchall()
    for number, (key,) in enumerate(lost, start=1):
        name = f"Somebody {number} (recovered)"
        db.execute("INSERT INTO annotator (id, name, made_at) VALUES (?, ?, ?)", (key, name, now()))
        told.append(f"The name of an annotator is lost: they are “{name}” now.")
    return told


def _mend_values(db: Database) -> list[str]:
    """Put ordinary words where damaged ones stand, and take away what says nothing without them."""
    told = []
    for table, column, known in (("annotation", "origin", Origin), ("link", "origin", Origin)):
        db.execute(f'UPDATE "{table}" SET "{column}" = \'hand\' WHERE "{column}" NOT IN ({_words(known)})')
    db.execute(f"DELETE FROM block WHERE kind NOT IN ({_words(BlockKind)})")
    db.execute(
        'DELETE FROM block WHERE "end" > (SELECT t.length FROM article a JOIN text t ON t.id = a.text'
        " WHERE a.id = block.article)"
    )
    db.execute(f"DELETE FROM decision WHERE outcome NOT IN ({_words(Outcome)})")
    for column in ("held", "gold", "targets"):
        db.execute(f'DELETE FROM decision WHERE NOT json_valid("{column}") OR json_type("{column}") != \'array\'')
    db.execute(f"DELETE FROM state WHERE state NOT IN ({_words(State)})")
    for table, column in (("article", "metadata"), ("article", "report"), ("visit", "untaken"), ("visit", "alias")):
        where = f'NOT json_valid("{column}") OR json_type("{column}") != \'array\''
        if db.execute(f'UPDATE "{table}" SET "{column}" = \'[]\' WHERE {where}').rowcount:
            told.append(f"The {column} of one {table} or more is lost.")
    return told


def _words(known: type[StrEnum]) -> str:
    return ", ".join(f"'{each.value}'" for each in known)


def _drop_wrong_notes(db: Database) -> None:
    """Take notes away whose words are not in their article at their place."""
    for (key,) in db.execute("SELECT id FROM thread").fetchall():
        row = next(
            fetch(
                db,
                "SELECT h.fragments, t.content FROM thread h JOIN article a ON a.id = h.article"
                " JOIN text t ON t.id = a.text WHERE h.id = ?",
                key,
            ),
            None,
        )
        if row is None or not _is_placed(row["fragments"], row["content"]):
            db.execute("DELETE FROM message WHERE thread = ?", (key,))
            db.execute("DELETE FROM thread WHERE id = ?", (key,))


def _is_placed(fragments: str, content: str) -> bool:
    try:
        return all(content[start:end] == covered for start, end, covered in json.loads(fragments))
    except (ValueError, TypeError):
        return False


def _drop_wrong_labels(db: Database) -> None:
    """Take labels away whose words are not in their article at their place, or of which a part is lost."""
    wrong = []
    for key, article in db.execute("SELECT id, article FROM annotation").fetchall():
        text = db.execute(
            "SELECT t.content FROM article a JOIN text t ON t.id = a.text WHERE a.id = ?", (article,)
        ).fetchone()
        parts = list(
            fetch(db, 'SELECT place, start, "end", covered FROM fragment WHERE annotation = ? ORDER BY place', key)
        )
        is_whole = bool(parts) and [each["place"] for each in parts] == list(range(len(parts)))
        if (
            text is None
            or not is_whole
            or any(text[0][each["start"] : each["end"]] != each["covered"] for each in parts)
        ):
            wrong.append((key,))
    for table, column in (("attribute", "annotation"), ("fragment", "annotation"), ("annotation", "id")):
        for key in wrong:
            db.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', key)


_LEFT_EMPTY = {
    ("codebook", "annotator"),
    ("decision", "annotator"),
    ("message", "annotator"),
    ("annotator", "repeats"),
    ("step", "inverts"),
} | {("step", "undone_by")}
"""What may stand without that which it speaks of. (A link's target may not: an empty one says “not in this article”.)"""


def _drop_dangling(db: Database) -> None:
    """Take away rows that speak of rows that are lost, as long as there are any."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    known = [
        (name, row[3], row[2], row[4] or "id")
        for name in names
        for row in db.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        # The codebooks are mended elsewhere.
        if row[2] != "codebook"
    ]
    changed = True
    while changed:
        changed = False
        for table, column, parent, key in known:
            where = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{key}" FROM "{parent}")'
            if (table, column) in _LEFT_EMPTY:
                count = db.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE {where}').rowcount
            else:
                count = db.execute(f'DELETE FROM "{table}" WHERE {where}').rowcount
            changed = changed or count > 0

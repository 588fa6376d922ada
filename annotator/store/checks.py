"""Everything that must hold in a project file, asked one after the other."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum

from sqlite_utils import Database

from annotator.model import rules
from annotator.model.adjudication import Outcome
from annotator.model.annotation import Origin
from annotator.model.article import BlockKind, State, fingerprint
from annotator.model.changes import StepKind
from annotator.model.codebook import Codebook
from annotator.model.counting import counted, noun
from annotator.model.problem import Problem
from annotator.store import codebooks, outlines, tally, threads, works
from annotator.store.rows import StoredValueError, fetch

_MOST = 100
"""SQLite reports at most this many faults of its own."""
_WORDS: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("block", "kind", BlockKind),
    ("annotation", "origin", Origin),
    ("link", "origin", Origin),
    ("state", "state", State),
    ("step", "kind", StepKind),
    ("decision", "outcome", Outcome),
)
"""Columns that hold one of a few words."""
_JSON = (
    ("article", "metadata"),
    ("article", "report"),
    ("change", "before"),
    ("thread", "fragments"),
    ("decision", "held"),
    ("decision", "gold"),
    ("decision", "targets"),
    ("visit", "untaken"),
    ("visit", "alias"),
)
"""Columns that hold JSON, or nothing."""


def check(db: Database) -> Iterator[Problem]:
    """Yield what is wrong with the file: nothing when all is well."""
    faults = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
    yield from (Problem("the file", f"SQLite finds it damaged: {fault}.") for fault in faults)
    if faults:
        return  # what else would be found only repeats it
    yield from sound(db)


_LAID_READY = (outlines.check, works.check)
"""What is kept so that it need not be found again for figures."""


def sound(db: Database, *, for_figures: bool = True) -> Iterator[Problem]:
    """Yield what is wrong with what the file says; its pages are taken for sound.

    What is laid ready for figures is found anew to compare, which takes long: not where nobody asks it `for_figures`.
    """
    parts = (
        _references,
        _project,
        _texts,
        _values,
        _annotations,
        threads.check,
        tally.check,
        _labels,
        _links,
        _history,
    )
    for part in (*parts, *(_LAID_READY if for_figures else ())):
        try:
            yield from part(db)
        except sqlite3.DatabaseError as error:
            yield Problem("the file", f"It cannot be read whole: {error}.")


def _references(db: Database) -> Iterator[Problem]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        row = "A row" if rowid is None else f"Row {rowid}"  # tables without row numbers
        yield Problem(f"table {table}", f"{row} refers to a row of “{parent}” that is not there.")


def _project(db: Database) -> Iterator[Problem]:
    found = db.execute("SELECT count(*) FROM project").fetchone()[0]
    if found != 1:
        yield Problem("table project", f"There must be one project in a file, and there are {found}.")
    revisions = codebooks.revisions(db)
    if revisions != list(range(1, len(revisions) + 1)) or not revisions:
        yield Problem("table codebook", "The revisions of the codebook do not count from 1 without a gap.")


def _texts(db: Database) -> Iterator[Problem]:
    blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article, start, end in db.execute('SELECT article, start, "end" FROM block ORDER BY article, place'):
        blocks[article].append((start, end))
    query = (
        "SELECT a.id, a.title, t.content, t.length, t.fingerprint FROM article a JOIN text t ON t.id = a.text"
        " ORDER BY a.place, a.id"
    )
    for article, title, content, length, mark in db.execute(query):
        where = f"article “{title}”"
        if len(content) != length or fingerprint(content) != mark:
            yield Problem(where, "Its text is not the one that was added: length or fingerprint differ.")
        if any(end > len(content) for _, end in blocks[article]):
            yield Problem(where, "A block ends behind the end of the text.")
    earlier = (
        "SELECT id, content, length, fingerprint FROM text t WHERE NOT EXISTS (SELECT 1 FROM article WHERE text = t.id)"
    )
    for key, content, length, mark in db.execute(earlier):
        if len(content) != length or fingerprint(content) != mark:
            yield Problem(
                f"text {key}", "An earlier version of an article is not as it was: length or fingerprint differ."
            )


def _annotations(db: Database) -> Iterator[Problem]:
    """Compare each covered text with the article's: an article at a time, as a million would have to be sorted at once."""
    texts = db.execute(
        "SELECT a.id, a.title, a.text FROM article a WHERE EXISTS (SELECT 1 FROM annotation WHERE article = a.id)"
        " ORDER BY a.place, a.id"
    ).fetchall()
    for article, title, text_id in texts:
        content = db.execute("SELECT content FROM text WHERE id = ?", (text_id,)).fetchone()
        if content is not None:  # where it is missing, that has been told
            yield from _fragments(db, article, title, content[0])
    for row in fetch(
        db, "SELECT id FROM annotation n WHERE NOT EXISTS (SELECT 1 FROM fragment WHERE annotation = n.id)"
    ):
        yield Problem(f"annotation {row['id']}", "It covers nothing: it has no fragment.")


def _fragments(db: Database, article: str, title: str, text: str) -> Iterator[Problem]:
    annotation, last = "", -1
    for key, place, start, end, covered in db.execute(
        'SELECT f.annotation, f.place, f.start, f."end", f.covered FROM annotation n'
        " JOIN fragment f ON f.annotation = n.id WHERE n.article = ? ORDER BY f.annotation, f.place",
        (article,),
    ):
        where = f"annotation {key} in “{title}”"
        if text[start:end] != covered:
            yield Problem(where, f"It covers “{text[start:end][:60]}”, but was made on “{covered[:60]}”.")
        if key == annotation and start <= last:
            yield Problem(where, f"Its fragment {place} is not behind the one before it.")
        annotation, last = key, end


def _books(db: Database) -> tuple[dict[int, Codebook], list[Problem]]:
    """Return the revisions that can be read, and what is wrong with the others."""
    books: dict[int, Codebook] = {}
    problems = []
    for revision in codebooks.revisions(db):
        try:
            book = codebooks.codebook(db, revision)
        except StoredValueError as error:
            problems.append(Problem(f"codebook revision {revision}", f"It cannot be read: {error}."))
        else:
            if book is not None:
                books[revision] = book
    return books, problems


def _labels(db: Database) -> Iterator[Problem]:
    books, problems = _books(db)
    yield from problems
    for row in fetch(db, "SELECT codebook, label, count(*) AS n FROM annotation GROUP BY codebook, label"):
        book = books.get(row["codebook"])
        if book is not None and row["label"] not in {label.id for label in book.labels}:
            yield Problem(
                f"codebook revision {row['codebook']}",
                f"It has no label “{row['label']}”, but {counted(row['n'], 'annotation')} made under it {noun(row['n'], 'has', 'have')}.",
            )
    for row in fetch(
        db,
        "SELECT n.codebook, n.label, v.name, v.value, count(*) AS n FROM attribute v JOIN annotation n"
        " ON n.id = v.annotation GROUP BY n.codebook, n.label, v.name, v.value",
    ):
        book = books.get(row["codebook"])
        if book is not None and not rules.is_value(book, row["label"], row["name"], row["value"]):
            yield Problem(
                f"codebook revision {row['codebook']}",
                f"It has no value “{row['value']}” of “{row['name']}” for “{row['label']}”,"
                f" but {counted(row['n'], 'annotation')} made under it {noun(row['n'], 'has', 'have')}.",
            )


def _links(db: Database) -> Iterator[Problem]:
    books, _ = _books(db)
    for row in fetch(db, "SELECT codebook, kind, count(*) AS n FROM link GROUP BY codebook, kind"):
        book = books.get(row["codebook"])
        if book is not None and book.link_kind(row["kind"]) is None:
            yield Problem(
                f"codebook revision {row['codebook']}",
                f"It has no role or relation “{row['kind']}”, but {counted(row['n'], 'link')} made under it {noun(row['n'], 'has', 'have')}.",
            )


def _values(db: Database) -> Iterator[Problem]:
    """Find what the program never writes: unknown words where it knows them all, and JSON that is none."""
    for table, column, kind in _WORDS:
        known = {each.value for each in kind}
        for (found,) in db.execute(f'SELECT DISTINCT "{column}" FROM "{table}"'):
            if found not in known:
                article = "an" if column[0] in "aeiou" else "a"
                yield Problem(f"table {table}", f"“{found}” is not {article} {column}.")
    for table, column in _JSON:
        query = f'SELECT count(*) FROM "{table}" WHERE "{column}" IS NOT NULL AND NOT json_valid("{column}")'
        faults = db.execute(query).fetchone()[0]
        if faults:
            yield Problem(f"table {table}", f"Its column “{column}” cannot be read in {counted(faults, 'row')}.")


def _history(db: Database) -> Iterator[Problem]:
    last, count = db.execute("SELECT coalesce(max(number), 0), count(*) FROM step").fetchone()
    if last != count:
        yield Problem(
            "table step",
            f"There {noun(count, 'is 1 step', f'are {count:,} steps')}, but the last one has the number {last}.",
        )
    query = (
        "SELECT u.number FROM step u LEFT JOIN step s ON s.number = u.inverts WHERE u.inverts IS NOT NULL"
        " AND (s.undone_by IS NULL OR s.undone_by != u.number)"
    )
    for (number,) in db.execute(query):
        yield Problem(f"step {number}", "It takes back a step that does not know of it.")
    for row in fetch(
        db,
        "SELECT id FROM annotation n WHERE NOT EXISTS"
        " (SELECT 1 FROM change WHERE key = n.id AND noun = 'annotation' AND before IS NULL)",
    ):
        yield Problem(f"annotation {row['id']}", "The history does not know how it was made.")

"""What counting asks of a text: where its sentences stand and how many words it has. A text never changes, nor does this.

Derived, and so without history: it comes and goes with the text. The project's `check` finds it anew and compares.
"""

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.model.problem import Problem
from annotator.store.rows import among

METHOD = 1
"""Which way of finding sentences and words this is: to be raised with every change of either, for then all is found anew."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An article's text: how many words, blank-separated; and start and end of its sentences as bytes, as in the file."""

    words: int
    sentences: bytes


def found(content: str) -> Outline:
    """Return the outline of a text."""
    # Lazily: its patterns take a while to be made, and most runs of the program add no text.
    from annotator.text.sentences import sentences  # noqa: PLC0415

    bounds = [position for each in sentences(content) for position in (each.start, each.end)]
    return Outline(len(content.split()), struct.pack(f"<{len(bounds)}I", *bounds))


def remember(db: Database, text_id: str, content: str) -> None:
    """Keep the outline of a text that was just written."""
    outline = found(content)
    db.execute(
        "INSERT INTO outline (text, method, words, sentences) VALUES (?, ?, ?, ?)",
        (text_id, METHOD, outline.words, outline.sentences),
    )


def forget(db: Database, text_id: str) -> None:
    """Take the outline of a text away that is about to go."""
    db.execute("DELETE FROM outline WHERE text = ?", (text_id,))


def read(db: Database, wanted: Collection[str]) -> dict[str, Outline]:
    """Return what is kept of the texts of the wanted articles, by the articles' ids."""
    where, values = among("a.id", wanted)
    rows = db.execute(
        f"SELECT a.id, o.words, o.sentences FROM article a JOIN outline o ON o.text = a.text AND o.method = ? WHERE {where}",
        (METHOD, *values),
    )
    return {article: Outline(words, sentences) for article, words, sentences in rows}


def check(db: Database) -> Iterator[Problem]:
    """Yield the texts whose outline is not what is found in them."""
    query = (
        "SELECT t.id, t.content, o.words, o.sentences FROM outline o JOIN text t ON t.id = o.text WHERE o.method = ?"
    )
    for key, content, words, sentences in db.execute(query, (METHOD,)):
        if found(content) != Outline(words, sentences):
            yield Problem(f"text {key}", "Its sentences and words are not those that were found when it came.")

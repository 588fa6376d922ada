"""Notes and questions, and what was answered."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from annotator.model.problem import Problem
from annotator.model.span import Fragment, Span
from annotator.model.thread import Message, Thread
from annotator.store.history import Image
from annotator.store.rows import Row, fetch, one, stored, write

_THREAD = "id, article, annotator, fragments, settled, made_at, changed_at"
_MESSAGE = "id, thread, annotator, content, made_at, changed_at"


class ThreadNoun:
    """Threads, a row each: ``fragments`` as [[start, end, covered text], …]."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_THREAD} FROM thread WHERE id = ?", key)
        return None if row is None else {**row, "fragments": _fragments(row)}

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "thread", {**image, "fragments": json.dumps(image["fragments"], ensure_ascii=False)})

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM thread WHERE id = ?", (key,))


class MessageNoun:
    """What was said in threads, a row each."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_MESSAGE} FROM message WHERE id = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "message", image)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM message WHERE id = ?", (key,))


def thread_image(thread: Thread, text: str) -> Image:
    """Return a thread as an image, without its messages; `text` is its article's, for the covered words."""
    fragments = thread.span.fragments if thread.span else ()
    return {
        "id": thread.id,
        "article": thread.article,
        "annotator": thread.annotator,
        "fragments": [[start, end, text[start:end]] for start, end in fragments],
        "settled": int(thread.settled),
        "made_at": thread.made_at,
        "changed_at": thread.changed_at,
    }


def message_image(message: Message, thread_id: str) -> Image:
    """Return a message as an image."""
    return {
        "id": message.id,
        "thread": thread_id,
        "annotator": message.annotator or None,
        "content": message.text,
        "made_at": message.made_at,
        "changed_at": message.changed_at,
    }


def threads(db: Database, article_id: str = "") -> list[Thread]:
    """Return the threads of an article, or all when the id is empty, in the order of their making."""
    where, parameters = ("WHERE article = ?", (article_id,)) if article_id else ("", ())
    said: dict[str, list[Message]] = defaultdict(list)
    inner = f"SELECT id FROM thread {where}"
    for row in fetch(db, f"SELECT {_MESSAGE} FROM message WHERE thread IN ({inner}) ORDER BY made_at, id", *parameters):
        said[row["thread"]].append(
            Message(row["id"], row["annotator"] or "", row["content"], row["made_at"], row["changed_at"])
        )
    rows = fetch(db, f"SELECT {_THREAD} FROM thread {where} ORDER BY made_at, id", *parameters)
    return [_thread(row, tuple(said[row["id"]])) for row in rows]


def keys_of_article(db: Database, article_id: str) -> tuple[list[str], list[str]]:
    """Return the ids of an article's messages and those of its threads."""
    found = [row[0] for row in db.execute("SELECT id FROM thread WHERE article = ?", (article_id,))]
    query = "SELECT m.id FROM message m JOIN thread t ON t.id = m.thread WHERE t.article = ?"
    return [row[0] for row in db.execute(query, (article_id,))], found


def message_keys(db: Database, thread_id: str) -> list[str]:
    """Return the ids of the messages of a thread."""
    return [row[0] for row in db.execute("SELECT id FROM message WHERE thread = ?", (thread_id,))]


def check(db: Database) -> Iterator[Problem]:
    """Yield the threads that cover other words than those they were made on, and those in which nothing is said."""
    rows = fetch(
        db,
        "SELECT h.id, h.fragments, a.title, t.content FROM thread h JOIN article a ON a.id = h.article"
        " JOIN text t ON t.id = a.text ORDER BY h.id",
    )
    for row in rows:
        for start, end, covered in _fragments(row):
            if row["content"][start:end] != covered:
                yield Problem(
                    f"note {row['id']} in “{row['title']}”",
                    f"It covers “{row['content'][start:end][:60]}”, but was made on “{covered[:60]}”.",
                )
    for row in fetch(db, "SELECT id FROM thread t WHERE NOT EXISTS (SELECT 1 FROM message WHERE thread = t.id)"):
        yield Problem(f"note {row['id']}", "Nothing is said in it.")


def _fragments(row: Row) -> list[list[Any]]:
    found: list[list[Any]] = stored(json.loads, row["fragments"], "where a note lies")
    return found


def _thread(row: Row, messages: tuple[Message, ...]) -> Thread:
    fragments = tuple(Fragment(start, end) for start, end, _ in _fragments(row))
    return Thread(
        id=row["id"],
        article=row["article"],
        annotator=row["annotator"],
        messages=messages,
        span=Span(fragments) if fragments else None,
        settled=bool(row["settled"]),
        made_at=row["made_at"],
        changed_at=row["changed_at"],
    )

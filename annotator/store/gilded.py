"""What was touched since a step, for who knows everything up to it."""

import json

from sqlite_utils import Database

from annotator.store.rows import stored

_MOST = 20_000
"""More rows than this are not looked through."""
_SILENT = frozenset({"thread", "message"})
"""Nouns that no figure is made of."""


def touched(db: Database, step: int, gold: str) -> frozenset[str] | None:
    """Return the articles in which gold was touched since a step; None where anything else was, or very much.

    `gold` is the id of its layer. Links of gold are left out: nothing is compared with them.
    """
    query = "SELECT noun, key, before FROM change WHERE step > ? LIMIT ?"
    rows = db.execute(query, (step, _MOST + 1)).fetchall()
    if len(rows) > _MOST:
        return None
    found: set[str] = set()
    for noun, key, before in rows:
        if noun in _SILENT or (noun == "annotator" and key == gold):
            continue
        if noun not in _COLUMNS:
            return None
        for article, who in _told(db, noun, key, before):
            if noun != "decision" and who != gold:
                return None
            found |= {article} - {""}
    return frozenset(found)


_COLUMNS = {
    "annotation": "SELECT article, annotator FROM annotation WHERE id = ?",
    "link": "SELECT '', annotator FROM link WHERE id = ?",
    "decision": "SELECT article, '' FROM decision WHERE id = ?",
    "state": "",
}
"""How article and annotator of a row are asked for that stands; those of a state stand in its key."""


def _told(db: Database, noun: str, key: str, before: str | None) -> list[tuple[str, str]]:
    """Return article and annotator of a row as it was and as it is; nothing of what it was not and is not."""
    if noun == "state":
        article, who = key.split(":")
        return [(article, who)]
    told = [(row[0], row[1]) for row in db.execute(_COLUMNS[noun], (key,))]
    if before is not None:
        image = stored(json.loads, before, "an entry of the history")
        told.append((image.get("article", ""), "" if noun == "decision" else image["annotator"]))
    return told

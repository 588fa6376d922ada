"""Where in articles a step touched something: what is shown when it is taken back or done again."""

from collections.abc import Collection, Iterator, Mapping

from sqlite_utils import Database

from annotator.model.changes import Spot
from annotator.store.history import Image, Noun, load
from annotator.store.rows import fetch

_MOST = 200
"""So many rows of a step are looked at: whoever takes back an import does not look for one place."""
_OWN, _OTHER, _BLOCKS = range(3)


def spots(db: Database, nouns: Mapping[str, Noun], steps: Collection[int]) -> list[Spot]:
    """Return where what some steps touched lies, or lay before them: labels and notes, or else those that links leave, or
    else paragraphs that have another type. What was touched is given by a step and that which takes it back.
    """
    marks = ", ".join("?" * len(steps))
    rows = fetch(
        db,
        f"SELECT noun, key, before FROM change WHERE step IN ({marks})"
        " AND noun IN ('annotation', 'thread', 'message', 'link', 'blocks') ORDER BY step, place LIMIT ?",
        *steps,
        _MOST,
    )
    found: tuple[dict[Spot, None], ...] = ({}, {}, {})
    for row in rows:
        noun, key = row["noun"], row["key"]
        images = [load(row["before"]) if row["before"] is not None else None, nouns[noun].read(db, key)]
        for rank, spot in _spots(db, nouns, noun, images):
            found[rank][spot] = None
    return next((list(some) for some in found if some), [])


def _spots(
    db: Database, nouns: Mapping[str, Noun], noun: str, images: list[Image | None]
) -> Iterator[tuple[int, Spot]]:
    if noun == "blocks":
        yield from ((_BLOCKS, each) for each in _changed(*images))
        return
    end, rank = {"message": ("thread", _OWN), "link": ("origin_id", _OTHER)}.get(noun, ("", _OWN))
    for image in images:
        here = image
        if image is not None and end:
            here = nouns["annotation" if noun == "link" else "thread"].read(db, image[end])
        if here is not None and here["fragments"]:
            key = here["id"] if "label" in here else ""
            yield rank, Spot(here["article"], here["fragments"][0][0], here["fragments"][-1][1], key)


def _changed(before: Image | None, now: Image | None) -> Iterator[Spot]:
    """Yield the first paragraph that has another type than before."""
    old, new = ({tuple(block) for block in image["blocks"]} if image else set() for image in (before, now))
    apart = sorted(old ^ new, key=lambda block: (block[1], block[2]))
    if apart:
        _kind, start, end = apart[0]
        yield Spot((before or now or {})["article"], start, end)

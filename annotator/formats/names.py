"""Names of files and words of formats, made of names that people gave: safe, short, and each its own."""

import re
import unicodedata
import uuid
from collections.abc import Iterable

from annotator.model.ids import name_id

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:annotator:export")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_LONG = 80
_GUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NO_WORD = re.compile(r"[^A-Za-z0-9_-]+")


def file_names(names: Iterable[str]) -> list[str]:
    """Return a file name (without suffix) for each name, in order: valid on every system, none twice."""
    used: set[str] = set()
    return [_own(_file_name(name), used) for name in names]


def _file_name(name: str) -> str:
    # NFC: some systems change a name to it or from it, so two that differ only there would be one file.
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-. ")
    while len(safe.encode()) > _LONG:
        safe = safe[:-1]
    safe = safe.strip("-. ")
    return f"{safe}-" if safe.casefold() in _RESERVED else safe or "unnamed"


def slugs(words: Iterable[str]) -> dict[str, str]:
    """Return a slug of ``[A-Za-z0-9_-]`` for each word, none twice; a word that is one already stays as it is."""
    words = list(dict.fromkeys(words))
    used = {word.casefold() for word in words if _is_slug(word)}
    made = {word: word for word in words if _is_slug(word)}
    for word in words:
        if word not in made:
            plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
            made[word] = _own(_NO_WORD.sub("-", plain).strip("-") or "word", used)
    return {word: made[word] for word in words}


def _is_slug(word: str) -> bool:
    return bool(word) and not _NO_WORD.search(word)


def _own(name: str, used: set[str]) -> str:
    """Return the name, with a number when it is used already (case does not tell names apart on every system)."""
    made, number = name, 1
    while made.casefold() in used:
        number += 1
        made = f"{name}-{number}"
    used.add(made.casefold())
    return made


def guid(*parts: str) -> str:
    """Return a UUID for something, the same whenever `parts` are; an id that is one stays as it is."""
    if len(parts) == 1:
        if _GUID.fullmatch(parts[0]):
            return parts[0]
        try:
            return str(uuid.UUID(parts[0]))
        except ValueError:
            pass
    return name_id(_OURS, "\0".join(parts))

"""Codebooks that come with the program."""

import json

from annotator.model.codebook import Codebook
from annotator.resources import folder

_FOLDER = "codebooks"


def templates() -> tuple[str, ...]:
    """Return the names of the codebooks that come with the program."""
    return tuple(sorted(path.stem for path in (folder() / _FOLDER).glob("*.json")))


def template(name: str) -> Codebook:
    """Return a codebook that comes with the program."""
    return Codebook.from_dict(json.loads((folder() / _FOLDER / f"{name}.json").read_text("utf-8")))

"""Codebooks that come with the program."""

import json
from functools import cache
from pathlib import Path

from annotator.model.codebook import Codebook
from annotator.model.errors import CodebookError
from annotator.project.codebook_file import read_codebook
from annotator.resources import folder

_FOLDER = "codebooks"


def templates() -> tuple[str, ...]:
    """Return the names of the codebooks that come with the program."""
    return tuple(sorted(path.stem for path in (folder() / _FOLDER).glob("*.json")))


@cache
def template(name: str) -> Codebook:
    """Return a codebook that comes with the program."""
    return Codebook.from_dict(json.loads((folder() / _FOLDER / f"{name}.json").read_text("utf-8")))


def find_codebook(name: str) -> Codebook:
    """Return the codebook that comes with the program under `name`, or the one in the file of that path.

    Raises:
        CodebookError: there is neither.
        FormatError: the file holds no codebook.
    """
    if name in templates():
        return template(name)
    if not Path(name).exists():
        raise CodebookError(
            f"There is no codebook “{name}”: no file of that name, and none of {', '.join(templates())}."
        )
    return read_codebook(name)

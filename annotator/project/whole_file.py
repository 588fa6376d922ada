"""Files of one piece that are written beside their place, and moved there when they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.model.errors import ExchangeError, ProjectExistsError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield where to write; when the block ends well, that takes the place of `path`, and else nothing is changed.

    Raises:
        OSError: it cannot be written there.
    """
    draft = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")  # many who write look at the ending
    try:
        yield draft
        draft.replace(path)
    finally:
        with suppress(OSError):  # moved already, or it could not be made
            draft.unlink()


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file whole or not at all, UTF-8 with LF.

    Raises:
        ProjectExistsError: there is something of that name, and `overwrite` is not set.
        ExchangeError: it cannot be written.
    """
    if path.exists() and not overwrite:
        raise ProjectExistsError(path)
    try:
        with whole_file(path) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExchangeError(f"“{path}” cannot be written: {error.strerror}. Choose another place.") from error

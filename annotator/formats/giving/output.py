"""Files written beside the place they are for, and moved there when they are whole."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from annotator.formats.format import OutFile


def text_file(name: str, pieces: Iterable[str]) -> OutFile:
    """Return a file of UTF-8 text without a byte order mark; `pieces` is gone through once, while it is written."""
    return OutFile(name, (piece.encode("utf-8") for piece in pieces))


def bytes_file(name: str, content: bytes) -> OutFile:
    """Return a file of bytes."""
    return OutFile(name, (content,))


@contextmanager
def written(files: Iterable[OutFile], target: Path) -> Iterator[Path]:
    """Write files beside `target`, yield where they lie, and move them to `target` when the block ends well.

    One file without a name becomes the file `target`; files with names, the folder `target`. Whatever lay there before
    is replaced. When the block raises, `target` is as it was and nothing is left beside it.

    Raises:
        OSError: it cannot be written there.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    # A folder keeps the target's own name inside the draft, so that readers that look at names see the right one.
    holder = draft / (target.name or "out")
    try:
        draft.mkdir()
        for file in files:
            path = holder if not file.name else holder.joinpath(*_safe(file.name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                out.writelines(file.parts)
        if not holder.exists():
            holder.mkdir()
        yield holder
        _replace(holder, target, draft)
    finally:
        with suppress(OSError):  # where the draft could not be made there is nothing to remove
            shutil.rmtree(draft)


def _replace(made: Path, target: Path, draft: Path) -> None:
    """Put `made` in the place of `target`; a folder is moved aside first, because none is put over a full one."""
    if made.is_file() and not target.is_dir():
        made.replace(target)
        return
    if target.exists() and made.is_dir() != target.is_dir():
        kind = "a folder" if target.is_dir() else "a file"
        raise FileExistsError(17, f"there is {kind} of that name", str(target))
    aside = draft / "before"
    if target.exists():
        target.replace(aside)
    try:
        made.replace(target)
    except OSError:
        if aside.exists():
            aside.replace(target)
        raise


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"a file of an export cannot be named {name}")
    return path

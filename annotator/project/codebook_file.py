"""A codebook as a file: JSON in and out, TOML in, REFI-QDA (.qdc) in and out. Documented in ``docs/codebook.md``."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from annotator.model.codebook import Codebook
from annotator.model.errors import CodebookError, ExchangeError, FormatError
from annotator.project.whole_file import write_text

_MOST = 16 * 1024 * 1024
"""Bytes. A codebook of this size would be a library; reading it would hold up the window."""
QDC = ".qdc"
"""What ends the name of a codebook of REFI-QDA."""
_WIDTH = 110
_FEW = 4
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def read_codebook(path: Path | str) -> Codebook:
    """Return the codebook in a file: TOML or REFI-QDA where the name ends in .toml or .qdc, else JSON.

    Raises:
        FormatError: what is wrong with it, and in which line where that is known.
    """
    path = Path(path)
    if path.suffix.lower() == QDC:
        return _qdc(path)
    text = _text(path)
    content = _toml(path, text) if path.suffix.lower() == ".toml" else _json(path, text)
    try:
        json.dumps(content, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise FormatError(path, None, "It has half of a character (a lone surrogate) in it. Write it anew.") from error
    try:
        return Codebook.from_dict(content)
    except CodebookError as error:
        raise FormatError(path, None, str(error)) from error


def write_codebook(codebook: Codebook, path: Path | str, *, overwrite: bool = False) -> tuple[str, ...]:
    """Write a codebook as JSON that `read_codebook` reads back equal: the same codebook gives the same bytes.

    Where the name ends in .qdc it is a codebook of REFI-QDA, which cannot hold everything.

    Returns:
        What the file cannot hold, in sentences without their full stop; nothing of JSON is lost.

    Raises:
        ProjectExistsError: there is something of that name, and `overwrite` is not set.
        ExchangeError: it cannot be written, or the name says that it should be TOML.
    """
    path = Path(path)
    if path.suffix.lower() == QDC:
        return _write_qdc(codebook, path, overwrite=overwrite)
    if path.suffix.lower() == ".toml":
        raise ExchangeError(f"A codebook is written as JSON. Give “{path}” a name that ends in .json.")
    write_text(path, f"{_laid_out(codebook.to_dict())}\n", overwrite=overwrite)
    return ()


def lost_in(codebook: Codebook, path: Path | str) -> tuple[str, ...]:
    """Return what `write_codebook` would lose there, without writing anything."""
    if Path(path).suffix.lower() != QDC:
        return ()
    from annotator.formats.refi import codebook as refi  # noqa: PLC0415 - it loads lxml: only where such a file is written

    return tuple(map(str, refi.losses(codebook)))


def _write_qdc(codebook: Codebook, path: Path, *, overwrite: bool) -> tuple[str, ...]:
    from annotator.formats.refi import codebook as refi  # noqa: PLC0415 - it loads lxml: only where such a file is written

    content = refi.written(codebook)
    refi.read(content, codebook.name)  # what cannot be read back is not written
    write_text(path, content.decode(), overwrite=overwrite)
    return lost_in(codebook, path)


def _qdc(path: Path) -> Codebook:
    from annotator.formats.refi import codebook as refi  # noqa: PLC0415 - it loads lxml: only where such a file is read

    try:
        return refi.read(_bytes(path), path.stem)
    except CodebookError as error:
        raise FormatError(path, None, str(error)) from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise FormatError(path, None, f"It cannot be read: {error.strerror}.") from error
    if len(data) > _MOST:
        raise FormatError(path, None, f"It has more than {_MOST >> 20} MB, so it is no codebook.")
    return data


def _text(path: Path) -> str:
    data = _bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(path, line, "It is not UTF-8. Save it as UTF-8 and read it again.") from error


def _json(path: Path, text: str) -> object:
    try:
        content: object = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise FormatError(path, error.lineno, f"It is not JSON: {error.msg}, at column {error.colno}.") from error
    except _TwiceError as twice:
        raise FormatError(path, None, f"“{twice}” stands twice in one object, so one of them would be lost.") from twice
    except RecursionError as error:
        raise FormatError(path, None, "It is nested too deeply to be a codebook.") from error
    return content


def _toml(path: Path, text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _AT_LINE.search(message)
        line, column = (int(found[1]), f", at column {found[2]}") if found else (None, "")
        raise FormatError(path, line, f"It is not TOML: {_AT_LINE.sub('', message)}{column}.") from error
    except RecursionError as error:
        raise FormatError(path, None, "It is nested too deeply to be a codebook.") from error


class _TwiceError(Exception):
    """A name that stands twice in one object."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


def _laid_out(value: object, indent: int = 0) -> str:
    """Return JSON in which a clause, a value and a short list stand in one line each."""
    line = json.dumps(value, ensure_ascii=False)
    is_small = isinstance(value, Mapping) and len(value) <= _FEW and not any(map(_holds_more, value.values()))
    if indent and (is_small or indent + len(line) <= _WIDTH):
        return line
    if isinstance(value, Mapping):
        inner = [f"{json.dumps(name)}: {_laid_out(each, indent + 2)}" for name, each in value.items()]
        return _block("{", inner, "}", indent)
    if isinstance(value, list | tuple):
        return _block("[", [_laid_out(each, indent + 2) for each in value], "]", indent)
    return line


def _holds_more(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple)


def _block(opening: str, inner: list[str], closing: str, indent: int) -> str:
    blanks = " " * (indent + 2)
    return f"{opening}\n{blanks}" + f",\n{blanks}".join(inner) + f"\n{' ' * indent}{closing}"

"""The rows of a workbook, read by calamine in a process of its own.

A damaged workbook can keep calamine busy for ever, or end its process. So it does not run where the window and the labels
are: see `outside.Outside`. Run as ``python -m annotator.articles.sheet_rows PATH MOST``. It says ``{"sheet": name}`` for each
visible sheet, then its rows, ``[number, cells…]``, the first MOST of them; or ``{"why": sentence}`` and ends.
"""

import datetime as dt
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.articles.outside import begin, say

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


_MEMORY = 2_000_000_000
"""Bytes of address space: calamine holds a sheet and all its words."""


def main(path: str, most: int) -> None:
    """Write the rows of a workbook to standard output."""
    begin(_MEMORY)
    from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415 - only once memory is bounded

    data = io.BytesIO(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes())
    try:
        with _explained("This workbook"):
            _say_sheets(CalamineWorkbook.from_filelike(data), most)
    except PasswordError:
        say({"why": "This workbook is protected by a password. Save it without one and add that."})
    except _DamagedError as error:
        say({"why": str(error)})


class _DamagedError(Exception):
    """What is damaged, as a sentence."""


def _say_sheets(book: "CalamineWorkbook", most: int) -> None:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - as above

    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
            continue
        with _explained(f"The sheet “{sheet.name}”"):
            opened = book.get_sheet_by_name(sheet.name)
            say({"sheet": sheet.name})
            start = opened.start[0] if opened.start else 0
            for number, values in enumerate(islice(opened.iter_rows(), most), start + 1):
                cells = [cell_text(value) for value in values]
                if any(cells):
                    say([number, *cells])


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Turn what calamine says of a damaged file into a sentence; it may also panic, which is no `Exception`."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - as above

    try:
        yield
    except PasswordError:
        raise
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise _DamagedError(f"{what} is damaged ({error}). Save it again, or as CSV, and add that.") from None
        raise


def cell_text(value: object) -> str:
    """Return a cell as a person would write it: dates as ISO 8601, whole numbers without fraction."""
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

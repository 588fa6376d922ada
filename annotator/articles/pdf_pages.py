"""The pages of a PDF, read by pdfium in a process of its own.

A small file can keep pdfium busy for ever or make it take all memory (a form that draws itself twice, forty times over),
and a damaged one may crash it. So nothing of it runs where the window and the labels are. Run as
``python -m annotator.articles.pdf_pages PATH LARGEST``; ``-`` reads the file from standard input. What it writes: a line
of JSON when it begins, ``{}``, one when the file is open, ``{"pages": 12}`` or ``{"why": "password"}``; then a line a page, a list of lines, or null where the page
is damaged.
"""

import io
import json
import sys
from collections.abc import Iterator
from ctypes import c_double
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MEMORY = 2_000_000_000
"""Bytes of address space, where the system lets a process bound itself."""
_PASSWORD = 4
"""What pdfium answers where a password is needed."""
_MOST_PAGES = 5_000
_HYPHEN = 0x02
"""What pdfium gives for a hyphen at the end of a line; it leaves the line end out there."""
_RETURN, _FEED = 0x0D, 0x0A

Shown = tuple[str, float, float, float, float, bool]
"""A line: its words, left, right, base, size, whether a hyphen ended it. See `page_lines.Line`."""


def main(path: str, largest: int) -> None:
    """Write the lines of a PDF to standard output, until there are more than `largest` code points."""
    _bound_memory()
    _say({})
    import pypdfium2  # noqa: PLC0415 - only once memory is bounded

    source = io.BytesIO(sys.stdin.buffer.read()) if path == "-" else Path(path)
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        _say({"why": "password" if getattr(error, "err_code", None) == _PASSWORD else "damaged"})
        return
    _say({"pages": len(document)})
    size = 0
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            _say(None)
            continue
        lines = list(_lines(page))
        page.close()
        _say(lines)
        size += sum(len(line[0]) for line in lines)
        if size > largest:
            return


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    except (ValueError, OSError):
        # Some systems know the word and refuse the deed; the time is bounded all the same.
        return


def _say(value: object) -> None:
    sys.stdout.buffer.write(json.dumps(value).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def _lines(page: "PdfPage") -> Iterator[Shown]:
    """Yield the lines of a page in pdfium's order, which is that of writing."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    text = page.get_textpage()
    codes: list[int] = []
    begin = 0
    count = raw.FPDFText_CountChars(text)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code not in (_RETURN, _FEED, _HYPHEN):
            codes.append(code)
            if index + 1 < count:
                continue
        line = _line(text, codes, begin, is_hyphenated=code == _HYPHEN)
        if line:
            yield line
        codes, begin = [], index + 1
    text.close()


def _line(text: object, codes: list[int], begin: int, *, is_hyphenated: bool) -> Shown | None:
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    shown = [place for place, code in enumerate(codes) if code > 0x20 and code != 0xA0]
    if not shown:
        return None
    first, last = begin + shown[0], begin + shown[-1]
    boxes = [box for box in (_box(text, first), _box(text, last)) if box]
    if not boxes:
        return None
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    size = max(raw.FPDFText_GetFontSize(text, first), raw.FPDFText_GetFontSize(text, last))
    if size <= 1:
        # The size is scaled by the page: the letters' height says it.
        size = max(box[3] - box[2] for box in boxes)
    words = "".join(chr(code) for code in codes if code).strip()
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    return words, left, right, y.value, max(size, 1.0), is_hyphenated


def _box(text: object, index: int) -> tuple[float, float, float, float] | None:
    """Return the left, right, bottom and top of a letter."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    corners = [c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(text, index, *corners):
        return None
    left, right, bottom, top = (corner.value for corner in corners)
    return left, right, bottom, top


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

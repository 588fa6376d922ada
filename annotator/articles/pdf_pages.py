"""The pages of a PDF, read by pdfium in a process of its own.

A small file can keep pdfium busy for ever or make it take all memory (a form that draws itself twice, forty times over),
and a damaged one may crash it. So nothing of it runs where the window and the labels are: see `outside.Outside`. Run as
``python -m annotator.articles.pdf_pages PATH LARGEST``. It says ``{"pages": 12}`` or ``{"why": "password"}``; then for each
page a list of lines, or null where the page is damaged.
"""

import io
import sys
from collections.abc import Iterator
from ctypes import c_double
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.articles.outside import begin, say

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_PASSWORD = 4
"""What pdfium answers where a password is needed."""
_MOST_PAGES = 5_000
_MEMORY = 1_000_000_000
"""Bytes of address space."""
_HYPHEN = 0x02
"""What pdfium gives for a hyphen at the end of a line; it leaves the line end out there."""
_RETURN, _FEED, _BLANK, _NO_BREAK = 0x0D, 0x0A, 0x20, 0xA0
_OTHER_LINE = 0.6
"""Times its size that a letter stands above or below those of another line."""
_BEGIN = 3
"""Blanks may begin a line; the first letter after them says where it stands."""

Shown = tuple[str, float, float, float, float, bool]
"""A line: its words, left, right, base, size, whether a hyphen ended it. See `page_lines.Line`."""


def main(path: str, largest: int) -> None:
    """Write the lines of a PDF to standard output, until there are more than `largest` code points."""
    begin(_MEMORY)
    import pypdfium2  # noqa: PLC0415 - only once memory is bounded

    source = io.BytesIO(sys.stdin.buffer.read()) if path == "-" else Path(path)
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        say({"why": "password" if getattr(error, "err_code", None) == _PASSWORD else "damaged"})
        return
    say({"pages": len(document)})
    size = 0
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            say(None)
            continue
        lines = list(_lines(page))
        page.close()
        say(lines)
        size += sum(len(line[0]) for line in lines)
        if size > largest:
            return


def _lines(page: "PdfPage") -> Iterator[Shown]:
    """Yield the lines of a page in pdfium's order, which is that of writing; what lies outside the page is not shown."""
    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    for lines in _told(text):
        # pdfium tells some lines that stand below one another as one, from the right even the lower before the upper.
        for line in sorted(lines, key=lambda line: -line[3]):
            if bottom <= line[3] <= top and line[1] < right and line[2] > left:
                yield line
    text.close()


def _told(text: "PdfTextPage") -> Iterator[list[Shown]]:
    """Yield what pdfium tells as one line: mostly one, sometimes two or three."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    lines: list[Shown] = []
    letters: list[tuple[int, int]] = []
    base = size = 0.0
    x, y = c_double(), c_double()
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (_RETURN, _FEED, _HYPHEN):
            yield [*lines, *_line(text, letters, base, size, is_hyphenated=code == _HYPHEN)]
            lines, letters = [], []
            continue
        if code > _BLANK and not raw.FPDFText_IsGenerated(text, index):
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            # A raised letter stays in its line.
            if letters and abs(y.value - base) > _OTHER_LINE * size > 0:
                lines += _line(text, letters, base, size)
                letters = []
            if not any(code > _BLANK for _, code in letters[:_BEGIN]):
                base, size = y.value, _size(text, index)
        letters.append((index, code))
    yield [*lines, *_line(text, letters, base, size)]


def _size(text: object, index: int) -> float:
    """Return how large a letter is shown, in points; 0 where it is turned, so that its height says nothing."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, matrix) or abs(matrix.b) > abs(matrix.d):
        return 0.0
    return float(raw.FPDFText_GetFontSize(text, index) * abs(matrix.d))


def _line(
    text: object, letters: list[tuple[int, int]], base: float, size: float, *, is_hyphenated: bool = False
) -> Iterator[Shown]:
    shown = [index for index, code in letters if code > _BLANK and code != _NO_BREAK]
    boxes = [box for box in (_box(text, index) for index in {*shown[:1], *shown[-1:]}) if box]
    if boxes:
        words = "".join(chr(code) for _, code in letters if code).strip()
        left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
        yield words, left, right, base, max(size, 1.0), is_hyphenated


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

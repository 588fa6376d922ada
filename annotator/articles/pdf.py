"""A PDF with text -> article. Pages are read by pdfium; paragraphs are rebuilt from the places of the lines."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.articles.databases import read_pieces
from annotator.articles.page_lines import Line, paragraphs_of
from annotator.articles.reading import Page, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from ctypes import c_double

    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD = 4
"""What pdfium answers where a password is needed."""
_MOST_PAGES = 5_000
_MOST_SECONDS = 300.0
"""For all pages of one file. A real page takes some hundredths of a second."""
_TELL = 20
_HYPHEN = 0x02
"""What pdfium gives for a hyphen at the end of a line; it leaves the line end out there."""
_RETURN, _FEED = 0x0D, 0x0A
_UNREADABLE = 0.3
"""Share of letters without a name from which on a text is not worth reading."""


def read_pdf(source: Source) -> Reading:
    """Return the articles of a PDF: one, or those of the news database that wrote it.

    Raises:
        UnreadableError: it is encrypted, damaged, too large, has pictures of pages only, or its fonts do not say which
            letters they draw.
    """
    # Heavy: loaded when the first PDF is read.
    import pypdfium2  # noqa: PLC0415

    with source.open() as file:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(_why_not(error)) from None
        try:
            pages, problems = _pages(source, document)
        finally:
            document.close()
    if source.cancelled():
        return Reading()
    problems += _without_text(source, pages)
    if sum(map(_unnamed, pages)) > _UNREADABLE * sum(len(line.text) for page in pages for line in page):
        raise UnreadableError(
            "The fonts of this PDF do not say which letters they draw, so its text cannot be read. "
            "Make it searchable with a text recognition program and add the result, or add its text."
        )
    rebuilt = paragraphs_of(pages)
    reading = read_pieces(source, Page(rebuilt.pieces, "pdf", report=rebuilt.report))
    return Reading(reading.articles, (*problems, *reading.problems))


def _why_not(error: Exception) -> str:
    if getattr(error, "err_code", None) == _PASSWORD:
        return "This PDF is protected by a password. Save it without one and add that."
    return "This PDF is damaged or no PDF at all. Save or fetch it again."


def _pages(source: Source, document: "PdfDocument") -> tuple[list[list[Line]], list[Problem]]:
    # Heavy, as above.
    import pypdfium2  # noqa: PLC0415

    count, pages, problems = len(document), list[list[Line]](), list[Problem]()
    if count <= 0:
        raise UnreadableError("This PDF has no pages that can be read. Save or fetch it again.")
    broken, size = 0, 0
    end = time.monotonic() + _MOST_SECONDS
    for number in range(min(count, _MOST_PAGES)):
        if source.cancelled():
            break
        if size > source.limits.largest or time.monotonic() > end:
            problems.append(
                source.problem(f"This is too much to be read whole: the first {number:,} pages were taken.")
            )
            break
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            broken += 1
            if broken > _TELL and broken == number + 1:
                break
            pages.append([])
            continue
        pages.append(list(_lines(page)))
        page.close()
        size += sum(len(line.text) for line in pages[-1])
    if broken == len(pages) or (broken > _TELL and not size):
        raise UnreadableError("The pages of this PDF are damaged. Save or fetch it again.")
    if count > _MOST_PAGES:
        problems.append(source.problem(f"This has {count:,} pages: the first {_MOST_PAGES:,} were read."))
    if broken:
        problems.append(source.problem(f"{broken:,} of {count:,} pages are damaged and were left out."))
    return pages, problems


def _lines(page: "PdfPage") -> Iterator[Line]:
    """Yield the lines of a page in pdfium's order, which is that of writing."""
    from pypdfium2 import raw  # noqa: PLC0415 - heavy, as above

    text = page.get_textpage()
    box = _Box()
    codes: list[int] = []
    begin = 0
    count = raw.FPDFText_CountChars(text)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code not in (_RETURN, _FEED, _HYPHEN):
            codes.append(code)
            if index + 1 < count:
                continue
        line = _line(box, text, codes, begin, is_hyphenated=code == _HYPHEN)
        if line:
            yield line
        codes, begin = [], index + 1
    text.close()


class _Box:
    """Memory that pdfium writes a letter's box into."""

    def __init__(self) -> None:
        from ctypes import c_double  # noqa: PLC0415 - with the PDF library only

        self.left, self.right, self.bottom, self.top = (c_double() for _ in range(4))

    def of(self, text: object, index: int) -> "tuple[float, float, float, float] | None":
        from pypdfium2 import raw  # noqa: PLC0415 - heavy, as above

        corners: list[c_double] = [self.left, self.right, self.bottom, self.top]
        if not raw.FPDFText_GetCharBox(text, index, *corners):
            return None
        return self.left.value, self.right.value, self.bottom.value, self.top.value


def _line(box: _Box, text: object, codes: list[int], begin: int, *, is_hyphenated: bool) -> Line | None:
    from pypdfium2 import raw  # noqa: PLC0415 - heavy, as above

    words = "".join(chr(code) if code else "" for code in codes)
    shown = [place for place, code in enumerate(codes) if code > 0x20 and code != 0xA0]
    if not shown:
        return None
    first, last = begin + shown[0], begin + shown[-1]
    boxes = [found for found in (box.of(text, first), box.of(text, last)) if found]
    if not boxes:
        return None
    x, y = box.left, box.bottom
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    base = y.value
    size = max(raw.FPDFText_GetFontSize(text, first), raw.FPDFText_GetFontSize(text, last))
    if size <= 1:
        # The size is scaled by the page: the letters' height says it.
        size = max(found[3] - found[2] for found in boxes)
    return Line(
        words.strip(),
        min(found[0] for found in boxes),
        max(found[1] for found in boxes),
        base,
        max(size, 1.0),
        is_hyphenated=is_hyphenated,
    )


def _unnamed(page: list[Line]) -> int:
    return sum(
        letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " " for line in page for letter in line.text
    )


def _without_text(source: Source, pages: list[list[Line]]) -> list[Problem]:
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        raise UnreadableError(
            "This PDF holds pictures of pages (a scan) and no text. "
            "Make it searchable with a text recognition program and add the result."
        )
    if not empty:
        return []
    which = ", ".join(map(str, empty[:_TELL])) + (" …" if len(empty) > _TELL else "")
    is_one = len(empty) == 1
    return [
        source.problem(
            f"Page {which} has no text: it is blank or a picture."
            if is_one
            else f"{len(empty):,} pages have no text ({which}): they are blank or pictures."
        )
    ]

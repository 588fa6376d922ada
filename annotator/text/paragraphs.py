"""Paragraphs: the lines of a text that are not blank, without the blanks at their edges."""

import regex

from annotator.model.span import Fragment

_LINE = regex.compile(r"\S(?:[^\n]*\S)?")
_INK = regex.compile(r"\S")
_INK_BACK = regex.compile(r"(?r)\S")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Fragment]:
    """Return the paragraphs between `start` and `end`, as if the text began and ended there."""
    stop = len(text) if end is None else end
    return [Fragment(found.start(), found.end()) for found in _LINE.finditer(text, start, stop)]


def paragraph_at(text: str, position: int) -> Fragment | None:
    """Return the paragraph in whose line `position` lies, or None on a blank line."""
    start = text.rfind("\n", 0, max(position, 0)) + 1
    end = text.find("\n", max(position, 0))
    found = _LINE.search(text, start, len(text) if end < 0 else end)
    return Fragment(found.start(), found.end()) if found else None


def next_paragraph(text: str, position: int) -> int:
    """Return the first end of a paragraph after `position`; the text's end where there is none."""
    ink = ink_after(text, position)
    paragraph = None if ink is None else paragraph_at(text, ink)
    return paragraph.end if paragraph else len(text)


def previous_paragraph(text: str, position: int) -> int:
    """Return the last start of a paragraph before `position`; 0 where there is none."""
    ink = ink_before(text, position)
    paragraph = None if ink is None else paragraph_at(text, ink)
    return paragraph.start if paragraph else 0


def ink_after(text: str, position: int) -> int | None:
    """Return the offset of the first character at or after `position` that is not blank, or None."""
    found = _INK.search(text, max(position, 0))
    return found.start() if found else None


def ink_before(text: str, position: int) -> int | None:
    """Return the offset of the last character before `position` that is not blank, or None."""
    found = _INK_BACK.search(text, 0, max(position, 0))
    return found.start() if found else None

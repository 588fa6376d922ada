"""The rows of a sheet as the XML of a workbook: strings stay strings, whatever they look like."""

import re
from collections.abc import Iterable
from functools import cache

_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z")
"""What cannot stand in a cell as it is, and blanks at its edges."""
_LIKE_NUMBER = re.compile("(_x[0-9a-fA-F]{4}_)")
_BY_NUMBER = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_BLANK_EDGE = re.compile(r"\A\s|\s\Z")


def row_xml(number: int, cells: Iterable[str | int]) -> str:
    """Return a row; `number` counts from 1. Empty strings are no cells."""
    parts = [f'<row r="{number}">']
    for place, cell in enumerate(cells):
        if isinstance(cell, int):
            parts.append(f'<c r="{column_name(place)}{number}"><v>{cell}</v></c>')
        elif cell:
            words = f"<t>{cell}" if _SPECIAL.search(cell) is None else _special(cell)
            parts.append(f'<c r="{column_name(place)}{number}" t="inlineStr"><is>{words}</t></is></c>')
    parts.append("</row>")
    return "".join(parts)


@cache
def column_name(place: int) -> str:
    """Return the letters of a column, whose number counts from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _special(words: str) -> str:
    """Return the beginning of the element and the words, with what cannot stand there written by its number."""
    words = _LIKE_NUMBER.sub(r"_x005F\1", words)
    words = _BY_NUMBER.sub(lambda found: f"_x{ord(found[0]):04X}_", words)
    start = '<t xml:space="preserve">' if _BLANK_EDGE.search(words) else "<t>"
    return start + words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

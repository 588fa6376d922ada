"""The lines of an ``.ann``, those that a line end has broken put together again."""

import re
from dataclasses import dataclass

_BEGIN = re.compile(r"(?:[A-Za-z]+\d+|#[A-Za-z]*\d*|\*)\t")


@dataclass(frozen=True, slots=True)
class Line:
    """One annotation line: its id, the data before the second tab, the text after it (None: there is none)."""

    number: int
    id: str
    data: str
    text: str | None


def lines_of(content: str) -> list[Line]:
    """Return the lines with an id.

    A line that does not begin with one belongs to the line before it, whose text then holds a line end; empty lines do
    too, unless nothing follows them.
    """
    made: list[tuple[int, list[str]]] = []
    for number, raw in enumerate(content.split("\n"), start=1):
        line = raw.removesuffix("\r")
        if _BEGIN.match(line):
            made.append((number, [line]))
        elif made:
            made[-1][1].append(line)
        elif line.strip():
            made.append((number, [f"?\t{line}"]))
    return [_line(number, parts) for number, parts in made]


def _line(number: int, parts: list[str]) -> Line:
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    mark, _, rest = "\n".join(parts).partition("\t")
    data, tab, text = rest.partition("\t")
    return Line(number, mark, data, text if tab else None)

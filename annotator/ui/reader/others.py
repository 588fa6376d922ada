"""What others have labelled, in rows below the own lanes: to look at only, a row an annotator."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook
from annotator.ui.look.theme import Strength, Theme, chip_colors, line_color, wash
from annotator.ui.reader import geometry
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.marks import MarkIndex, depth
from annotator.ui.reader.page import Page
from annotator.ui.reader.strokes import row_strokes

_WORDS = 160


class Tones(NamedTuple):
    """An annotator's colour as it is painted: the line, the letter's chip and the letter on it, the wash of words."""

    line: QColor
    chip: QColor
    ink: QColor
    wash: QColor


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else's labels in an article.

    Attributes:
        key: id of the annotator. tag: up to three letters that stand in the margin. color: as ``#rrggbb``.
    """

    key: str
    tag: str
    name: str
    color: str
    annotations: tuple[Annotation, ...] = ()


@dataclass(slots=True)
class Row:
    """A row below each line, with the marks that are found by place."""

    other: Other
    index: MarkIndex = field(default_factory=MarkIndex)


@lru_cache(maxsize=64)
def tones(theme: Theme, color: str) -> Tones:
    """Return an annotator's colours in a theme."""
    chip, ink = chip_colors(theme, color)
    return Tones(QColor(line_color(theme, color)), QColor(chip), QColor(ink), QColor(wash(theme, color, Strength.LIT)))


def mark_at(page: Page, rows: Sequence[Row], point: QPointF) -> str:
    """Return the id of somebody else's mark at a point of the document, the innermost one; "" where there is none."""
    if not rows:
        return ""
    line = geometry.line_at_height(page, point.y())
    place, here_are = row_at(line, point.y()), page.rows.get(line.number, ())
    if not 0 <= place < len(here_are) or line.number in page.folds.folded:
        return ""
    row = rows[here_are[place]]
    here = row_strokes(page, row.index, line, place)
    lettered = next((each.piece.mark for each in here if each.chip is not None and each.chip.contains(point)), "")
    found = {each.piece.mark for each in here if each.holds(point.x())}
    return lettered or min(found, key=lambda mark: depth(_known(row, mark)), default="")


def row_at(line: Line, y: float) -> int:
    """Return which of the rows of a line lies at a height, or -1."""
    rhythm = line.rhythm
    if not rhythm.rows:
        return -1
    return int((y - line.baseline - rhythm.row_top(0)) // rhythm.row)


def _known(row: Row, mark: str) -> Annotation:
    found = row.index.get(mark)
    assert found is not None, "a stroke is of a mark of its row"
    return found


def told(annotation: Annotation, codebook: Codebook) -> list[str]:
    """Return what is recorded about a label, a line each: its attributes in the codebook's words, and its note."""
    lines = []
    for name in dict.fromkeys(name for name, _ in annotation.attributes):
        kind = next((each for each in codebook.attributes if each.id == name), None)
        names = {each.id: each.name for each in kind.values} if kind else {}
        values = ", ".join(names.get(each, each) for each in annotation.values(name))
        lines.append(f"{kind.name if kind else name}: {values}")
    if annotation.note:
        lines.append(f"Note: {annotation.note}")
    return lines


def label_name(annotation: Annotation, codebook: Codebook) -> str:
    """Return the name of a label, also of one that no revision of the codebook knows."""
    return next((each.name for each in codebook.labels if each.id == annotation.label), annotation.label)


def words_of(annotation: Annotation, text: str, most: int = _WORDS) -> str:
    """Return the words of a label in quotes, cut where they are many."""
    words = " ".join(" … ".join(annotation.span.covered(text)).split())
    return f"“{words[:most]}{'…' if len(words) > most else ''}”"


def tip(row: Row, mark: str, codebook: Codebook, text: str) -> str:
    """Return what the tooltip of somebody else's mark says."""
    found = _known(row, mark)
    head = f"{row.other.name}: {label_name(found, codebook)}"
    return "\n".join([head, words_of(found, text), *told(found, codebook)])

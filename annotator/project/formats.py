"""What the faces need of the formats, through the door: their names, and what can be chosen."""

from dataclasses import dataclass
from importlib.util import find_spec

from annotator.formats import IN, OUT
from annotator.formats.format import Choice, Listen, Loss, Options, Reader, Taking, Unit, Writer
from annotator.formats.tokens import TOKENISERS
from annotator.project.export import ExportReport
from annotator.project.selecting import Selection

__all__ = [
    "IN",
    "OUT",
    "TOKENISATIONS",
    "Choice",
    "ExportReport",
    "FormatInfo",
    "Listen",
    "Loss",
    "Options",
    "Selection",
    "Taking",
    "Unit",
    "formats",
]

TOKENISATIONS = tuple(TOKENISERS)
"""Names of the tokenisations."""


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """A format as it is offered.

    Attributes:
        name: as the command line knows it.
        suffix: of its file; empty: it is a folder.
        units: whether the unit of offsets can be chosen.
        purpose: what it is for, in one line without a full stop.
        tokens: whether a tokenisation can be chosen.
        excel: whether it can be made safe for spreadsheet programs.
        splits: whether one file or folder holds all parts of a split.
        choices: what can be chosen for this format alone.
        lacks: the library that must be installed before it can be used; empty: nothing.
    """

    name: str
    title: str
    suffix: str
    is_written: bool
    is_read: bool
    units: bool
    lacks: str
    purpose: str = ""
    tokens: bool = False
    excel: bool = False
    splits: bool = False
    choices: tuple[Choice, ...] = ()


def formats() -> tuple[FormatInfo, ...]:
    """Return every format, those that are written first."""
    from annotator.formats.registry import READERS, WRITERS  # noqa: PLC0415 - it loads every format: only when something is exchanged

    return tuple(_info(name, WRITERS.get(name), READERS.get(name)) for name in {**WRITERS, **READERS})


def _info(name: str, writer: Writer | None, reader: Reader | None) -> FormatInfo:
    known = [each for each in (writer, reader) if each is not None]
    needs = [each.needs for each in known if each.needs]
    return FormatInfo(
        name=name,
        title=known[0].title,
        suffix=writer.suffix if writer else "",
        is_written=writer is not None,
        is_read=reader is not None,
        units=bool(writer and writer.units),
        lacks=next((library for library in needs if find_spec(library) is None), ""),
        purpose=next((each.purpose for each in known if each.purpose), ""),
        tokens=bool(writer and writer.tokens),
        excel=bool(writer and writer.excel),
        splits=bool(writer and writer.splits),
        choices=writer.choices if writer else (),
    )

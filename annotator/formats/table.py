"""The table of what each format holds, as it stands in ``docs/formats.md``."""

from annotator.formats.format import Annotators, Holds
from annotator.formats.registry import READERS, WRITERS

_COLUMNS = (
    ("overlap", "overlapping"),
    ("discontinuous", "discontinuous"),
    ("frames", "frames"),
    ("relations", "relations"),
    ("across", "across articles"),
    ("between", "across annotators"),
    ("absent", "absent targets"),
    ("attributes", "attributes"),
    ("notes", "notes"),
    ("states", "states"),
    ("title", "titles"),
    ("metadata", "metadata"),
    ("blocks", "blocks"),
    ("codebook", "codebook"),
)


def table() -> str:
    """Return the table in Markdown, a row a format, with a line end at its end."""
    heads = ("format", "name", "out", "in", "offsets", *(title for _, title in _COLUMNS), "annotators")
    rows = [heads, tuple("---" for _ in heads)]
    for name in {**WRITERS, **READERS}:
        writer, reader = WRITERS.get(name), READERS.get(name)
        title = writer.title if writer else reader.title if reader else name
        holds = writer.holds if writer else None
        ways = ("yes" if writer else "no", "yes" if reader else "no")
        rows.append((title, f"`{name}`", *ways, *_cells(holds)))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def remarks() -> str:
    """Return what is done about what does not fit, a line a format, in Markdown."""
    lines = []
    for name, writer in WRITERS.items():
        words = [writer.holds.remark] if writer.holds.remark else []
        titles = dict(_COLUMNS)
        words += [f"{titles.get(what, what)}: {done}" for what, done in writer.holds.instead]
        if words:
            lines.append(f"- `{name}`: {'; '.join(words)}.\n")
    return "".join(lines)


def _cells(holds: Holds | None) -> tuple[str, ...]:
    if holds is None:
        return ("", *("" for _ in _COLUMNS), "")
    apart = holds.annotators is Annotators.APART
    held = {name: bool(getattr(holds, name)) and not (apart and name == "between") for name, _ in _COLUMNS}
    cells = tuple("yes" if held[name] else "no" for name, _ in _COLUMNS)
    return (holds.unit, *cells, holds.annotators.value)

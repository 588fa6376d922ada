"""brat stand-off: a folder an annotator, of each article a ``.txt`` and an ``.ann``, with configuration beside."""

from annotator.formats.brat.read import is_brat, read
from annotator.formats.brat.write import HOLDS, fit, write
from annotator.formats.format import Reader, Trait, Writer

WRITER = Writer(
    "brat stand-off",
    "",
    HOLDS,
    write,
    fit,
    purpose="For brat and the many programs that read its files",
    looks_at=frozenset({Trait.LINES}),
)
READER = Reader("brat stand-off", read, is_brat)

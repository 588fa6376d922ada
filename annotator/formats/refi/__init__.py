"""REFI-QDA: projects that programs for qualitative analysis exchange (.qdpx)."""

from annotator.formats.format import Reader, Writer
from annotator.formats.refi import read, write

WRITER = Writer(
    "REFI-QDA project",
    ".qdpx",
    write.HOLDS,
    write.write,
    write.fit_refi,
    purpose="For NVivo, ATLAS.ti, MAXQDA, QualCoder",
    looks_at=frozenset(),
)
READER = Reader("REFI-QDA project", read.read, read.is_refi)

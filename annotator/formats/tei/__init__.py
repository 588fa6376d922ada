"""TEI P5 with stand-off annotation: the text with anchors, and spans between them. It is written, and read to be compared."""

from annotator.formats.format import Writer
from annotator.formats.tei.read import read
from annotator.formats.tei.write import HOLDS, fit_xml, write

WRITER = Writer(
    "TEI stand-off",
    "",
    HOLDS,
    write,
    fit_xml,
    purpose="For archives, a TEI P5 file an article",
    proof=read,
    looks_at=frozenset(),
)

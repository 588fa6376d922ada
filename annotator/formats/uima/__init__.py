"""UIMA CAS as INCEpTION opens it: JSON CAS 0.4, XMI with its type system, and WebAnno TSV 3.3."""

from annotator.formats.format import Reader, Trait, Writer
from annotator.formats.uima import inception, read, write

JSON_WRITER = Writer(
    "UIMA JSON CAS",
    "",
    write.HOLDS,
    write.write_json,
    write.fit_json,
    purpose="For INCEpTION and other programs on UIMA",
    tokens=True,
    looks_at=frozenset({Trait.BLANKS}),
)
XMI_WRITER = Writer(
    "UIMA XMI",
    "",
    write.HOLDS,
    write.write_xmi,
    write.fit_xmi,
    purpose="For older programs on UIMA",
    tokens=True,
    looks_at=frozenset({Trait.BLANKS}),
)
TSV_WRITER = Writer(
    "WebAnno TSV",
    "",
    write.TSV_HOLDS,
    write.write_tsv,
    write.fit_tsv,
    purpose="For WebAnno, and for INCEpTION where it must be TSV",
    tokens=True,
    looks_at=frozenset({Trait.BLANKS}),
)
JSON_READER = Reader("UIMA JSON CAS", read.read_json, read.is_json)
XMI_READER = Reader("UIMA XMI", read.read_xmi, read.is_xmi)
INCEPTION_READER = Reader(
    "INCEpTION project",
    inception.read,
    inception.is_inception,
    purpose="Everybody's labels and the curation, from an exported project",
)
TSV_READER = Reader("WebAnno TSV", read.read_tsv, read.is_tsv)

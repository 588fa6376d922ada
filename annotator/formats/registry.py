"""Every format by name. Importing it loads them all, so the project does that only when something is exchanged."""

from pathlib import Path

from annotator.formats import (
    brat,
    conll,
    docbin,
    doccano,
    huggingface,
    jsonl,
    label_studio,
    offset_table,
    parc,
    prodigy,
    refi,
    tables,
    tei,
    uima,
    web_annotation,
)
from annotator.formats.format import Reader, Writer

READERS: dict[str, Reader] = {
    "jsonl": jsonl.READER,
    "brat": brat.READER,
    "csv": tables.CSV_READER,
    "xlsx": tables.XLSX_READER,
    "prodigy": prodigy.READER,
    "conllu": conll.UNIVERSAL_READER,
    "conll": conll.READER,
    "doccano": doccano.READER,
    "doccano-relations": doccano.READER,
    "refi-qda": refi.READER,
    "spacy": docbin.READER,
    "parc3": parc.READER,
    "web-annotation": web_annotation.READER,
    "inception": uima.INCEPTION_READER,
    "uima-json": uima.JSON_READER,
    "uima-xmi": uima.XMI_READER,
    "webanno-tsv": uima.TSV_READER,
    "label-studio": label_studio.READER,
    "huggingface": huggingface.READER,
    "huggingface-tokens": huggingface.READER,
    "huggingface-parquet": huggingface.PARQUET_READER,
    "table": offset_table.READER,
}
"""Every format that can be read, by name. A file is recognised by the first that takes it, so the strict ones stand first."""

WRITERS: dict[str, Writer] = {
    "jsonl": jsonl.WRITER,
    "brat": brat.WRITER,
    "doccano": doccano.WRITER,
    "doccano-relations": doccano.WRITER_WITH_RELATIONS,
    "label-studio": label_studio.WRITER,
    "prodigy": prodigy.WRITER,
    "csv": tables.CSV_WRITER,
    "xlsx": tables.XLSX_WRITER,
    "conll": conll.WRITER,
    "conllu": conll.UNIVERSAL_WRITER,
    "huggingface": huggingface.SPANS_WRITER,
    "huggingface-tokens": huggingface.TOKENS_WRITER,
    "huggingface-parquet": huggingface.PARQUET_WRITER,
    "uima-json": uima.JSON_WRITER,
    "uima-xmi": uima.XMI_WRITER,
    "webanno-tsv": uima.TSV_WRITER,
    "refi-qda": refi.WRITER,
    "spacy": docbin.WRITER,
    "tei": tei.WRITER,
    "web-annotation": web_annotation.WRITER,
}
"""Every format that can be written, by name."""

_HEAD = 64 * 1024


def recognise(path: Path) -> str:
    """Return the name of the format that a file or folder has; empty when it looks like none.

    Raises:
        OSError: it cannot be read.
    """
    head = b""
    if not path.is_dir():
        with path.open("rb") as file:
            head = file.read(_HEAD)
    return next((name for name, reader in READERS.items() if reader.recognise(path, head)), "")

"""Read files of CASes: JSON, XMI or WebAnno TSV, one or all of a folder."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from annotator.formats.format import Taking
from annotator.formats.json_lines import is_clean
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document
from annotator.formats.taking.gather import gather
from annotator.formats.uima import json_cas, tsv_parse, xmi
from annotator.formats.uima.document import document_of
from annotator.formats.uima.structure import TYPES, Cas
from annotator.formats.uima.tsv import FORMAT
from annotator.model.problem import Problem

LARGEST = 1 << 30
Parse = Callable[[bytes, bytes | None], Cas | None]
"""Bytes of a file, and those of the description of its types if there is one, to a CAS; None: it holds no text."""


def _json(content: bytes, _types: bytes | None) -> Cas | None:
    found = json.loads(content)
    return json_cas.parsed(found) if isinstance(found, dict) and is_clean(found) else None


def _xmi(content: bytes, types: bytes | None) -> Cas | None:
    return xmi.parsed(content) if types is None else xmi.parsed(content, xmi.references(types))


def _tsv(content: bytes, _types: bytes | None) -> Cas | None:
    return tsv_parse.parsed(content)


PARSERS: dict[str, Parse] = {".json": _json, ".xmi": _xmi, ".tsv": _tsv}
"""How a file with a suffix is understood."""


def is_json(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, is a JSON CAS."""
    return _first(path, head, ".json", (b"%FEATURE_STRUCTURES", b"%TYPES"))


def is_xmi(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, is XMI."""
    return _first(path, head, ".xmi", (b"http://www.omg.org/XMI",))


def is_tsv(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, is WebAnno TSV 3."""
    return _first(path, head, ".tsv", (f"{FORMAT}3.".encode(),))


def _first(path: Path, head: bytes, suffix: str, marks: tuple[bytes, ...]) -> bool:
    if path.is_dir():
        files = _files(path, suffix)
        if not files:
            return False
        with files[0].open("rb") as file:
            head = file.read(1 << 16)
    return any(mark in head for mark in marks)


def _files(path: Path, suffix: str) -> list[Path]:
    return sorted(each for each in path.rglob(f"*{suffix}") if each.is_file()) if path.is_dir() else [path]


def read_json(path: Path, taking: Taking) -> Reading:
    """Read a JSON CAS, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    return _read(path, taking, ".json", "uima-json")


def read_xmi(path: Path, taking: Taking) -> Reading:
    """Read an XMI, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    return _read(path, taking, ".xmi", "uima-xmi")


def read_tsv(path: Path, taking: Taking) -> Reading:
    """Read a WebAnno TSV, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    return _read(path, taking, ".tsv", "webanno-tsv")


def _read(path: Path, taking: Taking, suffix: str, importer: str) -> Reading:
    problems: list[Problem] = []
    files = _files(path, suffix)
    documents = _documents(path, files, suffix, taking, problems)
    return gather(documents, path, taking, problems=problems, total=len(files), importer=importer)


def _documents(
    top: Path, files: list[Path], suffix: str, taking: Taking, problems: list[Problem]
) -> Iterator[Document]:
    for file in files:
        try:
            if file.stat().st_size > LARGEST:
                problems.append(Problem(str(file), "The file is larger than 1 GB, which no text with labels is."))
                continue
            content, types = file.read_bytes(), _types(file, top) if suffix == ".xmi" else None
        except OSError as error:
            problems.append(Problem(str(file), f"The file cannot be read: {error.strerror}."))
            continue
        cas = understood(file, suffix, content, types, problems)
        if cas is not None:
            name, annotator = _named(top, file)
            if suffix == ".tsv" and taking.texts is not None:
                cas = with_blanks_of(cas, taking.texts(name))
            yield document_of(file, name, annotator, cas, problems)


def understood(file: Path, suffix: str, content: bytes, types: bytes | None, problems: list[Problem]) -> Cas | None:
    """Return the CAS of a file with that suffix; None (and a problem) where it cannot be understood or has no text."""
    try:
        cas = PARSERS[suffix](content, types)
    except (ValueError, RecursionError, etree.XMLSyntaxError) as error:
        problems.append(Problem(str(file), f"The file cannot be understood: {str(error)[:120]}."))
        return None
    if cas is None:
        problems.append(Problem(str(file), "The file holds no text, so nothing can be labelled in it."))
    return cas


def with_blanks_of(cas: Cas, text: str | None) -> Cas:
    """Return a CAS with the blanks of the text that it is known to be of: a WebAnno TSV may lack those between sentences.

    Where that text says anything else, the CAS stays as it is.
    """
    if text is None or text == cas.text or len(text) < len(cas.text) or text[len(cas.text) :].strip():
        return cas
    same = all(one == other or (one.isspace() and other.isspace()) for one, other in zip(cas.text, text, strict=False))
    return replace(cas, text=text) if same else cas


def _types(file: Path, top: Path) -> bytes | None:
    """Return the description of types beside a file, or at the top."""
    for folder in dict.fromkeys((file.parent, top)):
        types = folder / TYPES
        if types.is_file() and types.stat().st_size <= LARGEST:
            return types.read_bytes()
    return None


def _named(top: Path, file: Path) -> tuple[str, str]:
    """Return the text's name and whose labels they are: a folder an annotator, or INCEpTION's file an annotator."""
    inner = file.relative_to(top).parts[:-1] if file != top else ()
    if "annotation" in inner and inner[-1] != "annotation":
        return inner[-1], file.stem
    return file.stem, inner[0] if inner else ""

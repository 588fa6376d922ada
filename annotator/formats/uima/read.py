"""Read a CAS: one that was written here, or what INCEpTION exports with layers of somebody's own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from annotator.formats.format import Taking, Unit
from annotator.formats.giving.regions import CONTINUES
from annotator.formats.json_lines import is_clean
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.gather import gather
from annotator.formats.taking.regions import joined
from annotator.formats.uima import json_cas, xmi
from annotator.formats.uima.structure import Cas, Structure, attribute_of, numbered
from annotator.model.problem import Problem

_FRAME = ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.", "uima.")
_NAMES = ("label", "value", "kind", "DependencyType")
_LARGEST = 1 << 30
_TYPES = "TypeSystem.xml"
_Parsed = Callable[[Path, Path], Cas | None]


def is_json(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, is a JSON CAS."""
    return _first(path, head, ".json", (b"%FEATURE_STRUCTURES", b"%TYPES"))


def is_xmi(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, is XMI."""
    return _first(path, head, ".xmi", (b"http://www.omg.org/XMI",))


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
    return _read(path, taking, ".json", _json)


def read_xmi(path: Path, taking: Taking) -> Reading:
    """Read an XMI, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    return _read(path, taking, ".xmi", _xmi)


def _xmi(file: Path, top: Path) -> Cas | None:
    for folder in dict.fromkeys((file.parent, top)):
        types = folder / _TYPES
        if types.is_file() and types.stat().st_size <= _LARGEST:
            return xmi.parsed(file.read_bytes(), xmi.references(types.read_bytes()))
    return xmi.parsed(file.read_bytes())


def _json(file: Path, _top: Path) -> Cas | None:
    found = json.loads(file.read_bytes())
    return json_cas.parsed(found) if isinstance(found, dict) and is_clean(found) else None


def _read(path: Path, taking: Taking, suffix: str, parsed: _Parsed) -> Reading:
    problems: list[Problem] = []
    files = _files(path, suffix)
    documents = _documents(path, files, parsed, problems)
    return gather(documents, path, taking, problems=problems, total=len(files), importer="uima")


def _documents(top: Path, files: list[Path], parsed: _Parsed, problems: list[Problem]) -> Iterator[Document]:
    for file in files:
        try:
            if file.stat().st_size > _LARGEST:
                problems.append(Problem(str(file), "The file is larger than 1 GB, which no text with labels is."))
                continue
            cas = parsed(file, top)
        except (ValueError, RecursionError, etree.XMLSyntaxError) as error:
            problems.append(Problem(str(file), f"The file cannot be understood: {str(error)[:120]}."))
            continue
        except OSError as error:
            problems.append(Problem(str(file), f"The file cannot be read: {error.strerror}."))
            continue
        if cas is None:
            problems.append(Problem(str(file), "The file holds no text, so nothing can be labelled in it."))
            continue
        name, annotator = _named(top, file)
        yield _document(file, name, annotator, cas, problems)


def _named(top: Path, file: Path) -> tuple[str, str]:
    """Return the text's name and whose labels they are: a folder an annotator, or INCEpTION's file an annotator."""
    inner = file.relative_to(top).parts[:-1] if file != top else ()
    if "annotation" in inner and inner[-1] != "annotation":
        return inner[-1], file.stem
    return file.stem, inner[0] if inner else ""


def _document(file: Path, name: str, annotator: str, cas: Cas, problems: list[Problem]) -> Document:
    meta = next((each for each in cas.structures if each.type.endswith(".DocumentMetaData")), None)
    kept = meta.word("documentId") if meta else ""
    by_id = numbered(cas.structures)
    items: list[Item] = []
    ties: list[Tie] = []
    for each in cas.structures:
        if each.begin is None or each.end is None or each.type.startswith(_FRAME):
            continue
        if "Governor" in each.refs and "Dependent" in each.refs:
            ties.append(Tie(_name(each), str(each.refs["Governor"][0]), str(each.refs["Dependent"][0])))
            continue
        if each.begin == each.end:
            problems.append(Problem(str(file), f"The annotation {each.id} ({each.type}) covers nothing."))
            continue
        items.append(_item(each))
        ties += _ties(each, by_id)
    items, ties = joined(items, ties, CONTINUES)
    return Document(
        file=file,
        name=kept or name,
        text=cas.text,
        items=tuple(items),
        ties=tuple(ties),
        unit=Unit.UTF16,
        annotator=annotator,
        title=(meta.word("documentTitle") if meta else "") or name,
        id=kept,
    )


def _name(structure: Structure) -> str:
    """Return the word for a label or relation: what one of its features says, else its layer's name."""
    return next((structure.word(name) for name in _NAMES if structure.word(name)), structure.type.rpartition(".")[2])


def _item(structure: Structure) -> Item:
    used = next((name for name in _NAMES if structure.word(name)), "")
    attributes = tuple(
        (attribute_of(name), word)
        for name, words in structure.words.items()
        if name not in (used, "note", "absent")
        for word in words
    )
    return Item(
        key=str(structure.id),
        label=_name(structure),
        ranges=((structure.begin or 0, structure.end or 0),),
        attributes=attributes,
        note=structure.word("note"),
    )


def _ties(structure: Structure, by_id: dict[int, Structure]) -> Iterator[Tie]:
    for kind in structure.words.get("absent", ()):
        yield Tie(kind, str(structure.id), None)
    for name, refs in structure.refs.items():
        for number in refs:
            link = by_id.get(number)
            if link is None or link.begin is not None or not link.refs.get("target"):
                continue
            role = link.word("role") or name
            yield Tie(role, str(structure.id), str(link.refs["target"][0]), is_role=role != CONTINUES)

"""spaCy's DocBin: spans, which may overlap, in ``doc.spans["sc"]``; what spaCy has no place for, in ``doc.user_data``."""

import gc
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.formats.format import Choice, Holds, Options, OutFile, Reader, Records, Taking, Writer
from annotator.formats.giving.people import active
from annotator.formats.giving.regions import CONTINUES, Region, regions_of
from annotator.formats.json_lines import as_text
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.formats.taking.regions import joined
from annotator.formats.tokens import covering
from annotator.model.annotator import Annotator
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KEY = "sc"
"""The group of spans that spaCy's span categoriser looks for."""
_OURS = "annotator"
_LARGEST = 1 << 30
HOLDS = Holds(
    unit="tokens",
    across=False,
    between=False,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="attributes, notes and links stand in `doc.user_data`; spans of several fragments are spans that the link"
    " “continues” joins",
)


def _write(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    yield OutFile("", _bin(project, records, options))


def _bin(project: ProjectRecord, records: Records, options: Options) -> Iterator[bytes]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - an extra
    from spacy.vocab import Vocab  # noqa: PLC0415 - an extra

    vocab = Vocab()
    made = DocBin(store_user_data=True)
    for record in records:
        people = active(record)
        mine: list[Annotator | None] = [each for each in project.annotators if each.id in people]
        for annotator in mine or [None]:
            doc = _doc(vocab, record, annotator.id if annotator else "", options)
            ours = _ours(record, annotator.id if annotator else "")
            ours["annotator"] = annotator.name if annotator else None
            doc.user_data[_OURS] = json.dumps(ours, ensure_ascii=False)
            made.add(doc)
    yield made.to_bytes()


def _regions(record: ArticleRecord, annotator: str) -> list[Region]:
    mine = (each for each in record.annotations if each.annotator == annotator)
    return [region for each in mine for region in regions_of(each)]


def _doc(vocab: "Vocab", record: ArticleRecord, annotator: str, options: Options) -> "Doc":
    from spacy.tokens import Doc, Span  # noqa: PLC0415 - an extra
    from spacy.util import filter_spans  # noqa: PLC0415 - an extra

    text = record.article.text
    regions = _regions(record, annotator)
    starts, ends = {each.fragment.start for each in regions}, {each.fragment.end for each in regions}
    tokens = covering(text, options.tokens, starts=starts, ends=ends)
    doc = Doc(vocab, [text[start:end] for start, end, _ in tokens], [ws for _, _, ws in tokens])
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}
    spans = [
        Span(doc, first[start], last[end] + 1, label=each.annotation.label, span_id=each.key)
        for each in regions
        for start, end in [each.fragment]
    ]
    doc.spans[_KEY] = spans
    if options.choice("ents", "none", "longest") == "longest":
        doc.ents = filter_spans(spans)
    return doc


def _ours(record: ArticleRecord, annotator: str) -> dict[str, Any]:
    mine = [each for each in record.annotations if each.annotator == annotator]
    links: list[tuple[str, str, str | None]] = []
    for each in mine:
        links += [(CONTINUES, one, other) for one, other in pairwise(region.key for region in regions_of(each))]
    by_place = sorted(record.links, key=lambda each: (each.origin_id, each.kind, each.place))
    links += [(each.kind, each.origin_id, each.target) for each in by_place if each.annotator == annotator]
    return {
        "article": record.article.id,
        "title": record.article.title,
        "attributes": {each.id: each.attributes for each in mine if each.attributes},
        "notes": {each.id: each.note for each in mine if each.note},
        "links": links,
    }


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    documents = (
        document
        for file, annotator in files_of(path, (".spacy",))
        for document in _documents(file, annotator, problems)
    )
    return gather(documents, path, taking, problems=problems, importer="spacy")


@contextmanager
def _collecting_as_before() -> Iterator[None]:
    """Leave Python's collector as it was: spaCy's reader turns it on, and where the file is broken, leaves it off."""
    was_enabled = gc.isenabled()
    try:
        yield
    finally:
        (gc.enable if was_enabled else gc.disable)()


def _documents(file: Path, annotator: str, problems: list[Problem]) -> Iterator[Document]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - an extra
    from spacy.vocab import Vocab  # noqa: PLC0415 - an extra

    try:
        data = file.read_bytes()
        unpacked = zlib.decompressobj()
        unpacked.decompress(data, _LARGEST)
        if unpacked.unconsumed_tail:
            problems.append(Problem(str(file), "The file unpacks to more than 1 GB. Split it."))
            return
        with _collecting_as_before():
            docs = list(DocBin(store_user_data=True).from_bytes(data).get_docs(Vocab()))
    except OSError as error:
        problems.append(Problem(str(file), f"The file cannot be read: {error.strerror}."))
        return
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, zlib.error) as error:
        problems.append(Problem(str(file), f"The file is no DocBin that can be read: {str(error)[:120]}."))
        return
    for number, doc in enumerate(docs, start=1):
        yield _document(file, number, doc, annotator)


def _document(file: Path, number: int, doc: "Doc", annotator: str) -> Document:
    ours = _told(doc)
    who = ours.get("annotator", annotator)
    items = list(_items(doc, ours))
    ties = [
        Tie(kind, origin, target)
        for each in ours.get("links", [])
        if isinstance(each, list) and len(each) == 3
        for kind, origin, target in [each]
        if isinstance(kind, str) and isinstance(origin, str) and (target is None or isinstance(target, str))
    ]
    items, ties = joined(items, ties, CONTINUES)
    name = as_text(ours["article"]) if ours.get("article") else f"{file.stem}:{number}"
    title = ours.get("title")
    return Document(
        file=file,
        name=name,
        text=doc.text,
        items=tuple(items),
        ties=tuple(ties),
        annotator=who if isinstance(who, str) else "",
        labelled=bool(who) or "annotator" not in ours,
        title=title if isinstance(title, str) and title.strip() else name,
        id=name,
    )


def _told(doc: "Doc") -> dict[str, Any]:
    """Return what was written beside the spans; empty where somebody else wrote the file."""
    try:
        found = json.loads(doc.user_data.get(_OURS, "{}"))
    except (ValueError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _items(doc: "Doc", ours: Mapping[str, Any]) -> Iterator[Item]:
    """Yield the spans of every group; where there is none, the entities."""
    groups = [(name, list(group)) for name, group in doc.spans.items()] or [("ents", list(doc.ents))]
    attributes, notes = _object(ours, "attributes"), _object(ours, "notes")
    for name, spans in groups:
        for number, span in enumerate(spans, start=1):
            key = span.id_ or f"{name} {number}"
            pairs = attributes.get(key, [])
            yield Item(
                key=key,
                label=span.label_ or name,
                ranges=((span.start_char, span.end_char),),
                attributes=tuple((as_text(each[0]), as_text(each[1])) for each in pairs if len(each) == 2),
                note=as_text(notes.get(key, "")),
                id=span.id_,
            )


def _object(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _is_docbin(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(path.rglob("*.spacy"))
    return path.suffix.lower() == ".spacy" and head.startswith(b"\x78")


WRITER = Writer(
    "spaCy DocBin",
    ".spacy",
    HOLDS,
    _write,
    needs="spacy",
    purpose="Documents for training spaCy's span categoriser",
    tokens=True,
    choices=(Choice("ents", "Entities", (("none", "Spans alone"), ("longest", "The longest spans as entities, too"))),),
)
READER = Reader("spaCy DocBin", _read, _is_docbin, needs="spacy")

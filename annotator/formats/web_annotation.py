"""W3C Web Annotation in JSON-LD: where and what each annotation covers, by position and by quote, beside the texts."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from annotator.formats.format import Holds, Options, OutFile, Reader, Records, Taking, Writer
from annotator.formats.giving.output import text_file
from annotator.formats.json_lines import as_text, is_clean, is_number, loaded
from annotator.formats.names import file_names, guid
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import read_text
from annotator.formats.taking.gather import gather
from annotator.model.annotation import Annotation, Link
from annotator.model.problem import Problem
from annotator.model.span import Fragment

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FILE = "annotations.jsonld"
_AROUND = 32
"""Characters before and after a quote that are written beside it."""
_LABELS = ("classifying", "tagging", "")
HOLDS = Holds(
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="attributes are bodies that tag (“name: value”), links are annotations whose motivation is “linking”",
)


def _write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    places = [f"texts/{name}.txt" for name in file_names(record.article.title for record in records)]
    for place, record in zip(places, records, strict=True):
        yield text_file(place, [record.article.text])
    yield text_file(_FILE, _collection(project, records, places))


def _collection(project: ProjectRecord, records: Records, places: list[str]) -> Iterator[str]:
    head = {
        "@context": _CONTEXT,
        "id": f"urn:uuid:{guid('collection', project.id)}",
        "type": "AnnotationCollection",
        "label": project.name,
    }
    page = f"urn:uuid:{guid('page', project.id)}"
    start = json.dumps(head, ensure_ascii=False)[:-1]
    yield f'{start}, "first": {{"id": "{page}", "type": "AnnotationPage", "startIndex": 0, "items": [\n'
    before = ""
    for place, record in zip(places, records, strict=True):
        for item in _items(project, record, quote(place)):
            yield before + json.dumps(item, ensure_ascii=False)
            before = ",\n"
    yield "\n]}}\n"


def _items(project: ProjectRecord, record: ArticleRecord, source: str) -> Iterator[dict[str, Any]]:
    names = project.names
    article = record.article
    # Says the title, and that the text is there though nobody may have labelled it.
    yield {
        "id": f"urn:uuid:{guid('title', article.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": _body(article.title, "describing"),
        "target": source,
    }
    for each in record.annotations:
        yield {
            "id": _iri(each.id),
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Person", "name": names.get(each.annotator, "")},
            "body": list(_bodies(each)),
            "target": [_target(source, article.text, fragment) for fragment in each.span.fragments],
        }
    for link in sorted(record.links, key=lambda each: (each.origin_id, each.kind, each.place)):
        yield _linking(link, names.get(link.annotator, ""))


def _iri(made: str) -> str:
    return f"urn:uuid:{guid(made)}"


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _bodies(annotation: Annotation) -> Iterator[dict[str, str]]:
    yield _body(annotation.label, "classifying")
    for name, value in annotation.attributes:
        yield _body(f"{name}: {value}", "tagging")
    if annotation.note:
        yield _body(annotation.note, "commenting")


def _target(source: str, text: str, fragment: Fragment) -> dict[str, Any]:
    start, end = fragment
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }


def _linking(link: Link, who: str) -> dict[str, Any]:
    bodies: list[Any] = [_body(link.kind, "tagging")]
    if link.target is not None:
        bodies.append(_iri(link.target))
    return {
        "id": f"urn:uuid:{guid('link', link.kind, link.origin_id, link.target or '', link.annotator)}",
        "type": "Annotation",
        "motivation": "linking",
        "creator": {"type": "Person", "name": who},
        "body": bodies,
        "target": _iri(link.origin_id),
    }


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    files = sorted(path.rglob("*.jsonld")) if path.is_dir() else [path]
    documents = (each for file in files for each in _documents(file, problems))
    return gather(documents, path, taking, problems=problems, importer="web annotation")


def _documents(file: Path, problems: list[Problem]) -> Iterator[Document]:
    sheet = _Sheet(file, problems)
    count = 0

    def take(content: dict[str, Any]) -> object:
        """Take an annotation in as soon as it is read, and forget it: a collection is large."""
        nonlocal count
        if content.get("type") != "Annotation" or "target" not in content or not is_clean(content):
            return content
        count += 1
        sheet.take(content, count)
        return _TAKEN

    found = loaded(file, problems, take)
    if found is None:
        return
    for number, each in enumerate(_listed(found), start=1):
        if isinstance(each, dict) and is_clean(each):
            sheet.take(each, number)
        elif each is not _TAKEN:
            problems.append(Problem(str(file), f"Annotation {number} is none, or holds half of a character."))
    yield from sheet.documents()


_TAKEN = object()
"""Stands for an annotation that was taken in."""


def _listed(content: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    """Return the annotations of a collection, of a page, of a list, or the single one."""
    if isinstance(content, dict):
        first = content.get("first")
        for place in (first if isinstance(first, dict) else {}, content):
            for name in ("items", "@graph"):
                if isinstance(place.get(name), list):
                    return list(place[name])
        return [content]
    return content if isinstance(content, list) else [content]


def _many(value: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class _Sheet:
    """One file: its annotations by the text that they are about."""

    def __init__(self, file: Path, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._texts: dict[str, str | None] = {}
        self._titles: dict[str, str] = {}
        self._items: dict[str, list[Item]] = {}
        self._homes: dict[str, str] = {}
        self._links: list[tuple[dict[str, Any], int]] = []

    def take(self, content: dict[str, Any], number: int) -> None:
        """Take one annotation in."""
        motivation = _many(content.get("motivation"))
        if "linking" in motivation:
            self._links.append((content, number))
            return
        bodies = [each for each in _many(content.get("body")) if isinstance(each, dict)]
        targets = _many(content.get("target"))
        if "describing" in motivation and len(targets) == 1 and isinstance(targets[0], str):
            if self._text(targets[0]) is not None:
                self._titles[targets[0]] = _value(bodies, "describing")
            return
        source, ranges, quotes = self._places(targets)
        if source is None or not ranges:
            self._tell(f"Annotation {number} does not say where in a text it lies, or the text is not beside the file.")
            return
        label = next((_value(bodies, purpose) for purpose in _LABELS if _value(bodies, purpose)), "annotation")
        key = as_text(content.get("id", f"annotation {number}"))
        self._homes[key] = source
        tags = [
            each["value"] for each in bodies if each.get("purpose") == "tagging" and isinstance(each.get("value"), str)
        ]
        pairs = [tag.partition(": ")[::2] for tag in tags if ": " in tag]
        item = Item(
            key=key,
            label=label,
            ranges=tuple(ranges),
            quotes=tuple(quotes),
            attributes=tuple((name, value) for name, value in pairs),
            note=_value(bodies, "commenting"),
            annotator=_who(content),
            id=key.removeprefix("urn:uuid:"),
        )
        self._items.setdefault(source, []).append(item)

    def documents(self) -> Iterator[Document]:
        """Yield a document a text."""
        ties: dict[str, list[Tie]] = {}
        for content, number in self._links:
            origin = next((each for each in _many(content.get("target")) if isinstance(each, str)), "")
            bodies = _many(content.get("body"))
            target = next((each for each in bodies if isinstance(each, str)), None)
            home = self._homes.get(origin)
            if home is None or (target is not None and target not in self._homes):
                self._tell(f"Annotation {number} links something that is no annotation in this file.")
                continue
            kind = _value([each for each in bodies if isinstance(each, dict)], "tagging") or "link"
            there = self._homes.get(target or "", home)
            tie = Tie(kind, origin, target, annotator=_who(content), elsewhere="" if there == home else there)
            ties.setdefault(home, []).append(tie)
        for source, text in self._texts.items():
            if text is None:
                continue
            items = self._items.get(source, [])
            yield Document(
                file=self._file,
                name=source,
                text=text,
                items=tuple(items),
                ties=tuple(ties.get(source, [])),
                labelled=bool(items),
                title=self._titles.get(source) or PurePosixPath(unquote(source)).stem,
            )

    def _tell(self, message: str) -> None:
        self._problems.append(Problem(str(self._file), message))

    def _text(self, source: str) -> str | None:
        """Return the text that a source names: a file beside, and nothing else. Nothing is fetched."""
        if source not in self._texts:
            self._texts[source] = None
            path = PurePosixPath(unquote(source).removeprefix("file:").lstrip("/"))
            place = self._file.parent.joinpath(*path.parts)
            if ".." not in path.parts and ":" not in path.as_posix() and place.is_file():
                self._texts[source] = read_text(place, self._problems)
        return self._texts[source]

    def _places(self, targets: list[Any]) -> tuple[str | None, list[tuple[int, int]], list[str]]:
        """Return the one text that targets lie in, and where, and what they cover."""
        source: str | None = None
        ranges: list[tuple[int, int]] = []
        quotes: list[str] = []
        for target in targets:
            if not isinstance(target, dict) or not isinstance(target.get("source"), str):
                return None, [], []
            text = self._text(target["source"])
            if text is None or source not in (None, target["source"]):
                return None, [], []
            source = target["source"]
            found = _selected(_many(target.get("selector")), text)
            if found is None:
                return None, [], []
            ranges.append(found[0])
            quotes += [found[1]] if found[1] else []
        return source, ranges, quotes if len(quotes) == len(ranges) else []


def _selected(selectors: list[Any], text: str) -> tuple[tuple[int, int], str] | None:
    """Return the range that a position gives, or else the one place that a quote fits; and the quote."""
    exact, prefix, suffix, place = "", "", "", None
    for each in selectors:
        match each:
            case {"type": "TextPositionSelector", "start": start, "end": end} if is_number(start) and is_number(end):
                place = (start, end)
            case {"type": "TextQuoteSelector", "exact": str(exact)}:
                prefix, suffix = as_text(each.get("prefix", "")), as_text(each.get("suffix", ""))
    if place is not None:
        return place, exact
    around = f"{prefix}{exact}{suffix}"
    if exact and text.count(around) == 1:
        start = text.index(around) + len(prefix)
        return (start, start + len(exact)), exact
    return None


def _value(bodies: list[dict[str, Any]], purpose: str) -> str:
    """Return what the first body with a purpose says."""
    for each in bodies:
        if each.get("purpose", "") == purpose and isinstance(each.get("value"), str):
            return str(each["value"])
    return ""


def _who(content: Mapping[str, Any]) -> str:
    creator = next(iter(_many(content.get("creator"))), None)
    if isinstance(creator, dict):
        creator = creator.get("name") or creator.get("nickname") or creator.get("id")
    return creator if isinstance(creator, str) else ""


def _is_web_annotation(path: Path, head: bytes) -> bool:
    if not path.is_dir():
        return _CONTEXT.encode() in head
    for file in sorted(path.rglob("*.jsonld")):
        with file.open("rb") as opened:
            return _CONTEXT.encode() in opened.read(1 << 16)
    return False


WRITER = Writer("W3C Web Annotation", "", HOLDS, _write, purpose="JSON-LD for programs that annotate the web")
READER = Reader("W3C Web Annotation", _read, _is_web_annotation)

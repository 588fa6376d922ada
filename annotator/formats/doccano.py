"""doccano JSONL, in both shapes: spans alone (``label``), and ``entities`` with ``relations``.

doccano's page counts UTF-16 units, its importers say nothing of it: the person chooses, code points unless told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from annotator.formats.format import (
    SPANS_ALONE,
    Annotators,
    Holds,
    Options,
    OutFile,
    Reader,
    Records,
    Taking,
    Writer,
)
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import by_annotator
from annotator.formats.giving.units import Turn
from annotator.formats.json_lines import as_text, first_in, is_clean, is_number, line_of, objects_of
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.model.article import Metadatum
from annotator.model.problem import Problem

_SUFFIXES = (".jsonl", ".json")
_TEXT = ("text", "data")
_SPANS = ("label", "labels", "entities", "annotations")
_KNOWN = frozenset({"id", "title", "relations", "cats", "Comments", "meta", *_TEXT, *_SPANS})


def _holds(*, relations: bool) -> Holds:
    return replace(
        SPANS_ALONE,
        unit="code points, or as chosen",
        frames=relations,
        relations=relations,
        annotators=Annotators.APART,
        remark="tick “Allow overlapping” in the doccano project, which else drops spans without a word",
    )


def _write(project: ProjectRecord, records: Records, options: Options, *, relations: bool) -> Iterator[OutFile]:
    for part in by_annotator(project, records):
        name = f"{part.name}.jsonl" if part.name else ""
        yield text_file(name, _lines(part.records, options, relations=relations))


def _lines(records: Records, options: Options, *, relations: bool) -> Iterator[str]:
    for record in records:
        spans = _entities(record, options) if relations else _labels(record, options)
        yield line_of({"text": record.article.text, **spans, "title": record.article.title})


def _labels(record: ArticleRecord, options: Options) -> dict[str, Any]:
    turn = Turn(record.article.text, options.unit)
    return {"label": [[turn(each.span.start), turn(each.span.end), each.label] for each in record.annotations]}


def _entities(record: ArticleRecord, options: Options) -> dict[str, Any]:
    turn = Turn(record.article.text, options.unit)
    numbers = {each.id: number for number, each in enumerate(record.annotations, start=1)}
    entities = [
        {
            "id": numbers[each.id],
            "start_offset": turn(each.span.start),
            "end_offset": turn(each.span.end),
            "label": each.label,
        }
        for each in record.annotations
    ]
    # Numbers go on: an id stands for one thing in a line.
    joined = enumerate((each for each in record.links if each.target is not None), start=len(numbers) + 1)
    relations = [
        {"id": number, "from_id": numbers[each.origin_id], "to_id": numbers[each.target or ""], "type": each.kind}
        for number, each in joined
    ]
    return {"entities": entities, "relations": relations}


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    documents = _documents(files_of(path, _SUFFIXES), problems)
    return gather(documents, path, taking, problems=problems, importer="doccano")


def _documents(files: Iterable[tuple[Path, str]], problems: list[Problem]) -> Iterator[Document]:
    for file, annotator in files:
        for number, content in objects_of(file, problems):
            line = _Line(file, number, problems)
            text = next((content[key] for key in _TEXT if isinstance(content.get(key), str)), None)
            if text is None or not is_clean({**content, "text": "", "data": ""}):
                line.tell("The line lacks “text”, or holds half of a character.")
                continue
            name = f"{file.stem}:{number}"
            title = content.get("title")
            yield Document(
                file=file,
                name=name,
                text=text,
                items=tuple(line.items(content)),
                ties=tuple(line.ties(content)),
                annotator=annotator,
                title=title if isinstance(title, str) and title.strip() else name,
                metadata=tuple(_metadata(content)),
            )


def _metadata(content: dict[str, Any]) -> Iterator[Metadatum]:
    """Yield what doccano takes for metadata: every other key, and the remarks made on the text."""
    more = content.get("meta") if isinstance(content.get("meta"), dict) else {}
    for key, value in {**(more or {}), **content}.items():
        if key not in _KNOWN and value not in (None, "", [], {}):
            yield Metadatum(key.casefold(), as_text(value))
    comments = content.get("Comments")
    for comment in comments if isinstance(comments, list) else []:
        yield Metadatum("comment", as_text(comment))


class _Line:
    """One line of a file, and what is wrong with it."""

    def __init__(self, file: Path, number: int, problems: list[Problem]) -> None:
        self._file, self._number, self._problems = file, number, problems

    def tell(self, message: str) -> None:
        """Note what is wrong with the line."""
        self._problems.append(Problem(str(self._file), message, self._number))

    def items(self, content: dict[str, Any]) -> Iterator[Item]:
        """Yield the spans, in whichever shape they are."""
        for name in _SPANS:
            found = content.get(name)
            if not isinstance(found, list):
                if found is not None:
                    self.tell(f"“{name}” should be a list.")
                continue
            for place, each in enumerate(found, start=1):
                item = _item(f"{name} {place}", each, self._number)
                if item is None:
                    self.tell(f'“{name}” should hold spans like [0, 5, "Claim"], not {as_text(each)[:60]}.')
                else:
                    yield item

    def ties(self, content: dict[str, Any]) -> Iterator[Tie]:
        """Yield the relations."""
        found = content.get("relations")
        for each in found if isinstance(found, list) else []:
            match each:
                case {"from_id": origin, "to_id": target, "type": str(kind)} if kind:
                    yield Tie(kind, f"entity {origin}", f"entity {target}", line=self._number)
                case _:
                    self.tell(f"A relation should have “from_id”, “to_id” and “type”, unlike {as_text(each)[:60]}.")


def _item(key: str, content: Any, number: int) -> Item | None:  # noqa: ANN401 - whatever stands in the file
    match content:
        case [start, end, str(label)] if label:
            pass
        case {"start_offset": start, "end_offset": end, "label": str(label)} if label:
            key = f"entity {content['id']}" if "id" in content else key
        case _:
            return None
    if not (is_number(start) and is_number(end)):
        return None
    return Item(key, label, ((start, end),), line=number)


def _is_doccano(path: Path, head: bytes) -> bool:
    return first_in(path, head, _SUFFIXES, _looks_right)


def _looks_right(content: dict[str, Any]) -> bool:
    if not any(isinstance(content.get(key), str) for key in _TEXT) or "tokens" in content or "spans" in content:
        return False
    spans = next((content[key] for key in _SPANS if isinstance(content.get(key), list)), None)
    if spans is None:
        return False
    return all(_item("", each, 0) is not None for each in spans[:20])


WRITER = Writer(
    "doccano JSONL, spans",
    ".jsonl",
    _holds(relations=False),
    partial(_write, relations=False),
    units=True,
    purpose="For labelling on in doccano; spans alone",
)
WRITER_WITH_RELATIONS = Writer(
    "doccano JSONL, spans and relations",
    ".jsonl",
    _holds(relations=True),
    partial(_write, relations=True),
    units=True,
    purpose="For a doccano project with relations",
)
READER = Reader("doccano JSONL", _read, _is_doccano)

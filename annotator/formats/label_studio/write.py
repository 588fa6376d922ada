"""Write tasks with annotations, an annotation an annotator."""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from annotator.formats.format import Holds, Options, OutFile, Records
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import active
from annotator.formats.giving.regions import CONTINUES, Region, continued, regions_of
from annotator.formats.label_studio.config import ABSENT, CONFIG, LABELS, TASKS, TEXT, config, control_of
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation, Link

HOLDS = Holds(
    across=False,
    between=False,
    states=False,
    codebook=False,
    remark="spans of several fragments are regions joined by the relation “continues”",
)


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield the configuration and the tasks."""
    yield text_file(CONFIG, [config(project)])
    yield text_file(TASKS, _tasks(project, records))


def _tasks(project: ProjectRecord, records: Records) -> Iterator[str]:
    kinds = {each.id: each.kind for book in project.codebooks for each in book.attributes}
    symmetric = {each.id for book in project.codebooks for each in book.relations if each.symmetric}
    before = "[\n"
    free = count(1)
    for record in records:
        people = active(record)
        mine = {next(free): each for each in project.annotators if each.id in people}
        task = {
            # Label Studio takes whoever imports for the one who labelled; of an annotation it keeps the number, of a task the data.
            "data": {**_data(record), "annotators": {str(number): each.name for number, each in mine.items()}},
            "annotations": [
                {"id": number, "annotator": each.name, "result": list(_result(record, each.id, kinds, symmetric))}
                for number, each in mine.items()
            ],
        }
        yield before + json.dumps(task, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _data(record: ArticleRecord) -> dict[str, Any]:
    article = record.article
    return {
        "text": article.text,
        "title": article.title,
        "article": article.id,
        "language": article.language,
        "direction": article.direction,
        "metadata": [{"key": each.key, "value": each.value, "original": each.original} for each in article.metadata],
        "blocks": [{"kind": each.kind.value, "start": each.start, "end": each.end} for each in article.blocks],
    }


def _result(
    record: ArticleRecord, annotator: str, kinds: Mapping[str, str], symmetric: set[str]
) -> Iterator[dict[str, Any]]:
    text = record.article.text
    mine = [each for each in record.annotations if each.annotator == annotator]
    absent: dict[str, list[str]] = {}
    for link in record.links:
        if link.target is None:
            absent.setdefault(link.origin_id, []).append(link.kind)
    for annotation in mine:
        for region in regions_of(annotation):
            yield _region(region, text)
        first = next(regions_of(annotation))
        for name in dict.fromkeys(name for name, _ in annotation.attributes):
            yield _values(first, text, name, annotation, is_text=kinds.get(name) == "text")
        if annotation.id in absent:
            yield _choices(first, text, ABSENT, absent[annotation.id])
        yield from (_relation(CONTINUES, one, other, "right") for one, other in continued(annotation))
    for link in _by_place(record.links, annotator):
        direction = "bi" if link.kind in symmetric else "right"
        yield _relation(link.kind, link.origin_id, link.target or "", direction)


def _by_place(links: tuple[Link, ...], annotator: str) -> list[Link]:
    found = [each for each in links if each.annotator == annotator and each.target is not None]
    return sorted(found, key=lambda each: (each.origin_id, each.kind, each.place))


def _region(region: Region, text: str) -> dict[str, Any]:
    made = _item(region, LABELS, "labels", {"text": region.fragment.covered(text), "labels": [region.annotation.label]})
    if region.annotation.note and not region.number:
        made["meta"] = {"text": [region.annotation.note]}
    return made


def _values(region: Region, text: str, name: str, annotation: Annotation, *, is_text: bool) -> dict[str, Any]:
    values = list(annotation.values(name))
    if is_text:
        return _item(region, control_of(name), "textarea", {"text": values})
    return _choices(region, text, control_of(name), values)


def _choices(region: Region, text: str, control: str, values: list[str]) -> dict[str, Any]:
    return _item(region, control, "choices", {"text": region.fragment.covered(text), "choices": values})


def _item(region: Region, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": region.key,
        "from_name": control,
        "to_name": TEXT,
        "type": kind,
        "origin": "manual",
        "value": {"start": region.fragment.start, "end": region.fragment.end, **value},
    }


def _relation(kind: str, origin: str, target: str, direction: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": origin, "to_id": target, "direction": direction, "labels": [kind]}

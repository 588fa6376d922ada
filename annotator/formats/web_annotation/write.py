"""Write annotations in JSON-LD: where and what each covers, by position and by quote, beside the texts."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from annotator.formats.format import Holds, Options, OutFile, Records
from annotator.formats.giving.output import text_file
from annotator.formats.names import file_names, guid
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation, Link
from annotator.model.span import Fragment

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FILE = "annotations.jsonld"
_AROUND = 32
"""Characters before and after a quote that are written beside it."""
HOLDS = Holds(
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="attributes are bodies that tag (“name: value”), links are annotations whose motivation is “linking”",
)


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield the texts, and the collection of annotations about them."""
    places = [f"texts/{name}.txt" for name in file_names(record.article.title for record in records)]
    for place, record in zip(places, records, strict=True):
        yield text_file(place, [record.article.text])
    yield text_file(_FILE, _collection(project, records, places))


def _collection(project: ProjectRecord, records: Records, places: list[str]) -> Iterator[str]:
    head = {
        "@context": CONTEXT,
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

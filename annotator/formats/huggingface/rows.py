"""Rows of a data set: an article and annotator each, with the same columns in every row."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.formats.conll.tags import OUTSIDE, tags, word_of
from annotator.formats.format import Options
from annotator.formats.giving.people import active
from annotator.formats.giving.sentences import sentences_of
from annotator.formats.huggingface.features import Kind, Many, Names
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation

_METADATUM = {"key": "string", "value": "string", "original": "string"}
_BASE: dict[str, Kind] = {
    "id": "string",
    "title": "string",
    "text": "string",
    "annotator": "string",
    "language": "string",
    "direction": "string",
    "metadata": Many(_METADATUM),
}


def labels_of(project: ProjectRecord) -> tuple[str, ...]:
    """Return every label there is, those of the newest codebook first."""
    return tuple(dict.fromkeys(each.id for book in reversed(project.codebooks) for each in book.labels))


def span_columns(project: ProjectRecord) -> dict[str, Kind]:
    """Return the columns of the shape of spans."""
    span = {
        "id": "string",
        "start": "int64",
        "end": "int64",
        "label": Names(labels_of(project)),
        "text": "string",
        "fragments": Many({"start": "int64", "end": "int64"}),
        "attributes": Many({"name": "string", "value": "string"}),
        "note": "string",
    }
    relation = {"id": "string", "type": "string", "head": "string", "tail": "string", "role": "bool"}
    block = {"kind": "string", "start": "int64", "end": "int64"}
    return {**_BASE, "blocks": Many(block), "spans": Many(span), "relations": Many(relation)}


def token_columns(project: ProjectRecord, scheme: str) -> dict[str, Kind]:
    """Return the columns of the shape of tokens."""
    letters = "BIES" if scheme == "BIOES" else "BI"
    names = (OUTSIDE, *(f"{letter}-{word_of(label)}" for label in labels_of(project) for letter in letters))
    return {
        **_BASE,
        "tokens": Many("string"),
        "ner_tags": Many(Names(names)),
        "token_starts": Many("int64"),
        "token_ends": Many("int64"),
    }


def rows(project: ProjectRecord, record: ArticleRecord) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what every row of an article has, once for everybody who is at work in it, with the annotator's id."""
    article = record.article
    base = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "annotator": None,
        "language": article.language,
        "direction": article.direction,
        "metadata": [{"key": each.key, "value": each.value, "original": each.original} for each in article.metadata],
    }
    people = active(record)
    mine = [each for each in project.annotators if each.id in people]
    if not mine:
        yield base, ""
    for annotator in mine:
        yield {**base, "annotator": annotator.name}, annotator.id


def span_rows(project: ProjectRecord, record: ArticleRecord, _options: Options) -> Iterator[dict[str, Any]]:
    """Yield the rows of an article in the shape of spans."""
    roles = {each.id for book in project.codebooks for each in book.roles}
    blocks = [{"kind": each.kind.value, "start": each.start, "end": each.end} for each in record.article.blocks]
    for base, who in rows(project, record):
        links = sorted((each for each in record.links if each.annotator == who), key=lambda each: each.place)
        relations = [
            {
                "id": each.id,
                "type": each.kind,
                "head": each.origin_id,
                "tail": each.target,
                "role": each.kind in roles,
            }
            for each in links
        ]
        spans = [_span(each, record.article.text) for each in record.annotations if each.annotator == who]
        yield {**base, "blocks": blocks, "spans": spans, "relations": relations}


def _span(annotation: Annotation, text: str) -> dict[str, Any]:
    span = annotation.span
    return {
        "id": annotation.id,
        "start": span.start,
        "end": span.end,
        "label": annotation.label,
        "text": " ".join(span.covered(text)),
        "fragments": [{"start": start, "end": end} for start, end in span.fragments],
        "attributes": [{"name": name, "value": value} for name, value in annotation.attributes],
        "note": annotation.note,
    }


def token_rows(project: ProjectRecord, record: ArticleRecord, options: Options) -> Iterator[dict[str, Any]]:
    """Yield the rows of an article in the shape of tokens."""
    text = record.article.text
    for base, who in rows(project, record):
        spans = [(each.span.fragments[0], each.label) for each in record.annotations if each.annotator == who]
        tokens = [
            token for sentence in sentences_of(text, [each for each, _ in spans], options.tokens) for token in sentence
        ]
        yield {
            **base,
            "tokens": [token.covered(text) for token in tokens],
            "ner_tags": tags(tokens, spans, scheme_of(options)),
            "token_starts": [token.start for token in tokens],
            "token_ends": [token.end for token in tokens],
        }


def scheme_of(options: Options) -> str:
    """Return the scheme of tags that was chosen.

    Raises:
        ExchangeError: there is no such scheme.
    """
    return options.choice("scheme", "IOB2", "BIOES")


Columns = Mapping[str, Kind]

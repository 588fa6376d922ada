"""JSON Lines: one article a line, holding everything. Documented in ``docs/jsonl.md``.

The program's own format: what it writes it reads back equal. Offsets are code points, half-open.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.decided import decision_in, decision_out
from annotator.formats.format import Holds, Options, OutFile, Reader, Records, Taking, Writer
from annotator.formats.giving.output import text_file
from annotator.formats.json_lines import line_of, lines_of
from annotator.formats.json_values import listed, pairs, string, strings, whole_number
from annotator.formats.noted import thread_in, thread_out
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading, StateRecord
from annotator.model.annotation import Annotation, Link, Origin
from annotator.model.annotator import GOLD, Annotator
from annotator.model.article import Article, Block, BlockKind, Metadatum, Provenance, State, fingerprint
from annotator.model.codebook import Codebook
from annotator.model.errors import AnnotatorError
from annotator.model.problem import Problem
from annotator.model.span import Fragment, Span
from annotator.text.normalise import Normalised, normalise

FORMAT = "annotator-article"
VERSION = 1
_MORE = ("short", "color", "email", "repeats", "kind")
"""What is known of an annotator, where it is."""


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield one file, a line an article. The first line also carries the annotators and the codebook's revisions."""
    yield text_file("", _to_lines(project, records))


def _to_lines(project: ProjectRecord, records: Iterable[ArticleRecord]) -> Iterator[str]:
    labels = {label.id: label.name for book in project.codebooks for label in book.labels}
    for number, record in enumerate(records):
        yield line_of(_to_line(project, record, labels, is_first=number == 0))


def read(path: Path, taking: Taking) -> Reading:
    """Read a file that `write` wrote, or that follows the documentation.

    Lines that cannot be understood are problems with their number; the others are returned.

    Raises:
        StoppedError: the person stopped it.
    """
    project: ProjectRecord | None = None
    records: list[ArticleRecord] = []
    problems: list[Problem] = []
    ids: dict[str, int] = {}
    for number, line in lines_of(path, problems):
        taking.listen.tell(number, 0, path.name)
        try:
            content = _content(line)
            project = _project(content["project"], project)
            record = _record(content, project)
            _check_ids(record, ids, number)
        except KeyError as missing:
            problems.append(Problem(str(path), f"The line lacks {missing}.", number))
            continue
        except (TypeError, ValueError, AttributeError, RecursionError, AnnotatorError) as error:
            problems.append(Problem(str(path), _sentence(error), number))
            continue
        if taking.each is None:
            records.append(record)
        else:
            taking.each(record, project.names)
    if project is None and not problems:
        problems.append(Problem(str(path), "The file holds no article."))
    return Reading(project, tuple(records), tuple(problems))


def _sentence(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"The line is not JSON: {error.msg} at character {error.colno}."
    if isinstance(error, AnnotatorError):
        return str(error)
    if isinstance(error, UnicodeEncodeError):
        return "The line has half of a character (a lone surrogate), which no file can hold."
    return f"The line has a part of the wrong shape: {error}."


def _content(line: str) -> dict[str, Any]:
    content = json.loads(line)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise AnnotatorError(f"This is not an article of Annotator: “format” must be “{FORMAT}”.")
    if content.get("version") != VERSION:
        raise AnnotatorError("The line was written by a newer version of Annotator. Update it to read this.")
    if "\\ud" in line.lower():  # the text is repaired when it is normalised, anything else is refused
        json.dumps({**content, "text": ""}, ensure_ascii=False).encode()
    return content


def _check_ids(record: ArticleRecord, ids: dict[str, int], number: int) -> None:
    """Refuse an id that an earlier line had: of two things with one id, one would take the other's place."""
    found: dict[str, int] = {}
    labels = [annotation.id for annotation in record.annotations]
    said = [message.id for thread in record.threads for message in thread.messages]
    notes = [thread.id for thread in record.threads]
    decided = [decision.id for decision in record.decisions]
    for each in (record.article.id, *labels, *(link.id for link in record.links), *notes, *said, *decided):
        if each in ids or each in found:
            raise AnnotatorError(f"The id “{each}” stands in line {ids.get(each, number)} already.")
        found[each] = number
    ids.update(found)


# Writing


def _to_line(
    project: ProjectRecord, record: ArticleRecord, labels: Mapping[str, str], *, is_first: bool
) -> dict[str, Any]:
    article, provenance = record.article, record.article.provenance
    names = project.names
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "offsets": "code points, half-open",
        "fingerprint": fingerprint(article.text),
        "language": article.language,
        "direction": article.direction,
        "metadata": [{"key": each.key, "value": each.value, "original": each.original} for each in article.metadata],
        "blocks": [{"kind": each.kind.value, "start": each.start, "end": each.end} for each in article.blocks],
        "provenance": {
            "source": provenance.source,
            "source_hash": provenance.source_hash,
            "importer": provenance.importer,
            "encoding": provenance.encoding,
            "report": list(provenance.report),
            "added_at": article.added_at,
        },
        "annotations": [_annotation_out(each, article.text, names, labels) for each in record.annotations],
        "links": [_link_out(each, names) for each in record.links],
        "states": [
            {"annotator": names[each.annotator], "state": each.state, "changed_at": each.changed_at}
            for each in record.states
        ],
        "threads": [thread_out(each, article.text, names) for each in record.threads],
        "decisions": [decision_out(each, article.text, names) for each in record.decisions],
        "project": {
            "id": project.id,
            "name": project.name,
            "annotators": [_annotator_out(each) for each in project.everybody if is_first],
            "codebooks": [each.to_dict() for each in project.codebooks if is_first],
        },
    }


def _annotation_out(
    annotation: Annotation, text: str, names: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, Any]:
    attributes: dict[str, list[str]] = {}
    for name, value in annotation.attributes:
        attributes.setdefault(name, []).append(value)
    return {
        "id": annotation.id,
        "label": annotation.label,
        "label_name": labels.get(annotation.label, annotation.label),
        "annotator": names[annotation.annotator],
        "fragments": [
            {"start": start, "end": end, "text": text[start:end]} for start, end in annotation.span.fragments
        ],
        "attributes": attributes,
        "note": annotation.note,
        "codebook": annotation.codebook,
        "revision": annotation.revision,
        "origin": annotation.origin.value,
        "made_at": annotation.made_at,
        "changed_at": annotation.changed_at,
    }


def _annotator_out(annotator: Annotator) -> dict[str, Any]:
    more = {name: getattr(annotator, name) for name in _MORE if getattr(annotator, name)}
    return {"id": annotator.id, "name": annotator.name, "made_at": annotator.made_at, **more}


def _link_out(link: Link, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": link.id,
        "kind": link.kind,
        "from": link.origin_id,
        "to": link.target,
        "absent": link.target is None,
        "annotator": names[link.annotator],
        "place": link.place,
        "codebook": link.codebook,
        "revision": link.revision,
        "origin": link.origin.value,
        "made_at": link.made_at,
        "changed_at": link.changed_at,
    }


# Reading


def _project(content: Mapping[str, Any], known: ProjectRecord | None) -> ProjectRecord:
    if known is not None:
        return known
    people = listed(content, "annotators")
    for key in ("id", "name"):
        if len({each[key] for each in people}) < len(people):
            raise AnnotatorError(f"Two annotators have the same {key}.")
    if sum("kind" in each for each in people) > 1 or any(each.get("kind", GOLD) != GOLD for each in people):
        raise AnnotatorError("Of the annotators at most one can have a “kind”, which is “gold”.")
    return ProjectRecord(
        id=string(content, "id"),
        name=string(content, "name"),
        annotators=tuple(
            Annotator(
                string(each, "id"),
                string(each, "name"),
                string(each, "made_at"),
                **{name: string(each, name) for name in _MORE if name in each},
            )
            for each in people
        ),
        codebooks=tuple(
            Codebook.from_dict(each, revision=number)
            for number, each in enumerate(listed(content, "codebooks"), start=1)
        ),
    )


def _record(content: Mapping[str, Any], project: ProjectRecord) -> ArticleRecord:
    raw = string(content, "text")
    normalised = normalise(raw)
    ids = {annotator.name: annotator.id for annotator in project.annotators}
    article_id = string(content, "id")
    provenance = content["provenance"]
    article = Article(
        id=article_id,
        title=string(content, "title"),
        text=normalised.text,
        blocks=tuple(_block(each, raw, normalised) for each in listed(content, "blocks")),
        metadata=tuple(
            Metadatum(string(each, "key"), string(each, "value"), string(each, "original"))
            for each in listed(content, "metadata")
        ),
        language=string(content, "language"),
        direction=string(content, "direction"),
        provenance=Provenance(
            string(provenance, "source"),
            string(provenance, "source_hash"),
            string(provenance, "importer"),
            string(provenance, "encoding"),
            strings(provenance, "report"),
        ),
        added_at=string(provenance, "added_at"),
    )
    if not article.text.strip():
        raise AnnotatorError("The article has no text.")
    return ArticleRecord(
        article=article,
        annotations=tuple(
            _annotation_in(each, article_id, raw, normalised, ids) for each in listed(content, "annotations")
        ),
        links=tuple(_link_in(each, ids) for each in listed(content, "links")),
        states=tuple(
            StateRecord(_who(each, ids), State(each["state"]).value, string(each, "changed_at"))
            for each in listed(content, "states")
        ),
        # Lines of the first version of the program have none.
        threads=tuple(
            thread_in(each, article_id, lambda found: _who(found, ids), lambda found: _fragment(found, raw, normalised))
            for each in (listed(content, "threads") if "threads" in content else ())
        ),
        decisions=tuple(
            decision_in(each, article_id, ids, lambda found: _range(found, raw, normalised))
            for each in (listed(content, "decisions") if "decisions" in content else ())
        ),
    )


def _who(content: Mapping[str, Any], ids: Mapping[str, str]) -> str:
    name = string(content, "annotator")
    if name not in ids:
        raise AnnotatorError(f"“{name}” is not among the annotators that the first line names.")
    return ids[name]


def _range(content: Mapping[str, Any], raw: str, normalised: Normalised) -> Fragment:
    start, end = whole_number(content, "start"), whole_number(content, "end")
    if not start < end <= len(raw):
        raise AnnotatorError(f"The offsets {start}-{end} lie outside the text, which has {len(raw):,} characters.")
    return Fragment(normalised.position(start), normalised.position(end))


def _block(content: Mapping[str, Any], raw: str, normalised: Normalised) -> Block:
    start, end = _range(content, raw, normalised)
    return Block(BlockKind(content["kind"]), start, end)


def _fragment(content: Mapping[str, Any], raw: str, normalised: Normalised) -> Fragment:
    fragment = _range(content, raw, normalised)
    covered = raw[content["start"] : content["end"]]
    if string(content, "text") != covered:
        raise AnnotatorError(
            f"The label at {content['start']}-{content['end']} says it covers “{content['text'][:60]}”,"
            f" but the text there is “{covered[:60]}”."
        )
    return fragment


def _annotation_in(
    content: Mapping[str, Any], article: str, raw: str, normalised: Normalised, ids: Mapping[str, str]
) -> Annotation:
    return Annotation(
        id=string(content, "id"),
        article=article,
        annotator=_who(content, ids),
        label=string(content, "label"),
        span=Span(tuple(_fragment(each, raw, normalised) for each in listed(content, "fragments"))),
        attributes=pairs(content, "attributes"),
        note=string(content, "note"),
        codebook=whole_number(content, "codebook"),
        revision=whole_number(content, "revision"),
        origin=Origin(content["origin"]),
        made_at=string(content, "made_at"),
        changed_at=string(content, "changed_at"),
    )


def _link_in(content: Mapping[str, Any], ids: Mapping[str, str]) -> Link:
    if content["absent"] != (content["to"] is None):
        raise AnnotatorError("A link is “absent” exactly when it points at nothing.")
    return Link(
        id=string(content, "id"),
        kind=string(content, "kind"),
        origin_id=string(content, "from"),
        target=None if content["absent"] else string(content, "to"),
        annotator=_who(content, ids),
        place=whole_number(content, "place"),
        codebook=whole_number(content, "codebook"),
        revision=whole_number(content, "revision"),
        origin=Origin(content["origin"]),
        made_at=string(content, "made_at"),
        changed_at=string(content, "changed_at"),
    )


def _is_ours(_path: Path, head: bytes) -> bool:
    return f'"format": "{FORMAT}"'.encode() in head


WRITER = Writer(
    "Annotator JSON Lines",
    ".jsonl",
    Holds(exact=True),
    write,
    purpose="Everything, for keeping and for scripts",
)
READER = Reader("Annotator JSON Lines", read, _is_ours)

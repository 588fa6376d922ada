"""The rows of the tables, as values: strings and numbers."""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from annotator.formats.decided import versions_out
from annotator.formats.format import Holds, Options, Records
from annotator.formats.giving.units import Turn
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation

Cell = str | int
Row = list[Cell]
Rows = Callable[[ProjectRecord, Records, Options], Iterator[Row]]

HOLDS = Holds(
    unit="code points, or as chosen",
    codebook=False,
    instead=(("decisions", "in a table of their own, which is not read back"),),
    remark="one row a label, with a column for its fragments and one for each attribute; articles longer than a cell of Excel"
    " go on in the column beside",
)
ATTRIBUTE = "attribute."
ABSENT = "absent"
"""Stands for a target that is not in the article."""
GAP = " … "
"""Between the words of two fragments."""
SAFE, PLAIN = "safe for spreadsheets", "as they are"
"""Whether cells that a spreadsheet program would take for a formula have an apostrophe before them."""
FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SPANS = ("id", "article", "title", "annotator", "label", "start", "end", "fragments", "text", "note")
_DECIDED = (
    "id",
    "article",
    "title",
    "kind",
    "part",
    "start",
    "end",
    "text",
    "outcome",
    "gold",
    "targets",
    "decided by",
    "reason",
    "note",
    "clause",
    "versions",
    "codebook",
    "made_at",
    "changed_at",
)
_MADE = ("origin", "codebook", "made_at", "changed_at", "offsets", "cells")
_SEPARATORS = re.compile(r"([\\|])")


def tables(project: ProjectRecord, records: Records) -> dict[str, tuple[list[str], Rows]]:
    """Return each table's name with its columns and what makes its rows; that of decisions only where there are any."""
    attributes = attributes_of(project)
    decided = any(record.decisions for record in records)
    return {
        "labels": ([*_SPANS, *(f"{ATTRIBUTE}{each}" for each in attributes), *_MADE], _labels),
        "links": (["id", "kind", "from", "to", "absent", "annotator", "from article", "to article"], _links),
        "articles": (
            [
                "id",
                "title",
                "outlet",
                "date",
                "language",
                "direction",
                "metadata",
                "blocks",
                "offsets",
                "cells",
                "text",
            ],
            _articles,
        ),
        "states": (["article", "title", "annotator", "state", "changed_at"], _states),
        **({"decisions": (list(_DECIDED), _decisions)} if decided else {}),
    }


def attributes_of(project: ProjectRecord) -> list[str]:
    """Return the ids of all attributes of all revisions of the codebook."""
    return list(dict.fromkeys(each.id for book in project.codebooks for each in book.attributes))


def _labels(project: ProjectRecord, records: Records, options: Options) -> Iterator[Row]:
    attributes, names = attributes_of(project), project.names
    none = [""] * len(attributes)
    for record in records:
        turn = Turn(record.article.text, options.unit)
        for each in record.annotations:
            fragments = [(turn(start), turn(end)) for start, end in each.span.fragments]
            yield [
                each.id,
                record.article.id,
                record.article.title,
                names.get(each.annotator, each.annotator),
                each.label,
                fragments[0][0],
                fragments[-1][1],
                ";".join(f"{start}-{end}" for start, end in fragments),
                GAP.join(each.span.covered(record.article.text)),
                each.note,
                *(_values(each, attributes) if each.attributes else none),
                each.origin.value,
                each.codebook,
                each.made_at,
                each.changed_at,
                options.unit.value,
                SAFE if options.excel else PLAIN,
            ]


def _values(annotation: Annotation, attributes: list[str]) -> Iterator[str]:
    """Yield a cell for each attribute, with its values parted by bars."""
    for name in attributes:
        yield "|".join(_SEPARATORS.sub(r"\\\1", value) for value in annotation.values(name))


def _links(project: ProjectRecord, records: Records, _options: Options) -> Iterator[Row]:
    homes = {each.id: record.article.id for record in records for each in record.annotations}
    names = project.names
    for record in records:
        for each in sorted(record.links, key=lambda each: (each.origin_id, each.kind, each.place)):
            yield [
                each.id,
                each.kind,
                each.origin_id,
                each.target or "",
                "yes" if each.target is None else "no",
                names.get(each.annotator, each.annotator),
                record.article.id,
                homes.get(each.target or "", ""),
            ]


def _decisions(project: ProjectRecord, records: Records, options: Options) -> Iterator[Row]:
    names = project.names
    for record in records:
        text = record.article.text
        turn = Turn(text, options.unit)
        for each in record.decisions:
            yield [
                each.id,
                record.article.id,
                record.article.title,
                each.kind,
                each.part,
                turn(each.start),
                turn(each.end),
                text[each.start : each.end],
                each.outcome.value,
                " ".join(each.gold),
                " ".join(target or ABSENT for target in each.targets),
                names.get(each.annotator, each.annotator),
                each.reason,
                each.note,
                each.clause,
                versions_of(each, text, names, turn),
                each.codebook,
                each.made_at,
                each.changed_at,
            ]


def versions_of(
    decision: Decision, text: str, names: Mapping[str, str], turn: Callable[[int], int] = lambda offset: offset
) -> str:
    """Return what everybody had when it was decided as JSON, its offsets turned into the unit that was chosen."""
    versions = versions_out(decision, text, names)
    for place in (place for held in versions for label in held["labels"] for place in label["fragments"]):
        place["start"], place["end"] = turn(place["start"]), turn(place["end"])
    return json.dumps(versions, ensure_ascii=False)


def _articles(_project: ProjectRecord, records: Records, options: Options) -> Iterator[Row]:
    for record in records:
        article = record.article
        turn = Turn(article.text, options.unit)
        metadata = [[each.key, each.value, each.original] for each in article.metadata]
        blocks = [[each.kind.value, turn(each.start), turn(each.end)] for each in article.blocks]
        yield [
            article.id,
            article.title,
            article.value("outlet"),
            article.value("date published"),
            article.language,
            article.direction,
            json.dumps(metadata, ensure_ascii=False) if metadata else "",
            json.dumps(blocks) if blocks else "",
            options.unit.value,
            SAFE if options.excel else PLAIN,
            article.text,
        ]


def _states(project: ProjectRecord, records: Records, _options: Options) -> Iterator[Row]:
    names = project.names
    for record in records:
        yield from _states_of(record, names)


def _states_of(record: ArticleRecord, names: Mapping[str, str]) -> Iterator[Row]:
    for each in record.states:
        yield [record.article.id, record.article.title, names.get(each.annotator, ""), each.state, each.changed_at]

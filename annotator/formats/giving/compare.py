"""What was read back, compared with what was to be written, as far as the format holds it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.formats.format import Holds
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, fingerprint

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came back.

    Attributes:
        compared: what was looked at, in words: ``texts``, ``labels``, ``links`` …
        differences: what came back otherwise, in sentences; empty when all is well.
    """

    compared: tuple[str, ...]
    differences: tuple[str, ...]


def compare(holds: Holds, project: ProjectRecord, records: Iterable[ArticleRecord], reading: Reading) -> Comparison:
    """Compare records that were made to fit with what a reader made of the files.

    Ids and times are not compared: a format need not hold them, and nobody learns from them. Two labels are equal when
    article, annotator, label, span, attributes and note are; two links when kind, annotator and both ends are.
    """
    if reading.problems:
        return Comparison((), tuple(str(each) for each in reading.problems))
    if holds.exact:
        same = reading.records == tuple(records)
        return Comparison(("everything",), () if same else ("an article came back different",))
    wanted = _content(holds, project, records)
    found = _content(holds, reading.project, reading.records)
    differences = []
    for name, counts in wanted.items():
        lost, new = counts - found[name], found[name] - counts
        if lost or new:
            example = next(iter(lost or new))
            differences.append(f"{lost.total():,} {name} lost, {new.total():,} new ({str(example)[:160]})")
    return Comparison(tuple(name for name, counts in wanted.items() if counts), tuple(differences))


def _content(holds: Holds, project: ProjectRecord | None, records: Iterable[ArticleRecord]) -> dict[str, Counter[Key]]:
    content: dict[str, Counter[Key]] = {name: Counter() for name in ("texts", "labels", "links", "states", "articles")}
    names = project.names if project else {}
    ends: dict[str, Key] = {}
    links: list[Link] = []
    for record in records:
        mark = fingerprint(record.article.text)
        content["texts"][(mark,)] += 1
        content["articles"][_article(holds, record.article, mark)] += 1
        for annotation in record.annotations:
            key = (mark, names.get(annotation.annotator, ""), annotation.label, annotation.span)
            ends[annotation.id] = key
            content["labels"][*key, *_values(holds, annotation)] += 1
        links.extend(record.links)
        if holds.states:
            for state in record.states:
                content["states"][mark, names.get(state.annotator, ""), state.state] += 1
    for link in links:
        target = None if link.target is None else ends.get(link.target, (link.target,))
        content["links"][link.kind, names.get(link.annotator, ""), ends.get(link.origin_id), target] += 1
    return content


def _values(holds: Holds, annotation: Annotation) -> Key:
    return (
        frozenset(annotation.attributes) if holds.attributes else (),
        annotation.note if holds.notes else "",
    )


def _article(holds: Holds, article: Article, mark: str) -> Key:
    return (
        mark,
        article.title if holds.title else "",
        (article.metadata, article.language, article.direction) if holds.metadata else (),
        article.blocks if holds.blocks else (),
    )

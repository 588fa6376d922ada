"""Records of one annotator each, for formats that do not say whose labels they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.formats.format import Records
from annotator.formats.names import file_names
from annotator.formats.record import UNLABELLED, ArticleRecord, ProjectRecord
from annotator.model.annotator import Annotator
from annotator.model.article import State


@dataclass(frozen=True, slots=True)
class Part:
    """What one annotator did: only articles with a label of theirs, or finished by them.

    An article that somebody has only begun is written without an annotator: an empty file would say that there is
    nothing to label.

    Attributes:
        annotator: None: the articles in which nobody has done anything.
        name: safe for a file, and its own (`UNLABELLED` without annotator). Empty when there is one annotator's part
            only, which then needs no name.
        records: can be gone through several times.
    """

    annotator: Annotator | None
    name: str
    records: Records


def by_annotator(project: ProjectRecord, records: Records) -> list[Part]:
    """Return the parts of everybody who did something, in the order of `project.annotators`."""
    found_people: set[str] = set()
    has_untouched = False
    for record in records:
        here = active(record)
        found_people |= here
        has_untouched = has_untouched or not here
    found: list[Annotator | None] = [each for each in project.annotators if each.id in found_people]
    if has_untouched:
        found.append(None)
    if len(found) == 1 and not has_untouched:
        return [Part(found[0], "", _Theirs(records, found[0]))]
    names = file_names([UNLABELLED, *(each.name for each in found if each is not None)])
    names = [*names[1:], names[0]]  # the last one is nobody's, if there is any
    return [Part(each, name, _Theirs(records, each)) for each, name in zip(found, names, strict=False)]


@dataclass(frozen=True, slots=True)
class _Theirs:
    records: Records
    annotator: Annotator | None

    def __iter__(self) -> Iterator[ArticleRecord]:
        for record in self.records:
            if self.annotator is None:
                if not active(record):
                    yield record
                continue
            who = self.annotator.id
            if who in active(record):
                yield replace(
                    record,
                    annotations=tuple(each for each in record.annotations if each.annotator == who),
                    links=tuple(each for each in record.links if each.annotator == who),
                    states=tuple(each for each in record.states if each.annotator == who),
                )


def active(record: ArticleRecord) -> set[str]:
    """Return the ids of those who labelled something in an article, or finished it without."""
    finished = (each.annotator for each in record.states if State(each.state).is_finished)
    return {*(each.annotator for each in record.annotations), *finished}

"""Write brat stand-off: frames as events, links as relations, values as attributes, notes as ``#`` lines."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotator.formats.brat.conf import annotation_conf, visual_conf
from annotator.formats.brat.words import FILE, BratWords, words_of
from annotator.formats.format import Annotators, Holds, Losses, Options, OutFile, Records
from annotator.formats.giving.fit import fit as fit_to
from annotator.formats.giving.fit import once
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import by_annotator
from annotator.formats.names import file_names
from annotator.formats.record import UNLABELLED, ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation, Link
from annotator.model.span import Fragment, Span
from annotator.text.lines import joined_at_lines, without_edge_lines

HOLDS = Holds(
    across=False,
    annotators=Annotators.APART,
    states=False,
    metadata=False,
    blocks=False,
    remark="a folder an annotator; what stands in “annotator.json” beside them is needed for names and colours only",
)
_LINES = re.compile(r"[^\n]+")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n"})


def fit(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    """Return what brat holds of a record.

    A fragment of brat lies in one line, so a span that crosses lines is written in several and joined again by readers:
    whether a line end itself was covered is all that is lost.
    """
    record = fit_to(HOLDS, project, record, losses)
    text = record.article.text
    made = [_in_lines(each, text, losses) for each in record.annotations]
    kept = [each for each in made if each is not None]
    if len(kept) < len(made):
        there = {each.id for each in kept}
        links = (each for each in record.links if each.target is None or each.target in there)
        record = replace(record, links=tuple(each for each in links if each.origin_id in there))
    if kept == list(record.annotations):
        return record
    annotations, joined = once(kept, record.links, losses)
    return replace(record, annotations=annotations, links=joined)


def _in_lines(annotation: Annotation, text: str, losses: Losses) -> Annotation | None:
    """Return an annotation as it comes back; None when it covers nothing but line ends."""
    span = annotation.span
    if text.find("\n", span.start, span.end) < 0:
        return annotation
    inner = without_edge_lines(text, span)
    if inner is None:
        losses.add("label of nothing but line ends|labels of nothing but line ends", "left out")
        return None
    if inner != span:
        losses.add("line end at the edge of a span|line ends at edges of spans", "left out")
    joined = joined_at_lines(text, inner)
    if joined != inner:
        losses.add("gap of nothing but a line end|gaps of nothing but line ends", "closed")
    return annotation if joined == span else replace(annotation, span=joined)


def write(project: ProjectRecord, records: Records, _options: Options) -> Iterator[OutFile]:
    """Yield configuration, the file of words, and a pair of files an article and annotator."""
    titles = {record.article.id: record.article.title for record in records}
    stems = dict(zip(titles, file_names(titles.values()), strict=True))
    parts = by_annotator(project, records)
    names = file_names([UNLABELLED, *(part.annotator.name for part in parts if part.annotator)])
    folders = {part.annotator.id: name for part, name in zip(parts, names[1:], strict=False) if part.annotator}
    words = words_of(
        project,
        {folders[each.id]: each.name for each in project.annotators if each.id in folders},
        {stems[each]: title for each, title in titles.items()},
    )
    yield text_file("annotation.conf", [annotation_conf(project, words)])
    yield text_file("visual.conf", [visual_conf(project, words)])
    yield text_file(FILE, [words.to_json()])
    lines = _Lines(words, frozenset(role.frame for book in project.codebooks for role in book.roles))
    for part in parts:
        folder = folders[part.annotator.id] if part.annotator else UNLABELLED
        for record in part.records:
            stem = f"{folder}/{stems[record.article.id]}"
            yield text_file(f"{stem}.txt", [record.article.text])
            yield text_file(f"{stem}.ann", lines.of(record))


class _Lines:
    """Turns records into the lines of an ``.ann``."""

    def __init__(self, words: BratWords, frames: frozenset[str]) -> None:
        self._frames = frames
        self._labels = _back(words.labels)
        self._roles = _back(words.roles)
        self._relations = _back(words.relations)
        self._absent = _back(words.absent)
        self._texts = _back(words.texts)
        self._values = {ours: brat for brat, ours in words.values.items()}

    def of(self, record: ArticleRecord) -> Iterator[str]:
        """Yield the lines: text-bounds, events, relations, attributes, notes."""
        text = record.article.text
        triggers = {each.id: f"T{number}" for number, each in enumerate(record.annotations, start=1)}
        for each in record.annotations:
            yield f"{triggers[each.id]}\t{self._labels[each.label]} {_place(text, each.span)}\n"
        events = [each for each in record.annotations if each.label in self._frames]
        names = {**triggers, **{each.id: f"E{number}" for number, each in enumerate(events, start=1)}}
        leaving: dict[str, list[Link]] = defaultdict(list)
        for link in record.links:
            leaving[link.origin_id].append(link)
        for each in events:
            found = [(f"{self._labels[each.label]}", triggers[each.id]), *self._filled(leaving[each.id], names)]
            yield f"{names[each.id]}\t{' '.join(f'{role}:{name}' for role, name in found)}\n"
        yield from self._between(record, names)
        yield from self._about(record, names)

    def _filled(self, links: list[Link], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the arguments of an event; the second filling of a role and further ones get a number."""
        count: dict[str, int] = defaultdict(int)
        for link in sorted(links, key=lambda each: (each.kind, each.place, each.id)):
            if link.kind in self._roles and link.kind not in self._relations and link.target is not None:
                count[link.kind] += 1
                number = count[link.kind]
                yield f"{self._roles[link.kind]}{number if number > 1 else ''}", names[link.target]

    def _between(self, record: ArticleRecord, names: Mapping[str, str]) -> Iterator[str]:
        links = [each for each in record.links if each.kind in self._relations and each.target is not None]
        for number, link in enumerate(links, start=1):
            kind = self._relations[link.kind]
            yield f"R{number}\t{kind} Arg1:{names[link.origin_id]} Arg2:{names[link.target or '']}\n"

    def _about(self, record: ArticleRecord, names: Mapping[str, str]) -> Iterator[str]:
        number = notes = 0
        missing = [(each.origin_id, self._absent[each.kind]) for each in record.links if each.target is None]
        for each in record.annotations:
            flags = [word for origin, word in missing if origin == each.id]
            known = [self._values[pair] for pair in each.attributes if pair in self._values]
            for word, value in [*known, *((flag, "") for flag in flags)]:
                number += 1
                yield f"A{number}\t{word} {names[each.id]}{' ' if value else ''}{value}\n"
        for each in record.annotations:
            others = [
                (self._texts[name], value) for name, value in each.attributes if (name, value) not in self._values
            ]
            for kind, words in [*([("AnnotatorNotes", each.note)] if each.note else []), *others]:
                notes += 1
                yield f"#{notes}\t{kind} {names[each.id]}\t{words.translate(_ESCAPES)}\n"


def _back(words: Mapping[str, str]) -> dict[str, str]:
    return {ours: brat for brat, ours in words.items()}


def _place(text: str, span: Span) -> str:
    """Return the offsets and the covered text; a fragment is cut at its line ends."""
    pieces = [
        Fragment(start + found.start(), start + found.end())
        for start, end in span.fragments
        for found in _LINES.finditer(text[start:end])
    ]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{places}\t{' '.join(text[start:end] for start, end in pieces)}"

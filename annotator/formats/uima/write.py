"""Write a CAS for each article and annotator, with what INCEpTION wants in it: sentences, tokens, no dangling ends."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from annotator.formats.format import Annotators, Holds, Losses, Options, OutFile, Records, Unit
from annotator.formats.giving.fit import fit
from annotator.formats.giving.ink import inked
from annotator.formats.giving.output import bytes_file
from annotator.formats.giving.people import by_annotator
from annotator.formats.giving.regions import CONTINUES, regions_of
from annotator.formats.giving.sentences import sentences_of
from annotator.formats.giving.units import Turn
from annotator.formats.giving.xml import writable
from annotator.formats.names import file_names
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.uima import json_cas, tsv, xmi
from annotator.formats.uima.structure import (
    LINK,
    META,
    RELATION,
    SENTENCE,
    SPAN,
    TOKEN,
    TYPES,
    Cas,
    Structure,
    Types,
    feature_of,
    of_words,
    several,
    types_of,
)
from annotator.model.annotation import Annotation

HOLDS = Holds(
    unit="UTF-16",
    across=False,
    annotators=Annotators.APART,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    remark="a layer “Span” with label, note and attributes as features, roles as a link feature, and a layer “Relation”;"
    " spans of several fragments are joined by the role “continues”",
)
TSV_HOLDS = replace(
    HOLDS,
    title=False,
    remark=HOLDS.remark + ". Several values of one attribute, or several relations whose target is absent, stand in one"
    " feature, a line each; its name ends in “_list”",
)


def fit_json(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    """Return the record with spans that begin and end with ink."""
    return fit(HOLDS, project, inked(record, losses), losses)


def fit_xmi(project: ProjectRecord, record: ArticleRecord, options: Options, losses: Losses) -> ArticleRecord:
    """Return the same without the characters that XML cannot hold."""
    return writable(fit_json(project, record, options, losses), losses)


def fit_tsv(project: ProjectRecord, record: ArticleRecord, options: Options, losses: Losses) -> ArticleRecord:
    """Return the same with what the lines of a TSV can hold: a text begins with blanks or a word, and no value has a CR."""
    record = fit_json(project, record, options, losses)
    losses.add("title", "left out", bool(record.article.title))
    text = record.article.text
    inked = text.lstrip()
    begun = " " * (len(text) - len(inked)) + inked
    losses.add("text with other blanks|texts with other blanks", "it begins with blanks alone", begun != text)
    annotations = tuple(_on_lines(each, losses) for each in record.annotations)
    return replace(record, article=replace(record.article, text=begun), annotations=annotations)


def _on_lines(annotation: Annotation, losses: Losses) -> Annotation:
    if not any("\r" in each for each in (annotation.note, *(value for _, value in annotation.attributes))):
        return annotation
    losses.add("note or value with another line end|notes or values with other line ends", "it is an ordinary one")
    attributes = tuple((name, _with_one_line_end(value)) for name, value in annotation.attributes)
    return replace(annotation, note=_with_one_line_end(annotation.note), attributes=attributes)


def _with_one_line_end(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")


def write_json(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield a file an article and annotator."""
    yield from _write(project, records, options, ".json", lambda cas, types: json_cas.dumped(cas, types).encode())


def write_xmi(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield a file an article and annotator, and the types, which INCEpTION imports as layers."""
    yield bytes_file(TYPES, xmi.type_system(types_of(project)))
    yield from _write(project, records, options, ".xmi", xmi.dumped)


def write_tsv(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield a file an article and annotator, and the types, which INCEpTION imports as layers."""
    yield bytes_file(TYPES, xmi.type_system(of_words(types_of(project))))
    yield from _write(project, records, options, ".tsv", tsv.dumped)


def _write(
    project: ProjectRecord, records: Records, options: Options, suffix: str, dumped: Callable[[Cas, Types], bytes]
) -> Iterator[OutFile]:
    types = types_of(project)
    many = several(project)
    for part in by_annotator(project, records):
        names = file_names(record.article.title for record in part.records)
        for name, record in zip(names, part.records, strict=True):
            place = f"{part.name}/{name}{suffix}" if part.name else f"{name}{suffix}"
            yield bytes_file(place, dumped(_cas(project, record, options, many), types))


def _cas(project: ProjectRecord, record: ArticleRecord, options: Options, many: set[str]) -> Cas:
    text = record.article.text
    turn = Turn(text, Unit.UTF16)
    made = [Structure(2, META, 0, turn(len(text)))]
    made[0].words = {"documentTitle": [record.article.title], "documentId": [record.article.id]}
    fragments = [fragment for each in record.annotations for fragment in each.span.fragments]
    for sentence in sentences_of(text, fragments, options.tokens):
        made.append(Structure(len(made) + 2, SENTENCE, turn(sentence[0].start), turn(sentence[-1].end)))
        for token in sentence:
            made.append(Structure(len(made) + 2, TOKEN, turn(token.start), turn(token.end)))
    spans: dict[str, Structure] = {}
    for annotation in record.annotations:
        for region in regions_of(annotation):
            span = Structure(len(made) + 2, SPAN, turn(region.fragment.start), turn(region.fragment.end))
            span.words["label"] = [annotation.label]
            if not region.number:
                _say(span, annotation, many)
            spans[region.key] = span
            made.append(span)
    made += _links(project, record, spans, len(made) + 2)
    return Cas(text, made)


def _say(span: Structure, annotation: Annotation, many: set[str]) -> None:
    if annotation.note:
        span.words["note"] = [annotation.note]
    for name in dict.fromkeys(name for name, _ in annotation.attributes):
        span.words[feature_of(name)] = list(annotation.values(name))
    span.arrays = frozenset({"roles", "absent", *map(feature_of, many)})


def _links(
    project: ProjectRecord, record: ArticleRecord, spans: dict[str, Structure], free: int
) -> Iterator[Structure]:
    """Yield links of roles and of fragments, and relations; note on the spans what points at them."""
    roles = {each.id for book in project.codebooks for each in book.roles}
    pairs: list[tuple[str, str, str]] = []
    for annotation in record.annotations:
        keys = [region.key for region in regions_of(annotation)]
        pairs += [(CONTINUES, one, other) for one, other in pairwise(keys)]
    for link in sorted(record.links, key=lambda each: (each.origin_id, each.kind, each.place)):
        if link.target is None:
            spans[link.origin_id].words.setdefault("absent", []).append(link.kind)
        elif link.kind in roles:
            pairs.append((link.kind, link.origin_id, link.target))
        else:
            origin, target = spans[link.origin_id], spans[link.target]
            # INCEpTION wants a relation to lie where its dependent lies.
            relation = Structure(free, RELATION, target.begin, target.end, {"kind": [link.kind]})
            relation.refs = {"Governor": [origin.id], "Dependent": [target.id]}
            free += 1
            yield relation
    for kind, one, other in pairs:
        link_structure = Structure(free, LINK, words={"role": [kind]}, refs={"target": [spans[other].id]})
        spans[one].refs.setdefault("roles", []).append(free)
        spans[one].arrays |= {"roles"}
        free += 1
        yield link_structure

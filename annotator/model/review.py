"""What the codebook finds missing or odd in an article: remarks, never refusals."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.model.annotation import Annotation, Link
from annotator.model.article import Block, touches_left_out
from annotator.model.codebook import Codebook, Relation, Role

_STOPS = ".!?؟۔。…"
_ABBREVIATION = re.compile(r"\b(?:\w\.){2,}$")
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at.

    Attributes:
        annotation: id of the annotation it is about.
        kind: ``role``, ``relation``, ``attribute``, ``edge``, ``left out`` or ``retired``, for filtering.
        message: a short sentence.
    """

    annotation: str
    kind: str
    message: str


def review(
    codebook: Codebook,
    text: str,
    annotations: Iterable[Annotation],
    links: Iterable[Link],
    blocks: Iterable[Block] = (),
) -> list[Remark]:
    """Return the remarks on `annotations` (of one article, whose text is `text`), in reading order.

    `links` are all that leave them, `blocks` those of the article: what is left out takes no part in figures.
    """
    out = [block for block in blocks if not block.kind.is_labelled]
    leaving: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        leaving[link.origin_id].append(link)
    found: list[Remark] = []
    for annotation in sorted(annotations, key=lambda each: each.order):
        found.extend(_remarks(codebook, text, annotation, leaving))
        if out and touches_left_out(out, annotation.span) and not _says_again(codebook, annotation, leaving):
            name = codebook.label(annotation.label).name
            found.append(Remark(annotation.id, "left out", f"{name} stands on text that is left out of all figures"))
    return found


def _remarks(
    codebook: Codebook, text: str, annotation: Annotation, leaving: Mapping[str, list[Link]]
) -> Iterator[Remark]:
    label = codebook.label(annotation.label)
    name = label.name
    mine = leaving.get(annotation.id, [])
    if label.retired:
        yield Remark(annotation.id, "retired", f"“{name}” is retired: give it another label")
    for role in codebook.roles:
        if role.frame == label.id:
            yield from _role(name, role, annotation, mine)
    for relation in codebook.relations:
        if relation.required and label.id in relation.sources:
            yield from _relation(name, relation, annotation, mine)
    for attribute in codebook.attributes_of(label.id):
        if attribute.required and not annotation.values(attribute.id):
            yield Remark(annotation.id, "attribute", f"{name}: “{attribute.name}” is not set")
    if label.bare and _ends_with_stop(annotation.span.fragments[-1].covered(text)):
        yield Remark(annotation.id, "edge", f"{name} ends with its full stop")


def _says_again(codebook: Codebook, annotation: Annotation, leaving: Mapping[str, list[Link]]) -> bool:
    """Whether a label is joined to one of its own kind, as a caption's claim to the one it repeats: it was meant so."""
    alike = {
        each.id for each in codebook.relations if annotation.label in each.sources and annotation.label in each.targets
    }
    return any(link.kind in alike for link in leaving.get(annotation.id, ()))


def _ends_with_stop(covered: str) -> bool:
    """Whether the words end with a sentence's stop; the one of an abbreviation like "a.m." belongs to its word."""
    bare = covered.rstrip(_CLOSING)
    return bare.endswith(tuple(_STOPS)) and not _ABBREVIATION.search(bare)


def _role(name: str, role: Role, annotation: Annotation, mine: Iterable[Link]) -> Iterator[Remark]:
    count = sum(link.kind == role.id for link in mine)
    if count == 0 and role.empty_when:
        if tuple(role.empty_when.split("=", 1)) not in annotation.attributes:
            yield Remark(annotation.id, "role", f"{name} without {role.name}")
    elif count < role.minimum:
        need = f"without {role.name}" if count == 0 else f"with {count} of {role.minimum} × {role.name}"
        yield Remark(annotation.id, "role", f"{name} {need}")
    if role.maximum and count > role.maximum:
        yield Remark(annotation.id, "role", f"{name} with more than {role.maximum} × {role.name}")


def _relation(name: str, relation: Relation, annotation: Annotation, mine: Iterable[Link]) -> Iterator[Remark]:
    linked = any(link.kind == relation.id for link in mine)
    if not linked:
        yield Remark(annotation.id, "relation", f"{name}: “{relation.name}” points at nothing yet")

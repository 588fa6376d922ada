"""What the codebook allows, as functions of values."""

from collections.abc import Iterable

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, Relation, Role
from annotator.model.errors import RuleError


def check_annotation(codebook: Codebook, annotation: Annotation, text_length: int) -> None:
    """Refuse an annotation that the codebook or its article has no place for.

    Raises:
        RuleError: an offset outside the text, or an attribute or value the codebook does not have.
        CodebookError: a label the codebook does not have.
    """
    label = codebook.label(annotation.label)
    if annotation.span.end > text_length:
        raise RuleError(
            f"The span ends at {annotation.span.end:,}, but the article has only {text_length:,} characters."
        )
    allowed = {attribute.id: attribute for attribute in codebook.attributes_of(label.id)}
    for name, value in annotation.attributes:
        attribute = allowed.get(name)
        if attribute is None:
            raise RuleError(f"“{label.name}” has no attribute “{name}” in the codebook.")
        if attribute.kind in ("choice", "choices") and value not in {each.id for each in attribute.values}:
            raise RuleError(f"“{value}” is not a value of “{attribute.name}” in the codebook.")
        if attribute.kind != "choices" and len(annotation.values(name)) > 1:
            raise RuleError(f"“{attribute.name}” takes one value only.")


def check_new(codebook: Codebook, annotation: Annotation, others: Iterable[Annotation]) -> None:
    """Refuse a label that is there already, or one that the team has retired.

    `others` are annotations of the same article.

    Raises:
        RuleError: the same annotator has put the same label on exactly this span, or the label is retired.
    """
    label = codebook.label(annotation.label)
    if label.retired:
        raise RuleError(f"The codebook has retired the label “{label.name}”. Choose another.")
    check_unique(codebook, annotation, others)


def check_unique(codebook: Codebook, annotation: Annotation, others: Iterable[Annotation]) -> None:
    """Refuse a label that is there already.

    `others` are annotations of the same article.

    Raises:
        RuleError: the same annotator has put the same label on exactly this span.
    """
    label = codebook.label(annotation.label)
    for other in others:
        if (
            other.id != annotation.id
            and other.annotator == annotation.annotator
            and other.label == annotation.label
            and other.span == annotation.span
        ):
            raise RuleError(f"This is labelled {label.name.lower()} already.")


def check_link(codebook: Codebook, link: Link, source: Annotation, target: Annotation | None) -> None:
    """Refuse a link that the codebook has no place for.

    Raises:
        RuleError: the ends have labels that the role or relation does not join, or the target may not be absent.
    """
    kind = codebook.link_kind(link.kind)
    if kind is None:
        raise RuleError(f"The codebook has no role or relation “{link.kind}”.")
    match kind:
        case Role(frame=frame, labels=labels):
            sources, targets, absent, across = (frame,), labels, False, False
        case Relation(sources=sources, targets=targets, absent=absent, across=across):
            pass
    if source.label not in sources:
        raise RuleError(f"“{kind.name}” cannot start at a {codebook.label(source.label).name.lower()}.")
    if target is None:
        if not absent:
            raise RuleError(f"“{kind.name}” needs something that it points at.")
        return
    if target.id == source.id:
        raise RuleError(f"“{kind.name}” cannot point at itself.")
    if target.label not in targets:
        raise RuleError(f"“{kind.name}” cannot point at a {codebook.label(target.label).name.lower()}.")
    if target.article != source.article and not across:
        raise RuleError(f"“{kind.name}” cannot reach into another article.")


def check_new_link(codebook: Codebook, link: Link, others: Iterable[Link]) -> None:
    """Refuse a link that is there already, or one more than a role allows.

    `others` are links that leave or reach the annotation from which this one leaves.

    Raises:
        RuleError: as said. A relation without direction is there already when it leaves the other end.
    """
    kind = codebook.link_kind(link.kind)
    name = kind.name if kind else link.kind
    same = [other for other in others if other.kind == link.kind]
    count = sum(other.origin_id == link.origin_id for other in same)
    ends = {(link.origin_id, link.target)}
    if isinstance(kind, Relation) and kind.symmetric:
        ends.add((link.target or "", link.origin_id))
    if any((other.origin_id, other.target) in ends for other in same):
        raise RuleError(f"“{name}” points there already.")
    if isinstance(kind, Role) and kind.maximum and count >= kind.maximum:
        raise RuleError(f"“{name}” can be filled {kind.maximum} times at the most.")


def is_value(codebook: Codebook, label_id: str, attribute_id: str, value: str) -> bool:
    """Whether an annotation of that label may have that value of that attribute."""
    for attribute in codebook.attributes_of(label_id):
        if attribute.id == attribute_id:
            return attribute.kind not in ("choice", "choices") or any(each.id == value for each in attribute.values)
    return False


def is_joined(codebook: Codebook, kind: str, source: str, target: str | None) -> bool:
    """Whether a link of that kind may lead from one label to the other; None: to what is not in this article."""
    found = codebook.link_kind(kind)
    match found:
        case Role():
            return source == found.frame and target in found.labels
        case Relation():
            return source in found.sources and (found.absent if target is None else target in found.targets)
    return False

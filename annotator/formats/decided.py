"""Decisions behind gold as objects of JSON: who decided what, when and why, and what everybody had then."""

from collections.abc import Callable, Mapping
from typing import Any

from annotator.formats.json_values import listed, pairs, string, strings, whole_number
from annotator.model.adjudication import KINDS, Decision, Outcome
from annotator.model.errors import AnnotatorError
from annotator.model.versions import Held, Mark

Names = Mapping[str, str]


def decision_out(decision: Decision, text: str, names: Names) -> dict[str, Any]:
    """Return a decision as an object; `text` is its article's, `names` are those of annotators by id."""
    return {
        "id": decision.id,
        "kind": decision.kind,
        "part": decision.part,
        "start": decision.start,
        "end": decision.end,
        "text": text[decision.start : decision.end],
        "outcome": decision.outcome.value,
        "annotator": names.get(decision.annotator, decision.annotator) or None,
        "reason": decision.reason,
        "note": decision.note,
        "clause": decision.clause,
        "gold": list(decision.gold),
        "targets": list(decision.targets),
        "versions": versions_out(decision, text, names),
        "thread": decision.thread,
        "codebook": decision.codebook,
        "made_at": decision.made_at,
        "changed_at": decision.changed_at,
    }


def versions_out(decision: Decision, text: str, names: Names) -> list[dict[str, Any]]:
    """Return what everybody had when it was decided, those included who had nothing."""
    return [
        {
            "annotator": names.get(held.annotator, held.annotator),
            "labels": [_mark_out(mark, text) for mark in held.marks],
            "targets": list(held.targets),
        }
        for held in decision.held
    ]


def _mark_out(mark: Mark, text: str) -> dict[str, Any]:
    attributes: dict[str, list[str]] = {}
    for name, value in mark.attributes:
        attributes.setdefault(name, []).append(value)
    return {
        "id": mark.annotation,
        "label": mark.label,
        "fragments": [{"start": start, "end": end, "text": text[start:end]} for start, end in mark.fragments],
        "attributes": attributes,
    }


def decision_in(
    content: Mapping[str, Any], article: str, ids: Names, place: Callable[[Mapping[str, Any]], tuple[int, int]]
) -> Decision:
    """Return the decision that an object holds.

    `ids` are those of annotators by name; `place` turns an object's “start” and “end” into offsets of the text as it is
    kept.

    Raises:
        AnnotatorError, KeyError, TypeError, ValueError: it is not of that shape.
    """
    start, end = place(content)
    kind = string(content, "kind")
    if kind not in KINDS:
        raise AnnotatorError(f"“{kind}” is no kind of disagreement. There is: {', '.join(KINDS)}.")
    return Decision(
        id=string(content, "id"),
        article=article,
        kind=kind,
        part=string(content, "part"),
        start=start,
        end=end,
        held=tuple(_held_in(each, ids, place) for each in listed(content, "versions")),
        outcome=Outcome(content["outcome"]),
        gold=strings(content, "gold"),
        targets=_targets(content),
        annotator="" if content["annotator"] is None else _who(content, ids),
        reason=string(content, "reason"),
        note=string(content, "note"),
        clause=string(content, "clause"),
        thread=string(content, "thread"),
        codebook=whole_number(content, "codebook"),
        made_at=string(content, "made_at"),
        changed_at=string(content, "changed_at"),
    )


def _held_in(content: Mapping[str, Any], ids: Names, place: Callable[[Mapping[str, Any]], tuple[int, int]]) -> Held:
    who = _who(content, ids)
    return Held(who, tuple(_mark_in(each, who, place) for each in listed(content, "labels")), _targets(content))


def _mark_in(content: Mapping[str, Any], who: str, place: Callable[[Mapping[str, Any]], tuple[int, int]]) -> Mark:
    fragments = tuple(place(each) for each in listed(content, "fragments"))
    return Mark(string(content, "id"), who, string(content, "label"), fragments, pairs(content, "attributes"))


def _targets(content: Mapping[str, Any]) -> tuple[str | None, ...]:
    found = listed(content, "targets")
    if not all(each is None or isinstance(each, str) for each in found):
        raise TypeError("“targets” must be a list of strings and nulls")
    return tuple(found)


def _who(content: Mapping[str, Any], ids: Names) -> str:
    name = string(content, "annotator")
    if name not in ids:
        raise AnnotatorError(f"“{name}” is not among the annotators that the first line names.")
    return ids[name]

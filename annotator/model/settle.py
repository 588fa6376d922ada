"""Ids for what is new in a draft, made of the names that it was given, so that exported files can be read."""

from dataclasses import replace
from typing import Any

from annotator.model.codebook import Attribute, Clause, Codebook, Label
from annotator.model.codebook_reading import GROUPS
from annotator.model.draft import Draft, Part, free_id

NEW = "new-"
"""How the id of a part begins for as long as it was never saved."""


def settled(draft: Draft, base: Codebook) -> Draft:
    """Return the draft with lasting ids in place of those that begin with `NEW` and `base` does not have.

    Everything that speaks of these parts is changed along, the ids of a new label's clauses too.
    """
    old = Draft.of(base)
    labels = _names(draft.labels, old.labels)
    attributes = _names(draft.attributes, old.attributes)
    links = _names((*draft.roles, *draft.relations), (*old.roles, *old.relations))
    values: dict[tuple[str, str], str] = {}
    made = []
    for attribute in draft.attributes:
        before = next((each for each in old.attributes if each.id == attribute.id), None)
        names = _names(attribute.values, before.values if before else ())
        values.update({(attribute.id, value): name for value, name in names.items()})
        made.append(_attribute(attribute, attributes, labels, names))
    return replace(
        draft,
        labels=tuple(_label(each, labels) for each in draft.labels),
        attributes=tuple(made),
        roles=tuple(
            replace(
                each,
                id=links.get(each.id, each.id),
                frame=labels.get(each.frame, each.frame),
                labels=_all(each.labels, labels),
                empty_when=_empty_when(each.empty_when, attributes, values),
            )
            for each in draft.roles
        ),
        relations=tuple(
            replace(
                each,
                id=links.get(each.id, each.id),
                sources=_all(each.sources, labels),
                targets=_all(each.targets, labels),
            )
            for each in draft.relations
        ),
    )


def new_id(draft: Draft, what: str) -> str:
    """Return an id for a new part (``new-label``), which nothing in the draft has; `settled` gives it a lasting one."""
    return free_id(f"{NEW}{what}", {each.id for group in GROUPS for each in draft.group(group)})


def _names(parts: tuple[Any, ...], saved: tuple[Part | Any, ...]) -> dict[str, str]:
    """Return the lasting id for each part that is new."""
    known = {each.id for each in saved}
    taken = known | {each.id for each in parts}
    names: dict[str, str] = {}
    for part in parts:
        if part.id.startswith(NEW) and part.id not in known:
            names[part.id] = free_id(part.name, taken)
            taken.add(names[part.id])
    return names


def _all(ids: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(each, each) for each in ids)


def _label(label: Label, names: dict[str, str]) -> Label:
    name = names.get(label.id)
    if name is None:
        return label

    def cited(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(replace(each, id=name + each.id.removeprefix(label.id)) for each in clauses)

    return replace(label, id=name, use_when=cited(label.use_when), avoid_when=cited(label.avoid_when))


def _attribute(
    attribute: Attribute, names: dict[str, str], labels: dict[str, str], values: dict[str, str]
) -> Attribute:
    return replace(
        attribute,
        id=names.get(attribute.id, attribute.id),
        labels=_all(attribute.labels, labels),
        values=tuple(replace(each, id=values.get(each.id, each.id)) for each in attribute.values),
        default=values.get(attribute.default, attribute.default),
    )


def _empty_when(words: str, attributes: dict[str, str], values: dict[tuple[str, str], str]) -> str:
    name, equals, value = words.partition("=")
    return f"{attributes.get(name, name)}={values.get((name, value), value)}" if equals else words

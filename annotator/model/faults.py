"""What keeps a draft from being a codebook, each told beside its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model.codebook import Attribute, Clause, Label, Relation, Role
from annotator.model.colour import is_color
from annotator.model.draft import Draft
from annotator.model.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to set right: the group, the part and the field where it is, and a sentence.

    A field that holds several entries is followed by the entry's id: ``values:number``.
    """

    group: str
    part: str
    field: str
    words: str


def faults(draft: Draft) -> list[Fault]:
    """Return everything that is wrong with a draft; nothing when it is a codebook."""
    found = list(_faults(draft))
    if not found:
        try:
            draft.codebook()
        except CodebookError as error:  # what has no field to stand beside
            found.append(Fault("", "", "", str(error)))
    return found


def _faults(draft: Draft) -> Iterator[Fault]:
    if not draft.name.strip():
        yield Fault("", "", "name", "A codebook needs a name.")
    if not draft.labels:
        yield Fault("", "", "", "A codebook needs at least one label.")
    yield from _nameless(draft)
    yield from _same_names(draft.labels)
    yield from _keys(draft)
    for label in draft.labels:
        yield from _label(label)
    for attribute in draft.attributes:
        yield from _attribute(attribute)
    for role in draft.roles:
        yield from _role(draft, role)
    for relation in draft.relations:
        for field, word in (("sources", "from"), ("targets", "to")):
            if not getattr(relation, field):
                yield Fault("relations", relation.id, field, f"Choose at least one label that it can lead {word}.")


def _nameless(draft: Draft) -> Iterator[Fault]:
    for group in ("labels", "attributes", "roles", "relations"):
        for part in draft.group(group):
            if not isinstance(part, Clause) and not part.name.strip():
                yield Fault(group, part.id, "name", "It needs a name.")
    for clause in draft.clauses:
        if not clause.text.strip():
            yield Fault("clauses", clause.id, "text", "It says nothing yet.")


def _same_names(labels: Iterable[Label]) -> Iterator[Fault]:
    seen: set[str] = set()
    for label in labels:
        name = label.name.strip().casefold()
        if name and not label.retired:
            if name in seen:
                yield Fault("labels", label.id, "name", f"Another label is called {label.name.strip()} too.")
            seen.add(name)


def _label(label: Label) -> Iterator[Fault]:
    if not is_color(label.color):
        yield Fault("labels", label.id, "color", "A colour looks like #2277aa: six digits, 0-9 and a-f.")
    for field in ("use_when", "avoid_when"):
        for clause in getattr(label, field):
            if not clause.text.strip():
                yield Fault("labels", label.id, f"{field}:{clause.id}", "It says nothing yet.")


def _keys(draft: Draft) -> Iterator[Fault]:
    """Tell two things with one key at both of them: either can give way."""
    holders: list[tuple[str, Label | Relation]] = [("labels", each) for each in draft.labels]
    holders += [("relations", each) for each in draft.relations]
    for group, part in holders:
        words = _key_words(part.key, digits=False)
        if words:
            yield Fault(group, part.id, "key", words)
        elif part.key and not _is_retired(part):
            other = next(
                (
                    each.name
                    for _, each in holders
                    if each is not part and not _is_retired(each) and each.key.casefold() == part.key.casefold()
                ),
                None,
            )
            if other is not None:
                yield Fault(group, part.id, "key", f"{part.key.upper()} is the key of {other} already.")


def _is_retired(part: Label | Relation) -> bool:
    return isinstance(part, Label) and part.retired


def _key_words(key: str, *, digits: bool) -> str:
    if key and (len(key) != 1 or not key.isprintable() or key.isspace()):
        return "A key is one character that can be seen."
    if key and not digits and key.isdigit():
        return "Digits choose values and targets, so they cannot be keys here."
    return ""


def _attribute(attribute: Attribute) -> Iterator[Fault]:
    if not attribute.labels:
        yield Fault("attributes", attribute.id, "labels", "Choose at least one label that has it.")
    if attribute.kind not in ("choice", "choices"):
        return
    if not attribute.values:
        yield Fault("attributes", attribute.id, "values", "Add the values to choose from.")
    elif attribute.default and attribute.default not in {each.id for each in attribute.values}:
        yield Fault("attributes", attribute.id, "values", "The value that was offered first is gone. Choose another.")
    yield from _values(attribute)


def _values(attribute: Attribute) -> Iterator[Fault]:
    names: set[str] = set()
    keys: dict[str, str] = {}
    for value in attribute.values:
        place = f"values:{value.id}"
        name, key = value.name.strip().casefold(), value.key.casefold()
        if not name:
            yield Fault("attributes", attribute.id, place, "It needs a name.")
        elif name in names:
            yield Fault("attributes", attribute.id, place, f"Another value is called {value.name.strip()} too.")
        names.add(name)
        words = _key_words(value.key, digits=True)
        if words:
            yield Fault("attributes", attribute.id, place, words)
        elif key in keys:
            yield Fault("attributes", attribute.id, place, f"{value.key} is the key of {keys[key]} already.")
        elif key:
            keys[key] = value.name


def _role(draft: Draft, role: Role) -> Iterator[Fault]:
    if draft.part("labels", role.frame) is None:
        yield Fault("roles", role.id, "frame", "Choose the label whose frames it belongs to.")
    if not role.labels:
        yield Fault("roles", role.id, "labels", "Choose at least one label that can fill it.")
    if role.maximum and role.minimum > role.maximum:
        yield Fault("roles", role.id, "maximum", f"At most {role.maximum} is less than at least {role.minimum}.")
    if role.empty_when:
        name, _, value = role.empty_when.partition("=")
        attribute = next((each for each in draft.attributes if each.id == name and role.frame in each.labels), None)
        if (
            attribute is None
            or attribute.kind not in ("choice", "choices")
            or value not in {each.id for each in attribute.values}
        ):
            yield Fault("roles", role.id, "empty_when", "The frame no longer has this value. Choose another.")

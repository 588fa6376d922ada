"""Whether the parts of a codebook hold together: ids, keys, and what they say of one another."""

from collections.abc import Iterable, Sequence

from annotator.model.codebook_parts import ATTRIBUTE_KINDS, LINES, Attribute, Clause, Label, Relation, Role
from annotator.model.errors import CodebookError

_HEX = frozenset("0123456789abcdefABCDEF")


def check_parts(
    labels: Sequence[Label],
    attributes: Sequence[Attribute],
    roles: Sequence[Role],
    relations: Sequence[Relation],
    clauses: Sequence[Clause],
) -> None:
    """Refuse parts that do not make a codebook.

    Raises:
        CodebookError: which part, and what is wrong with it.
    """
    if not labels:
        raise CodebookError("A codebook needs at least one label.")
    _check_ids(labels, attributes, roles, relations, clauses)
    named: list[Label | Attribute | Role | Relation] = [*labels, *attributes, *roles, *relations]
    for part in named:
        if not part.name.strip():
            raise CodebookError(f"“{part.id}” needs a name.")
    for label in labels:
        _check_look(label)
    _check_keys(labels, relations)
    known = frozenset(label.id for label in labels)
    for attribute in attributes:
        _check_attribute(attribute)
        _check_known(attribute.name, attribute.labels, known)
    for role in roles:
        _check_known(role.name, (role.frame, *role.labels), known)
        _check_role(role, attributes)
    for relation in relations:
        _check_known(relation.name, (*relation.sources, *relation.targets), known)


def _check_ids(
    labels: Sequence[Label],
    attributes: Sequence[Attribute],
    roles: Sequence[Role],
    relations: Sequence[Relation],
    clauses: Sequence[Clause],
) -> None:
    _unique("label", (each.id for each in labels))
    _unique("attribute", (each.id for each in attributes))
    _unique("role or relation", [*(each.id for each in roles), *(each.id for each in relations)])
    cited = [clause for label in labels for clause in (*label.use_when, *label.avoid_when)]
    _unique("clause", (each.id for each in (*cited, *clauses)))


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name:
            raise CodebookError(f"Every {what} needs an id.")
        if name in seen:
            raise CodebookError(f"The codebook has the {what} id “{name}” twice.")
        seen.add(name)


def is_color(color: str) -> bool:
    """Whether a string is a colour as ``#rrggbb``."""
    return len(color) == 7 and color[0] == "#" and _HEX.issuperset(color[1:])


def _check_look(label: Label) -> None:
    color = label.color
    if not is_color(color):
        raise CodebookError(f"The colour of “{label.name}” must look like #2277aa, not “{color}”.")
    if label.line not in LINES:
        raise CodebookError(f"The line of “{label.name}” must be one of {', '.join(LINES)}, not “{label.line}”.")


def _check_keys(labels: Sequence[Label], relations: Sequence[Relation]) -> None:
    """Refuse two things with one key. A retired label keeps its key in the file, but no longer holds it."""
    holders: dict[str, str] = {}
    keyed: list[Label | Relation] = [*labels, *relations]
    for part in keyed:
        if not part.key:
            continue
        _check_key(part.name, part.key)
        if part.key[0].isdigit():
            raise CodebookError(f"The key of “{part.name}” cannot be {part.key}: digits choose values and targets.")
        if isinstance(part, Label) and part.retired:
            continue
        other = holders.setdefault(part.key.casefold(), part.name)
        if other != part.name:
            raise CodebookError(f"“{other}” and “{part.name}” have the same key, {part.key}.")


def _check_key(name: str, key: str) -> None:
    if len(key) != 1 or not key.isprintable() or key.isspace():
        raise CodebookError(f"The key of “{name}” must be one visible character, not “{key}”.")


def _check_attribute(attribute: Attribute) -> None:
    name = attribute.name
    if attribute.kind not in ATTRIBUTE_KINDS:
        raise CodebookError(
            f"The kind of the attribute “{name}” must be one of {', '.join(ATTRIBUTE_KINDS)}, not “{attribute.kind}”."
        )
    ids = [value.id for value in attribute.values]
    _unique(f"value of “{name}”,", ids)
    keys: set[str] = set()
    for value in attribute.values:
        if not value.key:
            continue
        _check_key(value.name, value.key)
        if value.key.casefold() in keys:
            raise CodebookError(f"Two values of “{name}” have the same key, {value.key}.")
        keys.add(value.key.casefold())
    if attribute.kind in ("choice", "choices"):
        if not ids:
            raise CodebookError(f"The attribute “{name}” has no values to choose from.")
        if attribute.default and attribute.default not in ids:
            raise CodebookError(f"The default of “{name}”, “{attribute.default}”, is not one of its values.")


def _check_known(name: str, labels: Iterable[str], known: frozenset[str]) -> None:
    for label_id in labels:
        if label_id not in known:
            raise CodebookError(f"“{name}” speaks of the label “{label_id}”, which the codebook does not have.")


def _check_role(role: Role, attributes: Iterable[Attribute]) -> None:
    if role.maximum and role.minimum > role.maximum:
        raise CodebookError(f"The role “{role.name}” asks for at least {role.minimum} and at most {role.maximum}.")
    if not role.empty_when:
        return
    name, _, value = role.empty_when.partition("=")
    for attribute in attributes:
        if attribute.id == name and role.frame in attribute.labels:
            if value and (
                attribute.kind not in ("choice", "choices") or value in {each.id for each in attribute.values}
            ):
                return
            break
    raise CodebookError(
        f"The role “{role.name}” is marked as empty by “{role.empty_when}”, but its frame has no such attribute or value."
        " Write attribute=value."
    )

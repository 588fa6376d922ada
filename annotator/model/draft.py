"""A codebook that somebody is changing: the same parts, but what does not hold together yet is kept and told."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role
from annotator.model.codebook_reading import GROUPS, read_fields

T = TypeVar("T")
Part = Label | Attribute | Role | Relation | Clause


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a codebook, whether or not they hold together; `faults` says where they do not."""

    name: str
    labels: tuple[Label, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()
    clauses: tuple[Clause, ...] = field(default=())
    description: str = ""

    @classmethod
    def of(cls, codebook: Codebook) -> "Draft":
        """Return the parts of a codebook."""
        return cls(**{each.name: getattr(codebook, each.name) for each in fields(cls)})

    def codebook(self, revision: int = 0) -> Codebook:
        """Return the parts as a codebook.

        Raises:
            CodebookError: they do not hold together.
        """
        return Codebook(**{each.name: getattr(self, each.name) for each in fields(self)}, revision=revision)

    def group(self, group: str) -> tuple[Part, ...]:
        """Return the parts of one of `GROUPS`."""
        found: tuple[Part, ...] = getattr(self, group)
        return found

    def part(self, group: str, part: str) -> Part | None:
        """Return one part by its id, or None."""
        return next((each for each in self.group(group) if each.id == part), None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; `from_dict` reads them back equal."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Draft":
        """Read what `to_dict` wrote.

        Raises:
            CodebookError: it has another shape.
        """
        return cls(**read_fields(content))


@dataclass(frozen=True, slots=True)
class Put:
    """Set one field of one part; with an empty group, of the codebook itself."""

    group: str
    part: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Add a part at the end of its group."""

    group: str
    new: Part


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Take a part out; what speaks of a label that goes no longer does."""

    group: str
    part: str


@dataclass(frozen=True, slots=True)
class Move:
    """Move a part so many places down its group, or up when negative."""

    group: str
    part: str
    by: int


Change = Put | Add | TakeOut | Move


def edited(draft: Draft, change: Change) -> Draft:
    """Return the draft with one change. What it speaks of and the draft does not have is left alone."""
    match change:
        case Put(group="", field=name, value=value):
            return replace(draft, **{name: value})
        case Put(group=group, part=part, field=name, value=value):
            new = tuple(replace(each, **{name: value}) if each.id == part else each for each in draft.group(group))
            return _with(draft, group, new)
        case Add(group=group, new=new_part):
            return _with(draft, group, (*draft.group(group), new_part))
        case TakeOut(group=group, part=part):
            kept = tuple(each for each in draft.group(group) if each.id != part)
            left = _with(draft, group, kept)
            return _without_label(left, part) if group == "labels" else left
        case Move(group=group, part=part, by=by):
            return _with(draft, group, _moved(draft.group(group), part, by))


def rebased(base: Codebook, mine: Draft, theirs: Codebook) -> Draft:
    """Return what `theirs` becomes when the changes from `base` to `mine` are made to it.

    Field by field: where both changed the same one, mine stays. What one side took out and the other changed is kept.
    """
    before, now = Draft.of(base), Draft.of(theirs)
    values: dict[str, Any] = {}
    for name in ("name", "description"):
        values[name] = _chosen(getattr(before, name), getattr(mine, name), getattr(now, name))
    for group in GROUPS:
        values[group] = _merged(before.group(group), mine.group(group), now.group(group))
    return Draft(**values)


def free_id(words: str, taken: Mapping[str, Any] | set[str]) -> str:
    """Return an id made of a name that nothing in `taken` has: ``source-type``, ``source-type-2`` …"""
    plain = "-".join("".join(each if each.isalnum() else " " for each in words.casefold()).split()) or "part"
    number, wanted = 1, plain
    while wanted in taken:
        number += 1
        wanted = f"{plain}-{number}"
    return wanted


def next_clause_id(stem: str, ever: set[str]) -> str:
    """Return the id of a new clause: `stem` and one more than the highest number that any clause ever had.

    `ever` are the ids of all revisions and of the draft, so that an id that was cited never means another sentence.
    """
    tails = [each.removeprefix(stem) for each in ever if each.startswith(stem)]
    return f"{stem}{max((int(each) for each in tails if each.isdecimal()), default=0) + 1}"


def clause_ids(book: Codebook | Draft) -> set[str]:
    """Return the ids of every clause of a codebook."""
    cited = [clause for label in book.labels for clause in (*label.use_when, *label.avoid_when)]
    return {clause.id for clause in (*cited, *book.clauses)}


def _with(draft: Draft, group: str, new: tuple[Part, ...]) -> Draft:
    values: dict[str, Any] = {group: new}
    return replace(draft, **values)


def _without_label(draft: Draft, label: str) -> Draft:
    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in ids if each != label)

    return replace(
        draft,
        attributes=tuple(replace(each, labels=left(each.labels)) for each in draft.attributes),
        roles=tuple(replace(each, labels=left(each.labels)) for each in draft.roles if each.frame != label),
        relations=tuple(
            replace(each, sources=left(each.sources), targets=left(each.targets)) for each in draft.relations
        ),
    )


def _moved(group: tuple[Part, ...], part: str, by: int) -> tuple[Part, ...]:
    places = [each.id for each in group]
    if part not in places:
        return group
    rest = list(group)
    here = places.index(part)
    moving = rest.pop(here)
    rest.insert(min(max(here + by, 0), len(rest)), moving)
    return tuple(rest)


def _chosen(before: T, mine: T, theirs: T) -> T:
    return theirs if mine == before else mine


def _merged(before: tuple[Part, ...], mine: tuple[Part, ...], theirs: tuple[Part, ...]) -> tuple[Part, ...]:
    old = {each.id: each for each in before}
    own = {each.id: each for each in mine}
    other = {each.id: each for each in theirs}
    result: dict[str, Part] = {}
    # The order is mine where I changed it, and theirs otherwise; what is new to either comes at its end.
    lead, follow = (own, other) if [*own] != [*old] else (other, own)
    for key in (*lead, *(each for each in follow if each not in lead)):
        if key in own and key in other:
            result[key] = _merged_part(old.get(key), own[key], other[key])
        else:
            kept = own.get(key) or other[key]
            if key not in old or kept != old[key]:
                result[key] = kept
    return tuple(result.values())


def _merged_part(before: Part | None, mine: Part, theirs: Part) -> Part:
    if before is None:
        return mine
    values: dict[str, Any] = {
        each.name: _chosen(getattr(before, each.name), getattr(mine, each.name), getattr(theirs, each.name))
        for each in fields(mine)
    }
    return type(mine)(**values)

"""What changed between two codebooks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.model.codebook import Clause, Codebook, Value

_PARTS = (
    ("labels", "label"),
    ("attributes", "attribute"),
    ("roles", "role"),
    ("relations", "relation"),
    ("clauses", "clause"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in two codebooks.

    Attributes:
        part: ``codebook``, ``label``, ``attribute``, ``role``, ``relation`` or ``clause``.
        id: the part's id; empty for the codebook itself.
        field: what of it; empty where the whole part was added or taken out.
        before, after: the values in words; empty where there is none.
    """

    part: str
    id: str
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        what = f"{self.part} {self.id}".strip()
        if not self.field:
            return f"{what}: {'taken out' if self.before else 'added'}"
        return f"{what}, {self.field}: {self.before or '–'} → {self.after or '–'}"


def compare(before: Codebook, after: Codebook) -> list[Difference]:
    """Return what is different in `after`: nothing when they are equal but for their revision."""
    found = [
        Difference("codebook", "", name, getattr(before, name), getattr(after, name))
        for name in ("name", "description")
        if getattr(before, name) != getattr(after, name)
    ]
    for name, part in _PARTS:
        found.extend(_parts(part, getattr(before, name), getattr(after, name)))
        order = [each.id for each in getattr(after, name)]
        old = [each.id for each in getattr(before, name)]
        if order != old and set(order) == set(old):
            found.append(Difference("codebook", "", f"order of {name}", ", ".join(old), ", ".join(order)))
    return found


def touched_labels(before: Codebook, after: Codebook) -> frozenset[str]:
    """Return the labels whose annotations a person should look at again: they, or what belongs to them, changed.

    Names, keys, colours, line styles and examples say nothing new about what is labelled. The name of a value does:
    often it is all there is.
    """
    one, other = _meaning(before), _meaning(after)
    touched: set[str] = set()
    for difference in compare(one, other):
        if difference.part == "label":
            touched.add(difference.id)
        for book in (one, other):
            touched.update(_labels_of(book, difference))
    return frozenset(touched)


def _meaning(book: Codebook) -> Codebook:
    """Return the codebook without what only concerns how it looks and is used."""
    return replace(
        book,
        labels=tuple(
            replace(each, name=each.id, key="", color="#000000", line="solid", examples=()) for each in book.labels
        ),
        attributes=tuple(
            replace(
                each,
                name=each.id,
                default="",
                values=tuple(sorted((replace(value, key="") for value in each.values), key=_id)),
            )
            for each in book.attributes
        ),
        roles=tuple(replace(each, name=each.id) for each in book.roles),
        relations=tuple(replace(each, name=each.id, key="") for each in book.relations),
    )


def _id(value: Value) -> str:
    return value.id


def _labels_of(book: Codebook, difference: Difference) -> Iterator[str]:
    if difference.part == "attribute":
        for attribute in book.attributes:
            if attribute.id == difference.id:
                yield from attribute.labels
    if difference.part == "role":
        yield from (role.frame for role in book.roles if role.id == difference.id)
    if difference.part == "relation":
        for relation in book.relations:
            if relation.id == difference.id:
                yield from relation.sources


def _parts(part: str, before: Iterable[Any], after: Iterable[Any]) -> Iterator[Difference]:
    old = {each.id: each for each in before}
    new = {each.id: each for each in after}
    for key, one in old.items():
        if key not in new:
            yield Difference(part, key, "", _words(one), "")
            continue
        for field in fields(one):
            was, now = getattr(one, field.name), getattr(new[key], field.name)
            if was != now:
                words = (_words(was), _words(now))
                if words[0] == words[1]:  # the same names in sum, so what differs is a key, a description, an id
                    words = (_every_word(was), _every_word(now))
                yield Difference(part, key, field.name.replace("_", " "), *words)
    for key, one in new.items():
        if key not in old:
            yield Difference(part, key, "", "", _words(one))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(_words(each) for each in value)
    return str(getattr(value, "text", None) or getattr(value, "name", None) or value)


def _every_word(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_every_word(each) for each in value)
    if isinstance(value, Value | Clause):
        return ", ".join(word for word in (getattr(value, field.name) for field in fields(value)) if word)
    return repr(value)

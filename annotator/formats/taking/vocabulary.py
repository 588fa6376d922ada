"""A codebook made of the words that files use: labels, attributes with their values, roles and relations."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.model.codebook import Attribute, Codebook, Label, Relation, Role, Value
from annotator.model.codebook_parts import LINES
from annotator.model.colour import SAFE

_MANY = 40
"""An attribute with more values than this is free text."""
_LONG = 80
FLAG = "yes"
"""The value of an attribute that is simply set."""


class Vocabulary:
    """Collects the words that are met. Ids are the words themselves, so that what was written comes back."""

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self._labels: dict[str, None] = {}
        self._values: dict[str, dict[str, None]] = {}
        self._bearers: dict[str, dict[str, None]] = {}
        self._several: set[str] = set()
        self._roles: dict[tuple[str, str], dict[str, None]] = {}
        self._relations: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        self._absent: set[str] = set()
        self._ids: dict[tuple[str, str], str] = {}

    def label(self, label: str, attributes: Iterable[tuple[str, str]] = ()) -> None:
        """Note a label that was met, with its attributes."""
        self._labels[label] = None
        seen: set[str] = set()
        for name, value in attributes:
            self._values.setdefault(name, {})[value] = None
            self._bearers.setdefault(name, {})[label] = None
            if name in seen:
                self._several.add(name)
            seen.add(name)

    def role(self, kind: str, frame: str, label: str) -> str:
        """Note a role that was met, and return its id: the word, unless it is another frame's already."""
        self._roles.setdefault((kind, frame), {})[label] = None
        return self._id(kind, frame)

    def relation(self, kind: str, source: str, target: str | None) -> str:
        """Note a relation that was met, and return its id."""
        sources, targets = self._relations.setdefault(kind, ({}, {}))
        sources[source] = None
        if target is None:
            self._absent.add(kind)
        else:
            targets[target] = None
        return self._id(kind, "")

    def _id(self, kind: str, frame: str) -> str:
        """Return the id of a role (of a frame) or a relation (of none): one word may stand for several."""
        known = self._ids.get((kind, frame))
        if known is None:
            known = self._own(kind, frame) or kind
            while known in self._ids.values():
                known = f"{known}-{frame or 'relation'}"
            self._ids[kind, frame] = known
        return known

    def _own(self, kind: str, frame: str) -> str:
        if self._codebook is None:
            return ""
        if frame:
            return next((each.id for each in self._codebook.roles if each.id == kind and each.frame == frame), "")
        return next((each.id for each in self._codebook.relations if each.id == kind), "")

    def codebook(self, name: str) -> Codebook | None:
        """Return what was met as a codebook (on top of the one that the files brought); None when it is nothing."""
        base = self._codebook
        labels = {each.id: each for each in base.labels} if base else {}
        for word in self._labels:
            labels.setdefault(word, label_of(word, len(labels)))
        if not labels:
            return None
        return replace(
            base or Codebook(name, tuple(labels.values())),
            labels=tuple(labels.values()),
            attributes=self._attributes(base.attributes if base else ()),
            roles=self._role_parts(base.roles if base else ()),
            relations=self._relation_parts(base.relations if base else ()),
        )

    def _attributes(self, known: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
        found = {each.id: each for each in known}
        for name, values in self._values.items():
            bearers = tuple(self._bearers[name])
            old = found.get(name)
            if old is None:
                found[name] = _attribute(name, bearers, tuple(values), several=name in self._several)
                continue
            more = tuple(Value(each, each) for each in values if each not in {value.id for value in old.values})
            listed = old.kind in ("choice", "choices")
            found[name] = replace(
                old,
                labels=tuple(dict.fromkeys((*old.labels, *bearers))),
                kind="choices" if old.kind == "choice" and name in self._several else old.kind,
                values=(*old.values, *more) if listed else old.values,
            )
        return tuple(found.values())

    def _role_parts(self, known: tuple[Role, ...]) -> tuple[Role, ...]:
        found = {each.id: each for each in known}
        for (kind, frame), labels in self._roles.items():
            key = self._id(kind, frame)
            old = found.get(key) or Role(key, kind, frame, ())
            found[key] = replace(old, labels=tuple(dict.fromkeys((*old.labels, *labels))))
        return tuple(found.values())

    def _relation_parts(self, known: tuple[Relation, ...]) -> tuple[Relation, ...]:
        found = {each.id: each for each in known}
        for kind, (sources, targets) in self._relations.items():
            key = self._id(kind, "")
            old = found.get(key) or Relation(key, kind, (), ())
            found[key] = replace(
                old,
                sources=tuple(dict.fromkeys((*old.sources, *sources))),
                targets=tuple(dict.fromkeys((*old.targets, *targets))),
                absent=old.absent or kind in self._absent,
            )
        return tuple(found.values())


def label_of(word: str, number: int) -> Label:
    """Return a label for a word that was met, with the next colour and line."""
    colors = tuple(SAFE.values())
    line = LINES[number // len(colors) % len(LINES)]
    return Label(word, word, "", colors[number % len(colors)], line)


def _attribute(name: str, labels: tuple[str, ...], values: tuple[str, ...], *, several: bool) -> Attribute:
    if values == (FLAG,):
        return Attribute(name, name, labels, kind="flag")
    if not several and (len(values) > _MANY or any(len(each) > _LONG for each in values)):
        return Attribute(name, name, labels, kind="text")
    kind = "choices" if several else "choice"
    return Attribute(name, name, labels, kind, tuple(Value(each, each) for each in values))

"""Words for labels that came with an import, found in the project's codebook or added to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from annotator.formats.record import ArticleRecord, Reading
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Attribute, Codebook, Label, Relation, Role
from annotator.model.codebook_parts import Value
from annotator.model.errors import ExchangeError

Part = Label | Attribute | Role | Relation | Value


@dataclass(frozen=True, slots=True)
class Adopted:
    """A reading in the words of a project.

    Attributes:
        codebook: the project's, with what was added.
        added: what was added, in words (``the label “Cue”``); empty when every word was found.
        found: pairs of a word of the files and the id of the project's label that it was taken for, where they differ.
    """

    records: tuple[ArticleRecord, ...]
    codebook: Codebook
    added: tuple[str, ...]
    found: tuple[tuple[str, str], ...]


def adopt(own: Codebook, reading: Reading, mapping: Mapping[str, str]) -> Adopted:
    """Return the records of a reading with labels, attributes, values, roles and relations of `own`.

    A label is what `mapping` says, or the one with that id or name (case does not matter), or a new one. The same holds
    for values, attributes (of labels that have them), roles (of the frame) and relations.

    Raises:
        ExchangeError: `mapping` speaks of a label that `own` does not have.
    """
    if reading.project is None or not reading.project.codebooks:
        return Adopted(reading.records, own, (), ())
    words = _Words(own, reading.project.codebooks[-1], mapping)
    for annotation in (each for record in reading.records for each in record.annotations):
        words.use(annotation)
    labels = {each.id: each.label for record in reading.records for each in record.annotations}
    for link in (each for record in reading.records for each in record.links):
        if link.origin_id in labels:
            words.use_link(link, labels[link.origin_id], labels.get(link.target) if link.target else None)
    found = tuple((word, each) for word, each in words.labels.items() if word != each and each in words.known)
    return Adopted(tuple(words.record(each) for each in reading.records), words.codebook(), tuple(words.added), found)


class _Words:
    """Finds each word once. `labels`, `kinds` and `pairs` map the files' words to the codebook's ids."""

    def __init__(self, own: Codebook, foreign: Codebook, mapping: Mapping[str, str]) -> None:
        self.own, self.foreign, self.mapping = own, foreign, mapping
        self.labels: dict[str, str] = {}
        self.kinds: dict[tuple[str, str], str] = {}
        self.pairs: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.added: list[str] = []
        self._labels_of: dict[str, str] = {}
        self.known = [each.id for each in own.labels]
        for word, label in mapping.items():
            if label not in self.known:
                known = ", ".join(self.known)
                raise ExchangeError(
                    f"“{word}” cannot become “{label}”: the codebook has no such label. It has: {known}."
                )
        self._labels = {each.id: each for each in self.own.labels}
        self._attributes = {each.id: each for each in self.own.attributes}
        self._roles = {each.id: each for each in self.own.roles}
        self._relations = {each.id: each for each in self.own.relations}

    def codebook(self) -> Codebook:
        """Return the project's codebook with what was added."""
        return replace(
            self.own,
            labels=tuple(self._labels.values()),
            attributes=tuple(self._attributes.values()),
            roles=tuple(self._roles.values()),
            relations=tuple(self._relations.values()),
        )

    def record(self, record: ArticleRecord) -> ArticleRecord:
        """Return a record in the project's words."""
        return replace(
            record,
            annotations=tuple(self._annotation(each) for each in record.annotations),
            links=tuple(self._link(each) for each in record.links),
        )

    def _kind(self, link: Link) -> str:
        return self.kinds.get((link.kind, self._labels_of.get(link.origin_id, "")), link.kind)

    def _link(self, link: Link) -> Link:
        kind = self._kind(link)
        return link if kind == link.kind else replace(link, kind=kind)

    def _annotation(self, annotation: Annotation) -> Annotation:
        label = annotation.label
        attributes = tuple(sorted({self.pairs[label, name, value] for name, value in annotation.attributes}))
        if (self.labels[label], attributes) == (label, annotation.attributes):
            return annotation
        return replace(annotation, label=self.labels[label], attributes=attributes)

    def use(self, annotation: Annotation) -> None:
        """Find the words of an annotation."""
        label = annotation.label
        if label not in self.labels:
            self.labels[label] = self._label(self.foreign.label(label))
        for name, value in annotation.attributes:
            if (label, name, value) not in self.pairs:
                several = len(annotation.values(name)) > 1
                self.pairs[label, name, value] = self._pair(label, name, value, several=several)
            elif len(annotation.values(name)) > 1:
                self._allow_several(self.pairs[label, name, value][0])

    def _label(self, label: Label) -> str:
        found = self.mapping.get(label.id) or self.mapping.get(label.name) or _find(self._labels.values(), label)
        if found:
            return found
        clash = _keys(self._labels.values(), self._relations.values())
        self._labels[label.id] = replace(
            label,
            key="" if label.key.casefold() in clash else label.key,
            use_when=(),
            avoid_when=(),
            retired=False,
        )
        self.added.append(f"the label “{label.name}”")
        return label.id

    def _pair(self, label: str, name: str, value: str, *, several: bool) -> tuple[str, str]:
        """Return the ids of an attribute and a value of it."""
        bearer = self.labels[label]
        foreign = next(each for each in self.foreign.attributes if each.id == name)
        attribute = self._attribute(foreign, bearer)
        if several:
            self._allow_several(attribute.id)
            attribute = self._attributes[attribute.id]
        if attribute.kind not in ("choice", "choices"):
            return attribute.id, value
        word = next((each for each in foreign.values if each.id == value), Value(value, value))
        found = _find(attribute.values, word)
        if not found:
            self._attributes[attribute.id] = replace(attribute, values=(*attribute.values, replace(word, key="")))
            self.added.append(f"the value “{word.name}” of “{attribute.name}”")
        return attribute.id, found or word.id

    def _attribute(self, foreign: Attribute, bearer: str) -> Attribute:
        """Return the attribute that `foreign` is in this codebook, and let the label `bearer` have it."""
        fitting = [each for each in self._attributes.values() if _same_kind(each, foreign)]
        having = [each for each in fitting if bearer in each.labels]
        found = _find(having, foreign) or _find((each for each in fitting if each.id == foreign.id), foreign)
        if not found:
            key = _own_id(foreign.id, self._attributes)
            self._attributes[key] = replace(foreign, id=key, labels=(bearer,), required=False)
            self.added.append(f"the attribute “{foreign.name}”")
            return self._attributes[key]
        attribute = self._attributes[found]
        if bearer not in attribute.labels:
            self._attributes[found] = attribute = replace(attribute, labels=(*attribute.labels, bearer))
            self.added.append(f"the attribute “{attribute.name}” for “{self._labels[bearer].name}”")
        return attribute

    def _allow_several(self, key: str) -> None:
        attribute = self._attributes[key]
        if attribute.kind == "choice":
            self._attributes[key] = replace(attribute, kind="choices")
            self.added.append(f"several values at once for “{attribute.name}”")

    def use_link(self, link: Link, source: str, target: str | None) -> None:
        """Find the word of a link that leads from one label (of the files) to another.

        Where files do not tell roles from relations, what is the word of a role of the frame that it leaves is that role.
        """
        self._labels_of[link.origin_id] = source
        found = self.foreign.link_kind(link.kind)
        frame, label = self.labels[source], self.labels[target] if target else None
        if found is None:
            return
        known = (link.kind, source)
        key = self.kinds.get(known) or _find((each for each in self._roles.values() if each.frame == frame), found)
        if label is not None and (key in self._roles or (not key and isinstance(found, Role))):
            self.kinds[known] = self._role(key, found, frame, label)
        else:
            self.kinds[known] = self._relation(found, frame, label)

    def _role(self, key: str, word: Role | Relation, frame: str, label: str) -> str:
        if not key:
            key = _own_id(word.id, {**self._roles, **self._relations})
            self._roles[key] = Role(key, word.name, frame, (label,), description=word.description)
            self.added.append(f"the role “{word.name}” of “{self._labels[frame].name}”")
        own = self._roles[key]
        if label not in own.labels:
            self._roles[key] = replace(own, labels=(*own.labels, label))
            self.added.append(f"“{self._labels[label].name}” as “{own.name}” of “{self._labels[own.frame].name}”")
        return key

    def _relation(self, word: Role | Relation, source: str, target: str | None) -> str:
        key = _find(self._relations.values(), word)
        if not key:
            key = _own_id(word.id, {**self._roles, **self._relations})
            made = Relation(key, word.name, (), ())
            if isinstance(word, Relation):
                clash = _keys(self._labels.values(), self._relations.values())
                letter = "" if word.key.casefold() in clash else word.key
                made = replace(word, id=key, sources=(), targets=(), absent=False, required=False, key=letter)
            self._relations[key] = made
            self.added.append(f"the relation “{word.name}”")
        own = self._relations[key]
        new = replace(
            own,
            sources=own.sources if source in own.sources else (*own.sources, source),
            targets=own.targets if target is None or target in own.targets else (*own.targets, target),
            absent=own.absent or target is None,
        )
        if new != own:
            if own.sources:  # a new relation is told of once
                self.added.append(f"other ends for the relation “{own.name}”")
            self._relations[key] = new
        return key


def _keys(labels: Iterable[Label], relations: Iterable[Relation]) -> set[str]:
    parts: list[Label | Relation] = [*labels, *relations]
    return {part.key.casefold() for part in parts}


def _find(parts: Iterable[Part], word: Part) -> str:
    """Return the id of the part whose id, else whose name, is that of `word`; empty when there is none."""
    parts = list(parts)
    wanted = (word.id, word.name)
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda part, _: part == wanted[0],
        lambda part, name: part.casefold() == wanted[0].casefold() or name.casefold() == wanted[1].casefold(),
    )
    return next((part.id for test in tests for part in parts if test(part.id, part.name)), "")


def _own_id(key: str, used: Iterable[str]) -> str:
    used, made, number = set(used), key, 1
    while made in used:
        number += 1
        made = f"{key}-{number}"
    return made


def _same_kind(own: Attribute, foreign: Attribute) -> bool:
    """Whether values of the one can be values of the other."""
    kinds = {"choice": "choice", "choices": "choice", "flag": "flag", "text": "text"}
    if own.kind == "text":
        return foreign.kind != "flag"
    return kinds[own.kind] == kinds[foreign.kind]

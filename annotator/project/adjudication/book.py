"""What adjudication asks of a codebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Fits:
    """The labels that a role or relation may leave, and those that it may lead to."""

    leaves: frozenset[str]
    leads: frozenset[str]


@dataclass(frozen=True)
class Book:
    """What adjudication asks of a codebook, looked up once."""

    codebook: Codebook

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Places of the labels, by id."""
        return {label.id: place for place, label in enumerate(self.codebook.labels)}

    @cached_property
    def clauses(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the clauses of each label."""
        return {
            label.id: tuple(clause.id for clause in (*label.use_when, *label.avoid_when))
            for label in self.codebook.labels
        }

    def clauses_of(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the clauses of some labels."""
        known = self._known_clauses
        if labels not in known:
            known[labels] = tuple(clause for label in labels for clause in self.clauses.get(label, ()))
        return known[labels]

    @cached_property
    def _known_clauses(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The clauses of labels that were asked for: the same few of thousands of disagreements."""
        return {}

    @cached_property
    def roles(self) -> frozenset[str]:
        """Ids of the roles."""
        return frozenset(role.id for role in self.codebook.roles)

    @cached_property
    def symmetric(self) -> frozenset[str]:
        """Ids of the relations without direction."""
        return frozenset(relation.id for relation in self.codebook.relations if relation.symmetric)

    def fits(self, kind: str) -> Fits | None:
        """Return what a role or relation may join; None where the codebook has it no more."""
        return self._fits.get(kind)

    @cached_property
    def _fits(self) -> Mapping[str, Fits]:
        roles = {role.id: Fits(frozenset({role.frame}), frozenset(role.labels)) for role in self.codebook.roles}
        relations = {}
        for each in self.codebook.relations:
            leaves, leads = frozenset(each.sources), frozenset(each.targets)
            relations[each.id] = Fits(leaves | leads, leaves | leads) if each.symmetric else Fits(leaves, leads)
        return roles | relations

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return labels in the order of the codebook, each once."""
        some = set(labels)
        if len(some) < 2:
            return tuple(some)
        return tuple(sorted(some, key=lambda each: (self.places.get(each, len(self.places)), each)))

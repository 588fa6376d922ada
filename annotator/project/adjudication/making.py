"""What comes of decisions about one article: gold labels, gold links, certificates. A function of values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.model.adjudication import Decision, Disagreement, Draft, Outcome
from annotator.model.article import State
from annotator.model.codebook import Role
from annotator.model.errors import RuleError
from annotator.model.ids import id_of
from annotator.model.rules import is_joined
from annotator.model.span import Fragment, Span
from annotator.model.versions import Mark, Version
from annotator.project.adjudication.cases import of_group, of_join
from annotator.project.adjudication.grouping import Fragments, common, joined
from annotator.project.adjudication.joins import Join, key_of
from annotator.project.adjudication.scene import Scene

Link = tuple[str, str, str | None]
"""A gold link: kind, and the gold labels that it leaves and leads to (None: not in this article)."""
Resolve = Callable[[str], str | None]
"""Returns the gold label that stands for a label of another article; None when there is none."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Who decides, why, and when."""

    annotator: str = ""
    reason: str = ""
    note: str = ""
    clause: str = ""
    thread: str = ""
    codebook: int = 1
    time: str = ""


@dataclass
class Making:
    """Decisions about one article that are being made, and what they make of its gold.

    Attributes:
        scene: what stands before.
        gold_id: id of the gold layer.
        gold: gold labels as they will stand.
        decisions: the decisions as they will stand, by id.
        links: gold links that somebody asked for, and where to: the label of an annotator stands for the gold one.
        anew: gold labels that are decided about once more: of their links only those stay that follow.
    """

    scene: Scene
    gold_id: str
    gold: dict[str, Mark] = field(init=False)
    decisions: dict[str, Decision] = field(init=False)
    links: list[Link] = field(default_factory=list, init=False)
    anew: set[str] = field(default_factory=set, init=False)
    _after: Scene | None = field(default=None, init=False)
    _alike: dict[tuple[str, Fragments], str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.gold = dict(self.scene.gold)
        self.decisions = {each.id: each for each in self.scene.decisions}

    def decide_group(
        self, number: int, outcome: Outcome, drafts: Sequence[Draft], facts: Facts, found: Disagreement | None = None
    ) -> Decision:
        """Decide about a group: `drafts` are all that is gold of it."""
        found = found or of_group(self.scene, number)
        old = self.scene.decisions_of(number)
        loose = self._forget(old, keep=found.id)
        self.anew.update(each for one in old for each in one.gold)
        made = Decision(
            id=found.id,
            article=self.scene.article,
            kind=found.kind,
            part="",
            start=found.start,
            end=found.end,
            held=self.scene.held_of(number),
            outcome=outcome,
            gold=self._labels(found.id, drafts)
            if outcome is not Outcome.ASKED
            else self.scene.gold_of(number),  # what was decided before stands until it is decided anew
            **_written(facts, old),
        )
        self._keep(made, loose)
        return made

    def decide_join(self, join: Join, outcome: Outcome, targets: Sequence[str | None], facts: Facts) -> Decision:
        """Decide about links: those to `targets` hold, no other of this kind from that group does."""
        found = of_join(self.scene, join)
        old = self.scene.decisions_of_join(join)
        loose = self._forget(old, keep=found.id)
        made = Decision(
            id=found.id,
            article=self.scene.article,
            kind=found.kind,
            part=join.kind,
            start=found.start,
            end=found.end,
            held=self.scene.held_in(join),
            outcome=outcome,
            targets=tuple(dict.fromkeys(targets)),
            **_written(facts, old),
        )
        self._keep(made, loose)
        return made

    def decide_lost(self, found: Disagreement, facts: Facts) -> Decision:
        """Decide that nothing stays of what was decided about labels that are gone."""
        old = self.decisions[found.id]
        made = replace(old, outcome=Outcome.NONE, gold=(), targets=(), **_written(facts, [old]))
        self._keep(made, ())
        return made

    def take_back(self, decision: Decision) -> None:
        """Take a decision away with the gold that came of it."""
        self._sweep(self._forget([decision]))

    def _forget(self, old: Iterable[Decision], keep: str = "") -> list[str]:
        """Take decisions away but one; return the gold labels that came of them."""
        self._after = None
        gone = [self.decisions.pop(each.id) for each in old if each.id != keep and each.id in self.decisions]
        return [each for one in gone for each in one.gold]

    def _keep(self, made: Decision, loose: Sequence[str]) -> None:
        """Take a decision over; gold of earlier ones (`loose`, and of its own) that nothing speaks of any more goes."""
        self._after = None
        old = self.decisions.get(made.id)
        self.decisions[made.id] = made
        self._sweep([*loose, *(old.gold if old else ())])

    def _sweep(self, candidates: Sequence[str]) -> None:
        if candidates:
            spoken = {each for decision in self.decisions.values() for each in decision.gold}
            for each in candidates:
                if each not in spoken:
                    self.gold.pop(each, None)
            self._alike = None

    def _labels(self, decision: str, drafts: Sequence[Draft]) -> tuple[str, ...]:
        """Make gold labels, and ask for their links; return their ids, each once."""
        keys = [self._label(decision, place, draft) for place, draft in enumerate(drafts)]
        for key, draft in zip(keys, drafts, strict=True):
            ends = ((kind, keys[target] if isinstance(target, int) else target) for kind, target in draft.links)
            self.links.extend((kind, key, target) for kind, target in ends)
        return tuple(dict.fromkeys(keys))

    def _label(self, decision: str, place: int, draft: Draft) -> str:
        """Make a gold label and return its id; one that is there already serves."""
        key = id_of(decision, "gold", str(place))
        fragments = tuple((start, end) for start, end in draft.span.fragments)
        mark = Mark(key, self.gold_id, draft.label, fragments, tuple(sorted(set(draft.attributes))))
        if self._alike is None:
            self._alike = {}
            for each in self.gold.values():
                self._alike.setdefault((each.label, each.fragments), each.annotation)
        key = self._alike.setdefault((mark.label, fragments), key)
        if key in self.gold and self.gold[key][2:4] != mark[2:4]:
            self._alike = None  # what had that id lies elsewhere now
        self.gold[key] = mark if key == mark.annotation else mark._replace(annotation=key)
        return key

    def sign(self, facts: Facts) -> int:
        """Say who made the decisions that are new here, and when; return how many these are."""
        self._after = None
        old = {each.id: each for each in self.scene.decisions}
        new = [each for key, each in self.decisions.items() if old.get(key) != each]
        for each in new:
            made_at = each.made_at or facts.time
            self.decisions[each.id] = replace(
                each, annotator=facts.annotator, codebook=facts.codebook, made_at=made_at, changed_at=facts.time
            )
        return len(new)

    def after(self) -> Scene:
        """Return the scene as it will be."""
        if self._after is None:
            self._after = self.scene.after(list(self.decisions.values()), dict(self.gold))
        return self._after

    def rest(self) -> None:
        """Let go of the scene as it will be: a rule has thousands of these lie until somebody accepts."""
        self._after = None

    def regilded(self) -> list[str]:
        """Return the annotators' labels for which another gold label will stand than did, or one at last."""
        before, after = self.scene, self.after()
        every = before.gold.keys() | after.gold.keys()
        moved = {key for key in every if before.gold.get(key) is not after.gold.get(key)}
        old, new = before.told_of_groups, after.told_of_groups
        touched = [  # few are, of very many
            number
            for number in sorted(old.keys() | new.keys())
            if old.get(number) != new.get(number) or any(key in moved for told in old[number] for key in told.gold)
        ]
        return [
            mark.annotation
            for number in touched
            if before.marks_of(number) != after.marks_of(number)
            for mark in before.groups[number]
        ]

    def state(self) -> State:
        """Return how far gold will be with the article."""
        if not self.after().is_done:
            return State.IN_PROGRESS if self.decisions else State.NEW
        return State.DONE if self.gold else State.EMPTY


def _written(facts: Facts, old: Sequence[Decision]) -> dict[str, Any]:
    """Return the fields of a decision that do not depend on what it is about."""
    first = min((each.made_at for each in old), default=facts.time)
    thread = facts.thread or next((each.thread for each in old if each.thread), "")
    return {
        "annotator": facts.annotator,
        "reason": facts.reason,
        "note": facts.note,
        "clause": facts.clause,
        "thread": thread,
        "codebook": facts.codebook,
        "made_at": first,
        "changed_at": facts.time,
    }


def drafts_of(
    found: Disagreement, outcome: Outcome, *, version: int = 0, drafts: Sequence[Draft] = (), label: str = ""
) -> tuple[Draft, ...]:
    """Return what a decision about labels makes gold.

    Raises:
        RuleError: it cannot be; the sentence says why.
    """
    match outcome:
        case Outcome.NONE | Outcome.ASKED:
            return ()
        case Outcome.EDITED:
            if not drafts:
                raise RuleError("Nothing was marked. To say that no span is right here, choose that.")
            return tuple(drafts)
        case Outcome.UNION | Outcome.OVERLAP:
            return (_combined(found, outcome, label),)
    chosen = _version(found, version)
    return tuple(Draft(mark.label, mark.span, mark.attributes) for mark in chosen.marks)


def _version(found: Disagreement, version: int) -> Version:
    if not 0 <= version < len(found.versions):
        raise RuleError(f"There are {len(found.versions)} versions here, and {version + 1} is none of them.")
    return found.versions[version]


def _combined(found: Disagreement, outcome: Outcome, label: str) -> Draft:
    having = [version.marks for version in found.versions if version.marks]
    if not having:
        raise RuleError("Nobody has anything there.")
    label = label or having[0][0].label
    spans = [joined(mark.fragments for mark in marks) for marks in having]
    fragments = joined(spans) if outcome is Outcome.UNION else common(spans)
    if not fragments:
        raise RuleError("The versions have no character in common.")
    values: dict[str, set[tuple[str, ...]]] = {}
    for marks in having:
        for mark in marks:
            if mark.label == label:
                for name in {name for name, _ in mark.attributes}:
                    mine = tuple(value for other, value in mark.attributes if other == name)
                    values.setdefault(name, set()).add(mine)
    attributes = tuple((name, value) for name, some in values.items() if len(some) == 1 for value in next(iter(some)))
    return Draft(label, Span(tuple(Fragment(start, end) for start, end in fragments)), attributes)


def targets_of(
    join: Join,
    found: Disagreement,
    outcome: Outcome,
    *,
    version: int = 0,
    targets: Sequence[str | None] = (),
) -> tuple[str | None, ...]:
    """Return where the links lead that a decision lets hold.

    Raises:
        RuleError: it cannot be; the sentence says why.
    """
    match outcome:
        case Outcome.NONE | Outcome.ASKED:
            return ()
        case Outcome.EDITED:
            return tuple(targets)
        case Outcome.UNION:
            return tuple(join.pairs(key)[0][1] for key in sorted(join.keys))
        case Outcome.OVERLAP:
            shared = [key for key in sorted(join.keys) if all(key in some for some in join.ends.values())]
            if not shared:
                raise RuleError("No link is common to all versions.")
            return tuple(join.pairs(key)[0][1] for key in shared)
    return tuple(_version(found, version).targets)


def gold_links(scene: Scene, resolve: Resolve) -> set[Link]:
    """Return the links between gold labels that follow from what all who could link have, and from decisions."""
    book = scene.book.codebook
    made: list[Link] = []
    for join in scene.joins:
        decision = scene.is_settled(join)
        pairs: list[list[tuple[str, str | None]]]
        if decision is not None:
            leaves = [mark.annotation for mark in scene.groups[join.origin]]
            pairs = []
            for target in decision.targets:
                key = key_of(target, scene.home, scene.elsewhere)
                known = join.pairs(key) if key is not None else []
                pairs.append([*known, *((each, target) for each in leaves)])
        else:
            pairs = [join.pairs(key) for key in sorted(join.agreed)]
        for some in pairs:
            link = _first(scene, join.kind, some, resolve)
            if link is not None:
                made.append(link)
    fitting = [
        (kind, origin, target)
        for kind, origin, target in made
        if is_joined(book, kind, scene.gold[origin].label, _label_of(scene, target))
        or (target is not None and target not in scene.gold)
    ]
    return set(_at_most(scene, fitting))


def _label_of(scene: Scene, target: str | None) -> str | None:
    return scene.gold[target].label if target is not None and target in scene.gold else None


def _first(scene: Scene, kind: str, some: Iterable[tuple[str, str | None]], resolve: Resolve) -> Link | None:
    for leaves, leads in some:
        origin = scene.gold_for(leaves)
        if origin is None:
            continue
        target = None if leads is None else gold_of(scene, leads, resolve)
        if origin != target and (leads is None or target is not None):
            return (kind, origin, target)
    return None


def gold_of(scene: Scene, annotation: str, resolve: Resolve) -> str | None:
    """Return the gold label that stands for a label of this article or, by `resolve`, of another one."""
    is_here = annotation in scene.home or annotation in scene.gold
    return scene.gold_for(annotation) if is_here else resolve(annotation)


def _at_most(scene: Scene, made: Sequence[Link]) -> list[Link]:
    """Return links without those that are more than a role can have."""
    roles: Mapping[str, Role] = {role.id: role for role in scene.book.codebook.roles}
    kept: list[Link] = []
    for kind, origin, target in dict.fromkeys(made):
        most = roles[kind].maximum if kind in roles else 0
        if not most or sum(each[:2] == (kind, origin) for each in kept) < most:
            kept.append((kind, origin, target))
    return kept


def obstacle(found: Disagreement, outcome: Outcome) -> str:
    """Return why a disagreement cannot be decided so, as a sentence; empty when it can."""
    if outcome not in (Outcome.UNION, Outcome.OVERLAP):
        return ""
    if found.part:
        has_all = outcome is Outcome.UNION or all(version.targets for version in found.versions)
        return "" if has_all else "No link is common to all versions."
    try:
        _combined(found, outcome, "")
    except RuleError as error:
        return str(error)
    return ""

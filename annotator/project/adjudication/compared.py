"""What an annotator had where something was decided, beside what was decided: a function of values."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.adjudication import Decision
from annotator.model.versions import Mark
from annotator.project.adjudication.joins import key_of
from annotator.project.adjudication.scene import Scene

SAME = "same"
EXTRA = "extra"
FATES = (SAME, "missed", EXTRA, "category", "structure", "boundary", "attribute", "role", "target")
"""What became of it. Same: it is gold. Missed: gold has something there, the annotator nothing. Extra: the annotator has
something there, gold nothing. The others as with disagreements."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One annotator's work in one place that was decided about.

    Attributes:
        fate: one of `FATES`.
        mine: the annotator's labels there; `gold`: those that are gold. Of links: those that they leave.
        led, leads: of links: ids of the labels that the annotator's and the gold ones lead to; None: not in this article.
    """

    decision: Decision
    fate: str
    mine: tuple[Mark, ...]
    gold: tuple[Mark, ...]
    led: tuple[str | None, ...] = ()
    leads: tuple[str | None, ...] = ()


def compared(scene: Scene, annotator: str) -> Iterator[Compared]:
    """Yield what an annotator had in the places of one article that are decided about as they stand."""
    for told in scene.settled.values():
        decision = told.decision
        mine = next((each.marks for each in decision.held if each.annotator == annotator), None)
        if mine is not None:
            gold = tuple(scene.gold[each] for each in decision.gold)
            if mine or gold:
                yield Compared(decision, fate(mine, gold), mine, gold)
    for join in scene.joins:
        made = scene.is_settled(join)
        if made is None or annotator not in join.ends:
            continue
        group = scene.groups[join.origin]
        own = tuple(mark for mark in group if mark.annotator == annotator)
        led = join.targets(annotator)
        keys = {key_of(each, scene.home, scene.elsewhere) for each in made.targets}
        kind = SAME if keys == set(join.ends[annotator]) else made.kind
        gold = tuple(scene.gold[each] for each in scene.gold_of(join.origin))
        yield Compared(made, kind, own, gold, led, made.targets)


def fate(mine: tuple[Mark, ...], gold: tuple[Mark, ...]) -> str:
    """Return what became of labels beside gold ones of the same place. Values that somebody has not set do not differ."""
    if not mine:
        return "missed"
    if not gold:
        return EXTRA
    if {mark.label for mark in mine} != {mark.label for mark in gold}:
        return "category"
    if len(mine) != len(gold):
        return "structure"
    places = {(mark.label, mark.fragments): mark for mark in gold}
    if {(mark.label, mark.fragments) for mark in mine} != places.keys():
        return "boundary"
    same = all(_agree(mark, places[mark.label, mark.fragments]) for mark in mine)
    return SAME if same else "attribute"


def _agree(one: Mark, other: Mark) -> bool:
    values = [_by_name(each) for each in (one, other)]
    return all(values[0][name] == values[1][name] for name in values[0].keys() & values[1].keys())


def _by_name(mark: Mark) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, value in mark.attributes:
        found.setdefault(name, set()).add(value)
    return found

"""What needs no person: agreed places are accepted by a rule, as a function of values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.model.adjudication import RULES, Cell, Decision, Disagreement, Draft, Outcome
from annotator.model.errors import RuleError
from annotator.model.versions import Mark, alike
from annotator.project.adjudication.cases import found, of_group
from annotator.project.adjudication.joins import Join
from annotator.project.adjudication.making import Facts, Making
from annotator.project.adjudication.reading import Progress, Source, opened, scenes
from annotator.project.garbage import left_lying

_BY_RULE = (Outcome.RULE, Outcome.AGREED)


@dataclass(frozen=True)
class RulePlan:
    """What a rule would accept.

    Attributes:
        position: how many steps the project had when this was drafted.
        labels: how many gold labels come of it; `nothing`: how many places where more than half have nothing.
        links: how many disputed roles and relations it decides.
        articles: how many articles it touches; `left`: how many disagreements stay for people.
    """

    rule: str
    position: int
    makings: tuple[Making, ...] = field(repr=False, default=())
    labels: int = 0
    nothing: int = 0
    links: int = 0
    left: int = 0

    @property
    def articles(self) -> int:
        """How many articles it touches."""
        return len(self.makings)

    @property
    def rows(self) -> int:
        """About how many rows accepting it writes: labels and links, and a decision for each place."""
        return 2 * self.labels + self.nothing + 2 * self.links


def check_rule(rule: str) -> None:
    """Refuse a rule that there is not.

    Raises:
        RuleError: there is no such rule.
    """
    if rule not in RULES:
        raise RuleError(f"There is no rule “{rule}”. There are: {', '.join(RULES)}.")


def draft_rule(
    source: Source,
    rule: str,
    position: int,
    cell: Cell,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RulePlan:
    """Return what a rule would accept in the articles of a cell; nothing is changed.

    Raises:
        RuleError: there is no such rule.
        StoppedError: `cancelled` said so.
    """
    check_rule(rule)
    makings: list[Making] = []
    labels = nothing = links = left = 0
    with left_lying():
        for scene in scenes(source, cell, progress=progress, cancelled=cancelled):
            making = Making(scene, source.gold)
            made = ruled(making, rule, Facts(codebook=source.codebook.revision)) if rule != "none" else []
            labels += sum(len(each.gold) for each in made)
            nothing += sum(not each.gold and not each.part for each in made)
            links += sum(bool(each.part) for each in made)
            left += len(found(making.after(), agreed=False))
            if made:
                making.rest()
                makings.append(making)
    return RulePlan(rule, position, tuple(makings), labels, nothing, links, left)


def ruled(making: Making, rule: str, facts: Facts) -> list[Decision]:
    """Decide what a rule decides in one article, and return these decisions.

    What a person has decided or asked about is left to people, also where labels have changed since.
    """
    scene = making.scene
    made = []
    for number in range(len(scene.groups)):
        if number in scene.settled or any(each.outcome not in _BY_RULE for each in scene.decisions_of(number)):
            continue
        place = of_group(scene, number)
        marks = alike(scene.held_of(number)) if place.is_agreed else most(place, len(scene.pool), rule)
        if marks is not None:
            outcome = Outcome.AGREED if place.is_agreed else Outcome.RULE
            drafts = [Draft(mark.label, mark.span, mark.attributes) for mark in marks]
            made.append(making.decide_group(number, outcome, drafts, facts, place))
    if rule == "majority":
        after = making.after()
        for join in after.joins:
            told = after.decisions_of_join(join)
            if not join.disputed or after.is_settled(join) or any(each.outcome not in _BY_RULE for each in told):
                continue
            targets = _targets(join)
            if targets is not None:
                made.append(making.decide_join(join, Outcome.RULE, targets, facts))
    return made


def most(place: Disagreement, pool: int, rule: str) -> tuple[Mark, ...] | None:
    """Return the labels that a rule takes where not all agree; None when it leaves the choice to people.

    ``majority``: what more than half of those who finished the article have, be it nothing.
    """
    if rule != "majority":
        return None
    return next((each.marks for each in place.versions if 2 * len(each.annotators) > pool), None)


def _targets(join: Join) -> list[str | None] | None:
    """Return where links lead that more than half of those make who could; None where a half makes one."""
    kept = [join.pairs(key)[0][1] for key in sorted(join.agreed)]
    for key in sorted(join.disputed):
        able = join.able[key]
        has = sum(key in join.ends[who] for who in able)
        if 2 * has == len(able):
            return None
        if 2 * has > len(able):
            kept.append(join.pairs(key)[0][1])
    return kept


def draft_rule_of(
    path: Path | str,
    rule: str,
    cell: Cell | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RulePlan:
    """Return what a rule would accept in the project at a path, which is opened for reading: in any thread.

    Raises:
        ProjectFileError: the project cannot be read.
        RuleError: there is no such rule.
        StoppedError: `cancelled` said so.
    """
    with opened(Path(path)) as (source, position):
        return draft_rule(source, rule, position, cell or Cell(), progress=progress, cancelled=cancelled)

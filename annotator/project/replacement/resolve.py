"""From a plan and what somebody has decided to what is to be written. A function of values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, Block, BlockKind, Metadatum
from annotator.model.errors import RuleError
from annotator.model.span import Fragment
from annotator.model.thread import Thread
from annotator.project.blocks import laid_over
from annotator.project.replacement.plan import Choice, Fate, Item, ReplacementPlan

EARLIER = "earlier version of"
"""The metadata key that tells which article an old version belongs to."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to be written.

    Attributes:
        article: as it is then: the same id, the new text.
        earlier: the old version as an article of its own (its id is empty), where something is kept on it.
        annotations, threads: those that change, as they are then; `kept` are ids of those that lie in `earlier` then.
        dropped: ids of annotations that go.
        links: ids of links that go.
        decisions: those that stay, as they are then; the others are open again, `reopened` by their ids.
    """

    article: Article
    earlier: Article | None
    annotations: tuple[Annotation, ...]
    threads: tuple[Thread, ...]
    kept: frozenset[str]
    dropped: frozenset[str]
    links: frozenset[str]
    decisions: tuple[Decision, ...] = ()
    reopened: frozenset[str] = frozenset()


def undecided(plan: ReplacementPlan, choices: Mapping[str, Choice]) -> tuple[Item, ...]:
    """Return what nobody has decided about."""
    return tuple(each for each in plan.waiting if each.id not in choices)


def links_lost(plan: ReplacementPlan, choices: Mapping[str, Choice]) -> tuple[Link, ...]:
    """Return the links that would go: with what is dropped, and those that cannot reach into another article."""
    dropped = _keys(plan, choices, Choice.DROP)
    kept = _keys(plan, choices, Choice.KEEP)
    here = {each.id for each in plan.standing.annotations}
    across = {each.id for each in plan.standing.codebook.relations if each.across}

    def goes(link: Link) -> bool:
        ends = {link.origin_id, *([link.target] if link.target else [])}
        if ends & dropped:
            return True
        apart = bool(ends & kept) and not ends <= kept
        return apart and link.kind not in across and ends <= here

    return tuple(link for link in plan.standing.links if goes(link))


def resolve(plan: ReplacementPlan, choices: Mapping[str, Choice], time: str) -> Replacement:
    """Return what is to be written; `time` is that of the step.

    Raises:
        RuleError: something is not decided, or a choice is none that can be made.
    """
    _check(plan, choices)
    dropped, kept = _keys(plan, choices, Choice.DROP), _keys(plan, choices, Choice.KEEP)
    spans = {each.key: each.now for each in plan.items if each.noun != "block" and each.now is not None}
    stays = dropped | kept | {each.key for each in plan.items if each.noun != "block" and each.fate is Fate.STAYED}
    annotations = tuple(
        replace(each, span=spans[each.id], revision=each.revision + 1, changed_at=time)
        for each in plan.standing.annotations
        if each.id not in stays
    )
    threads = tuple(
        replace(each, span=None if each.id in dropped else spans[each.id])
        for each in plan.standing.threads
        if each.span is not None and (each.id in dropped or each.id not in stays)
    )
    decided = tuple(each for each in plan.decided if not _speaks_of(each) & (dropped | kept))
    return Replacement(
        decisions=decided,
        reopened=frozenset(each.id for each in plan.standing.decisions) - {each.id for each in decided},
        article=_article(plan, choices),
        earlier=_earlier(plan, time) if kept else None,
        annotations=annotations,
        threads=threads,
        kept=kept,
        dropped=dropped & {each.id for each in plan.standing.annotations},
        links=frozenset(each.id for each in links_lost(plan, choices)),
    )


def _speaks_of(decision: Decision) -> frozenset[str]:
    return decision.annotations | {*decision.gold, *(each for each in decision.targets if each)}


def _check(plan: ReplacementPlan, choices: Mapping[str, Choice]) -> None:
    for each in plan.items:
        choice = choices.get(each.id)
        if choice is not None and choice not in each.choices:
            raise RuleError(f"“{plan.words_before(each)}” cannot be decided by “{choice.value}”.")
    waiting = undecided(plan, choices)
    if waiting:
        more = f" and {len(waiting) - 1:,} more" if len(waiting) > 1 else ""
        raise RuleError(f"Decide first: “{plan.words_before(waiting[0])}”{more}. Nothing was replaced.")


def _keys(plan: ReplacementPlan, choices: Mapping[str, Choice], wanted: Choice) -> frozenset[str]:
    return frozenset(each.key for each in plan.items if each.noun != "block" and choices.get(each.id) is wanted)


def _article(plan: ReplacementPlan, choices: Mapping[str, Choice]) -> Article:
    old, new = plan.standing.article, plan.new
    known = {each.key for each in old.metadata}
    added = tuple(each for each in new.metadata if each.key not in known)
    told = f"it takes the place of an earlier version from “{old.provenance.source or 'pasted text'}”"
    return replace(
        old,
        text=new.text,
        blocks=blocks_then(plan, choices),
        metadata=(*old.metadata, *added),
        language=old.language or new.language,
        direction=old.direction or new.direction,
        provenance=replace(new.provenance, report=(*new.provenance.report, told)),
    )


def blocks_then(plan: ReplacementPlan, choices: Mapping[str, Choice]) -> tuple[Block, ...]:
    """Return the blocks of the new text: what was said about a passage stays with it, the rest is as proposed."""
    text = plan.new.text
    blocks = laid_over(text, plan.new.blocks, [Fragment(*each) for each in plan.body], BlockKind.BODY)
    for kind in BlockKind:
        stretches = sorted(
            {
                each.now.fragments[0]
                for each in plan.items
                if each.noun == "block" and each.name == kind.value and each.now is not None
                if choices.get(each.id) is not Choice.DROP
            }
        )
        if kind is not BlockKind.BODY and stretches:
            blocks = laid_over(text, blocks, _joined(stretches), kind)
    return blocks


def _joined(stretches: list[Fragment]) -> list[Fragment]:
    """Return stretches in order, those that overlap as one."""
    joined: list[Fragment] = []
    for each in stretches:
        if joined and each.start < joined[-1].end:
            joined[-1] = Fragment(joined[-1].start, max(each.end, joined[-1].end))
        else:
            joined.append(each)
    return joined


def _earlier(plan: ReplacementPlan, time: str) -> Article:
    old = plan.standing.article
    return replace(
        old,
        id="",
        title=f"{old.title} (earlier version)",
        metadata=(*old.metadata, Metadatum(EARLIER, old.title)),
        added_at=time,
    )


def choices_of(
    plan: ReplacementPlan,
    choices: Mapping[str, Choice | str] | None,
    doubtful: Choice | str | None,
    lost: Choice | str | None,
) -> dict[str, Choice]:
    """Return a choice for each thing that somebody or a rule decides about."""
    decided = {key: Choice(choice) for key, choice in (choices or {}).items()}
    rules = {Fate.DOUBTFUL: doubtful, Fate.LOST: lost}
    for each in plan.waiting:
        rule = rules[each.fate]
        if rule is not None:
            decided.setdefault(each.id, Choice(rule))
    return decided

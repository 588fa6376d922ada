"""Frames decided about as a whole: a cue with all that fills its roles, as somebody has it or as it is edited."""

from collections import defaultdict
from collections.abc import Sequence

from annotator.model.adjudication import Decision, Draft, Outcome, Part
from annotator.model.codebook import Codebook
from annotator.model.errors import RuleError
from annotator.project.adjudication.joins import Join, key_of
from annotator.project.adjudication.making import Facts, Making
from annotator.project.adjudication.scene import Scene


def parts_of(scene: Scene, number: int, people: Sequence[str]) -> tuple[Part, ...]:
    """Return what fills the roles of a cue's group: as it is decided, or as the first of some people has it who has any.

    A part that is gold already is as gold has it.
    """
    joins = _roles(scene, number)
    for who in people:
        made = []
        for join in joins:
            told = scene.is_settled(join)
            targets = told.targets if told is not None else join.targets(who) if who in join.ends else ()
            made += [_part(scene, join.kind, each) for each in targets if each in scene.by_id]
        if made:
            return tuple(made)
    return ()


def decide_version(making: Making, number: int, who: str, facts: Facts) -> None:
    """Take the parts and roles of a frame as an annotator has them."""
    scene = making.scene
    for join in _roles(scene, number):
        if who not in join.ends:
            continue
        targets = join.targets(who)
        if join.disputed:
            making.decide_join(join, Outcome.VERSION, targets, facts)
        for target in targets:
            home = scene.home.get(target or "")
            if home is not None and home not in scene.settled:
                marks = [mark for mark in scene.groups[home] if mark.annotator == who]
                drafts = [Draft(mark.label, mark.span, mark.attributes) for mark in marks]
                making.decide_group(home, Outcome.VERSION, drafts, facts)


def decide_edited(
    making: Making, number: int, cue: Draft, parts: Sequence[Part], facts: Facts, *, role: str = ""
) -> Decision:
    """Decide about a frame as somebody has edited it: its cue, and all that fills its roles.

    `role` is the one that was asked about; empty: the cue was. What stands so already is not decided again.

    A part that stands for an annotator's label decides about the place of that label, too; one that stands for none
    becomes gold with the cue.

    Raises:
        RuleError: the codebook does not know such a part, or not so many.
    """
    scene = making.scene
    _check(scene.book.codebook, cue.label, parts)
    joins = {join.kind: join for join in _roles(scene, number)}
    new = [each for each in parts if scene.home.get(each.annotation, number) == number]
    links: list[tuple[str, str | int | None]] = [(each.role, place) for place, each in enumerate(new, 1)]
    targets: dict[str, list[str | None]] = {role: [] for role in joins}
    places: dict[int, list[Draft]] = defaultdict(list)
    for each in parts:
        if each in new:
            continue
        places[scene.home[each.annotation]].append(each.draft)
        if each.role in joins:
            targets[each.role].append(each.annotation)
        else:
            links.append((each.role, each.annotation))
    drafts = [Draft(cue.label, cue.span, cue.attributes, cue.note, tuple(links)), *(each.draft for each in new)]
    made: Decision | None = None
    if not role or links or not _stands(scene, number, drafts):
        made = making.decide_group(number, Outcome.EDITED, drafts, facts)
    for place, some in places.items():
        if not _stands(scene, place, some):
            making.decide_group(place, Outcome.EDITED, some, facts)
    for each_role, ends in targets.items():
        if not _leads(scene, joins[each_role], ends):
            told = making.decide_join(joins[each_role], Outcome.EDITED if ends else Outcome.NONE, ends, facts)
            made = told if each_role == role else made
    if made is None:
        raise RuleError("Nothing here is another than what is decided already.")
    return made


def _roles(scene: Scene, number: int) -> list[Join]:
    """Return the links of a cue's group that fill roles, in the order of the codebook."""
    order = {role.id: place for place, role in enumerate(scene.book.codebook.roles)}
    some = (each for each in scene.joins if each.origin == number and each.kind in order)
    return sorted(some, key=lambda each: order[each.kind])


def _part(scene: Scene, role: str, annotation: str | None) -> Part:
    mark = scene.by_id[annotation or ""]
    gold = scene.gold_for(mark.annotation) if scene.home[mark.annotation] in scene.settled else None
    shown = scene.gold[gold] if gold is not None else mark
    return Part(role, Draft(shown.label, shown.span, shown.attributes), mark.annotation)


def _stands(scene: Scene, number: int, drafts: Sequence[Draft]) -> bool:
    """Whether just these are gold of a group that is decided."""
    marks = scene.marks_of(number) if number in scene.settled else []
    wanted = {(each.label, each.span.fragments, tuple(sorted(each.attributes))) for each in drafts}
    return {(mark.label, mark.span.fragments, tuple(sorted(mark.attributes))) for mark in marks} == wanted


def _leads(scene: Scene, join: Join, targets: Sequence[str | None]) -> bool:
    """Whether it is decided, or agreed by all, that links lead just there."""
    wanted = {key_of(each, scene.home, scene.elsewhere) for each in targets}
    told = scene.is_settled(join)
    if told is not None:
        return {key_of(each, scene.home, scene.elsewhere) for each in told.targets} == wanted
    return not join.disputed and set(join.agreed) == wanted


def _check(book: Codebook, frame: str, parts: Sequence[Part]) -> None:
    for role in book.roles:
        some = [each for each in parts if each.role == role.id]
        for each in some:
            if role.frame != frame or each.draft.label not in role.labels:
                raise RuleError(
                    f"“{book.label(each.draft.label).name}” cannot be {role.name} of “{book.label(frame).name}”."
                )
        if role.maximum and len(some) > role.maximum:
            raise RuleError(f"There can be {role.maximum} of {role.name} at most, and these are {len(some)}.")

"""What comes of one row of which some copies say something: an entry of the plan, or a conflict."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from annotator.project.copies.plan import Fate, Item, Version
from annotator.project.copies.settle import Image, Outcome, Proposal, farthest, joined, newest, outcome, substance
from annotator.project.copies.words import Describing
from annotator.text.reanchor import SURE


def verdict(
    noun: str, key: str, proposals: Sequence[Proposal], ours: Image | None, describing: Describing
) -> Item | None:
    """Return what comes of a row; None when nothing does."""
    if ours is None and _is_new(proposals):
        found = Version(None), describing.version(noun, proposals)
        return _unless_doubtful(describing.item(noun, key, Fate.NEW, found, score=proposals[0].score))
    told = [(each, outcome(noun, each.base, each.theirs, ours)) for each in proposals]
    speaking = [each for each, found in told if found is not Outcome.NOTHING]
    if not speaking:
        return None
    dissenting = [each for each in proposals if each.dissents and substance(noun, each.theirs) == substance(noun, ours)]
    groups: dict[str, list[Proposal]] = defaultdict(list)
    if [found for _, found in told if found is not Outcome.NOTHING] == [Outcome.TAKE]:
        groups["it"] = speaking
    else:
        for each in speaking:
            groups[substance(noun, each.theirs)].append(each)
    same = groups.pop(substance(noun, ours), [])
    same.extend(each for each in dissenting if each not in same)
    conflicting = len(groups) > 1 or any(found is Outcome.CONFLICT for _, found in told) or bool(groups and dissenting)
    if noun == "state" and conflicting:
        has_changed = bool(same) or any(found is Outcome.CONFLICT for _, found in told)
        return _state(key, speaking, ours, describing, has_changed=has_changed)
    others = tuple(describing.version(noun, each) for _, each in sorted(groups.items()))
    project = Version(ours)
    if not groups:  # they say what the project says
        # Whoever went on from exactly what the project has is the later one, whatever the clocks say.
        is_past = any(each.base == ours for each in same)
        both = joined([each.theirs for each in same if each.theirs] + ([] if is_past else [ours])) if ours else None
        others = (Version(both, tuple(each.copy for each in same)),)
        return describing.item(noun, key, Fate.SAME, (project, *others))
    if noun == "annotator" and ours is None and conflicting:
        return describing.item(noun, key, Fate.NEW, (project, _latest(others)))
    if conflicting:
        project = replace(project, files=tuple(sorted(each.copy for each in same)))
        return describing.item(noun, key, Fate.CONFLICT, (describing.known(noun, key, project), *others))
    fate = Fate.NEW if ours is None else Fate.DELETED if others[0].image is None else Fate.CHANGED
    item = describing.item(noun, key, fate, (project, *others), score=min(each.score for each in speaking))
    if noun == "article" and fate is Fate.DELETED and item.score >= SURE:
        return replace(item, fate=Fate.CONFLICT, why="Removing it takes everything with it that anybody did in it.")
    return _unless_doubtful(item)


def _latest(versions: Sequence[Version]) -> Version:
    """Return the version that was made last, for all files: somebody whom copies call differently comes with what they did."""
    files = tuple(sorted({file for each in versions for file in each.files}))
    at = newest({number: (each.when, dict(each.image or {})) for number, each in enumerate(versions)})
    return replace(versions[at], files=files)


def _is_new(proposals: Sequence[Proposal]) -> bool:
    """Whether it is what nearly everything is: one copy has it, and nobody had it before."""
    return len(proposals) == 1 and proposals[0].base is None and proposals[0].theirs is not None


def _unless_doubtful(item: Item) -> Item:
    if item.score >= SURE:
        return item
    return replace(item, fate=Fate.CONFLICT, why="The article's text has changed, and this place is doubtful.")


def _state(
    key: str, speaking: Sequence[Proposal], ours: Image | None, describing: Describing, *, has_changed: bool
) -> Item:
    """Return how far an annotator is who worked on two machines: as far as on the one where it is farther.

    What the project has counts only where it was changed there too.
    """
    best = farthest([ours if has_changed else None, *(each.theirs for each in speaking)])
    files = tuple(sorted({each.copy for each in speaking}))
    fate = Fate.SAME if best == ours else Fate.NEW if ours is None else Fate.CHANGED
    return describing.item("state", key, fate, (Version(ours), Version(best, files)))

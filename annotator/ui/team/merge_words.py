"""What merging found, in the words of the codebook: labels with their names, values with theirs, who and when."""

from collections.abc import Mapping
from typing import Any

from annotator.model.article import State
from annotator.model.codebook import Codebook
from annotator.model.counting import counted
from annotator.project.copies.decided import labels_of
from annotator.project.copies.plan import CopiesPlan, Fate, FilePlan, Item, Version
from annotator.project.copies.words import grounds_words, image_words, outcome_words
from annotator.ui.inspector.story import when
from annotator.ui.team.merge_sight import GROUPS, Sight

FATES = {
    Fate.NEW: "New",
    Fate.CHANGED: "Changed",
    Fate.DELETED: "Deleted",
    Fate.SAME: "Same",
    Fate.CONFLICT: "Conflicting",
    Fate.UNPLACED: "Unplaceable",
}
_NOUNS = {
    "annotation": "label",
    "link": "link",
    "state": "state",
    "article": "article",
    "text": "text",
    "blocks": "paragraph types",
    "annotator": "annotator",
    "thread": "note",
    "message": "answer",
    "assignment": "assignment",
    "handout": "copy handed out",
    "part": "part of the codebook",
    "decision": "decision",
}
_QUIET = frozenset({"annotation", "visit", "text", "blocks", "handout"})
_SHOWN = 400


def noun_words(noun: str) -> str:
    """Return what a thing is, as a person calls it."""
    return _NOUNS.get(noun, noun)


def beside(file: FilePlan, name: str) -> str:
    """Return what an annotator did in a file beside labelling: ``2 states changed, 1 note new``."""
    found: dict[tuple[str, Fate], int] = {}
    for (who, noun, fate), number in file.counts.items():
        if who == name and noun not in _QUIET and fate is not Fate.SAME:
            found[noun, fate] = found.get((noun, fate), 0) + number
    # The first words of a note are the note.
    answers = found.pop(("message", Fate.NEW), 0) - found.get(("thread", Fate.NEW), 0)
    if answers > 0:
        found["message", Fate.NEW] = answers
    return ", ".join(
        f"{counted(number, noun_words(noun))} {fate.value}" for (noun, fate), number in sorted(found.items())
    )


def summary(sight: Sight) -> str:
    """Return in one line what a plan would do, as far as that may be seen."""
    plan = sight.plan
    read = len(plan.files) - len(plan.refused)
    labels = [f"{number:,} {fate.value}" for fate in Fate if (number := sight.count(fate))]
    more = sum(each.noun not in _QUIET for each in sight.group("rest"))
    hides = any(sight.hides_in(group) for group in GROUPS)
    parts = (
        f"{counted(read, 'file')} read",
        f"{'your ' if sight.names is not None else ''}labels: {', '.join(labels)}" if labels else "",
        counted(more, "other thing") if more else "",
        "labels or notes of others too, which are hidden" if hides else "",
    )
    return " · ".join(filter(None, parts))


def side(plan: CopiesPlan, version: Version) -> str:
    """Return where a version is, who did it, and when."""
    names = ", ".join(f"“{plan.files[file].path.name}”" for file in version.files)
    where = f"In {names}" if names else "In the project"
    return " · ".join(filter(None, (where, version.who, when(version.when) if version.when else "")))


def outcome(item: Item, choice: int) -> str:
    """Return what a choice means, in a word or two."""
    version = item.versions[choice]
    if item.fate is Fate.CONFLICT:
        return "the project's" if choice == 0 else "deleted" if version.image is None else "the copy's"
    return "left as it is" if choice == 0 else item.fate.value


def version_words(item: Item, number: int, codebook: Codebook) -> str:
    """Return one version in words; where all versions read alike, with everything that tells them apart."""
    told = [_version(item.noun, each.image, codebook) for each in item.versions]
    if told.count(told[number]) > 1:
        return image_words(item.versions[number].image)
    return told[number]


def _version(noun: str, image: Mapping[str, Any] | None, codebook: Codebook) -> str:
    if image is None:
        return "Not there" if noun != "annotation" else "No label"
    match noun:
        case "annotation":
            return _label(image, codebook)
        case "message":
            return str(image.get("content", ""))
        case "state":
            return State(image.get("state", "new")).value
        case "thread":
            return "Settled" if image.get("settled") else "Open"
        case "decision":
            return _decision(image, codebook)
        case "annotator":
            known = (image.get("name"), image.get("short"), image.get("color"), image.get("email"))
            return ", ".join(str(each) for each in known if each)
    return image_words(image)


def _decision(image: Mapping[str, Any], codebook: Codebook) -> str:
    words = outcome_words(image)
    gold = [_label(each, codebook) for each in labels_of(image)]
    return "\n".join([f"{words[:1].upper()}{words[1:]}", *gold, *grounds_words(image)])


def _label(image: Mapping[str, Any], codebook: Codebook) -> str:
    label = next((each.name for each in codebook.labels if each.id == image.get("label")), image.get("label", ""))
    covered = " … ".join(each[2] for each in image.get("fragments", ()))
    lines = [f"{label}: “{covered[:_SHOWN]}{'…' if len(covered) > _SHOWN else ''}”"]
    for name, value in image.get("attributes", ()):
        kind = next((each for each in codebook.attributes if each.id == name), None)
        words = next((each.name for each in kind.values if each.id == value), value) if kind else value
        lines.append(f"{kind.name if kind else name}: {words}")
    if image.get("note"):
        lines.append(f"Note: {image['note']}")
    return "\n".join(lines)

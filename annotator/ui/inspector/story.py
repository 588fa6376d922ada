"""The life of a label in words: who did what, when, and under which revision of the codebook."""

from collections.abc import Callable, Sequence
from datetime import datetime

from annotator.model.annotation import Annotation
from annotator.model.changes import StepKind
from annotator.model.codebook import Codebook
from annotator.model.past import Turn

NameOf = Callable[[str], str]


def story(turns: Sequence[Turn], codebook: Codebook, name_of: NameOf) -> list[str]:
    """Return one line a turn, the latest first. `name_of` tells an annotator's name by the id.

    The codebook's revision stands where it is another one than before.
    """
    lines: list[str] = []
    known = 0
    for turn in turns:
        stands = turn.after or turn.before
        revision = f"codebook {stands.codebook}" if stands and stands.codebook != known else ""
        known = stands.codebook if stands else known
        parts = (when(turn.step.made_at), name_of(turn.step.annotator), deed(turn, codebook), revision)
        lines.insert(0, " · ".join(filter(None, parts)))
    return lines


def when(moment: str) -> str:
    """Return a stored time as people here write it: ``14:05``, ``19 Mar, 14:05``; what is no time, as it is."""
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    today = datetime.now().astimezone()
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b, %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y, %H:%M}"


def deed(turn: Turn, codebook: Codebook) -> str:
    """Say what one step did to the label."""
    back = {StepKind.UNDO: "undone: ", StepKind.REDO: "done again: "}.get(turn.step.kind, "")
    if turn.before is None and turn.after is not None:
        return f"{back}labelled {_name(codebook, turn.after.label)}" if not back else f"{back}brought back"
    if turn.after is None:
        return f"{back}taken away"
    return back + (", ".join(_differences(turn.before, turn.after, codebook)) if turn.before else "")


def _differences(before: Annotation, after: Annotation, codebook: Codebook) -> list[str]:
    found = []
    if before.label != after.label:
        found.append(f"was {_name(codebook, before.label)}, now {_name(codebook, after.label)}")
    if before.span != after.span:
        found.append("edges moved")
    for attribute in dict.fromkeys(name for name, _ in (*before.attributes, *after.attributes)):
        old, new = before.values(attribute), after.values(attribute)
        if old != new:
            kind = next((each for each in codebook.attributes if each.id == attribute), None)
            names = {each.id: each.name for each in kind.values} if kind else {}
            old_words, new_words = (", ".join(names.get(each, each) for each in some) for some in (old, new))
            change = f"{old_words} → {new_words}" if old and new else new_words or f"no longer {old_words}"
            found.append(f"{kind.name.lower() if kind else attribute}: {change}")
    if before.note != after.note:
        found.append("note written" if after.note else "note removed")
    if not found and before.codebook != after.codebook:
        found.append("confirmed")
    return found or ["touched"]


def _name(codebook: Codebook, label: str) -> str:
    return next((each.name.lower() for each in codebook.labels if each.id == label), label)

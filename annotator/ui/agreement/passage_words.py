"""What a passage is about, in words: functions of values."""

from collections.abc import Iterable, Mapping, Sequence

from annotator.model.annotation import Annotation
from annotator.model.codebook import Codebook
from annotator.project.wanted import Dispute, Wanted

KIND_NAMES = {
    "missed": "Missed",
    "boundary": "Boundary",
    "category": "Category",
    "structure": "One or several",
    "role": "Role",
    "target": "Target",
    "attribute": "Attribute",
}


def heading(wanted: Wanted, names: Mapping[str, str], codebook: Codebook, titles: Mapping[str, str]) -> str:
    """Return what the passages of a list have in common."""
    known = [
        KIND_NAMES.get(wanted.kind, ""),
        part_name(codebook, wanted.part) if wanted.part else "",
        _label(codebook, wanted.label) if wanted.label else "",
        f"the other has {_label(codebook, wanted.instead)}" if wanted.instead else "",
        listed(names.get(each, each) for each in wanted.people),
        _whose(wanted, names),
        _where(wanted, titles),
    ]
    parts = [each for each in known if each]
    return " · ".join(parts) or "All disagreement"


def _whose(wanted: Wanted, names: Mapping[str, str]) -> str:
    for who, words in ((wanted.holder, "only {} has it"), (wanted.lacks, "{} does not have it"), (wanted.one, "{}")):
        if who:
            return words.format(names.get(who, who))
    return ""


def _where(wanted: Wanted, titles: Mapping[str, str]) -> str:
    if len(wanted.articles) == 1:
        # Isolated: a title from right to left would take the quotation marks along.
        return f"“\u2068{titles.get(next(iter(wanted.articles)), '')}\u2069”"
    return f"{len(wanted.articles):,} articles" if wanted.articles else ""


def told(
    dispute: Dispute, names: Mapping[str, str], codebook: Codebook, marks: Mapping[str, Sequence[Annotation]]
) -> str:
    """Return who has what at a place. `marks` are the labels of the article, by annotator."""
    have, lack = (listed(names.get(each, each) for each in ids) for ids in (dispute.have, dispute.lack))
    label = _label(codebook, dispute.label)
    verb = "has" if len(dispute.have) == 1 else "have"
    others = "has" if len(dispute.lack) == 1 else "have"
    match dispute.kind:
        case "missed":
            return f"{have} {verb} {label} here, {lack} {others} nothing." if lack else f"{have}: {label}."
        case "boundary":
            where = f", and not for {lack}" if lack else ""
            return f"These words belong to {label} for {have}{where}."
        case "category":
            instead = listed(_label(codebook, each) for each in dispute.instead)
            return f"{have} {verb} {label}, {lack or 'others'} {others} {instead}."
        case "structure":
            return f"{have} {verb} one {label} where {lack or 'others'} {others} several."
        case "attribute":
            return f"{part_name(codebook, dispute.part)} of {label}: {_values(dispute, names, codebook, marks)}."
        case _:
            both = listed(names.get(each, each) for each in (*dispute.have, *dispute.lack))
            return f"{both} link {part_name(codebook, dispute.part)} of {label} to different words."


def listed(names: Iterable[str]) -> str:
    """Return names as they are said: ``Ana, Ben and Chiara``."""
    some = list(names)
    return f"{', '.join(some[:-1])} and {some[-1]}" if len(some) > 1 else "".join(some)


def part_name(codebook: Codebook, part: str) -> str:
    """Return the name of a role, relation or attribute."""
    every = (*codebook.roles, *codebook.relations, *codebook.attributes)
    return next((each.name for each in every if each.id == part), part)


def _label(codebook: Codebook, label: str) -> str:
    return next((each.name for each in codebook.labels if each.id == label), label)


def _values(
    dispute: Dispute, names: Mapping[str, str], codebook: Codebook, marks: Mapping[str, Sequence[Annotation]]
) -> str:
    said = []
    attribute = next((each for each in codebook.attributes if each.id == dispute.part), None)
    known = {each.id: each.name for each in attribute.values} if attribute else {}
    for who in (*dispute.have, *dispute.lack):
        values = [
            known.get(value, value)
            for mark in marks.get(who, ())
            if mark.label == dispute.label and _meets(mark, dispute)
            for value in mark.values(dispute.part)
        ]
        if values:
            said.append(f"{names.get(who, who)} says {listed(dict.fromkeys(values))}")
    return ", ".join(said) or "set differently"


def _meets(mark: Annotation, dispute: Dispute) -> bool:
    return any(a < d and c < b for a, b in mark.span.fragments for c, d in dispute.fragments)

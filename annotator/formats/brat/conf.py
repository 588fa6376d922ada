"""The two configuration files that brat needs to show and to edit what was written."""

import re

from annotator.formats.brat.words import BratWords
from annotator.formats.record import ProjectRecord
from annotator.model.codebook import Attribute, Codebook, Label, Relation, Role

_BAD = re.compile(r"[|,:\s]+")
_MODIFIERS = {(0, 1): "?", (0, 0): "*", (1, 0): "+", (1, 1): ""}


def annotation_conf(project: ProjectRecord, words: BratWords) -> str:
    """Return ``annotation.conf``: what may be labelled, and how it may be joined."""
    book = project.codebooks[-1]
    labels = {each: word for word, each in words.labels.items()}
    frames = {role.frame for each in project.codebooks for role in each.roles}
    lines = ["[entities]", *(labels[each.id] for each in book.labels if each.id not in frames), ""]
    lines += ["[relations]", *_relations(book, words, labels)]
    # Without this line brat marks spans that overlap as errors.
    lines += ["<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", "", "[events]"]
    lines += [_event(each.id, book, words, labels) for each in book.labels if each.id in frames]
    lines += ["", "[attributes]", *_attributes(book, words, labels)]
    return "\n".join(lines) + "\n"


def _relations(book: Codebook, words: BratWords, labels: dict[str, str]) -> list[str]:
    names = {each: word for word, each in words.relations.items()}
    lines = []
    for each in book.relations:
        ends = [f"Arg1:{_types(each.sources, labels)}", f"Arg2:{_types(each.targets, labels)}"]
        if each.symmetric:
            ends.append("<REL-TYPE>:symmetric")
        lines.append(f"{names[each.id]}\t{', '.join(ends)}")
    return lines


def _types(ids: tuple[str, ...], labels: dict[str, str]) -> str:
    return "|".join(labels[each] for each in ids) or "<ANY>"


def _event(frame: str, book: Codebook, words: BratWords, labels: dict[str, str]) -> str:
    names = {each: word for word, each in words.roles.items()}
    roles = [
        f"{names[each.id]}{_modifier(each)}:{_types(each.labels, labels)}" for each in book.roles if each.frame == frame
    ]
    return f"{labels[frame]}\t{', '.join(roles)}".rstrip()


def _modifier(role: Role) -> str:
    known = _MODIFIERS.get((role.minimum, role.maximum))
    if known is not None:
        return known
    return f"{{{role.minimum}-{role.maximum}}}" if role.maximum else "+"


def _attributes(book: Codebook, words: BratWords, labels: dict[str, str]) -> list[str]:
    lines = []
    for attribute in book.attributes:
        lines += _attribute(attribute, words, _types(attribute.labels, labels))
    sources = {each.id: each for each in book.relations}
    lines += [
        f"{word}\tArg:{_types(sources[each].sources, labels)}"
        for word, each in words.absent.items()
        if each in sources and sources[each].absent
    ]
    return lines


def _attribute(attribute: Attribute, words: BratWords, bearers: str) -> list[str]:
    found = [(word, value) for (word, value), (name, _) in words.values.items() if name == attribute.id]
    flags = [f"{word}\tArg:{bearers}" for word, value in found if not value]
    values = [value for _, value in found if value]
    if not values:
        return flags
    word = next(word for word, value in found if value)
    return [*flags, f"{word}\tArg:{bearers}, Value:{'|'.join(values)}"]


def visual_conf(project: ProjectRecord, words: BratWords) -> str:
    """Return ``visual.conf``: names and colours."""
    book = project.codebooks[-1]
    parts: list[Label | Relation | Role] = [*book.labels, *book.relations, *book.roles]
    names = {each.id: each.name for each in parts}
    lines = ["[labels]"]
    known: dict[str, str] = {}
    for word, each in (*words.labels.items(), *words.relations.items(), *words.roles.items()):
        if each in names:
            known.setdefault(word, names[each])
    lines += [f"{word} | {_BAD.sub(' ', name).strip()}" for word, name in known.items()]
    lines += ["", "[drawing]", "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken"]
    lines += ["ARC_DEFAULT\tcolor:black, arrowHead:triangle-5", "ATTRIBUTE_DEFAULT\tglyph:*"]
    labels = {each: word for word, each in words.labels.items()}
    lines += [f"{labels[each.id]}\tbgColor:{each.color}" for each in book.labels]
    return "\n".join(lines) + "\n"

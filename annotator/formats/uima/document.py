"""A CAS as a labelled text: what was written here, or what INCEpTION exports with layers of somebody's own."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator.formats.format import Unit
from annotator.formats.giving.regions import CONTINUES
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.regions import joined
from annotator.formats.uima.structure import LIST, Cas, Structure, attribute_of, numbered
from annotator.model.problem import Problem

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
_OWN = "de.tudarmstadt.ukp.clarin.webanno.api.type."
# What programs note for themselves: words and sentences, names and pages, not what a person labelled.
_FRAME = (
    f"{_DKPRO}.segmentation.",
    f"{_DKPRO}.metadata.",
    _OWN,
    "org.dkpro.core.api.xml.",
    "org.dkpro.core.api.pdf.",
    "uima.",
)
_NAMES = ("label", "value", "kind", "DependencyType", "referenceType")
_NEXT, _CHAINED, _FIRST = "next", "referenceRelation", "first"


def document_of(file: Path, name: str, annotator: str, cas: Cas, problems: list[Problem]) -> Document:
    """Return what a CAS holds; what nobody can make a label of is a problem.

    Args:
        file: where it stands, for messages.
        name: what the files call the text; empty: what the CAS calls it.
        annotator: name; empty: whom the CAS names, if it names anybody.
        cas: the text and what lies over it.
        problems: are added to.
    """
    problems.extend(Problem(str(file), message, line) for message, line in cas.faults)
    meta = next((each for each in cas.structures if each.type.endswith(".DocumentMetaData")), None)
    kept = _own_id(meta.word("documentId") if meta else "")
    by_id = numbered(cas.structures)
    items: list[Item] = []
    ties: list[Tie] = []
    lost: Counter[str] = Counter()
    for each in cas.structures:
        if each.type.startswith(_FRAME):
            continue
        if each.begin is None or each.end is None:
            lost.update(_placeless(each))
        elif "Governor" in each.refs and "Dependent" in each.refs:
            ends = str(each.refs["Governor"][0]), str(each.refs["Dependent"][0])
            ties.append(Tie(_name(each), *ends, line=each.line))
            lost.update(f"value of “{word}” on a relation" for word in each.words if word not in _NAMES)
        elif each.begin == each.end:
            problems.append(Problem(str(file), f"The annotation {each.id} ({each.type}) covers nothing.", each.line))
        else:
            items.append(_item(each, cas))
            ties += _ties(each, by_id)
    for what, count in lost.items():
        problems.append(Problem(str(file), f"{count:,} × {what}: there is no place for it here, so it is left out."))
    items, ties = joined(items, ties, CONTINUES)
    own = next((each for each in cas.structures if each.type == f"{_OWN}CASMetadata"), Structure(0, ""))
    return Document(
        file=file,
        name=kept or name or own.word("sourceDocumentName"),
        text=cas.text,
        items=tuple(items),
        ties=tuple(ties),
        unit=Unit.UTF16,
        annotator=annotator or own.word("username"),
        title=(meta.word("documentTitle") if meta else "") or name,
        id=kept,
    )


def _own_id(word: str) -> str:
    """Return a document's id if it is one that nobody else has: INCEpTION writes the annotator's name there."""
    try:
        return str(uuid.UUID(word))
    except ValueError:
        return ""


def _placeless(structure: Structure) -> Iterator[str]:
    """Yield what is lost with a structure that lies on no text: nothing, if it is a link or the head of a chain."""
    if structure.words and not ({"target", _FIRST} & {*structure.refs, *structure.words}):
        yield f"annotation of the whole text in the layer {structure.type}"


def _name(structure: Structure) -> str:
    """Return the word for a label or relation: what one of its features says, else its layer's name."""
    return next((structure.word(name) for name in _NAMES if structure.word(name)), structure.type.rpartition(".")[2])


def _item(structure: Structure, cas: Cas) -> Item:
    used = next((name for name in _NAMES if structure.word(name)), "")
    attributes = tuple(
        (attribute_of(name.removesuffix(LIST)), word)
        for name, words in structure.words.items()
        if name not in (used, "note", "absent", f"absent{LIST}", _CHAINED)
        for word in _words(name, words)
    )
    begin, end = structure.begin or 0, structure.end or 0
    item = Item(
        key=str(structure.id),
        label=_name(structure),
        ranges=((begin, end),),
        attributes=attributes,
        note=structure.word("note"),
        line=structure.line,
    )
    # A file whose offsets do not count what they should: the quotes make that known.
    return item if cas.unit is Unit.UTF16 else replace(item, quotes=(cas.text[begin:end],))


def _words(name: str, words: list[str]) -> list[str]:
    """Return the values of a feature, where a format has to put several in one."""
    return [line for word in words for line in word.split("\n")] if name.endswith(LIST) else words


def _ties(structure: Structure, by_id: dict[int, Structure]) -> Iterator[Tie]:
    key, line = str(structure.id), structure.line
    for name in ("absent", f"absent{LIST}"):
        for kind in _words(name, structure.words.get(name, [])):
            yield Tie(kind, key, None, line=line)
    for name, refs in structure.refs.items():
        for number in refs:
            link = by_id.get(number)
            if link is None:
                continue
            if link.begin is not None:  # it points at another annotation, as the elements of a chain do
                kind = structure.word(_CHAINED) if name == _NEXT else ""
                if not link.type.startswith(_FRAME):
                    yield Tie(kind or (structure.type.rpartition(".")[2] if name == _NEXT else name), key, str(number))
            elif link.refs.get("target"):
                role = link.word("role") or name
                yield Tie(role, key, str(link.refs["target"][0]), is_role=role != CONTINUES, line=line)

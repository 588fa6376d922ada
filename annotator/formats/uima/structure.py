"""What a CAS is made of, apart from how it is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.formats.format import Unit
from annotator.formats.record import ProjectRecord

SOFA = "uima.cas.Sofa"
ANNOTATION = "uima.tcas.Annotation"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
SPAN = "webanno.custom.Span"
LINK = "webanno.custom.SpanRolesLink"
RELATION = "webanno.custom.Relation"
VIEW = "_InitialView"
TYPES = "TypeSystem.xml"
"""The file with the description of the types; INCEpTION makes layers of it."""
LIST = "_list"
"""What ends the name of a feature that holds several values, a line each, where a format has features of one word only."""
STRING, STRINGS, LINKS = "uima.cas.String", "uima.cas.StringArray", f"{LINK}[]"
RESERVED = frozenset(
    {
        "begin",
        "end",
        "sofa",
        "self",
        "type",
        "label",
        "note",
        "roles",
        "absent",
        "id",
        "elements",
        "target",
        "Governor",
        "Dependent",
    }
)
_ESCAPE = re.compile(r"_x([0-9a-f]{1,6})_")
_UNSAFE = re.compile(r"[^A-Za-z0-9_]|_(?=x[0-9a-f]{1,6}_)")


@dataclass(slots=True)
class Structure:
    """A feature structure.

    Attributes:
        id: its number.
        type: its type's full name.
        begin, end: UTF-16 units; None for what lies nowhere.
        words: values of its features that are words: one, or all of an array.
        arrays: features that are arrays, also with one value.
        refs: numbers of the structures that its other features point at.
        line: where it stands in its file, from 1, where the file has lines.
    """

    id: int
    type: str
    begin: int | None = None
    end: int | None = None
    words: dict[str, list[str]] = field(default_factory=dict)
    arrays: frozenset[str] = frozenset()
    refs: dict[str, list[int]] = field(default_factory=dict)
    line: int | None = None

    def word(self, name: str) -> str:
        """Return the one value of a feature; empty where it has none."""
        return next(iter(self.words.get(name, ())), "")


@dataclass(slots=True)
class Cas:
    """The text and the structures over it, in the order of their numbers.

    Attributes:
        unit: what its offsets count.
        faults: pairs of a sentence about what could not be understood, and the line where it stands.
    """

    text: str
    structures: list[Structure]
    unit: Unit = Unit.UTF16
    faults: list[tuple[str, int]] = field(default_factory=list)


def feature_of(attribute: str) -> str:
    """Return an attribute's id as UIMA allows a feature to be called; `attribute_of` turns it back."""
    made = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):x}_", attribute)
    if made in RESERVED or made[:1].isdigit():
        made = f"_x{ord(made[0]):x}_{made[1:]}"
    return f"{made.removesuffix(LIST)}_x5f_list" if made.endswith(LIST) else made


def attribute_of(feature: str) -> str:
    """Return the attribute's id that a feature was made of."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x110000 else found[0], feature)


Types = dict[str, tuple[str, dict[str, str]]]
"""Each type's parent, and its features with what they hold."""


def types_of(project: ProjectRecord) -> Types:
    """Return the types that are written."""
    many = several(project)
    attributes = dict.fromkeys(each.id for book in project.codebooks for each in book.attributes)
    features = {feature_of(each): STRINGS if each in many else STRING for each in attributes}
    return {
        META: ("uima.tcas.DocumentAnnotation", {"documentTitle": STRING, "documentId": STRING}),
        SENTENCE: (ANNOTATION, {}),
        TOKEN: (ANNOTATION, {}),
        LINK: ("uima.cas.TOP", {"role": STRING, "target": SPAN}),
        SPAN: (ANNOTATION, {"label": STRING, "note": STRING, **features, "absent": STRINGS, "roles": LINKS}),
        RELATION: (ANNOTATION, {"kind": STRING, "Governor": SPAN, "Dependent": SPAN}),
    }


def of_words(types: Types) -> Types:
    """Return the types with features of one word in the place of those that hold several."""
    return {
        name: (
            parent,
            {
                f"{feature}{LIST}" if held == STRINGS else feature: STRING if held == STRINGS else held
                for feature, held in features.items()
            },
        )
        for name, (parent, features) in types.items()
    }


def several(project: ProjectRecord) -> set[str]:
    """Return the attributes of which an annotation may have several values."""
    return {each.id for book in project.codebooks for each in book.attributes if each.kind == "choices"}


def numbered(found: Iterable[Structure]) -> dict[int, Structure]:
    """Return structures by their numbers."""
    return {each.id: each for each in found}

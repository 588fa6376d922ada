"""The codes of REFI-QDA: a tree in which a label is a code, and an attribute one with a sub-code for each value."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from annotator.formats.names import guid
from annotator.formats.refi.names import CODEBOOK_SPACE, SPACE, tag
from annotator.model.codebook import Codebook, Label
from annotator.model.codebook_checks import is_color


def under(parent: "etree._Element", element: str, /, **values: str) -> "etree._Element":
    """Return a new last child of an element, in its namespace."""
    space = etree.QName(parent).namespace or SPACE
    return etree.SubElement(parent, tag(element, space), values)


def local(element: "etree._Element") -> str:
    """Return an element's name without namespace; empty for what is none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def plain(word: str | None) -> str:
    """Return a GUID without braces, in lower case."""
    return (word or "").strip().strip("{}").lower()


class Codes:
    """The codes that are written; one that was not foreseen is added when it is first met."""

    def __init__(self, place: "etree._Element", book: Codebook | None) -> None:
        self._place = place
        self._made: dict[tuple[str, ...], etree._Element] = {}
        for label in book.labels if book else ():
            made = self._code(place, ("label", label.id), label.id, is_codable=True)
            if is_color(label.color):
                made.set("color", label.color)
            words = _described(label)
            if words:
                under(made, "Description").text = words
        for attribute in book.attributes if book else ():
            for value in attribute.values:
                self.value(attribute.id, value.id)

    def label(self, label: str) -> str:
        """Return the GUID of a label's code."""
        return self._code(self._place, ("label", label), label, is_codable=True).get("guid") or ""

    def flag(self, attribute: str) -> None:
        """Add the code of an attribute that is set or not."""
        self._code(self._place, ("attribute", attribute), attribute, is_codable=True)

    def value(self, attribute: str, value: str) -> str:
        """Return the GUID of the code for a value of an attribute."""
        parent = self._code(self._place, ("attribute", attribute), attribute, is_codable=False)
        return self._code(parent, ("attribute", attribute, value), value, is_codable=True).get("guid") or ""

    def _code(self, parent: "etree._Element", key: tuple[str, ...], name: str, *, is_codable: bool) -> "etree._Element":
        if key not in self._made:
            values = {"guid": guid(*key), "name": name, "isCodable": "true" if is_codable else "false"}
            self._made[key] = under(parent, "Code", **values)
        return self._made[key]


def _described(label: Label) -> str:
    """Return what is known of a label: in the first line its name, then what it means, when it is used, and examples."""
    words = [each for each in (label.description,) if each]
    words += [f"Use when: {clause.text}" for clause in label.use_when]
    words += [f"Not when: {clause.text}" for clause in label.avoid_when]
    words += [f"Example: {example}" for example in label.examples]
    return "\n".join([label.name, *words]) if words or label.name != label.id else ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read.

    Attributes:
        guid: without braces, in lower case.
        path: names of the codes above it, and its own.
        label: its word for a label: its name, with those above it where another code has the same.
        attribute: of which attribute it is a value, where it was written here; else empty.
        has_more: whether it has sub-codes.
    """

    guid: str
    path: tuple[str, ...]
    label: str
    attribute: str
    color: str
    description: str
    is_codable: bool
    has_more: bool

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]

    @property
    def is_our_label(self) -> bool:
        """Whether it is a label that was written here."""
        return self.guid == guid("label", self.name)

    @property
    def is_our_attribute(self) -> bool:
        """Whether it is an attribute that was written here."""
        return len(self.path) == 1 and self.guid == guid("attribute", self.name)


def codes_in(root: "etree._Element") -> Iterator[Code]:
    """Yield the codes of a project or codebook, in their order, each before those below it."""
    names = Counter(each.get("name") or "" for each in root.iter() if local(each) == "Code")
    waiting = [(place, ()) for place in root.iter() if local(place) == "Codes"]
    stack: list[tuple[etree._Element, tuple[str, ...]]] = []
    for place, above in waiting:
        stack.extend((each, above) for each in reversed(place) if local(each) == "Code")
        while stack:
            element, path = stack.pop()
            code = _code(element, path, names)
            yield code
            stack.extend((each, code.path) for each in reversed(element) if local(each) == "Code")


def _code(element: "etree._Element", above: tuple[str, ...], names: Counter[str]) -> Code:
    name = element.get("name") or ""
    path = (*above, name)
    found = Code(
        guid=plain(element.get("guid")),
        path=path,
        label=name if names[name] == 1 else " / ".join(path),
        attribute="",
        color=element.get("color") or "",
        description=next((each.text or "" for each in element if local(each) == "Description"), ""),
        is_codable=(element.get("isCodable") or "true").strip().lower() in ("true", "1"),
        has_more=any(local(each) == "Code" for each in element),
    )
    if above and found.guid == guid("attribute", above[-1], name):
        found = replace(found, attribute=above[-1])
    return replace(found, label=name) if found.is_our_label else found


def root_of(space: str, **values: str) -> "etree._Element":
    """Return the root of a project or, with its namespace, of a codebook."""
    name = "CodeBook" if space == CODEBOOK_SPACE else "Project"
    made = etree.Element(tag(name, space), values, {None: space})
    made.set("origin", "Annotator")
    return made

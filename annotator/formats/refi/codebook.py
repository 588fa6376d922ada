"""The codebook alone (.qdc), as programs for qualitative analysis exchange it."""

import re

from lxml import etree

from annotator.formats.format import Loss, Losses
from annotator.formats.giving.xml import UNWRITABLE
from annotator.formats.refi.codes import Code, Codes, codes_in, local, root_of, under
from annotator.formats.refi.names import CODEBOOK_SPACE
from annotator.formats.taking.vocabulary import label_of
from annotator.model.codebook import Attribute, Codebook, Label, Value
from annotator.model.codebook_checks import is_color
from annotator.model.errors import CodebookError

_BLANKS = re.compile(r"\s+")


def written(book: Codebook) -> bytes:
    """Return a codebook as a file; `losses` says what it cannot hold."""
    root = root_of(CODEBOOK_SPACE)
    codes = Codes(under(root, "Codes"), _writable(book))
    for attribute in book.attributes:
        if attribute.kind == "flag":
            codes.flag(attribute.id)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _writable(book: Codebook) -> Codebook:
    """Return the codebook without the characters that no XML can hold."""
    return Codebook.from_dict(_replaced(book.to_dict()))


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: _replaced(each) for name, each in value.items()}
    return [_replaced(each) for each in value] if isinstance(value, list | tuple) else value


def losses(book: Codebook) -> tuple[Loss, ...]:
    """Return what a codebook of REFI-QDA cannot hold, how much, and what is done about it."""
    found = Losses()
    found.add("role of a frame|roles of frames", "left out", len(book.roles))
    found.add("relation", "left out", len(book.relations))
    cited = sum(len(each.use_when) + len(each.avoid_when) for each in book.labels)
    found.add("clause of a label|clauses of labels", "written as a sentence of its description", cited)
    found.add(
        "example", "written as a sentence of the label's description", sum(len(each.examples) for each in book.labels)
    )
    found.add("clause of the codebook|clauses of the codebook", "left out", len(book.clauses))
    for what in ("key", "line"):
        marked = sum(getattr(each, what) not in ("", "solid") for each in book.labels)
        found.add(f"{what} of a label|{what}s of labels", "left out", marked)
    retired = sum(each.retired for each in book.labels)
    found.add("retired label", "written as one that is in force", retired)
    free = sum(each.kind == "text" for each in book.attributes)
    found.add("attribute of free text|attributes of free text", "left out", free)
    many = sum(each.kind == "choices" for each in book.attributes)
    found.add("attribute of several values|attributes of several values", "written as one of a single value", many)
    ids = frozenset(each.id for each in book.labels)
    some = sum(frozenset(each.labels) != ids for each in book.attributes if each.kind != "text")
    found.add("attribute of some labels|attributes of some labels", "written as one of all labels", some)
    values = sum(each.name != each.id or bool(each.description) for part in book.attributes for each in part.values)
    found.add("name or description of a value|names or descriptions of values", "left out", values)
    return found.found()


def read(content: bytes, name: str) -> Codebook:
    """Return the codebook that a file holds.

    Codes are labels, with those above them in their names where two have one name; a code that is only there to hold
    others is none. What was written here comes back with its ids, and attributes with their values.

    Raises:
        CodebookError: it holds no codes, or is no such file.
    """
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CodebookError(f"It is not XML: {str(error)[:120]}.") from error
    if local(root) not in ("CodeBook", "Project"):
        raise CodebookError("It is no codebook of REFI-QDA: its first element should be “CodeBook”.")
    labels: dict[str, Label] = {}
    attributes: dict[str, list[Value]] = {}
    for code in codes_in(root):
        if code.is_our_attribute:
            attributes.setdefault(code.name, [])
        elif code.attribute:
            attributes.setdefault(code.attribute, []).append(Value(code.name, code.name))
        elif code.is_codable or not code.has_more:
            labels.setdefault(code.label, _label(code, len(labels)))
    if not labels:
        raise CodebookError("It holds no code that could be a label.")
    parts = tuple(
        Attribute(each, each, tuple(labels), "choice" if values else "flag", tuple(values))
        for each, values in attributes.items()
    )
    return Codebook(name, tuple(labels.values()), parts)


def _label(code: Code, number: int) -> Label:
    made = label_of(code.label or "code", number)
    name, description = made.name, code.description
    if code.is_our_label:
        first, _, rest = code.description.partition("\n")
        # The first line is the name: names have no line ends.
        name, description = (first, rest) if first else (name, "")
    name = _BLANKS.sub(" ", name).strip() or made.id
    color = code.color.lower() if is_color(code.color) else made.color
    return Label(made.id, name, "", color, made.line, description)

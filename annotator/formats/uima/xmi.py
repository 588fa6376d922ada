"""XMI: an element a feature structure; what the types are stands in a file of its own."""

from functools import cache

from lxml import etree

from annotator.formats.uima.structure import LINK, LINKS, SOFA, VIEW, Cas, Structure, Types

_XMI = "http://www.omg.org/XMI"
_ID = f"{{{_XMI}}}id"
_CAS = "http:///uima/cas.ecore"
_SPECIFIER = "http://uima.apache.org/resourceSpecifier"
_REFS = frozenset({"Governor", "Dependent", "target"})


def dumped(cas: Cas, types: Types) -> bytes:
    """Return the CAS as XMI."""
    spaces = {_namespace(name): f"t{number}" for number, name in enumerate(types)}
    root = etree.Element(
        f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"}, {"xmi": _XMI, "cas": _CAS} | {v: k for k, v in spaces.items()}
    )
    etree.SubElement(root, f"{{{_CAS}}}NULL", {_ID: "0"})
    for each in cas.structures:
        values = {_ID: str(each.id)}
        if each.begin is not None:
            values |= {"sofa": "1", "begin": str(each.begin), "end": str(each.end)}
        if each.words:
            values |= {name: words[0] for name, words in each.words.items() if name not in each.arrays}
        if each.refs:
            values |= {name: " ".join(map(str, refs)) for name, refs in each.refs.items()}
        element = etree.SubElement(root, _tag(each.type), values)
        for name in each.words:
            for word in each.words[name] if name in each.arrays else ():
                etree.SubElement(element, name).text = word
    sofa = {_ID: "1", "sofaNum": "1", "sofaID": VIEW, "mimeType": "text", "sofaString": cas.text}
    etree.SubElement(root, f"{{{_CAS}}}Sofa", sofa)
    members = " ".join(str(each.id) for each in cas.structures if each.begin is not None)
    etree.SubElement(root, f"{{{_CAS}}}View", {"sofa": "1", "members": members})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def type_system(types: Types) -> bytes:
    """Return the description of the types."""
    root = etree.Element(f"{{{_SPECIFIER}}}typeSystemDescription", None, {None: _SPECIFIER})
    listed = etree.SubElement(root, f"{{{_SPECIFIER}}}types")
    for name, (parent, features) in types.items():
        described = etree.SubElement(listed, f"{{{_SPECIFIER}}}typeDescription")
        _say(described, name=name, description="", supertypeName=parent)
        if not features:
            continue
        place = etree.SubElement(described, f"{{{_SPECIFIER}}}features")
        for feature, held in features.items():
            one = etree.SubElement(place, f"{{{_SPECIFIER}}}featureDescription")
            if held == LINKS:
                _say(one, name=feature, description="", rangeTypeName="uima.cas.FSArray", elementType=LINK)
            else:
                _say(one, name=feature, description="", rangeTypeName=held)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _say(element: "etree._Element", **words: str) -> None:
    for name, word in words.items():
        etree.SubElement(element, f"{{{_SPECIFIER}}}{name}").text = word


@cache
def _tag(name: str) -> str:
    """Return the tag of the elements of a type."""
    return f"{{{_namespace(name)}}}{name.rpartition('.')[2]}"


def _namespace(name: str) -> str:
    return f"http:///{name.rpartition('.')[0].replace('.', '/')}.ecore"


@cache
def _type(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    inside = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return name if inside == "uima.noNamespace" else f"{inside}.{name}"


def references(content: bytes) -> frozenset[str]:
    """Return which features, by a description of types, point at structures.

    Raises:
        etree.XMLSyntaxError: it is no XML.
    """
    found = set()
    for each in _root(content).iter(f"{{{_SPECIFIER}}}featureDescription"):
        held = each.findtext(f"{{{_SPECIFIER}}}rangeTypeName") or ""
        if held in ("uima.cas.FSArray", "uima.cas.FSList") or not held.startswith("uima.cas."):
            found.add(each.findtext(f"{{{_SPECIFIER}}}name") or "")
    return frozenset(found)


def _root(content: bytes) -> "etree._Element":
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def parsed(content: bytes, known: frozenset[str] | None = None) -> Cas | None:
    """Return the CAS that a file holds; None where it holds no text.

    Args:
        content: the file.
        known: features that point at structures; None where nothing tells.

    Raises:
        etree.XMLSyntaxError: it is no XML.
    """
    root = _root(content)
    sofas = [each for each in root if each.tag == f"{{{_CAS}}}Sofa" and each.get("sofaString") is not None]
    if not sofas:
        return None
    sofa = next((each for each in sofas if each.get("sofaID") == VIEW), sofas[0])
    found = [
        _structure(each) for each in root if isinstance(each.tag, str) and each.get("sofa") in (None, sofa.get(_ID))
    ]
    structures = [
        each for each in found if each is not None and each.type not in (SOFA, "uima.cas.View", "uima.cas.NULL")
    ]
    _resolve(structures, known)
    return Cas(sofa.get("sofaString") or "", structures)


def _structure(element: "etree._Element") -> Structure | None:
    number = element.get(_ID) or ""
    if not number.isdecimal():
        return None
    made = Structure(int(number), _type(str(element.tag)))
    begin, end = element.get("begin") or "", element.get("end") or ""
    if begin.isdecimal() and end.isdecimal():
        made.begin, made.end = int(begin), int(end)
    for name, value in element.attrib.items():
        if str(name) not in (_ID, "sofa", "begin", "end"):
            made.words[str(name)] = [str(value)]
    for child in element:
        if isinstance(child.tag, str):
            made.words.setdefault(child.tag, []).append(child.text or "")
    return made


def _resolve(structures: list[Structure], known: frozenset[str] | None) -> None:
    """Take those words for numbers of structures that are some.

    Without a description of types they are known by their names, and links by what they are: structures with a target.
    """
    links = {each.id for each in structures if each.begin is None and "target" in each.words}
    for each in structures:
        for name in list(each.words):
            numbers = " ".join(each.words[name]).split()
            if not numbers or not all(word.isdecimal() for word in numbers):
                continue
            found = [int(word) for word in numbers]
            if name in known if known is not None else name in _REFS or links.issuperset(found):
                each.refs[name] = found
                del each.words[name]

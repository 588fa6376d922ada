"""XML and HTML trees from files that nobody trusts: no entities, no network, no depth without end."""

from typing import TYPE_CHECKING

from annotator.articles.source import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_DTD = b"<!ENTITY"


def parse_xml(data: bytes, *, encoding: str | None = None) -> "_Element":
    """Return the root of an XML document; entities stay unresolved, nothing is fetched, comments are left out.

    Raises:
        UnreadableError: it is no well-formed XML, declares entities of its own, or nests deeper than 256 elements.
    """
    # Heavy: loaded when the first document of this kind is read.
    from lxml import etree  # noqa: PLC0415

    if _NO_DTD in data[:65_536]:
        raise UnreadableError(
            "This XML declares entities of its own, as files do that are made to do harm. It was not read."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"This is no sound XML ({error.msg}). Save or fetch it again.") from None
    return root


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(element: "_Element | None") -> str:
    """Return the text of an element and what is in it, blanks made one."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())

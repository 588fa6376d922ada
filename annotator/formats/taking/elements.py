"""The elements of a large XML file one by one: what was read is forgotten."""

import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from annotator.formats.taking.archive import BROKEN

UNREADABLE = (etree.XMLSyntaxError, zlib.error, *BROKEN)
"""What reading XML out of an archive raises where either is broken."""


def elements(file: IO[bytes], *names: str) -> Iterator["etree._Element"]:
    """Yield each element of one of `names` (without namespace) once it is whole; it is empty as soon as the next is asked for.

    Elements of other names stay in memory unless they are inside of such a one, or before it beside it. Entities stay as they are, and nothing is fetched.

    Raises:
        XMLSyntaxError: the file is broken; what stands before was yielded.
    """
    found = etree.iterparse(
        file,
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in found:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]

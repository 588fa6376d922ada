"""A writer of small PDFs for tests: lines at places, in Courier, or in a font whose letters are named by a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Words at a place: points from the lower left corner of a page of 595 by 842."""

    x: float
    y: float
    text: str
    size: float = 10


def write_pdf(pages: Iterable[Sequence[Line]], *, extra: str = "") -> bytes:
    """Return a PDF; what Windows-1252 lacks is written as a script font does, from the left as it is drawn."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    latin = add(b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")
    table = add(stream(_TO_UNICODE))
    inner = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/Any/Flags 4/FontBBox[0 -200 1000 800]"
        b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>"
    )
    script = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (inner, table)
    )
    kids = []
    for lines in pages:
        content = add(stream(b"\n".join(_shown(line) for line in lines)))
        kids.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<</Font<</L %d 0 R/S %d 0 R>>>>/Contents %d 0 R>>"
                % (tree, latin, script, content)
            )
        )
    objects[tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects[catalog - 1] = b"<</Type/Catalog/Pages %d 0 R>>" % tree
    return assemble(objects, extra.encode())


def stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def assemble(objects: Sequence[bytes], extra: bytes = b"") -> bytes:
    """Return a file of numbered objects, the first of which is the catalog; `extra` stands in the trailer."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def _shown(line: Line) -> bytes:
    try:
        words = line.text.encode("cp1252")
    except UnicodeEncodeError:
        drawn = line.text[::-1].encode("utf-16-be").hex().encode()
        return b"BT /S %g Tf %g %g Td <%s> Tj ET" % (line.size, line.x, line.y, drawn)
    words = words.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /L %g Tf %g %g Td (%s) Tj ET" % (line.size, line.x, line.y, words)


_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Any def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
%d beginbfrange
%s
endbfrange endcmap end end""" % (
    7,
    b"\n".join(
        b"<%02x00> <%02xff> <%02x00>" % (high, high, high) for high in (0x00, 0x06, 0x20, 0x21, 0x22, 0xFB, 0xFE)
    ),
)

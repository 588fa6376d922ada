"""RTF's control words -> a document.

Written here because striprtf (0.0.35) drops the joiners of Persian that Word writes as control words, footnotes and text
boxes, keeps deleted and hidden text, and puts the addresses of links among the words.
"""

import codecs
import re
from dataclasses import dataclass, replace

from annotator.articles.document import Document, Paragraph, row_lines

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)|\\"
)
_DEEPEST = 2_000
"""Groups in groups. Word nests some twenty; what nests more is there to do harm."""
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 81: "mac_arabic", 83: "mac_greek", 84: "mac_cyrillic", 88: "cp874",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 179: "cp1256", 181: "cp1255", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_LETTERS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"emdash": "\u2014", b"endash": "\u2013", b"emspace": "\u2003",
    b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "\u2022", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"zwj": "\u200d", b"zwnj": "\u200c", b"zwbo": "\u200b",
    b"zwnbo": "\u2060", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_BREAKS = frozenset({b"par", b"sect", b"page", b"column", b"\n", b"\r"})
_SILENT = frozenset({
    b"colortbl", b"info", b"pict", b"objdata", b"listtext", b"pntext", b"listtable", b"listoverridetable",
    b"revtbl", b"rsidtbl", b"generator", b"xmlnstbl", b"themedata", b"colorschememapping", b"datastore",
    b"latentstyles", b"bkmkstart", b"bkmkend", b"tc", b"xe", b"nonesttables", b"nonshppict", b"background", b"template",
    b"filetbl", b"atnid", b"atnauthor", b"atntime", b"atndate", b"atnref", b"atnparent", b"atnicn", b"sp", b"shprslt",
    b"ftnsep", b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"objclass", b"objname", b"falt", b"panose",
    b"fontemb", b"password", b"docvar", b"userprops", b"private", b"upr", b"pgptbl", b"mmath",
})  # fmt: skip
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]{1,4000})"')
_MARGINS = (b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf")
_PARTS = {b"footnote": "note", b"shptxt": "box", **dict.fromkeys(_MARGINS, "margin")}
"""Destinations with paragraphs of their own."""
_INTO = {b"fonttbl": "fonts", b"stylesheet": "styles", b"fldinst": "field", b"annotation": "nowhere"}
"""Destinations whose words go elsewhere than into the text."""
_OPEN_STARRED = frozenset({b"shpinst", b"shptxt", b"fldrslt", b"footnote"})
"""Destinations that a reader may skip and this one does not."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds in a group and ends with it."""

    into: str = "body"
    font: int = -1
    skip: int = 1
    is_hidden: bool = False
    is_deleted: bool = False
    is_starred: bool = False


class _Part:
    """A place that words go to: the body, a note, a margin, a text box, each with its own paragraphs."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.row: list[list[str]] = []
        self.cell: list[str] = []
        self.link = ""


def read_rich_text(data: bytes) -> Document:
    """Return the document that RTF holds; what is broken in it is read as far as it goes."""
    return _Reading(data).document()


class _Reading:
    """One pass over the tokens."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found = Document()
        self._group = _Group()
        self._stack: list[_Group] = []
        self._parts: list[tuple[int, str, _Part]] = []
        """Parts within the body that are open: at which depth they began, what they are."""
        self._part = _Part()
        self._raw = bytearray()
        self._skip = 0
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._style = self._default = 0
        self._in_table = False
        self._style_name = self._field = ""
        self._later: list[list[Paragraph]] = []
        self._left_out = ""

    def document(self) -> Document:
        place = 0
        while match := _TOKEN.match(self._data, place):
            place = match.end()
            word, number, code, symbol, brace, text = match.groups()
            if text is not None:
                self._bytes(text)
            elif code is not None:
                self._bytes(bytes((int(code, 16),)))
            elif word is not None:
                value = None if number is None else int(number)
                if word == b"bin":
                    place += max(value or 0, 0)
                else:
                    self._control(word, value)
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == b"{":
                self._open()
            elif brace == b"}" and not self._close():
                # What follows the outermost group is no part of the document.
                break
        while self._parts:
            self._end_part()
        self._end_paragraph()
        self._end_row()
        self._found.body = self._part.paragraphs
        return self._found

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) < _DEEPEST:
            self._stack.append(self._group)

    def _close(self) -> bool:
        self._flush()
        self._skip = 0
        if self._group.into == "styles":
            self._name_style()
        elif self._group.into == "field":
            found, self._field = _ADDRESS.search(self._field), ""
            if found and not self._part.link:
                self._part.link = found[1]
        if self._parts and self._parts[-1][0] == len(self._stack):
            self._end_part()
        if not self._stack:
            return False
        self._group = self._stack.pop()
        return bool(self._stack)

    def _bytes(self, data: bytes) -> None:
        if self._group.into == "nowhere":
            return
        taken = min(self._skip, len(data))
        self._skip -= taken
        self._raw += data[taken:]

    def _flush(self) -> None:
        if self._raw:
            encoding = self._fonts.get(self._group.font, self._encoding)
            data, self._raw = bytes(self._raw), bytearray()
            self._say(data.decode(encoding, "replace"))

    def _say(self, words: str) -> None:
        group = self._group
        if group.into in ("nowhere", "fonts"):
            return
        if group.into == "styles":
            self._style_name += words
            return
        if group.into == "field":
            self._field += words
            return
        out = "hidden" if group.is_hidden else "deleted" if group.is_deleted else ""
        if out:
            # Words that stand together may come in several tokens.
            if self._left_out != out:
                self._found.hidden += out == "hidden"
                self._found.deletions += out == "deleted"
            self._left_out = out
            return
        self._left_out = ""
        self._part.words.append(words)

    def _symbol(self, symbol: bytes) -> None:
        if self._skip and symbol in _SYMBOLS:
            self._skip -= 1
        elif symbol == b"*":
            self._group = replace(self._group, is_starred=True)
        elif symbol in _BREAKS:
            self._flush()
            self._break()
        elif symbol in _SYMBOLS:
            self._flush()
            self._say(_SYMBOLS[symbol])

    def _control(self, word: bytes, value: int | None) -> None:
        # A control word may stand for the letter that old readers show. Not a break: some writers leave that letter out.
        if self._skip and word in _LETTERS:
            self._skip -= 1
            return
        self._skip = 0
        self._flush()
        if word in _LETTERS:
            self._say(_LETTERS[word])
        elif word == b"u" and value is not None:
            self._say(_letter(value))
            self._skip = self._group.skip
        elif self._group.is_starred or word in _SILENT or word in _INTO or word in _PARTS:
            self._destination(word)
        elif word in _BREAKS:
            self._break()
        elif word in (b"cell", b"nestcell"):
            self._end_cell()
        elif word in (b"row", b"nestrow"):
            self._end_cell()
            self._end_row()
        else:
            self._property(word, value)

    def _property(self, word: bytes, value: int | None) -> None:
        is_on = value is None or value != 0
        match word:
            case b"f":
                self._group = replace(self._group, font=value or 0)
            case b"uc":
                self._group = replace(self._group, skip=min(max(value or 0, 0), 100))
            case b"v":
                self._group = replace(self._group, is_hidden=is_on)
            case b"deleted":
                self._group = replace(self._group, is_deleted=is_on)
            case b"revised":
                self._found.insertions += is_on and self._group.into == "body"
            case b"plain":
                self._group = replace(self._group, is_hidden=False, is_deleted=False, font=self._default)
            case b"pard":
                self._style, self._in_table = 0, False
            case b"intbl":
                self._in_table = True
            case b"s":
                self._style = value or 0
            case _:
                self._set_encoding(word, value or 0)

    def _set_encoding(self, word: bytes, value: int) -> None:
        is_font = self._group.into == "fonts"
        if word == b"deff":
            self._default = value
            self._group = replace(self._group, font=value)
        elif word == b"ansicpg":
            self._encoding = _known(f"cp{value}", self._encoding)
        elif word == b"mac":
            self._encoding = "mac_roman"
        elif word == b"fcharset" and is_font and value in _CHARSETS and value:
            self._fonts[self._group.font] = _CHARSETS[value]
        elif word == b"cpg" and is_font:
            self._fonts[self._group.font] = _known(f"cp{value}", self._encoding)

    def _destination(self, word: bytes) -> None:
        starred, self._group = self._group.is_starred, replace(self._group, is_starred=False)
        if self._group.into in ("nowhere", "fonts"):
            return
        in_styles = self._group.into == "styles" and word in (b"cs", b"ts", b"ds")
        if word in _INTO:
            self._group = replace(self._group, into=_INTO[word])
        elif word in _PARTS:
            self._begin_part(_PARTS[word])
        elif word in _SILENT or in_styles or (starred and word not in _OPEN_STARRED):
            self._group = replace(self._group, into="nowhere")
        self._found.comments += word == b"annotation"

    def _begin_part(self, kind: str) -> None:
        self._parts.append((len(self._stack), kind, self._part))
        self._part = _Part()

    def _end_part(self) -> None:
        self._end_paragraph()
        self._end_row()
        _, kind, outer = self._parts.pop()
        inner, self._part = self._part.paragraphs, outer
        text = "\n".join(each.text for each in inner).strip()
        if kind == "box":
            # Its words stand beside the paragraph that it hangs on, so they follow that.
            self._later.append(inner)
        elif text and kind == "note":
            self._found.notes.append(text)
        elif text:
            self._found.margins.append(text)

    def _break(self) -> None:
        if self._group.into == "body":
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        part = self._part
        text = _repaired("".join(part.words))
        part.words = []
        if self._in_table or part.cell or part.row:
            if text.strip():
                part.cell.append(text)
            if not self._in_table:
                self._end_row()
        elif text.strip():
            part.paragraphs.append(Paragraph(text, self._styles.get(self._style, ""), part.link))
            part.link = ""
        later, self._later = self._later, []
        for inner in later:
            part.paragraphs += inner

    def _end_cell(self) -> None:
        if self._group.into != "body":
            return
        part = self._part
        text = _repaired("".join(part.words))
        part.words = []
        part.row.append([*part.cell, text])
        part.cell = []

    def _end_row(self) -> None:
        part = self._part
        rest = [part.cell] if part.cell else []
        part.paragraphs += [Paragraph(line) for line in row_lines([*part.row, *rest])]
        part.row, part.cell = [], []

    def _name_style(self) -> None:
        name, self._style_name = self._style_name.strip().rstrip(";").lower(), ""
        if name:
            self._styles[self._style] = name
        self._style = 0


def _letter(value: int) -> str:
    code = value + 0x10000 if value < 0 else value
    return chr(code) if 0 <= code <= 0x10FFFF else "\ufffd"


def _repaired(text: str) -> str:
    """Join the halves in which RTF writes what lies beyond U+FFFF; half a letter becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _known(name: str, otherwise: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return {"cp10000": "mac_roman", "cp65001": "utf-8", "cp936": "gbk"}.get(name, otherwise)

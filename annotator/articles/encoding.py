"""Bytes -> text: which character encoding a file was written in."""

import codecs
import re
from dataclasses import dataclass

from annotator.model.counting import counted

_SAMPLE = 65_536
"""Bytes that are looked at to guess: enough for any detector, and as quick for a large file as for a small one."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "shift_jis": "Shift JIS",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "iso8859_2": "ISO 8859-2",
    "iso8859_15": "ISO 8859-15",
    "mac_roman": "Mac Roman",
}
"""What files of news are written in. Left to itself the detector proposes code pages that nobody has used since DOS."""

# What Windows-1252 shows for text of western Europe, without the letters that it also shows for text in Windows-1250 or
# -1254 or from an old Mac. The detector alone takes a short text with a few of them for Japanese or Polish. (Before e, an o with tilde is
# Portuguese; elsewhere it may be a Hungarian letter.)
_WESTERN_LETTERS = "\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef\u00f1\u00f2\u00f3\u00f4\u00f6\u00f8\u00f9\u00fa\u00fc\u00df\u0153\u00c0\u00c1\u00c2\u00c4\u00c5\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb\u00d1\u00d6\u00d8\u00da\u00dc"
_WESTERN_SIGNS = "\u2018\u2019\u201c\u201d\u201e\u201a\u2039\u203a\u00ab\u00bb\u2013\u2014\u2026\u2022\u20ac\u00a3\u00a7\u00a9\u00ae\u2122\u00b0\u00b7\u00bf\u00a1\u00a0"
_WESTERN = re.compile(
    rf"(?:[\x00-\x7f]|[{_WESTERN_LETTERS}](?![{_WESTERN_LETTERS}]{{2}})|\u00f5(?=e)|[{_WESTERN_SIGNS}])*"
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LINE = 10_000
"""Bytes of a line to either side of the first one beyond ASCII."""
_MOSTLY = 0.75
"""Share of the bytes beyond ASCII that must be sound UTF-8 for the rest to count as damage."""
_BLANKS = " \n\r\u3000\u3001\u3002\uff0c"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Attributes:
        text: as decoded, without a byte order mark, not yet normalised.
        encoding: the name Python knows the encoding by.
        how: what was taken and why, for the person: ``UTF-16 (byte order mark)``, ``Windows-1252 (guessed)``.
    """

    text: str
    encoding: str
    how: str


def decode(data: bytes) -> Decoded:
    """Return the text of `data`: by byte order mark, as strict UTF-8, as UTF-16 without a mark, else by a guess.

    What cannot be decoded becomes U+FFFD, and `Decoded.how` counts it; nothing is refused.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name, "byte order mark")
    wide = wide_encoding(data)
    if wide:
        return _decoded(data, wide, wide[:6].upper(), "guessed from its zero bytes")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "UTF-8")
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(data):
        return _decoded(data, "utf-8", "UTF-8", "")
    encoding = _guess(data)
    return _decoded(data, encoding, _NAMES[encoding], "guessed")


def wide_encoding(data: bytes) -> str:
    """Return the UTF-16 or UTF-32 encoding that `data`, without a byte order mark, is written in; else nothing.

    Latin letters, blanks and line ends leave zero bytes in every second place, and a real text has blanks.
    """
    sample = data[: _SAMPLE - _SAMPLE % 4]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    zeros, units = even + odd, len(sample) // 2
    if not zeros or zeros * 100 < units:
        return ""
    if zeros > units:
        return next((each for each in ("utf-32-le", "utf-32-be") if _is_plausible(sample, each, is_latin=True)), "")
    encoding, others = ("utf-16-le", even) if odd > even else ("utf-16-be", odd)
    return encoding if others * 10 <= zeros and _is_plausible(sample, encoding, is_latin=zeros * 2 > units) else ""


def _is_plausible(sample: bytes, encoding: str, *, is_latin: bool) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    if not text or "\0" in text:
        return False
    if is_latin and text.isprintable():
        # One word has no blank.
        return True
    rest = sample.translate(None, b"\0\t\n\r")
    is_ascii = rest.isascii() and rest.decode("ascii").isprintable()
    return (is_latin or not is_ascii) and sum(text.count(blank) for blank in _BLANKS) * 100 >= len(text)


def _is_damaged_utf8(data: bytes) -> bool:
    sample = _sample(data)
    total = len(_NOT_ASCII.findall(sample))
    return sum(map(len, _MULTIBYTE.findall(sample))) >= total * _MOSTLY


def _guess(data: bytes) -> str:
    sample = _sample(data)
    western = sample.decode("cp1252", "replace")
    if _WESTERN.fullmatch(western) and sum(map(western.count, _WESTERN_LETTERS)) * 5 <= len(western):
        return "cp1252"
    # Imported here because it takes longer to load than most files take to read.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample, cp_isolation=list(_NAMES), enable_fallback=False).best()
    if best is None or best.encoding not in _NAMES:
        return "cp1252"
    # Where the common one gives the same text, it is the one that was meant.
    return "cp1252" if str(best) == western else best.encoding


def _sample(data: bytes) -> bytes:
    """Return lines with something beyond ASCII: in a large file the first such byte may come late."""
    if len(data) <= _SAMPLE:
        return data
    lines: list[bytes] = []
    size = end = 0
    while size < _SAMPLE and (found := _NOT_ASCII.search(data, end)):
        start = max(data.rfind(b"\n", end, found.start()) + 1, found.start() - _LINE, end)
        end = data.find(b"\n", found.start()) + 1 or len(data)
        if end - start > 2 * _LINE:
            # A cut within a character of several bytes would rule its encoding out.
            blank = data.rfind(b" ", found.start(), start + 2 * _LINE)
            end = blank + 1 or start + 2 * _LINE
        lines.append(data[start:end])
        size += end - start
    return b"".join(lines)


def _decoded(data: bytes, encoding: str, name: str, why: str) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken:
        broken -= data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    damage = f"{counted(broken, 'broken place')} became U+FFFD" if broken > 0 else ""
    reasons = ", ".join(reason for reason in (why, damage) if reason)
    return Decoded(text, encoding, f"{name} ({reasons})" if reasons else name)

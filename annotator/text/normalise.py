"""Normalise a text once, at import; after that it never changes."""

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from annotator.model.counting import counted
from annotator.model.errors import SpanError

BOM = "\ufeff"
_LINE_ENDS = ("\r", "\u2028", "\u2029", "\u0085", "\v", "\f")
# DEL goes with C0: it is a control of the same kind. C1 (but U+0085) stays: it is somebody's badly decoded letter,
# and what to make of that is for a person to say.
_CONTROLS = tuple(chr(code) for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r\v\f")
_CONTROL_SET = "".join(_CONTROLS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_REPLACEMENT = "\ufffd"
# Every place where raw and normalised text differ in length.
_SHIFTS = re.compile(
    rf"\A[{BOM}{re.escape(_CONTROL_SET)}]+|\r\n|[\ud800-\udbff][\udc00-\udfff]|[{re.escape(_CONTROL_SET)}]+"
)


@dataclass(frozen=True)
class Normalised:
    """A text as the program keeps it, and what was done to it.

    Attributes:
        text: LF only, no control characters but TAB and LF, no lone surrogates, no byte order mark at the start.
        report: what was changed, in sentences without their full stop; empty when nothing was.
    """

    text: str
    report: tuple[str, ...]
    _raw: str = field(repr=False)

    def position(self, raw_offset: int) -> int:
        """Return where a code-point offset of the raw string lies in `text`.

        The map is monotone. An offset inside something that became one character (between CR and LF, inside a
        surrogate pair) goes to that character's start; one inside something removed goes to where it was.

        Raises:
            SpanError: the offset lies outside the raw string.
        """
        if not 0 <= raw_offset <= len(self._raw):
            raise SpanError(
                f"The offset {raw_offset:,} lies outside the text, which had {len(self._raw):,} characters."
            )
        starts, ends, shifts = self._shifts
        place = bisect_right(starts, raw_offset) - 1
        if place < 0:
            return raw_offset
        before = shifts[place - 1] if place else 0
        if raw_offset < ends[place]:
            return starts[place] - before
        return raw_offset - shifts[place]

    @cached_property
    def _shifts(self) -> tuple["array[int]", "array[int]", "array[int]"]:
        # Made when first asked for: only readers of annotations need it, and a long text has many line ends.
        starts, ends, shifts = array("q"), array("q"), array("q")
        if len(self.text) == len(self._raw):
            return starts, ends, shifts
        lost = 0
        for found in _SHIFTS.finditer(self._raw):
            length = found.end() - found.start()
            first = found[0][0]
            lost += length - 1 if first == "\r" or "\ud800" <= first <= "\udbff" else length
            starts.append(found.start())
            ends.append(found.end())
            shifts.append(lost)
        return starts, ends, shifts


def normalise(raw: str) -> Normalised:
    """Return `raw` with LF line ends and without what no text should hold.

    Byte order marks at the start go; CRLF, CR, U+2028, U+2029, U+0085, VT and FF become LF; NUL, the other C0
    controls (but TAB and LF) and DEL go; surrogate pairs are joined and unpaired surrogates become U+FFFD.
    Everything else stays as it is: no-break blanks, ZWNJ, ZWJ, direction marks, soft hyphens, C1 controls,
    composed and decomposed letters. Normalising twice is normalising once.
    """
    # `in`, `count` and `replace` of one character run at memory speed; a regular expression over 200 MB does not.
    text = raw.lstrip(BOM + _CONTROL_SET)
    marks = raw[: len(raw) - len(text)].count(BOM)
    controls = len(raw) - len(text) - marks
    text, pairs, unpaired = _without_surrogates(text)
    ends = text.count("\r\n")
    if ends:
        text = text.replace("\r\n", "\n")
    for end in _LINE_ENDS:
        if end in text:
            ends += text.count(end)
            text = text.replace(end, "\n")
    for control in _CONTROLS:
        if control in text:
            controls += text.count(control)
            text = text.replace(control, "")
    report = (
        _sentence(marks, "byte order mark", "removed"),
        _sentence(ends, "line end", "made LF"),
        _sentence(controls, "control character", "removed"),
        _sentence(pairs, "surrogate pair", "joined"),
        _sentence(unpaired, "unpaired surrogate", "replaced by U+FFFD"),
    )
    return Normalised(text, tuple(sentence for sentence in report if sentence), raw)


def _without_surrogates(text: str) -> tuple[str, int, int]:
    if text.isascii() or not _SURROGATE.search(text):
        return text, 0, 0
    text, pairs = _PAIR.subn(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    text, unpaired = _SURROGATE.subn(_REPLACEMENT, text)
    return text, pairs, unpaired


def _sentence(count: int, what: str, done: str) -> str:
    return f"{counted(count, what)} {done}" if count else ""

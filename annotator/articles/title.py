"""Propose an article's title: from its text and its file's name."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath

from annotator.model.span import Fragment
from annotator.text.fold import fold
from annotator.text.paragraphs import paragraphs

_LINES = 20
_REACH = 20_000
"""Lines, and about how many code points, in which a headline is looked for."""
_LONGEST = 140
_LONGEST_MATCH = 200
_ALIKE = 0.6
"""How much of their words (Dice) a line and a file name must share."""
_OPENING = 60
"""Code points of the text that make a title where nothing else does."""

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*(\S)")
_STOPPED = re.compile(r"""[.:;,\u3002\u06d4\u060c\u061b]["'\u2019\u201d\u00bb)\]]*$""")
_ABBREVIATED = re.compile(r"(?:\b\w\.){2,}$")
_MEANINGLESS = re.compile(r"[0-9a-fA-F-]{16,}|[\W\d_]*|untitled\W*\d*|new text document\W*\d*|tmp\w*", re.IGNORECASE)
_FURNITURE = re.compile(
    r"""(?xi)
    (?:by|posted|published|updated|filed|share|home|menu|skip\ to|subscribe|bookmark|advertisement|copyright|photos?
      |source|sign\ (?:in|up)|log\ ?in|follow|(?:leave\ a\ )?(?:comments?|reply|response)|print|e-?mail|tags?|search
      |read\ more|close|link|date|title|url|von|par|por)\b
  | https?:// | www\. | [^|]*\| | \u00a9 | \W*$
    """
)
_DATE = re.compile(
    r"""(?xi)
    (?:\W|\d|(?:st|nd|rd|th|am|pm|gmt|utc|est|edt|[ap]\.m\.
      |jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|uary|ruary|ch|il|e|y|ust|tember|ober|ember
      |mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun|day))+
    """
)


@dataclass(frozen=True, slots=True)
class Title:
    """A proposed title, and where it stands in the text (code points), if it does."""

    text: str
    fragment: Fragment | None = None


def propose_title(text: str, file_name: str = "") -> Title:
    """Return a title for a normalised text: a person may change it, so any is better than none.

    The line among the first ones that says what the file's name says; else the first that looks like a headline; else
    the file's name made readable; else the text's first words.
    """
    stem = PurePath(file_name).stem
    lines = _first_lines(text)
    headline = _named_line(text, lines, stem) or _headline(text, lines)
    if headline:
        return Title(" ".join(headline.covered(text).split()), headline)
    readable = readable_name(stem)
    if readable:
        return Title(readable)
    return Title(_opening(lines[0].covered(text)) if lines else "Untitled")


def readable_name(stem: str) -> str:
    """Return a file's name, without its suffix, as words; nothing where it says nothing (a number, a hash)."""
    if _MEANINGLESS.fullmatch(stem):
        return ""
    words = re.sub(r"[_\s]+" if " " in stem else r"[-_+]+", " ", stem.replace("%20", " ")).strip()
    return words[:1].upper() + words[1:]


def _first_lines(text: str) -> list[Fragment]:
    end = text.find("\n", _REACH)
    return paragraphs(text, 0, None if end < 0 else end)[:_LINES]


def _named_line(text: str, lines: list[Fragment], stem: str) -> Fragment | None:
    name = _words(_CAMEL.sub(" ", stem))
    best, best_score = None, 0.0
    for line in lines:
        if line.end - line.start > _LONGEST_MATCH:
            continue
        words = _words(line.covered(text))
        common = (Counter(words) & Counter(name)).total()
        score = 2 * common / (len(words) + len(name)) if words and name else 0.0
        if score > best_score and (words == name or (common > 1 and score >= _ALIKE)):
            best, best_score = line, score
    return best


def _words(line: str) -> list[str]:
    return _WORD.findall(fold(line).text.replace("'", ""))


def _headline(text: str, lines: list[Fragment]) -> Fragment | None:
    for line in lines:
        covered = line.covered(text)
        if not _FURNITURE.match(covered) and not _DATE.fullmatch(covered):
            return line if _is_headline(text, line) else None
    return None


def _is_headline(text: str, line: Fragment) -> bool:
    covered = line.covered(text)
    if len(covered) > _LONGEST or (_STOPPED.search(covered) and not _ABBREVIATED.search(covered)):
        return False
    # A line that goes on in lower case in the next one is the beginning of a paragraph with hard line ends.
    goes_on = _NEXT_LINE.match(text, line.end)
    return not (goes_on and goes_on[1].islower())


def _opening(line: str) -> str:
    line = " ".join(line.split())
    if len(line) <= _OPENING:
        return line
    cut = line.rfind(" ", 0, _OPENING)
    return line[: cut if cut > 0 else _OPENING].rstrip(" .,;:\u2013\u2014-") + "\u2026"

"""PARC 3 XML: words with their places in bytes, and what each of them is in which attribution. It is only read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from lxml import etree

from annotator.formats.format import Reader, Taking, Unit
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import read_text
from annotator.formats.taking.gather import gather
from annotator.model.counting import counted
from annotator.model.problem import Problem
from annotator.model.span import Span

_ROLES = ("source", "cue", "content")
_FRAME = "attribution"
_RAW = (".txt", ".raw", "")
"""Suffixes of the file beside that holds the text itself."""


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    files = sorted(each for each in path.rglob("*.xml") if each.is_file()) if path.is_dir() else [path]
    cueless: list[str] = []
    documents = (each for file in files for each in _documents(file, problems, cueless))
    reading = gather(documents, path, taking, problems=problems, total=len(files), importer="parc3")
    if not cueless:
        return reading
    many = counted(len(cueless), "attribution has", "attributions have")
    return replace(reading, told=(*reading.told, f"{many} no cue; each lies on its content, or else on its source."))


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    text: str
    line: int | None
    is_first: bool
    """Whether it begins a sentence."""


@dataclass(slots=True)
class _Attribution:
    words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    line: int | None = None


def _documents(file: Path, problems: list[Problem], cueless: list[str]) -> Iterator[Document]:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.parse(str(file), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        problems.append(Problem(str(file), f"The file cannot be read: {str(error)[:120]}."))
        return
    words: list[_Word] = []
    found: dict[str, _Attribution] = {}
    for element in root.iter("WORD"):
        word = _word(element, words)
        if word is None:
            message = "A WORD has no ByteCount of two numbers in order (as “9,15”), so where it stands is not known."
            problems.append(Problem(str(file), message, element.sourceline))
            continue
        for attribution in element.iter("attribution"):
            here = found.setdefault(attribution.get("id") or "", _Attribution(line=element.sourceline))
            for role in attribution.iter("attributionRole"):
                here.words[(role.get("roleValue") or "").casefold()].append(len(words))
        words.append(word)
    if not words:
        return
    raw = next((file.with_suffix(each) for each in _RAW if file.with_suffix(each).is_file()), None)
    text = read_text(raw, problems) if raw is not None else None
    unit = Unit.BYTES
    if text is None:
        text, unit = _rebuilt(words), Unit.CODE_POINTS
    items, ties = _labels(found, words, cueless, whole=text if unit is Unit.CODE_POINTS else "")
    yield Document(file=file, name=file.stem, text=text, items=tuple(items), ties=tuple(ties), unit=unit)


def _word(element: "etree._Element", before: list[_Word]) -> _Word | None:
    first, _, last = (element.get("ByteCount") or "").partition(",")
    text = element.get("text") or ""
    if not first.isdecimal() or not last.isdecimal() or not text or int(first) >= int(last):
        return None
    start = int(first)
    if before and start < before[-1].end:
        return None
    sentence = element.get("sentenceWord")
    return _Word(start, int(last), text, element.sourceline, sentence == "0")


def _rebuilt(words: list[_Word]) -> str:
    """Return the text with blanks where nothing is known of it, and set the words to where they then stand."""
    parts: list[str] = []
    at, end = 0, words[0].start
    for number, word in enumerate(words):
        gap = word.start - end
        end = word.end
        if gap:
            blank = "\n" if word.is_first and number else " "
            parts.append(blank)
            at += 1
        parts.append(word.text)
        word.start, word.end = at, at + len(word.text)
        at = word.end
    return "".join(parts)


def _labels(
    found: dict[str, _Attribution], words: list[_Word], cueless: list[str], *, whole: str
) -> tuple[list[Item], list[Tie]]:
    """Return a frame for each attribution, which lies on its cue, and its source and content as roles."""
    items: list[Item] = []
    ties: list[Tie] = []
    for key, attribution in found.items():
        roles = {role: numbers for role in _ROLES if (numbers := attribution.words.get(role))}
        on = next((roles[role] for role in ("cue", "content", "source") if role in roles), None)
        if on is None:
            continue
        if "cue" not in roles:
            cueless.append(key)
        items.append(_item(key, _FRAME, on, words, whole=whole, line=attribution.line))
        for role in ("source", "content"):
            if role in roles:
                items.append(_item(f"{key} {role}", role, roles[role], words, whole=whole, line=attribution.line))
                ties.append(Tie(role, key, f"{key} {role}", is_role=True, line=attribution.line))
    return items, ties


def _item(key: str, label: str, numbers: list[int], words: list[_Word], *, whole: str, line: int | None) -> Item:
    runs: list[list[_Word]] = []
    for before, number in zip([None, *numbers], numbers, strict=False):
        if before is None or number > before + 1:
            runs.append([])
        runs[-1].append(words[number])
    ranges = Span.of(*((run[0].start, run[-1].end) for run in runs)).fragments
    # What stands between words is known only from the text: a quote of several of them is made of blanks that are taken
    # for any others. Words that touch are left without one.
    quotes = tuple(" ".join(word.text for word in run) for run in runs)
    touching = any(one.end == other.start for run in runs for one, other in pairwise(run))
    fits = not whole and not touching and len(quotes) == len(ranges)
    return Item(key, label, ranges, quotes if fits else (), line=line)


def _is_parc(path: Path, head: bytes) -> bool:
    if path.is_dir():
        files = sorted(path.rglob("*.xml"))
        if not files:
            return False
        with files[0].open("rb") as file:
            head = file.read(1 << 16)
    return b"<WORD " in head and b"ByteCount=" in head


READER = Reader("PARC 3 XML", _read, _is_parc, purpose="Attributions of the PARC 3 corpus")

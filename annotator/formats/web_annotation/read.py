"""Read annotations in JSON-LD, those of other programs too, where the texts lie beside them. Nothing is fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from annotator.formats.format import Taking
from annotator.formats.json_items import items_of
from annotator.formats.json_lines import as_text, is_clean, is_number
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import read_text
from annotator.formats.taking.gather import gather
from annotator.formats.taking.spool import Spool, spooled
from annotator.formats.web_annotation.write import CONTEXT
from annotator.model.problem import Problem

_LISTS = ("first", "items", "@graph")
"""Under these names a collection has its first page, and a page its annotations."""
_LABELS = ("classifying", "tagging", "")
_KEPT = 16
"""As many texts are held: annotations of one text mostly stand together."""


def read(path: Path, taking: Taking) -> Reading:
    """Read a file, or those of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    files = sorted(path.rglob("*.jsonld")) if path.is_dir() else [path]
    documents = (each for file in files for each in _documents(file, problems))
    return gather(documents, path, taking, problems=problems, importer="web annotation")


def is_web_annotation(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, says that it is of this kind."""
    if not path.is_dir():
        return CONTEXT.encode() in head
    for file in sorted(path.rglob("*.jsonld")):
        with file.open("rb") as opened:
            return CONTEXT.encode() in opened.read(1 << 16)
    return False


def _documents(file: Path, problems: list[Problem]) -> Iterator[Document]:
    with spooled() as labels, spooled() as links:
        sheet = _Sheet(file, problems, _Texts(file, problems), labels, links)
        for number, each in enumerate(items_of(file, problems, _LISTS), start=1):
            if isinstance(each, dict) and is_clean(each):
                sheet.take(each, number)
            else:
                problems.append(Problem(str(file), f"Annotation {number} is none, or holds half of a character."))
        yield from sheet.documents()


class _Label(NamedTuple):
    """A label while it waits for the others of its text."""

    key: str
    label: str
    ranges: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    note: str
    annotator: str


@dataclass(slots=True)
class _Texts:
    """The texts that lie beside a file, of which a few are held."""

    file: Path
    problems: list[Problem]
    _held: dict[str, str] = field(default_factory=dict, init=False)
    _known: dict[str, bool] = field(default_factory=dict, init=False)

    def __iter__(self) -> Iterator[str]:
        """Yield what the texts are called that were asked for and are there, in the order in which they were."""
        return (source for source, is_there in self._known.items() if is_there)

    def of(self, source: str) -> str | None:
        """Return the text that a source names: a file beside, and nothing else. Nothing is fetched."""
        if source not in self._held:
            if not self._known.get(source, True):
                return None
            text = self._read(source)
            self._known[source] = text is not None
            if text is None:
                return None
            if len(self._held) >= _KEPT:
                self._held.pop(next(iter(self._held)))
            self._held[source] = text
        return self._held[source]

    def _read(self, source: str) -> str | None:
        path = PurePosixPath(unquote(source).removeprefix("file:").lstrip("/"))
        place = self.file.parent.joinpath(*path.parts)
        if ".." in path.parts or ":" in path.as_posix() or not place.is_file():
            return None
        return read_text(place, self.problems)


@dataclass(slots=True)
class _Sheet:
    """One file: its annotations by the text that they are about."""

    file: Path
    problems: list[Problem]
    texts: _Texts
    labels: Spool
    links: Spool
    _titles: dict[str, str] = field(default_factory=dict, init=False)
    _homes: dict[str, str] = field(default_factory=dict, init=False)

    def take(self, content: dict[str, Any], number: int) -> None:
        """Take one annotation in."""
        motivation = _many(content.get("motivation"))
        bodies = _many(content.get("body"))
        said = [each for each in bodies if isinstance(each, dict)]
        targets = _many(content.get("target"))
        if "linking" in motivation:
            origin = next((each for each in targets if isinstance(each, str)), "")
            target = next((each for each in bodies if isinstance(each, str)), None)
            self.links.put("", (_value(said, "tagging") or "link", origin, target, _who(content), number))
            return
        if "describing" in motivation and len(targets) == 1 and isinstance(targets[0], str):
            if self.texts.of(targets[0]) is not None:
                self._titles[targets[0]] = _value(said, "describing")
            return
        source, ranges, quotes = self._places(targets)
        if source is None or not ranges:
            self._tell(f"Annotation {number} does not say where in a text it lies, or the text is not beside the file.")
            return
        label = next((_value(said, purpose) for purpose in _LABELS if _value(said, purpose)), "annotation")
        key = as_text(content.get("id", f"annotation {number}"))
        self._homes[key] = source
        tags = (
            each["value"] for each in said if each.get("purpose") == "tagging" and isinstance(each.get("value"), str)
        )
        pairs = tuple((name, value) for name, sign, value in (tag.partition(": ") for tag in tags) if sign)
        found = _Label(key, label, tuple(ranges), tuple(quotes), pairs, _value(said, "commenting"), _who(content))
        self.labels.put(source, tuple(found))

    def documents(self) -> Iterator[Document]:
        """Yield a document a text, once everything was taken in."""
        with spooled() as ties:
            for kind, origin, target, who, number in self.links.take(""):
                home = self._homes.get(origin)
                if home is None or (target is not None and target not in self._homes):
                    self._tell(f"Annotation {number} links something that is no annotation in this file.")
                    continue
                there = self._homes.get(target or "", home)
                ties.put(home, (kind, origin, target, who, "" if there == home else there))
            for source in self.texts:
                items = tuple(_item(_Label(*each)) for each in self.labels.take(source))
                yield Document(
                    file=self.file,
                    name=source,
                    text=self.texts.of(source) or "",
                    items=items,
                    ties=tuple(
                        Tie(kind, origin, target, annotator=who, elsewhere=there)
                        for kind, origin, target, who, there in ties.take(source)
                    ),
                    labelled=bool(items),
                    title=self._titles.get(source) or PurePosixPath(unquote(source)).stem,
                )

    def _tell(self, message: str) -> None:
        self.problems.append(Problem(str(self.file), message))

    def _places(self, targets: list[Any]) -> tuple[str | None, list[tuple[int, int]], list[str]]:
        """Return the one text that targets lie in, and where, and what they cover."""
        source: str | None = None
        ranges: list[tuple[int, int]] = []
        quotes: list[str] = []
        for target in targets:
            if not isinstance(target, dict) or not isinstance(target.get("source"), str):
                return None, [], []
            text = self.texts.of(target["source"])
            if text is None or source not in (None, target["source"]):
                return None, [], []
            source = target["source"]
            found = _selected(_many(target.get("selector")), text)
            if found is None:
                return None, [], []
            ranges.append(found[0])
            quotes += [found[1]] if found[1] else []
        return source, ranges, quotes if len(quotes) == len(ranges) else []


def _item(found: _Label) -> Item:
    return Item(
        key=found.key,
        label=found.label,
        ranges=found.ranges,
        quotes=found.quotes,
        attributes=found.attributes,
        note=found.note,
        annotator=found.annotator,
        id=found.key.removeprefix("urn:uuid:"),
    )


def _many(value: Any) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _selected(selectors: list[Any], text: str) -> tuple[tuple[int, int], str] | None:
    """Return the range that a position gives, or else the one place that a quote fits; and the quote."""
    exact, prefix, suffix, place = "", "", "", None
    for each in selectors:
        match each:
            case {"type": "TextPositionSelector", "start": start, "end": end} if is_number(start) and is_number(end):
                place = (start, end)
            case {"type": "TextQuoteSelector", "exact": str(exact)}:
                prefix, suffix = as_text(each.get("prefix", "")), as_text(each.get("suffix", ""))
    if place is not None:
        return place, exact
    around = f"{prefix}{exact}{suffix}"
    if exact and text.count(around) == 1:
        start = text.index(around) + len(prefix)
        return (start, start + len(exact)), exact
    return None


def _value(bodies: list[dict[str, Any]], purpose: str) -> str:
    """Return what the first body with a purpose says."""
    for each in bodies:
        if each.get("purpose", "") == purpose and isinstance(each.get("value"), str):
            return str(each["value"])
    return ""


def _who(content: Mapping[str, Any]) -> str:
    creator = next(iter(_many(content.get("creator"))), None)
    if isinstance(creator, dict):
        creator = creator.get("name") or creator.get("nickname") or creator.get("id")
    return creator if isinstance(creator, str) else ""

"""Read a project: one that was written here, or what QualCoder, NVivo, ATLAS.ti and others write."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from annotator.formats.format import Taking
from annotator.formats.giving.regions import CONTINUES
from annotator.formats.record import Reading
from annotator.formats.refi.codes import codes_in, local, plain
from annotator.formats.refi.names import ABSENT, PROJECT
from annotator.formats.taking.archive import Archive
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.elements import UNREADABLE, elements
from annotator.formats.taking.gather import gather
from annotator.formats.taking.regions import joined
from annotator.formats.taking.spool import Spool, spooled
from annotator.model.problem import Problem

_Key = tuple[str, str]
_SOURCES = ("TextSource", "Representation")
"""What holds selections of a text: a source, or what is written of a picture or recording."""


def is_refi(path: Path, head: bytes) -> bool:
    """Whether a file is an archive with a project in it."""
    return path.suffix.lower() == ".qdpx" and head.startswith(b"PK")


def read(path: Path, taking: Taking) -> Reading:
    """Read a project. It is gone through twice: who is spoken of stands behind what they did.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(path) as archive, spooled() as ties:
            sheet = _Sheet(path, Archive(path, archive, problems), ties, problems)
            if not sheet.look_through():
                problems.append(Problem(str(path), f"The archive holds no “{PROJECT}” that can be read."))
            reading = gather(sheet.documents(), path, taking, problems=problems, importer="refi-qda")
    except UNREADABLE as error:
        problems.append(Problem(str(path), f"The file cannot be read: {str(error)[:120]}."))
        return gather((), path, taking, problems=problems)
    told = reading.told
    if sheet.uncoded:
        told = (*told, f"{sheet.uncoded:,} selections without a code were not taken, as no label is in them.")
    return replace(reading, told=told)


@dataclass(slots=True)
class _Sheet:
    """A project while it is read. Its links wait in `ties` under the source that they leave."""

    path: Path
    box: Archive
    ties: Spool
    problems: list[Problem]
    uncoded: int = 0
    people: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    values: dict[str, _Key] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def look_through(self) -> bool:
        """Take in everything but the sources; whether there is a project."""
        with spooled() as links:
            for each in self._elements("User", "Codes", "Note", "Link", *_SOURCES):
                match local(each):
                    case "User":
                        self.people[plain(each.get("guid"))] = each.get("name") or each.get("id") or ""
                    case "Codes":
                        self._take_codes(each)
                    case "Note":
                        self.notes[plain(each.get("guid"))] = self._text(each) or ""
                    case "Link":
                        ends = plain(each.get("originGUID")), plain(each.get("targetGUID"))
                        links.put("", (*ends, each.get("name") or "link", each.sourceline))
                    case _:
                        name = _name(each)
                        self.homes.update((plain(inner.get("guid")), name) for inner in each if _is_selection(inner))
            for origin, target, kind, line in links.take(""):
                self._take_link(origin, target, kind, line)
        return self.box.has(PROJECT)

    def documents(self) -> Iterator[Document]:
        """Yield the sources that hold text."""
        # Whatever is not asked for stays in memory, so notes and links are asked for, too.
        for each in self._elements(*_SOURCES, "Note", "Link"):
            if local(each) in _SOURCES:
                ties = [Tie(*found) for found in self.ties.take(_name(each))]
                yield from self._document(each, ties)

    def _elements(self, *names: str) -> Iterator["etree._Element"]:
        file = self.box.opened_as(PROJECT)
        if file is not None:
            with file:
                yield from elements(file, *names)

    def _take_codes(self, place: "etree._Element") -> None:
        for code in codes_in(place):
            if code.attribute:
                self.values[code.guid] = (code.attribute, code.name)
            else:
                self.codes[code.guid] = code.label

    def _text(self, element: "etree._Element") -> str | None:
        """Return the text of a source or note; None where the archive does not hold it."""
        for child in element:
            if local(child) == "PlainTextContent":
                return child.text or ""
        path = element.get("plainTextPath") or ""
        data = self.box.called(path.removeprefix("internal://")) if path else None
        if data is None:
            return None
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            return None

    def _take_link(self, origin: str, target: str, kind: str, line: int) -> None:
        home, there = self.homes.get(origin), self.homes.get(target)
        if home is None or there is None:
            message = f"The link {kind} joins something other than two selections of texts, so it was not taken."
            self.problems.append(Problem(str(self.path), message, line))
            return
        self.ties.put(home, (kind, origin, target, False, "", "" if there == home else there, "", line))

    def _document(self, source: "etree._Element", ties: list[Tie]) -> Iterator[Document]:
        text = self._text(source)
        title = source.get("name") or _name(source)
        if text is None:
            message = f"The text of “{title}” is not in the archive, or is no UTF-8."
            self.problems.append(Problem(str(self.path), message, source.sourceline))
            return
        selections = [each for each in source if _is_selection(each)]
        # Some programs name a selection by its words, some by its place: only words that are there are believed.
        items: list[Item] = []
        more: list[Tie] = []
        for each in selections:
            items += self._items(each, text)
            more += self._absent(each)
        # Who made a link is not said: whoever made the label that it leaves.
        makers = {item.key: item.annotator for item in items}
        placed = [replace(each, annotator=makers.get(each.origin, "")) for each in (*ties, *more)]
        items, placed = joined(items, placed, CONTINUES)
        yield Document(
            file=self.path,
            name=_name(source),
            text=text,
            items=tuple(items),
            ties=tuple(placed),
            labelled=bool(items),
            title=title,
            id=_name(source),
        )

    def _items(self, selection: "etree._Element", text: str) -> Iterator[Item]:
        own = plain(selection.get("guid"))
        start, end = selection.get("startPosition") or "", selection.get("endPosition") or ""
        if not start.isdecimal() or not end.isdecimal():
            message = f"The selection {own} has no positions that are numbers."
            self.problems.append(Problem(str(self.path), message, selection.sourceline))
            return
        labels, attributes = [], []
        for user, code in self._codings(selection):
            if code in self.values:
                if self.values[code][0] != ABSENT:
                    attributes.append(self.values[code])
            elif code in self.codes:
                labels.append((user, self.codes[code]))
        if not labels:
            self.uncoded += 1
        name = selection.get("name") or ""
        quotes = (name,) if name and name in text.replace("\r\n", "\n") else ()
        note = "\n".join(self.notes.get(plain(each.get("targetGUID")), "") for each in self._refs(selection))
        for number, (user, label) in enumerate(labels):
            yield Item(
                key=f"{own}#{number + 1}" if number else own,
                label=label,
                ranges=((int(start), int(end)),),
                quotes=quotes,
                attributes=tuple(attributes),
                note=note,
                annotator=self.people.get(user, ""),
                id="" if number else own,
                line=selection.sourceline,
            )

    def _codings(self, selection: "etree._Element") -> Iterator[_Key]:
        """Yield who coded and with which code."""
        for coding in selection:
            if local(coding) != "Coding":
                continue
            user = plain(coding.get("creatingUser") or selection.get("creatingUser"))
            for each in coding:
                if local(each) == "CodeRef":
                    yield user, plain(each.get("targetGUID"))

    def _absent(self, selection: "etree._Element") -> Iterator[Tie]:
        for _, code in self._codings(selection):
            if self.values.get(code, ("", ""))[0] == ABSENT:
                yield Tie(self.values[code][1], plain(selection.get("guid")), None, line=selection.sourceline)

    def _refs(self, selection: "etree._Element") -> list["etree._Element"]:
        return [each for each in selection.iter() if local(each) == "NoteRef"]


def _is_selection(element: "etree._Element") -> bool:
    return local(element) == "PlainTextSelection"


def _name(source: "etree._Element") -> str:
    return plain(source.get("guid"))

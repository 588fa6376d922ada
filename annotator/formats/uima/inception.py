"""Read a project that INCEpTION exported, with all its annotators and the curation, packed or unpacked."""

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from annotator.formats.format import Taking
from annotator.formats.record import Reading
from annotator.formats.taking.archive import BROKEN, Archive, Folder
from annotator.formats.taking.document import Document
from annotator.formats.taking.gather import gather
from annotator.formats.uima.document import document_of
from annotator.formats.uima.read import PARSERS, understood, with_blanks_of
from annotator.formats.uima.structure import TYPES, Cas
from annotator.model.article import State
from annotator.model.problem import Problem

_FOLDERS = ("annotation", "curation")
_NOBODY = "INITIAL_CAS"
_CURATION = "CURATION_USER"
_STATES = {
    "FINISHED": State.DONE,
    "CURATION_FINISHED": State.DONE,
    "INPROGRESS": State.IN_PROGRESS,
    "IN_PROGRESS": State.IN_PROGRESS,
    "CURATION_INPROGRESS": State.IN_PROGRESS,
    "CURATION_IN_PROGRESS": State.IN_PROGRESS,
}
_Box = Archive | Folder


@dataclass(frozen=True, slots=True)
class _Member:
    """One person's work on one text: what holds it, the text's name, and the person's."""

    name: str
    text: str
    annotator: str


def is_inception(path: Path, _head: bytes) -> bool:
    """Whether a zip file or folder is INCEpTION's: a project, or a text that was exported as a zip of its own."""
    if path.is_dir():
        return any(each.is_dir() and _members(Folder(path)) for each in map(path.joinpath, _FOLDERS))
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = Archive(path, archive, []).names()
    except BROKEN:
        return False
    return any(_is_project(each) or PurePosixPath(each).suffix == ".xmi" or _is_work(each) for each in names)


def _is_project(name: str) -> bool:
    last = PurePosixPath(name)
    return last.name.startswith("exportedproject") and last.suffix == ".json"


def _is_work(name: str) -> bool:
    parts = PurePosixPath(name)
    return any(each in parts.parts[:-2] for each in _FOLDERS) and parts.suffix in (".zip", *PARSERS)


def read(path: Path, taking: Taking) -> Reading:
    """Read a project, or a text of its own.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    told: list[str] = []
    with ExitStack() as stack:
        try:
            box: _Box = (
                Folder(path) if path.is_dir() else Archive(path, stack.enter_context(zipfile.ZipFile(path)), problems)
            )
            project = _Project(path, box, taking, problems)
        except BROKEN as error:
            problems.append(Problem(str(path), f"The file cannot be read: {str(error)[:120]}."))
            return gather((), path, taking, problems=problems)
        if any(each.annotator == _CURATION for each in project.members):
            told.append(f"“{_CURATION}” is INCEpTION's curation: what was agreed on in the end.")
        total = len(project.members)
        return gather(
            project.documents(), path, taking, problems=problems, told=told, total=total, importer="inception"
        )


def _members(box: _Box) -> list[_Member]:
    """Return whose work on which text stands where; of one person's work in several forms the first."""
    found: dict[tuple[str, str], _Member] = {}
    for name in box.names():
        if _is_work(name):
            parts = PurePosixPath(name).parts
            at = next(place for place, part in enumerate(parts) if part in _FOLDERS)
            text, who = parts[at + 1], PurePosixPath(name).stem
            found.setdefault((text, who), _Member(name, text, who))
    if not found:
        for name in box.names():
            last = PurePosixPath(name)
            if last.suffix in PARSERS and last.name != TYPES and not _is_project(name):
                found[last.stem, ""] = _Member(name, last.stem, "")
    return list(found.values())


@dataclass(slots=True)
class _Project:
    """A project while it is read."""

    path: Path
    box: _Box
    taking: Taking
    problems: list[Problem]
    members: list[_Member] = field(init=False)
    states: dict[tuple[str, str], State] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.members = _members(self.box)
        self._take_states()
        if not self.members:
            message = (
                "There is nobody's work in it that can be read. Export the project again, and choose a secondary format"
                " such as “UIMA CAS JSON 0.4.0”: without one INCEpTION writes what only it can read."
            )
            self.problems.append(Problem(str(self.path), message))

    def _take_states(self) -> None:
        for name in filter(_is_project, self.box.names()):
            try:
                content = json.loads(self.box.member(name) or b"{}")
            except (ValueError, RecursionError):
                self.problems.append(Problem(str(self.path / name), "The file is not JSON, so no states were taken."))
                continue
            for listed, who in (("annotation_documents", ""), ("source_documents", _CURATION)):
                for each in content.get(listed) or () if isinstance(content, dict) else ():
                    if isinstance(each, dict) and each.get("state") in _STATES:
                        key = str(each.get("name") or ""), who or str(each.get("user") or "")
                        self.states[key] = _STATES[each["state"]]

    def documents(self) -> Iterator[Document]:
        """Yield what everybody made of every text; what INCEpTION keeps of a text before anybody worked on it has no labels."""
        seen: dict[str, set[str]] = defaultdict(set)
        for member in self.members:
            place = self.path / member.name
            try:
                content = self.box.member(member.name)
                cas = None if content is None else self._cas(place, content)
            except BROKEN as error:
                self.problems.append(Problem(str(place), f"The file cannot be read: {str(error)[:120]}."))
                continue
            if cas is None:
                continue
            cas = with_blanks_of(cas, self._source(member.text))
            seen[member.text].add(cas.text)
            is_nobody = member.annotator == _NOBODY
            found = document_of(place, member.text, "" if is_nobody else member.annotator, cas, self.problems)
            if is_nobody:
                yield replace(found, items=(), ties=(), labelled=False, annotator="")
            else:
                yield replace(found, state=self.states.get((member.text, member.annotator)))
        for text, versions in seen.items():
            if len(versions) > 1:
                message = (
                    f"“{text}” has {len(versions)} texts, which differ from person to person; each became an article."
                )
                self.problems.append(Problem(str(self.path), message))

    def _cas(self, place: Path, content: bytes) -> Cas | None:
        suffix = place.suffix
        if suffix != ".zip":
            types = next((each for each in self.box.names() if PurePosixPath(each).name == TYPES), "")
            return understood(place, suffix, content, self.box.member(types) if types else None, self.problems)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner = Archive(place, archive, self.problems)
            names = [each for each in inner.names() if PurePosixPath(each).suffix in PARSERS]
            if not names:
                self.problems.append(Problem(str(place), "The archive holds no XMI, JSON or TSV."))
                return None
            found = inner.member(names[0])
            suffix = PurePosixPath(names[0]).suffix
            return None if found is None else understood(place, suffix, found, inner.called(TYPES), self.problems)

    def _source(self, text: str) -> str | None:
        """Return the text as it was put into INCEpTION, where it was plain text, or the project's own of that name."""
        known = self.taking.texts(text) if self.taking.texts else None
        if known is not None:
            return known
        name = next((each for each in self.box.names() if each.endswith(f"source/{text}")), "")
        try:
            return (self.box.member(name) or b"").decode("utf-8-sig") if name else None
        except UnicodeDecodeError:
            return None

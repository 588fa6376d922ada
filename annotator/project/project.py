"""The project: open one, label in it, undo, import, export, check.

from annotator import Project

with Project.create("study.annotator", annotator="Ana") as project:
    project.add(["articles/"])
    article = project.articles()[0]
    project.annotate(article.id, "claim", [(0, 42)], annotator="Ana")
    project.undo()
    project.export("study.jsonl")
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from annotator import __version__
from annotator.model.annotator import Annotator
from annotator.model.codebook import Codebook
from annotator.model.ids import new_id
from annotator.model.problem import Problem
from annotator.project.merging_copies import MergingCopies
from annotator.project.templates import template
from annotator.store import articles, checks, codebooks, people, usage
from annotator.store.clock import now
from annotator.store.database import backup, explained
from annotator.store.file import ProjectFile

SUFFIX = ".annotator"
"""The extension of a project file."""


@dataclass(frozen=True, slots=True)
class Info:
    """A project in figures.

    Attributes:
        labels: per annotator's name, how many annotations of each label id.
        states: per annotator's name, how many articles in each state.
        links: how many links there are of each role and relation.
    """

    name: str
    path: str
    made_at: str
    made_with: str
    articles: int
    characters: int
    annotators: tuple[str, ...]
    codebook: str
    codebook_revision: int
    labels: dict[str, dict[str, int]]
    states: dict[str, dict[str, int]]
    links: dict[str, int]
    steps: int


class Project(MergingCopies):
    """An open project. Use it in a ``with`` block, or `close` it: exactly one file is left.

    Wherever an annotator is asked for, a name or an id will do; everything else is told by its id. Offsets are code points,
    half-open. Every verb that changes something is one transaction and one step of `undo`. The verbs by what they are for:
    ``docs/python.md``.
    """

    @classmethod
    def create(cls, path: Path | str, *, annotator: str = "", codebook: Codebook | None = None, name: str = "") -> Self:
        """Make a new project and hold it for writing. The codebook is the default one unless another is given.

        Raises:
            ProjectExistsError: there is something of that name.
            MissingFolderError, ReadOnlyError: the folder is not there, or cannot be written.
        """
        path = with_suffix(Path(path))
        file = ProjectFile.create(path)
        try:
            time = now()
            called = name or os.fsencode(path.stem).decode("utf-8", "replace")  # a name may be no UTF-8
            row = {"id": new_id(), "name": called, "made_at": time, "made_with": __version__}
            with explained(path), file.db.atomic():
                codebooks.ProjectNoun().write(file.db, row)
                first = codebooks.image(codebook or template("default"), 1, "First revision", None, time)
                codebooks.CodebookNoun().write(file.db, first)
                annotator = " ".join(annotator.split())
                if annotator:
                    people.AnnotatorNoun().write(file.db, people.image(Annotator(new_id(), annotator, time)))
            return cls(file, read_only=False)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Open a project; an older file is backed up beside itself and brought up to date first.

        Raises:
            MissingProjectError, NoProjectError, NewerProjectError, DamagedProjectError: as their names say.
            LockedProjectError: another program holds it; it can still be opened with `read_only`.
            ReadOnlyError: it cannot be written; it can still be opened with `read_only`.
        """
        file = ProjectFile.open(Path(path), writing=not read_only)
        try:
            return cls(file, read_only=read_only)
        except BaseException:
            file.close()
            raise

    def save_copy(self, path: Path | str) -> Path:
        """Write a copy of the whole project, history included, and return where.

        Raises:
            ProjectExistsError: there is something of that name.
            DiskFullError, ReadOnlyError: it cannot be written; nothing is left there.
        """
        target = with_suffix(Path(path))
        backup(self._db, target)
        return target

    @property
    def is_in_place(self) -> bool:
        """Whether the file that is open still lies at `path`; if not, only `save_copy` gets at what is in it."""
        return self._file.is_in_place

    def check(self) -> list[Problem]:
        """Return everything that is wrong with the file: nothing when all is well."""
        return list(self.checking())

    def checking(self) -> Iterator[Problem]:
        """Yield what is wrong with the file, one after the other."""
        with explained(self.path):
            yield from checks.check(self._db)
            yield from self._check_counted()

    def info(self) -> Info:
        """Return the project in figures."""
        with explained(self.path):
            row = codebooks.project(self._db) or {}
            heads = articles.heads(self._db, "")
            states = people.states(self._db)
            joined = usage.kinds(self._db)
        everybody = self.everybody()
        names = {annotator.id: annotator.name for annotator in everybody}
        by_state: dict[str, dict[str, int]] = {annotator.name: {} for annotator in everybody}
        for (_, who), state in states.items():
            counts = by_state.setdefault(names.get(who, who), {})
            counts[state] = counts.get(state, 0) + 1
        return Info(
            name=self.name,
            path=str(self.path),
            made_at=row.get("made_at", ""),
            made_with=row.get("made_with", ""),
            articles=len(heads),
            characters=sum(head.length for head in heads),
            annotators=tuple(names.values()),
            codebook=self.codebook.name,
            codebook_revision=self.codebook.revision,
            labels={annotator.name: self.counts(annotator.id) for annotator in everybody},
            states=by_state,
            links=joined,
            steps=self._file.history.count(),
        )


def with_suffix(path: Path) -> Path:
    """Return a path that ends as project files do."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

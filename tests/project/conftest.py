"""A desk to label at: an open project, and words instead of offsets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.model.annotation import Annotation, Link
from annotator.model.span import Span
from annotator.project import Project


class Desk:
    """An open project with one annotator, who names words where the project wants offsets."""

    def __init__(self, project: Project, annotator: str = "Ana") -> None:
        self.project = project
        self.annotator = annotator

    def add(self, text: str, title: str = "") -> str:
        """Add an article and return its id."""
        return self.project.add_text(text, title).added[0]

    def span(self, article: str, *words: str, after: str = "") -> Span:
        """Return the span of the words, a fragment each, looked for one behind the other, behind `after`."""
        text = self.project.article(article).text
        at = text.index(after) + len(after) if after else 0
        fragments = []
        for each in words:
            at = text.index(each, at)
            fragments.append((at, at + len(each)))
            at += len(each)
        return Span.of(*fragments)

    def put(
        self, article: str, label: str, *words: str, after: str = "", attributes: tuple[tuple[str, str], ...] = ()
    ) -> Annotation:
        """Label words."""
        span = self.span(article, *words, after=after)
        return self.project.annotate(article, label, span, annotator=self.annotator, attributes=attributes)

    def into(self, cue: Annotation, label: str, *words: str, after: str = "") -> Annotation:
        """Label words and join them to a frame, in one step."""
        return self.project.annotate_into(cue.id, label, self.span(cue.article, *words, after=after))[0]

    def link(self, kind: str, origin: Annotation, target: Annotation | None) -> Link:
        """Link two annotations."""
        return self.project.link(kind, origin.id, target.id if target else None)

    def frame(self, cue: Annotation) -> dict[str, list[str]]:
        """Return a frame in words: what fills its roles."""
        text = self.project.article(cue.article).text
        frame = self.project.frames(cue.article, self.annotator)[cue.id]
        filled: dict[str, list[str]] = {}
        for role, part in frame.parts:
            filled.setdefault(role, []).append(" … ".join(part.span.covered(text)))
        return filled

    def remarks(self, article: str) -> list[str]:
        """Return the messages of the remarks on an article."""
        return [remark.message for remark in self.project.remarks(article, self.annotator)]

    @contextmanager
    def one_step(self, start: str = "") -> Iterator[None]:
        """Assert that the block is one step whose title begins so, and that undo is its inverse, and redo its."""
        project = self.project
        before, steps = project.records(), project.info().steps
        yield
        after, last = project.records(), project.next_undo()
        assert last is not None
        assert last.title.startswith(start)
        assert project.info().steps == steps + 1
        assert after != before
        project.undo()
        assert project.records() == before
        project.redo()
        assert project.records() == after
        assert project.check() == []

    @contextmanager
    def nothing_done(self) -> Iterator[None]:
        """Assert that the block leaves the project as it was."""
        before, steps = self.project.records(), self.project.info().steps
        yield
        assert self.project.records() == before
        assert self.project.info().steps == steps


def empty_desk(folder: Path) -> Path:
    with Project.create(folder / "desk", annotator="Ana") as project:
        return project.path


@pytest.fixture
def desk(cast) -> Iterator[Desk]:
    with Project.open(cast(empty_desk)) as opened:
        yield Desk(opened)

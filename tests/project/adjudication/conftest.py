"""A project with one article that three annotators can read, and words instead of offsets."""

import pytest

from annotator.model.article import State
from annotator.project import Project

TEXT = "The ministry said on Monday that the bridge was safe. Engineers denied that it was ever tested at all."


class Bench:
    """A project, its one article, and verbs that take words."""

    def __init__(self, project):
        self.project = project
        self.article = project.articles()[0].id

    def put(self, who, words, label="claim", *, values=()):
        """Label words for somebody."""
        start = TEXT.index(words)
        span = [(start, start + len(words))]
        return self.project.annotate(self.article, label, span, annotator=who, attributes=values)

    def finish(self, *names):
        """Let annotators be done, all of them when none is named."""
        for name in names or ("Ana", "Ben", "Chiara"):
            self.project.set_state(self.article, name, State.DONE)

    def gold(self):
        """Return the gold labels."""
        layer = self.project.gold()
        return self.project.annotations(self.article, layer.id) if layer else []

    def content(self):
        """Return everything in the file but its history."""
        db = self.project._db
        tables = (
            "annotator", "annotation", "fragment", "attribute", "link", "state", "decision", "thread", "message", "tally",
        )  # fmt: skip
        return {table: sorted(map(str, db.execute(f"SELECT * FROM {table}").fetchall())) for table in tables}


def one_bridge(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        project.add_text(TEXT, "Bridge <b>")
        for other in ("Ben", "Chiara"):
            project.ensure_annotator(other)
        return project.path


@pytest.fixture
def make(cast, tmp_path):
    """A function that makes a bench."""
    made = []

    def making(name="study"):
        project = Project.open(cast(one_bridge).rename(tmp_path / f"{name}.annotator"))
        made.append(project)
        return Bench(project)

    yield making
    for project in made:
        project.close()


@pytest.fixture
def bench(make):
    """A bench."""
    return make()

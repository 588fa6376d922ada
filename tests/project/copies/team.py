"""A team for tests: people who do random things in copies, and what of a project has to be equal."""

import json
import random
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from annotator.model.article import State
from annotator.model.codebook import Label
from annotator.model.errors import AnnotatorError
from annotator.project import Project

TEXTS = (
    "Minister denies knowing of the report 📰\n\n“I never saw it,” the minister said on Tuesday. Two aides say no.\n",
    "A second article. It says that rain fell, and that it was cold. Nobody denied it. 👨‍👩‍👧 was there, an aide said.\n",
    "وزیر می‌گوید گزارش را ندیده است. A third text with é and 𝒜 in it, and a claim that somebody made.\n",
)
MORE = (
    "A text that several people add by themselves, on their own machines.\n",
    "Another such text, of another day.\n",
)
LABELS = ("claim", "denial", "attribution", "source")


class Worker:
    """Somebody with dice, at work in one open project."""

    def __init__(self, project: Project, name: str, dice: random.Random, *, together: bool = False) -> None:
        self.project = project
        self.name = name
        self.dice = dice
        kinds = [
            self.annotate, self.annotate, self.annotate, self.relabel, self.reshape, self.delete, self.note, self.attribute,
            self.link, self.link, self.unlink, self.state, self.undo, self.redo, self.ask, self.answer, self.settle,
        ]  # fmt: skip
        if together:
            kinds += [self.codebook, self.add, self.retitle, self.restore]
        self.kinds = kinds

    def work(self, times: int) -> None:
        """Do so many random things; what the project refuses is left."""
        for _ in range(times):
            with suppress(AnnotatorError):
                self.dice.choice(self.kinds)()

    def _article(self) -> str:
        return self.dice.choice(self.project.articles()).id

    def _mine(self):
        return self.dice.choice(self.project.annotations(annotator=self.name) or [None])

    def _span(self, article: str) -> list[tuple[int, int]]:
        length = len(self.project.article(article).text)
        start = self.dice.randrange(0, max(1, length - 12), 4)  # few places, so that people meet
        found = [(start, start + self.dice.choice((4, 8)))]
        if self.dice.random() < 0.2 and start + 24 < length:
            found.append((start + 16, start + 20))
        return found

    def annotate(self) -> None:
        article = self._article()
        self.project.annotate(article, self.dice.choice(LABELS), self._span(article), annotator=self.name)

    def relabel(self) -> None:
        if mine := self._mine():
            self.project.relabel(mine.id, self.dice.choice(LABELS))

    def reshape(self) -> None:
        if mine := self._mine():
            self.project.reshape(mine.id, self._span(mine.article))

    def delete(self) -> None:
        if mine := self._mine():
            self.project.delete([mine.id])

    def note(self) -> None:
        if mine := self._mine():
            self.project.set_note(mine.id, self.dice.choice(("", "unclear", "sure", "📰")))

    def attribute(self) -> None:
        if mine := self._mine():
            self.project.set_attributes(mine.id, [("certainty", self.dice.choice(("certain", "probable")))])

    def link(self) -> None:
        one, other = self._mine(), self._mine()
        if one and other:
            kind = self.dice.choice(("denies", "source", "content"))
            self.project.link(kind, one.id, self.dice.choice((other.id, other.id, None)), annotator=self.name)

    def unlink(self) -> None:
        mine = [each.id for each in self.project.links() if each.annotator == self.project.annotator(self.name).id]
        if mine:
            self.project.unlink(self.dice.choice(mine))

    def state(self) -> None:
        self.project.set_state(self._article(), self.name, self.dice.choice(list(State)))

    def undo(self) -> None:
        step = self.project.next_undo()
        if step and step.annotator:  # not what everybody stands on
            self.project.undo()

    def redo(self) -> None:
        self.project.redo()

    def ask(self) -> None:
        article = self._article()
        span = self.dice.choice((None, self._span(article)))
        self.project.ask(article, f"question {self.dice.random()}", annotator=self.name, span=span)

    def answer(self) -> None:
        found = self.project.threads()
        if found:
            self.project.answer(self.dice.choice(found).id, f"answer {self.dice.random()}", annotator=self.name)

    def settle(self) -> None:
        found = self.project.threads(annotator=self.name)
        if found:
            self.project.settle(self.dice.choice(found).id, settled=self.dice.random() < 0.7, annotator=self.name)

    def codebook(self) -> None:
        book = self.project.codebook
        number = self.dice.randrange(len(book.labels))
        words = f"{self.name} {self.dice.randrange(3)}"
        labels = tuple(
            replace(each, description=words) if at == number else each for at, each in enumerate(book.labels)
        )
        if self.dice.random() < 0.3:
            new = f"new-{self.name.lower()}"
            if new not in {each.id for each in labels}:
                labels = (*labels, Label(new, f"New {self.name}", "", "#112233"))
        self.project.save_codebook(replace(book, labels=labels), annotator=self.name)

    def add(self) -> None:
        self.project.add_text(self.dice.choice(MORE))

    def retitle(self) -> None:
        self.project.set_title(self._article(), f"Title {self.dice.randrange(4)}")

    def restore(self) -> None:
        gone = self.project.trash()
        if gone:
            self.project.restore(self.dice.choice(gone).annotation.id)


def state_of(path: Path) -> dict[str, list]:
    """Return everything that a project says, in a form that does not depend on numbers of revisions and places."""
    with closing(sqlite3.connect(path)) as db:

        def rows(query: str) -> list:
            return sorted(db.execute(query).fetchall(), key=repr)

        books = dict(db.execute("SELECT revision, content FROM codebook").fetchall())

        def with_book(query: str) -> list:
            return sorted(((row[:-1], books[row[-1]]) for row in db.execute(query).fetchall()), key=repr)

        latest = json.loads(books[max(books)])
        parts = {(group, part["id"]): part for group, some in latest.items() if isinstance(some, list) for part in some}
        return {
            "annotation": with_book(
                "SELECT id, article, annotator, label, note, origin, made_at, changed_at, revision, codebook FROM annotation"
            ),
            "fragment": rows("SELECT * FROM fragment"),
            "attribute": rows("SELECT * FROM attribute"),
            "link": with_book("SELECT id, kind, origin_id, target, annotator, made_at, changed_at, codebook FROM link"),
            "state": rows("SELECT * FROM state"),
            "thread": rows("SELECT * FROM thread"),
            "message": rows("SELECT * FROM message"),
            "annotator": rows("SELECT * FROM annotator"),
            "article": rows("SELECT id, text, title FROM article"),
            "block": rows("SELECT * FROM block"),
            "assignment": rows("SELECT * FROM assignment"),
            "tally": rows("SELECT * FROM tally"),
            "codebook": sorted(parts.items(), key=repr),
        }


def whole(path: Path) -> dict[str, list]:
    """Return every row of a project but its history, in its order."""
    with closing(sqlite3.connect(path)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # What was counted for agreement has no history either: it goes with what changes, and `check` counts it again.
        left = ("step", "change", "_sqlite_migrations", "sqlite_stat1", "statistic", "word_statistic", "work")
        return {
            name: sorted(db.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in left
        }

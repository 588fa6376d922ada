"""Undo is the inverse of everything: random verbs, then all the way back, then all the way forth."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from annotator.model.article import State
from annotator.model.errors import AnnotatorError
from annotator.project import Project

pick = st.integers(0, 10_000)
places = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=3)
labels = st.sampled_from(["claim", "denial", "attribution", "source", "content"])


def rows(path):
    """Every row of the file but its history."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in ("step", "change", "_sqlite_migrations")
        }


class Labelling(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        memory = Path("/dev/shm")  # a commit waits for the disk, and these are thousands
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.project = Project.create(self.folder / "study", annotator="Ana")
        self.first = rows(self.project.path)
        self.project.add_text("First: she denies it. 📰 Nobody else 👨‍👩‍👧 said so, he says.")

    def teardown(self):
        project = self.project
        try:
            there = rows(project.path)
            count = 0
            while project.undo():
                count += 1
            assert rows(project.path) == self.first
            for _ in range(count):
                assert project.redo()
            assert rows(project.path) == there
            assert project.check() == []
            project.close()
            assert [path.name for path in self.folder.iterdir()] == ["study.annotator"]
        finally:
            project.close()
            shutil.rmtree(self.folder)

    def attempt(self, verb, *arguments, **named):
        """Do it; what the project refuses leaves every row as it was."""
        before = rows(self.project.path)
        refusal = ""
        try:
            verb(*arguments, **named)
        except AnnotatorError as error:
            refusal = str(error)
        if refusal:
            assert refusal.endswith(".")
            assert rows(self.project.path) == before

    def one_of(self, things, number):
        return things[number % len(things)]

    def an_article(self, number):
        return self.one_of(self.project.articles(), number).id

    def somebody(self, number):
        return self.one_of(self.project.annotators(), number).id

    def an_annotation(self, number):
        return self.one_of(self.project.annotations(), number).id

    def has_articles(self):
        return self.project.articles() and self.project.annotators()

    def has_labels(self):
        return bool(self.project.annotations())

    @precondition(has_articles)
    @rule(number=pick, who=pick, label=labels, places=places)
    def annotate(self, number, who, label, places):
        span = [(start, start + length) for start, length in places]
        self.attempt(self.project.annotate, self.an_article(number), label, span, annotator=self.somebody(who))

    @precondition(has_labels)
    @rule(number=pick, label=labels)
    def relabel(self, number, label):
        self.attempt(self.project.relabel, self.an_annotation(number), label)

    @precondition(has_labels)
    @rule(number=pick, places=places)
    def reshape(self, number, places):
        span = [(start, start + length) for start, length in places]
        self.attempt(self.project.reshape, self.an_annotation(number), span)

    @precondition(has_labels)
    @rule(number=pick, note=st.text(max_size=5), value=st.sampled_from(["certain", "possible", "no such"]))
    def remark(self, number, note, value):
        self.attempt(self.project.set_note, self.an_annotation(number), note)
        self.attempt(self.project.set_attributes, self.an_annotation(number), [("certainty", value)])

    @precondition(has_labels)
    @rule(numbers=st.lists(pick, min_size=1, max_size=3))
    def delete(self, numbers):
        self.attempt(self.project.delete, [self.an_annotation(number) for number in numbers])

    @precondition(has_labels)
    @rule(
        kind=st.sampled_from(["denies", "supports", "source", "content", "same-source"]),
        one=pick,
        other=pick,
        absent=st.booleans(),
    )
    def link(self, kind, one, other, absent):
        target = None if absent else self.an_annotation(other)
        self.attempt(self.project.link, kind, self.an_annotation(one), target)

    @precondition(lambda self: bool(self.project.links()))
    @rule(number=pick)
    def unlink(self, number):
        self.attempt(self.project.unlink, self.one_of(self.project.links(), number).id)

    @precondition(lambda self: bool(self.project.trash()))
    @rule(number=pick)
    def restore(self, number):
        self.attempt(self.project.restore, self.one_of(self.project.trash(), number).annotation.id)

    @precondition(has_articles)
    @rule(number=pick, who=pick, state=st.sampled_from(State))
    def set_state(self, number, who, state):
        self.attempt(self.project.set_state, self.an_article(number), self.somebody(who), state)

    @rule(text=st.text(min_size=1, max_size=60))
    def add(self, text):
        self.attempt(self.project.add_text, text)

    @precondition(has_articles)
    @rule(number=pick, title=st.text(max_size=5))
    def entitle(self, number, title):
        self.attempt(self.project.set_title, self.an_article(number), title)

    @precondition(has_articles)
    @rule(number=pick)
    def remove(self, number):
        self.attempt(self.project.remove, [self.an_article(number)])

    @rule(name=st.sampled_from(["Ana", "Ben", "  Cem  ", ""]))
    def ensure_annotator(self, name):
        self.attempt(self.project.ensure_annotator, name)

    @precondition(has_articles)
    @rule(who=pick, name=st.sampled_from(["Ana", "Dee", ""]))
    def rename_annotator(self, who, name):
        self.attempt(self.project.rename_annotator, self.somebody(who), name)

    @rule(word=st.text(max_size=3))
    def change_codebook(self, word):
        self.attempt(self.project.save_codebook, replace(self.project.codebook, description=word), "a word")

    @rule()
    def export_and_import(self):
        path = self.folder / "out.jsonl"
        self.attempt(self.project.export, path)
        if path.exists():
            before = rows(self.project.path)
            assert not self.project.import_(path).refused
            assert rows(self.project.path) == before
            path.unlink()

    @rule()
    def undo(self):
        self.project.undo()

    @rule()
    def redo(self):
        self.project.redo()


Labelling.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
TestUndo = Labelling.TestCase


def test_undo_says_what_it_takes_back(project):
    article = project.articles()[0]
    project.annotate(article.id, "claim", [(0, 8)], annotator="Ana")
    assert project.next_undo().title.startswith("Label claim in “Minister denies")
    assert project.undo().title.startswith("Label claim")
    assert project.next_redo().title.startswith("Label claim")
    assert project.annotations() == []
    assert project.redo().article == article.id
    assert len(project.annotations()) == 1
    assert project.redo() is None


def test_undo_reaches_across_articles_and_restarts(project):
    one, two = project.articles()
    project.annotate(one.id, "claim", [(0, 8)], annotator="Ana")
    project.annotate(two.id, "claim", [(0, 8)], annotator="Ben")
    project.close()
    with Project.open(project.path) as again:
        assert again.undo().article == two.id
        assert again.undo().article == one.id
        assert again.annotations() == []
    with Project.open(project.path) as again:
        again.redo()
        assert [each.article for each in again.annotations()] == [one.id]


def test_something_new_ends_redo(project):
    article = project.articles()[0].id
    project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    project.undo()
    project.annotate(article, "denial", [(0, 8)], annotator="Ana")
    assert project.next_redo() is None
    assert project.redo() is None


def test_every_step_gives_one_notice(project):
    notices = []
    project.notify = notices.append
    article = project.articles()[0].id
    made = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    with pytest.raises(AnnotatorError):
        project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    project.set_note(made.id, "")  # as it was: no step, no notice
    project.undo()
    assert [notice.nouns for notice in notices] == [{"annotation", "state"}, {"annotation", "state"}]
    assert all(notice.annotations == {made.id} and notice.articles == {article} for notice in notices)

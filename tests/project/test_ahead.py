"""What agreement is computed from is counted ahead: the same as when it is asked for, and never older than the labels."""

import pytest

from annotator.model.article import State
from annotator.project import Project, ahead, recount
from annotator.project.request import Request
from annotator.store import statistics

PEOPLE = ("Ana", "Ben")


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Two who finished seven of eight articles, of which nothing is laid ready, as an older version leaves it."""
    path = tmp_path / "team.annotator"
    with Project.create(path, annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for number in range(8):
            project.add_text(f"She said it was true. It was denied 📰 by number {number}.", f"Article {number}")
        for number, head in enumerate(project.articles()):
            for shift, name in enumerate(PEOPLE):
                project.annotate(head.id, "claim", [(shift, 9 + number)], annotator=name)
                project.set_state(head.id, name, State.DONE if number else State.IN_PROGRESS)
        for table in ("work", "outline"):
            project._db.execute(f"DELETE FROM {table}")
    monkeypatch.setattr(ahead, "WORTH", 5)
    monkeypatch.setattr(recount, "_AT_ONCE", 3)
    return path


def kept(project):
    return list(statistics.read(project._db, ahead.METHOD))


def counted_ahead(path):
    with Project.open(path, read_only=True) as project:
        return list(project.count_ahead(lambda: False))


def test_what_is_kept_is_what_measuring_counts(path):
    portions = counted_ahead(path)
    assert [(each.done, each.total) for each in portions] == [(3, 8), (6, 8), (8, 8)]
    with Project.open(path) as project:
        asked = project.gather(Request(replicates=0))
        assert all(project.keep_ahead(each, slice(first, first + 2)) for each in portions for first in (0, 2))
        assert tuple(kept(project)) == asked.rows
        steps = project._file.history.last()
        assert project.gather(Request(replicates=0)).fresh.rows == ()
        assert not project.check()
        assert project._file.history.last() == steps
    assert not counted_ahead(path)


def test_after_a_change_nothing_is_kept_that_was_counted_before(path):
    first, *rest = counted_ahead(path)
    with Project.open(path) as project:
        assert project.keep_ahead(first)
        article = kept(project)[-1].article
        project.annotate(article, "denial", [(10, 15)], annotator="Ben")
        assert article not in {each.article for each in kept(project)}
        assert not any(project.keep_ahead(each) for each in rest)
        assert len(kept(project)) == 2
        assert not project.check()
    with Project.open(path, read_only=True) as project:
        assert not project.keep_ahead(first)


def test_a_change_in_between_ends_it(path):
    with Project.open(path, read_only=True) as reading, Project.open(path) as project:
        portions = reading.count_ahead(lambda: False)
        next(portions)
        project.set_state(project.articles()[1].id, "Ana", State.IN_PROGRESS)
        assert len(list(portions)) < 2  # what was handed on already may come still
        assert not list(reading.count_ahead(lambda: True))


def test_few_articles_are_not_counted_ahead(path, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH", 8)
    assert not counted_ahead(path)


def test_all_of_it_at_once(path):
    with Project.open(path, read_only=True) as project:
        assert project.count_now() == 0
    with Project.open(path) as project:
        assert project.count_now() == 8
        assert len(kept(project)) == 8
        assert project.count_now() == 0

"""What a queue begins with is known before the rest of it."""

import pytest

from annotator.model.adjudication import ORDERS, Cell, Outcome
from annotator.model.article import State
from annotator.model.errors import StoppedError
from annotator.project import Project
from annotator.project.adjudication.queue import choose, draft_queue

TEXTS = ("Nothing here.", "The bridge was safe. The mayor denied it.", "A spokesman said so.")


def three_articles(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for number, text in enumerate(TEXTS):
            project.add_text(text, str(number))
        first, second, third = (each.id for each in project.articles())
        project.annotate(second, "claim", [(0, 19)], annotator="Ana")
        project.annotate(second, "denial", [(31, 40)], annotator="Ana")
        project.annotate(second, "claim", [(4, 19)], annotator="Ben")
        project.annotate(third, "attribution", [(12, 16)], annotator="Ben")
        for article in (first, second, third):
            for who in ("Ana", "Ben"):
                project.set_state(article, who, State.DONE)
        return project.path


@pytest.fixture
def project(cast):
    with Project.open(cast(three_articles)) as opened:
        yield opened


def beginning(project, cell=None, order="article"):
    """Return what is told before the queue is, and the queue."""
    told = []
    return told, draft_queue(project.path, cell, order, begun=told.append)


def test_the_first_article_with_something_open_comes_first_and_the_same_comes_again(project):
    (first,), queue = beginning(project)
    assert not first.is_whole
    assert queue.is_whole
    assert first.items == queue.items[:2]
    assert {each.article for each in first.items} == {project.articles()[1].id}


def test_what_is_decided_is_passed_over(project):
    for found in project.queue().items[:2]:
        project.decide(found, Outcome.VERSION, by="Ana")
    (first,), queue = beginning(project)
    assert first.items == queue.items
    assert first.items[0].article == project.articles()[2].id
    project.decide(first.items[0], Outcome.NONE, by="Ana")
    assert beginning(project)[0] == []
    project.delete([project.annotations(project.articles()[1].id, "Ben")[0].id])  # opens a decision again
    (first,), queue = beginning(project)
    assert first.items == queue.items != ()


def test_it_is_of_the_cell(project):
    (first,), _ = beginning(project, Cell(kinds=frozenset({"boundary"})))
    assert [each.kind for each in first.items] == ["boundary"]
    (first,), _ = beginning(project, Cell(articles=frozenset({project.articles()[2].id})))
    assert [each.labels for each in first.items] == [("attribution",)]


@pytest.mark.parametrize("order", [each for each in ORDERS if each != "article"])
def test_another_order_is_known_only_when_all_is_read(project, order):
    assert beginning(project, order=order)[0] == []


def test_one_is_found_by_its_place_also_where_it_stands_elsewhere_now(project):
    queue = project.queue()
    for place, each in enumerate(queue.items):
        assert queue.place_of(each) == place
        assert queue.same(each) is each
    asked = queue.items[0]
    project.ask_about(asked, "Why?", by="Ana")
    after = project.renewed(queue, [asked.article])
    assert after.place_of(asked) == len(after.items) - 1
    project.decide(after.items[0], Outcome.NONE, by="Ana")
    assert project.renewed(after, [asked.article]).same(after.items[0]) is None


@pytest.mark.parametrize("order", ORDERS)
def test_a_choice_of_what_was_read_is_what_reading_it_gives_and_reads_what_was_touched_alone(project, order, tmp_path):
    whole, nowhere = draft_queue(project.path, order=order), tmp_path / "nowhere.annotator"
    people = tuple(each.id for each in project.annotators())
    second = project.articles()[1].id
    for cell in (
        Cell(),
        Cell(kinds=frozenset({"missed"})),
        Cell(labels=frozenset({"denial", "attribution"})),
        Cell(articles=frozenset({second})),
        Cell(pair=people),
        Cell(part="about"),
    ):
        assert choose(nowhere, whole, frozenset(), cell, order) == (whole, project.queue(cell, order))
    project.decide(whole.items[0], Outcome.VERSION, by="Ana")
    touched = frozenset({whole.items[0].article})
    cell = Cell(kinds=frozenset({"missed"}))
    assert choose(project.path, whole, touched, cell, order) == (project.queue(order=order), project.queue(cell, order))
    with pytest.raises(StoppedError):
        choose(nowhere, whole, frozenset(), cell, order, cancelled=lambda: True)

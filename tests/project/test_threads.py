"""Notes and questions: asked, answered, settled, undone, removed with their article, carried by JSON Lines."""

import pytest

from annotator.model.errors import NotFoundError, RuleError, SpanError
from annotator.model.span import Span
from annotator.project import Project


@pytest.fixture
def article(project):
    return project.articles()[0].id


def texts(found):
    return [each.text for each in found]


def test_a_question_on_a_span_and_its_answer(project, article):
    asked = project.ask(article, "  Is this a denial? 📰 ", annotator="Ana", span=[(0, 9)])
    assert (asked.text, asked.span, asked.is_answered) == ("Is this a denial? 📰", Span.of((0, 8)), False)
    answered = project.answer(asked.id, "Yes.", annotator="Ben", settle=True)
    assert [each.text for each in answered.messages] == ["Is this a denial? 📰", "Yes."]
    assert (answered.is_answered, answered.settled) == (True, True)
    assert texts(project.threads(article)) == ["Is this a denial? 📰"]
    assert project.threads(open_only=True) == []
    assert project.check() == []
    project.undo()
    assert project.thread(asked.id) == asked
    project.undo()
    assert project.threads() == []
    with pytest.raises(NotFoundError):
        project.thread(asked.id)


def test_a_note_on_the_whole_article_and_the_list_of_open_ones(project, article):
    first = project.ask(article, "Which edition?", annotator="Ana")
    second = project.ask(project.articles()[1].id, "Rain?", annotator="Ben")
    assert first.span is None
    assert texts(project.threads(open_only=True)) == ["Which edition?", "Rain?"]
    assert texts(project.threads(annotator="Ben")) == ["Rain?"]
    project.settle(second.id, annotator="Ben")
    assert texts(project.threads(open_only=True)) == ["Which edition?"]
    project.settle(second.id, settled=False)
    assert len(project.threads(open_only=True)) == 2


def test_what_was_said_is_reworded_and_taken_away(project, article):
    asked = project.ask(article, "Wich?", annotator="Ana")
    project.reword(asked.messages[0].id, "Which?")
    assert project.thread(asked.id).text == "Which?"
    project.remove_thread(asked.id)
    assert project.threads() == []
    project.undo()
    assert project.thread(asked.id).text == "Which?"


def test_what_is_refused(project, article):
    with pytest.raises(RuleError, match="at least one word"):
        project.ask(article, " \n", annotator="Ana")
    with pytest.raises(SpanError):
        project.ask(article, "where?", annotator="Ana", span=[(0, 99_999)])
    with pytest.raises(NotFoundError):
        project.ask("nowhere", "what?", annotator="Ana")
    with pytest.raises(NotFoundError):
        project.ask(article, "who?", annotator="Nobody")
    assert project.threads() == []


def test_they_go_and_come_back_with_their_article(project, article):
    asked = project.ask(article, "What?", annotator="Ana")
    project.answer(asked.id, "That.", annotator="Ben")
    before = project.threads()
    project.remove([article])
    assert project.threads() == []
    assert project.check() == []
    project.undo()
    assert project.threads() == before


def test_a_note_that_was_moved_by_hand_is_found(project, article):
    project.ask(article, "What?", annotator="Ana", span=[(0, 8)])
    project._db.execute("UPDATE thread SET fragments = '[[1, 9, \"Minister\"]]'")
    assert any("was made on “Minister”" in str(each) for each in project.check())
    project._db.execute("DELETE FROM message")
    assert any("Nothing is said in it" in str(each) for each in project.check())


def test_json_lines_carry_them(project, article, tmp_path):
    asked = project.ask(article, "Is this a denial?", annotator="Ana", span=[(0, 8), (16, 23)])
    project.answer(asked.id, "Yes.", annotator="Ben", settle=True)
    project.ask(article, "Which edition?", annotator="Ben")
    project.set_annotator("Ben", short="B", color="#112233", email="ben@example.org")
    project.export(tmp_path / "out.jsonl")
    with Project.create(tmp_path / "copy") as copy:
        assert copy.import_(tmp_path / "out.jsonl").problems == ()
        assert copy.threads() == project.threads()
        assert copy.annotators() == project.annotators()
        steps = copy.info().steps
        assert copy.import_(tmp_path / "out.jsonl").problems == ()
        assert copy.info().steps == steps
        assert copy.check() == []
    project.export(tmp_path / "ben.jsonl", annotator="Ben")
    with Project.create(tmp_path / "part") as part:
        part.import_(tmp_path / "ben.jsonl")
        assert texts(part.threads()) == ["Which edition?"]

"""What is taken back or done again is brought to sight, in whichever article and however far away it is."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.ui.reader import geometry

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FAR = "\n\n".join(f"Paragraph {number} says that this is so, and that is not." for number in range(120))


@pytest.fixture
def far(window):
    """A window on a long article, and how to do something at its end: the reader stands at the beginning afterwards."""
    session, reader = window.session, window.label_place.reader
    session.project.add_text(FAR, "Far")
    article = session.heads[-1].id
    session.go_to(article)

    def do(verb, *args, **kwargs):
        made = verb(*args, **kwargs)
        reader.reveal(0, 1)
        reader.set_caret(0)
        session.select("")
        return made

    return do


def at(words):
    start = FAR.rindex(words)
    return Span.of((start, start + len(words)))


def is_seen(reader, span):
    top = reader.verticalScrollBar().value()
    line = geometry.line_of_position(reader.page, span.start)
    return top <= line.top and line.bottom <= top + reader.viewport().height()


def shown_there_and_back(window, press, span):
    """Take back and do again, each time from the beginning of the text, and see the place."""
    session, reader = window.session, window.label_place.reader
    for keys in ((Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL | SHIFT)):
        reader.reveal(0, 1)
        reader.set_caret(0)
        assert not is_seen(reader, span)
        press(keys)
        assert is_seen(reader, span)
        assert reader.caret == span.start
        assert session.article.title == "Far"


def test_a_label_that_is_made_far_away_is_shown_where_it_was(window, press, far):
    span = at("that is not")
    made = far(window.session.label, span, "claim")
    shown_there_and_back(window, press, span)
    assert window.session.selected == made.id
    assert window.status.last.startswith("Did again: label claim in “Far”")
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.selected == ""


def test_so_are_edges_values_and_notes_of_a_label(window, press, far):
    session, project = window.session, window.session.project
    span, longer = at("that is not"), at("and that is not")
    made = far(session.label, span, "claim")
    far(project.set_attributes, made.id, [("certainty", "certain")])
    shown_there_and_back(window, press, span)
    far(project.set_note, made.id, "Is it one?")
    shown_there_and_back(window, press, span)
    far(session.reshape, made.id, longer)
    session.go_to(session.heads[0].id)
    press((Qt.Key.Key_Z, CTRL))
    assert (session.article.title, session.selected) == ("Far", made.id)
    assert is_seen(window.label_place.reader, span)
    far(session.delete, made.id)
    press((Qt.Key.Key_Z, CTRL))
    assert session.selected == made.id


def test_links_questions_and_paragraphs_too(window, press, far):
    session, project = window.session, window.session.project
    denial, claim = at("that is not"), Span.of((0, 9))
    one, other = session.label(denial, "denial"), session.label(claim, "claim")
    far(project.link, "denies", one.id, other.id)
    shown_there_and_back(window, press, denial)
    assert session.selected == one.id
    far(project.ask, session.article.id, "Who?", span=at("this is so"), annotator=session.annotator.id)
    shown_there_and_back(window, press, at("this is so"))
    start = FAR.rindex("Paragraph")
    far(session.set_block_kind, start, start + 1, BlockKind.CAPTION)
    shown_there_and_back(window, press, Span.of((start, len(FAR))))


def test_a_step_in_several_articles_is_shown_where_one_is_or_else_in_the_first(window, press, far):
    session = window.session
    first = session.heads[0].id
    made = [
        session.project.annotate(each, "claim", [(0, 4)], annotator=session.annotator.id).id
        for each in (first, session.article.id)
    ]
    far(session.project.delete, made)
    press((Qt.Key.Key_Z, CTRL))
    assert session.article.title == "Far"
    assert session.selected == made[1]
    session.go_to(session.heads[1].id)
    press((Qt.Key.Key_Z, CTRL | SHIFT))
    assert session.article.id in {first, session.heads[-1].id}
    assert window.status.last.startswith("Did again: delete 2 labels")

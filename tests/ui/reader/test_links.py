"""Links in the reading view: where they run, what names their far ends, and what a click follows."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.reader import geometry
from annotator.ui.reader.links import Near, Tie
from annotator.ui.reader.notices import Note, distance
from annotator.ui.reader.others import Other

LINES = [
    f"Paragraph {n} says that this is so and that is not, at some length, more than one line can hold. "
    for n in range(60)
]
LONG = "\n\n".join(LINES)


def tie(origin, target, *, word="denies", name="t1", directed=True):
    return Tie(name, origin, target, word, "denial", "claim" if target else "", "denial", directed)


@pytest.fixture
def linked(reader, show, mark):
    """Show a long text with a denial and claims near and far; return the reader."""

    def at(words, number):
        start = LONG.index(LINES[number]) + LINES[number].index(words)
        return start, start + len(words)

    show(
        LONG,
        mark("denial", at("that is not", 2), name="d"),
        mark("claim", at("this is so", 0), name="near"),
        mark("claim", at("this is so", 2), name="same"),
        mark("claim", at("this is so", 40), name="far"),
    )

    def do(*ties, notes=()):
        reader.links.show(ties, notes)
        reader.repaint()
        QApplication.processEvents()
        return reader.links.picture

    return do


def words_boxes(reader):
    """Where words stand, in the viewport: from the capitals' height to the baseline."""
    page, top = reader.page, reader.verticalScrollBar().value()
    for line in geometry.lines_between(page, top, top + reader.viewport().height()):
        for low, high in geometry.extents(page, line, line.start, line.end):
            yield low, high, line.baseline - 0.5 * line.rhythm.size - top, line.baseline - top


def test_a_link_runs_along_the_margin_and_never_over_words(reader, linked):
    (curve,) = linked(tie("d", "near")).curves
    corners = curve.corners
    assert len(corners) == 4
    upright = corners[1].x()
    for low, high, _top, _bottom in words_boxes(reader):
        assert upright < low or upright > high
    for level in (corners[0].y(), corners[-1].y()):
        for _low, _high, top, bottom in words_boxes(reader):
            assert level < top or level > bottom


def test_the_arrow_points_at_the_target(linked):
    (curve,) = linked(tie("d", "near")).curves
    tip, way, up = curve.head
    assert tip == curve.corners[-1]
    assert (way, up) in ((1, 0), (-1, 0))


def test_a_link_without_direction_has_no_arrow(linked):
    (curve,) = linked(tie("d", "near", directed=False)).curves
    assert curve.head is None


def test_two_marks_on_one_line_are_joined_between_the_lines(linked):
    (curve,) = linked(tie("d", "same")).curves
    assert len(curve.corners) == 2
    assert curve.corners[0].y() == curve.corners[1].y()


def test_a_link_leaves_the_tags_of_others_rows_free(reader, linked, mark):
    linked(tie("d", "near"))
    reader.set_others([Other("ben", "B", "Ben", "#9c4400", (mark("claim", (0, 40), name="b"),))])
    (curve,) = linked(tie("d", "near")).curves
    upright, line = curve.corners[1].x(), geometry.line_of_position(reader.page, 0)
    assert reader.page.gutter(reader.viewport().width()) >= 44
    assert upright <= line.left - 24


def test_in_a_narrow_margin_a_link_runs_at_the_edge_beyond_the_tags(reader, linked, mark):
    reader.resize(reader.page.column, reader.height())
    linked(tie("d", "near"), tie("near", "d", name="t2"))
    reader.set_others([Other("ben", "B", "Ben", "#9c4400", (mark("claim", (0, 40), name="b"),))])
    curves = linked(tie("d", "near"), tie("near", "d", name="t2")).curves
    assert reader.page.gutter(reader.viewport().width()) < 44
    left = geometry.line_of_position(reader.page, 0).left
    assert len({curve.corners[1].x() for curve in curves}) == 2
    assert all(0 < curve.corners[1].x() <= left - 14 for curve in curves)


def test_a_word_in_the_margin_stands_beside_no_tag_and_away_from_the_edge(reader, linked, mark):
    linked(tie("d", "near"))
    reader.set_others([Other("ben", "B", "Ben", "#9c4400", (mark("claim", (0, 400), name="b"),))])
    (curve,) = linked(tie("d", "near", word="a long name of it")).curves
    assert curve.word.left() >= 4
    page, view = reader.page, reader.verticalScrollBar().value()
    for line in geometry.lines_between(page, view, view + reader.viewport().height()):
        for place in range(len(page.rows.get(line.number, ()))):
            top = line.baseline + line.rhythm.row_top(place) - 1 - view
            assert curve.word.bottom() <= top or curve.word.top() >= top + line.rhythm.row


def test_links_beside_each_other_have_tracks_and_words_of_their_own(linked):
    curves = linked(tie("d", "near"), tie("near", "d", word="repeats", name="t2")).curves
    assert len({curve.corners[1].x() for curve in curves}) == 2
    one, other = (curve.word for curve in curves)
    assert not one.intersects(other)


def test_a_far_end_is_named_at_the_edge_with_its_distance(linked):
    picture = linked(tie("d", "far"))
    (notice,) = picture.notices
    assert (notice.text, notice.above, notice.goes) == ("denies → claim, 38 paragraphs down", False, "far")
    (curve,) = picture.curves
    assert curve.head[1:] == (0, 1)


def test_seen_from_the_target_the_origin_is_named(reader, linked):
    linked(tie("d", "far"))
    target = reader.index.get("far").span.start
    reader.reveal(target, target + 5)
    reader.repaint()
    (notice,) = reader.links.picture.notices
    assert (notice.text, notice.above, notice.goes) == ("denies ← denial, 38 paragraphs up", True, "d")


def test_an_end_in_another_article_is_named_without_a_distance(linked):
    elsewhere = Tie("t1", "d", "elsewhere", "denies", "denial", "claim in “Article two”", "denial")
    (notice,) = linked(elsewhere).notices
    assert (notice.text, notice.goes) == ("denies → claim in “Article two”", "elsewhere")


def test_not_in_this_article_is_a_sign_at_the_end(linked):
    picture = linked(tie("d", ""))
    assert picture.notices == ()
    assert picture.curves[0].sign is not None


def test_the_sign_is_not_hidden_by_the_words_beside_it(linked):
    picture = linked(tie("d", ""), tie("d", "near", name="t2"))
    (sign,) = [curve.sign for curve in picture.curves if curve.sign is not None]
    assert not any(curve.word and curve.word.adjusted(0, -4, 0, 4).contains(sign) for curve in picture.curves)


def test_links_off_the_screen_are_not_drawn(reader, linked):
    linked(tie("d", "near"))
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum())
    reader.repaint()
    assert reader.links.picture.curves == ()


def test_numbers_name_the_marks_that_are_off_the_screen(reader, linked):
    notes = [Note("near", reader.index.get("near").span.start, None, "“this is so”", 1)]
    notes.append(Note("far", reader.index.get("far").span.start, None, "“this is so”", 2))
    (notice,) = linked(notes=notes).notices
    assert (notice.number, notice.goes, notice.above) == (2, "far", False)


def test_more_notices_than_there_is_room_for_are_counted(linked):
    far = [Note(f"x{n}", None, None, f"denies → claim number {n} in “An article with a long title”") for n in range(40)]
    notices = linked(notes=far).notices
    assert notices[-1].text == f"and {40 - len(notices) + 1} more"
    assert notices[-1].goes == ""


def test_the_same_name_stands_there_once(linked):
    far = [Note(f"x{n}", None, None, "denies → claim in “Article two”") for n in range(4)]
    (notice,) = linked(notes=far).notices
    assert (notice.text, notice.goes) == ("4 × denies → claim in “Article two”", "x0")


def test_a_click_on_the_upright_part_follows_the_link_to_its_other_end(qtbot, reader, linked):
    (curve,) = linked(tie("d", "near")).curves
    reader.select_annotation("d")
    one, other = curve.corners[1], curve.corners[2]
    place = QPointF(one.x(), (one.y() + other.y()) / 2)
    with qtbot.waitSignal(reader.link_followed) as followed:
        QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert followed.args == ["near"]


def test_a_click_on_words_stays_a_click_on_words(qtbot, reader, linked, mouse):
    linked(tie("d", "near"))
    with qtbot.waitSignal(reader.mark_clicked) as clicked, qtbot.assertNotEmitted(reader.link_followed):
        mouse.click(mouse.words(reader.index.get("near").span.start + 2))
    assert clicked.args == ["near"]


def test_near_finds_the_ties_of_a_stretch_only(reader, linked):
    linked()
    ties = [tie("d", "near", name="a"), tie("far", "", name="b")]
    near = Near(ties, reader.index)
    span = reader.index.get("far").span
    assert [each.id for each in near.between(span.start, span.end)] == ["b"]
    assert near.between(span.end, span.end + 5) == []


def test_distances_count_paragraphs_with_words(reader, linked):
    start = LONG.index(LINES[5])
    assert distance(reader.page, start, LONG.index(LINES[6])) == "1 paragraph down"
    assert distance(reader.page, start, LONG.index(LINES[2])) == "3 paragraphs up"
    assert distance(reader.page, start + 10, start) == "further up in this paragraph"


def test_text_from_right_to_left_has_its_links_too(reader, show, mark):
    text = "\n\n".join(f"وزیر می‌گوید گزارش شماره {n} را ندیده است و آن را رد می‌کند." for n in range(6))
    show(
        text,
        mark("denial", (0, 4), name="d"),
        mark("claim", (text.index("شماره 3"), text.index("شماره 3") + 5), name="c"),
    )
    reader.links.show([tie("d", "c")])
    reader.repaint()
    (curve,) = reader.links.picture.curves
    for low, high, _top, _bottom in words_boxes(reader):
        assert curve.corners[1].x() < low or curve.corners[1].x() > high

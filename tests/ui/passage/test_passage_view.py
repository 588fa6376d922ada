"""The passage view: versions in lanes, edges that differ, and a place that stands at the same height each time."""

from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.project.templates import template
from annotator.ui.look.theme import DARK
from annotator.ui.passage import paint
from annotator.ui.passage.version import Edge, Version, differing_edges
from annotator.ui.passage.view import PassageView
from annotator.ui.reader import geometry

TEXT = (
    "Minister denies leak\n\nThe minister 👨‍👩‍👧 said that the report was false.\n"
    + "Rain fell on the north all day long, and nobody went out.\n" * 60
    + "وزیر می‌گوید گزارش را ندیده است.\n"
)
START = TEXT.index("that the report")
REPORT = TEXT.index("the report was")
END = TEXT.index(" was false") + len(" was false")
LAST = TEXT.index("گزارش")


def span(first, last):
    return Span.of((first, last))


@pytest.fixture
def mark():
    numbers = count(1)
    return lambda label, *fragments: Annotation(f"m{next(numbers):03}", "a", "who", label, Span.of(*fragments))


@pytest.fixture
def view(qtbot):
    shown = PassageView()
    qtbot.addWidget(shown)
    shown.resize(560, 600)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setFocus()
    return shown


@pytest.fixture
def versions(mark):
    """Ana begins at "that", Ben at "the"; both have something at the end, of different labels."""
    return (
        Version("ana", "A", "Ana", (mark("claim", (START, END)), mark("claim", (LAST, LAST + 5)))),
        Version("ben", "B", "Ben", (mark("claim", (REPORT, END)), mark("denial", (LAST, LAST + 5)))),
        Version("cem", "C", "Cem"),
    )


@pytest.fixture
def shown(view, versions):
    view.show_article(Article("a", "Leak", TEXT), versions, template("default"))
    return view


def lanes_at(view, position):
    return view.scene.sheet.row_of(position).depths


def test_each_version_has_its_lane_on_the_lines_that_somebody_marked_and_nobody_elsewhere(shown):
    assert lanes_at(shown, START) == (1, 1, 1)
    assert lanes_at(shown, TEXT.index("Rain fell")) == ()


def test_every_character_stands_on_one_row_and_rows_follow_one_another(shown):
    rows = shown.scene.sheet.rows
    assert [row.line.start for row in rows] == sorted(row.line.start for row in rows)
    assert all(before.bottom <= after.top for before, after in pairwise(rows))
    for position in (0, START, REPORT, LAST, len(TEXT) - 1):
        row = shown.scene.sheet.row_of(position)
        assert row.line.start <= position <= row.line.stop


def test_the_edge_that_differs_is_told_from_the_one_that_does_not(versions):
    ana, ben, _cem = versions
    found = differing_edges(versions)
    assert found[ana.annotations[0].id] == {Edge(START, opens=True)}
    assert found[ben.annotations[0].id] == {Edge(REPORT, opens=True)}
    assert ana.annotations[1].id not in found, "another label is no other edge, and who has nothing has no edge"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1, max_size=4))
def test_equal_versions_differ_in_no_edge(places):
    marks = [
        Annotation(f"m{n}", "a", "w", "claim", span(start, start + size)) for n, (start, size) in enumerate(places)
    ]
    again = [
        Annotation(f"n{n}", "a", "v", "claim", span(start, start + size)) for n, (start, size) in enumerate(places)
    ]
    assert differing_edges([Version("1", "1", "1", tuple(marks)), Version("2", "2", "2", tuple(again))]) == {}


def test_every_place_stands_at_the_same_height_the_first_line_and_the_last_too(shown):
    heights = []
    for start, end in ((0, 8), (START, END), (LAST, LAST + 5)):
        shown.show_place([(start, end)])
        heights.append(shown.height_of(start))
    assert max(heights) - min(heights) <= 1
    assert 0 < heights[0] < shown.viewport().height() / 2


def test_a_persian_paragraph_of_an_english_article_begins_at_the_right(shown):
    sheet = shown.scene.sheet
    first, last = sheet.row_of(START).line, sheet.row_of(LAST).line
    assert (first.rtl, last.rtl) == (False, True)
    assert geometry.caret_x(sheet, first, first.start) < 1
    ((low, high),) = geometry.extents(sheet, last, last.start, last.end)
    assert low > 0
    assert abs(high - sheet.width) < 2


def test_a_place_has_lanes_where_nobody_marked_anything(shown):
    place = TEXT.index("Rain fell")
    shown.show_place([(place, place + 4)])
    assert lanes_at(shown, place) == (1, 1, 1)


def test_what_stands_aside_makes_no_room_for_the_others(view, versions, mark):
    rain = TEXT.index("Rain fell")
    gold = (mark("claim", (START, END)), mark("claim", (rain, rain + 9)))
    aside = Version("gold", "Gold", "Gold", gold, is_aside=True)
    view.show_passage(Article("a", "Leak", TEXT), [*versions, aside], template("default"), [(LAST, LAST + 5)], "")
    assert lanes_at(view, START) == (1, 1, 1, 1)
    assert lanes_at(view, rain) == (0, 0, 0, 1)
    assert lanes_at(view, LAST) == (1, 1, 1, 0)


def test_only_the_labels_asked_for_are_shown(shown):
    shown.show_place([(LAST, LAST + 5)], labels={"denial"})
    sheet = shown.scene.sheet
    row = sheet.row_of(LAST)
    assert [len(sheet.pieces(number, row.line)) for number in range(3)] == [0, 1, 0]


def test_the_marks_of_a_place_are_those_on_it_and_their_rivals(shown, versions):
    shown.show_place([(START, REPORT)], between={"ana", "ben"})
    ana, ben, _ = versions
    assert shown.scene.hot == {ana.annotations[0].id, ben.annotations[0].id}


@pytest.mark.parametrize(
    ("key", "by"), [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Left, -1), (Qt.Key.Key_Up, -1)]
)
def test_arrows_ask_for_the_next_passage(shown, qtbot, key, by):
    with qtbot.waitSignal(shown.step_wanted) as asked:
        qtbot.keyClick(shown, key)
    assert asked.args == [by]


def test_return_and_a_double_click_open_the_place(shown, qtbot):
    with qtbot.waitSignal(shown.opened):
        qtbot.keyClick(shown, Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.opened):
        qtbot.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))


def bar_of(view, version, position):
    row = view.scene.sheet.row_of(position)
    piece = next(each for each in view.scene.sheet.pieces(version, row.line) if each.start <= position < each.end)
    middle = paint.bar(view.scene, row, version, piece)[0].center()
    return QPoint(round(middle.x()), round(middle.y() + view.height_of(position) - row.top))


def test_a_click_on_a_bar_names_the_annotation_and_hovering_tells_whose_it_is(shown, qtbot, versions):
    shown.show_place([(START, END)])
    ben = bar_of(shown, 1, REPORT)
    with qtbot.waitSignal(shown.mark_clicked) as clicked:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=ben)
    assert clicked.args == [versions[1].annotations[0].id]
    assert shown.mark_at(ben.toPointF()).id == versions[1].annotations[0].id
    QApplication.sendEvent(shown.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, ben, shown.mapToGlobal(ben)))
    assert QToolTip.text() == "Ben · Claim"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_the_place_stays_through_other_colours_sizes_and_widths(shown):
    shown.show_place([(START, END)])
    before = shown.height_of(START)
    for change in (lambda: shown.set_theme(DARK), lambda: shown.set_zoom(150), lambda: shown.resize(420, 600)):
        change()
        QApplication.processEvents()
        assert abs(shown.height_of(START) - before) <= 1
    assert shown.grab().toImage().pixelColor(2, 2).name() == DARK.page


def test_what_came_of_a_decision_is_shown_for_a_moment_only(shown, qtbot):
    shown.flash([(START, END)])
    assert shown.scene.flashed
    qtbot.waitUntil(lambda: not shown.scene.flashed)


def test_nothing_to_show_is_no_matter(view):
    view.show_article(Article("", "", ""), (), template("default"))
    view.show_place([])
    assert view.mark_at(QPoint(10, 10).toPointF()) is None


def test_text_from_the_right_stands_at_the_right_with_its_bars_below_its_words(view, mark):
    text = "وزیر گزارش را رد کرد.\n"
    version = Version("ana", "A", "Ana", (mark("claim", (0, 4)),))
    view.show_article(Article("a", "x", text), [version], template("default"))
    sheet = view.scene.sheet
    row = sheet.row_of(0)
    bar = paint.bar(view.scene, row, 0, sheet.pieces(0, row.line)[0])[0]
    assert bar.right() == pytest.approx(view.scene.left + sheet.width, abs=2)
    image = view.grab().toImage()
    middle = round(view.height_of(0) + row.line.baseline - row.top - sheet.size / 4)
    page = image.pixelColor(2, 2)
    inked = [x for x in range(image.width() - 20) if image.pixelColor(x, middle) != page]
    assert abs(max(inked) - bar.right()) < 6

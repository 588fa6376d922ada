import re

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from annotator.model.span import Fragment, Span
from annotator.ui.reader import geometry
from annotator.ui.reader.strokes import strokes

TEXT = (
    "📰 Vance said: “We never 👨‍👩‍👧 met.” Café cafe\u0301s and naïve nai\u0308ve 𝒜lpha closed; 🇬🇧 left ❤️ alone.\n"
    "A second paragraph follows here, with words enough to be dragged over and to wrap on a line of the page.\n"
    "Third one."
)
PERSIAN = "خانه‌ها را می‌خواهم بفروشم، گفت علی.\nسپس وزیر گفت «NATO این را گفت» و رفت."
MIXED = f"{PERSIAN}\n{TEXT.splitlines()[1]}\nاو گفت (contract 12/A) و رفت.\nSources: AFP, Reuters."
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(reader):
    span = reader.selection()
    return span.covered(reader.page.text) if span else ()


@pytest.mark.parametrize(
    "wanted",
    [
        "Vance",
        "said: “We never",
        "never 👨‍👩‍👧 met",
        "Café cafe\u0301s",
        "nai\u0308ve 𝒜lpha",
        "𝒜lpha closed",
        "🇬🇧 left ❤️ alone",
        "A second paragraph follows",
        "closed; 🇬🇧 left ❤️ alone.\nA second",
    ],
)
def test_a_drag_selects_exactly_the_words_it_went_over(show, mouse, place, qtbot, wanted):
    reader = show(TEXT)
    start, end = place(TEXT, wanted)
    with qtbot.waitSignal(reader.drag_finished) as caught:
        mouse.drag_over(start, end)
    assert caught.args == [Span.of((start, end))]
    assert words(reader) == (wanted,)


@pytest.mark.parametrize("wanted", ["خانه‌ها", "را می‌خواهم بفروشم", "بفروشم، گفت علی", "NATO", "سپس وزیر گفت"])
def test_a_drag_from_right_to_left_selects_the_persian_words(show, mouse, place, wanted):
    reader = show(PERSIAN, direction="rtl")
    start, end = place(PERSIAN, wanted)
    first, last = mouse.words(start), mouse.words(end - 1)
    if wanted != "NATO":
        assert first.x() > last.x()
    mouse.drag(first, last)
    assert words(reader) == (wanted,)


@pytest.mark.parametrize(("text", "way"), [(TEXT, "ltr"), (PERSIAN, "rtl"), (PERSIAN, "ltr"), (MIXED, "rtl")])
def test_every_single_word_can_be_dragged_over(show, mouse, text, way):
    reader = show(text, direction=way)
    pieces = [found.span() for found in re.finditer(r"[\w\u0300-\u036f\u200c]{2,}", text)]
    assert len(pieces) > 10
    for start, end in pieces:
        mouse.drag_over(start, end)
        assert reader.selection() == Span.of((start, end)), text[start:end]


def test_a_click_on_a_persian_word_takes_its_mark(show, mouse, mark, place, qtbot):
    start, end = place(PERSIAN, "می‌خواهم")
    reader = show(PERSIAN, mark("claim", (start, end), name="m"), direction="rtl")
    with qtbot.waitSignal(reader.mark_clicked) as caught:
        mouse.click(mouse.words(start + 4))
    assert caught.args == ["m"]
    with qtbot.waitSignal(reader.mark_clicked) as caught:
        mouse.click(mouse.words(place(PERSIAN, "خانه")[0]))
    assert caught.args == [""]


def test_an_english_paragraph_of_a_persian_article_begins_at_the_left_with_its_marks(show, mouse, mark, place, qtbot):
    start, end = place(MIXED, "Sources: AFP")
    reader = show(MIXED, mark("claim", (start, end), name="m"), direction="rtl")
    line = geometry.line_of_position(reader.page, start)
    (stroke,) = strokes(reader.page, reader.index, line)
    assert stroke.head < stroke.chip.center().x() < stroke.tail
    first = geometry.line_of_position(reader.page, 0)
    assert geometry.caret_x(reader.page, first, 0) - stroke.head > reader.page.column * 0.8
    mouse.drag(mouse.words(start), mouse.words(end - 1))
    assert words(reader) == ("Sources: AFP",)
    reader.copy_selection()
    assert QApplication.clipboard().text() == "Sources: AFP"
    with qtbot.waitSignal(reader.mark_clicked) as caught:
        mouse.click(mouse.words(start + 2))
    assert caught.args == ["m"]


def test_words_are_taken_while_the_mouse_still_moves(show, mouse, place):
    reader = show(TEXT)
    start, _ = place(TEXT, "second paragraph")
    mouse.drag(mouse.words(start + 2), mouse.words(start + 9), drop=False)
    assert words(reader) == ("second paragraph",)


def test_with_alt_a_drag_selects_to_the_character(show, mouse, place):
    reader = show(TEXT)
    start, _ = place(TEXT, "paragraph")
    mouse.drag_over(start + 1, start + 4, ALT)
    assert words(reader) == ("ara",)


def test_with_alt_no_character_a_person_sees_is_cut(show, mouse, place):
    reader = show(TEXT)
    start, _end = place(TEXT, "fe\u0301s")
    mouse.drag(mouse.words(start, at=0.2), mouse.words(start + 1, at=0.9), ALT)
    assert words(reader) == ("fe\u0301",)


def test_dragging_backwards_selects_the_same(show, mouse, place):
    reader = show(TEXT)
    start, end = place(TEXT, "second paragraph")
    mouse.drag(mouse.words(end - 1), mouse.words(start))
    assert words(reader) == ("second paragraph",)
    assert reader.caret == start


def test_a_trembling_click_selects_nothing(show, mouse, place):
    reader = show(TEXT)
    point = mouse.words(place(TEXT, "second")[0])
    mouse.drag(point, point + QPointF(2, 1))
    assert reader.selection() is None


def test_a_double_click_takes_the_word_a_third_the_sentence(show, mouse, place):
    reader = show(TEXT)
    point = mouse.words(place(TEXT, "paragraph follows")[0] + 2)
    mouse.double_click(point)
    assert words(reader) == ("paragraph",)
    mouse.triple_click(point)
    assert words(reader) == (TEXT.split("\n")[1],)


def test_shift_and_click_extends_from_the_caret(show, mouse, place):
    reader = show(TEXT)
    start, end = place(TEXT, "second paragraph follows")
    mouse.click(mouse.words(start, at=0.1))
    mouse.click(mouse.words(end - 1, at=0.9), SHIFT)
    assert words(reader) == ("second paragraph follows",)


def test_ctrl_and_drag_adds_a_fragment_to_the_selection(show, mouse, place, qtbot):
    reader = show(TEXT)
    mouse.drag_over(*place(TEXT, "second"))
    with qtbot.assertNotEmitted(reader.drag_finished), qtbot.assertNotEmitted(reader.fragment_added):
        mouse.drag_over(*place(TEXT, "follows here"), CTRL)
    assert words(reader) == ("second", "follows here")


def test_ctrl_and_drag_adds_a_fragment_to_the_selected_mark(show, mouse, mark, place, qtbot):
    own = mark("claim", place(TEXT, "second"))
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    start, end = place(TEXT, "follows here")
    with qtbot.waitSignal(reader.fragment_added) as caught, qtbot.assertNotEmitted(reader.drag_finished):
        mouse.drag_over(start, end, CTRL)
    assert caught.args == [Fragment(start, end)]
    assert reader.selection() is None


@pytest.fixture
def nested(show, mark, place):
    """Three marks, each within the one before."""
    outer = mark("attribution", place(TEXT, "A second paragraph follows here"), name="outer")
    middle = mark("claim", place(TEXT, "second paragraph follows"), name="middle")
    inner = mark("source", place(TEXT, "paragraph"), name="inner")
    return show(TEXT, outer, middle, inner)


@pytest.fixture
def clicked(nested):
    """Ids that were clicked, in order; as in the window, a clicked mark is selected."""
    ids = []
    nested.mark_clicked.connect(ids.append)
    nested.mark_clicked.connect(nested.select_annotation)
    return ids


def test_a_click_takes_the_innermost_and_the_next_one_the_mark_beneath(nested, mouse, place, clicked):
    point = mouse.words(place(TEXT, "paragraph")[0] + 4)
    for _ in range(4):
        mouse.click(point)
    assert clicked == ["inner", "middle", "outer", "inner"]


def test_a_click_elsewhere_begins_with_the_innermost_again(nested, mouse, place, clicked):
    start = place(TEXT, "paragraph")[0]
    mouse.click(mouse.words(start + 1))
    mouse.click(mouse.words(start + 7))
    assert clicked == ["inner", "inner"]


def test_a_click_in_a_lane_takes_the_mark_whose_lane_it_is(nested, mouse, place, clicked):
    end = place(TEXT, "paragraph")[1]
    for lane in (2, 1, 0):
        mouse.click(mouse.lane(end - 2, lane, 3))
    assert clicked == ["outer", "middle", "inner"]


def test_a_click_beside_all_marks_says_so_and_drops_the_selection(nested, mouse, place, clicked):
    mouse.drag_over(*place(TEXT, "words enough"))
    mouse.click(mouse.words(place(TEXT, "Third")[0] + 1))
    assert clicked == [""]
    assert nested.selection() is None
    assert nested.caret in range(place(TEXT, "Third")[0], place(TEXT, "Third")[1])


def test_the_mark_under_the_mouse_is_told_and_forgotten(nested, mouse, place, qtbot):
    seen = []
    nested.mark_hovered.connect(seen.append)
    mouse.move(mouse.words(place(TEXT, "paragraph")[0] + 3), held=False)
    mouse.move(mouse.words(place(TEXT, "follows")[0] + 3), held=False)
    mouse.move(mouse.words(place(TEXT, "Third")[0] + 3), held=False)
    assert seen == ["inner", "middle", ""]


@pytest.fixture
def chosen(show, mark, place):
    """One mark on "second paragraph", selected."""
    own = mark("claim", place(TEXT, "second paragraph"), name="own")
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    return reader


@pytest.mark.parametrize(
    ("edge", "drop", "expected"),
    [
        ("right", "follows", "second paragraph follows"),
        ("left", "A", "A second paragraph"),
        ("left", "paragraph", "paragraph"),
        ("right", "second", "second"),
        ("left", "words", "paragraph"),
    ],
)
def test_dragging_an_edge_of_the_selected_mark_moves_it(chosen, mouse, edge, drop, expected):
    before = chosen.index.get("own")
    start, end = before.span.start, before.span.end
    moved = []
    chosen.mark_reshaped.connect(lambda name, span: moved.append((name, span.covered(TEXT))))
    grip = mouse.lane(start, away=-4) if edge == "left" else mouse.lane(end - 1, away=4, after=True)
    mouse.drag(grip, mouse.words(TEXT.index(drop), at=0.3 if edge == "left" else 0.7))
    assert moved == [("own", (expected,))]
    assert chosen.index.get("own") == before  # until it is stored, the old one is shown
    assert chosen.selection() is None


def test_with_alt_an_edge_moves_to_the_character(show, mouse, mark, place, qtbot):
    start, end = place(TEXT, "second paragraph")
    own = mark("claim", (start, end))
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    with qtbot.waitSignal(reader.mark_reshaped) as caught:
        mouse.press(mouse.lane(end - 1, away=4, after=True))
        mouse.move(mouse.words(end - 3, at=0.1), ALT)
        mouse.release(mouse.words(end - 3, at=0.1), ALT)
    assert caught.args[1].covered(TEXT) == ("second paragr",)


def test_edges_of_the_marks_within_stay_where_they_are(nested, mouse, place, qtbot):
    nested.select_annotation("middle")
    end = place(TEXT, "follows")[1]
    with qtbot.waitSignal(nested.mark_reshaped) as caught:
        mouse.drag(mouse.lane(end - 1, 1, 3, away=4, after=True), mouse.words(place(TEXT, "enough")[0] + 3))
    assert caught.args[0] == "middle"


def test_on_the_words_a_drag_from_a_marks_edge_selects(nested, mouse, place):
    """Spans that begin at the same word are common: a new one must not move the old one's edge."""
    nested.select_annotation("middle")
    start = place(TEXT, "second")[0]
    mouse.drag(mouse.words(start, at=0.1), mouse.words(place(TEXT, "paragraph")[1] - 1))
    assert words(nested) == ("second paragraph",)


def test_giving_up_a_drag_leaves_the_mark_alone(show, mouse, mark, place, qtbot):
    start, end = place(TEXT, "second paragraph")
    own = mark("claim", (start, end))
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    mouse.drag(mouse.lane(end - 1, away=4, after=True), mouse.words(place(TEXT, "enough")[0]), drop=False)
    assert reader.index.get(own.id) != own
    with qtbot.assertNotEmitted(reader.mark_reshaped):
        qtbot.keyClick(reader, Qt.Key.Key_Escape)
        mouse.release(mouse.words(start))
    assert reader.index.get(own.id) == own


def test_the_pointer_shows_where_an_edge_can_be_taken(show, mouse, mark, place):
    start, end = place(TEXT, "second paragraph")
    own = mark("claim", (start, end))
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    mouse.move(mouse.lane(start, away=-4), held=False)
    assert reader.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    mouse.move(mouse.words(start), held=False)
    assert reader.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def test_the_right_button_takes_the_mark_and_asks_for_a_menu(nested, mouse, place, clicked, qtbot):
    point = mouse.words(place(TEXT, "paragraph")[0] + 3).toPoint()
    where = nested.viewport().mapToGlobal(point)
    with qtbot.waitSignal(nested.menu_requested) as caught:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where)
        QApplication.sendEvent(nested.viewport(), event)
    assert clicked == ["inner"]
    assert caught.args == [where]


def test_holding_a_drag_below_the_page_scrolls_on(show, mouse, qtbot):
    text = "\n".join(f"Paragraph number {n} of a long article." for n in range(200))
    reader = show(text)
    below = QPointF(300, reader.viewport().height() + 40)
    mouse.drag(mouse.words(4), below, drop=False)
    bar = reader.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 300)
    mouse.release(below)
    stopped = bar.value()
    span = reader.selection()
    assert span.start == 0
    assert span.end > reader.position()
    QApplication.processEvents()
    assert bar.value() == stopped


COPIES = """
from PySide6.QtWidgets import QApplication
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.project.templates import template
from annotator.ui.reader.view import Reader
app = QApplication([])
reader = Reader()
reader.show_article(Article("a", "Title", "Some words"), (), template("default"))
reader.set_selection(Span.of((0, 4)))
reader.copy_selection()
assert app.clipboard().text() == "Some"
"""


def test_what_was_copied_does_not_bring_the_program_down_at_its_end(start):
    process = start(COPIES)
    assert process.communicate() == ("", "")
    assert process.returncode == 0

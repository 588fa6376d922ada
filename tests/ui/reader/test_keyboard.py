import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.model.span import Span
from annotator.ui.reader import geometry

TEXT = (
    "First 📰 line, with a cafe\u0301 in it. A second sentence.\n\n"
    "Another paragraph that is long enough to be wrapped on the page, because it goes on and on and on until at last "
    "nobody wants to read it any more and it ends.\nLast."
)
K, M = Qt.Key, Qt.KeyboardModifier


def press(qtbot, reader, key, modifiers=M.NoModifier, times=1):
    for _ in range(times):
        qtbot.keyClick(reader, key, modifiers)


def words(reader):
    span = reader.selection()
    return span.covered(reader.page.text) if span else ()


def test_arrows_go_by_what_people_see_as_a_character(show, qtbot):
    reader = show(TEXT)
    press(qtbot, reader, K.Key_Right, times=7)
    assert reader.caret == TEXT.index(" line")
    reader.set_caret(TEXT.index("e\u0301"))
    press(qtbot, reader, K.Key_Right)
    assert TEXT[reader.caret :].startswith(" in it")
    press(qtbot, reader, K.Key_Left)
    assert reader.caret == TEXT.index("e\u0301")


def test_shift_extends_by_character_and_with_ctrl_by_word(show, qtbot):
    reader = show(TEXT)
    reader.set_caret(TEXT.index("with"))
    press(qtbot, reader, K.Key_Right, M.ShiftModifier, times=2)
    assert words(reader) == ("wi",)
    press(qtbot, reader, K.Key_Right, M.ShiftModifier | M.ControlModifier, times=3)
    assert words(reader) == ("with a cafe\u0301",)
    press(qtbot, reader, K.Key_Left, M.ShiftModifier | M.ControlModifier)
    assert words(reader) == ("with a",)


def test_an_arrow_without_shift_leaves_the_selection_at_its_end(show, qtbot):
    reader = show(TEXT)
    reader.set_selection(Span.of((10, 20)))
    press(qtbot, reader, K.Key_Right)
    assert (reader.selection(), reader.caret) == (None, 20)
    reader.set_selection(Span.of((10, 20)))
    press(qtbot, reader, K.Key_Left)
    assert (reader.selection(), reader.caret) == (None, 10)


def test_up_and_down_keep_the_column_over_short_lines(show, qtbot):
    reader = show(TEXT)
    reader.set_caret(TEXT.index("sentence"))
    x = reader.caret
    press(qtbot, reader, K.Key_Down)
    assert reader.caret == TEXT.index("\n\n") + 1
    press(qtbot, reader, K.Key_Down)
    assert reader.caret > TEXT.index("Another") + 20
    press(qtbot, reader, K.Key_Up, times=2)
    assert reader.caret == x


def test_up_and_down_go_by_visual_lines_to_the_ends(show, qtbot):
    reader = show(TEXT)
    reader.resize(420, 600)
    seen = []
    while not seen or seen[-1] != reader.caret:
        seen.append(reader.caret)
        press(qtbot, reader, K.Key_Down)
    assert seen == sorted(seen)
    assert seen[-1] == len(TEXT)
    assert len(seen) > 6
    for expected in reversed(seen[1:-1]):
        press(qtbot, reader, K.Key_Up)
        assert abs(reader.caret - expected) <= 6 or reader.caret < expected


def test_home_and_end_go_to_the_ends_of_the_visual_line(show, qtbot):
    reader = show(TEXT)
    reader.resize(420, 600)
    reader.set_caret(TEXT.index("wrapped on"))
    press(qtbot, reader, K.Key_End)
    end = reader.caret
    press(qtbot, reader, K.Key_End)
    assert reader.caret == end
    assert TEXT[end] == " "
    press(qtbot, reader, K.Key_Home)
    start = reader.caret
    assert start <= TEXT.index("wrapped") < end
    assert start > TEXT.index("Another")
    press(qtbot, reader, K.Key_Home)
    assert reader.caret == start


def test_ctrl_home_and_end_go_to_the_ends_of_the_text(show, qtbot):
    reader = show(TEXT)
    press(qtbot, reader, K.Key_End, M.ControlModifier | M.ShiftModifier)
    assert words(reader) == (TEXT,)
    press(qtbot, reader, K.Key_Home, M.ControlModifier)
    assert (reader.caret, reader.selection()) == (0, None)


def test_pages_go_down_and_up_again(show, qtbot):
    text = "\n".join(f"Paragraph {n} of a long article." for n in range(300))
    reader = show(text)
    press(qtbot, reader, K.Key_PageDown)
    first = reader.caret
    assert first > 100
    assert reader.verticalScrollBar().value() > 0
    press(qtbot, reader, K.Key_PageDown)
    assert reader.caret > first
    press(qtbot, reader, K.Key_PageUp, times=3)
    assert reader.caret < first


def test_the_caret_is_kept_in_sight(show, qtbot):
    text = "\n".join(f"Paragraph {n} of a long article." for n in range(300))
    reader = show(text)
    press(qtbot, reader, K.Key_End, M.ControlModifier)
    assert reader.caret == len(text)
    bar = reader.verticalScrollBar()
    line = geometry.line_of_position(reader.page, len(text))
    assert bar.value() < line.top < line.bottom < bar.value() + reader.viewport().height()
    press(qtbot, reader, K.Key_Home, M.ControlModifier)
    assert bar.value() < 100


def test_in_persian_left_goes_on_and_right_goes_back(show, qtbot):
    text = "سلام دنیا\nدوم"
    reader = show(text, direction="rtl")
    press(qtbot, reader, K.Key_Left, times=2)
    assert reader.caret == 2
    press(qtbot, reader, K.Key_Right)
    assert reader.caret == 1
    press(qtbot, reader, K.Key_Left, M.ControlModifier)
    assert reader.caret == text.index("دنیا")
    press(qtbot, reader, K.Key_Left, M.ControlModifier | M.ShiftModifier)
    assert words(reader) == ("دنیا",)
    press(qtbot, reader, K.Key_Left)
    assert reader.caret == text.index("\n")
    press(qtbot, reader, K.Key_Left)
    assert reader.caret == text.index("دوم")
    press(qtbot, reader, K.Key_Right)
    assert reader.caret == text.index("\n")


def test_in_an_english_paragraph_of_a_persian_article_right_goes_on(show, qtbot):
    text = "سلام دنیا، سلام به همه\nTwo words\nدوم و آخر"
    reader = show(text, direction="rtl")
    start = text.index("Two")
    reader.set_caret(start)
    press(qtbot, reader, K.Key_Right)
    assert reader.caret == start + 1
    press(qtbot, reader, K.Key_Right, M.ControlModifier)
    assert reader.caret == text.index("words")
    press(qtbot, reader, K.Key_Right, M.ControlModifier | M.ShiftModifier)
    assert words(reader) == ("words",)
    press(qtbot, reader, K.Key_Right)
    assert reader.caret == text.index("دوم") - 1
    press(qtbot, reader, K.Key_Right)
    assert reader.caret == text.index("دوم")
    press(qtbot, reader, K.Key_Left)
    assert reader.caret == text.index("دوم") + 1


def test_every_place_in_mixed_text_is_reached_by_one_arrow_key(show, qtbot):
    text = "گفت NATO و EU آمدند"
    reader = show(text, direction="rtl")
    seen = {reader.caret}
    for _ in range(3 * len(text)):
        press(qtbot, reader, K.Key_Left)
        seen.add(reader.caret)
    assert len(seen) >= len(text) - 1
    assert reader.caret == len(text)


def test_escape_drops_the_selection_and_is_then_for_the_window(show, qtbot):
    reader = show(TEXT)
    reader.set_selection(Span.of((0, 5)))
    press(qtbot, reader, K.Key_Escape)
    assert reader.selection() is None


def test_sentences_and_paragraphs(show):
    reader = show(TEXT)
    reader.set_caret(3)
    reader.extend_sentence()
    assert words(reader) == ("First 📰 line, with a cafe\u0301 in it.",)
    reader.extend_sentence()
    assert words(reader) == ("First 📰 line, with a cafe\u0301 in it. A second sentence.",)
    reader.set_caret(3)
    reader.extend_paragraph()
    assert words(reader) == (TEXT.split("\n", maxsplit=1)[0],)


def test_the_edges_of_the_selection_move_by_words(show):
    reader = show(TEXT)
    start = TEXT.index("second")
    reader.set_selection(Span.of((start, start + 6)))
    reader.move_selection_edge("right", 1)
    assert words(reader) == ("second sentence",)
    reader.move_selection_edge("left", -1)
    assert words(reader) == ("A second sentence",)
    reader.move_selection_edge("right", -1)
    assert words(reader) == ("A second",)


def test_without_a_selection_the_edges_of_the_selected_mark_move(show, mark, qtbot):
    start = TEXT.index("second")
    own = mark("claim", (start, start + 6))
    reader = show(TEXT, own)
    reader.select_annotation(own.id)
    with qtbot.waitSignal(reader.mark_reshaped) as caught:
        reader.move_selection_edge("left", -1)
    assert caught.args[1].covered(TEXT) == ("A second",)


def test_what_is_copied_is_the_articles_own_text(show, qtbot):
    text = "no\u00a0break and\u2028line, می\u200cخواهم"
    reader = show(text)
    press(qtbot, reader, K.Key_A, M.ControlModifier)
    press(qtbot, reader, K.Key_C, M.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


@pytest.mark.parametrize("key", [K.Key_C, K.Key_D, K.Key_A, K.Key_Delete, K.Key_BracketLeft, K.Key_F1])
def test_all_other_keys_are_left_to_the_window(show, qtbot, key):
    reader = show(TEXT)
    before = (reader.caret, reader.selection())
    press(qtbot, reader, key)
    assert (reader.caret, reader.selection()) == before
    assert reader.page.document.characterCount() - 1 == len(TEXT) + 1


def test_changes_of_the_selection_are_told_once(show, qtbot):
    reader = show(TEXT)
    told = []
    reader.selection_changed.connect(lambda: told.append(reader.caret))
    press(qtbot, reader, K.Key_Right)
    reader.set_caret(1)
    reader.set_selection(Span.of((1, 5)))
    reader.set_selection(Span.of((1, 5)))
    reader.clear_selection()
    assert told == [1, 5, 5]

"""Words without a blank are broken on screen, and stay what they are."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest

from annotator.model.annotator import Annotator
from annotator.ui.look.drawing import wrapped
from annotator.ui.others.people import tags
from annotator.ui.widgets.long_words import LongWords, breakable

URL = "https://example.org/" + "reports/2019/" * 12


@given(st.text(alphabet=st.sampled_from("abÖ7/ .e\u0301\u200d👨👩🏽🇬ويm"), max_size=200))
def test_only_places_to_break_are_put_in_and_nothing_that_hangs_together_is_parted(words):
    shown = breakable(words)
    assert shown.replace("\u200b", "") == words
    for before, sign, after in zip(shown, shown[1:], shown[2:], strict=False):
        if sign == "\u200b":
            assert before not in {"\u200d", "🇬", "و", "ي"}
            assert after not in {"\u200d", "\u0301", "🏽", "🇬", "و", "ي"}


def test_no_word_makes_a_page_wide_and_what_is_copied_is_what_was_given(qtbot):
    label = LongWords(URL)
    qtbot.addWidget(label)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(URL) / 4
    assert label.accessibleName() == URL
    label.show()
    label.setFocus()
    label.setSelection(0, len(label.text()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == URL


def test_words_are_cut_only_where_the_last_row_is_full(qapp):
    text = "water company altered reservoir logs"
    font = QFont(qapp.font())
    for size in range(800, 1200, 7):
        font.setPointSizeF(size / 100)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        for width in (int(wide) - 1, int(wide), int(wide) + 1):
            rows = wrapped(text, font, width, 2)
            assert len(rows) == 2 or rows == (text,), (size, width)


def test_annotators_are_told_apart_by_what_they_are_called_for_short():
    people = [
        Annotator("1", "Anna Berg", short="Bergie"),
        Annotator("2", "Anna Meyer"),
        Annotator("3", "Alice Munro"),
        Annotator("4", "Jean-Luc Roy"),
        Annotator("5", "Otto"),
        Annotator("6", "Otto Ott"),
        Annotator("7", "Ottoline"),
    ]
    assert tags(people) == ["Ber", "Ann", "Ali", "JLR", "O1", "OO", "O2"]

"""What is selected on the screen is what is stored, whatever characters stand before it and in it.

Expectations come from how the text was put together, and places on the screen from Qt's own caret, so that nothing of
the reading view's offsets is needed to judge them.
"""

import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QTextCursor

from annotator.project import Project
from tests.ui.hand import Hand

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

Word = tuple[str, ...]
"""A word, a string for each character as a person counts them."""

PLAIN: tuple[Word, ...] = (tuple("mayor"), tuple("said"), tuple("no"), tuple("2010"))
HARD: tuple[Word, ...] = (
    ("📰",),
    ("❤️",),
    ("👨‍👩‍👧",),
    ("🇬🇧",),
    ("𝒜", "l", "p", "h", "a"),
    ("e\u0301", "t", "u", "d", "e\u0301"),  # combining marks
    ("q\u0323\u0307", "a"),
    ("c", "o", "\u00ad", "o", "p"),  # soft hyphen
    ("a", "\u00a0", "b"),  # no-break space
)
PERSIAN: tuple[Word, ...] = (
    ("م", "ی\u200c", "خ", "و", "ا", "ه", "م"),  # zero width non-joiner
    ("گ", "ز", "ا", "ر", "ش"),
    ("و", "ز", "ی", "ر"),
    ("ب\u064e", "ر\u0650\u0651", "ه", "م"),  # marks above and below
)
NUMBERS = itertools.count(10_000)
TREMBLE = 6
"""Pixels that a mouse must move at least for a drag."""
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def paragraphs(words: tuple[Word, ...]) -> st.SearchStrategy[list[list[Word]]]:
    return st.lists(st.lists(st.sampled_from(words), min_size=1, max_size=24), min_size=1, max_size=3)


class Laid:
    """A text made of words, with what of it every word and every character of a word is."""

    def __init__(self, made: list[list[Word]]) -> None:
        self.text = ""
        self.characters: list[tuple[int, int]] = []
        self.words: list[list[tuple[int, int]]] = []
        # A number makes every text another one: a project holds each only once.
        for paragraph in [[tuple(f"{next(NUMBERS)}")], *made]:
            for word in paragraph:
                places = []
                for character in word:
                    places.append((len(self.text), len(self.text) + len(character)))
                    self.text += character
                self.characters += places
                self.words.append(places)
                self._blank(" ")
            self.text = self.text[:-1]
            self.characters.pop()
            self._blank("\n")
        self.text = self.text[:-1]
        self.characters.pop()

    def _blank(self, blank: str) -> None:
        self.characters.append((len(self.text), len(self.text) + 1))
        self.text += blank


@pytest.fixture
def hand(window):
    return Hand(window)


def show(hand: Hand, laid: Laid) -> None:
    """Add the text as an article of its own and open it."""
    added = hand.session.project.add_text(laid.text).added
    assert hand.session.go_to(added[0])
    assert hand.session.article.text == laid.text
    hand.settle()


def on_screen(hand: Hand, place: tuple[int, int], part: float) -> QPointF:
    """Return the point so far (0-1, in reading direction) into a character, as Qt's own caret measures it."""
    edges = []
    for position in place:
        cursor = QTextCursor(hand.reader.document())
        cursor.setPosition(len(hand.session.article.text[:position].encode("utf-16-le")) // 2)
        block, within = cursor.block(), cursor.positionInBlock()
        # Qt takes one letter of a run with marks for the run's end, and says so by answering for another place.
        assume(block.layout().lineForTextPosition(within).cursorToX(within)[1] == within)
        edges.append(hand.reader.cursorRect(cursor))
    first, last = edges
    if first.center().y() != last.center().y():  # the end belongs to the next line
        return QPointF(first.x() + 2, first.center().y())
    return QPointF(first.x() + (last.x() - first.x()) * part, first.center().y())


def drag(
    hand: Hand, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Drag from point to point, unless they are so near that it would be a click."""
    assume((start - end).manhattanLength() >= TREMBLE)
    hand.drag(start, end, modifiers)


def label(hand: Hand, key: Qt.Key = Qt.Key.Key_C) -> str:
    """Press a label's key, and return what the file then says was labelled, read by somebody else."""
    known = set(hand.session.annotations)
    hand.press_and_see(key)
    with Project.open(hand.session.project.path, read_only=True) as file:
        text = file.article(hand.session.article.id).text
        (found,) = [each for each in file.annotations(hand.session.article.id) if each.id not in known]
        rows = file._db.execute("SELECT covered FROM fragment WHERE annotation = ?", (found.id,)).fetchall()
        assert tuple(row[0] for row in rows) == found.span.covered(text)
        (covered,) = found.span.covered(text)
        return covered


@EXAMPLES
@given(made=paragraphs(PLAIN + HARD), data=st.data())
def test_words_dragged_over_by_the_mouse_are_stored(hand, made, data):
    laid = Laid(made)
    show(hand, laid)
    first = data.draw(st.integers(0, len(laid.words) - 1))
    last = data.draw(st.integers(first, len(laid.words) - 1))
    start, end = laid.words[first], laid.words[last]
    from_point, to_point = on_screen(hand, start[0], 0.25), on_screen(hand, end[-1], 0.75)
    if data.draw(st.booleans()):
        from_point, to_point = to_point, from_point
    drag(hand, from_point, to_point)
    assert label(hand) == laid.text[start[0][0] : end[-1][1]]


@EXAMPLES
@given(made=paragraphs(PLAIN + HARD + PERSIAN), data=st.data())
def test_words_of_both_directions_are_stored(hand, made, data):
    laid = Laid([*made, [PLAIN[0], *PERSIAN, PLAIN[1]]])
    show(hand, laid)
    # Within a word: at its edges, where directions meet, Qt's caret stands in two places.
    inner = [word for word in laid.words if len(word) > 2 and laid.text[slice(*word[1])].strip()]
    first = data.draw(st.integers(0, len(inner) - 1))
    last = data.draw(st.integers(first, len(inner) - 1))
    start, end = inner[first], inner[last]
    drag(hand, on_screen(hand, start[1], 0.5), on_screen(hand, end[1], 0.5))
    assert label(hand) == laid.text[start[0][0] : end[-1][1]]


@EXAMPLES
@given(made=paragraphs(PLAIN + HARD), data=st.data())
def test_characters_dragged_over_with_alt_are_stored(hand, made, data):
    laid = Laid(made)
    show(hand, laid)
    inside = [place for word in laid.words for place in word if laid.text[slice(*place)].strip("\u00ad \u00a0")]
    first = data.draw(st.integers(0, len(inside) - 1))
    last = data.draw(st.integers(first, len(inside) - 1))
    drag(hand, on_screen(hand, inside[first], 0.25), on_screen(hand, inside[last], 0.75), ALT)
    # A soft hyphen has no width: whether it stands before the first character or not cannot be seen.
    assert label(hand).strip("\u00ad") == laid.text[inside[first][0] : inside[last][1]].strip("\u00ad")


@EXAMPLES
@given(made=paragraphs(PLAIN + HARD), data=st.data())
def test_characters_selected_by_keys_are_stored(hand, made, data):
    laid = Laid(made)
    show(hand, laid)
    first = data.draw(st.integers(0, len(laid.characters) - 1))
    count = data.draw(st.integers(1, min(40, len(laid.characters) - first)))
    chosen = laid.characters[first : first + count]
    hand.press(Qt.Key.Key_Home, CTRL)
    for _ in range(first):
        hand.press(Qt.Key.Key_Right)
    for _ in range(count):
        hand.press(Qt.Key.Key_Right, SHIFT)
    expected = laid.text[chosen[0][0] : chosen[-1][1]]
    if expected.strip():
        assert label(hand) == expected.strip()


@EXAMPLES
@given(made=paragraphs(PERSIAN), data=st.data())
def test_persian_is_selected_from_right_to_left(hand, made, data):
    laid = Laid([[("ف", "ا", "ر", "س", "ی")], *made])
    show(hand, laid)
    first = data.draw(st.integers(2, len(laid.words) - 1))
    last = data.draw(st.integers(first, len(laid.words) - 1))
    start, end = laid.words[first], laid.words[last]
    drag(hand, on_screen(hand, start[0], 0.25), on_screen(hand, end[-1], 0.75))
    assert label(hand) == laid.text[start[0][0] : end[-1][1]]


@EXAMPLES
@given(made=paragraphs(PLAIN + HARD), data=st.data())
def test_a_click_on_what_was_labelled_selects_it(hand, made, data):
    laid = Laid(made)
    show(hand, laid)
    word = data.draw(st.sampled_from(laid.words))
    drag(hand, on_screen(hand, word[0], 0.25), on_screen(hand, word[-1], 0.75))
    label(hand)
    made_id = hand.session.selected
    hand.press(Qt.Key.Key_Escape)
    assert hand.session.selected == ""
    point = on_screen(hand, word[0], 0.5)
    hand.mouse(QEvent.Type.MouseButtonPress, point)
    hand.mouse(QEvent.Type.MouseButtonRelease, point)
    assert hand.session.selected == made_id

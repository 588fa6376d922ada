import itertools

import pytest
from PySide6.QtGui import QColor, QImage

from annotator.model.annotation import Annotation
from annotator.model.article import Block, BlockKind
from annotator.model.span import Fragment, Span
from annotator.ui.look.theme import DARK, LIGHT, Strength, line_color, wash
from annotator.ui.reader import geometry

LONG = "\n\n".join(
    f"Paragraph {n}: the minister said that no such order had been given, and that nobody had seen it. " * 3
    for n in range(120)
)
MIXED = "He wrote سلام دنیا to the NATO office\nوزیر گفت NATO آمد و رفت"


def colours(reader):
    image: QImage = reader.grab().toImage()
    step = range(image.height())
    return {image.pixelColor(x, y).name() for y in step for x in range(0, image.width(), 2)}


def test_a_mark_is_painted_in_its_labels_colours(show, mark, codebook):
    text = "The minister denied it twice on Tuesday."
    reader = show(text)
    claim = codebook.label("claim").color
    assert wash(LIGHT, claim) not in colours(reader)
    reader.update_annotations([mark("claim", (4, 22), name="m")])
    assert {wash(LIGHT, claim), line_color(LIGHT, claim)} <= colours(reader)
    reader.select_annotation("m")
    assert wash(LIGHT, claim, Strength.LIT) in colours(reader)
    reader.update_annotations([], ["m"])
    assert reader.selected == ""
    assert wash(LIGHT, claim) not in colours(reader)


def test_a_selected_mark_is_seen_whole_although_others_lie_within_it(show, mark, codebook):
    text = "The minister denied it twice on Tuesday."
    reader = show(text, mark("attribution", (0, 40), name="outer"), mark("denial", (13, 19)))
    reader.select_annotation("outer")
    lit = wash(LIGHT, codebook.label("attribution").color, Strength.LIT)
    line = geometry.line_of_position(reader.page, 0)
    image = reader.viewport().grab().toImage()
    for position in range(40):
        (low, high), *_ = geometry.extents(reader.page, line, position, position + 1)
        above = round(line.top - reader.verticalScrollBar().value() + 1)
        assert image.pixelColor(round((low + high) / 2), above).name() == lit, position


def test_every_theme_paints_its_own_page(show, mark, codebook):
    reader = show("The minister denied it.", mark("denial", (4, 12)))
    reader.set_theme(DARK)
    seen = colours(reader)
    assert DARK.page in seen
    assert LIGHT.page not in seen
    assert wash(DARK, codebook.label("denial").color) in seen


def test_a_label_the_codebook_has_not_is_shown_nevertheless(show, mark):
    reader = show("Some words here.", mark("gone", (0, 10)))
    assert len(colours(reader)) > 3


def test_adding_a_mark_moves_nothing(show, mark):
    reader = show(LONG)
    reader.restore(len(LONG) // 2)
    top, height = reader.verticalScrollBar().value(), reader.page.document.size().height()
    here = reader.position()
    reader.update_annotations([mark("claim", (here, here + 200)), mark("denial", (here + 20, here + 90))])
    reader.select_annotation(reader.next_mark(1))
    assert reader.verticalScrollBar().value() == top
    assert reader.page.document.size().height() == height


@pytest.mark.parametrize("share", [0.1, 0.5, 0.97])
def test_the_place_is_found_again(show, share):
    reader = show(LONG)
    reader.restore(int(len(LONG) * share))
    place = reader.position()
    reader.restore(0)
    assert reader.position() == 0
    assert reader.verticalScrollBar().value() == 0
    reader.restore(place)
    assert reader.position() == place


def test_the_place_is_kept_through_zoom_face_theme_and_width(show):
    reader = show(LONG)
    reader.restore(len(LONG) // 2)
    place = reader.position()

    def line_at_top_holds_place():
        line = geometry.line_of_position(reader.page, place)
        return abs(line.top - reader.verticalScrollBar().value()) <= line.rhythm.leading

    for change in (
        lambda: reader.set_zoom(150),
        lambda: reader.set_face("sans"),
        lambda: reader.set_theme(DARK),
        lambda: reader.resize(430, 700),
        lambda: reader.resize(1400, 700),
    ):
        change()
        assert line_at_top_holds_place()


def test_the_column_stays_between_60_and_75_characters_however_wide_the_window(show):
    reader = show(LONG)
    for width in (900, 1300, 2200):
        reader.resize(width, 700)
        lines = list(geometry.lines_between(reader.page, 300, 900))
        lengths = [line.end - line.start for line in lines if line.wraps_out]
        assert lengths
        assert 58 <= sum(lengths) / len(lengths) <= 75, width


def test_reveal_leaves_alone_what_is_visible_and_brings_what_is_not(show):
    reader = show(LONG)
    reader.restore(5000)
    bar = reader.verticalScrollBar()
    visible = reader.position() + 200
    before = bar.value()
    reader.reveal(visible, visible + 20)
    assert bar.value() == before
    for start in (len(LONG) - 50, 40, 8000):
        reader.reveal(start, start + 20)
        line = geometry.line_of_position(reader.page, start)
        assert bar.value() <= line.top
        assert line.bottom <= bar.value() + reader.viewport().height()


def test_stepping_through_the_marks_begins_at_the_caret(show, mark):
    marks = [mark("claim", (n, n + 20), name=f"at{n}") for n in (50, 200, 400)]
    reader = show(LONG, *marks)
    assert reader.next_mark(1) == "at50"
    assert reader.next_mark(-1) == ""
    reader.set_caret(300)
    assert reader.next_mark(1) == "at400"
    assert reader.next_mark(-1) == "at200"
    reader.select_annotation("at400")
    assert reader.next_mark(1) == ""
    assert reader.next_mark(-1) == "at200"


def test_another_article_begins_at_its_beginning_with_nothing_selected(show, mark):
    reader = show(LONG, mark("claim", (5, 20), name="m"))
    reader.select_annotation("m")
    reader.set_selection(Span.of((30, 60)))
    reader.set_find_hits([Fragment(5, 9)], Fragment(5, 9))
    reader.restore(9000)
    show("Short.")
    assert (reader.selected, reader.selection(), reader.caret, reader.position()) == ("", None, 0, 0)
    reader.grab()


def test_hits_of_a_search_are_painted_one_of_them_stronger(show):
    reader = show("find me and find me again")
    reader.set_find_hits([Fragment(0, 4), Fragment(12, 16)], Fragment(12, 16))
    assert {LIGHT.find, LIGHT.find_current} <= colours(reader)
    reader.set_find_hits([])
    assert LIGHT.find not in colours(reader)


def test_with_a_label_armed_the_selection_has_its_colour(show, codebook):
    reader = show("some words to label")
    reader.set_selection(Span.of((0, 10)))
    assert LIGHT.selection in colours(reader)
    reader.set_armed("denial")
    assert wash(LIGHT, codebook.label("denial").color, Strength.LIT) in colours(reader)
    assert LIGHT.selection not in colours(reader)


def test_in_mixed_text_a_range_lies_where_its_glyphs_are(show):
    reader = show(MIXED)
    page = reader.page
    first = geometry.line_of_position(page, 0)
    everything = geometry.extents(page, first, 0, len(MIXED))
    assert len(everything) == 1
    start = MIXED.index("سلام")
    (low, high), *rest = geometry.extents(page, first, start, start + len("سلام"))
    assert not rest
    second = MIXED.index("دنیا")
    (other_low, other_high), *_ = geometry.extents(page, first, second, second + len("دنیا"))
    assert other_high <= low + 1  # what is read later lies to the left
    assert everything[0][0] < other_low < high < everything[0][1]


def test_words_over_a_change_of_direction_lie_in_parts(show):
    reader = show(MIXED)
    start = MIXED.index("دنیا")
    line = geometry.line_of_position(reader.page, start)
    assert len(geometry.extents(reader.page, line, start, MIXED.index("office"))) == 2


def test_where_a_caret_stands_is_where_a_click_puts_it(show):
    text = "Plain words, 📰 emoji, cafe\u0301 and 𝒜 too, on one line."
    reader = show(text)
    line = geometry.line_of_position(reader.page, 0)
    for position in (0, 3, 14, 22, 30, len(text)):
        x = geometry.caret_x(reader.page, line, position)
        assert geometry.character_at(reader.page, line, x) == position


def test_a_caret_walks_evenly_through_a_foreign_name_with_marks(show):
    """Qt alone takes the i of "said" here for the name's end: it counts marked letters twice."""
    text = "وزیر گفت که می\u200cخواهم e\u0301tude\u0301 said 📰"
    reader = show(text)
    line = geometry.line_of_position(reader.page, 0)
    inner = [at for at in range(text.index("t"), text.index(" 📰")) if text[at] != "\u0301"]
    places = [geometry.caret_x(reader.page, line, at) for at in inner]
    assert places == sorted(set(places))


def test_a_blank_at_which_a_line_wraps_is_not_painted(show):
    reader = show(LONG)
    wrapped = [line for line in geometry.lines_between(reader.page, 0, 700) if line.wraps_out]
    assert wrapped
    for line in wrapped:
        assert not LONG[line.end - 1].isspace()
        assert LONG[line.end : line.stop].isspace()


def test_the_lines_of_a_page_follow_one_another_without_gap(show):
    reader = show(LONG)
    lines = list(geometry.lines_between(reader.page, 400, 900))
    for line, following in itertools.pairwise(lines):
        assert following.start in (line.stop, line.stop + 1)
        assert geometry.line_at_height(reader.page, line.baseline).start == line.start
        assert geometry.line_at_height(reader.page, line.bottom - 1).start == line.start


def test_the_headline_stands_larger_in_the_same_column(show):
    text = "A headline\nThe body."
    reader = show(text, blocks=(Block(BlockKind.HEADLINE, 0, 10),))
    first, second = geometry.lines_between(reader.page, 0, 500)
    assert first.left == second.left
    assert first.rhythm.size > second.rhythm.size
    assert second.top > first.bottom


def test_the_view_has_a_name_for_those_who_do_not_see_it(show):
    reader = show("words")
    assert reader.accessibleName() == "Article: A title"
    reader.set_caret(3)
    assert reader.textCursor().position() == 3
    reader.set_selection(Span.of((0, 5)))
    assert (reader.textCursor().anchor(), reader.textCursor().position()) == (0, 5)


def test_the_text_is_dark_on_light_and_light_on_dark(show):
    reader = show("words " * 40)
    for theme in (LIGHT, DARK):
        reader.set_theme(theme)
        assert QColor(theme.text).name() in colours(reader)


def test_a_long_text_with_many_marks_is_shown_where_it_is_wanted(show):
    text = LONG * 20
    marks = [
        Annotation(f"m{n:05}", "article", "p", "claim", Span.of((n * 150, n * 150 + 90)))
        for n in range(len(text) // 150 - 1)
    ]
    reader = show(text, *marks)
    reader.reveal(len(text) - 300, len(text) - 250)
    line = geometry.line_of_position(reader.page, len(text) - 300)
    assert (
        reader.verticalScrollBar().value() < line.top < reader.verticalScrollBar().value() + reader.viewport().height()
    )
    assert len(reader.index) == len(marks)

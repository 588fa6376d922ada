"""Lines at places become paragraphs: the rules one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.articles.page_lines import Line, paragraphs_of
from annotator.model.article import BlockKind


def line(text: str, base: float, *, left: float = 72, right: float | None = None, size: float = 10) -> Line:
    return Line(text, left, left + 6 * len(text) if right is None else right, base, size)


def texts(*pages: list[Line]) -> list[str]:
    return [piece.text for piece in paragraphs_of(pages).pieces]


def test_a_short_line_ends_a_paragraph_where_the_next_word_would_have_fitted() -> None:
    page = [
        line("These words go to the right edge of the column,", 700),
        line("these end early.", 688),
        line("So these words are another paragraph of the text", 676),
        line("and these go on with it to the edge of the text.", 664),
    ]
    assert texts(page) == [
        "These words go to the right edge of the column, these end early.",
        "So these words are another paragraph of the text and these go on with it to the edge of the text.",
    ]


def test_from_the_right_it_is_the_left_edge_that_counts() -> None:
    page = [
        line("وزیر روز جمعه بسته شدن بندر را رد کرد و گفت", 700, left=100, right=400),
        line("باز بود.", 688, left=340, right=400),
        line("کشتی‌ها عصر همان روز بندر را ترک کردند و رفتند", 676, left=100, right=400),
    ]
    assert len(texts(page)) == 2


def test_larger_letters_part_and_the_largest_are_the_headline() -> None:
    page = [
        line("The Example", 800, size=11),
        line("Minister denies closing", 780, size=20),
        line("the harbour", 756, size=20),
    ]
    page += [line(f"Words of the body that go to the edge {number}", 730 - 12 * number) for number in range(6)]
    pieces = paragraphs_of([page]).pieces
    assert [piece.text for piece in pieces if piece.kind is BlockKind.HEADLINE] == [
        "Minister denies closing the harbour"
    ]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3 of 12", "Seite 3", "3/12", "صفحه ۳", "xiv"])
def test_a_page_number_is_furniture(number: str) -> None:
    page = [line("Words of the body that go to the edge", 700 - 12 * row) for row in range(8)]
    pieces = paragraphs_of([[*page, line(number, 30)]]).pieces
    assert (pieces[-1].text, pieces[-1].kind) == (number, BlockKind.FURNITURE)


def test_a_sentence_goes_on_over_the_page() -> None:
    first = [
        line("Words of the body that go to the very edge", 700),
        line("and on and on to the edge of the page, but", 688),
    ]
    second = [line("then they end.", 700)]
    assert texts(first, second) == [
        "Words of the body that go to the very edge and on and on to the edge of the page, but then they end."
    ]


def test_shapes_of_letters_become_letters() -> None:
    rebuilt = paragraphs_of([[line("The \ufb01rst \ufb02ag of \ufee3\ufef4\ufef5", 700)]])
    assert rebuilt.pieces[0].text == "The first flag of \u0645\u064a\u0644\u0622"
    assert "5 ligatures and letter shapes made plain letters" in rebuilt.report


@given(
    st.lists(
        st.lists(
            st.builds(
                Line,
                st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Z", "Cf")), min_size=1, max_size=30),
                st.floats(0, 600), st.floats(0, 600), st.floats(0, 850), st.floats(1, 50), st.booleans(),
            ),
            max_size=12,
        ),
        max_size=6,
    )
)  # fmt: skip
def test_no_word_is_lost_wherever_lines_stand(pages: list[list[Line]]) -> None:
    words = "".join(texts(*pages))
    plain = words.replace("-", "").replace(" ", "")
    given_words = "".join(each.text for page in pages for each in page)
    # Shapes of letters become letters, so only the others are counted.
    for letter in set(given_words) - set("-\u00ad "):
        if letter.isascii():
            assert plain.count(letter) >= given_words.count(letter)

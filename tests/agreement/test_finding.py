"""Where words begin and end, of a whole text at once."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.finding import Finder
from annotator.text.words import words

PIECES = [
    "don't",
    "U.S.",
    "p.m.",
    "17-year-old",
    "$3.5",
    "10:30",
    "9/11",
    "3,5%",
    "@who",
    "#what",
    "AT&T",
    "planet.com",
    "said.The",
    "(well)",
    "“I”",
    "x_y",
    "A.B.'s",
    "post-9/11",
    "می\u200cخواهم",
    "漢字",
    "สวัสดี",
    "👨\u200d👩\u200d👧",
    "🇬🇧",
    "📰❤️",
    "𝒜",
    "é",
    "é́",
    "́",
    "·",
    "-",
    "—",
    "…",
    "'",
    "\u200f",
    "\xad",
    "a\u2060b",
]


KNOWN = Finder()
"""Which has seen other texts before."""


@given(
    st.lists(
        st.one_of(st.sampled_from([*PIECES, " ", "\n", "\u00a0", "\u2003", "\x1c"]), st.text(max_size=4)), max_size=12
    ).map("".join)
)
def test_all_words_are_the_words(text):
    for finder in (KNOWN, Finder()):
        start, end = finder.words(text)
        found = list(zip(start.tolist(), end.tolist(), strict=True))
        assert found == [(each.start, each.end) for each in words(text, 0, len(text))]


def test_what_is_forgotten_is_found_again():
    finder, text = Finder(), "She said it, and he said it again."
    before = [each.tolist() for each in finder.words(text)]
    finder.update({str(number): 0 for number in range(1 << 16)})
    assert [each.tolist() for each in finder.words(text)] == before
    assert len(finder) == 7

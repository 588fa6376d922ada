"""Searching past case, accents and quote styles, and back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import SpanError
from annotator.text.fold import find_all, fold

PIECES = st.sampled_from(
    [
        *(
            "a",
            "S",
            "ss",
            "\u00df",
            "\u00c9",
            "e\u0301",
            "\ufb03",
            "\u0130",
            "\u2019",
            "\u201c",
            "\u2014",
            "\u00a0",
            " ",
        ),
        *(
            "\u200c",
            "\u00ad",
            "\u064a",
            "\u06cc",
            "\u0643",
            "\u0623",
            "\u064e",
            "\ufefb",
            "\U0001f4f0",
            "\u2026",
            "\uac00",
        ),
        *("\u0939\u093f", "\u3099", "\u304c", "\u06f3", "\u2764\ufe0f", "\n", "\t", "\u1fb3"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=2), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Inside Iran\u2019s \u201cCrackdown\u201d", 'inside iran\'s "crackdown"'),
        ("\u201eJa\u201c, \u00abOui\u00bb", '"ja", "oui"'),
        ("a\u2013b\u2014c\u2011d", "a-b-c-d"),
        ("\u00c9t\u00e9 cafe\u0301 na\u00efve", "ete cafe naive"),
        ("Stra\u00dfe Sj\u00f8vold \u0141\u00f3d\u017a", "strasse sjovold lodz"),
        ("a\u00a0b\u202fc\u3000d\te", "a b c d e"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"),
        ("\u0643\u064a", "\u06a9\u06cc"),
        ("\u06f1\u06f3\u06f8\u06f8", "1388"),
        ("co\u00adoperate\u2026", "cooperate..."),
        ("one\ntwo", "one\ntwo"),
        ("\u304c\u0939\u093f", "\u304b\u3099\u0939\u093f"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Iran\u2019s and Iran's and IRAN", "iran's", ["Iran\u2019s", "Iran's"]),
        ("Stra\u00dfe, strasse", "STRASSE", ["Stra\u00dfe", "strasse"]),
        ("Ma\u00df", "s", ["\u00df"]),
        ("\u00df\u00df", "sss", ["\u00df\u00df"]),
        ("Cafe\u0301 caf\u00e9", "cafe", ["Cafe\u0301", "caf\u00e9"]),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u064a\u062e", ["\u0645\u06cc\u200c\u062e"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("\U0001f4f0 \u2014 news \U0001f4f0", "- NEWS", ["\u2014 news"]),
        ("plain", "", []),
        ("plain", "\u200c", []),
        ("", "a", []),
        ("wait\u2026 what", "t.", ["t\u2026"]),
    ],
)
def test_finding(text: str, query: str, hits: list[str]) -> None:
    assert [found.covered(text) for found in find_all(text, query)] == hits
    assert [found.covered(text) for found in find_all(fold(text), query)] == hits


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(TEXTS, st.data())
def test_the_way_back_leads_to_what_was_written(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert folded.text[start:end] in fold(text[first:last]).text
        inner = fold(text[first + 1 : last]).text
        assert len(inner) < len(fold(text[first:last]).text)
    assert folded.span(0, len(folded.text)).start >= 0


@given(TEXTS, PIECES)
def test_hits_are_apart_in_order_and_hold_the_query(text: str, query: str) -> None:
    end = 0
    for found in find_all(text, query):
        assert end <= found.start < found.end <= len(text)
        assert fold(query).text in fold(found.covered(text)).text
        end = found.end
    assert (end > 0) == bool(fold(query).text and fold(query).text in fold(text).text)


def test_a_range_outside_the_folded_text_is_refused() -> None:
    for start, end in ((-1, 1), (2, 1), (0, 4)):
        with pytest.raises(SpanError):
            fold("abc").span(start, end)

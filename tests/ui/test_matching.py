"""What typed words find."""

import pytest

from annotator.ui.actions.palette import Choice, found
from annotator.ui.widgets.matching import folded, has_words, score


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("", "anything", 0),
        ("next", "next article", 0),
        ("art", "next article", 1),
        ("rticle", "next article", 2),
        ("article next", "next article", 3),
        ("fia", "find in all articles", 4),
        ("nar", "next article", 4),
        ("xyz", "next article", None),
        ("cle", "copy words", None),
    ],
)
def test_scores(query, name, expected):
    assert score(query, name) == expected


def test_accents_and_case_do_not_matter():
    assert folded("Façade ÉTÉ") == "facade ete"
    assert has_words("ete fac", folded("Façade ÉTÉ"))


def test_actions_come_before_articles_and_resting_ones_last():
    actions = [
        Choice("Next article", "Article", "N", lambda: None, on=False),
        Choice("Open article", "File", "", lambda: None),
    ]
    articles = [Choice("An article on rain", "article", "", lambda: None)]
    assert [each.name for each in found("article", actions, articles)] == [
        "Open article",
        "Next article",
        "An article on rain",
    ]
    assert len(found("", actions, articles)) == 2
    assert [each.name for each in found("rain", actions, articles)] == ["An article on rain"]
    assert found("file open", actions, ())[0].name == "Open article"

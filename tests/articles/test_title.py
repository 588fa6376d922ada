"""What an article is called."""

import pytest

from annotator.articles.title import propose_title

BODY = "The harbour was closed on Monday, officials said, and ships were sent elsewhere.\n\nNobody was hurt."


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("inside-the-harbours-collapse.txt", "Inside the Harbour\u2019s Collapse"),
        ("2010-03-19-inside-the-harbours-collapse.txt", "Inside the Harbour\u2019s Collapse"),
        ("InsideTheHarboursCollapse.txt", "Inside the Harbour\u2019s Collapse"),
        ("harbours_collapse.md", "Inside the Harbour\u2019s Collapse"),
        ("etude-sur-le-cafe.txt", "\u00c9tude sur le caf\u00e9"),
    ],
)
def test_the_line_that_says_what_the_file_name_says(name: str, line: str) -> None:
    text = f"Support this site\n\nPosts | Comments |\n\n{line}\n\nPosted by somebody on Mar 20th\n\n{BODY}"
    title = propose_title(text, name)
    assert title.text == line
    assert title.fragment is not None
    assert title.fragment.covered(text) == line


def test_the_first_line_where_it_looks_like_a_headline() -> None:
    text = f"\n  Harbour   closed after U.S. warning\n\n{BODY}"
    title = propose_title(text, "article_001.txt")
    assert title.text == "Harbour closed after U.S. warning"
    assert title.fragment is not None
    assert title.fragment.covered(text) == "Harbour   closed after U.S. warning"


@pytest.mark.parametrize(
    "furniture",
    [
        "Home | News | Sport",
        "By Jane Roe",
        "March 19, 2010",
        "Friday, 20 Mar 2010",
        "https://example.org/x",
        "* * *",
        "\u00a9 2010 All rights reserved",
    ],
)
def test_furniture_before_the_headline_is_passed_over(furniture: str) -> None:
    assert propose_title(f"{furniture}\n\nHarbour closed\n\n{BODY}").text == "Harbour closed"


@pytest.mark.parametrize(
    "first",
    [
        "The harbour was closed.",
        "He said: \u201cWe do not know.\u201d",
        "Nobody knows,",
        "The harbour was closed on Monday, officials in the capital\nsaid, and ships were sent elsewhere",
        "long " * 40,
    ],
)
def test_a_first_sentence_is_no_headline_and_the_file_name_serves(first: str) -> None:
    title = propose_title(f"{first}\n{BODY}", "norway-closes_harbour.txt")
    assert (title.text, title.fragment) == ("Norway closes harbour", None)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Iran-Iraq talks.txt", "Iran-Iraq talks"),
        ("article_001.txt", "Article 001"),
        ("a%20long%20day.txt", "A long day"),
        ("\u062e\u0628\u0631-\u0627\u0648\u0644.txt", "\u062e\u0628\u0631 \u0627\u0648\u0644"),
    ],
)
def test_file_names_become_readable(name: str, title: str) -> None:
    assert propose_title(BODY, name).text == title


@pytest.mark.parametrize(
    "name", ["", "12345.txt", "d41d8cd98f00b204e9800998ecf8427e.txt", "untitled.txt", "2010-03-19.txt"]
)
def test_a_name_that_says_nothing_gives_way_to_the_first_words(name: str) -> None:
    title = propose_title(BODY, name)
    assert title.text == "The harbour was closed on Monday, officials said, and ships\u2026"
    assert title.fragment is None


def test_there_is_always_a_title() -> None:
    assert propose_title("").text == "Untitled"
    assert propose_title(" \n", "9.txt").text == "Untitled"
    assert propose_title("x" * 500 + ".").text == "x" * 60 + "\u2026"
    assert propose_title("Short.").text == "Short."

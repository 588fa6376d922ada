"""What somebody called a project, a person or a label is shown in a README, and never obeyed by what shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.giving.readme import readme
from annotator.text.markdown import begun, escaped, paragraph

SIGNS = st.text("ab1 `\\*_<>[](){}#+-=.!|~&;:/\"'\n\t", max_size=30)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("A study\nof news", "A study of news"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("![a](https://example.org/a.png)", r"!\[a\](https://example.org/a.png)"),
        ("C# & D#, a_name, *_bold_*", r"C# \& D#, a_name, \*\_bold\_\*"),
        ("100 % | #1", r"100 % \| \#1"),
    ],
)
def test_a_name_shows_as_it_is(name, shown):
    assert escaped(name) == shown
    assert readme(name, []) == f"# {shown}\n"


def test_code_of_ours_stays_code_and_nothing_else_does():
    assert paragraph("As JSON (`jsonl`), of `<b>`.") == r"As JSON (`jsonl`), of \`\<b\>\`."


@pytest.mark.parametrize(
    ("line", "written"),
    [("# one", r"\# one"), ("- one", r"\- one"), ("12. one", r"12\. one"), ("===", r"\==="), ("1.5 of", r"1\.5 of")],
)
def test_no_line_of_a_paragraph_begins_something_else(line, written):
    assert begun(line) == written
    assert begun(f"x{line}") == f"x{line}"


@given(name=SIGNS, said=SIGNS)
def test_a_program_that_shows_markdown_shows_nothing_but_the_words(name, said):
    found = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = found.parse(readme(name, [said]))
    assert {each.type for each in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    words = [each for each in tokens if each.type == "inline"]
    shown = [child for each in words for child in each.children]
    assert {child.type for child in shown} <= {"text", "text_special", "softbreak", "code_inline"}
    told = [
        "".join(
            " "
            if child.type == "softbreak"
            else child.markup + child.content + child.markup
            if child.type == "code_inline"
            else child.content
            for child in each.children
        )
        for each in words
    ]
    assert [" ".join(each.split()) for each in told if each.strip()] == [
        each for each in (" ".join(name.split()) or "Annotations", " ".join(said.split())) if each
    ]

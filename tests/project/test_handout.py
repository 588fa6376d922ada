"""The handout: one page that holds the whole codebook and needs nothing from elsewhere."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role
from annotator.project.handout import handout
from annotator.project.templates import template, templates

VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """What a browser would make of the page: its words, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)


@pytest.mark.parametrize("name", templates())
def test_everything_of_the_codebook_is_on_it(name):
    codebook = template(name)
    page = Page(handout(codebook))
    assert page.open == []
    told = [codebook.name, codebook.description]
    for label in codebook.labels:
        told += [label.name, label.description, label.letter]
        told += [words for clause in (*label.use_when, *label.avoid_when) for words in (clause.id, clause.text)]
    for attribute in codebook.attributes:
        told += [attribute.name, attribute.description, *(value.name for value in attribute.values)]
        told += [value.description for value in attribute.values]
    for part in (*codebook.roles, *codebook.relations):
        told += [part.name, part.description]
    told += [words for clause in codebook.clauses for words in (clause.id, clause.text)]
    assert [words for words in told if words not in page.text] == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    cited = [clause for label in codebook.labels for clause in (*label.use_when, *label.avoid_when)]
    assert ids == [clause.id for clause in (*cited, *codebook.clauses)]


@pytest.mark.parametrize("name", templates())
def test_it_needs_nothing_from_elsewhere(name):
    html = handout(template(name))
    page = Page(html)
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "a", "object"} == set()
    assert not any(
        name in {"src", "href"} or name.startswith("on") for _, attributes in page.tags for name in attributes
    )
    assert "url(" not in html
    assert "@import" not in html
    assert "//" not in html
    policy = next(a for tag, a in page.tags if tag == "meta" and "http-equiv" in a)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_words_of_the_codebook_are_words_and_no_markup():
    evil = '<script>alert("x")</script>&amp; "\'⟦<b>⟧'
    codebook = Codebook(
        evil,
        (
            Label(
                "a",
                evil,
                "<",
                "#112233",
                description=evil,
                use_when=(Clause(evil, evil),),
                examples=(evil, "⟦open", "⟦one⟧ ⟦two⟧"),
            ),
        ),
        attributes=(Attribute("t", evil, ("a",), "text", description=evil), Attribute("f", evil, ("a",), "flag")),
        roles=(Role("r", evil, "a", ("a",), 1, 1, "f=yes", evil),),
        relations=(Relation("l", evil, ("a",), ("a",), "&", symmetric=True, description=evil),),
        clauses=(Clause("c", evil),),
        description=evil,
    )
    html = handout(codebook)
    page = Page(html)
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "b" not in {tag for tag, _ in page.tags}
    assert page.text.count('<script>alert("x")</script>&amp;') >= 12
    assert sum(tag == "mark" for tag, _ in page.tags) == 3
    assert "⟦open" in page.text


def test_marks_look_as_on_screen():
    html = handout(template("default"))
    assert '<mark style="background: #d2e8fc; border-bottom: 3px solid #1f8ef1">The bridge was closed' in html
    assert "border-bottom: 3px dashed #9c4400" in html


def test_it_says_in_which_language_and_which_revision():
    codebook = replace(template("stance"), revision=7)
    assert '<html lang="en">' in handout(codebook)
    assert "Revision 7 · 5 labels" in Page(handout(codebook)).text
    assert '<html lang="fa">' in handout(codebook, language="fa")
    assert "Revision" not in Page(handout(template("stance"))).text


def test_what_is_retired_is_only_named():
    codebook = template("default")
    labels = tuple(replace(each, retired=each.id == "content") for each in codebook.labels)
    page = Page(handout(replace(codebook, labels=labels)))
    assert page.text.endswith("No longer given Content")
    assert "content-u1" not in page.text


def test_how_many_a_role_takes():
    label = Label("a", "A", "A", "#112233")
    for (minimum, maximum), words in {
        (0, 0): "any number",
        (1, 0): "1 or more",
        (2, 2): "exactly 2",
        (0, 3): "0 to 3",
    }.items():
        role = Role("r", "part", "a", ("a",), minimum, maximum)
        assert f"part {words} A." in Page(handout(Codebook("x", (label,), roles=(role,)))).text


def test_a_role_that_may_be_marked_as_empty_says_how():
    text = Page(handout(template("default"))).text
    assert "Where there is none, set “Source type” to “implicit”." in text
    assert "Its target may be “not in this article”." in text

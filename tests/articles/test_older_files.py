"""Exports in the shapes of public examples: the older LexisNexis, and what Factiva and ProQuest write besides."""

import pytest

from annotator.model.article import BlockKind
from tests.articles import older_files as files
from tests.articles.nexis_file import as_rtf
from tests.articles.test_databases import kinds, known, read


def test_wrapped_text_of_the_older_lexisnexis() -> None:
    reading = read("lexis.TXT", files.lexis_text(1, 2, 3))
    assert reading.problems == ()
    assert len(reading.articles) == 3
    article = reading.articles[1]
    assert article.text.split("\n\n") == [
        "Harbour master denies that bridge 2 was closed, and says that he was never asked about it",
        "Ana Example",
        (
            "The harbour master denied on Friday that bridge 2 had been closed to ships. He said that nobody had asked him, "
            "and that he would have known of it, being the one who opens it."
        ),
        "Fishermen said that they had waited for three hours.",
        "NOTE: this is a sentence with a colon that belongs to the text.",
        "UPDATE: The bridge has been open since noon.",
        "Ships before the bridge on Friday",
    ]
    facts = known(article)
    assert facts["outlet"][0] == "The Example Times (Oslo)"
    assert facts["date published"] == ("2010-01-11", "January 11, 2010 Monday")
    assert facts["edition"][0] == "Edition 1; Scotland"
    assert facts["section"][0] == "NEWS; Pg. 6"
    assert facts["word count"] == ("677", "677 words")
    assert facts["load date"][0] == "2010-01-11"
    assert facts["rights"][0] == "Copyright 2010 EXAMPLE NEWSPAPERS LTD All Rights Reserved"
    assert kinds(article)["Ships before the bridge on Friday"] is BlockKind.CAPTION
    assert article.language == "en"


@pytest.mark.parametrize("name", ["lexis.TXT", "lexis.RTF"])
def test_an_older_export_that_names_headline_and_text(name: str) -> None:
    lines = files.lexis_with_rights_above(wrapped=name == "lexis.TXT")
    content = "\r\n".join(lines).encode() if name == "lexis.TXT" else as_rtf([*lines[:1], "", *lines[1:]])
    (article,) = read(name, content).articles
    assert article.text.split("\n\n") == [
        "BRIDGES, and who opens them",
        "Ana Example;Ben Example",
        "It was not yet nine, and the bridge was open. The harbour master had a long history of opening it early.",
        "NAME: it has none.",
    ]
    facts = known(article)
    assert facts["outlet"][0] == "The Example Post"
    assert facts["date published"] == ("2015-07-01", "July 1, 2015 Wednesday")
    assert facts["edition"][0] == "Met 2 Edition"
    assert facts["word count"][0] == "3362"
    assert facts["distribution"][0] == "Every Zone"
    assert "Example Digital" in str([each.value for each in article.metadata if each.key == "rights"])


def test_a_number_that_is_missing_in_the_older_lexisnexis_is_a_problem() -> None:
    (problem,) = read("lexis.TXT", files.lexis_text(4, 5, 7)).problems
    assert "number 6 is missing" in problem.message


def test_a_page_of_the_older_lexisnexis() -> None:
    reading = read("lexis.html", files.lexis_page())
    assert reading.problems == ()
    english, french = reading.articles
    assert english.text.split("\n\n") == [
        "Bridge is open; Ships pass again",
        "By ANA EXAMPLE",
        "The bridge has been open since noon, the harbour master said.",
        '"It was never closed," said somebody else, a fisherman of Oslo.',
        "Diagram: how the bridge opens",
    ]
    assert known(english)["date published"] == ("1993-01-28", "January 28, 1993, Tuesday, Late Edition - Final")
    assert known(english)["edition"][0] == "Correction Appended"
    assert known(english)["note"][0] == "The bridge was built in 1920, not in 1930."
    assert french.title == "Le pont est ouvert, dit le maître du port"
    assert french.language == "fr"
    facts = known(french)
    assert facts["outlet"][0] == "Le Journal d'exemple"
    assert facts["date published"][0] == "2013-10-14"
    assert facts["byline"][0] == "Ana Exemple"
    assert facts["word count"] == ("70", "70 mots")
    assert facts["subhead"][0] == "Les bateaux passent de nouveau"
    assert facts["ticker"][0] == "EXE (FRA) (85%)"
    assert facts["load date"][0] == "2013-09-13"


def test_two_letters_in_a_text_of_factiva_are_words_and_groups_of_papers_are_fields() -> None:
    (article,) = read("factiva.html", files.factiva_french_page()).articles
    assert article.text.split("\n\n") == [
        "Les bateaux passent",
        "Les bateaux passent de nouveau sous le pont.",
        "Ils ont attendu, l'un",
        "ET",
        "l'autre.",
    ]
    facts = known(article)
    assert facts["time"][0] == "15:32"
    assert facts["source code"][0] == "OUEXE"
    assert facts["source group"][0] == "Le Groupe d'exemple"
    assert facts["edition"][0] == "Rennes"
    assert facts["date published"] == ("2011-12-29", "29 décembre 2011")
    assert facts["database id"][0] == "OUEXE00020111229e7ct0015j"


def test_a_page_of_proquest_with_a_document_in_it() -> None:
    reading = read("proquest.html", files.proquest_nested_page(2))
    assert len(reading.articles) == 2
    article = reading.articles[1]
    assert article.text.split("\n\n") == [
        "Harbour expands again; It buys bridge number 2.",
        "Example, Ana",
        "The harbour got a little bigger late on Friday by buying bridge number 2.",
        "Nobody was asked, fishermen said.",
    ]
    facts = known(article)
    assert facts["publisher"][0] == "Example Times ; Oslo [Oslo]08 May 2010: AA.2."
    assert facts["keyword"][0] == "Subject: Harbours"
    assert facts["abstract"][0].startswith("With 3,000 employees")
    assert facts["database id"][0] == "251439972"


@pytest.mark.parametrize("said", [2, 500])
def test_lines_of_proquest_are_paragraphs(said: int) -> None:
    reading = read("proquest.txt", files.proquest_lines(2, said))
    assert [f"holds {said} documents" in str(each) for each in reading.problems] == ([True] if said != 2 else [])
    article = reading.articles[0]
    assert article.text.split("\n\n")[1:] == [
        "For harbour masters, there is an art to avoiding questions in a way that makes it appear that one answers.",
        "On Friday three reporters asked him about bridge 1.",
        "With files from Ben Example",
        "Ships before bridge 1 in the morning.",
    ]
    assert kinds(article)["Ships before bridge 1 in the morning."] is BlockKind.CAPTION
    assert "abstract" not in known(article)

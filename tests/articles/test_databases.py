"""Exports of news databases are split into articles, and what their fields say is known."""

from collections.abc import Callable

import pytest

from annotator.articles.read import read_source
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.source import Source
from annotator.model.article import BlockKind
from tests.articles import database_files as files
from tests.articles import nexis_file as nexis
from tests.articles.nexis_file import ENGLISH, FRENCH, GERMAN, SPANISH, Words


def read(name: str, content: str | bytes) -> Reading:
    return read_source(Source(name, content=content if isinstance(content, bytes) else content.encode()))


def known(article: NewArticle) -> dict[str, tuple[str, str]]:
    return {datum.key: (datum.value, datum.original) for datum in article.metadata}


def kinds(article: NewArticle) -> dict[str, BlockKind]:
    return {article.text[block.start : block.end]: block.kind for block in article.blocks}


class TestNexis:
    @pytest.mark.parametrize("words", [ENGLISH, GERMAN, FRENCH, SPANISH])
    @pytest.mark.parametrize(("name", "write"), [("a.docx", nexis.as_docx), ("a.rtf", nexis.as_rtf)])
    def test_each_article_has_its_fields_in_every_language(
        self, name: str, write: Callable[[list[str]], bytes], words: Words
    ) -> None:
        reading = read(name, write(nexis.paragraphs(3, words)))
        assert reading.problems == ()
        assert [article.title for article in reading.articles] == [nexis.title(number) for number in (1, 2, 3)]
        article = reading.articles[1]
        assert article.text.split("\n\n") == [
            nexis.title(2), "He says that it was open.", "By ANA EXAMPLE",
            "The minister denied on Friday that harbour 2 had been closed.", "“It was open,” he said.",
            "PHOTO: The harbour.",
        ]  # fmt: skip
        facts = known(article)
        assert facts["outlet"] == ("The Example Times", "")
        assert facts["date published"] == ("2010-03-19", words.date)
        assert facts["edition"][0] == "Late Edition - Final"
        assert facts["section"][0] == "Section A; Column 0; Foreign Desk; Pg. 4"
        assert facts["word count"] == ("692", f"692 {words.words}")
        assert facts["byline"] == ("ANA EXAMPLE", "By ANA EXAMPLE")
        assert facts["dateline"][0] == "OSLO"
        assert facts["load date"] == ("2010-03-20", words.load_date)
        assert facts["rights"][0].startswith("Copyright 2010")
        assert facts["database"][0] == "nexis"
        assert kinds(article) == {
            nexis.title(2): BlockKind.HEADLINE,
            "He says that it was open.": BlockKind.SUBHEAD,
            "By ANA EXAMPLE": BlockKind.BYLINE,
            "PHOTO: The harbour.": BlockKind.CAPTION,
        }
        assert article.provenance.importer == "nexis"
        assert article.provenance.source == f"{name}, article 2"

    def test_the_source_id_comes_from_the_link_of_the_title(self) -> None:
        second = read("a.docx", nexis.as_docx(nexis.paragraphs(2))).articles[1]
        assert known(second)["database id"][0] == "7Y3F-0002-00000-00"
        assert known(second)["url"][0] == nexis.address(2)

    def test_a_number_other_than_the_cover_page_says_is_told(self) -> None:
        reading = read("a.docx", nexis.as_docx(nexis.paragraphs(3, counted=4)))
        assert len(reading.articles) == 3
        (problem,) = reading.problems
        assert problem.message.startswith("The cover page of this Nexis file counts 4 documents, and 3 were found.")

    def test_a_file_that_was_cut_gives_the_part_of_the_last_and_says_so(self) -> None:
        lines = nexis.paragraphs(2)
        reading = read("a.docx", nexis.as_docx(lines[:-8]))
        assert [article.title for article in reading.articles] == [nexis.title(1), nexis.title(2)]
        cut = read("a.docx", nexis.as_docx(lines[: lines.index("End of Document") + 4]))
        assert len(cut.articles) == 1
        assert "counts 2 documents, and 1 was found" in cut.problems[0].message

    def test_one_without_cover_page_or_body_mark_or_text(self) -> None:
        plain = [line for line in nexis.paragraphs_of_article(1) if line != "Body"]
        empty = [
            nexis.title(2),
            "The Example Times",
            "March 19, 2010",
            "Length:\u00a03 words",
            "Body",
            "End of Document",
        ]
        reading = read("a.docx", nexis.as_docx(plain + empty))
        (article,) = reading.articles
        assert "The minister denied on Friday that harbour 1 had been closed." in article.text
        assert "Length" not in article.text
        assert reading.problems[0].message == f"Article 2 (“{nexis.title(2)}”) has no text in this file, only fields."

    def test_words_that_look_like_fields_stay_in_the_body(self) -> None:
        body = ["He had two points.", "Section: none.", "Length: no matter.", "Notes are taken."]
        (article,) = read("a.docx", nexis.as_docx(nexis.paragraphs_of_article(1, body=body))).articles
        assert article.text.split("\n\n")[3:7] == body

    def test_a_word_document_that_speaks_of_ends_is_no_export(self) -> None:
        (article,) = read("a.docx", nexis.as_docx(["Some words.", "End of Document", "More words."])).articles
        assert article.provenance.importer == "docx"


class TestFactiva:
    @pytest.mark.parametrize(
        ("name", "write"),
        [
            ("a.html", files.factiva_coded_html),
            ("a.rtf", files.factiva_rtf),
            ("b.html", files.factiva_html),
            ("c.html", lambda count: files.factiva_html(count).replace("<p>Document ", "<p>文件 ")),
        ],
    )
    def test_each_article_has_its_fields(self, name: str, write: Callable[[int], str | bytes]) -> None:
        reading = read(name, write(3))
        assert reading.problems == ()
        assert [article.title for article in reading.articles] == [
            f"Minister denies closing harbour {n}" for n in (1, 2, 3)
        ]
        for number, article in enumerate(reading.articles, 1):
            facts = known(article)
            assert facts["database id"][0] == files.accession(number)
            assert facts["outlet"][0] == "The Example Times"
            assert facts["date published"] == ("2010-03-19", "19 March 2010")
            assert facts["byline"][0] == "Ana Example"
            assert facts["word count"][0] in ("692", "1692")
            assert facts["edition"][0] == "Late Edition"
            assert facts["page"][0] == "4"
            assert article.language == "en"
            paragraphs = article.text.split("\n\n")
            assert paragraphs[2] == f"OSLO -- The minister denied on Friday that harbour {number} had been closed."
            assert (
                " ".join(paragraphs[3:])
                == "“It was open,” he said. In the evening ships were seen to leave the harbour."
            )
            assert kinds(article)["OSLO --"] is BlockKind.DATELINE
            assert article.provenance.importer == "factiva"

    def test_codes_are_known_to_the_last(self) -> None:
        article = read("a.rtf", files.factiva_rtf(1)).articles[0]
        facts = known(article)
        assert facts["section"][0] == "Foreign Desk"
        assert facts["company"][0] == "exhrb : Example Harbour Inc."
        assert facts["geographic"][0] == "norw : Norway"
        assert "Search Summary" not in article.text


class TestProQuest:
    @pytest.mark.parametrize(("name", "write"), [("a.txt", files.proquest_text), ("a.html", files.proquest_html)])
    def test_each_article_has_its_fields(self, name: str, write: Callable[[int], str]) -> None:
        reading = read(name, write(3))
        assert reading.problems == ()
        assert [article.title for article in reading.articles] == [
            f"Minister denies closing harbour {n}" for n in (1, 2, 3)
        ]
        article = reading.articles[2]
        assert article.text.split("\n\n") == [
            "Minister denies closing harbour 3", "Example, Ana.",
            "OSLO - The minister denied on Friday that harbour 3 had been closed.",
            "“It was open,” he said. Title: that was no title.", "In the evening ships were seen to leave.",
        ]  # fmt: skip
        facts = known(article)
        assert facts["database id"][0] == "800003"
        assert facts["outlet"][0] == "The Example Times; Oslo"
        assert facts["date published"] == ("2010-03-19", "Mar 19, 2010")
        assert facts["section"][0] == "Foreign"
        assert facts["byline"][0] == "Example, Ana"
        assert facts["url"][0] == "http://search.example.org/docview/3"
        assert article.language == "en"
        assert article.provenance.importer == "proquest"

    def test_a_number_other_than_the_file_says_is_told(self) -> None:
        reading = read("a.txt", files.proquest_text(2, said=5))
        assert len(reading.articles) == 2
        assert "says that it holds 5 documents, and 2 were found" in reading.problems[0].message

    def test_one_without_text_is_a_problem(self) -> None:
        text = files.proquest_text(1)
        start, end = text.index("Full text:"), text.index("Credit:")
        with_none = text[:start] + "Full text: Not available.\r\n\r\n" + text[end:]
        reading = read("a.txt", with_none)
        assert reading.articles == ()
        assert "has no text in this file" in reading.problems[0].message


def test_a_cancelled_reading_stops_between_articles() -> None:
    told: list[int] = []
    source = Source(
        "a.rtf", content=nexis.as_rtf(nexis.paragraphs(20)), cancelled=lambda: len(told) >= 5, told=told.append
    )
    assert len(read_source(source).articles) == 5
    assert told == [1, 2, 3, 4, 5]

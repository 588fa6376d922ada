"""Word, OpenDocument and rich text documents become articles: what their reader saw, and nothing that was deleted."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from annotator.articles.read import draft, read_source
from annotator.articles.reading import NewArticle
from annotator.articles.rich_text import read_rich_text
from annotator.articles.source import Source, UnreadableError
from annotator.model.article import BlockKind
from tests.articles.nexis_file import rtf_words

PERSIAN = "این خبر می‌گوید که «بندر» بسته نیست."
HEADLINE = "Minister denies closing the harbour"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read_one(name: str, content: bytes) -> NewArticle:
    (article,) = read_source(Source(name, content=content)).articles
    return article


def draft_of(name: str, content: bytes) -> Iterator[str]:
    """Yield the text of each article, or the sentence that says why there is none."""
    try:
        reading = read_source(Source(name, content=content))
    except UnreadableError as error:
        yield str(error)
        return
    yield from (article.text for article in reading.articles)


def kinds(article: NewArticle) -> dict[str, str]:
    return {article.text[block.start : block.end]: block.kind.value for block in article.blocks}


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: str) -> bytes:
    """Return a zip file with one member put in or replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


def odt(body: str, *, manifest: str = "", styles: str = "") -> bytes:
    names = ("office", "text", "table", "draw", "style")
    spaces = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in names)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def rtf(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset178 Tahoma;}{\f2\fcharset204 Arial Cyr;}}"
    styles = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 caption;}{\*\cs10 Default Font;}}"
    return (r"{\rtf1\ansi\ansicpg1252\uc1\deff0" + fonts + r"{\colortbl;\red0;}" + styles + "\n" + body + "}").encode(
        "ascii"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", "docx"),
        ("a.odt", odt(f"<text:p>{PERSIAN}</text:p>")),
        ("a.rtf", b"{\\rtf1\\ansi\\uc1 \\pard\\rtlpar " + rtf_words(PERSIAN) + b"\\par}"),
        ("word.rtf", b"{\\rtf1\\ansi\\uc1 \\pard " + rtf_words(PERSIAN).replace(b"\\u8204?", b"\\zwnj ") + b"\\par}"),
        ("uc0.rtf", b"{\\rtf1\\ansi\\uc0 \\pard " + rtf_words(PERSIAN).replace(b"?", b" ") + b"\\par}"),
    ],
)
def test_persian_keeps_its_joiners(name: str, content: bytes | str) -> None:
    if content == "docx":
        document = docx.Document()
        document.add_paragraph(PERSIAN)
        content = saved(document)
    article = read_one(name, content)
    assert article.text == PERSIAN
    assert article.direction == "rtl"


class TestDocx:
    def test_all_that_can_be_read_is_read_and_styles_say_kinds(self) -> None:
        document = docx.Document()
        document.add_heading(HEADLINE, 0)
        document.add_paragraph("By Ana Example")
        document.add_paragraph("The harbour was open, he said 📰.")
        document.add_heading("A second day", 2)
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Ships", "12"
        layout = document.add_table(1, 2)
        layout.cell(0, 0).text, layout.cell(0, 1).text = "A long paragraph. " * 10, "Beside it."
        document.add_paragraph("The harbour at night.", style="Caption")
        article = read_one("a.docx", saved(document))
        assert article.text.split("\n\n") == [
            HEADLINE, "By Ana Example", "The harbour was open, he said 📰.", "A second day", "Ships\t12",
            ("A long paragraph. " * 10).strip(), "Beside it.", "The harbour at night.",
        ]  # fmt: skip
        assert article.title == HEADLINE
        assert kinds(article)[HEADLINE] == "headline"
        assert kinds(article)["A second day"] == "subhead"
        assert kinds(article)["The harbour at night."] == "caption"
        assert article.provenance.importer == "docx"

    def test_tracked_changes_are_taken_as_accepted_and_counted(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("The harbour was ")
        for change in (
            f"<w:ins {WORD}><w:r><w:t>never closed</w:t></w:r></w:ins>",
            f"<w:del {WORD}><w:r><w:delText>closed</w:delText></w:r></w:del>",
            f"<w:r {WORD}><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>",
        ):
            paragraph._p.append(parse_xml(change))
        document.add_paragraph("It is open.")
        broken = document.paragraphs[0]._p.get_or_add_pPr()
        broken.append(parse_xml(f"<w:rPr {WORD}><w:del/></w:rPr>"))
        article = read_one("a.docx", saved(document))
        assert article.text == "The harbour was never closedIt is open."
        assert article.provenance.report == (
            "1 tracked insertion kept",
            "2 tracked deletions left out",
            "1 stretch of hidden text left out",
        )

    def test_text_boxes_content_controls_and_notes_are_read(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("Before the box.")
        paragraph._p.append(
            parse_xml(
                f"<w:r {WORD}><w:pict><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
                "</w:pict></w:r>"
            )
        )
        document.element.body.insert(
            1,
            parse_xml(
                f"<w:sdt {WORD}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )
        content = with_part(
            saved(document),
            "word/footnotes.xml",
            f'<w:footnotes {WORD}><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t>The note.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            relations = archive.read("word/_rels/document.xml.rels").decode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        added = relations.replace(
            "</Relationships>", f'<Relationship Id="n" Type="{kind}" Target="footnotes.xml"/></Relationships>'
        )
        article = read_one("a.docx", with_part(content, "word/_rels/document.xml.rels", added))
        assert article.text.split("\n\n") == ["Before the box.", "In the box.", "In a control.", "The note."]
        assert article.provenance.report == ("1 note put below the text",)

    def test_page_headers_are_furniture_below_the_text(self) -> None:
        document = docx.Document()
        document.add_paragraph("The harbour was open on Friday, said the minister in Oslo.")
        document.sections[0].header.paragraphs[0].text = "The Example Times"
        document.sections[0].footer.paragraphs[0].text = "3"
        article = read_one("a.docx", saved(document))
        assert article.text.endswith("\n\nThe Example Times")
        assert kinds(article)["The Example Times"] == "furniture"

    def test_a_document_without_words_says_so(self) -> None:
        with pytest.raises(UnreadableError, match="no words in this document"):
            read_one("a.docx", saved(docx.Document()))

    def test_entities_and_bombs_are_refused(self) -> None:
        document = docx.Document()
        document.add_paragraph("Words.")
        content = saved(document)
        evil = f"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document {WORD}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
        with pytest.raises(UnreadableError, match="entities of its own"):
            read_one("a.docx", with_part(content, "word/document.xml", evil))
        bomb = f"<w:document {WORD}><w:body><w:p><w:r><w:t>{' ' * 30_000_000}</w:t></w:r></w:p></w:body></w:document>"
        with pytest.raises(UnreadableError, match="times its size"):
            read_one("a.docx", with_part(content, "word/document.xml", bomb))
        deep = f"<w:document {WORD}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"
        with pytest.raises(UnreadableError):
            read_one("a.docx", with_part(content, "word/document.xml", deep))

    def test_an_encrypted_one_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "secret.docx"
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
        (problem,) = draft([path], {}).problems
        assert "protected by a password" in problem.message


class TestOdt:
    def test_blanks_notes_tables_and_boxes(self) -> None:
        article = read_one(
            "a.odt",
            odt(
                '<text:h text:outline-level="1">Minister denies closing the harbour</text:h>'
                '<text:p>Two<text:s text:c="2"/>blanks,<text:tab/>a tab,<text:line-break/>a line <text:span>and\n   more</text:span>'
                "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p>"
                "</text:note-body></text:note>.</text:p>"
                "<table:table><table:table-row><table:table-cell><text:p>Ships</text:p></table:table-cell>"
                "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
                "<text:p>Hangs<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame> here.</text:p>"
                '<text:p text:style-name="P1">The harbour at night.</text:p>',
                styles='<style:style style:name="P1" style:parent-style-name="Caption"/>',
            ),
        )
        assert article.text.split("\n\n") == [
            HEADLINE, "Two  blanks,\ta tab,\na line and more.", "Ships\t12", "Hangs here.", "In the box.",
            "The harbour at night.", "The note.",
        ]  # fmt: skip
        assert kinds(article)[HEADLINE] == "headline"
        assert kinds(article)["The harbour at night."] == "caption"

    def test_what_was_deleted_or_remarked_is_left_out(self) -> None:
        article = read_one(
            "a.odt",
            odt(
                "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
                "</text:changed-region></text:tracked-changes>"
                "<text:p>It is<office:annotation><text:p>Really?</text:p></office:annotation> open.</text:p>"
            ),
        )
        assert article.text == "It is open."
        assert article.provenance.report == ("1 tracked deletion left out", "1 comment of reviewers left out")

    def test_a_lie_about_blanks_costs_little(self) -> None:
        article = read_one("a.odt", odt('<text:p>a<text:s text:c="999999999"/>b</text:p>'))
        assert len(article.text) < 200

    def test_passwords_and_bombs_are_answered(self) -> None:
        with pytest.raises(UnreadableError, match="password"):
            read_one("a.odt", odt("<text:p>x</text:p>", manifest="<m><encryption-data/></m>"))
        with pytest.raises(UnreadableError, match="times its size"):
            read_one("a.odt", odt(f"<text:p>{' ' * 30_000_000}</text:p>"))

    def test_one_without_its_content_says_so(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with pytest.raises(UnreadableError, match="missing in it"):
            read_one("a.odt", file.getvalue())


class TestRtf:
    def test_letters_however_they_are_written(self) -> None:
        body = (
            r"\pard caf\'e9 {\f1 \'c7\'ed\'e4} {\f2 \'cc\'e8\'f0} \u-10179?\u-8995? \u8220\ldblquote x\u8221\'94\~y"
            r"\emdash z\_a\-b \{\}\\ \u1740\u8204 \par"
        )
        assert read_one("a.rtf", rtf(body)).text == "café اين Мир 📝 “x”\u00a0y—z\u2011a\u00adb {}\\ ی\u200c"

    def test_half_of_a_letter_can_be_stored(self) -> None:
        read_one("a.rtf", rtf(r"\pard broken \u-10179? letter\par")).text.encode("utf-8")

    def test_fields_notes_boxes_and_what_nobody_saw(self) -> None:
        document = read_rich_text(
            rtf(
                r"{\info{\title Not this}}{\header Times\par}\pard\s1 Head line\par\pard\s0 It was {\v secret}{\deleted gone}open"
                r"{\super{\footnote \pard The note.}}."
                r'{\field{\*\fldinst{HYPERLINK "http://example.org/a"}}{\fldrslt{\ul a link}}}'
                r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard In the box.\par}}}{\*\unknown hidden}"
                r"{\*\annotation \pard Really?}\par"
                r"{\pict\pngblip 89504e47\bin5 }}{{\}\pard\s2 At night.\par"
            )
        )
        assert [(each.text, each.style) for each in document.body] == [
            ("Head line", "heading 1"),
            ("It was open.a link", "normal"),
            ("In the box.", "normal"),
            ("At night.", "caption"),
        ]
        assert document.body[1].link == "http://example.org/a"
        assert document.notes == ["The note."]
        assert document.margins == ["Times"]
        assert (document.deletions, document.hidden, document.comments) == (1, 1, 1)

    def test_tables_give_rows_or_the_paragraphs_of_long_cells(self) -> None:
        article = read_one(
            "a.rtf",
            rtf(
                r"\trowd\pard\intbl Ships\cell 12\cell\row"
                r"\trowd\pard\intbl One.\par Two.\cell " + "long " * 30 + r"\cell\row\pard After.\par"
            ),
        )
        assert article.text.split("\n\n") == ["Ships\t12", "One.", "Two.", ("long " * 30).strip(), "After."]

    def test_what_follows_the_document_is_no_part_of_it(self) -> None:
        assert read_one("a.rtf", rtf(r"\pard Words.\par") + b" junk {\\b more}").text == "Words."

    @pytest.mark.parametrize(
        "content",
        [
            b"{\\rtf1 " + b"{" * 500_000,
            b"{\\rtf1 " + b"}" * 1000,
            b"{\\rtf1 \\u99999999 \\u-99999 \\uc999999999 \\bin999999999 x",
            b"{\\rtf1 \\ansicpg0\\fcharset999{\\fonttbl{\\f99999\\cpg1;}}\\'zz\\'",
            b"{\\rtf1\\field" + b'{\\*\\fldinst HYPERLINK "x"}' * 1000,
        ],
    )
    def test_broken_ones_give_what_they_have_or_a_sentence(self, content: bytes) -> None:
        (outcome,) = [*draft_of("a.rtf", content)]
        outcome.encode("utf-8")


def test_kinds_of_blocks_come_from_styles_only_where_they_say_so() -> None:
    document = docx.Document()
    for number in range(3):
        document.add_heading(f"Part {number}", 1)
        document.add_paragraph("The harbour was open on Friday, said the minister in Oslo on the phone.")
    article = read_one("a.docx", saved(document))
    assert BlockKind.HEADLINE.value not in [kinds(article).get(f"Part {number}") for number in (1, 2)]

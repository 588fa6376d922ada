"""PDFs become articles, and hostile ones sentences in bounded time."""

import textwrap
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.articles.read import draft, read_source
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.model.article import BlockKind
from tests.articles.pdf import Line, assemble, stream, write_pdf

HEADLINE = "Minister denies closing the harbour"
FIRST = (
    "The minister denied on Monday that the harbour had been closed for political reasons, and said that inspectors "
    "would be let in as soon as the weather allowed it, which nobody expected before the end of the coming week."
)
SECOND = (
    "“It was open,” he told the well-known reporters, who had come to the quay, and added that the café beside it had "
    "never been closed either. Nobody contradicted him, and the reporters went home."
)
WIDTH = 60


def read(content: bytes, name: str = "a.pdf") -> Reading:
    return read_source(Source(name, content=content))


def read_one(content: bytes) -> NewArticle:
    (article,) = read(content).articles
    return article


def lines(words: str, top: float, *, indent: float = 0, width: int = WIDTH) -> Iterator[Line]:
    """Yield the lines of a paragraph in letters of 10 points: 6 points wide each."""
    for number, line in enumerate(textwrap.wrap(words, width, break_on_hyphens=False)):
        yield Line(72 + (indent if not number else 0), top - 12 * number, line)


def body(article: NewArticle) -> list[str]:
    """Return the paragraphs that are neither headline nor furniture."""
    left_out = {article.text[each.start : each.end] for each in article.blocks if each.kind is not BlockKind.DUPLICATE}
    return [each for each in article.text.split("\n\n") if each not in left_out]


def test_paragraphs_are_rebuilt_whether_indented_or_parted_by_blanks() -> None:
    parted = [Line(72, 780, HEADLINE, 18), *lines(FIRST, 740), *lines(SECOND, 680), *lines(FIRST[:150] + ".", 600)]
    indented = [Line(72, 780, HEADLINE, 18), *lines(FIRST, 740, indent=12), *lines(SECOND, 692, indent=12)]
    indented += lines(FIRST[:150] + ".", 644, indent=12)
    for page in (parted, indented):
        article = read_one(write_pdf([page]))
        assert article.text.split("\n\n") == [HEADLINE, FIRST, SECOND, FIRST[:150] + "."]
        assert article.title == HEADLINE
        assert article.blocks[0].kind is BlockKind.HEADLINE
        assert "lines joined into paragraphs" in article.provenance.report


def test_hyphens_at_line_ends_are_joined_and_those_of_words_stay() -> None:
    page = [
        Line(72, 700, "The minister denied the politi-"),
        Line(72, 688, "cal reasons of the Anglo-"),
        Line(72, 676, "Norwegian talks with the well-"),
        Line(72, 664, "known reporters; a well-known one left."),
    ]
    article = read_one(write_pdf([page]))
    assert article.text == (
        "The minister denied the political reasons of the Anglo-Norwegian talks with the well-known reporters; "
        "a well-known one left."
    )
    assert "1 word joined that a hyphen parted at a line’s end" in article.provenance.report


def numbered_lines(count: int) -> list[str]:
    """Return so many lines of prose, no two alike."""
    prose = textwrap.wrap(f"{FIRST} {SECOND}", WIDTH - 8, break_on_hyphens=False)
    return [f"{name_of(number)} {prose[number % len(prose)]}" for number in range(count)]


def name_of(number: int) -> str:
    """Return a word for a number; figures that differ would not make lines differ, as in page numbers."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        letters += "abcdefghijklmnopqrstuvwxyz"[letter]
    return f"x{letters}x"


def numbered_pages(count: int) -> list[list[Line]]:
    rows = numbered_lines(count * 12)
    return [
        [
            Line(72, 800, f"The Example Times, March {number + 1}, 2010", 8),
            *(Line(72, 760 - 12 * row, line) for row, line in enumerate(rows[number * 12 : number * 12 + 12])),
            Line(290, 30, f"Page {number + 1} of {count}", 8),
        ]
        for number in range(count)
    ]


def test_running_heads_and_page_numbers_are_furniture_and_part_no_sentence() -> None:
    article = read_one(write_pdf(numbered_pages(4)))
    kinds = {article.text[each.start : each.end]: each.kind for each in article.blocks}
    for number in range(1, 5):
        assert kinds[f"The Example Times, March {number}, 2010"] is BlockKind.FURNITURE
        assert kinds[f"Page {number} of 4"] is BlockKind.FURNITURE
    assert " ".join(body(article)) == " ".join(numbered_lines(48))


def test_columns_are_read_one_after_the_other() -> None:
    left = [*lines(FIRST, 740, width=36), *lines(SECOND[:120] + ".", 650, width=36)]
    right = [Line(each.x + 250, each.y, each.text) for each in lines("Elsewhere " + SECOND, 740, width=36)]
    article = read_one(write_pdf([[*left, *right]]))
    assert article.text.split("\n\n") == [FIRST, SECOND[:120] + ".", "Elsewhere " + SECOND]


def test_persian_comes_in_logical_order() -> None:
    words = ["این خبر می‌گوید که بندر بسته نیست", "و وزیر آن را در اسلو رد کرد"]
    article = read_one(write_pdf([[Line(300, 700, words[0]), Line(318, 688, words[1])]]))
    assert article.text.replace("\n\n", " ") == " ".join(words)
    assert article.direction == "rtl"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            write_pdf(
                [[Line(72, 700, "Secret words.")]],
                extra=f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'11' * 32}>/U<{'22' * 32}>/P -4>>/ID[<00><00>]",
            ),
            "protected by a password",
        ),
        (write_pdf([[], []]), "pictures of pages"),
        (b"%PDF-1.4\n" + b"junk " * 100, "damaged"),
        (write_pdf([[Line(72, 700, "Words.")]])[:400], "damaged"),
        (
            assemble(
                [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9999999/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"]
            ),
            "damaged",
        ),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read(content)


def test_a_page_tree_that_leads_back_to_itself_is_left() -> None:
    tree = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
        b"<</Type/Pages/Count 1/Parent 2 0 R/Kids[2 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
    ]
    with pytest.raises(UnreadableError, match="no pages that can be read"):
        read(assemble(tree))


def test_a_form_that_draws_itself_is_stopped() -> None:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>stream\n/A Do /A Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>"
    content = assemble(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(b"/A Do"), form]
    )
    with pytest.raises(UnreadableError, match="more memory or time"):
        read(content)


def test_a_stream_that_unpacks_to_much_is_survived() -> None:
    packed = zlib.compress(b" " * 100_000_000, 9)
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    with pytest.raises(UnreadableError):
        read(assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content]))


def test_pages_without_text_are_named() -> None:
    words = [Line(72, 700, "Some words of an article.")]
    reading = read(write_pdf([words, [], words, []]))
    assert len(reading.articles) == 1
    assert [each.message for each in reading.problems] == ["2 pages have no text (2, 4): they are blank or pictures."]


def test_five_hundred_pages_are_one_article() -> None:
    article = read_one(write_pdf(numbered_pages(500)))
    names = [word for word in article.text.split() if len(word) == 6 and word[0] == word[-1] == "x"]
    assert names == [name_of(number) for number in range(6000)]
    assert "Page 500 of 500" in article.text


def test_one_who_has_stopped_waits_no_longer() -> None:
    source = Source("a.pdf", content=write_pdf(numbered_pages(50)), cancelled=lambda: True)
    assert read_source(source) == Reading()


def test_a_file_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "-a b%20ü.pdf"
    path.write_bytes(write_pdf([[Line(72, 700, "Some words of an article.")]]))
    assert draft([path], {}).articles[0].text == "Some words of an article."

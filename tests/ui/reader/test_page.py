import pytest
from PySide6.QtCore import QObject, Qt

from annotator.model.article import Article, Block, BlockKind, Metadatum, Provenance
from annotator.ui.look.theme import LIGHT
from annotator.ui.reader.header import Header, origin, spoken_date
from annotator.ui.reader.page import Look, Page, runs_from_right

ODD = [
    "plain",
    "",
    "\n",
    "\n\nfirst\n",
    "emoji 📰 ❤️ 👨‍👩‍👧 🇬🇧 𝒜 end",
    "combining e\u0301 n\u0303, precomposed é",
    "می\u200cخواهم که بروم\nدوم",
    "no\u00a0break\u202fspaces\tand\ttabs soft\u00adhyphen \u200e\u200f\u200d",
    "line\u2028separator and\u2029paragraph separator",
    "carriage\rreturn and\r\nboth",
    "frames \ufdd0 \ufdd1 object \ufffc bom \ufeff nel \u0085 nul \x00 vt \x0b ff \x0c",
    "private \ue000 last \U0010ffff",
]


@pytest.fixture
def owner(qapp):
    holder = QObject()
    yield holder
    holder.deleteLater()


def page(owner, text, **more):
    return Page(Article("a", "T", text, **more), LIGHT, face="serif", zoom=100, owner=owner)


@pytest.mark.parametrize("text", ODD)
def test_the_document_has_a_position_for_every_utf16_unit(owner, text):
    made = page(owner, text)
    assert made.document.characterCount() - 1 == len(text.encode("utf-16-le")) // 2
    assert made.document.blockCount() == text.count("\n") + 1
    for number, start in enumerate(made.starts):
        assert made.document.findBlockByNumber(number).position() == made.to_unit(start)


@pytest.mark.parametrize("text", ODD)
def test_every_code_point_comes_back(owner, text):
    made = page(owner, text)
    assert [made.to_character(made.to_unit(n)) for n in range(len(text) + 1)] == list(range(len(text) + 1))


def test_every_character_is_where_it_should_be(owner):
    text = "a📰b\n𝒜 c\u0301\nسلام 🇬🇧"
    made = page(owner, text)
    for n, character in enumerate(text):
        if character != "\n" and len(character.encode("utf-16-le")) == 2:
            assert made.document.characterAt(made.to_unit(n)) == character


def test_headlines_subheads_and_blank_lines_are_set_apart(owner):
    text = "Head line\nstill head\n\nSub\nBody text here"
    blocks = (Block(BlockKind.HEADLINE, 0, 20), Block(BlockKind.SUBHEAD, 22, 25))
    made = page(owner, text, blocks=blocks)
    looks = [Look.HEADLINE, Look.HEADLINE, Look.BLANK, Look.SUBHEAD, Look.BODY]
    assert [made.look(n) for n in range(5)] == looks
    assert made.rhythm(0).size > made.rhythm(3).size > made.rhythm(4).size
    first, body = made.document.findBlockByNumber(0), made.document.findBlockByNumber(4)
    assert first.charFormat().font().pixelSize() > body.layout().font().pixelSize()


def test_blocks_that_are_left_out_are_dimmed_and_nothing_else_is(owner):
    text = "Body.\nA caption, credited.\nBody."
    start = text.index("A caption")
    made = page(owner, text, blocks=(Block(BlockKind.CAPTION, start, start + 20),))
    colours = []
    for number in range(3):
        fragments = made.document.findBlockByNumber(number).begin()
        colours.append(fragments.fragment().charFormat().foreground().color().name())
    assert colours[1] == LIGHT.dimmed
    assert LIGHT.dimmed not in (colours[0], colours[2])


def test_the_direction_is_the_articles_or_else_the_texts():
    persian = "«دیگر» گفت"
    assert runs_from_right(Article("a", "", persian))
    assert not runs_from_right(Article("a", "", persian, direction="ltr"))
    assert runs_from_right(Article("a", "", "words", direction="rtl"))
    assert not runs_from_right(Article("a", "", "words"))
    assert not runs_from_right(Article("a", "", ""))


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_each_paragraph_runs_as_its_own_words_do(owner, way):
    paragraphs = ("وزیر گفت که نه.", "He said so.", "", "BBC گفت که وزیر رفت.", "— 12 —")
    made = page(owner, "\n".join(paragraphs), direction=way)
    rtl = way == "rtl"
    assert [made.is_rtl(number) for number in range(5)] == [True, False, rtl, rtl, rtl]
    assert [made.is_mixed(number) for number in range(5)] == [True, False, rtl, True, rtl]
    for number in range(5):
        block = made.document.findBlockByNumber(number)
        assert (block.textDirection() == Qt.LayoutDirection.RightToLeft) is made.is_rtl(number)
    assert made.document.toPlainText() == "\n".join(paragraphs)


def test_the_column_keeps_its_measure(owner):
    made = page(owner, "x")
    made.set_width(2000)
    frame = made.document.rootFrame().frameFormat()
    assert frame.leftMargin() == frame.rightMargin()
    assert made.gutter(320) < made.gutter(2000)
    assert 30 * made.font.pixelSize() < made.column < 40 * made.font.pixelSize()


def test_dates_are_spoken():
    assert spoken_date("2010-03-19") == "19 March 2010"
    assert spoken_date("2010-03-19T08:00:00Z") == "19 March 2010"
    assert spoken_date("2010-03") == "March 2010"
    assert spoken_date("2010") == "2010"
    assert spoken_date("yesterday") == "yesterday"
    assert spoken_date("2010-13-01") == "2010-13-01"
    assert spoken_date("") == ""


def test_the_header_says_where_the_article_is_from():
    known = (
        Metadatum("outlet", "The Courier"),
        Metadatum("date published", "2010-03-19"),
        Metadatum("byline", "L. Hart"),
    )
    isolated = "\u2068The Courier\u2069 · \u206819 March 2010\u2069 · \u2068L. Hart\u2069"  # each its own direction
    assert origin(Article("a", "", "", metadata=known)) == isolated
    assert origin(Article("a", "", "", metadata=known[:1])) == "\u2068The Courier\u2069"
    assert origin(Article("a", "", "", provenance=Provenance("norway.txt"))) == "norway.txt"


def test_the_title_stands_above_only_where_the_text_has_no_headline(owner):
    assert page(owner, "words").header.title == "T"
    assert page(owner, "words", blocks=(Block(BlockKind.HEADLINE, 0, 5),)).header.title == ""


def test_a_long_title_takes_more_lines_in_a_narrow_column(owner):
    made = page(owner, "words")
    header = Header(Article("a", "A title of many words " * 4, "x"), made.font, titled=False, rtl=False)
    assert header.height(300) > header.height(900)

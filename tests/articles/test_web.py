"""Web pages, as they are sent and as browsers save them."""

import re
from pathlib import Path

import pytest
from lxml import html

from annotator.articles.read import UnreadableError, draft, draft_pasted_page, read_file
from annotator.articles.reading import NewArticle
from annotator.model.article import BlockKind as Kind
from tests.articles.pages import BODY, PERSIAN, page


def read(folder: Path, content: str | bytes, name: str = "page.html") -> NewArticle:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (article,) = read_file(path).articles
    return article


def stretches(article: NewArticle, kind: Kind) -> list[str]:
    return [article.text[each.start : each.end] for each in article.blocks if each.kind is kind]


def body_of(article: NewArticle) -> list[str]:
    covered = {number for each in article.blocks for number in range(each.start, each.end)}
    left = "".join("\0" if number in covered else letter for number, letter in enumerate(article.text))
    return [part.strip() for part in re.split(r"[\0\n]+", left) if part.strip()]


def test_a_page_comes_in_with_its_article_told_from_what_stands_around_it(tmp_path: Path) -> None:
    article = read(tmp_path, page())
    assert article.title == "Council shelters keeper of the gates"
    assert body_of(article) == list(BODY)
    assert stretches(article, Kind.HEADLINE) == [article.title]
    assert stretches(article, Kind.BYLINE) == ["By Lena Ashby"]
    assert stretches(article, Kind.DATELINE) == ["March 19, 2024"]
    assert stretches(article, Kind.CAPTION) == ["The gates of the reservoir in May."]
    assert stretches(article, Kind.CREDIT) == ["Photo: quaysider"]
    assert [each[:11] for each in stretches(article, Kind.COMMENT)] == [
        "marlowe say",
        "My tap ran ",
        "tidewatcher",
        "Not true, o",
    ]
    furniture = "\n".join(stretches(article, Kind.FURNITURE))
    for words in ("Start\nTown\nHarbour\nLog in", "Share Print", "2 comments", "Leave a Reply", "Ten walks", "© 2024"):
        assert words in furniture
    for words in ("secret", "color", "hidden words", "nobody sees"):
        assert words not in article.text


def test_nothing_that_is_to_be_seen_is_lost(tmp_path: Path) -> None:
    source = page()
    tree = html.document_fromstring(source)
    for unseen in tree.xpath("//script|//style|//title|//textarea|//*[contains(@style,'none')]"):
        unseen.getparent().remove(unseen)
    words = re.findall(r"\w+", " ".join(tree.itertext()))
    assert sorted(re.findall(r"\w+", read(tmp_path, source).text)) == sorted(words)


def test_what_a_page_says_about_itself(tmp_path: Path) -> None:
    saved = "<!-- saved from url=(0035)https://courier.example/gates?ref=1 -->\n"
    article = read(tmp_path, page(before=saved))
    known = {each.key: (each.value, each.original) for each in article.metadata}
    assert known["date published"] == ("2024-03-19", "2024-03-19T10:00:00Z")
    assert known["byline"] == ("Lena Ashby", "")
    assert known["outlet"] == ("The Marrowby Courier", "")
    assert known["url"] == ("https://courier.example/gates?ref=1", "")
    assert known["canonical url"] == ("https://courier.example/gates", "")
    assert (article.language, article.direction) == ("en", "ltr")


def test_linked_data_is_believed_first(tmp_path: Path) -> None:
    data = (
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],'
        '"headline":"Council shelters keeper of the gates","author":[{"name":"Mina Forde"},{"name":"Oskar Wynn"}],'
        '"datePublished":"2024-03-18","dateModified":"2024-03-20","publisher":{"name":"Courier"}}]}</script>'
    )
    known = {each.key: each.value for each in read(tmp_path, page(head=data)).metadata}
    assert known["byline"] == "Mina Forde, Oskar Wynn"
    assert (known["date published"], known["date updated"], known["outlet"]) == ("2024-03-18", "2024-03-20", "Courier")


@pytest.mark.parametrize("joiner", ["\u200c", "&zwnj;", "&#8204;", "&#x200C;"])
def test_a_persian_page_keeps_its_joiners(tmp_path: Path, joiner: str) -> None:
    written = page("آتش‌سوزی بازار عمدی نبود", PERSIAN, lang="fa").replace("\u200c", joiner)
    article = read(tmp_path, written)
    assert body_of(article) == list(PERSIAN)
    assert article.title == "آتش‌سوزی بازار عمدی نبود"
    assert (article.language, article.direction) == ("fa", "rtl")


def test_what_nobody_sees_and_letters_in_two_parts_stay_as_they_are(tmp_path: Path) -> None:
    hard = tuple(f"{each} \u200e(a\u00adb)\u200f c\u200dd e\u0301 f\u200bg h\u00a0i \u2066j\u2069" for each in BODY)
    assert body_of(read(tmp_path, page(body=hard))) == list(hard)


@pytest.mark.parametrize(
    ("charset", "encoding", "how"),
    [
        ("iso-8859-1", "utf-8", "UTF-8"),
        ("windows-1251", "utf-8", "UTF-8"),
        ("utf-8", "utf-16", "UTF-16 (byte order mark)"),
        ("iso-8859-1", "cp1252", "iso-8859-1 (the page says so)"),
        ("windows-1250", "cp1250", "windows-1250 (the page says so)"),
        ("utf-8", "cp1252", "Windows-1252 (guessed)"),
        ("nonsense", "cp1252", "Windows-1252 (guessed)"),
    ],
)
def test_pages_lie_about_their_encoding(tmp_path: Path, charset: str, encoding: str, how: str) -> None:
    words = tuple(f"{each} “Ja”, sagte ä ö ü – und ß blieb." for each in BODY)
    article = read(tmp_path, page(body=words, charset=charset).encode(encoding, "xmlcharrefreplace"))
    assert body_of(article) == list(words)
    assert article.provenance.encoding == how


def test_a_page_that_says_it_is_western_and_is_russian(tmp_path: Path) -> None:
    words = tuple(
        "Мэр заявил в понедельник, что плотина не прорвана и что жители могут вернуться. " + str(n) for n in range(5)
    )
    article = read(
        tmp_path, page("Плотина не прорвана", words, charset="iso-8859-1").encode("cp1251", "xmlcharrefreplace")
    )
    assert body_of(article) == list(words)


def test_line_breaks_part_paragraphs_where_there_are_no_tags(tmp_path: Path) -> None:
    article = read(tmp_path, f"<html><body><h1>The gates</h1>{'<br><br>'.join(BODY)}</body></html>")
    assert article.text.split("\n\n") == ["The gates", *BODY]
    assert body_of(article) == list(BODY)


def test_a_page_without_an_article_is_an_article_still(tmp_path: Path) -> None:
    article = read(tmp_path, "<html><body><p>Rain fell.</p></body></html>")
    assert article.text == "Rain fell."


def test_a_page_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    for content in ("<html><body><script>1</script></body></html>", "<!DOCTYPE html>", "<html></html>"):
        with pytest.raises(UnreadableError, match="nothing"):
            read(tmp_path, content)


def test_the_folder_that_a_browser_saves_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    read(tmp_path, page(), "gates.html")
    beside = tmp_path / "gates_files"
    beside.mkdir()
    (beside / "frame.html").write_text(page("An advertisement"))
    (beside / "x.js").write_text("var x")
    result = draft([tmp_path], {})
    assert [each.provenance.source for each in result.articles] == ["gates.html"]
    assert result.problems == ()


def test_rich_text_copied_from_a_browser_is_taken_whole() -> None:
    article = draft_pasted_page(
        f"<meta charset='utf-8'><h2>The gates</h2><p>{BODY[0]}</p><p>Short.</p><p>Jane Roe/Getty Images</p>"
    )
    assert article.text == f"The gates\n\n{BODY[0]}\n\nShort.\n\nJane Roe/Getty Images"
    assert stretches(article, Kind.CREDIT) == ["Jane Roe/Getty Images"]
    assert article.provenance.source == "pasted text"
    assert draft_pasted_page("<p>Words</p>", "Mine").title == "Mine"
    with pytest.raises(UnreadableError):
        draft_pasted_page("<p> </p>")

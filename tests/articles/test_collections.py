"""Files that hold a message, a saved page, or many articles: EML, MHTML, EPUB, feeds, agency items, WARC."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from mailbox import mbox
from pathlib import Path

import pytest

from annotator.articles.read import UnreadableError, draft, read_file
from annotator.articles.reading import NewArticle, Reading
from annotator.model.article import BlockKind as Kind
from tests.articles.pages import BODY, PERSIAN, page


def read(folder: Path, name: str, content: str | bytes) -> Reading:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path)


def known(article: NewArticle) -> dict[str, str]:
    return {each.key: each.value for each in article.metadata}


def stretches(article: NewArticle, kind: Kind) -> list[str]:
    return [article.text[each.start : each.end] for each in article.blocks if each.kind is kind]


def message(text: str, subtype: str = "plain") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Léna Ashby <lena@courier.example>"
    made["To"] = "desk@courier.example"
    made["Subject"] = "The keeper of the gates – and why he left"
    made["Date"] = "Tue, 19 Mar 2024 10:00:00 +0100"
    made.set_content(text, subtype=subtype)
    return made


def test_a_message(tmp_path: Path) -> None:
    text = "\n\n".join((*BODY, "> You wrote that nothing had happened.\n> And that was that."))
    (article,) = read(tmp_path, "a.eml", bytes(message(text))).articles
    assert article.title == "The keeper of the gates – and why he left"
    assert stretches(article, Kind.HEADLINE) == [article.title]
    assert stretches(article, Kind.FURNITURE) == ["> You wrote that nothing had happened.\n> And that was that."]
    assert known(article)["byline"] == "Léna Ashby"
    assert known(article)["date published"] == "2024-03-19"
    assert article.provenance.importer == "eml"


def test_a_message_in_html_only_or_with_nothing(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.eml", bytes(message(f"<p>{PERSIAN[0]}</p><p>{PERSIAN[1]}</p>", "html"))).articles
    assert article.text.split("\n\n")[1:] == list(PERSIAN[:2])
    empty = MIMEMultipart()
    empty["From"], empty["Subject"], empty["Date"] = "a@b.example", "x", "Tue, 19 Mar 2024 10:00:00 +0100"
    with pytest.raises(UnreadableError, match="no text in it"):
        read(tmp_path, "b.eml", bytes(empty))


def test_a_mailbox_is_a_message_each(tmp_path: Path) -> None:
    empty = MIMEMultipart()
    empty["From"], empty["Subject"], empty["Date"] = "a@b.example", "Nothing", "Tue, 19 Mar 2024 10:00:00 +0100"
    path = tmp_path / "desk.mbox"
    box = mbox(path)
    for made in (
        message("\n\n".join((BODY[0], "From that day on he was silent."))),
        empty,
        message("\n\n".join(PERSIAN)),
    ):
        box.add(made)
    box.flush()
    box.close()
    found = read_file(path)
    assert [article.provenance.source for article in found.articles] == ["desk.mbox, message 1", "desk.mbox, message 3"]
    assert "\n\nFrom that day on he was silent." in found.articles[0].text
    assert "\u200c" in found.articles[1].text
    assert {article.provenance.importer for article in found.articles} == {"mbox"}
    assert [(each.where, str(each.message)[:10]) for each in found.problems] == [(str(path), "Message 2:")]
    (tmp_path / "no.mbox").write_text("Nobody has written anything here.\n")
    with pytest.raises(UnreadableError, match="no messages"):
        read_file(tmp_path / "no.mbox")


def test_a_page_saved_with_its_pictures(tmp_path: Path) -> None:
    saved = MIMEMultipart("related", type="text/html")
    saved["From"] = "<Saved by Blink>"
    saved["Snapshot-Content-Location"] = "https://courier.example/gates?x=1"
    saved["Date"] = "Wed, 20 Mar 2024 08:00:00 -0000"
    part = MIMEText(page("آتش‌سوزی عمدی نبود", PERSIAN, lang="fa"), "html", "utf-8")
    part["Content-Location"] = "https://courier.example/gates?x=1"
    saved.attach(part)
    saved.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    for name in ("a.mhtml", "b.mht"):
        (article,) = read(tmp_path, name, bytes(saved)).articles
        assert all(each in article.text for each in PERSIAN)
        assert known(article)["url"] == "https://courier.example/gates?x=1"
        assert known(article)["date accessed"] == "2024-03-20"
        assert article.provenance.importer == "mhtml"
    with pytest.raises(UnreadableError, match="no page"):
        read(tmp_path, "c.mht", bytes(message("words")))


def book(*chapters: str, encryption: bool = False) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/x.opf"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="c{n}" href="c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
        archive.writestr(
            "OEBPS/x.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>The Marrowby Weekly</dc:title><dc:language>fa-IR</dc:language><dc:date>2024-03-19</dc:date>"
            f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, chapter in enumerate(chapters):
            archive.writestr(
                f"OEBPS/c {number}.xhtml",
                f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{chapter}</body></html>',
            )
        if encryption:
            archive.writestr("META-INF/encryption.xml", "<x/>")
            archive.writestr("META-INF/rights.xml", "<x/>")
    return file.getvalue()


def test_a_book_gives_its_chapters_in_the_order_of_reading(tmp_path: Path) -> None:
    chapters = [
        "".join(f"<p>{each}</p>" for each in (f"{title}", *body)) for title, body in (("a", PERSIAN), ("b", BODY))
    ]
    content = book(f"<h1>فصل یک</h1>{chapters[0]}", f"<h1>Chapter two</h1>{chapters[1]}", "<p>Cover</p>")
    reading = read(tmp_path, "a.epub", content)
    assert [each.title for each in reading.articles] == ["Chapter two", "فصل یک"]
    assert all(each in reading.articles[1].text for each in PERSIAN)
    assert [each.language for each in reading.articles] == ["en", "fa"]
    assert known(reading.articles[0]) == {"section": "The Marrowby Weekly", "date published": "2024-03-19"}
    with pytest.raises(UnreadableError, match="copy-protected"):
        read(tmp_path, "b.epub", book("<p>x</p>", encryption=True))
    with pytest.raises(UnreadableError, match="no text"):
        read(tmp_path, "c.epub", book("<p>Cover</p>"))


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Marrowby Courier</title><language>en-gb</language>
<item><title>The gates &amp; the keeper</title><link>https://courier.example/1</link>
<pubDate>Tue, 19 Mar 2024 10:00:00 GMT</pubDate><dc:creator>Lena Ashby</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>{BODY[0]}</p><p>{BODY[1]}</p>]]></content:encoded></item>
<item><title>Rain</title><description>Rain fell on Monday.</description></item><item><title> </title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>کرانه</title><entry><title>بازار</title>
<link rel="alternate" href="https://k.example/1"/><link rel="self" href="https://k.example/x"/><author><name>نادر</name></author>
<published>2024-03-19T10:00:00Z</published><updated>2024-03-20T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PERSIAN[0]}</p><p>{PERSIAN[1]}</p></div></content></entry></feed>"""


def test_a_feed_gives_an_article_an_entry(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.xml", RSS)
    first, second = reading.articles
    assert first.text == f"The gates & the keeper\n\n{BODY[0]}\n\n{BODY[1]}"
    assert known(first) == {
        "outlet": "The Marrowby Courier",
        "date published": "2024-03-19",
        "byline": "Lena Ashby",
        "url": "https://courier.example/1",
    }
    assert second.provenance.report == ("the feed gives a summary only",)
    assert (second.title, second.language) == ("Rain", "en")
    (problem,) = reading.problems
    assert problem.message.startswith("Entry 3: There is nothing")
    assert problem.line


def test_an_atom_feed_in_persian(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.atom", ATOM).articles
    assert article.text == f"بازار\n\n{PERSIAN[0]}\n\n{PERSIAN[1]}"
    assert (article.language, article.direction) == ("fa", "rtl")
    assert (known(article)["url"], known(article)["date updated"]) == ("https://k.example/1", "2024-03-20")


NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf xml:lang="en"><head><docdata><doc-id id-string="NW-1"/>
<date.issue norm="20240319T100000Z"/></docdata><pubdata name="Northern Wire" position.section="World"/></head><body><body.head>
<hedline><hl1>The keeper of the gates</hl1><hl2>He left in protest</hl2></hedline><byline>By Lena Ashby</byline>
<distributor>Northern Wire</distributor><dateline><location>MARROWBY</location></dateline></body.head>
<body.content><p>{BODY[0]}</p><media><media-caption><p>The gates in May.</p></media-caption></media><p>{BODY[1]}</p>
<table><tr><td>40 homes</td></tr></table></body.content></body></nitf>"""
G2 = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:nw:1" xml:lang="fa"><itemMeta><versionCreated>2024-03-20T10:00:00Z</versionCreated>
</itemMeta><contentMeta><contentCreated>2024-03-19</contentCreated><creditline>Northern Wire</creditline><headline>بازار</headline>
<by>نادر پایاب</by><dateline>مهرکنار</dateline><language tag="fa"/></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{PERSIAN[0]}</p><blockquote><p>{PERSIAN[1]}</p></blockquote></body></html></inlineXML></contentSet></newsItem>"""


def test_an_item_in_nitf(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.xml", NITF).articles
    assert article.title == "The keeper of the gates"
    assert article.text.split("\n\n") == [
        "The keeper of the gates", "He left in protest", "By Lena Ashby", "MARROWBY", BODY[0], "The gates in May.", BODY[1], "40 homes"
    ]  # fmt: skip
    assert stretches(article, Kind.SUBHEAD) == ["He left in protest"]
    assert stretches(article, Kind.CAPTION) == ["The gates in May."]
    assert known(article)["database id"] == "NW-1"
    assert known(article)["date published"] == "2024-03-19"
    assert (known(article)["outlet"], known(article)["section"], known(article)["agency"]) == (
        "Northern Wire",
        "World",
        "Northern Wire",
    )


def test_an_item_in_newsml(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.xml", G2).articles
    assert article.text.split("\n\n") == ["بازار", "نادر پایاب", "مهرکنار", PERSIAN[0], PERSIAN[1]]
    assert known(article)["date published"] == "2024-03-19"
    assert known(article)["date updated"] == "2024-03-20"
    assert article.language == "fa"
    both = f"<newsMessage><itemSet>{G2}{G2.replace('بازار', 'دیگر')}<newsItem guid='p'/></itemSet></newsMessage>"
    reading = read(tmp_path, "b.xml", both)
    assert [each.title for each in reading.articles] == ["بازار", "دیگر"]
    assert "no text in this item" in reading.problems[0].message


def archive(*records: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """Return a web archive of responses: address, status, content type, payload."""
    parts = [b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"]
    for address, status, kind, payload in records:
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + payload
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-21T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        parts.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(map(gzip.compress, parts)) if packed else b"".join(parts)


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_the_pages_of_a_web_archive(tmp_path: Path, name: str, *, packed: bool) -> None:
    content = archive(
        ("https://courier.example/1", "200 OK", "text/html; charset=utf-8", page("First").encode()),
        ("https://courier.example/2", "200 OK", "text/html", page("دوم", PERSIAN, lang="fa").encode()),
        ("https://courier.example/3", "404 Not Found", "text/html", page("Third").encode()),
        ("https://courier.example/x.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://courier.example/4", "200 OK", "text/html", b"<html><body></body></html>"),
        packed=packed,
    )
    reading = read(tmp_path, name, content)
    assert [each.title for each in reading.articles] == ["First", "دوم"]
    first = reading.articles[0]
    assert (known(first)["url"], known(first)["date accessed"]) == ("https://courier.example/1", "2024-03-21")
    assert first.provenance.source == f"{name}, https://courier.example/1"
    (problem,) = reading.problems
    assert problem.message.startswith("https://courier.example/4: There is nothing")


def test_a_web_archive_that_ends_too_soon_or_holds_no_pages(tmp_path: Path) -> None:
    content = archive(*[(f"https://c.example/{n}", "200 OK", "text/html", page(f"No {n}").encode()) for n in range(3)])
    reading = read(tmp_path, "a.warc.gz", content[: len(content) - 300])
    assert len(reading.articles) >= 2
    with pytest.raises(UnreadableError, match="no web pages"):
        read(tmp_path, "b.warc.gz", archive(("https://c.example/x", "200 OK", "image/png", b"x")))


def test_cancelling_within_one_file_keeps_what_was_read(tmp_path: Path) -> None:
    content = archive(*[(f"https://c.example/{n}", "200 OK", "text/html", page(f"No {n}").encode()) for n in range(6)])
    (tmp_path / "a.warc.gz").write_bytes(content)
    seen: list[str] = []
    result = draft(
        [tmp_path],
        {},
        progress=lambda _done, _total, name: seen.append(name),
        cancelled=lambda: "a.warc.gz: 3 articles" in seen,
    )
    assert result.cancelled
    assert [each.title for each in result.articles] == ["No 0", "No 1", "No 2"]
    assert seen == ["a.warc.gz", "a.warc.gz: 1 article", "a.warc.gz: 2 articles", "a.warc.gz: 3 articles", ""]


def test_an_agency_item_as_json(tmp_path: Path) -> None:
    told = {
        "uri": "urn:item:7",
        "language": "en-GB",
        "firstcreated": "2024-03-19T10:00:00Z",
        "versioncreated": "2024-03-20T08:00:00Z",
        "byline": "By Léna Ashby",
        "located": "MARROWBY",
    }
    old = {
        **told,
        "headline": "The gates",
        "body_xhtml": f"<div><p>{BODY[0]}</p><p>{BODY[1]}</p></div>",
        "body_text": "x",
    }
    new = {
        **told,
        "headlines": [{"role": "sub", "value": "No"}, {"role": "main", "value": "The gates"}],
        "bodies": [{"contenttype": "text/plain", "value": f"{BODY[0]}\n\n{BODY[1]}"}],
    }
    for item in (old, new):
        (article,) = read(tmp_path, "a.json", json.dumps(item)).articles
        assert article.provenance.importer == "ninjs"
        assert article.text.split("\n\n") == ["The gates", "By Léna Ashby", BODY[0], BODY[1]]
        found = known(article)
        assert (found["byline"], found["date published"], found["date updated"]) == (
            "Léna Ashby",
            "2024-03-19",
            "2024-03-20",
        )
        assert (found["database id"], found["dateline"], article.language) == ("urn:item:7", "MARROWBY", "en")
    with pytest.raises(UnreadableError, match="no text in this item"):
        read(tmp_path, "b.json", json.dumps({**told, "body_text": " "}))
    rows = [{"uri": "1", "body_text": " ".join(BODY)}, {"uri": "2", "body_text": " ".join(reversed(BODY))}]
    assert len(read(tmp_path, "c.json", json.dumps(rows)).articles) == 2  # several are a table

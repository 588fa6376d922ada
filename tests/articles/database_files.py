"""Exports as Factiva and ProQuest write them, made up."""

FIELDS = [
    ("SE", ["Foreign Desk"]), ("HD", ["Minister denies closing harbour {n}"]), ("BY", ["By Ana Example"]),
    ("WC", ["692 words"]), ("PD", ["19 March 2010"]), ("ET", ["08:15"]), ("SN", ["The Example Times"]), ("SC", ["EXT"]),
    ("ED", ["Late Edition"]), ("PG", ["4"]), ("LA", ["English"]),
    ("CY", ["Copyright 2010 The Example Times. All Rights Reserved."]),
    ("LP", ["OSLO -- The minister denied on Friday that harbour {n} had been closed."]),
    ("TD", ["“It was open,” he said.", "In the evening ships were seen to leave the harbour."]),
    ("CO", ["exhrb : Example Harbour Inc."]), ("NS", ["gpol : Domestic Politics"]), ("RE", ["norw : Norway"]),
    ("AN", ["Document {an}"]),
]  # fmt: skip


def accession(number: int) -> str:
    return f"EXT0000020100319e63j{number:05}"


def _filled(text: str, number: int) -> str:
    return text.format(n=number, an=accession(number))


def factiva_coded_html(count: int) -> str:
    """Return a page as Factiva saves it with “Full Article/Report plus Indexing”."""
    articles = []
    for number in range(1, count + 1):
        rows = "".join(
            f'<tr><td class="index" align="right" valign="top"><b>{code}</b>&nbsp;</td><td>'
            + "".join(f'<p class="articleParagraph enarticleParagraph">{_filled(line, number)}</p>' for line in lines)
            + "</td></tr>"
            for code, lines in FIELDS
        )
        articles.append(f'<div class="article enArticle"><table cellpadding="2">{rows}</table></div><br/>')
    return f"<html><head><title>Factiva</title></head><body>{''.join(articles)}</body></html>"


def factiva_html(count: int) -> str:
    """Return a page as Factiva saves it without indexing."""
    articles = [
        f"""<div id="article-{accession(number)}" class="article"><div class="article enArticle"><p>
<div id="hd"><span class='enHeadline'>
Minister denies closing harbour {number}
</span>
</div><div class="author">
By Ana Example.
</div><div>1,692 words</div><div>19 March 2010</div><div>08:15</div><div>The Example Times</div><div>EXT</div>
<div>Late Edition</div><div>4</div><div>English</div><div>(c) 2010 The Example Times. All Rights Reserved.</div>
</p>
<p class="articleParagraph enarticleParagraph">
OSLO -- The minister denied on Friday that harbour {number} had been closed.
</p>
<p class="articleParagraph enarticleParagraph">
“It was open,” he said. In the evening ships were seen to leave the harbour.
</p>
<p>Document {accession(number)}</p></div></div><br/><span></span>"""
        for number in range(1, count + 1)
    ]
    return f"<html><head><title>Factiva</title></head><body>{''.join(articles)}</body></html>"


def factiva_rtf(count: int) -> bytes:
    """Return a rich text document as Factiva saves it: a table of two columns for each article."""
    from tests.articles.nexis_file import rtf_words  # noqa: PLC0415 - it needs python-docx

    out = bytearray(b"{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Arial;}}\n")
    for number in range(1, count + 1):
        for code, lines in FIELDS:
            content = b"\\par ".join(rtf_words(_filled(line, number)) for line in lines)
            out += b"\\trowd\\cellx900\\cellx9000\\pard\\intbl{\\b %s}\\cell\\pard\\intbl %s\\cell\\row\n" % (
                code.encode(),
                content,
            )
        out += b"\\pard\\par\\page\n"
    out += b"\\pard Search Summary\\par Text\\tab harbour\\par}"
    return bytes(out)


RULER = "_" * 60


def proquest_text(count: int, *, said: int | None = None) -> str:
    """Return a text file as ProQuest saves it."""
    parts = [RULER, "", "Report Information from ProQuest", "March 26 2010 10:00", "", RULER, ""]
    for number in range(1, count + 1):
        parts += [f"Document {number} of {count if said is None else said}", "", *_proquest(number), RULER, ""]
    parts += ["Contact us at: http://www.example.org/go/contact", "Copyright © 2010 ProQuest LLC. All rights reserved."]
    return "\r\n".join(parts)


def _proquest(number: int) -> list[str]:
    return [
        f"Minister denies closing harbour {number}", "", "Author: Example, Ana. ", "",
        f"http://search.example.org/docview/{number}?accountid=1", "", "Abstract: The minister denied it.", "",
        f"Full text: OSLO - The minister denied on Friday that harbour {number} had been closed.", "",
        "“It was open,” he said. Title: that was no title.", "", "In the evening ships were seen to leave.", "",
        "Credit: Foreign correspondent", "", "Subject: Harbours; Ministers; ", "", "Location: Norway", "",
        f"Title: Minister denies closing harbour {number}", "", "Publication title: The Example Times; Oslo", "",
        "First page: A.4", "", "Publication year: 2010", "", "Publication date: Mar 19, 2010", "", "Section: Foreign", "",
        "Publisher: Example Press", "", "Country of publication: Norway", "", "ISSN: 12345678", "",
        "Source type: Newspapers", "", "Language of publication: English", "", "Document type: News", "",
        f"ProQuest document ID: {800000 + number}", "", f"Document URL: http://search.example.org/docview/{number}", "",
        "Copyright: (Copyright Example Press 2010)", "", "Last updated: 2010-07-01", "", "Database: Newsstream", "",
    ]  # fmt: skip


def proquest_html(count: int) -> str:
    """Return a page as ProQuest saves it."""
    articles = []
    for number in range(1, count + 1):
        lines = [line for line in _proquest(number) if line]
        text = "".join(
            f"<p>{line}</p>"
            if ": " not in line[:30]
            else f"<p><strong>{line.partition(':')[0]}: </strong>{line.partition(': ')[2]}</p>"
            for line in lines
        )
        articles.append(f'<div style="display:block"><a name="{number}"></a>{text}<hr/></div>')
    return f"<!DOCTYPE html><html><head><title>ProQuest</title></head><body>{''.join(articles)}</body></html>"

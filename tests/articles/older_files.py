"""Exports in the shapes in which public examples of them are, made up: older LexisNexis, Factiva and ProQuest."""

_BODY = """The harbour master denied on Friday that bridge {n} had been closed to ships.
He said that nobody had asked him, and that he would have known of it, being
the one who opens it.

Fishermen said that they had waited for three hours.

NOTE: this is a sentence with a colon that belongs to the text.

UPDATE: The bridge has been open since noon."""
_WRAPPED = """
                               {n} of {m} DOCUMENTS



                               The Example Times (Oslo)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Harbour master denies that bridge {n} was closed, and says that he was never
asked about it

BYLINE: Ana Example

SECTION: NEWS; Pg. 6

LENGTH: 677 words


{body}

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH

GRAPHIC: Ships before the bridge on Friday

PUBLICATION-TYPE: Newspaper

JOURNAL-CODE: EXT


                    Copyright 2010 EXAMPLE NEWSPAPERS LTD
                              All Rights Reserved
"""


def lexis_text(*numbers: int) -> str:
    """Return a text file of the older LexisNexis with the documents of these numbers."""
    cover = "\n\n\nDownload Request: Selected Items: 1-3\nTime Of Request: Friday, March 20, 2018  16:51:31\n\nTerms: (bridge)\n\n"
    return cover + "\n".join(
        _WRAPPED.format(n=number, m=max(numbers), body=_BODY.format(n=number)) for number in numbers
    )


def lexis_with_rights_above(wrapped: bool) -> list[str]:
    """Return the lines of an older export that names headline and text, wrapped as a text file or as a document has them."""
    gap = [""] if wrapped else []
    rights = [
        "     Copyright 2015 Example.Newspapers Interactive Company, LLC d/b/a",
        "   Example Digital",
        "  All Rights Reserved",
    ]
    body = [
        "It was not yet nine, and the bridge was open. The harbour master had a long",
        "history of opening it early.",
    ]
    lines = [
        ["Download Request: All Documents: 1-161"], ["1 of 161 DOCUMENTS"], rights if wrapped else [" ".join(rights[:2]), rights[2]],
        ["The Example Post"], ["July 1, 2015 Wednesday", "Met 2 Edition"], ["SECTION: A-SECTION; Pg. A01"],
        ["LENGTH: 3362 words"], ["HEADLINE: BRIDGES, and who opens them"], ["BYLINE: Ana Example;Ben Example"], ["BODY:"],
        body if wrapped else [" ".join(body)], ["NAME: it has none."], ["LOAD-DATE: July 1, 2015"], ["LANGUAGE: ENGLISH"],
        ["DISTRIBUTION: Every Zone"], ["PUBLICATION-TYPE: Newspaper"],
    ]  # fmt: skip
    return [line for group in lines for line in (*group, *gap)]


def _cell(words: str, place: str = "c5") -> str:
    return f'<BR><DIV CLASS="{place}"><P CLASS="c6"><SPAN CLASS="c2">{words}</SPAN></P>\n</DIV>\n'


def _field(name: str, words: str) -> str:
    spans = f'<SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{words}</SPAN>'
    return f'<BR><DIV CLASS="c5"><P CLASS="c6">{spans}</P>\n</DIV>\n'


def _text(*paragraphs: str) -> str:
    return (
        f'<BR><DIV CLASS="c5">{"".join(f"<P CLASS=c9><SPAN CLASS=c2>{each}</SPAN></P>" for each in paragraphs)}</DIV>\n'
    )


def lexis_page() -> str:
    """Return a page of the older LexisNexis: an English article, with a correction, and a French one."""
    english = [
        _cell("2001 of 2146 DOCUMENTS", "c0"), _cell("The Example Times", "c3"),
        _cell('</SPAN><SPAN CLASS="c4">January</SPAN><SPAN> 28, 1993, Tuesday, Late Edition - Final<BR>Correction Appended', "c3"),
        _cell("Bridge is open;<BR>Ships pass again"), _field("BYLINE", "By ANA EXAMPLE"),
        _field("SECTION", "Section B; Page 22, Column 2; National Desk"), _field("LENGTH", "121 words"),
        _text("The bridge has been open since noon, the harbour master said.",
              '&quot;It was never closed,&quot; said somebody else, </SPAN><SPAN CLASS="c4">a fisherman</SPAN><SPAN> of Oslo.'),
        _field("LOAD-DATE", "January 28, 1993"), _field("LANGUAGE", "ENGLISH"),
        _field("CORRECTION-DATE", "January 29, 1993, Wednesday"), _field("CORRECTION", "<BR>"),
        _text("The bridge was built in 1920, not in 1930."), _field("GRAPHIC", "Diagram: how the bridge opens"),
        _cell("Copyright 1993 The Example Company", "c3"),
    ]  # fmt: skip
    french = [
        _cell("2002 of 2146 DOCUMENTS", "c0"), _cell("<IMG SRC='logo.gif' ALT='logo'><BR>Le Journal d'exemple", "c0"),
        _cell("14 October 2013 Thursday", "c3"), _cell("Le pont est ouvert, dit le maître du port"),
        _field("AUTEUR", "Ana Exemple"), _field("RUBRIQUE", "ECONOMIE; Pg. 6"), _field("LONGUEUR", "70 mots"),
        _field("ENCART", "Les bateaux passent de nouveau"),
        _text("Le pont est ouvert depuis midi, a dit le maître du port.", "Les pêcheurs ont attendu trois heures."),
        _field("SUJET", "ÉNERGIE (90%); PORTS (89%)"), _field("SYMBOLE-BOURSIER", "EXE (FRA) (85%)"),
        _field("DATE-CHARGEMENT", "13 September 2013"), _field("LANGUE", "FRENCH; FRANÇAIS"),
        _cell("Copyright 2013 Exemple<BR>Tous Droits Réservés", "c0"),
    ]  # fmt: skip
    return f"<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>{''.join((*english, *french))}</BODY></HTML>"


def factiva_french_page() -> str:
    """Return a coded page of Factiva in French, with codes of a group of papers, and a paragraph that is two letters."""
    rows = [
        ("SE", "Infolocale"), ("HD", "<b class='frHeadline'>Les bateaux passent</b>\n"), ("WC", "65 mots"),
        ("PD", "29 décembre 2011"), ("ET", "15:32"), ("SN", "Ouest Exemple"), ("SC", "OUEXE"),
        ("NGC", "Le Groupe d'exemple"), ("GC", "CTGEXE"), ("ED", "Rennes"), ("LA", "Français"),
        ("CY", "Ouest Exemple 2011.   "), ("LP", "<p>Les bateaux passent de nouveau sous le pont.</p>"),
        ("TD", "<p>Ils ont attendu, l'un</p>\n<p>ET</p>\n<p>l'autre.</p>"), ("RF", "<br/>FRANCE-EXEMPLE"),
        ("PUB", "<br/>Exemple Limited"), ("AN", "<br/>Document OUEXE00020111229e7ct0015j"),
    ]  # fmt: skip
    table = "".join(
        f'<tr><td align="right" valign="top" class="index"><b>{code}</b>&nbsp;</td><td>{words}</td></tr>'
        for code, words in rows
    )
    head = "<table><tr><td class='factivalogo'><h1>Factiva</h1></td><td><span>Dow Jones</span></td></tr></table>"
    article = f'<div class="article frArticle"><table>{table}</table><br/></div>'
    foot = "<div id='pageFooter'><span class='copyright'>&copy; 2011 Factiva, Inc. Tous droits réservés.</span></div>"
    return f"<html><head><title>Factiva</title></head><body>{head}{article}{foot}</body></html>"


def proquest_nested_page(count: int) -> str:
    """Return a page of ProQuest in which the text is a document of its own within a paragraph."""
    return "\n".join(_proquest_nested(number) for number in range(1, count + 1))


def _proquest_nested(number: int) -> str:
    fields = [
        ("Subject", "Harbours; Acquisitions &amp; mergers"), ("Business indexing term", "Subject: Harbours"),
        ("Publication title", "Example Times; Oslo"), ("Pages", "AA.2"), ("Publication date", "May 8, 2010"),
        ("Language of publication", "English"), ("ProQuest document ID", f"25143997{number}"),
        ("Document URL", f'<a href="https://search.example.com/{number}">https://search.example.com/{number}</a>'),
        ("Database", "Example Dailies"),
    ]  # fmt: skip
    after = "".join(f"<p><strong>{name}: </strong>{words}</p>\n" for name, words in fields)
    return f"""<div><a name="DocID_{number}"></a><p></p>
<p style="font-weight:bold;">Harbour expands again; It buys bridge number {number}.</p>
<p><strong>Author:  </strong>Example, Ana</p>
<p><strong>Publication info:  </strong>Example Times ; Oslo [Oslo]08 May 2010: AA.2.</p>
<p><a href="https://search.example.com/{number}">ProQuest document link</a></p>
<p><strong>Abstract:  </strong></p>
<p>With 3,000 employees, the harbour has no plans to change anything, the harbour master said of the bridge.</p>
<div><strong>Links: </strong><a href="http://example.org:8888/sfx">eLinks</a></div>
<p><strong>Full text: </strong><text wordcount="239"><meta name="ValidationSchema" content="x"><title></title>
<p>The harbour got a little bigger late on Friday by buying bridge number {number}.</p>   <p>Nobody was asked, fishermen said.</p></text></p>
{after}</div>"""


def proquest_lines(count: int, said: int) -> str:
    """Return a text file of ProQuest in which a line is a paragraph, and a caption is the last of them."""
    ruler = "_" * 60
    return f"{ruler}\n\n".join(("", *(_proquest_lines(number, said) for number in range(1, count + 1)), ""))


def _proquest_lines(number: int, said: int) -> str:
    address = f"https://example.org/login?url=https://www.example.com/docview/310739662{number}/se-2"
    lines = [
        f"Document {number} of {said}", f"If the harbour wants to move ships, it should open bridge {number}", address,
        "Abstract: None available.", "Links: https://example.org/openurl?institution=X&amp;vid=Y",
        ("Full text: For harbour masters, there is an art to avoiding questions in a way that makes it appear that one answers.\n"
        f"On Friday three reporters asked him about bridge {number}.\nWith files from Ben Example\n"
        f"CAPTION: Ships before bridge {number} in the morning."),
        "Business indexing term: Subject: Harbours", f"Title: If the harbour wants to move ships, it should open bridge {number}",
        "Publication title: The Example Spectator (Online); Oslo", "Publication date: Sep 20, 2024",
        "Section: opinion/columnists", "Language of publication: English", f"ProQuest document ID: 310739662{number}",
        f"Document URL: {address}", "Last updated: 2024-09-22", "Database: Example Collection", "",
    ]  # fmt: skip
    return "\n\n".join(lines)

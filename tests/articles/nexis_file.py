"""Exports as Nexis Uni writes them, made up: as paragraphs, as DOCX, as RTF."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Words:
    """What the interface's language makes of the names."""

    documents: str
    end: str
    body: str
    section: str
    length: str
    words: str
    byline: str
    dateline: str
    highlight: str
    graphic: str
    load: str
    date: str
    load_date: str
    language: str


ENGLISH = Words("Documents", "End of Document", "Body", "Section", "Length", "words", "Byline", "Dateline", "Highlight",
                "Graphic", "Load-Date", "March 19, 2010 Friday", "March 20, 2010", "en")  # fmt: skip
GERMAN = Words("Dokumente", "Ende des Dokuments", "Volltext", "Rubrik", "Länge", "Wörter", "Autor", "Ortsangabe",
               "Hervorhebung", "Grafik", "Ladedatum", "19. März 2010 Freitag", "20. März 2010", "de")  # fmt: skip
FRENCH = Words("Documents", "Fin du document", "Corps", "Rubrique", "Longueur", "mots", "Auteur", "Lieu", "Encadré",
               "Graphique", "Date de chargement", "vendredi 19 mars 2010", "20 mars 2010", "fr")  # fmt: skip
SPANISH = Words("Documentos", "Fin del documento", "Cuerpo", "Sección", "Longitud", "palabras", "Autor", "Lugar",
                "Destacado", "Gráfico", "Fecha de carga", "19 de marzo de 2010 viernes", "20 de marzo de 2010", "es")  # fmt: skip


def title(number: int) -> str:
    return f"Minister denies closing harbour number {number}"


def paragraphs_of_article(number: int, words: Words = ENGLISH, body: Sequence[str] = ()) -> list[str]:
    """Return the paragraphs of one article with its end; the name of a field is followed by a no-break space."""
    body = body or [f"The minister denied on Friday that harbour {number} had been closed.", "“It was open,” he said."]
    return [
        title(number), "The Example Times", words.date, "Late Edition - Final", "",
        "Copyright 2010 The Example Times Company All Rights Reserved", "",
        f"{words.section}:\u00a0Section A; Column 0; Foreign Desk; Pg. 4",
        f"{words.length}:\u00a0692 {words.words}", f"{words.byline}:\u00a0By ANA EXAMPLE", f"{words.dateline}:\u00a0OSLO",
        f"{words.highlight}:\u00a0He says that it was open.", words.body, "", *body, "",
        words.graphic, "", "PHOTO: The harbour.", "", f"{words.load}:\u00a0{words.load_date}", "", words.end, "",
    ]  # fmt: skip


def paragraphs(count: int, words: Words = ENGLISH, *, counted: int | None = None) -> list[str]:
    """Return the paragraphs of a file: a cover page that counts and lists, then the articles."""
    cover = ["Date and Time: \tFriday, March 26, 2010 10:00:00 AM CET", "Job Number: \t12345678", "",
             f"{words.documents} ({count if counted is None else counted})"]  # fmt: skip
    for number in range(1, count + 1):
        cover += [
            f"{number}. {title(number)}",
            "Client/Matter: -None-",
            "Search Terms: harbour",
            "Search Type: Natural Language",
        ]
        cover += ["Narrowed by:", "Content Type\tNarrowed by", "News\t-None-"]
    return cover + [line for number in range(1, count + 1) for line in paragraphs_of_article(number, words)]


def as_docx(lines: Sequence[str]) -> bytes:
    """Return a Word document of the paragraphs, titles linked as Nexis links them."""
    document = docx.Document()
    links = {title(number): number for number in range(1, 1001)}
    for line in lines:
        if line in links:
            _add_link(document.add_paragraph(), line, links[line])
        else:
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def address(number: int) -> str:
    return f"https://advance.example.org/api/document?collection=news&id=urn:contentItem:7Y3F-{number:04}-00000-00"


def _add_link(paragraph, text, number):
    key = paragraph.part.relate_to(address(number), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    link.append(run)
    paragraph._p.append(link)


def as_rtf(lines: Sequence[str]) -> bytes:
    """Return a rich text document of the paragraphs."""
    return (
        b"{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Arial;}}\n"
        + b"".join(b"\\pard " + rtf_words(line) + b"\\par\n" for line in lines)
        + b"}"
    )


def rtf_words(text: str) -> bytes:
    """Return words as RTF writes them: what is not ASCII as UTF-16 units."""
    out = bytearray()
    for letter in text:
        if letter in "\\{}":
            out += b"\\" + letter.encode()
        elif letter == "\t":
            out += b"\\tab "
        elif letter < "\x80":
            out += letter.encode()
        else:
            units = letter.encode("utf-16-le")
            for place in range(0, len(units), 2):
                out += b"\\u%d?" % int.from_bytes(units[place : place + 2], "little", signed=True)
    return bytes(out)

"""A message (EML) -> article: subject, sender, date, and its words; what it quotes is marked as furniture."""

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from annotator.articles.databases import read_pieces
from annotator.articles.encoding import decode
from annotator.articles.reading import Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.articles.web import Origin, page_of
from annotator.model.article import BlockKind, Metadatum

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_QUOTED = re.compile(r"\s*>")


def read_eml(source: Source) -> Reading:
    """Return the article that a message holds: its plain text where there is one, else its HTML.

    Raises:
        UnreadableError: it has neither.
    """
    message = message_from_bytes(source.read(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = [part for kind in ("plain", "html") if (part := message.get_body((kind,))) is not None]
    texts = [(part.get_content_type(), *part_text(part)) for part in parts]
    kind, text, how = next((each for each in texts if each[1].strip()), ("", "", ""))
    if not text:
        raise UnreadableError("This message has no text in it, only attachments. Save those and add them.")
    subject = header(message, "subject")
    pieces = [Piece(subject, BlockKind.HEADLINE)] if subject else []
    if kind == "text/html":
        pieces += page_of(text, Origin(importer="eml"), whole=False).pieces
    else:
        pieces += map(_piece, _PARAGRAPHS.split(text.replace("\r\n", "\n")))
    return read_pieces(source, Page(tuple(pieces), "eml", subject, _metadata(message), encoding=how))


def _piece(paragraph: str) -> Piece:
    return Piece(paragraph, BlockKind.FURNITURE if _QUOTED.match(paragraph) else None)


def part_text(part: MIMEPart) -> tuple[str, str]:
    """Return the text of a part of a message, and how it was decoded: as it says, or as it proves to be."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    said = part.get_content_charset() or ""
    try:
        return data.decode(said or "utf-8"), said.upper() or "UTF-8"
    except (LookupError, UnicodeDecodeError):
        decoded = decode(data)
        return decoded.text, decoded.how


def header(message: EmailMessage, name: str) -> str:
    """Return a header's words on one line, or nothing where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, ValueError, IndexError, AttributeError, OverflowError):
        # The standard library trips over some headers that spam is full of.
        return ""


def _metadata(message: EmailMessage) -> tuple[Metadatum, ...]:
    found: list[Metadatum] = []
    sender = header(message, "from")
    if sender:
        name = re.sub(r"\s*<[^>]*>", "", sender).strip(' "') or sender
        found.append(Metadatum("byline", name, sender if name != sender else ""))
    date = header(message, "date")
    if date:
        try:
            found.append(Metadatum("date published", parsedate_to_datetime(date).date().isoformat(), date))
        except (ValueError, OverflowError):
            found.append(Metadatum("date published", "", date))
    return tuple(found)

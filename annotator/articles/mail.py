"""Messages (EML, mbox) -> articles: subject, sender, date, and words; what they quote is marked as furniture."""

import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from annotator.articles.databases import read_pieces
from annotator.articles.encoding import decode
from annotator.articles.reading import NewArticle, Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError, too_large, too_many
from annotator.articles.web import Origin, page_of
from annotator.model.article import BlockKind, Metadatum
from annotator.model.problem import Problem

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_QUOTED = re.compile(r"\s*>")
_ESCAPED = re.compile(rb">+From ")


def read_eml(source: Source) -> Reading:
    """Return the article that a message holds: its plain text where there is one, else its HTML.

    Raises:
        UnreadableError: it has neither.
    """
    return read_pieces(source, _page(source.read()))


def read_mbox(source: Source) -> Reading:
    """Return the articles of a mailbox, a message each; one without text is a problem.

    Raises:
        UnreadableError: it is no mailbox, or there is not one message in it.
    """
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    with closing(_messages(source)) as messages:
        for number, data in enumerate(messages, 1):
            if source.cancelled():
                break
            if len(articles) >= source.limits.articles:
                problems.append(source.problem(too_many(len(articles))))
                break
            if len(data) > source.limits.member:
                problems.append(source.problem(f"Message {number:,}: {too_large(len(data), source.limits.member)}"))
                continue
            try:
                page = replace(_page(data), importer="mbox", name=f"{source.name}, message {number:,}")
                articles.extend(read_pieces(source, page).articles)
            except UnreadableError as error:
                problems.append(source.problem(f"Message {number:,}: {error}"))
            source.told(len(articles))
    if not articles and not problems and not source.cancelled():
        raise UnreadableError("There are no messages in this mailbox.")
    return Reading(tuple(articles), tuple(problems))


def _messages(source: Source) -> Generator[bytes, None, None]:
    """Yield the messages of a mailbox: each begins behind a line ``From …`` that follows an empty one."""
    lines: list[bytes] = []
    size, is_inside, was_empty = 0, False, True
    with source.open() as file:
        for line in file:
            if was_empty and line.startswith(b"From "):
                if is_inside:
                    yield b"".join(lines)
                lines, size, is_inside = [], 0, True
            elif is_inside and size <= source.limits.member:
                # What begins like that within a message was written with a bracket before it.
                lines.append(line[1:] if _ESCAPED.match(line) else line)
                size += len(line)
            was_empty = not line.strip()
    if is_inside:
        yield b"".join(lines)


def _page(data: bytes) -> Page:
    """Return what a message says.

    Raises:
        UnreadableError: it has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
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
    return Page(tuple(pieces), "eml", subject, _metadata(message), encoding=how)


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

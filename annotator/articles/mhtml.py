"""A page saved with its pictures in one file (MHTML, MHT) -> article: the first page in the message."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from annotator.articles.databases import read_pieces
from annotator.articles.mail import header
from annotator.articles.reading import Reading
from annotator.articles.source import Source, UnreadableError, too_large
from annotator.articles.web import Origin, decode_page, page_of

_LARGEST = 100_000_000
"""Bytes: such a file carries the page's pictures, which are not looked at."""


def read_mhtml(source: Source) -> Reading:
    """Return the article on the page that a browser saved.

    Raises:
        UnreadableError: there is no page in it, or it is too large.
    """
    message = message_from_bytes(source.read(_LARGEST), policy=policy.default)
    assert isinstance(message, EmailMessage)
    part = next((each for each in message.walk() if each.get_content_type() in _PAGES), None)
    payload = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(payload, bytes) or not payload:
        raise UnreadableError("There is no page in this file. Save the page again, or save it as HTML.")
    if len(payload) > source.limits.largest:
        raise UnreadableError(too_large(len(payload), source.limits.largest))
    decoded = decode_page(payload, part.get_content_charset() or "")
    places = (header(message, "snapshot-content-location"), str(part.get("content-location", "")))
    address = next((place for place in places if place.startswith("http")), "")
    origin = Origin(url=address, accessed=header(message, "date"), importer="mhtml")
    return read_pieces(source, page_of(decoded.text, origin, encoding=decoded.how))


_PAGES = ("text/html", "application/xhtml+xml")

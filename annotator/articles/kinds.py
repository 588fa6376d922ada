"""What a file is that is not plain text."""

import re

from annotator.articles.encoding import wide_encoding

_SAMPLE = 65_536
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"PK\x03\x04", "a Word or OpenDocument file, or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document or another Office file"),
    (b"SQLite format 3\x00", "a database (an Annotator project is opened, not added)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x7f]")
_TOO_MANY = 100
"""One control in so many bytes: text has none, or a few strays."""


def foreign_kind(data: bytes) -> str:
    """Return what `data` is, with its article ("a PDF"), where it is not plain text; else an empty string."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    sample = data[:_SAMPLE]
    if _WEB_PAGE.match(sample[:4096]):
        return "a web page (HTML)"
    if sample.startswith(_MARKS) or wide_encoding(sample):
        return ""
    controls = len(_CONTROLS.findall(sample))
    return "a binary file" if controls * _TOO_MANY > len(sample) else ""

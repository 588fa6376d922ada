"""What kind of file something is: by its content, then by its name."""

import re

from annotator.articles.archive import Members
from annotator.articles.encoding import wide_encoding
from annotator.articles.source import Source, UnreadableError

_SAMPLE = 65_536
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"WARC/", "warc"),
    (b"PAR1", "parquet"),
)
_FOREIGN = (
    (b"SQLite format 3\x00", "a database (an Annotator project is opened, not added)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_KINDS = {
    ".xls": "xls",
    ".doc": "an old Word document (DOC); save it as DOCX and add that",
    ".msg": "an Outlook message (MSG); save it as EML or text and add that",
    ".docx": "protected by a password; save it without one and add that",
    ".docm": "protected by a password; save it without one and add that",
    ".xlsx": "protected by a password; save it without one and add that",
    ".ppt": "an old PowerPoint file; save its text and add that",
}
_INSIDE = (
    ("word/document.xml", "docx"),
    ("word/document2.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("META-INF/container.xml", "epub"),
    ("ppt/presentation.xml", "a PowerPoint file; save its text and add that"),
)
_MIMETYPES = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MIMETYPE = re.compile(rb"mimetype([\x21-\x7e]{1,80})PK", re.DOTALL)
_PROLOG = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(_PROLOG + rb"<(?:[\w.-]+:)?([\w.-]+)", re.IGNORECASE | re.DOTALL)
_ROOTS = {
    b"html": "html",
    b"rss": "feed",
    b"rdf": "feed",
    b"feed": "feed",
    b"newsitem": "newsml",
    b"newsmessage": "newsml",
    b"packageitem": "newsml",
    b"newsml": "newsml",
    b"nitf": "nitf",
}
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
_MAILBOX = re.compile(rb"From \S+[^\n]*\d{4}[^\n]*\r?\n[!-9;-~]+:")
_NINJS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{(?=[^\[{]{0,400}\"(?:uri|versioncreated|pubstatus)\"\s*:)")
_NINJS_BODY = re.compile(rb"\"(?:body_(?:text|x?html)|bodies)\"\s*:")
_HEADER_NAMES = re.compile(rb"(?im)^(from|to|subject|date|message-id|mime-version|received|content-type|return-path):")
_SAVED_PAGE = re.compile(rb"(?im)^(snapshot-content-location:|from: <saved by |content-type:\s*multipart/related)")
_BY_NAME = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".eml": "eml",
    ".mbox": "mbox",
}
_TEXTS = frozenset({"", ".txt", ".text", ".md"})
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x7f]")
_TOO_MANY = 100
"""One control in so many bytes: text has none, or a few strays."""


def kind_of(source: Source) -> str:
    """Return the kind of a file, a key of `readers.READERS` where there is a reader for it.

    Raises:
        UnreadableError: it is a picture, a program …, or it cannot be read at all.
    """
    sample = source.head(_SAMPLE)
    for magic, kind in _MAGIC:
        if sample.startswith(magic):
            return _inside(source, sample) if kind == "zip" else kind
    if sample.startswith(b"\x1f\x8b") and source.name.lower().endswith(".warc.gz"):
        return "warc"
    if sample.startswith(_COMPOUND):
        kind = _COMPOUND_KINDS.get(source.suffix, "an old Word document or another Office file; save it as DOCX")
        if " " in kind:
            raise UnreadableError(f"This is {kind}.")
        return kind
    foreign = next((words for magic, words in _FOREIGN if sample.startswith(magic)), "")
    if foreign:
        raise UnreadableError(f"This is {foreign}, not an article. Save its text as a .txt file and add that.")
    kind = _written(sample, source.suffix)
    if not kind:
        raise UnreadableError("This is a binary file, not an article. Save its text as a .txt file and add that.")
    return kind


def _written(sample: bytes, suffix: str) -> str:
    """Return the kind of something that may be text, or nothing."""
    wide = "" if sample.startswith(b"\xef\xbb\xbf") else _wide(sample)
    if wide:
        # Looked at as ASCII: tags and header names are.
        sample = sample.decode(wide, "replace").encode("ascii", "replace").lstrip(b"?")
    named = _BY_NAME.get(suffix, "")
    controls = len(_CONTROLS.findall(sample))
    if controls * _TOO_MANY > len(sample):
        return ""
    marked = _marked_up(sample, suffix)
    if marked:
        return marked
    if suffix in (".json", ".ninjs") and _NINJS_BODY.search(sample) and _NINJS.match(sample):
        return "ninjs"
    if _MAILBOX.match(sample) and suffix not in _TEXTS:
        return "mbox"
    header = _HEADER.match(sample)
    if header and suffix not in _TEXTS:
        names = {found.lower() for found in _HEADER_NAMES.findall(header[0])}
        if _SAVED_PAGE.search(header[0]) and named != "eml":
            return "mhtml"
        if named in ("eml", "mhtml") or len(names) >= 3:
            return named or "eml"
    elif header and _SAVED_PAGE.search(header[0]) and b"\nMIME-Version:" in header[0]:
        return "mhtml"
    return named or "text"


def _marked_up(sample: bytes, suffix: str) -> str:
    if _WEB_PAGE.match(sample[:4096]):
        # A text that begins with an angle bracket is not yet a page.
        tag = re.search(rb"<(\w+)", sample[:4096])
        if (
            suffix not in _TEXTS
            or (tag and tag[1].lower() in (b"html", b"head", b"body"))
            or b"<!doctype" in sample[:4096].lower()
        ):
            return "html"
    root = _ROOT.match(sample)
    kind = _ROOTS.get(root[1].lower(), "") if root else ""
    if kind and (kind != "html" or not _XML.match(sample) or b"html" in sample[:4096].lower()):
        return kind
    if _XML.match(sample) and suffix not in _TEXTS:
        raise UnreadableError(
            "This is an XML file of a kind that is not known here (NewsML-G2, NITF, RSS, Atom and XHTML are). "
            "Save its text as a .txt file and add that."
        )
    return ""


def _wide(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return wide_encoding(sample)


def _inside(source: Source, sample: bytes) -> str:
    found = _MIMETYPE.match(sample[30:200])
    if found:
        kind = _MIMETYPES.get(found[1].decode("ascii"), "")
        if kind:
            return kind
    with Members(source) as members:
        if "mimetype" in members and members.size("mimetype") <= 100:
            kind = _MIMETYPES.get(members.read("mimetype").decode("ascii", "replace").strip(), "")
            if kind:
                return kind
        kind = next((kind for name, kind in _INSIDE if name in members), "zip")
    if " " in kind:
        raise UnreadableError(f"This is {kind}.")
    return kind

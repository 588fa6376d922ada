"""An e-book (EPUB) -> articles: one a chapter, in the order in which they are read. Newspapers come as these, too."""

import posixpath
from dataclasses import replace
from urllib.parse import unquote

from annotator.articles.archive import Members
from annotator.articles.compose import compose
from annotator.articles.dates import read_date
from annotator.articles.markup import local_name, parse_xml, words
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.articles.web import Origin, decode_page, page_of
from annotator.model.article import Metadatum
from annotator.model.problem import Problem

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_FEWEST = 40
"""Words of a page from which on it is more than a cover or a list of contents."""
_KEYS = {"creator": "byline", "publisher": "outlet", "title": "section", "rights": "rights"}


def read_epub(source: Source) -> Reading:
    """Return the chapters of a book.

    Raises:
        UnreadableError: it is damaged, protected, or has no text.
    """
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    with Members(source) as members:
        if "META-INF/encryption.xml" in members and "META-INF/rights.xml" in members:
            raise UnreadableError("This book is copy-protected, so it cannot be read here.")
        pages, metadata, language = _spine(members)
        for number, name in enumerate(pages, start=1):
            if source.cancelled():
                break
            try:
                decoded = decode_page(members.read(name))
                page = page_of(
                    decoded.text, Origin(importer="epub", name=f"{source.name}, chapter {number}"), whole=False
                )
                if sum(len(piece.text.split()) for piece in page.pieces) < _FEWEST:
                    continue
                page = replace(page, metadata=metadata, language=page.language or language, encoding=decoded.how)
                articles.append(compose(source, page))
            except UnreadableError as error:
                problems.append(source.problem(f"{name}: {error}"))
            source.told(len(articles))
    if not articles and not problems:
        raise UnreadableError("This book has no text in it.")
    return Reading(tuple(articles), tuple(problems))


def _spine(members: Members) -> tuple[list[str], tuple[Metadatum, ...], str]:
    """Return the names of the pages in reading order, what is known about the book, and its language."""
    container = parse_xml(members.read(_CONTAINER))
    place = next((each.get("full-path", "") for each in container.iter() if local_name(each) == "rootfile"), "")
    package = parse_xml(members.read(place))
    folder = posixpath.dirname(place)
    files: dict[str, str] = {}
    order: list[str] = []
    metadata: list[Metadatum] = []
    language = ""
    for each in package.iter():
        match local_name(each):
            case "item" if each.get("media-type") in _PAGES and "nav" not in each.get("properties", "").split():
                files[each.get("id", "")] = posixpath.normpath(posixpath.join(folder, unquote(each.get("href", ""))))
            case "itemref":
                order.append(each.get("idref", ""))
            case "language":
                language = words(each).split("-")[0].lower()
            case "date" if words(each):
                metadata.append(Metadatum("date published", read_date(words(each)), words(each)))
            case name if name in _KEYS and words(each):
                metadata.append(Metadatum(_KEYS[name], words(each)))
    return [files[each] for each in order if each in files], tuple(dict.fromkeys(metadata)), language

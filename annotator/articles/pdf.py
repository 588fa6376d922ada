"""A PDF with text -> article: its pages are read in a process of their own, its paragraphs rebuilt from the lines."""

from dataclasses import dataclass, field

from annotator.articles.databases import read_pieces
from annotator.articles.outside import Outside
from annotator.articles.page_lines import Line, paragraphs_of
from annotator.articles.reading import Page, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.model.counting import counted, noun
from annotator.model.problem import Problem

_SHOWN = 20
_UNREADABLE = 0.3
"""Share of letters without a name from which on a text is not worth reading."""
_DAMAGED = "This PDF is damaged or no PDF at all. Save or fetch it again."
_WHY = {
    "password": "This PDF is protected by a password. Save it without one and add that.",
    "damaged": _DAMAGED,
}


def read_pdf(source: Source) -> Reading:
    """Return the articles of a PDF: one, or those of the news database that wrote it.

    Raises:
        UnreadableError: it is encrypted, damaged, too large, has pictures of pages only, its fonts do not say which
            letters they draw, or reading it takes more memory or time than any article needs.
    """
    with source.open():
        # Only to say what is wrong with the file itself before a process is begun.
        pass
    found = _read(source)
    if source.cancelled():
        return Reading()
    problems = _problems(source, found)
    letters = [letter for page in found.pages for line in page or () for letter in line.text]
    if sum(map(_is_unnamed, letters)) > _UNREADABLE * len(letters):
        raise UnreadableError(
            "The fonts of this PDF do not say which letters they draw, so its text cannot be read. "
            "Make it searchable with a text recognition program and add the result, or add its text."
        )
    rebuilt = paragraphs_of([page or [] for page in found.pages])
    reading = read_pieces(source, Page(rebuilt.pieces, "pdf", report=rebuilt.report))
    return Reading(reading.articles, (*problems, *reading.problems))


@dataclass(slots=True)
class _Found:
    """How many pages there are, and the lines of each; None is a damaged one."""

    count: int = 0
    pages: list[list[Line] | None] = field(default_factory=list)
    why: str = ""
    is_whole: bool = False


def _read(source: Source) -> _Found:
    found = _Found()
    process = Outside(source, "pdf_pages", str(source.limits.largest))
    for said in process:
        if isinstance(said, dict):
            found.count, found.why = said.get("pages", 0), said.get("why", "")
        else:
            found.pages.append(None if said is None else [Line(*each) for each in said])
    found.is_whole = process.is_whole
    return found


def _problems(source: Source, found: _Found) -> list[Problem]:
    if found.why:
        raise UnreadableError(_WHY.get(found.why, _DAMAGED))
    read, problems = len(found.pages), list[Problem]()
    broken = found.pages.count(None)
    if not found.is_whole and broken == read:
        raise UnreadableError(
            "Reading this PDF took more memory or time than any article needs, so it was stopped. "
            "Print it to a new PDF, or save its text, and add that."
        )
    if broken == read:
        raise UnreadableError("This PDF has no pages that can be read. Save or fetch it again.")
    if read < found.count:
        problems.append(
            source.problem(
                f"This is too much to be read whole: the first {read:,} of {found.count:,} pages {noun(read, 'was', 'were')} taken."
            )
        )
    if broken:
        problems.append(
            source.problem(
                f"{broken:,} of {counted(found.count, 'page')} {noun(broken, 'is damaged and was', 'are damaged and were')} left out."
            )
        )
    empty = [number for number, page in enumerate(found.pages, 1) if page is not None and not page]
    if len(empty) + broken == read:
        raise UnreadableError(
            "This PDF holds pictures of pages (a scan) and no text. "
            "Make it searchable with a text recognition program and add the result."
        )
    if empty:
        problems.append(source.problem(_without_text(empty)))
    return problems


def _without_text(empty: list[int]) -> str:
    which = ", ".join(map(str, empty[:_SHOWN])) + (" …" if len(empty) > _SHOWN else "")
    if len(empty) == 1:
        return f"Page {which} has no text: it is blank or a picture."
    return f"{len(empty):,} pages have no text ({which}): they are blank or pictures."


def _is_unnamed(letter: str) -> bool:
    return letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or letter < " "

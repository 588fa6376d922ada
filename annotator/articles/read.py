"""Files, folders and pasted words -> articles or problems.

The project imports this when the program starts, and thirty readers are more than a start needs: they, and what makes
articles, are imported by the functions that use them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from annotator.articles.gathered import ArticleDraft, Duplicate, Gathered, NearCopy, Read, near_copies
from annotator.articles.reading import NewArticle, Reading, SeenTable
from annotator.articles.source import LARGEST, LIMITS, Limits, Source, UnreadableError, too_large, too_many
from annotator.articles.walk import find_files, printable
from annotator.model.counting import counted
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from annotator.articles.archive import Members
    from annotator.articles.table import TablePreview

__all__ = [
    "LARGEST",
    "ArticleDraft",
    "Duplicate",
    "NearCopy",
    "NewArticle",
    "UnreadableError",
    "draft",
    "draft_pasted",
    "draft_pasted_page",
    "near_copies",
    "preview_table",
    "read_file",
]

Progress = Callable[[int, int, str], None]
"""Called before each file, and while a file with many articles is read: how many files are done, how many there are,
the name of this one (and how many articles it gave so far)."""


_STREAMS = (
    ".warc",
    ".warc.gz",
    ".mht",
    ".mhtml",
    ".mbox",
    ".pdf",
    ".docx",
    ".odt",
    ".rtf",
    ".epub",
    ".csv",
    ".tsv",
    ".json",
    ".jsonl",
    ".xlsx",
    ".xls",
    ".ods",
    ".parquet",
    ".zip",
)
"""Members of archives that may be larger than one article: collections, and documents with pictures."""
_LOST = "Reading this ended without a word, as it does where memory runs out. Close other programs, or split the file."


def draft(
    paths: Iterable[Path],
    known: Mapping[str, str],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = LIMITS,
    texts: Iterable[tuple[str, str]] = (),
    columns: Mapping[str, str] | None = None,
    tables: Mapping[tuple[str, ...], Mapping[str, str]] | None = None,
    named: Mapping[str, str] | None = None,
) -> ArticleDraft:
    """Read files, folders and zip files into articles; nothing that is wrong with one stops the others.

    Args:
        paths: files and folders. Of a folder, `readers.is_taken` says which files are read; a file is read whatever
            its name.
        known: fingerprints of the articles in the project, with their titles.
        progress: see `Progress`; called once more at the end, with an empty name.
        cancelled: asked before each file and each article; true stops.
        limits: what is too much.
        texts: title and text of the articles in the project, to find copies of them.
        columns: what the columns of tables hold, by their names; None: proposed (see `preview_table`).
        tables: the same for tables with exactly these columns.
        named: the same for columns of some names, where nothing is said of their table; the rest is proposed.
    """
    from annotator.articles.crew import Crew  # noqa: PLC0415
    from annotator.articles.readers import is_taken  # noqa: PLC0415

    is_cancelled = cancelled or (lambda: False)
    report = progress or (lambda _done, _total, _name: None)
    found = find_files(paths, is_taken, is_cancelled)
    gathered = Gathered(dict(known), list(found.problems))
    names = [printable(path.name) for path in found.files]
    sources = (
        Source(
            name=name,
            where=printable(path),
            path=path,
            limits=limits,
            columns=columns,
            tables=tables or {},
            named=named or {},
            cancelled=is_cancelled,
            told=_counter(report, done, len(names), name),
        )
        for done, (name, path) in enumerate(zip(names, found.files, strict=True))
    )
    done = 0
    with Crew(is_cancelled) as crew:
        sources = (replace(each, spread=crew.spread) for each in sources)
        if names and not is_cancelled():
            report(0, len(names), names[0])
            for done, read in enumerate(crew.spread(partial(_read_apart, depth=0), sources, _lost, _weight), 1):
                gathered.take(printable(found.files[done - 1]), read)
                if done == len(names):
                    report(done, done, "")
                elif is_cancelled():
                    break
                else:
                    report(done, len(names), names[done])
    if not names:
        report(0, 0, "")
    is_whole = done == len(names) and not is_cancelled()
    count = len(names)
    heard = lambda compared: report(count, count, f"comparing {counted(compared, 'article')}")  # noqa: E731
    copies = near_copies(gathered.articles, texts, told=heard, cancelled=is_cancelled) if is_whole else ()
    return gathered.draft(copies, cancelled=is_cancelled() or not is_whole)


def read_file(path: Path, limits: Limits = LIMITS) -> Reading:
    """Return the articles of one file.

    Raises:
        UnreadableError: it gives none: there is no such file, it may not be read, it is of no known kind, empty …
    """
    return read_source(Source(printable(path.name), printable(path), path, limits=limits))


def preview_table(path: Path, limits: Limits = LIMITS) -> "TablePreview | None":
    """Return the first rows of a table and what its columns may hold, for a person to change; None: it is no table.

    Raises:
        UnreadableError: it cannot be read.
    """
    from annotator.articles.kinds import kind_of  # noqa: PLC0415
    from annotator.articles.readers import READERS  # noqa: PLC0415

    source = Source(printable(path.name), printable(path), path, limits=limits)
    reader = READERS.get(kind_of(source))
    return reader.preview(source) if reader and reader.preview else None


def read_source(source: Source, depth: int = 0) -> Reading:
    """Return the articles of a source; of a zip file those of its members, `depth` archives deep.

    Raises:
        UnreadableError: it gives none, and why.
    """
    from annotator.articles.kinds import kind_of  # noqa: PLC0415
    from annotator.articles.readers import READERS  # noqa: PLC0415

    kind = kind_of(source)
    if kind == "zip":
        return _read_zip(source, depth)
    try:
        return READERS[kind].read(source)
    except RecursionError:
        raise UnreadableError("This nests deeper than any article does. Save its text as a .txt file.") from None


def draft_pasted(text: str, title: str = "") -> NewArticle:
    """Return the article that pasted text makes, under `title` or one proposed from the text.

    Raises:
        UnreadableError: there is nothing but blanks, or too much.
    """
    from annotator.articles.compose import compose_text  # noqa: PLC0415

    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise UnreadableError(too_large(len(data), LARGEST))
    if not data:
        raise UnreadableError("There is nothing in it but blanks, so there is nothing to label.")
    made = compose_text(Source("", content=data), text, importer="text")
    return _pasted(made, title)


def draft_pasted_page(markup: str, title: str = "") -> NewArticle:
    """Return the article that rich text copied from a browser makes (its HTML), under `title` or its headline.

    All of it is taken for the article: who copied it has chosen.

    Raises:
        UnreadableError: there is nothing to read in it, or too much.
    """
    from annotator.articles.compose import compose  # noqa: PLC0415
    from annotator.articles.web import Origin, page_of  # noqa: PLC0415

    data = markup.encode("utf-8", "replace")
    if len(data) > LARGEST:
        raise UnreadableError(too_large(len(data), LARGEST))
    page = page_of(markup, Origin(), whole=False)
    return _pasted(compose(Source("", content=data), page), title)


def _pasted(made: NewArticle, title: str) -> NewArticle:
    title = " ".join(title.split())
    # A title that the person gave says nothing about where the headline stands; what was found in the text still does.
    return replace(made, title=title or made.title, provenance=replace(made.provenance, source="pasted text"))


def _read_apart(source: Source, depth: int) -> Read:
    """Read a file, here or in a process of its own."""
    seen: list[SeenTable] = []
    try:
        return Read(read_source(replace(source, saw=seen.append), depth), tuple(seen))
    except UnreadableError as error:
        return Read(Reading(problems=(source.problem(str(error)),)), tuple(seen))


def _lost(source: Source) -> Read:
    return Read(Reading(problems=(source.problem(_LOST),)))


def _weight(source: Source) -> int:
    return len(source.content or b"")


def _read_zip(source: Source, depth: int) -> Reading:
    from annotator.articles.archive import Members  # noqa: PLC0415

    if depth >= source.limits.nesting:
        raise UnreadableError("This archive lies too deep in other archives. Unpack it and add the folder.")
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    kept = 0
    with Members(source) as members:
        found = _members(source, members, lambda: len(articles))
        for read in source.spread(partial(_read_member, depth=depth + 1), found, _lost_member, _weight_of_member):
            articles += read.reading.articles
            problems += read.reading.problems
            for table in read.tables:
                source.saw(table)
            source.told(len(articles))
            kept += sum(len(article.text) for article in read.reading.articles)
            if kept > source.limits.kept or len(articles) > source.limits.articles:
                problems.append(source.problem(too_many(len(articles))))
                break
    if not articles and not problems and not source.cancelled():
        raise UnreadableError("There are no articles in this archive.")
    return Reading(tuple(articles), tuple(problems))


def _members(source: Source, members: "Members", count: Callable[[], int]) -> Iterator[Source | Problem]:
    """Yield the files in an archive, or what is wrong with one; `count` tells how many articles there are so far."""
    from annotator.articles.readers import is_taken  # noqa: PLC0415

    for name in members.chosen(is_taken):
        if source.cancelled():
            return
        member = replace(
            source, name=printable(str(PurePosixPath(name))), where=f"{source.where}/{printable(name)}", path=None
        )
        try:
            content = members.read(name, source.limits.member if name.lower().endswith(_STREAMS) else None)
        except UnreadableError as error:
            yield member.problem(str(error))
            if members.is_spent:
                return
        else:
            yield replace(member, content=content, told=_after(source.told, count()))


def _read_member(member: Source | Problem, depth: int) -> Read:
    return Read(Reading(problems=(member,))) if isinstance(member, Problem) else _read_apart(member, depth)


def _lost_member(member: Source | Problem) -> Read:
    return _read_member(member, 0) if isinstance(member, Problem) else _lost(member)


def _weight_of_member(member: Source | Problem) -> int:
    return 0 if isinstance(member, Problem) else _weight(member)


def _after(told: Callable[[int], None], before: int) -> Callable[[int], None]:
    return lambda count: told(before + count)


def _counter(report: Progress, done: int, total: int, name: str) -> Callable[[int], None]:
    return lambda count: report(done, total, f"{name}: {counted(count, 'article')}")

"""Drafts of articles: what is read, before it is added. Values in, values out, so that it can be done in any thread."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.articles.read import (
    ArticleDraft,
    NearCopy,
    NewArticle,
    UnreadableError,
    draft,
    draft_pasted,
    draft_pasted_page,
)
from annotator.articles.reading import SeenTable
from annotator.model.problem import Problem
from annotator.store import articles
from annotator.store.copies import reading

__all__ = [
    "ArticleDraft",
    "Columns",
    "Drafted",
    "NearCopy",
    "NewArticle",
    "SeenTable",
    "draft_pasting",
    "draft_with_tables",
]

Progress = Callable[[int, int, str], None]
LEFT_OUT = ""
"""The meaning of a column that is not read."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What reading came to.

    Attributes:
        draft: the articles, nothing of which is stored yet.
        plain: the same paste as plain text, where it was rich text.
    """

    draft: ArticleDraft
    plain: ArticleDraft | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to decide: one plain text that is new, or nothing new at all."""
        found = self.draft
        if not found.articles:
            return not found.tables
        told = found.duplicates or found.problems or found.copies or found.tables or self.plain
        return len(found.articles) == 1 and not told and found.articles[0].provenance.importer == "text"


@dataclass(frozen=True, slots=True)
class Columns:
    """What a person has said of the columns of tables.

    Attributes:
        tables: of tables with exactly these columns, by name.
        named: of columns of some names, for tables of which nothing is said.
    """

    tables: Mapping[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


def draft_with_tables(
    paths: Sequence[Path],
    known: Mapping[str, str],
    columns: Columns,
    texts: Iterable[tuple[str, str]],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Drafted:
    """Read files and folders; tables with what is known of their columns, the rest of it proposed."""
    found = draft(
        paths,
        known,
        progress=progress,
        cancelled=cancelled,
        texts=texts,
        tables=columns.tables,
        named=columns.named,
    )
    return Drafted(found)


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield title and text of every article of the project at a path, in any thread: it is opened to read.

    Nothing is read before the first is asked for, and nothing is held longer than it takes to read one.
    """
    with reading(path, tested=False) as db:
        for _, title, text in articles.contents(db, articles.ids(db)):
            yield title, text


def draft_pasting(text: str, markup: str, known: Mapping[str, str]) -> Drafted:
    """Read what was copied somewhere: as a page where it is rich text, else as it is; plain text is kept beside."""
    plain = _pasted(lambda: draft_pasted(text), known) if text.strip() else None
    if not markup.strip():
        return Drafted(plain or ArticleDraft(()))
    rich = _pasted(lambda: draft_pasted_page(markup), known)
    if not rich.articles and not rich.duplicates and plain is not None:
        return Drafted(plain)
    return Drafted(rich, plain=plain)


def _pasted(read: Callable[[], NewArticle], known: Mapping[str, str]) -> ArticleDraft:
    from annotator.articles.read import Duplicate  # noqa: PLC0415 - named here alone

    try:
        made = read()
    except UnreadableError as error:
        return ArticleDraft((), problems=(Problem("pasted text", str(error)),))
    if made.fingerprint in known:
        return ArticleDraft((), duplicates=(Duplicate("pasted text", known[made.fingerprint]),))
    return ArticleDraft((made,))


def file_kinds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what kinds of files are read, in a person's words, each with how their names end."""
    # Thirty readers: only when a person is about to add something.
    from annotator.articles.readers import READERS  # noqa: PLC0415

    return (*((reader.words, reader.suffixes) for reader in READERS.values()), ("a zip file of these", (".zip",)))


def meanings() -> tuple[str, ...]:
    """Return what a column of a table may hold, the texts first, nothing last."""
    from annotator.articles.columns import LANGUAGE, TEXT  # noqa: PLC0415
    from annotator.articles.metadata import KEYS  # noqa: PLC0415

    return (TEXT, *KEYS, LANGUAGE, LEFT_OUT)

"""Drafts of articles: what is read, before it is added. Values in, values out, so that it can be done in any thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.articles.read import (
    ArticleDraft,
    NearCopy,
    NewArticle,
    UnreadableError,
    draft,
    draft_pasted,
    draft_pasted_page,
    preview_table,
)
from annotator.model.problem import Problem

__all__ = ["ArticleDraft", "Drafted", "NearCopy", "NewArticle", "Table", "draft_pasting", "draft_with_tables"]

Progress = Callable[[int, int, str], None]
_TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
_MOST_TABLES = 8
LEFT_OUT = ""
"""The meaning of a column that is not read."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of the tables that were read.

    Attributes:
        names: of the columns.
        samples: of each column the first cell that is not empty.
        columns: what each holds, by name: ``text``, a key of metadata, ``language``, or `LEFT_OUT`.
    """

    names: tuple[str, ...]
    samples: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What reading came to.

    Attributes:
        draft: the articles, nothing of which is stored yet.
        table: the columns, where a table was among the files.
        plain: the same paste as plain text, where it was rich text.
    """

    draft: ArticleDraft
    table: Table | None = None
    plain: ArticleDraft | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to decide: one plain text that is new, or nothing new at all."""
        found = self.draft
        if not found.articles:
            return self.table is None
        told = found.duplicates or found.problems or found.copies or self.table or self.plain
        return len(found.articles) == 1 and not told and found.articles[0].provenance.importer == "text"


def draft_with_tables(
    paths: Sequence[Path],
    known: Mapping[str, str],
    columns: Mapping[str, str],
    texts: Iterable[tuple[str, str]],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Drafted:
    """Read files and folders; tables with what is known of their columns by name, the rest of it proposed."""
    table = _table([path for path in paths if path.suffix.lower() in _TABLES and path.is_file()][:_MOST_TABLES])
    chosen = None
    if table is not None and any(table.columns.get(name, meaning) != meaning for name, meaning in columns.items()):
        chosen = {name: columns.get(name, meaning) for name, meaning in table.columns.items()}
        table = replace(table, columns=chosen)
    found = draft(paths, known, progress=progress, cancelled=cancelled, texts=texts, columns=chosen)
    return Drafted(found, table)


def _table(paths: Iterable[Path]) -> Table | None:
    samples: dict[str, str] = {}
    columns: dict[str, str] = {}
    for path in paths:
        try:
            seen = preview_table(path)
        except UnreadableError:
            continue  # reading the file itself says why
        for place, name in enumerate(seen.names if seen else ()):
            if seen is not None and name not in columns:
                columns[name] = seen.columns[name]
                samples[name] = next((row[place] for row in seen.rows if row[place].strip()), "")
    return Table(tuple(columns), tuple(samples.values()), columns) if columns else None


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

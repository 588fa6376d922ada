"""What was read, as rows: new articles, those that are here already, and problems."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotator.model.article import Article, Block
from annotator.model.counting import counted
from annotator.project.drafting import ArticleDraft, NewArticle
from annotator.ui.reader.header import spoken_date
from annotator.ui.widgets.two_lines import Index, Lines, Sign, TwoLines

ENTRY_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A row.

    Attributes:
        sign: ``new``, ``copy`` (new, but mostly the same as another), ``here`` or ``problem``.
        article: the place among the draft's articles; -1 where there is none to add.
        taken: whether it is going to be added.
    """

    sign: str
    title: str
    detail: str
    article: int = -1
    taken: bool = False


def entries(draft: ArticleDraft) -> list[Entry]:
    """Return the rows of a draft: problems first, since they are to be seen, then what is new, then the rest."""
    copies = {each.fingerprint: each for each in draft.copies}
    found = [Entry("problem", _name(each.where), str(each.message)) for each in draft.problems]
    for place, article in enumerate(draft.articles):
        copy = copies.get(article.fingerprint)
        if copy is None:
            found.append(Entry("new", article.title, about(article), place, taken=True))
        else:
            found.append(Entry("copy", article.title, str(copy), place, taken=True))
    found += [Entry("here", _name(each.path), f"Already here as “{each.title}”") for each in draft.duplicates]
    return found


def shown(new: NewArticle) -> Article:
    """Return a draft's article as the reading view shows it."""
    return Article(
        new.fingerprint,
        new.title,
        new.text,
        new.blocks,
        new.metadata,
        new.language,
        new.direction,
        new.provenance,
    )


def _name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or path


def about(article: NewArticle) -> str:
    """Return in a line what is known of an article that is not in the project: outlet, date, byline, or its file."""
    known = shown(article)
    left_out = sum(not block.kind.is_labelled for block in article.blocks)
    parts = [known.value("outlet"), spoken_date(known.value("date published")), known.value("byline")]
    parts = [part for part in parts if part] or [article.provenance.source]
    if left_out:
        parts.append(f"{left_out:,} left out")
    return " · ".join(parts)


class DraftModel(QAbstractListModel):
    """The rows of one draft; types can be changed, and articles left out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.draft = ArticleDraft(())
        self.entries: list[Entry] = []

    def show(self, draft: ArticleDraft) -> None:
        """Show another draft, all of it to be added."""
        self.beginResetModel()
        self.draft = draft
        self.entries = entries(draft)
        self.endResetModel()

    def article(self, row: int) -> NewArticle | None:
        """Return the article of a row, or None."""
        place = self.entries[row].article if 0 <= row < len(self.entries) else -1
        return self.draft.articles[place] if place >= 0 else None

    def set_blocks(self, row: int, blocks: Sequence[Block]) -> None:
        """Give the article of a row other blocks."""
        article = self.article(row)
        if article is not None:
            self.set_article(row, replace(article, blocks=tuple(blocks)))

    def set_article(self, row: int, article: NewArticle) -> None:
        """Put an article with other blocks, another title or other metadata in the place of a row's; its text is the same."""
        entry, articles = self.entries[row], list(self.draft.articles)
        articles[entry.article] = article
        self.draft = replace(self.draft, articles=tuple(articles))
        entry = replace(entry, title=article.title)
        self._put(row, replace(entry, detail=about(article)) if entry.sign == "new" else entry)

    def toggle(self, row: int) -> None:
        """Take an article that was left out, or leave it out."""
        entry = self.entries[row]
        if entry.article >= 0:
            self._put(row, replace(entry, taken=not entry.taken))

    def leave_out_copies(self) -> None:
        """Leave out every article that is like another one."""
        left = [replace(each, taken=each.taken and each.sign != "copy") for each in self.entries]
        self.entries = left
        # One notice for all of them: whoever hears it counts every row.
        self.dataChanged.emit(self.index(0), self.index(max(0, len(left) - 1)))

    @property
    def taken(self) -> ArticleDraft:
        """The draft with the articles that are to be added."""
        kept = (self.draft.articles[entry.article] for entry in self.entries if entry.taken)
        return replace(self.draft, articles=tuple(kept))

    def summary(self) -> str:
        """Return in words what there is: ``12 new, 2 of them copies · 1 already here · 1 problem``."""
        counts = {sign: sum(each.sign == sign for each in self.entries) for sign in ("new", "copy", "here", "problem")}
        new = counts["new"] + counts["copy"]
        copies = f", {counts['copy']:,} of them like another one" if counts["copy"] else ""
        parts = [f"{new:,} new{copies}"]
        if counts["here"]:
            parts.append(f"{counts['here']:,} already here")
        if counts["problem"]:
            parts.append(counted(counts["problem"], "problem"))
        return " · ".join(parts)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a row's entry, or its words for those who listen."""
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.title if role == Qt.ItemDataRole.DisplayRole else f"{_spoken(entry)}: {entry.title}"
        return f"{entry.title}\n{entry.detail}" if role == Qt.ItemDataRole.ToolTipRole else None

    def _put(self, row: int, entry: Entry) -> None:
        self.entries[row] = entry
        self.dataChanged.emit(self.index(row), self.index(row))


def _spoken(entry: Entry) -> str:
    words = {"new": "new", "copy": "like another one", "here": "already here", "problem": "problem"}[entry.sign]
    return f"{words}, not added" if entry.article >= 0 and not entry.taken else words


class DraftRow(TwoLines):
    """Paints a row: a sign, the title, and below it what is to be known."""

    def lines(self, index: Index) -> Lines:
        """Return what a row says."""
        theme = self.theme
        entry: Entry = index.data(ENTRY_ROLE)
        is_left = entry.article >= 0 and not entry.taken
        if entry.sign == "problem":
            sign = (Sign.WAITS, theme.bad)
        elif entry.article >= 0 and entry.taken:
            sign = (Sign.TAKEN_ALIKE if entry.sign == "copy" else Sign.TAKEN, theme.accent)
        else:
            sign = (Sign.LEFT, theme.muted)
        return Lines(
            entry.title,
            theme.muted if entry.sign == "here" or is_left else theme.text,
            "Will not be added" if is_left else entry.detail,
            theme.bad if entry.sign == "problem" else theme.muted,
            sign,
        )

"""What reading files came to: new articles, those that are there already, copies, and problems."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from annotator.articles.reading import NewArticle, Reading, SeenTable
from annotator.model.article import labelled_text
from annotator.model.problem import Problem

_OFTEN = 100
"""Articles that are compared between two reports of progress."""
_NEARLY = 0.99


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file (or an article of one) whose text is there already.

    Attributes:
        path: the file.
        title: the title of the article with the same text, in the project or earlier in the same draft.
    """

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A new article most of which stands in another one, word for word.

    Attributes:
        fingerprint: of the new article.
        title: the title of the one that came first, in the project or in the same draft.
        share: how much of the shorter one stands in the other, from `annotator.text.similar.COPY` to 1.
    """

    fingerprint: str
    title: str
    share: float

    def __str__(self) -> str:
        """Say it in words. It is another text, so never 100%."""
        return f"{min(self.share, _NEARLY):.0%} the same as “{self.title}”"


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What reading files came to, before anything is stored.

    Attributes:
        articles: the new ones, in the order of the files.
        duplicates: files left out because their text is there already.
        problems: files that gave no article, and why.
        copies: which of the articles are copies of another (wire copy in several outlets), new or in the project.
        tables: the tables among the files, in folders and archives too; of those with the same columns the first.
        cancelled: whether the person stopped it; what was read until then is in the draft.
    """

    articles: tuple[NewArticle, ...]
    duplicates: tuple[Duplicate, ...] = ()
    problems: tuple[Problem, ...] = ()
    cancelled: bool = False
    copies: tuple[NearCopy, ...] = ()
    tables: tuple[SeenTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What one file came to: its articles, and the tables that were met in it."""

    reading: Reading
    tables: tuple[SeenTable, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What was read so far."""

    titles: dict[str, str]
    problems: list[Problem]
    articles: list[NewArticle] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    tables: dict[tuple[str, ...], SeenTable] = field(default_factory=dict)

    def take(self, where: str, read: Read) -> None:
        """Take in what one file came to."""
        reading = read.reading
        for table in read.tables:
            self.tables.setdefault(table.names, table)
        self.problems += reading.problems
        for article in reading.articles:
            if article.fingerprint in self.titles:
                self.duplicates.append(Duplicate(where, self.titles[article.fingerprint]))
            else:
                self.titles[article.fingerprint] = article.title
                self.articles.append(article)

    def draft(self, copies: tuple[NearCopy, ...], *, cancelled: bool) -> ArticleDraft:
        """Return all of it."""
        return ArticleDraft(
            tuple(self.articles),
            tuple(self.duplicates),
            tuple(self.problems),
            cancelled,
            copies,
            tuple(self.tables.values()),
        )


def near_copies(
    articles: Sequence[NewArticle],
    known: Iterable[tuple[str, str]] = (),
    *,
    told: Callable[[int], None] = lambda _count: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[NearCopy, ...]:
    """Return which of the new articles are copies of one that came before: blocks that are left out do not count.

    Args:
        articles: the new ones, in order.
        known: title and text of the articles in the project.
        told: called now and then, with how many were compared.
        cancelled: asked before each; true stops.
    """
    from annotator.text.similar import Copies  # noqa: PLC0415

    copies = Copies()
    titles: list[str] = []
    found: list[NearCopy] = []
    for title, text in known if articles else ():
        if cancelled():
            return ()
        _tell(len(titles), told)
        copies.add(str(len(titles)), text)
        titles.append(title)
    for article in articles:
        if cancelled():
            return ()
        _tell(len(titles), told)
        copy = copies.add(str(len(titles)), labelled_text(article.text, article.blocks))
        titles.append(article.title)
        if copy:
            found.append(NearCopy(article.fingerprint, titles[int(copy.original)], copy.share))
    return tuple(found)


def _tell(count: int, told: Callable[[int], None]) -> None:
    if count and count % _OFTEN == 0:
        told(count)

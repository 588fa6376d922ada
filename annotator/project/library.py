"""The articles of a project: adding, listing, renaming, removing, searching."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.articles.read import ArticleDraft, NearCopy, draft_pasted, near_copies
from annotator.articles.read import draft as draft_files
from annotator.articles.reading import NewArticle
from annotator.model.article import Article, ArticleHead
from annotator.model.errors import NotFoundError
from annotator.model.ids import new_id
from annotator.project.curating import Curating
from annotator.project.labelling import shortened
from annotator.store import annotations, articles, assignments, decisions, links, people, threads
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Progress, Writing
from annotator.text.fold import find_all

__all__ = [
    "AddReport",
    "ArticleDraft",
    "Hit",
    "Library",
    "NearCopy",
    "NewArticle",
    "draft_files",
    "rows_of",
    "write_article",
]

_AROUND = 48
"""Code points shown on either side of a hit."""
OF_ROW = 2_000
"""Code points of a text that take as long to write as a row."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding did.

    Attributes:
        added: ids of the new articles, in order.
        draft: what was read, with duplicates and problems.
    """

    added: tuple[str, ...]
    draft: ArticleDraft


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words searched for stand: code points, half-open, with the text around it."""

    article: str
    title: str
    start: int
    end: int
    before: str
    match: str
    after: str


class Library(Curating):
    """The verbs for articles."""

    def articles(self, annotator: str = "") -> list[ArticleHead]:
        """Return the list of articles, with state and number of labels for one annotator (or none)."""
        who = self.annotator(annotator).id if annotator else ""
        with explained(self.path):
            return articles.heads(self._db, who)

    def head(self, article: str, annotator: str = "") -> ArticleHead:
        """Return one article's entry in the list.

        Raises:
            NotFoundError: there is no such article.
        """
        who = self.annotator(annotator).id if annotator else ""
        with explained(self.path):
            found = articles.head(self._db, article, who)
        if found is None:
            raise NotFoundError("That article is not in the project (any more).")
        return found

    def article(self, article: str) -> Article:
        """Return an article with its text.

        Raises:
            NotFoundError: there is no such article.
        """
        return self._article(article)

    def find_article(self, named: str) -> str:
        """Return the id of the article with that id, or else that title; case does not matter.

        Raises:
            NotFoundError: there is none, or there are several of that title.
        """
        heads = self.articles()
        wanted = " ".join(named.split()).casefold()
        found = [each.id for each in heads if each.id == named]
        found = found or [each.id for each in heads if " ".join(each.title.split()).casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotFoundError(f"“{self.name}” has no article “{named}”. Name it by its title or its id.")
        raise NotFoundError(f"{len(found):,} articles are called “{named}”. Name it by its id: {', '.join(found)}.")

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprint of every text in the project and the title of its article, for `draft`.

        Texts of which the article has a newer version are among them: adding their file again adds nothing.
        """
        with explained(self.path):
            earlier = articles.earlier_fingerprints(self._db)
            told = {mark: f"{title} (an earlier version of it)" for mark, title in earlier.items()}
            return {**told, **articles.fingerprints(self._db)}

    def draft(
        self,
        paths: Iterable[Path | str],
        *,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        compare: bool = False,
    ) -> ArticleDraft:
        """Read files and folders without changing anything; every problem is collected.

        With `compare`, copies of articles in the project are told, too, which takes a second for a thousand of them.

        To read in another thread, call `annotator.project.library.draft_files` with `fingerprints()` instead:
        it takes values and returns values.
        """
        texts = self._titled_texts() if compare else ()
        return draft_files(
            [Path(each) for each in paths], self.fingerprints(), progress=progress, cancelled=cancelled, texts=texts
        )

    def copies(self, draft: ArticleDraft) -> tuple[NearCopy, ...]:
        """Return which articles of a draft are copies of an article in the project, or of an earlier one in the draft.

        Seconds for thousands of articles. `draft` itself tells those within the draft.
        """
        if not draft.articles:
            return ()
        return near_copies(draft.articles, self._titled_texts())

    def _titled_texts(self) -> Iterator[tuple[str, str]]:
        with explained(self.path):
            for _, title, text in articles.contents(self._db, articles.ids(self._db)):
                yield title, text

    def commit(self, draft: ArticleDraft, progress: Progress | None = None) -> AddReport:
        """Add what a draft has read: whole, in one step, or not at all. Committing twice adds nothing.

        Where `progress` raises, nothing is added.
        """
        known = self.fingerprints()
        new = [each for each in draft.articles if each.fingerprint not in known]
        if not new:
            return AddReport((), draft)
        title = f"Add “{shortened(new[0].title)}”" if len(new) == 1 else f"Add {len(new):,} articles"
        ids: list[str] = []
        with self.step(title) as step:
            with explained(self.path):
                place = articles.next_place(self._db)
            for offset, each in enumerate(new):
                if progress is not None:
                    progress(offset, len(new), each.title)
                article = _article(each)
                write_article(step.writing, article, place + offset)
                ids.append(article.id)
        return AddReport(tuple(ids), draft)

    def add(self, paths: Iterable[Path | str]) -> AddReport:
        """Read files and folders and add what can be read: `draft` and `commit` in one."""
        return self.commit(self.draft(paths))

    def add_text(self, text: str, title: str = "") -> AddReport:
        """Add a text that is no file, such as a pasted one. An empty title is made from the text."""
        return self.commit(ArticleDraft(articles=(draft_pasted(text, title),)))

    def set_title(self, article: str, title: str) -> None:
        """Give an article another title; its text stays as it is.

        Raises:
            NotFoundError: there is no such article, or the title is empty.
        """
        title = " ".join(title.split())
        old = self.article(article)
        if not title:
            raise NotFoundError("A title needs at least one word.")
        with explained(self.path):
            image = articles.ArticleNoun().read(self._db, article)
        with self.step(f"Rename “{shortened(old.title)}”", article=article) as step:
            step.writing.put("article", article, {**(image or {}), "title": title})

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> int:
        """Take articles away with everything in them; return how many. `undo` brings them back whole.

        Where `progress` raises, all of them stay.
        """
        found = [self.article(each) for each in ids]
        if not found:
            return 0
        title = f"Remove “{shortened(found[0].title)}”" if len(found) == 1 else f"Remove {len(found):,} articles"
        with self.step(title) as step:
            for done, article in enumerate(found):
                if progress is not None:
                    progress(done, len(found), article.title)
                self._remove(step.writing, article.id)
        return len(found)

    def _remove(self, writing: Writing, article: str) -> None:
        db = self._db
        inside = annotations.ids_of_article(db, article)
        for link in links.touching(db, inside):
            writing.put("link", link.id, None)
        for annotation in inside:
            writing.put("annotation", annotation, None)
        for key in people.state_keys(db, article):
            writing.put("state", key, None)
        for key in decisions.keys_of_article(db, article):
            writing.put("decision", key, None)
        for key in assignments.keys_of_article(db, article):
            writing.put("assignment", key, None)
        for noun, keys in zip(("message", "thread"), threads.keys_of_article(db, article), strict=True):
            for key in keys:
                writing.put(noun, key, None)
        writing.put("blocks", article, None)
        texts = articles.earlier_of(db, article)
        image = writing.put("article", article, None)
        for text in (*texts, *([image["text"]] if image else [])):
            if not articles.is_used(db, text):
                writing.put("text", text, None)

    def find(self, query: str, ids: Iterable[str] | None = None) -> Iterator[Hit]:
        """Yield the places where `query` stands, article after article; case, accents and quote styles do not matter.

        `ids` are the articles to search, all when None.
        """
        with explained(self.path):
            wanted = articles.ids(self._db) if ids is None else list(ids)
            for article, title, text in articles.contents(self._db, wanted):
                for start, end in find_all(text, query):
                    before = text[max(0, start - _AROUND) : start]
                    after = text[end : end + _AROUND]
                    yield Hit(article, title, start, end, before, text[start:end], after)


def rows_of(draft: ArticleDraft) -> int:
    """Return how many rows adding a draft touches, about: a long text counts as several."""
    return sum(2 + len(each.blocks) + len(each.text) // OF_ROW for each in draft.articles)


def write_article(writing: Writing, article: Article, place: int) -> None:
    """Write a new article with its text and blocks into an open step."""
    text_id = new_id()
    writing.put("text", text_id, {"id": text_id, "content": article.text}, is_new=True)
    writing.put("article", article.id, articles.article_image(article, text_id, place), is_new=True)
    if article.blocks:
        writing.put("blocks", article.id, articles.blocks_image(article.id, article.blocks), is_new=True)


def _article(new: NewArticle) -> Article:
    return Article(
        id=new_id(),
        title=new.title,
        text=new.text,
        blocks=new.blocks,
        metadata=new.metadata,
        language=new.language,
        direction=new.direction,
        provenance=new.provenance,
        added_at=now(),
    )

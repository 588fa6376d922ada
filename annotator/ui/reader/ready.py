"""Pages made ready before somebody looks at them: the article after the one on the screen, and the one that was just left."""

from PySide6.QtCore import QSizeF

from annotator.model.article import Article
from annotator.ui.reader import geometry
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.page import Page
from annotator.ui.reader.strokes import strokes

MOST = 2
LONGEST = 60_000
"""An article with more characters than this takes longer to set than anybody does nothing."""


class Ready:
    """A few pages, set alike, which nobody sees; one is given only for an article that is the same to the last character."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self.is_wanted = False
        """Whether pages are kept at all: not where nobody goes from article to article."""

    def has(self, article: Article) -> bool:
        """Whether the page of an article, as it is, is ready."""
        page = self._pages.get(article.id)
        return page is not None and page.article == article

    def take(self, article: Article) -> Page | None:
        """Return the page of an article, and keep it no longer; None where it is not ready."""
        page = self._pages.pop(article.id, None)
        if page is None or page.article == article:
            return page
        page.document.deleteLater()
        return None

    def keep(self, page: Page) -> bool:
        """Keep a page for later, in place of the one that was kept first; whether it is kept."""
        if not self.is_wanted or not page.article.id or len(page.text) > LONGEST or page.folds.folded or page.rows:
            return False
        old = self._pages.pop(page.article.id, None)
        self._pages[page.article.id] = page
        gone = [old] if old is not None and old is not page else []
        while len(self._pages) > MOST:
            gone.append(self._pages.pop(next(iter(self._pages))))
        for each in gone:
            each.document.deleteLater()
        return True

    def forget(self) -> None:
        """Keep none: pages are set otherwise from now on."""
        for page in self._pages.values():
            page.document.deleteLater()
        self._pages.clear()


def look_over(page: Page, index: MarkIndex, width: int, height: int) -> None:
    """Lay a page out as a viewport of that size will, and work out the marks on what is seen of it first."""
    page.document.setPageSize(QSizeF(width, -1))
    for line in geometry.lines_between(page, 0.0, float(height)):
        strokes(page, index, line)

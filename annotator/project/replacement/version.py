"""A new version of an article out of a file or pasted text: the one article that it holds, or the one that is meant."""

from pathlib import Path

from annotator.articles.read import draft_pasted, read_file
from annotator.articles.reading import NewArticle
from annotator.model.errors import RuleError
from annotator.text.align import align

_ALIKE = 0.5
_SHOWN = 5


def read_version(path: Path, text: str = "", number: int | None = None) -> NewArticle:
    """Return the new version that a file holds, read as any article is.

    Of several articles, it is the one with that `number` (from 1), else the only one of which half is like `text`.

    Raises:
        UnreadableError: the file gives no article, and why.
        RuleError: it holds several, and it cannot be told which is meant.
    """
    found = read_file(path)
    articles = found.articles
    if not articles:
        why = found.problems[0].message if found.problems else "There is no article in it."
        raise RuleError(f"“{path.name}” cannot take the place of an article. {why}")
    if number is not None:
        if not 1 <= number <= len(articles):
            raise RuleError(f"“{path.name}” holds {len(articles):,} articles; there is no number {number:,}.")
        return articles[number - 1]
    if len(articles) == 1:
        return articles[0]
    alike = [each for each in articles if align(text, each.text).share >= _ALIKE]
    if len(alike) == 1:
        return alike[0]
    titles = "; ".join(f"{place} “{each.title}”" for place, each in enumerate(articles[:_SHOWN], 1))
    more = "; …" if len(articles) > _SHOWN else ""
    raise RuleError(f"“{path.name}” holds {len(articles):,} articles. Say which by its number: {titles}{more}.")


def pasted_version(text: str) -> NewArticle:
    """Return the new version that pasted text makes.

    Raises:
        UnreadableError: there is nothing but blanks, or too much.
    """
    return draft_pasted(text)

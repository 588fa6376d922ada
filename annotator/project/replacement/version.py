"""A new version of an article out of a file or pasted text: the one article that it holds, or the one that is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.articles.read import draft_pasted, read_file
from annotator.articles.reading import NewArticle
from annotator.model.counting import counted
from annotator.model.errors import RuleError, StoppedError
from annotator.model.figures import percent
from annotator.text.align import align

_ALIKE = 0.5
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Versions:
    """The articles of a file, any of which may be the new version.

    Attributes:
        name: of the file.
        articles: in its order.
        shares: of each, how much of the shorter of it and the old text stands in the other one, from 0 to 1.
        length: code points of the old text.
    """

    name: str
    articles: tuple[NewArticle, ...]
    shares: tuple[float, ...]
    length: int

    def likeness(self, place: int) -> float:
        """Return how much of the longer of one and the old text stands in the other, from 0 to 1."""
        shorter, longer = sorted((len(self.articles[place].text), self.length))
        return self.shares[place] * shorter / max(longer, 1)

    @property
    def likeliest(self) -> tuple[int, ...]:
        """Their places in the file (from 0), the most alike first."""
        return tuple(sorted(range(len(self.articles)), key=self.likeness, reverse=True))

    @property
    def only(self) -> NewArticle | None:
        """The one that is meant where nobody needs to be asked: there is one, or one alone is half like the old text."""
        alike = [place for place, share in enumerate(self.shares) if share >= _ALIKE]
        if len(self.articles) == 1:
            return self.articles[0]
        return self.articles[alike[0]] if len(alike) == 1 else None

    def number(self, number: int) -> NewArticle:
        """Return the one with a number, from 1.

        Raises:
            RuleError: there is none.
        """
        if not 1 <= number <= len(self.articles):
            raise RuleError(
                f"“{self.name}” holds {counted(len(self.articles), 'article')}; there is no number {number:,}."
            )
        return self.articles[number - 1]


def read_versions(
    path: Path,
    text: str = "",
    *,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Versions:
    """Return the articles of a file, read as any is, and how much each is like the old `text`.

    Raises:
        UnreadableError: the file gives no article, and why.
        RuleError: there is no article in it.
        StoppedError: `cancelled` said so.
    """
    found = read_file(path)
    if not found.articles:
        why = found.problems[0].message if found.problems else "There is no article in it."
        raise RuleError(f"“{path.name}” cannot take the place of an article. {why}")
    shares: list[float] = []
    for done, each in enumerate(found.articles):
        if cancelled is not None and cancelled():
            raise StoppedError
        if progress is not None:
            progress(done, len(found.articles), each.title)
        shares.append(align(text, each.text).share if len(found.articles) > 1 else 1.0)
    return Versions(path.name, found.articles, tuple(shares), len(text))


def read_version(path: Path, text: str = "", number: int | None = None) -> NewArticle:
    """Return the new version that a file holds, read as any article is.

    Of several articles, it is the one with that `number` (from 1), else the only one of which half is like `text`.

    Raises:
        UnreadableError: the file gives no article, and why.
        RuleError: it holds several, and it cannot be told which is meant.
    """
    found = read_versions(path, text)
    if number is not None:
        return found.number(number)
    if found.only is not None:
        return found.only
    titles = "; ".join(
        f"{place + 1} “{found.articles[place].title}” ({percent(found.likeness(place), 0)} the same)"
        for place in found.likeliest[:_SHOWN]
    )
    more = "; …" if len(found.articles) > _SHOWN else ""
    count = counted(len(found.articles), "article")
    raise RuleError(f"“{path.name}” holds {count}. Say which by its number, the most alike first: {titles}{more}.")


def pasted_version(text: str) -> NewArticle:
    """Return the new version that pasted text makes.

    Raises:
        UnreadableError: there is nothing but blanks, or too much.
    """
    return draft_pasted(text)

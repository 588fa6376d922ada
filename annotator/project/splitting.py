"""Splits for training and testing: made once, recorded, and used by every export that names them."""

from collections.abc import Mapping

from annotator.model.errors import ExchangeError, NotFoundError
from annotator.model.ids import new_id
from annotator.model.split import Split
from annotator.project.divide import Piece, divide, together
from annotator.project.past import Past
from annotator.store import articles, splits, tally
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.text.similar import Copies

SHARES: dict[str, float] = {"train": 80, "dev": 10, "test": 10}
"""The parts of a split unless others are asked for."""
BY = ("story", "article")
_STORY = "story"


class Splitting(Past):
    """The verbs for splits."""

    def splits(self) -> tuple[Split, ...]:
        """Return all splits, by name."""
        with explained(self.path):
            return splits.splits(self._db)

    def find_split(self, name: str) -> Split:
        """Return the split of that name.

        Raises:
            NotFoundError: there is none.
        """
        for each in self.splits():
            if each.name == name:
                return each
        names = ", ".join(each.name for each in self.splits()) or "none yet"
        raise NotFoundError(f"“{self.name}” has no split “{name}”. It has: {names}.")

    def split(self, name: str, *, by: str = "story", shares: Mapping[str, float] | None = None, seed: int = 1) -> Split:
        """Divide the articles into parts and record which is where, in one step, which `undo` takes back.

        `draft_split` and `keep_split` do it in two halves, of which the first can work on a copy in another thread.

        Raises:
            ExchangeError: there is a split of that name, or `by` or `shares` are not as they must be.
        """
        return self.keep_split(self.draft_split(name, by=by, shares=shares, seed=seed))

    def keep_split(self, made: Split) -> Split:
        """Record a split in one step.

        Raises:
            ExchangeError: there is a split of that name.
        """
        if any(each.name == made.name for each in self.splits()):
            raise ExchangeError(f"There is a split “{made.name}” already. Give the new one another name.")
        with self.step(f"Split “{made.name}”") as step:
            step.writing.put("split", made.id, splits.image(made), is_new=True)
        return made

    def draft_split(
        self, name: str, *, by: str = "story", shares: Mapping[str, float] | None = None, seed: int = 1
    ) -> Split:
        """Return how the articles would be divided; nothing is recorded.

        Articles of one story (the metadata value of that name) stay together, and copies of one text always do, also
        with `by` “article”. Labels of everybody are spread over the parts as evenly as that allows.

        Raises:
            ExchangeError: there is a split of that name, or `by` or `shares` are not as they must be.
        """
        name = " ".join(name.split())
        shares = dict(shares or SHARES)
        if not name:
            raise ExchangeError("A split needs a name.")
        if any(each.name == name for each in self.splits()):
            raise ExchangeError(
                f"“{name}” cannot be the name of a new split: there is one already. Choose another name."
            )
        if by not in BY:
            raise ExchangeError(f"A split is by {' or '.join(BY)}, not by “{by}”.")
        if len(shares) < 2 or any(share <= 0 for share in shares.values()) or any(not part for part in shares):
            raise ExchangeError("A split needs at least two parts with a name and a share above 0 each.")
        pieces, same = self._pieces(by)
        if not pieces:
            raise ExchangeError(f"“{self.name}” has no articles to split.")
        placed = divide(together(pieces, same), shares, seed)
        return Split(
            id=new_id(),
            name=name,
            by=by,
            seed=seed,
            shares=tuple(shares.items()),
            parts=tuple(
                (part, frozenset(article for article, its in placed.items() if its == part)) for part in shares
            ),
            made_at=now(),
        )

    def remove_split(self, name: str) -> None:
        """Take a split away; `undo` brings it back.

        Raises:
            NotFoundError: there is none of that name.
        """
        found = self.find_split(name)
        with self.step(f"Remove the split “{name}”") as step:
            step.writing.put("split", found.id, None)

    def _pieces(self, by: str) -> tuple[list[Piece], list[tuple[str, str]]]:
        """Return the articles with their labels, and pairs of those that are copies of one text."""
        copies = Copies()
        pieces: list[Piece] = []
        same: list[tuple[str, str]] = []
        with explained(self.path):
            labels = tally.labels_by_article(self._db)
            for key in articles.ids(self._db):
                article = self.article(key)
                copy = copies.add(key, article.text)
                if copy is not None:
                    same.append((copy.original, key))
                story = article.value(_STORY) if by == "story" else ""
                pieces.append(Piece(key, labels.get(key, frozenset()), story))
        return pieces, same

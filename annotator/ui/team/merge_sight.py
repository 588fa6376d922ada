"""What of a plan to merge copies may be seen: all of it, or only what is one's own while others' labels are hidden."""

from dataclasses import dataclass

from annotator.project.copies.plan import CopiesPlan, Fate, FilePlan, Item, Unplaced

_WORDS = frozenset({"annotation", "link", "message", "thread", "state", "decision"})
"""What tells how somebody labels. Articles, people and the codebook are everybody's."""
_UNSEEN = frozenset({"visit", "text"})
GROUPS = ("conflicts", "unplaced", "rest")

Known = Item | Unplaced


@dataclass(frozen=True, slots=True)
class Hidden:
    """Stands for everything in a group that may not be seen: that there is something may be told, not how much."""

    noun: str = ""
    annotator: str = ""
    words: str = "Labels or notes of others"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a plan.

    Attributes:
        names: of the annotators whose labels may be seen; None: everybody's.
    """

    plan: CopiesPlan
    names: frozenset[str] | None = None

    def is_hidden(self, entry: Known) -> bool:
        """Whether what an entry says may not be seen, nor counted."""
        return self.names is not None and entry.noun in _WORDS and entry.annotator not in {"", *self.names}

    def hides(self, annotator: str) -> bool:
        """Whether it may not be seen how much somebody did."""
        return self.names is not None and annotator not in {"", *self.names}

    def group(self, name: str) -> list[Known]:
        """Return what may be seen of a group: ``conflicts``, ``unplaced`` or ``rest``."""
        return [each for each in self._all(name) if not self.is_hidden(each)]

    def hides_in(self, name: str) -> bool:
        """Whether there is something in a group that may not be seen."""
        return self.names is not None and any(self.is_hidden(each) for each in self._all(name))

    def count(self, fate: Fate) -> int:
        """Return how many labels have that fate, among those that may be seen."""
        if self.names is None:
            return self.plan.count(fate)
        if fate is Fate.SAME:
            return sum(file.count(fate, who) for file in self.plan.files for who in ("", *self.names))
        found: list[Known] = (
            self._all("unplaced") if fate is Fate.UNPLACED else [*self.plan.items, *self.plan.conflicts]
        )
        return sum(
            each.noun == "annotation" and not self.is_hidden(each) and (isinstance(each, Unplaced) or each.fate is fate)
            for each in found
        )

    def brings(self, file: FilePlan, annotator: str) -> bool:
        """Whether a file has anything of somebody that is not in the project as it is."""
        return any(
            number and who == annotator and fate is not Fate.SAME for (who, _, fate), number in file.counts.items()
        )

    def _all(self, name: str) -> list[Known]:
        match name:
            case "conflicts":
                return list(self.plan.conflicts)
            case "unplaced":
                return list(self.plan.unplaced)
        return [
            each
            for each in self.plan.items
            if each.fate is not Fate.SAME and each.noun not in _UNSEEN and not each.follows
        ]

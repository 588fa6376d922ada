"""Which passages are wanted, and what they are. No numpy here: asking is cheap, and the window starts fast."""

from dataclasses import dataclass

from annotator.model.adjudication import OF_LINKS, Cell


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places where people differ to list; what is left empty does not matter.

    Attributes:
        people: ids: only where two of these differ.
        one: id of somebody who is one of the two.
        holder, lacks: ids: who has the label there, and who does not.
        label, kind, part: id of the label; one of `passages.KINDS`; id of the role, relation or attribute.
        instead: id of the label that the other one gave, for a category.
        articles: ids.
    """

    people: tuple[str, ...] = ()
    one: str = ""
    holder: str = ""
    lacks: str = ""
    label: str = ""
    kind: str = ""
    part: str = ""
    instead: str = ""
    articles: frozenset[str] = frozenset()

    @property
    def cell(self) -> Cell:
        """The same places as a cell of the queue of adjudication, as near as that can tell them.

        A disagreement there is about all who differ, so it can hold more than the pair that differs here.
        """
        pair = (self.holder, self.lacks) if self.holder and self.lacks else self.people
        return Cell(
            articles=self.articles,
            kinds=frozenset({self.kind} if self.kind else ()),
            labels=frozenset({self.label} if self.label else ()),
            part=self.part if self.kind in OF_LINKS else "",
            pair=pair if len(pair) == 2 else (),
        )


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place where some of the compared differ.

    Attributes:
        kind: one of `passages.KINDS`.
        article: its id.
        label: id of the label it is about.
        fragments: where, in characters of the article, half-open, in order.
        have, lack: ids of the annotators who have the label there, and of those who do not; for what hangs on spans and
            for structure: those on the two sides.
        part: id of the role, relation or attribute.
        instead: for a category: ids of the labels that others gave.
    """

    kind: str
    article: str
    label: str
    fragments: tuple[tuple[int, int], ...]
    have: tuple[str, ...]
    lack: tuple[str, ...]
    part: str = ""
    instead: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many characters it covers."""
        return sum(end - start for start, end in self.fragments)

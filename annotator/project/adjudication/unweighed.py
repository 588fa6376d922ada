"""A disagreement of which nobody has looked yet how the annotators differ."""

from functools import cached_property

from annotator.model.adjudication import Decision, Disagreement, Status
from annotator.model.ids import id_of
from annotator.model.versions import Held
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.differing import AGREED, MAIN, compared, held_by
from annotator.project.adjudication.grouping import Group

_AGREED = frozenset({AGREED})


class Unweighed(Disagreement):
    """What differs in a group of labels: a queue has thousands, and few of them are ever seen.

    Kind, cost and id are found out when somebody asks: making one takes a tenth of the time. For all who ask it is a
    `Disagreement` like any other.
    """

    group: Group
    pool: tuple[str, ...]
    book: Book

    def __init__(
        self,
        group: Group,
        pool: tuple[str, ...],
        book: Book,
        *,
        article: str,
        is_agreed: bool,
        is_frame: bool,
        status: Status,
        decision: Decision | None,
    ) -> None:
        # The values of a frozen class; `__init__` of its own would want all of them.
        self.__dict__.update(
            group=group,
            pool=pool,
            book=book,
            article=article,
            part="",
            start=group[0].fragments[0][0],  # they stand in reading order
            end=max([mark.fragments[-1][1] for mark in group]),
            tie=group[0].annotation,
            is_agreed=is_agreed,
            is_frame=is_frame,
            status=status,
            decision=decision,
        )

    @cached_property
    def id(self) -> str:
        """The same in every copy of the project as long as the labels are the same ones."""
        return id_of(self.article, "", *sorted([mark.annotation for mark in self.group]))

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """What each annotator who is compared has there."""
        return held_by(self.group, self.pool)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Ids of the labels concerned, in the order of the codebook."""
        return self.book.ordered(mark.label for mark in self.group)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses of those labels."""
        return self.book.clauses_of(self.labels)

    @cached_property
    def _weighed(self) -> tuple[frozenset[str], int]:
        return (_AGREED, 0) if self.is_agreed else compared(self.held)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """All kinds that apply."""
        return self._weighed[0] or _AGREED

    @cached_property
    def kind(self) -> str:
        """The main kind."""
        return next((each for each in MAIN if each in self.kinds), AGREED)

    @cached_property
    def cost(self) -> int:
        """Characters that are lost, summed over pairs of annotators; of attributes how many pairs differ."""
        return self._weighed[1]

"""A plan that is only looked at: made in another thread from values, and told by annotator."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.model.article import State
from annotator.model.assigning import Assignment, Scheme, Work, assign
from annotator.project import Project
from annotator.project.team import Pair, Team
from annotator.ui.team.job import Heard
from annotator.ui.team.people_model import Planned


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan, and the articles that it was made of, which the next one can be made of too."""

    works: Sequence[Work]
    plan: Sequence[Assignment]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan is made of.

    Attributes:
        project: where the articles are read, unless `works` are known already.
        standing: who has which article already, by article.
    """

    project: Path
    works: Sequence[Work] | None
    people: Sequence[str]
    scheme: Scheme
    standing: dict[str, list[str]]

    def draft(self, heard: Heard, cancelled: Callable[[], bool]) -> Drafted:
        """Make it.

        Raises:
            RuleError: the scheme cannot be.
            StoppedError: `cancelled` said so.
        """
        works = self.works
        if works is None:
            with Project.open(self.project, read_only=True) as project:
                works = project.works(progress=heard, cancelled=cancelled)
        return Drafted(works, assign(works, self.people, self.scheme, self.standing))


def standing(team: Team) -> dict[str, list[str]]:
    """Return who is to label what already, by article; second readings are nobody's first."""
    again = {each.id for each in team.annotators if each.repeats}
    found: dict[str, list[str]] = defaultdict(list)
    for article, who in team.places:
        if who not in again:
            found[article].append(who)
    return dict(found)


def told(plan: Iterable[Assignment], team: Team, people: Iterable[str]) -> dict[str, Planned]:
    """Return what everybody would get."""
    lengths = {line.id: line.length for line in team.articles}
    found = {who: [0, 0, 0, 0] for who in people}
    for each in plan:
        mine = found[each.annotator]
        mine[1 if each.is_repeat else 0] += 1
        length = lengths.get(each.article, 0)
        is_read = not each.is_repeat and team.states.get((each.article, each.annotator), State.NEW).is_finished
        mine[2] += length
        mine[3] += 0 if is_read else length
    return {who: Planned(*numbers) for who, numbers in found.items()}


def cells(plan: Iterable[Assignment]) -> frozenset[Pair]:
    """Return the cells of the grid that a plan would fill; repeats have a column only once they are assigned."""
    return frozenset((each.article, each.annotator) for each in plan if not each.is_repeat)

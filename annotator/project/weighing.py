"""How figures stand while gold is made: annotators beside each other, and each of them beside gold."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.adjudication import Cell, Decision
from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.errors import AgreementError
from annotator.project.adjudicating import Adjudicating
from annotator.project.adjudication.compared import SAME, compared
from annotator.project.adjudication.reading import scenes
from annotator.project.request import Request
from annotator.store import people
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.report import Figure

ALPHA = "krippendorff_alpha_jaccard"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Against:
    """How one annotator agrees with gold; None where nothing can be compared.

    Attributes:
        articles: how many articles the figures rest on: decided whole, and finished by the annotator.
        places: how many places of the annotator's work were decided about; `same`: in how many of them it is gold as it
            stood. These count as soon as they are decided.
    """

    annotator: str
    alpha: "Figure | None"
    exact: "Figure | None"
    overlap: "Figure | None"
    articles: int = 0
    places: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """Figures of one cell of the disagreements, or of all.

    Attributes:
        before: agreement of the annotators, as it was and stays: decisions change no label of theirs.
        against: each annotator beside gold.
    """

    before: "Figure | None"
    against: tuple[Against, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far adjudication is, and how figures stand.

    Attributes:
        before, against: as in `Beside`.
        decided, open, again: places decided; open; and of these the ones that were decided and are open again.
        cost_decided, cost_open: characters (and pairs) that these cost.
    """

    before: "Figure | None"
    against: tuple[Against, ...]
    decided: int
    open: int
    again: int
    cost_decided: int
    cost_open: int


class Weighing(Adjudicating):
    """The verbs that say how figures stand."""

    def beside_gold(self, cell: Cell | None = None, *, replicates: int = 0, progress: Progress | None = None) -> Beside:
        """Return how the annotators of a cell agree with each other and with gold, for its labels and in its articles.

        Articles with something open are left out of the figures against gold. The kinds of a cell, and its role or
        relation, choose among the places that are counted; no coefficient is one of them.

        Raises:
            StoppedError: `progress` said so.
        """
        wanted = cell or Cell()
        labels = tuple(each.id for each in self.codebook.labels if each.id in wanted.labels)
        asked = Request(
            annotators=wanted.pair, labels=labels, articles=wanted.articles, measures=(ALPHA,), replicates=replicates
        )
        before = self._figures(asked)[0]
        gold = self.gold()
        if gold is None:
            return Beside(before, ())
        counts = self._places(wanted, progress)
        whole = self._decided_whole(gold, wanted.articles)
        against = []
        for each in self.annotators():
            if each.repeats or (wanted.pair and each.id not in wanted.pair):
                continue
            articles = self._finished_of(each, whole)
            alpha, exact, overlap = self._against(each, gold, articles, replicates, labels)
            places, same = counts[each.id, ""], counts[each.id, SAME]
            against.append(Against(each.name, alpha, exact, overlap, len(articles), places, same))
        return Beside(before, tuple(against))

    def standing_of_gold(self, *, replicates: int = 2000, progress: Progress | None = None) -> Standing:
        """Return how annotators agreed before, how each agrees with gold, and how far adjudication is."""
        queue = self.queue(progress=progress)
        beside = self.beside_gold(replicates=replicates)
        return Standing(
            before=beside.before,
            against=beside.against,
            decided=queue.done,
            open=queue.left,
            again=queue.again,
            cost_decided=queue.cost_done,
            cost_open=queue.cost_left,
        )

    def _places(self, cell: Cell, progress: Progress | None) -> Counter[tuple[str, str]]:
        """Return by annotator how many places are decided about (under an empty word), and in how many they are gold."""
        counts: Counter[tuple[str, str]] = Counter()
        with explained(self.path):
            for number, scene in enumerate(scenes(self._source(), Cell(articles=cell.articles), decided=True)):
                if progress is not None:
                    progress(number, 0, "")
                for who in scene.pool:
                    for each in compared(scene, who):
                        if _takes(cell, each.decision):
                            counts[who, ""] += 1
                            counts[who, each.fate] += 1
        return counts

    def _decided_whole(self, gold: Annotator, articles: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the articles, among some or all, in which everything is decided."""
        with explained(self.path):
            done = people.finished(self._db, gold.id) - self._open_again(gold.id)
        return done & articles if articles else done

    def _finished_of(self, who: Annotator, articles: Iterable[str]) -> dict[str, str]:
        """Return those of some articles that an annotator has finished, with when that was."""
        with explained(self.path):
            states = people.states(self._db)
            times = people.finished_at(self._db, who.id)
        return {
            article: times.get(article, "")
            for article in sorted(articles)
            if State(states.get((article, who.id), State.NEW)).is_finished
        }

    def _against(
        self, who: Annotator, gold: Annotator, articles: Iterable[str], replicates: int, labels: tuple[str, ...] = ()
    ) -> "tuple[Figure | None, Figure | None, Figure | None]":
        """Return α, and F1 exact and overlapping, of an annotator and gold in some articles."""
        wanted = frozenset(articles)
        if not wanted:
            return None, None, None
        request = Request(
            annotators=(who.id, gold.id),
            articles=wanted,
            labels=labels,
            measures=(ALPHA, "span_f1"),
            replicates=replicates,
        )
        return self._figures(request)

    def _figures(self, request: Request) -> "tuple[Figure | None, Figure | None, Figure | None]":
        try:
            report = self.agreement(request)
        except AgreementError:  # fewer than two annotators have finished anything
            return None, None, None
        everybody = max((len(each.annotators) for each in report.figures), default=0)
        found = [
            next((each for each in some if len(each.annotators) == everybody), None)
            for some in (
                report.find(ALPHA, label=None),
                report.find("span_f1", label=None, match="exact"),
                report.find("span_f1", label=None, match="overlap"),
            )
        ]
        return found[0], found[1], found[2]


def _takes(cell: Cell, decision: Decision) -> bool:
    """Whether a decision is about what a cell asks for; that in which all agreed is."""
    labels = {mark.label for held in decision.held for mark in held.marks}
    return (
        (not cell.labels or bool(cell.labels & labels))
        and (not cell.kinds or decision.kind in cell.kinds)
        and (not cell.part or decision.part == cell.part)
    )

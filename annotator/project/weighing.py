"""How figures stand while gold is made: annotators beside each other, and each of them beside gold."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.adjudication import Cell
from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.errors import AgreementError
from annotator.project.adjudicating import Adjudicating
from annotator.project.adjudication.compared import SAME
from annotator.project.adjudication.reading import scenes
from annotator.project.adjudication.scales import Scales, Three, Weight
from annotator.project.request import Request
from annotator.store import gilded, people
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.report import Figure
    from annotator.store.statistics import Statistic

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

    def beside_gold(
        self,
        cell: Cell | None = None,
        *,
        replicates: int = 0,
        progress: Progress | None = None,
        scales: Scales | None = None,
    ) -> Beside:
        """Return how the annotators of a cell agree with each other and with gold, for its labels and in its articles.

        Articles with something open are left out of the figures against gold. The kinds of a cell, and its role or
        relation, choose among the places that are counted; no coefficient is one of them.

        In `scales` is kept what was found out: given again after some decisions, only the articles that these touched are
        looked at once more. After any other change everything is.

        Raises:
            StoppedError: `progress` said so.
        """
        wanted, known = cell or Cell(), scales or Scales()
        labels = tuple(each.id for each in self.codebook.labels if each.id in wanted.labels)
        step = self._file.history.last()
        self._weighed(known, wanted, replicates, progress)
        if known.step < 0:
            asked = Request(
                annotators=wanted.pair,
                labels=labels,
                articles=wanted.articles,
                measures=(ALPHA,),
                replicates=replicates,
            )
            known.before = self._figures(asked, progress)[0]
        gold = self.gold()
        known.step = step
        if gold is None:
            return Beside(known.before, ())
        counts: Counter[tuple[str, str]] = Counter()
        for weight in known.weights.values():
            counts.update(weight.counts)
        whole = self._decided_whole(gold, wanted.articles)
        against = []
        for each in self.annotators():
            if each.repeats or (wanted.pair and each.id not in wanted.pair):
                continue
            with explained(self.path):
                articles = whole & people.finished(self._db, each.id) if whole else whole
            found = known.against.get(each.id)
            if found is None or found[0] != articles:
                three = self._against(each, gold, articles, replicates, labels, progress=progress, rows=known.rows)
                found = known.against[each.id] = (articles, three)
            places, same = counts[each.id, ""], counts[each.id, SAME]
            against.append(Against(each.name, *found[1], len(articles), places, same))
        return Beside(known.before, tuple(against))

    def is_at(self, step: int) -> bool:
        """Whether that is the number of the last step still, or 0 and there is none."""
        return self._file.history.last() == step

    def _weighed(self, known: Scales, cell: Cell, replicates: int, progress: Progress | None) -> None:
        """Weigh the articles that were decided about, those alone that are not known any more."""
        gold = self._gold_id()
        with explained(self.path):
            touched = gilded.touched(self._db, known.step, gold) if known.step >= 0 else None
            if touched is None or (known.cell, known.replicates) != (cell, replicates):
                known.begin(cell, replicates)
                chosen = cell.articles
            else:
                known.forget(touched)
                chosen = touched & cell.articles if cell.articles else touched
            if chosen or known.step < 0:
                some = scenes(self._source(), Cell(articles=chosen), decided=True)
                for number, scene in enumerate(some):
                    if progress is not None:
                        progress(number, 0, "")
                    known.weights[scene.article] = Weight.of(scene, cell)
            if not cell.articles:  # else nothing is known of the others
                done = people.finished(self._db, gold)
                self._open = (self._file.history.count(), known.open_again(done))

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
        self,
        who: Annotator,
        gold: Annotator,
        articles: Iterable[str],
        replicates: int,
        labels: tuple[str, ...] = (),
        *,
        progress: Progress | None = None,
        rows: "dict[str, Statistic] | None" = None,
    ) -> Three:
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
        return self._figures(request, progress, rows)

    def _figures(
        self, request: Request, progress: Progress | None = None, rows: "dict[str, Statistic] | None" = None
    ) -> Three:
        try:
            figures = self.figures(request, progress=progress, rows=rows)
        except AgreementError:  # fewer than two annotators have finished anything
            return None, None, None
        everybody = max((len(each.annotators) for each in figures), default=0)

        def found(measure: str, match: str = "") -> "Figure | None":
            some = (each for each in figures if each.measure == measure and each.label is None)
            return next((each for each in some if each.match == match and len(each.annotators) == everybody), None)

        return found(ALPHA), found("span_f1", "exact"), found("span_f1", "overlap")

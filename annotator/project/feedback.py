"""The loop back: what decisions say to each annotator and about the codebook, and how figures stand against gold."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from annotator.model.adjudication import REASONS, Cell, Decision, Outcome
from annotator.model.annotator import Annotator
from annotator.model.codebook import Clause, Codebook
from annotator.model.counting import counted
from annotator.model.errors import NotFoundError, RuleError
from annotator.model.versions import Mark
from annotator.project.adjudication.compared import FATES, SAME, Compared, compared
from annotator.project.adjudication.reading import scenes
from annotator.project.request import Request
from annotator.project.selecting import Selection
from annotator.project.weighing import ALPHA, Weighing
from annotator.store.clock import now
from annotator.store.database import explained

if TYPE_CHECKING:
    from annotator.project.report import Figure

AROUND = 90
"""Code points of context on either side of a correction."""
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Words:
    """A label in words: its name, what it covers, its values, and where (code points of the article, half-open)."""

    label: str
    covered: str
    values: tuple[str, ...] = ()
    fragments: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One place of an annotator's work beside gold.

    Attributes:
        fate: one of `adjudication.compared.FATES`.
        context: the text around, whole words, from the code point `begins` of the article on.
        mine, gold: labels in words; of links what the annotator's and the gold ones lead to.
        part: name of the role or relation, and `about` the label that it leaves; empty where spans are compared.
        reason, note, clause: why it was decided so: words, free text, and the clause cited with its id.
    """

    article: str
    title: str
    fate: str
    context: str
    begins: int
    mine: tuple[Words, ...]
    gold: tuple[Words, ...]
    part: str = ""
    about: tuple[Words, ...] = ()
    reason: str = ""
    note: str = ""
    clause: str = ""
    clause_text: str = ""
    decided_at: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Agreement with gold in the articles that the annotator finished in the week from `monday` on (ISO 8601)."""

    monday: str
    articles: int
    alpha: "Figure | None"
    f1: "Figure | None"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What decisions say to one annotator. Nobody else is named in it.

    Attributes:
        labels: how many labels the annotator has in the whole project.
        fates: how many places of each of `FATES`; the corrections are those that are not the same as gold.
        articles: how many articles are decided whole, and finished by the annotator: the figures are about these.
        alpha, exact, overlap: agreement with gold; None where nothing can be compared.
        weeks: the same, week by week.
    """

    project: str
    annotator: str
    fates: Mapping[str, int]
    corrections: tuple[Correction, ...]
    articles: int = 0
    alpha: "Figure | None" = None
    exact: "Figure | None" = None
    overlap: "Figure | None" = None
    weeks: tuple[Week, ...] = ()
    made_at: str = ""
    labels: int = 0

    @property
    def places(self) -> int:
        """How many places of the annotator's work were decided about."""
        return sum(self.fates.values())

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        made: dict[str, Any] = asdict(replace(self, alpha=None, exact=None, overlap=None, weeks=()))
        made.update({name: _plain(getattr(self, name)) for name in ("alpha", "exact", "overlap")})
        made["weeks"] = [
            {"monday": each.monday, "articles": each.articles, "alpha": _plain(each.alpha), "f1": _plain(each.f1)}
            for each in self.weeks
        ]
        return made


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """What was decided with one clause of the codebook, or without any.

    Attributes:
        clause: its id; empty: no clause was cited. `words`: its text, empty where the codebook has it no more.
        labels: ids of the labels that were decided about.
        kinds, reasons, outcomes: how many decisions of each.
        decisions: themselves, in reading order.
    """

    clause: str
    words: str
    labels: tuple[str, ...]
    kinds: Mapping[str, int]
    reasons: Mapping[str, int]
    outcomes: Mapping[str, int]
    decisions: tuple[Decision, ...] = field(repr=False, default=())


class Feeding(Weighing):
    """The verbs that take decisions back to where disagreement came from."""

    def feedback(self, annotator: str, *, replicates: int = 2000, progress: Progress | None = None) -> Feedback:
        """Return an annotator's work beside gold: place by place, with reasons, and in figures week by week.

        Raises:
            NotFoundError: there is no such annotator, or nothing was decided yet.
            RuleError: gold itself was named.
        """
        who, gold = self.annotator(annotator), self.gold()
        if who.is_gold:
            raise RuleError("Gold cannot be compared with itself. Name an annotator.")
        if gold is None:
            raise NotFoundError("Nothing was decided yet. Decide about disagreements first.")
        fates: Counter[str] = Counter()
        corrections: list[Correction] = []
        with explained(self.path):
            for number, scene in enumerate(scenes(self._source(), Cell(), decided=True)):
                if progress is not None:
                    progress(number, 0, "")
                found = sorted(compared(scene, who.id), key=lambda each: (each.decision.start, each.decision.end))
                fates.update(each.fate for each in found)
                wrong = [each for each in found if each.fate != SAME]
                corrections.extend(self._corrections(scene.article, wrong))
        articles = self._finished_of(who, self._decided_whole(gold))
        alpha, exact, overlap = self._against(who, gold, articles, replicates)
        return Feedback(
            project=self.name,
            annotator=who.name,
            fates={name: fates[name] for name in FATES if fates[name]},
            corrections=tuple(corrections),
            articles=len(articles),
            alpha=alpha,
            exact=exact,
            overlap=overlap,
            weeks=tuple(self._weeks(who, gold, articles)),
            made_at=now(),
            labels=sum(self.counts(who.id).values()),
        )

    def clause_uses(self) -> list[ClauseUse]:
        """Return what was decided by the clause that was cited, the one with most decisions first.

        What was accepted because all agree is not among it, and neither is what is open again.
        """
        by: dict[str, list[Decision]] = defaultdict(list)
        with explained(self.path):
            for scene in scenes(self._source(), Cell(), decided=True):
                joins = [told for join in scene.joins if (told := scene.is_settled(join)) is not None]
                for decision in [*(told.decision for told in scene.settled.values()), *joins]:
                    if decision.kind != "agreed":
                        by[decision.clause].append(decision)
        known = clauses_of(self.codebook)
        made = [_use(clause, some, known) for clause, some in by.items()]
        return sorted(made, key=lambda each: (-len(each.decisions), each.clause))

    def _behind(self, selection: Selection) -> tuple[str, ...]:
        """Return how gold was made and how annotators agreed before, where gold is chosen."""
        from annotator.project.report_words import figure_words  # noqa: PLC0415 - only when gold goes out

        gold = self.gold()
        if gold is None or gold.id not in selection.annotators:
            return ()
        chosen = selection.articles
        queue = self.queue(Cell(articles=chosen))
        told = [each for each in self.decisions() if each.is_decided and (not chosen or each.article in chosen)]
        kinds = Counter(each.outcome if each.outcome in _BY_RULE else None for each in told)
        open_ = (
            f"{counted(queue.left, 'disagreement is', 'disagreements are')} open, and without gold"
            if queue.left
            else "Nothing is open"
        )
        agreed = counted(kinds[Outcome.AGREED], "place was", "places were")
        made = (
            f"These labels are gold: decided from those of several annotators. {agreed} taken"
            f" because all who read the article agreed, {kinds[Outcome.RULE]:,} because more than half of them did, and"
            f" {kinds[None]:,} by a person. {open_}."
        )
        figure = self._figures(Request(measures=(ALPHA,), articles=chosen))[0]
        if figure is None:
            return (made,)
        value = figure_words(figure.value, figure.low, figure.high, figure.undefined)
        people = f"{', '.join(figure.annotators[:-1])} and {figure.annotators[-1]}"
        articles = f"{counted(figure.articles, 'article')} read by two or more"
        how = "Krippendorff's α over the label sets of characters, Jaccard distance, 95% interval over articles"
        return made, f"Before, {people} agreed at α = {value} on {articles} ({how})."

    def _weeks(self, who: Annotator, gold: Annotator, articles: Mapping[str, str]) -> Iterable[Week]:
        weeks: dict[str, list[str]] = defaultdict(list)
        for article, time in articles.items():
            try:
                day = date.fromisoformat(time[:10])
            except ValueError:
                continue
            weeks[(day - timedelta(days=day.weekday())).isoformat()].append(article)
        for monday, some in sorted(weeks.items()):
            alpha, exact, _ = self._against(who, gold, some, 0)
            yield Week(monday, len(some), alpha, exact)

    def _corrections(self, article: str, found: Iterable[Compared]) -> list[Correction]:
        found = list(found)
        if not found:
            return []
        head, text, book = self.head(article), self._text(article), self.codebook
        known = clauses_of(book)
        ends = self.described(end for each in found for end in (*each.led, *each.leads) if end)

        def leading(ids: Iterable[str | None]) -> tuple[Words, ...]:
            made = []
            for each in ids:
                if each is None:
                    made.append(Words("", "not in this article"))
                elif each in ends:
                    made.append(Words(book.label(ends[each].annotation.label).name, ends[each].covered))
            return tuple(made)

        made = []
        for each in found:
            told = each.decision
            begins, ends_at = around(text, told.start, told.end)
            kind = book.link_kind(told.part) if told.part else None
            clause = known.get(told.clause)
            made.append(
                Correction(
                    article=article,
                    title=head.title,
                    fate=each.fate,
                    context=text[begins:ends_at],
                    begins=begins,
                    mine=leading(each.led) if told.part else in_words(book, each.mine, text),
                    gold=leading(each.leads) if told.part else in_words(book, each.gold, text),
                    part=kind.name if kind else told.part,
                    about=in_words(book, each.mine, text) if told.part else (),
                    reason=REASONS.get(told.reason, told.reason) or _BY_RULE.get(told.outcome, ""),
                    note=told.note,
                    clause=told.clause,
                    clause_text=clause.text if clause else "",
                    decided_at=told.changed_at,
                )
            )
        return made


_BY_RULE = {Outcome.RULE: "More than half of the annotators have it so", Outcome.AGREED: "All annotators have it so"}


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch with the whole words around it, in code points, half-open."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    while low and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high


def in_words(book: Codebook, marks: Iterable[Mark], text: str) -> tuple[Words, ...]:
    """Return labels in words."""
    names = {label.id: label.name for label in book.labels}
    values = {(each.id, value.id): f"{each.name}: {value.name}" for each in book.attributes for value in each.values}
    return tuple(
        Words(
            names.get(mark.label, mark.label),
            " … ".join(text[start:end] for start, end in mark.fragments),
            tuple(values.get(pair, f"{pair[0]}: {pair[1]}") for pair in mark.attributes),
            mark.fragments,
        )
        for mark in marks
    )


def clauses_of(book: Codebook) -> dict[str, Clause]:
    """Return every clause of a codebook that can be cited, by id."""
    own = [clause for label in book.labels for clause in (*label.use_when, *label.avoid_when)]
    return {clause.id: clause for clause in (*book.clauses, *own)}


def _use(clause: str, some: list[Decision], known: Mapping[str, Clause]) -> ClauseUse:
    about = {mark.label for each in some for held in each.held for mark in held.marks}
    return ClauseUse(
        clause=clause,
        words=known[clause].text if clause in known else "",
        labels=tuple(sorted(about)),
        kinds=dict(Counter(each.kind for each in some)),
        reasons=dict(Counter(each.reason for each in some if each.reason)),
        outcomes=dict(Counter(each.outcome.value for each in some)),
        decisions=tuple(sorted(some, key=lambda each: (each.article, each.start, each.id))),
    )


def _plain(figure: "Figure | None") -> dict[str, Any] | None:
    return figure.to_dict() if figure else None

"""Adjudicating: from disagreements to gold, one decision a step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.model.adjudication import Cell, Decision, Disagreement, Draft, Outcome, Part
from annotator.model.annotator import Annotator
from annotator.model.errors import NotFoundError, RuleError
from annotator.model.minutes import pace
from annotator.model.rules import is_value
from annotator.model.span import Span
from annotator.project.adjudication.cases import again, found, number_of
from annotator.project.adjudication.frame import decide_edited, decide_version, parts_of
from annotator.project.adjudication.making import Facts, Making, drafts_of, targets_of
from annotator.project.adjudication.queue import Queue, queue_of, read_of
from annotator.project.adjudication.reading import Progress, scenes
from annotator.project.adjudication.rule import RulePlan, draft_rule
from annotator.project.adjudication.scene import Scene
from annotator.project.garbage import left_lying
from annotator.project.gilding import Gilding
from annotator.store import decisions
from annotator.store.clock import now
from annotator.store.database import explained

_LATELY = 50


class StaleDisagreementError(RuleError):
    """The labels have changed since the disagreement was looked at."""

    def __init__(self) -> None:
        super().__init__("The labels there have changed since you looked. Look again, then decide.")


class Adjudicating(Gilding):
    """The verbs of adjudication."""

    def disagreements(self, article: str, cell: Cell | None = None, *, every: bool = False) -> list[Disagreement]:
        """Return the open disagreements of an article in reading order; with `every` the decided ones, too."""
        wanted = replace(cell or Cell(), articles=frozenset({article}))
        agreed = wanted.agreed or "agreed" in wanted.kinds
        with explained(self.path):
            some = [
                each for scene in scenes(self._source(), wanted) for each in found(scene, agreed=agreed, every=every)
            ]
        return [each for each in some if wanted.takes(each)]

    def queue(self, cell: Cell | None = None, order: str = "article", *, progress: Progress | None = None) -> Queue:
        """Return what is to be decided: of all articles, some, or one cell of an agreement table.

        `order` is one of ``article`` (in the order of the list and of reading), ``cost`` (the dearest first) and
        ``clause`` (label after label of the codebook). For another thread there is
        `annotator.project.adjudication.queue.draft_queue`, which takes the project's path.

        Raises:
            RuleError: there is no such order.
        """
        with explained(self.path):
            return queue_of(self._source(), cell or Cell(), order, progress=progress)

    def renewed(self, queue: Queue, articles: Iterable[str]) -> Queue:
        """Return a queue after something changed in some articles: only these are read again."""
        chosen = queue.cell.articles
        touched = [each for each in articles if not chosen or each in chosen]
        if touched:
            with explained(self.path):
                cell = replace(queue.cell, articles=frozenset(touched))
                few = len(touched) <= _FEW
                some = self._scenes_of(touched) if few else scenes(self._source(), cell)
                fresh = read_of(some, cell, looked_at=few)
            queue = queue.renewed(touched, fresh)
        return queue

    def expect(self, article: str) -> None:
        """Read what stands in an article, so that the first decision about it need not: in between, nobody waits for it.

        Raises:
            NotFoundError: there is no such article.
        """
        self._scene(article)

    def _scenes_of(self, articles: Iterable[str]) -> Iterator[Scene]:
        """Yield the scenes of those that are there (still)."""
        for article in articles:
            try:
                scene = self._scene(article)
            except NotFoundError:
                continue
            yield scene

    def preview(
        self, found: Disagreement, outcome: Outcome, *, version: int = 0, drafts: Sequence[Draft] = (), label: str = ""
    ) -> tuple[Draft, ...]:
        """Return the labels that a decision would make gold; nothing is written. Of links there are none.

        Raises:
            RuleError: it cannot be; the sentence says why.
        """
        return () if found.part else drafts_of(found, outcome, version=version, drafts=drafts, label=label)

    def decide(
        self,
        found: Disagreement,
        outcome: Outcome,
        *,
        by: str,
        version: int = 0,
        drafts: Sequence[Draft] = (),
        targets: Sequence[str | None] = (),
        label: str = "",
        parts: Sequence[Part] | None = None,
        whole: bool = False,
        reason: str = "",
        note: str = "",
        clause: str = "",
    ) -> Decision:
        """Decide, in one step: gold labels, gold links, and the certificate of where they come from.

        `version` is the place in the disagreement's versions. With `whole` the parts of a frame and its roles are taken
        from that version too. Where labels differ, a union or an overlap gets `label`, or that of the first version.
        `drafts` (of links: `targets`, by ids of labels) are what was edited; with `parts`, of a frame: its cue, and all
        that fills its roles (`to_edit` is what to begin with). What a step wrote, `undo` takes back.

        Raises:
            StaleDisagreementError: the labels there have changed since.
            RuleError: it cannot be decided so; the sentence says why.
            SpanError: an edited span is nothing but blanks, or outside the text.
            NotFoundError: `by` is no annotator.
        """
        scene, current = self._current(found)
        facts = self._facts(by, reason, note, clause)
        making = Making(scene, self._gold_id())
        decision = self._decided(
            making, current, outcome, facts, version=version, drafts=drafts, targets=targets, label=label, parts=parts
        )
        if whole and outcome is Outcome.VERSION and not current.part:
            number = number_of(scene, current)
            if number is not None:
                decide_version(making, number, current.versions[version].annotators[0], facts)
        title = f"{_TITLES[outcome]} in {self._named(found.article)}"
        with self._deciding(title, found.article, facts.annotator) as step:
            self._gild(step.writing, making)
        return decision

    def _decided(
        self,
        making: Making,
        found: Disagreement,
        outcome: Outcome,
        facts: Facts,
        *,
        version: int,
        drafts: Sequence[Draft],
        targets: Sequence[str | None] = (),
        label: str = "",
        parts: Sequence[Part] | None = None,
    ) -> Decision:
        scene = making.scene
        if (
            outcome is Outcome.VERSION
            and not found.part
            and version < len(found.versions)
            and found.versions[version].is_nothing
        ):
            outcome = Outcome.NONE
        number = number_of(scene, found)
        if number is None:
            if outcome is not Outcome.NONE:
                raise RuleError(
                    "Nobody has a label there any more. Keep the gold labels as they are, or say that none is right."
                )
            return making.decide_lost(found, facts)
        if outcome is Outcome.EDITED and parts is not None:
            (cue,) = self._trimmed(found.article, drafts)
            filled = self._trimmed(found.article, [each.draft for each in parts])
            some = [replace(each, draft=draft) for each, draft in zip(parts, filled, strict=True)]
            return decide_edited(making, number, cue, some, facts, role=found.part)
        if found.part:
            join = next(each for each in scene.joins if (each.origin, each.kind) == (number, found.part))
            chosen = targets_of(join, found, outcome, version=version, targets=targets)
            return making.decide_join(join, outcome, chosen, facts)
        if outcome is Outcome.EDITED:
            drafts = self._trimmed(found.article, drafts)
        made = drafts_of(found, outcome, version=version, drafts=drafts, label=label)
        text = self._text(found.article)
        return making.decide_group(
            number, outcome, [replace(each, span=each.span.trimmed(text)) for each in made], facts, found
        )

    def _trimmed(self, article: str, drafts: Iterable[Draft]) -> list[Draft]:
        """Return what was edited without blanks at its edges, where the codebook has such labels and values."""
        text, made = self._text(article), []
        for each in drafts:
            self._check_values(each)
            made.append(replace(each, span=each.span.trimmed(text)))
        return made

    def to_edit(self, found: Disagreement) -> tuple[Draft, tuple[Part, ...]]:
        """Return what editing begins with: the label, and what fills its roles, as decided or as in the first version.

        Raises:
            StaleDisagreementError: the labels there have changed since.
            RuleError: nobody has a label there any more.
        """
        scene, current = self._current(found)
        number = number_of(scene, current)
        if number is None:
            raise RuleError(
                "Nobody has a label there any more. Keep the gold labels as they are, or say that none is right."
            )
        mark = next(iter(scene.marks_of(number)), None) or next(
            each.marks[0] for each in current.versions if each.marks
        )
        people = [who for version in current.versions for who in version.annotators]
        return Draft(mark.label, mark.span, mark.attributes), parts_of(scene, number, people)

    def _check_values(self, draft: Draft) -> None:
        """Refuse a label or a value that the codebook does not have, where somebody wants it.

        Values of annotators' labels that the codebook has lost since are left out of gold without a word.
        """
        label = self.codebook.label(draft.label)
        for name, value in draft.attributes:
            if not is_value(self.codebook, label.id, name, value):
                raise RuleError(f"“{label.name}” has no attribute “{name}” with the value “{value}” in the codebook.")

    def ask_about(
        self,
        found: Disagreement,
        text: str,
        *,
        by: str,
        reason: str = "",
        clause: str = "",
        span: Span | None = None,
    ) -> Decision:
        """Ask the annotators: a question on the span of the disagreement, which stays open and goes to the end.

        The question travels with copies of the project like any note.

        Raises:
            RuleError: there are no words.
            StaleDisagreementError: the labels there have changed since.
            NotFoundError: `by` is no annotator.
        """
        scene, current = self._current(found)
        where = span or Span.of((current.start, current.end))
        thread = self._thread(found.article, text, by, where)
        facts = replace(self._facts(by, reason, "", clause), thread=thread.id)
        making = Making(scene, self._gold_id())
        if number_of(scene, current) is None:
            raise RuleError("Nobody has a label there any more. There is nobody to ask.")
        decision = self._decided(making, current, Outcome.ASKED, facts, version=0, drafts=())
        with self.step(
            f"Ask about a disagreement in {self._named(found.article)}",
            annotator=facts.annotator,
            article=found.article,
        ) as step:
            self._write_thread(step.writing, thread)
            self._gild(step.writing, making)
        return decision

    def rule_draft(
        self,
        rule: str,
        cell: Cell | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RulePlan:
        """Return what a rule would accept without a person's decision; nothing is changed.

        ``all``: what all who finished an article have. ``majority``: what more than half of them have, “nothing” and
        disputed links included. ``none``: nothing. What a person has decided or asked about is left to people.

        Raises:
            RuleError: there is no such rule.
            StoppedError: `cancelled` said so.
        """
        with explained(self.path):
            source, position = self._source(), self._file.history.last()
            return draft_rule(source, rule, position, cell or Cell(), progress=progress, cancelled=cancelled)

    def accept(self, plan: RulePlan, *, by: str = "", progress: Progress | None = None) -> int:
        """Make gold what a rule accepts: in one step, or not at all. Return how many decisions that were.

        Raises:
            StaleDisagreementError: the project has changed since the plan was made.
            NotFoundError: `by` is no annotator.
        """
        with explained(self.path):
            if self._file.history.last() != plan.position:
                raise StaleDisagreementError
        facts = self._facts(by, "", "", "")
        made = 0
        with left_lying(), self.step(f"Accept what {_WHO[plan.rule]} have", annotator=facts.annotator) as step:
            for number, making in enumerate(plan.makings):
                if progress is not None:
                    progress(number, len(plan.makings), "")
                made += making.sign(facts)
                self._gild(step.writing, making)
                making.rest()
        return made

    def undecide(self, decision: str, *, by: str = "") -> None:
        """Take a decision back, with the gold that came of it, however long ago it was made. `undo` brings it back.

        Raises:
            NotFoundError: there is no such decision.
        """
        old = self.decision(decision)
        making = Making(self._scene(old.article), self._gold_id())
        making.take_back(old)
        who = self.annotator(by).id if by else ""
        with self.step(
            f"Open a decision again in {self._named(old.article)}", annotator=who, article=old.article
        ) as step:
            self._gild(step.writing, making)

    def decisions(self, article: str = "") -> list[Decision]:
        """Return what was decided and asked in an article or in all, in reading order."""
        with explained(self.path):
            return decisions.decisions(self._db, [article] if article else None)

    def decision(self, decision: str) -> Decision:
        """Return the decision with that id.

        Raises:
            NotFoundError: there is none.
        """
        with explained(self.path):
            image = decisions.DecisionNoun().read(self._db, decision)
        if image is None:
            raise NotFoundError("That decision is not in the project (any more).")
        return decisions.from_image(image)

    def certificate(self, annotation: str) -> Decision | None:
        """Return the decision that a gold label came of; None where it came of none."""
        article = self.annotation(annotation).article
        return next((each for each in self.decisions(article) if annotation in each.gold), None)

    def pace(self, by: str = "") -> float | None:
        """Return how many seconds a decision took of late (the median); None while there are fewer than three.

        Pauses of more than five minutes do not count, and what a rule decided does not either.
        """
        who = self.annotator(by).id if by else ""
        with explained(self.path):
            times = decisions.latest(self._db, [Outcome.RULE, Outcome.AGREED], who, _LATELY)
        return pace(times)

    def _current(self, found: Disagreement) -> tuple[Scene, Disagreement]:
        """Return the article as it stands, and the disagreement in it.

        Raises:
            StaleDisagreementError: it is another one by now.
        """
        scene = self._scene(found.article)
        current = again(scene, found)
        if current is None or current.versions != found.versions:
            raise StaleDisagreementError
        return scene, current

    def _facts(self, by: str, reason: str, note: str, clause: str) -> Facts:
        who: Annotator | None = self.annotator(by) if by else None
        if who is not None and who.is_gold:
            raise RuleError("Gold is decided by people. Say who decides.")
        return Facts(who.id if who else "", reason, note.strip(), clause, "", self.codebook.revision, now())


_FEW = 4
"""Scenes of so many articles are read one by one after a step, and kept for the next decision."""
_WHO = {"all": "all", "majority": "most", "none": "none"}
_TITLES = {
    Outcome.VERSION: "Take a version",
    Outcome.UNION: "Take the union",
    Outcome.OVERLAP: "Take the overlap",
    Outcome.EDITED: "Decide on a span",
    Outcome.NONE: "Decide that nothing is right",
    Outcome.RULE: "Accept what most have",
    Outcome.AGREED: "Accept what all have",
    Outcome.ASKED: "Ask about a disagreement",
}

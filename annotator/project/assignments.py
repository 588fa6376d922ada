"""The annotators of a project, what each is to label, and how far each is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.assigning import Assignment, Scheme, Work, assign
from annotator.model.changes import Step
from annotator.model.codebook_checks import is_color
from annotator.model.counting import counted
from annotator.model.errors import NotFoundError, RuleError, StoppedError
from annotator.model.ids import new_id
from annotator.model.minutes import seconds
from annotator.project.base import BLIND
from annotator.project.team import Line, Progress, Share, Team
from annotator.project.threads import Threads
from annotator.store import articles, assignments, people, visits
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.text.similar import Copies

Listen = Callable[[int, int, str], None]
AGAIN = "again"
"""Behind the name of an annotator who reads some articles a second time, blind."""
__all__ = ["Assignments", "Progress", "Share", "Team"]


class Assignments(Threads):
    """The verbs of a team: who is who, who labels what, who sees what."""

    def set_annotator(
        self,
        who: str,
        *,
        name: str | None = None,
        short: str | None = None,
        color: str | None = None,
        email: str | None = None,
    ) -> Annotator:
        """Change what is known of an annotator; what is None stays. The labels stay theirs.

        Raises:
            NotFoundError: there is no such annotator, or the name is empty or somebody else's.
            RuleError: the colour is none, or another annotator has that short name.
        """
        old = self.annotator(who)
        given = {"name": name, "short": short, "color": color, "email": email}
        words = {key: " ".join(value.split()) for key, value in given.items() if value is not None}
        new = replace(old, **words)
        self._check_person(new)
        if new != old:
            with self.step(f"Change annotator {old.name}") as step:
                step.writing.put("annotator", old.id, people.image(new))
        return new

    def add_annotator(self, name: str, *, short: str = "", color: str = "", email: str = "") -> Annotator:
        """Add somebody new.

        Raises:
            NotFoundError: the name is empty or somebody else's.
            RuleError: the colour is none, or another annotator has that short name.
        """
        words = {"name": name, "short": short, "color": color, "email": email}
        new = Annotator(new_id(), made_at=now(), **{key: " ".join(value.split()) for key, value in words.items()})
        self._check_person(new)
        with self.step(f"Add annotator {new.name}") as step:
            step.writing.put("annotator", new.id, people.image(new), is_new=True)
        return new

    def _check_person(self, new: Annotator) -> None:
        others = [each for each in self.everybody() if each.id != new.id]
        if not new.name or any(each.name == new.name for each in others):
            raise NotFoundError(f"“{new.name}” cannot be the new name: it is empty, or somebody else's.")
        if new.short and any(each.short == new.short for each in others):
            raise RuleError(f"“{new.short}” is the short name of somebody else. Choose another.")
        if new.color and not is_color(new.color):
            raise RuleError(f"“{new.color}” is no colour. Write one as #rrggbb.")

    def set_blind(self, *, blind: bool) -> None:
        """Let annotators see each other's work, or hide it again."""
        title = "Hide others' labels" if blind else "Open others' labels"
        with self.step(title) as step:
            step.writing.put("setting", BLIND, None if blind else {"name": BLIND, "value": "no"})

    def is_blind_for(self, annotator: str) -> bool:
        """Whether what others have is hidden from somebody at the keyboard: until it is opened.

        From whoever reads a second time it stays hidden all the same: they would see what they had the first time, and
        what was decided from it.

        Raises:
            NotFoundError: there is no such annotator.
        """
        return self.annotator(annotator).reads_again or self.is_blind

    def visible_to(self, annotator: str) -> frozenset[str]:
        """Return the ids of the annotators whose labels, notes and steps somebody at the keyboard may see.

        Raises:
            NotFoundError: there is no such annotator.
        """
        who = self.annotator(annotator).id
        return frozenset({who}) if self.is_blind_for(who) else frozenset(each.id for each in self.everybody())

    def is_visible(self, step: Step, annotator: str) -> bool:
        """Whether a step may be named to an annotator, and taken back: it is their own, nobody's, or all is open."""
        return not step.annotator or step.annotator in self.visible_to(annotator)

    def assignments(self, annotator: str = "") -> list[Assignment]:
        """Return what an annotator, or everybody, is to label, in the order of reading."""
        who = self.annotator(annotator).id if annotator else ""
        repeating = {each.id for each in self.annotators() if each.repeats}
        with explained(self.path):
            rows = assignments.assignments(self._db, who)
        return [
            Assignment(each["article"], each["annotator"], each["place"], each["annotator"] in repeating)
            for each in rows
        ]

    def assign_plan(
        self, annotators: Iterable[str], scheme: Scheme, *, ids: Iterable[str] | None = None
    ) -> list[Assignment]:
        """Return what `assign` would give to whom; nothing is changed.

        `ids` are the articles to share out, all when None. An article that somebody is to label already stays as it is.

        Raises:
            NotFoundError: there is no such annotator or article.
            RuleError: the scheme cannot be.
        """
        people_asked = [self.annotator(each).id for each in annotators]
        if len(set(people_asked)) < len(people_asked):
            raise RuleError("An annotator is named twice.")
        standing: dict[str, list[str]] = defaultdict(list)
        for each in self.assignments():
            if not each.is_repeat:
                standing[each.article].append(each.annotator)
        return assign(self.works(ids), people_asked, scheme, standing)

    def assign(self, planned: Iterable[Assignment], *, progress: Listen | None = None) -> int:
        """Write assignments, in one step; return how many were new. Repeats go to the annotator's second reading.

        That is an annotator of its own ("Ana again"), whose labels and copies know nothing of the first reading. Where
        `progress` raises, nothing is written.

        Raises:
            NotFoundError: there is no such annotator or article.
        """
        planned = list(planned)
        known = {(each.article, each.annotator) for each in self.assignments()}
        readers = {each.id: each for each in self.annotators()}
        second = {each.repeats: each for each in readers.values() if each.repeats}
        for each in planned:
            if each.annotator not in readers:
                raise NotFoundError("One of the annotators is not in the project (any more).")
        with explained(self.path):
            present = set(articles.ids(self._db))
        if not {each.article for each in planned} <= present:
            raise NotFoundError("One of the articles is not in the project (any more).")
        time = now()
        made = 0
        with self.step("Assign articles") as step:
            for done, each in enumerate(planned):
                if progress is not None:
                    progress(done, len(planned), "")
                reader = readers[each.annotator]
                if each.is_repeat and not reader.repeats:
                    if reader.id not in second:
                        second[reader.id] = self._second(reader, time)
                        image = people.image(second[reader.id])
                        step.writing.put("annotator", second[reader.id].id, image, is_new=True)
                    reader = second[reader.id]
                if (each.article, reader.id) in known:
                    continue
                image = {"article": each.article, "annotator": reader.id, "place": each.place, "made_at": time}
                step.writing.put("assignment", f"{each.article}:{reader.id}", image, is_new=True)
                made += 1
            step.entitle(f"Assign {counted(made, 'article')}")
        return made

    def unassign(self, annotator: str, ids: Iterable[str]) -> int:
        """Take articles off an annotator's plan; labels stay. Return how many."""
        return self.unassign_all({annotator: ids})

    def unassign_all(self, planned: Mapping[str, Iterable[str]], *, progress: Listen | None = None) -> int:
        """Take articles off several annotators' plans in one step; labels stay. Return how many.

        Where `progress` raises, all stay on the plan.

        Raises:
            NotFoundError: there is no such annotator.
        """
        gone: list[tuple[str, str]] = []
        for annotator, ids in planned.items():
            who = self.annotator(annotator).id
            mine = {each.article for each in self.assignments(who)}
            gone += [(each, who) for each in dict.fromkeys(ids) if each in mine]
        whose = {who for _, who in gone}
        if gone:
            name = f" {self.annotator(gone[0][1]).name}" if len(whose) == 1 else " the plan"
            articles_gone = counted(len(gone), "article")
            with self.step(f"Take {articles_gone} off{name}") as step:
                for done, (article, who) in enumerate(gone):
                    if progress is not None:
                        progress(done, len(gone), "")
                    step.writing.put("assignment", f"{article}:{who}", None)
        return len(gone)

    def progress(self) -> list[Progress]:
        """Return everybody's plan and how far it is: per article state, labels and minutes, and what remains.

        The work of copies that were merged counts like that done here.
        """
        return self.team().progress()

    def team(self) -> Team:
        """Return the same as values to be looked up: quick with thousands of articles, of which a screen shows a few."""
        with explained(self.path):
            return Team(
                annotators=self.annotators(),
                articles=tuple(Line(each.id, each.title, each.length) for each in articles.heads(self._db, "")),
                places={
                    (each["article"], each["annotator"]): each["place"] for each in assignments.assignments(self._db)
                },
                states={pair: State(state) for pair, state in people.states(self._db).items()},
                labels=assignments.labels(self._db),
                seconds={(article, who): spent for (who, article), spent in seconds(visits.work(self._db)).items()},
                handed_out={each["annotator"]: each["made_at"] for each in visits.handouts(self._db)},
            )

    def works(
        self,
        ids: Iterable[str] | None = None,
        *,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Work]:
        """Return the articles to share out; copies of one another are one story, and so is what says the same story.

        Raises:
            NotFoundError: there is no such article.
            StoppedError: `cancelled` said so.
        """
        with explained(self.path):
            wanted = articles.ids(self._db) if ids is None else list(ids)
        copies, found, story = Copies(), [], dict[str, str]()
        for number, article_id in enumerate(wanted):
            if cancelled is not None and cancelled():
                raise StoppedError
            if progress is not None:
                progress(number, len(wanted), "")
            article = self.article(article_id)
            copy = copies.add(article_id, article.text)
            story[article_id] = article.value("story") or (story[copy.original] if copy else article_id)
            found.append(Work(article_id, len(article.text), story[article_id]))
        return found

    def _second(self, reader: Annotator, time: str) -> Annotator:
        names = {each.name for each in self.everybody()}
        name, number = f"{reader.name} {AGAIN}", 1
        while name in names:
            number += 1
            name = f"{reader.name} {AGAIN} {number}"
        return Annotator(new_id(), name, time, color=reader.color, email=reader.email, repeats=reader.id)

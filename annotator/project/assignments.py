"""The annotators of a project, what each is to label, and how far each is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.assigning import Assignment, Scheme, Work, assign
from annotator.model.changes import Step
from annotator.model.codebook_checks import is_color
from annotator.model.errors import NotFoundError, RuleError
from annotator.model.ids import new_id
from annotator.model.minutes import seconds
from annotator.project.threads import Threads
from annotator.store import articles, assignments, people, visits
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.text.similar import Copies

AGAIN = "again"
"""Behind the name of an annotator who reads some articles a second time, blind."""
_BLIND = "blind"


@dataclass(frozen=True, slots=True)
class Share:
    """One article of one annotator's plan.

    Attributes:
        article: id; `title` and `length` (code points) are the article's.
        annotator: id.
        place: order in which the annotator reads, from 0; -1 where it was never assigned and is labelled all the same.
        state: how far the annotator is.
        labels: how many labels the annotator has made in it.
        minutes: minutes of work in it, by the times of its steps (gaps over five minutes do not count).
    """

    article: str
    title: str
    length: int
    annotator: str
    place: int
    state: State
    labels: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One annotator's plan and how far it is.

    Attributes:
        shares: in the order of reading, then what was never assigned.
        states: how many assigned articles are in each state.
        labels: how many labels; `minutes`: minutes of work, in all articles.
        length: code points assigned; `remaining`: those of the articles that are not finished.
        handed_out: when the annotator last got a copy, ISO 8601 in UTC; empty: never.
    """

    annotator: Annotator
    shares: tuple[Share, ...]
    states: dict[State, int]
    labels: int
    minutes: float
    length: int
    remaining: int
    handed_out: str


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
        others = [each for each in self.everybody() if each.id != old.id]
        if not new.name or any(each.name == new.name for each in others):
            raise NotFoundError(f"“{new.name}” cannot be the new name: it is empty, or somebody else's.")
        if new.short and any(each.short == new.short for each in others):
            raise RuleError(f"“{new.short}” is the short name of somebody else. Choose another.")
        if new.color and not is_color(new.color):
            raise RuleError(f"“{new.color}” is no colour. Write one as #rrggbb.")
        if new != old:
            with self.step(f"Change annotator {old.name}") as step:
                step.writing.put("annotator", old.id, people.image(new))
        return new

    @property
    def is_blind(self) -> bool:
        """Whether annotators see their own work only: so from the start, until the coordinator opens the others'."""
        with explained(self.path):
            image = assignments.SettingNoun().read(self._db, _BLIND)
        return image is None or image["value"] != "no"

    def set_blind(self, *, blind: bool) -> None:
        """Let annotators see each other's work, or hide it again."""
        title = "Hide others' labels" if blind else "Open others' labels"
        with self.step(title) as step:
            step.writing.put("setting", _BLIND, None if blind else {"name": _BLIND, "value": "no"})

    def visible_to(self, annotator: str) -> frozenset[str]:
        """Return the ids of the annotators whose labels, notes and steps somebody at the keyboard may see.

        Raises:
            NotFoundError: there is no such annotator.
        """
        who = self.annotator(annotator).id
        return frozenset({who}) if self.is_blind else frozenset(each.id for each in self.annotators())

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
        return assign(self._works(ids), people_asked, scheme, standing)

    def assign(self, planned: Iterable[Assignment]) -> int:
        """Write assignments, in one step; return how many were new. Repeats go to the annotator's second reading.

        That is an annotator of its own ("Ana again"), whose labels and copies know nothing of the first reading.

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
        time = now()
        made = 0
        with self.step("Assign articles") as step:
            for each in planned:
                reader = readers[each.annotator]
                if each.is_repeat and not reader.repeats:
                    if reader.id not in second:
                        second[reader.id] = self._second(reader, time)
                        image = people.image(second[reader.id])
                        step.writing.put("annotator", second[reader.id].id, image, is_new=True)
                    reader = second[reader.id]
                if (each.article, reader.id) in known:
                    continue
                self.head(each.article)
                image = {"article": each.article, "annotator": reader.id, "place": each.place, "made_at": time}
                step.writing.put("assignment", f"{each.article}:{reader.id}", image, is_new=True)
                made += 1
            step.entitle(f"Assign {made:,} article{'' if made == 1 else 's'}")
        return made

    def unassign(self, annotator: str, ids: Iterable[str]) -> int:
        """Take articles off an annotator's plan; labels stay. Return how many."""
        who = self.annotator(annotator)
        mine = {each.article for each in self.assignments(who.id)}
        gone = [each for each in ids if each in mine]
        if gone:
            with self.step(f"Take {len(gone):,} articles off {who.name}", annotator=who.id) as step:
                for each in gone:
                    step.writing.put("assignment", f"{each}:{who.id}", None)
        return len(gone)

    def progress(self) -> list[Progress]:
        """Return everybody's plan and how far it is: per article state, labels and minutes, and what remains.

        The work of copies that were merged counts like that done here.
        """
        with explained(self.path):
            heads = {each.id: each for each in articles.heads(self._db, "")}
            states = people.states(self._db)
            labels = assignments.labels(self._db)
            spent = seconds(visits.work(self._db))
            handed = {each["annotator"]: each["made_at"] for each in visits.handouts(self._db)}
        planned: dict[str, dict[str, int]] = defaultdict(dict)
        for each in self.assignments():
            planned[each.annotator][each.article] = each.place
        order = {article: place for place, article in enumerate(heads)}
        touched: dict[str, set[str]] = defaultdict(set)
        for article, who in (*states, *labels):
            touched[who].add(article)
        found = []
        for annotator in self.annotators():
            who = annotator.id
            more = sorted(touched[who] - planned[who].keys(), key=order.__getitem__)
            shares = tuple(
                Share(
                    article,
                    heads[article].title,
                    heads[article].length,
                    who,
                    planned[who].get(article, -1),
                    State(states.get((article, who), State.NEW)),
                    labels.get((article, who), 0),
                    spent.get((who, article), 0.0) / 60,
                )
                for article in (*planned[who], *more)
            )
            found.append(_progress(annotator, shares, spent, handed.get(who, "")))
        return found

    def _works(self, ids: Iterable[str] | None) -> list[Work]:
        """Return the articles to share out; copies of one another are one story, and so is what says the same story."""
        with explained(self.path):
            wanted = articles.ids(self._db) if ids is None else list(ids)
        copies, found, story = Copies(), [], dict[str, str]()
        for article_id in wanted:
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


def _progress(
    annotator: Annotator, shares: tuple[Share, ...], spent: dict[tuple[str, str], float], handed_out: str
) -> Progress:
    mine = [each for each in shares if each.place >= 0]
    return Progress(
        annotator=annotator,
        shares=shares,
        states=dict(Counter(each.state for each in mine)),
        labels=sum(each.labels for each in shares),
        minutes=sum(time for (who, _), time in spent.items() if who == annotator.id) / 60,
        length=sum(each.length for each in mine),
        remaining=sum(each.length for each in mine if not each.state.is_finished),
        handed_out=handed_out,
    )

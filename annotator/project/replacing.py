"""Replacing an article by a new version: looked at first, decided by a person, done and taken back in one step.

What that takes is imported by the verbs: the program starts without it, and most of its days pass without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.article import Article, State
from annotator.model.errors import RuleError
from annotator.model.ids import new_id
from annotator.project.alike import Alike
from annotator.project.library import OF_ROW
from annotator.store import annotations, articles, decisions, links, people, threads
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Progress, Writing

if TYPE_CHECKING:
    from annotator.project.replacement.plan import Choice, ReplacementPlan, Standing
    from annotator.project.replacement.resolve import Replacement


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing did, in annotations.

    Attributes:
        article: id of the article; the same as before.
        earlier: id of the article that the old version is now; empty where nothing was kept on it.
        dropped, kept: how many went to the trash, and how many stayed on the old version.
        links: how many links went.
        reopened: names of those who are to read it again.
        undecided: how many decisions of an adjudication are open again.
    """

    article: str
    earlier: str = ""
    stayed: int = 0
    moved: int = 0
    accepted: int = 0
    dropped: int = 0
    kept: int = 0
    links: int = 0
    reopened: tuple[str, ...] = ()
    undecided: int = 0


class Replacing(Alike):
    """The verbs for new versions of a text."""

    def standing(self, article: str) -> "Standing":
        """Return all that lies in an article, as values for `draft_replacement`, which can work in another thread.

        Raises:
            NotFoundError: there is no such article.
        """
        from annotator.project.replacement.plan import Standing  # noqa: PLC0415

        found = self._article(article)
        with explained(self.path):
            states = {row["annotator"]: State(row["state"]) for row in people.states_of(self._db, article)}
            notes = tuple(threads.threads(self._db, article))
            joined = tuple(links.of_article(self._db, article))
            decided = tuple(decisions.decisions(self._db, [article]))
        inside = tuple(self.annotations(article))
        return Standing(found, inside, notes, joined, self.everybody(), states, self.codebook, decided)

    def other_texts(self, article: str) -> dict[str, str]:
        """Return fingerprints and titles of all articles but one."""
        with explained(self.path):
            return articles.fingerprints(self._db, but=article)

    def replacement(
        self, article: str, version: Path | str | None = None, *, text: str = "", number: int | None = None
    ) -> "ReplacementPlan":
        """Return what replacing an article by a new version would do; nothing is changed.

        The new version is the article in the file `version`, or the pasted `text`. Of a file with several articles it
        is the one with that `number` (from 1), or else the only one that is like the old text.

        Raises:
            NotFoundError: there is no such article.
            UnreadableError: the file or the text gives no article, and why.
            RuleError: the file holds several articles, and it cannot be told which is meant.
        """
        from annotator.project.replacement.draft import draft_replacement  # noqa: PLC0415
        from annotator.project.replacement.version import pasted_version, read_version  # noqa: PLC0415

        standing = self.standing(article)
        new = pasted_version(text) if version is None else read_version(Path(version), standing.article.text, number)
        return draft_replacement(standing, new, self.other_texts(article))

    def replace(
        self,
        plan: "ReplacementPlan",
        choices: "Mapping[str, Choice | str] | None" = None,
        *,
        doubtful: "Choice | str | None" = None,
        lost: "Choice | str | None" = None,
        reopen: bool | None = None,
        progress: Progress | None = None,
    ) -> Replaced:
        """Replace an article by the new version of a plan, in one step; `undo` brings the old one back whole.

        The old text stays in the file. What is doubtful or lost is decided by `choices`, by an item's id, or else
        by `doubtful` (``accept``, ``drop``, ``keep``) and `lost` (``drop``, ``keep``). With `reopen` the article is in
        progress again for those who had finished it; None: where there are new words to read. Where `progress` raises,
        the article stays as it is.

        Raises:
            RuleError: something is not decided, the plan is refused, or the article has changed since it was made.
            NotFoundError: the article is not there any more.
        """
        from annotator.project.replacement.plan import Choice, Fate  # noqa: PLC0415
        from annotator.project.replacement.resolve import choices_of, resolve  # noqa: PLC0415

        key = plan.standing.article.id
        if plan.refused:
            raise RuleError(plan.refused)
        if self.standing(key) != plan.standing:
            raise RuleError(f"{self._named(key)} has changed since this was looked at. Look again, then replace it.")
        if plan.is_same:
            return Replaced(key, stayed=plan.count(Fate.STAYED))
        decided = choices_of(plan, choices, doubtful, lost)
        time = now()
        found = resolve(plan, decided, time)
        again = [
            each
            for each in plan.standing.people
            if each.name in plan.finished and (plan.new_words > 0 if reopen is None else reopen)
        ]
        with self.step(f"Replace {self._named(key)} by a new version", article=key) as step:
            earlier = self._write_earlier(step.writing, plan, found) if found.earlier else ""
            self._write_version(step.writing, found, progress or _silently)
            for each in again:
                row = {"article": key, "annotator": each.id, "state": State.IN_PROGRESS.value, "changed_at": time}
                step.writing.put("state", f"{key}:{each.id}", row)
        accepted = sum(
            each.fate is Fate.DOUBTFUL and each.noun == "annotation" and decided.get(each.id) is Choice.ACCEPT
            for each in plan.items
        )
        return Replaced(
            article=key,
            earlier=earlier,
            stayed=plan.count(Fate.STAYED),
            moved=plan.count(Fate.MOVED),
            accepted=accepted,
            dropped=len(found.dropped),
            kept=sum(each.id in found.kept for each in plan.standing.annotations),
            links=len(found.links),
            reopened=tuple(each.name for each in again),
            undecided=len(found.reopened),
        )

    def _write_version(self, writing: Writing, found: "Replacement", progress: Progress) -> None:
        article = found.article
        text_id = new_id()
        writing.put("text", text_id, {"id": text_id, "content": article.text}, is_new=True)
        image = articles.ArticleNoun().read(self._db, article.id) or {}
        writing.put("article", article.id, articles.article_image(article, text_id, image["place"]))
        writing.put("blocks", article.id, articles.blocks_image(article.id, article.blocks))
        for link in sorted(found.links):
            writing.put("link", link, None)
        for annotation in sorted(found.dropped):
            writing.put("annotation", annotation, None)
        for done, moved in enumerate(found.annotations):
            progress(done, len(found.annotations), "")
            writing.put("annotation", moved.id, annotations.image(moved, article.text))
        for thread in found.threads:
            writing.put("thread", thread.id, threads.thread_image(thread, article.text))
        for key in sorted(found.reopened):
            writing.put("decision", key, None)
        for decision in found.decisions:
            writing.put("decision", decision.id, decisions.image(decision))

    def _write_earlier(self, writing: Writing, plan: "ReplacementPlan", found: "Replacement") -> str:
        """Make the old version an article of its own, with what is kept on it; return its id."""
        if found.earlier is None:
            return ""
        earlier: Article = replace(found.earlier, id=new_id())
        old = articles.ArticleNoun().read(self._db, plan.standing.article.id) or {}
        place = articles.next_place(self._db)
        writing.put("article", earlier.id, articles.article_image(earlier, old["text"], place), is_new=True)
        if earlier.blocks:
            writing.put("blocks", earlier.id, articles.blocks_image(earlier.id, earlier.blocks), is_new=True)
        kept = [each for each in plan.standing.annotations if each.id in found.kept]
        for annotation in kept:
            moved = replace(annotation, article=earlier.id)
            writing.put("annotation", moved.id, annotations.image(moved, earlier.text))
        for thread in plan.standing.threads:
            if thread.id in found.kept:
                moved_note = replace(thread, article=earlier.id)
                writing.put("thread", thread.id, threads.thread_image(moved_note, earlier.text))
        for who in sorted({each.annotator for each in kept}):
            row = {"article": earlier.id, "annotator": who, "state": State.IN_PROGRESS.value, "changed_at": now()}
            writing.put("state", f"{earlier.id}:{who}", row, is_new=True)
        return earlier.id


def rows_of(plan: "ReplacementPlan") -> int:
    """Return how many rows replacing touches, about: the texts count as several."""
    old = plan.standing
    texts = (len(old.article.text) + len(plan.new.text)) // OF_ROW
    return texts + len(old.annotations) + len(old.threads) + len(old.links) + len(old.decisions)


def _silently(_done: int, _total: int, _name: str) -> None:
    """Tell nobody."""

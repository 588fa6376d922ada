"""Merging copies: they come back, and everything in them goes into the project in one step, or nothing does."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.codebook import Codebook
from annotator.model.errors import RuleError
from annotator.project.feedback import Feeding
from annotator.store import articles, codebooks, versions
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Writing

if TYPE_CHECKING:
    from annotator.project.copies.plan import CopiesPlan, Fate, Image, Rule

_OFTEN = 200
"""Rows between two reports of progress."""


class StalePlanError(RuleError):
    """The project has changed since the plan was made."""

    def __init__(self) -> None:
        super().__init__("The project has changed since this was looked at. Look at the copies again, then merge.")


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging copies did.

    Attributes:
        files: how many files were merged.
        new, changed, deleted: how many labels the project has more, otherwise, or no more: whatever was decided.
        taken: how many things of any kind were taken from the copies; `left`: how many stayed as they are here.
        unplaced: how many found no place.
    """

    files: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    taken: int = 0
    left: int = 0
    unplaced: int = 0


class MergingCopies(Feeding):
    """The verbs of merging copies."""

    def merge_draft(
        self,
        files: Iterable[Path | str],
        *,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> "CopiesPlan":
        """Return what merging copies of the project would do; nothing is changed.

        For another thread, call `annotator.project.copies.draft.draft_copies` with the project's path instead.

        Raises:
            StoppedError: `cancelled` said so.
        """
        # Merging is rare, and a fair part of the program: opening a project does not wait for it.
        from annotator.project.copies.draft import draft_copies  # noqa: PLC0415

        paths = [Path(each) for each in files]
        return draft_copies(self.path, paths, progress=progress, cancelled=cancelled)

    def merge(
        self,
        plan: "CopiesPlan",
        choices: Mapping[str, int] | None = None,
        rule: "Rule | str | None" = None,
        *,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> MergeReport:
        """Do what a plan says: whole, in one step, or not at all. Doing it twice adds nothing.

        `choices` says by an item's id which of its versions is taken, 0 being the project's; `rule` decides the other
        conflicts. What is new, changed or deleted in a copy only is taken unless a choice declines it. `progress` hears
        rows written and rows in all; where it raises, nothing is merged.

        Raises:
            StalePlanError: the project has changed since the plan was made.
            RuleError: a conflict is not decided, or a choice is none of its versions.
        """
        from annotator.project.copies.plan import Fate, Rule  # noqa: PLC0415 - as above
        from annotator.project.copies.resolve import resolve, revisions, undecided  # noqa: PLC0415 - as above

        choices = choices or {}
        rule = Rule(rule) if rule else None
        with explained(self.path):
            if versions.position(self._db) != plan.position:
                raise StalePlanError
        waiting = undecided(plan, choices, rule)
        if waiting:
            more = f" and {len(waiting) - 1:,} more" if len(waiting) > 1 else ""
            raise RuleError(f"Decide first: {waiting[0].words}{more}. Nothing was merged.")
        found = resolve(plan, choices, rule)
        merged = [file for file in plan.files if not file.refused]
        title = f"Merge {len(merged):,} copies" if len(merged) != 1 else f"Merge {merged[0].path.name}"
        with self.step(title) as step, explained(self.path):
            people_names = {each.name: each.id for each in self.everybody()}
            book = revisions(plan, found.book)
            early = [each for each in found.writes if each[0] == "annotator"]
            for _, key, image in early:
                self._write_annotator(step.writing, key, image, people_names)
            latest = self.codebook.revision
            for number, (content, note, who, made_at) in enumerate(book, start=latest + 1):
                revised = Codebook.from_dict(json.loads(content))
                known = who if who in people_names.values() else None  # somebody was declined
                row = codebooks.image(revised, number, note, known, made_at or now())
                step.writing.put("codebook", str(number), row, is_new=True)
            for article in found.removed:
                self._remove(step.writing, article)
            rows = [each for each in found.writes if each[0] != "annotator"]
            continued = {*plan.replaced, *((noun, to) for (noun, _), to in plan.replaced.items())}
            done = self._write_all(step.writing, rows, continued, progress or (lambda _done, _total, _name: None))
            for article in self._decided_in(found.writes):
                self._settle_gold(step.writing, article)
            for visit in found.visits:
                step.writing.put("visit", visit["id"], visit)
        return MergeReport(
            files=len(merged),
            new=done[Fate.NEW],
            changed=done[Fate.CHANGED],
            deleted=done[Fate.DELETED],
            taken=found.taken,
            left=found.left,
            unplaced=len(plan.unplaced),
        )

    def _decided_in(self, rows: "list[tuple[str, str, Image | None]]") -> list[str]:
        """Return the articles in which decisions or gold labels came in."""
        gold = self._gold_id()
        return sorted(
            {
                image["article"]
                for noun, _, image in rows
                if image is not None and (noun == "decision" or (noun == "annotation" and image["annotator"] == gold))
            }
        )

    def _write_annotator(self, writing: Writing, key: str, image: "Image | None", names: dict[str, str]) -> None:
        """Write an annotator; who is here keeps their name where somebody else has the new one. Who comes gets a number then.

        So do gold and a person.
        """
        if image is None:
            return
        gold = {each.id for each in self.everybody() if each.is_gold}
        holder = names.get(image["name"], key)
        if holder != key and key in names.values() and (holder in gold) == bool(image.get("kind")):
            return
        if holder != key:
            number = next(number for number in count(2) if f"{image['name']} {number}" not in names)
            image = {**image, "name": f"{image['name']} {number}"}
        names[image["name"]] = key
        writing.put("annotator", key, dict(image))

    def _write_all(
        self,
        writing: Writing,
        rows: "list[tuple[str, str, Image | None]]",
        continued: Collection[tuple[str, str]],
        heard: Callable[[int, int, str], None],
    ) -> "Counter[Fate]":
        """Write the rows; return what became of labels. Those that go on under another id are neither new nor deleted."""
        from annotator.project.copies.plan import Fate  # noqa: PLC0415 - as above

        done: Counter[Fate] = Counter()
        place = articles.next_place(self._db)
        known = set(articles.ids(self._db))
        for number, (noun, key, image) in enumerate(rows):
            if number % _OFTEN == 0:
                heard(number, len(rows), "")
            made = dict(image) if image is not None else None
            if noun == "article" and made is not None and key not in known:
                made["place"] = place
                place += 1
            before = writing.put(noun, key, made)
            if noun == "annotation" and before != made and (noun, key) not in continued:
                done[Fate.NEW if before is None else Fate.DELETED if made is None else Fate.CHANGED] += 1
        return done

"""The codebook's revisions: change, merge, compare, and looking again at what was labelled under an older one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from annotator.model import rules
from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook
from annotator.model.comparison import Difference, compare, touched_labels
from annotator.model.errors import CodebookError, NotFoundError
from annotator.project.frames import Frames
from annotator.project.touched import Touched, at_the_start, touched
from annotator.store import annotations, articles, codebooks, links, tally, usage
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Writing


@dataclass(frozen=True, slots=True)
class Revision:
    """An entry in the codebook's own history."""

    number: int
    note: str
    annotator: str
    made_at: str


class Revisions(Frames):
    """The verbs of the codebook."""

    def revision(self, number: int) -> Codebook:
        """Return the codebook as it stood in one revision.

        Raises:
            NotFoundError: there is no such revision.
        """
        with explained(self.path):
            found = codebooks.codebook(self._db, number)
        if found is None:
            raise NotFoundError(f"The codebook has no revision {number}. It has {self.codebook.revision}.")
        return found

    def revisions(self) -> list[Revision]:
        """Return the codebook's history, the first revision first."""
        names = {each.id: each.name for each in self.everybody()}
        with explained(self.path):
            rows = codebooks.entries(self._db)
        return [
            Revision(each["revision"], each["note"], names.get(each["annotator"], ""), each["made_at"]) for each in rows
        ]

    def save_codebook(
        self, codebook: Codebook, note: str = "", *, annotator: str = "", leave_out: bool = False
    ) -> Codebook:
        """Add a revision of the codebook and return it with its number. Ids stay, so renaming moves everything along.

        Nothing is written when it equals the latest revision. Where others' labels are hidden from the annotator who
        asks, nothing tells how many of theirs are in the way. With `leave_out`, values that it no longer has are taken
        off the annotations that have them, in the same step, which `undo` takes back.

        Raises:
            CodebookError: it lacks a label, role or relation that is in use; or, without `leave_out`, a value.
        """
        differences = compare(self.codebook, codebook)
        if not differences:
            return self.codebook
        self._check_in_use(codebook, annotator)
        lost = self._values_lost(codebook, annotator)
        if lost and not leave_out:
            label, name, value, found = lost[0]
            raise CodebookError(
                f"“{name}” is “{value}” on {found.words} labelled “{self.codebook.label(label).name}”, and this"
                " codebook has no place for that. Keep it, or have it taken off."
            )
        title = f"Change the codebook: {_summary(differences)}"
        with self.step(title, annotator=self._who(annotator) or "") as step:
            self._write_codebook(step.writing, codebook, note or _summary(differences), annotator)
            for label, name, value, _ in lost:
                self._take_off(step.writing, label, name, value)
        return self.codebook

    def merge_labels(
        self, label: str, into: str, *, annotator: str = "", progress: Callable[[int, int, str], None] | None = None
    ) -> int:
        """Give every annotation of one label another one, and retire the first; return how many were changed.

        Where an annotator has both labels on the same span, only the other one stays. It takes over the links, and the
        note and attributes where it has none. Attributes that the other label does not have are left out. All in one
        step, which `undo` takes back. Where `progress` raises, all stays as it was.

        Raises:
            CodebookError: the labels are one and the same, not in the codebook, or the other one is retired.
            RuleError: a link does not allow it.
        """
        book = self.codebook
        old, new = book.label(label), book.label(into)
        if old.id == new.id:
            raise CodebookError("A label cannot be merged into itself.")
        if new.retired:
            raise CodebookError(f"“{new.name}” is retired. Take it back into use first, or merge into another label.")
        labels = tuple(replace(each, retired=True) if each.id == old.id else each for each in book.labels)
        title = f"Merge {old.name.lower()} into {new.name.lower()}"
        with self.step(title, annotator=self._who(annotator) or "") as step:
            revision = self._write_codebook(step.writing, replace(book, labels=labels), title, annotator)
            with explained(self.path):
                ids = annotations.ids_of_label(self._db, old.id)
            for done, annotation in enumerate(self.annotations_by_id(ids).values()):
                if progress is not None:
                    progress(done, len(ids), title)
                self._merge_one(step.writing, annotation, new.id, replace(book, labels=labels, revision=revision))
        return len(ids)

    def outdated(self, annotator: str) -> list[Annotation]:
        """Return an annotator's annotations that an older revision may have judged otherwise, in reading order.

        Those of labels whose meaning, attributes, roles or relations have changed since the revision under which the
        annotation was made or last confirmed; a new key or colour does not count.
        """
        who = self.annotator(annotator).id
        latest = self.codebook
        found: list[Annotation] = []
        for number in range(1, latest.revision):
            labels = touched_labels(self.revision(number), latest)
            if labels:  # to ask for the annotations means to look at all of them
                with explained(self.path):
                    ids = annotations.ids_under(self._db, who, number, labels)
                found.extend(self.annotations_by_id(ids).values())
        if not found:
            return []
        with explained(self.path):
            place = {article: order for order, article in enumerate(articles.ids(self._db))}
        return sorted(found, key=lambda each: (place[each.article], each.order))

    def confirm(self, ids: Iterable[str]) -> int:
        """Record that annotations were looked at again and hold under the latest revision; return how many."""
        latest = self.codebook
        found = [each for each in self.annotations_by_id(ids).values() if each.codebook < latest.revision]
        if not found:
            return 0
        for each in found:
            rules.check_annotation(latest, each, len(self._text(each.article)))
        name = latest.label(found[0].label).name.lower()
        what = f"{name} in {self._named(found[0].article)}" if len(found) == 1 else f"{len(found)} labels"
        with self.step(f"Confirm {what}", annotator=found[0].annotator, article=found[0].article) as step:
            for each in found:
                self._rewrite(step.writing, replace(each, codebook=latest.revision))
        return len(found)

    def _who(self, annotator: str) -> str | None:
        return self.annotator(annotator).id if annotator else None

    def _write_codebook(self, writing: Writing, codebook: Codebook, note: str, annotator: str) -> int:
        number = self.codebook.revision + 1
        image = codebooks.image(codebook, number, note, self._who(annotator), now())
        writing.put("codebook", str(number), image, is_new=True)
        return number

    def _alone(self, annotator: str) -> str:
        """Return the id of who asks where others' labels are hidden from them; empty where all may be told."""
        people = self.everybody()
        who = next((each for each in people if annotator in (each.id, each.name)), None)
        is_blind = self.is_blind or (who is not None and who.reads_again)
        if not annotator or len(people) <= 1 or not is_blind:
            return ""
        return annotator if who is None else who.id

    def _check_in_use(self, codebook: Codebook, annotator: str) -> None:
        alone = self._alone(annotator)
        with explained(self.path):
            labels, ends = annotations.labels_in_use(self._db), usage.ends(self._db, alone)
            several, own = usage.several(self._db, alone), tally.of_labels(self._db, alone)
        single = {each.id: each.name for each in codebook.attributes if each.kind != "choices"}
        for name, *counts in several:
            if name in single:
                found = touched(alone, *counts)
                raise CodebookError(
                    f"“{single[name]}” has several values on {found.words}, so it cannot become one of one value."
                )
        known = {each.id for each in codebook.labels}
        for label, count in labels.items():
            if label not in known:
                found = touched(alone, count, own.get(label, 0))
                verb = "is" if found.is_one else "are"
                raise CodebookError(
                    f"{at_the_start(found.words)} {verb} labelled “{self.codebook.label(label).name}”. Retire the label,"
                    " or merge it first."
                )
        for kind, source, target, *counts in ends:
            # An import may have brought links and values for which the latest revision has no place either.
            was, stays = (rules.is_joined(book, kind, source, target) for book in (self.codebook, codebook))
            if was and not stays:
                joined = self.codebook.link_kind(kind)
                names = self.codebook.label(source).name, self.codebook.label(target).name if target else "nothing"
                raise CodebookError(
                    f"“{joined.name if joined else kind}” joins {names[0]} to {names[1]} in"
                    f" {touched(alone, *counts).of('link')}, and this codebook has no place for that."
                )

    def _values_lost(self, codebook: Codebook, annotator: str = "") -> list[tuple[str, str, str, Touched]]:
        """Return what is set on annotations and has no place in `codebook`: label, attribute, value, how often."""
        alone = self._alone(annotator)
        with explained(self.path):
            return [
                (label, name, value, touched(alone, *counts))
                for label, name, value, *counts in usage.values(self._db, alone)
                if rules.is_value(self.codebook, label, name, value)
                and not rules.is_value(codebook, label, name, value)
            ]

    def _take_off(self, writing: Writing, label: str, name: str, value: str) -> None:
        with explained(self.path):
            ids = usage.with_value(self._db, label, name, value)
        for annotation in self.annotations_by_id(ids).values():
            kept = tuple(pair for pair in annotation.attributes if pair != (name, value))
            self._rewrite(writing, replace(annotation, attributes=kept))

    def _merge_one(self, writing: Writing, annotation: Annotation, into: str, book: Codebook) -> None:
        kept = {attribute.id for attribute in book.attributes_of(into)}
        merged = replace(
            annotation,
            label=into,
            attributes=tuple(pair for pair in annotation.attributes if pair[0] in kept),
            codebook=book.revision,
        )
        twin = next((each for each in self._twins(merged) if each.span == merged.span), None)
        if twin is None:
            self._check_links(book, merged)
            self._rewrite(writing, merged)
            return
        with explained(self.path):
            moving = links.touching(self._db, [annotation.id])
            standing = {_ends(link) for link in links.touching(self._db, [twin.id])}
        for link in moving:
            moved = replace(
                link,
                origin_id=twin.id if link.origin_id == annotation.id else link.origin_id,
                target=twin.id if link.target == annotation.id else link.target,
            )
            if moved.origin_id == moved.target or _ends(moved) in standing:
                writing.put("link", link.id, None)
            else:
                writing.put("link", link.id, links.image(moved))
        writing.put("annotation", annotation.id, None)
        given = {name for name, _ in twin.attributes}
        more = tuple(pair for pair in merged.attributes if pair[0] not in given)
        if more or (annotation.note and not twin.note):
            both = tuple(sorted({*twin.attributes, *more}))
            self._rewrite(writing, replace(twin, attributes=both, note=twin.note or annotation.note))
        self._check_links(book, twin)

    def _rewrite(self, writing: Writing, annotation: Annotation) -> None:
        new = replace(annotation, revision=annotation.revision + 1, changed_at=now())
        writing.put("annotation", new.id, annotations.image(new, self._text(new.article)))


def _ends(link: Link) -> tuple[str, str, str | None]:
    return (link.kind, link.origin_id, link.target)


def _summary(differences: list[Difference]) -> str:
    parts = sorted({f"{each.part} {each.id}".strip() for each in differences})
    shown = ", ".join(parts[:3])
    return shown if len(parts) <= 3 else f"{shown} and {len(parts) - 3} more"

"""What merging one label into another would do, told beforehand."""

from dataclasses import dataclass, replace

from annotator.model import rules
from annotator.model.codebook import Codebook
from annotator.project.revisions import Revisions
from annotator.project.touched import Touched, at_the_start, touched
from annotator.store import annotations, usage
from annotator.store.database import explained

_NOTHING = Touched(0)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging a label into another one does.

    Attributes:
        changed: how many annotations get the other label.
        together: how many of them fall together with one that the same annotator has on the same span already.
        without: how many attribute values are left out, because the other label does not have them.
        refused: why it cannot be done, as a sentence; empty when it can.
    """

    changed: Touched = _NOTHING
    together: Touched = _NOTHING
    without: Touched = _NOTHING
    refused: str = ""


class MergingLabels(Revisions):
    """The verb that looks before labels are merged."""

    def merge_plan(self, label: str, into: str, *, annotator: str = "") -> MergePlan:
        """Return what `merge_labels` would do, by everybody's annotations; nothing is changed.

        Where others' labels are hidden from the annotator who asks, the plan says how many of their own it touches.

        Raises:
            CodebookError: the codebook does not have one of the labels.
        """
        book = self.codebook
        old, new = book.label(label), book.label(into)
        if old.id == new.id:
            return MergePlan(refused="A label cannot be merged into itself.")
        if new.retired:
            return MergePlan(refused=f"“{new.name}” is retired. Bring it back first, or choose another label.")
        alone = self._alone(annotator)
        with explained(self.path):
            ids, staying = (annotations.ids_of_label(self._db, each) for each in (old.id, new.id))
            joined, values = usage.ends(self._db, alone), usage.values(self._db, alone)
        moving = self.annotations_by_id(ids).values()
        standing = {(each.article, each.annotator, each.span) for each in self.annotations_by_id(staying).values()}
        together = [each for each in moving if (each.article, each.annotator, each.span) in standing]
        kept = {attribute.id for attribute in book.attributes_of(new.id)}
        lost = [counts for of, name, _, *counts in values if of == old.id and name not in kept]
        changed, dropped = (
            touched(alone, len(some), sum(each.annotator == alone for each in some)) for some in (moving, together)
        )
        without = touched(alone, sum(each[0] for each in lost), sum(each[1] for each in lost))
        plan = MergePlan(changed, dropped, without)
        for kind, source, target, *counts in joined:
            ends = new.id if source == old.id else source, new.id if target == old.id else target
            if old.id in (source, target) and not rules.is_joined(book, kind, *ends):
                found = book.link_kind(kind)
                links = at_the_start(touched(alone, *counts).of("link"))
                name = found.name if found else kind
                words = f"{links} of the kind “{name}” could not stay: change where “{name}” may lead first, and save."
                return replace(plan, refused=words)
        return plan

    def uses(self, annotator: str = "") -> dict[str, int]:
        """Return how many annotations there are of each label, by one annotator or everybody.

        Raises:
            NotFoundError: there is no such annotator.
        """
        if annotator:
            return self.counts(annotator)
        with explained(self.path):
            return annotations.labels_in_use(self._db)

    def lost_values(self, codebook: Codebook) -> int:
        """Return how many attribute values on annotations `codebook` has no place for: `leave_out` takes them off."""
        return sum(found.count for *_, found in self._values_lost(codebook))

"""What merging one label into another would do, told beforehand."""

from dataclasses import dataclass

from annotator.model import rules
from annotator.model.codebook import Codebook
from annotator.project.revisions import Revisions
from annotator.store import annotations, usage
from annotator.store.database import explained


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging a label into another one does.

    Attributes:
        changed: how many annotations get the other label.
        together: how many of them fall together with one that the same annotator has on the same span already.
        without: how many attribute values are left out, because the other label does not have them.
        refused: why it cannot be done, as a sentence; empty when it can.
    """

    changed: int
    together: int
    without: int = 0
    refused: str = ""


class Merging(Revisions):
    """The verb that looks before labels are merged."""

    def merge_plan(self, label: str, into: str) -> MergePlan:
        """Return what `merge_labels` would do, by everybody's annotations; nothing is changed.

        Raises:
            CodebookError: the codebook does not have one of the labels.
        """
        book = self.codebook
        old, new = book.label(label), book.label(into)
        if old.id == new.id:
            return MergePlan(0, 0, refused="A label cannot be merged into itself.")
        if new.retired:
            return MergePlan(0, 0, refused=f"“{new.name}” is retired. Bring it back first, or choose another label.")
        with explained(self.path):
            moving, staying = (annotations.ids_of_label(self._db, each) for each in (old.id, new.id))
            joined, values = usage.ends(self._db), usage.values(self._db)
        standing = {(each.article, each.annotator, each.span) for each in self.annotations_by_id(staying).values()}
        together = sum(
            (each.article, each.annotator, each.span) in standing for each in self.annotations_by_id(moving).values()
        )
        kept = {attribute.id for attribute in book.attributes_of(new.id)}
        without = sum(count for of, name, _, count in values if of == old.id and name not in kept)
        for kind, source, target, count in joined:
            ends = new.id if source == old.id else source, new.id if target == old.id else target
            if old.id in (source, target) and not rules.is_joined(book, kind, *ends):
                found = book.link_kind(kind)
                links = "1 link" if count == 1 else f"{count:,} links"
                name = found.name if found else kind
                words = f"{links} of the kind “{name}” could not stay: change where “{name}” may lead first, and save."
                return MergePlan(len(moving), together, without, words[0].upper() + words[1:])
        return MergePlan(len(moving), together, without)

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
        return sum(count for *_, count in self._values_lost(codebook))

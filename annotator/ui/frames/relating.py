"""Relations by number: a relation that waits for its target, and the ways to choose one."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from annotator.model.codebook import Relation
from annotator.model.nearest import nearest
from annotator.ui.frames.framing import Framing


@dataclass(frozen=True, slots=True)
class Offer:
    """A relation that waits for its target: the nearest annotations have the numbers 1 to 9, in this order."""

    relation: Relation
    source: str
    numbered: tuple[str, ...]


class Relating(QObject):
    """Offers targets for a relation. `offered` tells that others are offered, or no more."""

    offered = Signal()

    def __init__(self, framing: Framing) -> None:
        super().__init__(framing)
        self._framing = framing
        self.offer: Offer | None = None
        session = framing.session
        session.article_switched.connect(self.cancel)
        session.annotations_changed.connect(lambda _ids: self._keep())

    def begin(self, relation: str, source: str = "") -> bool:
        """Offer targets for a relation that leaves `source`, the selected mark when empty; whether there is one."""
        framing, session = self._framing, self._framing.session
        source = source or session.selected
        start = session.annotations.get(source)
        kind = framing.relation(relation)
        if kind is None:
            return False
        if start is None or start.label not in kind.sources:
            names = " or a ".join(framing.name(each) for each in kind.sources)
            session.failed.emit(f"“{kind.name}” starts at a {names}. Select one first.")
            return False
        taken = {link.target for link in framing.leaving(source) if link.kind == relation}
        free = (each for each in session.annotations.values() if each.id not in taken)
        self._set(Offer(kind, source, tuple(each.id for each in nearest(kind, start, free))))
        return True

    def choose(self, number: int) -> bool:
        """Link to the candidate with a number from 1; 0 records "not in this article". Whether it was one."""
        offer, failed = self.offer, self._framing.session.failed
        if offer is None:
            return False
        if number == 0:
            if not offer.relation.absent:
                failed.emit(f"“{offer.relation.name}” needs a target in the project.")
                return False
            return self.link_to(None)
        if number > len(offer.numbered):
            failed.emit(f"Nothing here has the number {number}. Type words to search for it.")
            return False
        return self.link_to(offer.numbered[number - 1])

    def link_to(self, target: str | None) -> bool:
        """Link the offered relation to any annotation, in this article or another; None: not in this article."""
        framing, offer = self._framing, self.offer
        if offer is None:
            return False
        session = framing.session
        made = framing.attempt(
            lambda: session.project.link(offer.relation.id, offer.source, target, annotator=session.annotator.id)
        )
        if made is None:
            return False
        self._set(None)
        found = framing.find(target) if target else None
        end = f"“{framing.words(found)}”" if found else "not in this article"
        session.tell(f"{offer.relation.name.capitalize()}: {end}")
        return True

    def cancel(self) -> bool:
        """Offer nothing any more; whether something was offered."""
        was_offered = self.offer is not None
        self._set(None)
        return was_offered

    def _keep(self) -> None:
        """Offer no more what starts at a mark that is gone; number anew what is left."""
        if self.offer is None:
            return
        annotations = self._framing.session.annotations
        if self.offer.source not in annotations:
            self._set(None)
        elif any(each not in annotations for each in self.offer.numbered):
            self.begin(self.offer.relation.id, self.offer.source)

    def _set(self, offer: Offer | None) -> None:
        if offer != self.offer:
            self.offer = offer
            self.offered.emit()

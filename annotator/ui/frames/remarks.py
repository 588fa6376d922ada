"""What the codebook finds missing or odd in the open article, kept up to date a little at a time."""

from collections import Counter, deque
from collections.abc import Iterable
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Link
from annotator.model.review import Remark, review
from annotator.ui.frames.framing import Framing
from annotator.ui.session.later import Later

KINDS = {
    "role": "Roles",
    "relation": "Links",
    "attribute": "Attributes",
    "edge": "Edges",
    "left out": "Left-out text",
    "retired": "Retired labels",
}
"""The kinds of remarks, by the names under which they are switched off."""
SLICE = 0.008
"""Seconds of the window's time that one look at some labels takes."""


class Remarks(QObject):
    """Remarks on the labels of the open article. Looks again only at what has changed, when nothing else is to do."""

    changed = Signal()

    def __init__(self, framing: Framing) -> None:
        super().__init__(framing)
        self._framing = framing
        self._found: dict[str, list[Remark]] = {}
        self._counts: Counter[str] = Counter()
        self._waiting: deque[str] = deque()
        self._leaving: dict[str, frozenset[tuple[str, str | None]]] = {}
        self._off: frozenset[str] = frozenset()
        self._slice = Later(self, self._go_on, 0)
        session = framing.session
        session.article_switched.connect(self._begin)
        session.annotations_changed.connect(self._look_at)
        session.article_refreshed.connect(lambda: self._look_at(session.annotations))  # other paragraphs are left out
        framing.changed.connect(self._compare_links)

    @property
    def off(self) -> frozenset[str]:
        """The kinds that are switched off."""
        return self._off

    def switch(self, off: Iterable[str]) -> None:
        """Leave out remarks of some kinds."""
        self._off = frozenset(off)
        self.changed.emit()

    def stop(self) -> None:
        """Look at nothing any more."""
        self._slice.stop()
        self._waiting.clear()

    @property
    def is_looking(self) -> bool:
        """Whether some labels have not been looked at yet."""
        return bool(self._waiting)

    def shown(self) -> list[Remark]:
        """Return the remarks of the kinds that are on, in reading order."""
        annotations = self._framing.session.annotations
        some = (remark for found in self._found.values() for remark in found if remark.kind not in self._off)
        here = [remark for remark in some if remark.annotation in annotations]
        return sorted(here, key=lambda remark: annotations[remark.annotation].order)

    def counts(self) -> dict[str, int]:
        """Return how many remarks there are of each kind, those that are off too."""
        return {kind: self._counts[kind] for kind in KINDS}

    def count(self) -> int:
        """Return how many remarks there are of the kinds that are on."""
        return sum(count for kind, count in self._counts.items() if kind not in self._off)

    def beside(self, position: int, selected: str, by: int) -> Remark | None:
        """Return the next remark after the selected mark or a position (-1: before it), round the article."""
        shown = self.shown()
        if not shown:
            return None
        annotations = self._framing.session.annotations
        here = annotations[selected].order if selected in annotations else (position, 0, "")
        orders = [annotations[remark.annotation].order for remark in shown]
        if by > 0:
            return next((each for each, order in zip(shown, orders, strict=True) if order > here), shown[0])
        before = [each for each, order in zip(shown, orders, strict=True) if order < here]
        return before[-1] if before else shown[-1]

    def _begin(self) -> None:
        self._found, self._counts = {}, Counter()
        self._leaving = _by_origin(self._framing.links)
        self._waiting = deque(self._framing.session.annotations)
        self._slice.start()
        self.changed.emit()

    def _look_at(self, ids: Iterable[str]) -> None:
        self._waiting.extend(ids)
        self._slice.start()

    def _compare_links(self) -> None:
        leaving = _by_origin(self._framing.links)
        others = {
            origin
            for origin in leaving.keys() | self._leaving.keys()
            if leaving.get(origin) != self._leaving.get(origin)
        }
        self._leaving = leaving
        if others:
            self._look_at(others)

    def _go_on(self) -> None:
        session, until = self._framing.session, perf_counter() + SLICE
        codebook, article = session.project.codebook, session.article
        text, blocks = (article.text, article.blocks) if article else ("", ())
        while self._waiting and perf_counter() < until:
            mark = self._waiting.popleft()
            annotation = session.annotations.get(mark)
            self._counts.subtract(remark.kind for remark in self._found.pop(mark, ()))
            if annotation is not None:
                found = review(codebook, text, [annotation], self._framing.leaving(mark), blocks)
                if found:
                    self._found[mark] = found
                    self._counts.update(remark.kind for remark in found)
        if self._waiting:
            self._slice.start()
        else:
            self.changed.emit()


def _by_origin(links: Iterable[Link]) -> dict[str, frozenset[tuple[str, str | None]]]:
    found: dict[str, set[tuple[str, str | None]]] = {}
    for link in links:
        found.setdefault(link.origin_id, set()).add((link.kind, link.target))
    return {origin: frozenset(ends) for origin, ends in found.items()}

"""Frames and relations of the article on the page: which frame is open, what is offered as a target, and the verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation, Link
from annotator.model.changes import Changes
from annotator.model.codebook import Relation
from annotator.model.errors import AnnotatorError
from annotator.model.frames import Frame, frame_labels, frames, nesting, role_for
from annotator.model.nearest import nearest
from annotator.model.span import Span
from annotator.project.frames import Candidate
from annotator.ui.session import Session


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """A relation that waits for its target: the nearest annotations have the numbers 1 to 9, in this order."""

    relation: Relation
    source: str
    numbered: tuple[str, ...]


class Framing(QObject):
    """What the window knows of frames and links. Like the session's, its verbs never raise: they say or fail."""

    changed = Signal()
    """The links of the page, and with them its frames, are others."""
    opened = Signal()
    """Another frame is open, or none."""
    offered = Signal()
    """Targets are offered for a relation, or no more."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.links: tuple[Link, ...] = ()
        self.far: dict[str, Candidate] = {}
        """Ends of links that lie in other articles or belong to other annotators, by id."""
        self.frames: dict[str, Frame] = {}
        self.levels: dict[str, int] = {}
        self.open = ""
        """Id of the open frame's cue, or empty."""
        self.offer: Offer | None = None
        self._trail: list[tuple[str, str]] = []
        self._ends: frozenset[str] = frozenset()
        session.article_switched.connect(self._reload)
        session.changed.connect(self._on_changes)

    # Frames

    def is_frame(self, label: str) -> bool:
        """Whether a label opens a frame."""
        return label in frame_labels(self._session.project.codebook)

    def open_frame(self, cue: str) -> None:
        """Open the frame at a cue; the one that was open closes. An empty id closes only."""
        cue = cue if cue in self.frames else ""
        if cue != self.open:
            self.open = cue
            self.opened.emit()

    def close_frame(self) -> bool:
        """Close the open frame; whether one was open."""
        was_open = bool(self.open)
        self.open_frame("")
        return was_open

    def takes(self, label: str) -> bool:
        """Whether a frame is open that has a role for a label."""
        frame = self.frames.get(self.open)
        return frame is not None and role_for(self._session.project.codebook, frame.cue.label, label) is not None

    def label_into(self, span: Span, label: str) -> Annotation | None:
        """Put a label on a span and join it to the open frame, in one step."""
        pair = self._try(lambda: self._session.project.annotate_into(self.open, label, span))
        if pair is None:
            return None
        part, link = pair
        name = self._session.project.codebook.label(label).name.lower()
        self._session.tell(f"Labelled {name} as {self._kind_name(link.kind)}")
        return part

    def toggle(self, annotation: str) -> None:
        """Make a mark join the open frame, or leave it where it is a part already."""
        frame = self.frames.get(self.open)
        if frame is None or annotation == self.open:
            return
        project = self._session.project
        if any(part.id == annotation for _, part in frame.parts):
            if self._try(lambda: (project.leave(self.open, annotation), True)):
                self._session.tell("Taken out of the frame")
        elif self._try(lambda: project.join(self.open, annotation)):
            self._session.tell("Joined to the frame")

    def frames_of(self, annotation: str) -> tuple[Frame, ...]:
        """Return the frames that a mark opens or belongs to."""
        return tuple(
            frame
            for frame in self.frames.values()
            if frame.cue.id == annotation or any(part.id == annotation for _, part in frame.parts)
        )

    # Relations

    def links_of(self, annotation: str) -> tuple[Link, ...]:
        """Return the relations (not the roles) that leave or reach a mark."""
        relations = {each.id for each in self._session.project.codebook.relations}
        return tuple(
            link for link in self.links if link.kind in relations and annotation in (link.origin_id, link.target)
        )

    def begin(self, relation: str, source: str = "") -> bool:
        """Offer targets for a relation that leaves `source`, the selected mark when empty; whether there is one."""
        session = self._session
        source = source or session.selected
        start = session.annotations.get(source)
        kind = next((each for each in session.project.codebook.relations if each.id == relation), None)
        if kind is None:
            return False
        if start is None or start.label not in kind.sources:
            names = " or a ".join(session.project.codebook.label(each).name.lower() for each in kind.sources)
            session.failed.emit(f"“{kind.name}” starts at a {names}. Select one first.")
            return False
        numbered = tuple(each.id for each in nearest(kind, start, session.annotations.values()))
        self._set_offer(Offer(kind, source, numbered))
        return True

    def choose(self, number: int) -> bool:
        """Link to the candidate with a number from 1; 0 records "not in this article". Whether it was one."""
        offer = self.offer
        if offer is None:
            return False
        if number == 0:
            if not offer.relation.absent:
                self._session.failed.emit(f"“{offer.relation.name}” needs a target in the project.")
                return False
            return self.link_to(None)
        if number > len(offer.numbered):
            return False
        return self.link_to(offer.numbered[number - 1])

    def link_to(self, target: str | None) -> bool:
        """Link the offered relation to any annotation, in this article or another; None: not in this article."""
        offer = self.offer
        if offer is None:
            return False
        made = self._try(
            lambda: self._session.project.link(
                offer.relation.id, offer.source, target, annotator=self._session.annotator.id
            )
        )
        if made is None:
            return False
        self._set_offer(None)
        end = "not in this article" if target is None else "linked"
        self._session.tell(f"{offer.relation.name.capitalize()}: {end}")
        return True

    def cancel(self) -> bool:
        """Offer nothing any more; whether something was offered."""
        was_offered = self.offer is not None
        self._set_offer(None)
        return was_offered

    def unlink(self, link: str) -> None:
        """Take a link away."""
        if self._try(lambda: (self._session.project.unlink(link), True)):
            self._session.tell("Removed a link")

    def follow(self, annotation: str) -> None:
        """Show an annotation, in another article too, and remember where one came from."""
        session = self._session
        here = session.selected
        target = session.annotations.get(annotation) or getattr(self.far.get(annotation), "annotation", None)
        if target is None:
            return
        page = session.article.id if session.article else ""
        if session.go_to(target.article, target.span.start, target.span.end):
            session.select(target.id)
            if page:
                self._trail.append((page, here))

    def back(self) -> None:
        """Go back to where the last link was followed from."""
        while self._trail:
            page, annotation = self._trail.pop()
            if any(head.id == page for head in self._session.heads):
                self._session.go_to(page)
                found = self._session.annotations.get(annotation)
                if found is not None:
                    self._session.go_to(page, found.span.start, found.span.end)
                    self._session.select(annotation)
                return
        self._session.said.emit("There is nothing to go back to")

    # Attributes

    def set_attribute(self, annotation: str, attribute: str, value: str) -> None:
        """Set an attribute's value, or take it away where it has that value already."""
        session = self._session
        found = session.annotations.get(annotation)
        kind = next((each for each in session.project.codebook.attributes if each.id == attribute), None)
        if found is None or kind is None:
            return
        others = tuple(pair for pair in found.attributes if pair[0] != attribute)
        mine = found.values(attribute)
        if value in mine or not value:
            values = tuple(each for each in mine if each != value) if value else ()
        else:
            values = (*mine, value) if kind.kind == "choices" else (value,)
        pairs = (*others, *((attribute, each) for each in values))
        if self._try(lambda: session.project.set_attributes(annotation, pairs)):
            shown = ", ".join(next((v.name for v in kind.values if v.id == each), each) for each in values) or "not set"
            session.tell(f"{kind.name.capitalize()}: {shown}")

    def set_note(self, annotation: str, note: str) -> None:
        """Write an annotation's note."""
        if self._try(lambda: self._session.project.set_note(annotation, note)):
            self._session.tell("Wrote a note")

    # Keeping up

    def _on_changes(self, changes: Changes) -> None:
        page = self._session.article
        if page is None:
            return
        if changes.nouns & {"link", "codebook"}:
            self._reload()
        elif page.id in changes.articles and self._concerns(changes.annotations):
            self._rebuild()

    def _concerns(self, ids: frozenset[str]) -> bool:
        """Whether some of the annotations are, or were, cues or ends of links: most labels are neither."""
        if not ids.isdisjoint(self._ends) or not ids.isdisjoint(self.frames):
            return True
        annotations = self._session.annotations
        return any(each in annotations and self.is_frame(annotations[each].label) for each in ids)

    def _reload(self) -> None:
        """Read the links of the page."""
        session = self._session
        found: tuple[Link, ...] = ()
        if session.article is not None:
            loaded = self._try(lambda: session.project.links(session.article.id if session.article else ""))
            found = tuple(
                link
                for link in loaded or ()
                if link.origin_id in session.annotations or link.target in session.annotations
            )
        self.links = found
        self._ends = frozenset(end for link in found for end in (link.origin_id, link.target) if end)
        far = self._ends - session.annotations.keys()
        self.far = self._try(lambda: session.project.described(far)) or {} if far else {}
        self._rebuild()

    def _rebuild(self) -> None:
        session = self._session
        self.frames = frames(session.project.codebook, session.annotations, self.links)
        self.levels = nesting(self.frames)
        if self.open not in self.frames:
            self.close_frame()
        if self.offer is not None and self.offer.source not in session.annotations:
            self._set_offer(None)
        self.changed.emit()

    def _set_offer(self, offer: Offer | None) -> None:
        if offer != self.offer:
            self.offer = offer
            self.offered.emit()

    def _kind_name(self, kind: str) -> str:
        found = self._session.project.codebook.link_kind(kind)
        return found.name.lower() if found else kind

    def _try(self, verb: Callable[[], T]) -> T | None:
        try:
            return verb()
        except AnnotatorError as error:
            self._session.failed.emit(str(error))
            return None

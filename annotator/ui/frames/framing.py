"""Frames and links of the article on the page: which frame is open, and the verbs that need to know of it."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation, Link
from annotator.model.changes import Changes
from annotator.model.codebook import Relation
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.frames import Frame, frame_labels, frames, nesting, role_for
from annotator.model.span import Span
from annotator.project.frames import Candidate
from annotator.ui.actions.command import lower_name
from annotator.ui.frames.reach import is_near
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session

T = TypeVar("T")
SHORT, BRIEF = 32, 20
"""So many letters of a label's words are shown where they only remind."""


class Framing(QObject):
    """What the window knows of frames and links. Like the session's, its verbs never raise: they say or fail."""

    changed = Signal()
    """The links of the page, and with them its frames, are others."""
    opened = Signal()
    """Another frame is open, or none."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.links: tuple[Link, ...] = ()
        self.far: dict[str, Candidate] = {}
        """Ends of links that lie in other articles or belong to other annotators, by id."""
        self.frames: dict[str, Frame] = {}
        self.open = ""
        """Id of the open frame's cue, or empty."""
        self.opens_by_itself = True
        """Whether a new cue opens its frame; those who work without roles switch it off."""
        self.pins: dict[str, dict[str, str]] = {}
        """Values that new annotations get at once: by label id, then by attribute id."""
        self.is_seen: Callable[[], bool] = lambda: True
        """Whether anybody sees the page; else reading its links can wait for what is seen."""
        self._reading = Later(self, self._reload, 0)
        self._last = ""
        self._levels: dict[str, int] | None = None
        self._ends: dict[str, list[Link]] = {}
        self._in_frames: dict[str, list[str]] = {}
        session.article_switched.connect(self._reload)
        session.changed.connect(self._on_changes)

    # Labelling

    def put(self, span: Span, label: str) -> Annotation | None:
        """Put a label on a span; while a frame is open that takes it, it joins in the same step.

        A cue opens its frame. Words out of the open frame's reach close it: the person has gone on.
        """
        frame, text = self.frames.get(self.open), self.session.article.text if self.session.article else ""
        fits = frame is not None and not self.is_frame(label) and self._role(frame, label)
        if frame is not None and fits and is_near(text, frame, span):
            return self._put_into(span, label)
        made = self.session.label(span, label, self.pinned(label))
        if made is None:
            return None
        if self.is_frame(label):
            self.open_frame(made.id if self.opens_by_itself else "")
        elif fits:
            self.open_frame("")
            self.session.tell(f"Labelled {self.name(label)}, and closed the frame, as this is further on")
        return made

    def _put_into(self, span: Span, label: str) -> Annotation | None:
        pinned = self.pinned(label)
        pair = self.attempt(lambda: self.session.project.annotate_into(self.open, label, span, attributes=pinned))
        if pair is None:
            return None
        part, link = pair
        cue = self.frames[self.open].cue
        self.session.select(part.id)
        self.session.tell(f"Labelled {self.name(label)}, {self.kind_name(link.kind)} of “{self.words(cue)}”")
        return part

    def pinned(self, label: str) -> tuple[tuple[str, str], ...]:
        """Return the attributes that a new annotation of a label gets: the pinned ones that the codebook still has."""
        kept = self.pins.get(label, {})
        found = []
        for attribute in self.session.project.codebook.attributes_of(label):
            value = kept.get(attribute.id, "")
            if value and (not attribute.values or any(each.id == value for each in attribute.values)):
                found.append((attribute.id, value))
        return tuple(found)

    def delete(self, annotation: str) -> None:
        """Take a mark away, and say which links went with it."""
        found = self.session.annotations.get(annotation)
        if found is None:
            return
        links = self._ends.get(annotation, [])
        reached = sum(link.target == annotation for link in links)
        if self.attempt(lambda: self.session.project.delete([annotation])):
            self.session.tell(f"Deleted {self.name(found.label)}{_gone(reached, len(links) - reached)}")

    # Frames

    def is_frame(self, label: str) -> bool:
        """Whether a label opens a frame."""
        return label in frame_labels(self.session.project.codebook)

    def open_frame(self, cue: str) -> None:
        """Open the frame at a cue; the one that was open closes. An empty id closes only."""
        cue = cue if cue in self.frames else ""
        if cue != self.open:
            self.open = cue
            self._last = cue or self._last
            self.opened.emit()

    def close_frame(self) -> bool:
        """Close the open frame; whether one was open."""
        was_open = bool(self.open)
        self.open_frame("")
        return was_open

    def turn_to(self, annotation: str) -> bool:
        """Open the frame that a mark opens or belongs to; of several the one after the last. Whether there is one."""
        ids = [frame.cue.id for frame in self.frames_of(annotation)]
        if not ids:
            return False
        self.open_frame(ids[(ids.index(self._last) + 1) % len(ids)] if self._last in ids else ids[0])
        return True

    def toggle(self, annotation: str) -> None:
        """Make a mark join the open frame, or leave it where it is a part already."""
        frame = self.frames.get(self.open)
        if frame is None or annotation == self.open:
            return
        project = self.session.project
        if any(part.id == annotation for _, part in frame.parts):
            self.leave(self.open, annotation)
        else:
            link = self.attempt(lambda: project.join(self.open, annotation))
            if link is not None:
                self.session.tell(f"Joined as {self.kind_name(link.kind)} of “{self.words(frame.cue)}”")

    def leave(self, frame: str, annotation: str) -> None:
        """Take a mark out of a frame; it stays as a label."""
        if self.attempt(lambda: (self.session.project.leave(frame, annotation), True)):
            self.session.tell("Taken out of the frame")

    def frames_of(self, annotation: str) -> tuple[Frame, ...]:
        """Return the frames that a mark opens or belongs to; its own first."""
        own = [annotation] if annotation in self.frames else []
        return tuple(self.frames[each] for each in (*own, *self._in_frames.get(annotation, ())))

    def level(self, cue: str) -> int:
        """Return how deep a frame is nested in the contents of others: 0 for one that stands alone."""
        if self._levels is None:
            self._levels = nesting(self.frames)
        return self._levels.get(cue, 0)

    def standing(self) -> str:
        """Say in words which frame is open and what it has; empty where none is."""
        frame = self.frames.get(self.open)
        if frame is None:
            return ""
        codebook = self.session.project.codebook
        parts = [f"{codebook.label(frame.cue.label).name} open: {self.words(frame.cue, BRIEF)}"]
        for role in codebook.roles:
            if role.frame == frame.cue.label:
                filled = ", ".join(self.words(each, BRIEF) for each in frame.filling(role.id))
                parts.append(f"{role.name} {filled or '–'}")
        return " · ".join((*parts, "Enter closes"))

    # Links

    def relations_of(self, annotation: str) -> tuple[Link, ...]:
        """Return the relations (not the roles) that leave or reach a mark."""
        relations = {each.id for each in self.session.project.codebook.relations}
        return tuple(link for link in self._ends.get(annotation, ()) if link.kind in relations)

    def leaving(self, annotation: str) -> tuple[Link, ...]:
        """Return the links of any kind that leave a mark."""
        return tuple(link for link in self._ends.get(annotation, ()) if link.origin_id == annotation)

    def unlink(self, link: str) -> None:
        """Take a link away."""
        if self.attempt(lambda: (self.session.project.unlink(link), True)):
            self.session.tell("Removed a link")

    def find(self, annotation: str) -> Annotation | None:
        """Return an annotation of the page, or one at the far end of its links."""
        far = self.far.get(annotation)
        return self.session.annotations.get(annotation) or (far.annotation if far else None)

    # Attributes

    def set_attribute(self, annotation: str, attribute: str, value: str) -> None:
        """Set an attribute's value, or take it away where it has that value already; empty takes all away."""
        session = self.session
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
        if values == mine:
            return
        pairs = (*others, *((attribute, each) for each in values))
        if self.attempt(lambda: session.project.set_attributes(annotation, pairs)):
            shown = ", ".join(next((v.name for v in kind.values if v.id == each), each) for each in values) or "not set"
            session.tell(f"{kind.name}: {shown}")

    def set_note(self, annotation: str, note: str) -> None:
        """Write an annotation's note."""
        # Not only on this page: who goes on to the next article leaves the note behind, written.
        if self.attempt(lambda: self.session.project.set_note(annotation, note)):
            self.session.tell("Wrote a note" if note else "Removed the note")

    # Words

    def name(self, label: str) -> str:
        """Return a label's name as it stands within a sentence."""
        return lower_name(self.session.project.codebook.label(label))

    def kind_name(self, kind: str) -> str:
        """Return the name of a role or a relation."""
        found = self.session.project.codebook.link_kind(kind)
        return found.name if found else kind

    def relation(self, kind: str) -> Relation | None:
        """Return the relation of that id, or None."""
        return next((each for each in self.session.project.codebook.relations if each.id == kind), None)

    def words(self, annotation: Annotation, most: int = SHORT) -> str:
        """Return the first words that a mark of the page, or a far end of its links, covers."""
        far, article = self.far.get(annotation.id), self.session.article
        if far is not None:
            covered = far.covered
        elif article is not None and annotation.article == article.id:
            covered = " … ".join(annotation.span.covered(article.text))
        else:
            return ""
        covered = " ".join(covered[: 4 * most].split())
        return covered if len(covered) <= most else covered[:most].rsplit(" ", 1)[0].rstrip(",;: ") + "…"

    def attempt(self, verb: Callable[[], T]) -> T | None:
        """Do something, or say why it cannot be done."""
        try:
            return verb()
        except AnnotatorError as error:
            self.session.failed.emit(str(error))
            return None

    # Keeping up

    def _role(self, frame: Frame, label: str) -> bool:
        return role_for(self.session.project.codebook, frame.cue.label, label) is not None

    def _on_changes(self, changes: Changes) -> None:
        page = self.session.article
        if page is None:
            return
        if changes.nouns & {"link", "codebook"} or not self.far.keys().isdisjoint(changes.annotations):
            self._reading.ask(at_once=self.is_seen())
        elif page.id in changes.articles and not self._ends.keys().isdisjoint(changes.annotations):
            self._rebuild()
        elif page.id in changes.articles:
            self._keep_cues(changes.annotations)

    def _keep_cues(self, ids: frozenset[str]) -> None:
        """Take over new and lost cues that no link touches: without looking at all the others, of which there may be many."""
        annotations, labels = self.session.annotations, frame_labels(self.session.project.codebook)
        cues = {each: annotations[each] for each in ids if each in annotations and annotations[each].label in labels}
        if not cues and self.frames.keys().isdisjoint(ids):
            return
        for each in ids - cues.keys():
            self.frames.pop(each, None)
        self.frames.update((each, Frame(cue)) for each, cue in cues.items())
        self._after()

    def _reload(self) -> None:
        """Read the links of the page."""
        session, page = self.session, self.session.article
        found: tuple[Link, ...] = ()
        if page is not None:
            loaded = self.attempt(lambda: session.project.links(page.id))
            found = tuple(
                link
                for link in loaded or ()
                if link.origin_id in session.annotations or link.target in session.annotations
            )
        self.links = found
        ends: dict[str, list[Link]] = defaultdict(list)
        for link in found:
            for end in {link.origin_id, link.target} - {None}:
                ends[end or ""].append(link)
        self._ends = dict(ends)
        far = self._ends.keys() - session.annotations.keys()
        self.far = self.attempt(lambda: session.project.described(far)) or {} if far else {}
        self._rebuild()

    def _rebuild(self) -> None:
        session = self.session
        self.frames = frames(session.project.codebook, session.annotations, self.links)
        within: dict[str, list[str]] = defaultdict(list)
        for cue, frame in self.frames.items():
            for _, part in frame.parts:
                within[part.id].append(cue)
        self._in_frames = dict(within)
        self._after()

    def _after(self) -> None:
        self._levels = None
        if self.open not in self.frames:
            self.close_frame()
        self.changed.emit()


def _gone(reached: int, left: int) -> str:
    """Say which links went with a label."""
    if not reached:
        return f" and its {counted(left, 'link')}" if left else ""
    return f" and {counted(reached, 'link')} that pointed at it" + (
        f", and its own {counted(left, 'link')}" if left else ""
    )

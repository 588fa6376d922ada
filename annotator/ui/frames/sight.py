"""What the reading view shows of frames and links: those of what is looked at, or the targets that are offered."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from annotator.model.annotation import Annotation, Link
from annotator.ui.frames.framing import Framing
from annotator.ui.frames.relating import Relating
from annotator.ui.reader.links import Tie
from annotator.ui.reader.notices import Note
from annotator.ui.reader.view import Reader


class Sight(QObject):
    """Keeps the reading view in step with selection, open frame and offer."""

    def __init__(self, framing: Framing, relating: Relating, reader: Reader) -> None:
        super().__init__(framing)
        self._framing = framing
        self._relating = relating
        self._reader = reader
        self.shows_all = False
        framing.changed.connect(self.refresh)
        framing.opened.connect(self.refresh)
        relating.offered.connect(self.refresh)
        framing.session.selected_changed.connect(self.refresh)
        framing.session.annotations_changed.connect(lambda _ids: self.refresh())

    def show_all(self, every: bool) -> None:
        """Show every link of the page, or those of what is looked at only."""
        self.shows_all = every
        self.refresh()

    def refresh(self) -> None:
        """Show what belongs to the selected and the hovered mark, to the open frame, or to the offer."""
        framing, offer = self._framing, self._relating.offer
        if offer is not None:
            numbers = {each: place for place, each in enumerate(offer.numbered, 1)}
            self._reader.show_numbers(numbers, [self._note(*pair) for pair in numbers.items()])
            return
        looked_at = dict.fromkeys((framing.session.selected, self._reader.hovered))
        links = {link.id: link for mark in looked_at if mark for link in self._of(mark)}
        family = {end for link in links.values() for end in (link.origin_id, link.target) if end}
        if framing.open:
            frame = framing.frames[framing.open]
            links.update((link.id, link) for link in framing.leaving(framing.open))
            family = {framing.open, *(part.id for _, part in frame.parts)}
        if self.shows_all:
            links = {link.id: link for link in framing.links}
        self._reader.show_links([self._tie(link) for link in links.values()], family)

    def hovered(self, mark: str) -> None:
        """The mouse is over this mark, or over none."""
        # Most marks have no links: nothing to do for the mouse on its way over them.
        if not mark or self._framing.frames_of(mark) or self._framing.relations_of(mark):
            self.refresh()

    def _of(self, mark: str) -> Iterable[Link]:
        """Return the links of the frames that a mark belongs to, and its relations."""
        for frame in self._framing.frames_of(mark):
            roles = {each.id for each in self._framing.session.project.codebook.roles}
            yield from (link for link in self._framing.leaving(frame.cue.id) if link.kind in roles)
        yield from self._framing.relations_of(mark)

    def _tie(self, link: Link) -> Tie:
        relation = self._framing.relation(link.kind)
        origin = self._framing.find(link.origin_id)
        target = self._framing.find(link.target) if link.target else None
        return Tie(
            link.id,
            link.origin_id,
            link.target or "",
            self._framing.kind_name(link.kind),
            self._called(origin),
            self._called(target),
            origin.label if origin else "",
            not (relation and relation.symmetric),
        )

    def _called(self, end: Annotation | None) -> str:
        """Name an end of a link: ``claim``, and where it lies if that is not here."""
        if end is None:
            return "not in this article"
        session, name = self._framing.session, self._framing.name(end.label)
        if session.article is not None and end.article == session.article.id:
            return name
        far = self._framing.far.get(end.id)
        return f"{name} in “{far.title}”" if far else name

    def _note(self, annotation: str, number: int) -> Note:
        found = self._framing.session.annotations[annotation]
        return Note(annotation, found.span.start, None, f"“{self._framing.words(found)}”", number)

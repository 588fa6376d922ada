"""Following links, to other articles too, and the way back."""

from PySide6.QtCore import QObject

from annotator.ui.frames.framing import Framing


class Trail(QObject):
    """Remembers where links were followed from."""

    def __init__(self, framing: Framing) -> None:
        super().__init__(framing)
        self._framing = framing
        self._from: list[tuple[str, str]] = []

    def follow(self, annotation: str) -> None:
        """Show an annotation, in another article too, and remember where one came from."""
        session = self._framing.session
        target = self._framing.find(annotation)
        if target is None:
            return
        page, here = session.article.id if session.article else "", session.selected
        if session.go_to(target.article, target.span.start, target.span.end):
            session.select(target.id)
            if page:
                self._from.append((page, here))

    def follow_next(self) -> None:
        """Follow a link of the selected mark: what it points at, or else what points at it."""
        session = self._framing.session
        ends = [
            end
            for link in self._framing.relations_of(session.selected)
            for end in (link.target, link.origin_id)
            if end and end != session.selected
        ]
        ends += [
            frame.cue.id for frame in self._framing.frames_of(session.selected) if frame.cue.id != session.selected
        ]
        own = self._framing.frames.get(session.selected)
        ends += [part.id for _, part in own.parts] if own else []
        if ends:
            self.follow(ends[0])
        else:
            session.said.emit("No link leaves or reaches this label")

    def back(self) -> None:
        """Go back to where the last link was followed from."""
        session = self._framing.session
        while self._from:
            page, annotation = self._from.pop()
            if not any(head.id == page for head in session.heads):
                continue
            session.go_to(page)
            found = session.annotations.get(annotation)
            if found is not None:
                session.go_to(page, found.span.start, found.span.end)
                session.select(annotation)
            return
        session.said.emit("There is nothing to go back to")

"""Where the person was in each project: at which article, at which line, and as whom."""

from PySide6.QtCore import QObject

from annotator.ui.reader.view import Reader
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Place, Settings

_STAYS = 1_000
"""Milliseconds at an article before it is remembered, so that going through them waits for no disk."""


class Whereabouts(QObject):
    """Remembers it in the settings, and goes back there."""

    def __init__(self, settings: Settings, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._reader = reader
        self._session: Session | None = None
        # When the person stays: to write a file takes longer than to show an article, now and then.
        self._saving = Later(self, settings.save, _STAYS)

    def leave(self) -> None:
        """Remember the line that is the first one now, and follow this project no longer."""
        self._saving.stop()
        session, self._session = self._session, None
        if session is not None:
            self._settings.places[session.project.id] = self._place_of(session, self._reader.position())

    def go_back(self, session: Session) -> None:
        """Show the article where the person was, or the first one, and remember from now on which one is shown."""
        self._session = session
        place = self._settings.places.get(session.project.id, Place())
        ids = [head.id for head in session.heads]
        if ids and session.go_to(place.article if place.article in ids else ids[0]) and place.article in ids:
            self._reader.restore(place.position)
        session.article_switched.connect(self._remember)
        session.annotator_switched.connect(self._remember)
        self._remember()

    def _remember(self) -> None:
        session = self._session
        if session is None:
            return
        old, new = self._settings.places.get(session.project.id, Place()), self._place_of(session, 0)
        if (old.article, old.annotator) != (new.article, new.annotator):
            self._settings.places[session.project.id] = new
            self._saving.start()

    @staticmethod
    def _place_of(session: Session, position: int) -> Place:
        """Return the place at a line of the open article; where none is open, who labels is remembered all the same."""
        return Place(
            session.article.id if session.article else "", position if session.article else 0, session.annotator.id
        )

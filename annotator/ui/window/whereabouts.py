"""Where the person was in each project: at which article, at which line, and as whom."""

from PySide6.QtCore import QObject

from annotator.ui.reader.view import Reader
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Place, Settings


class Whereabouts(QObject):
    """Remembers it in the settings, and goes back there."""

    def __init__(self, settings: Settings, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._reader = reader
        self._session: Session | None = None
        # After the painting: to write a file takes longer than to show an article, now and then.
        self._saving = Later(self, settings.save, 0)

    def leave(self) -> None:
        """Remember the line that is the first one now, and follow this project no longer."""
        self._saving.stop()
        session, self._session = self._session, None
        if session is not None and session.article is not None:
            place = Place(session.article.id, self._reader.position(), session.annotator.id)
            self._settings.places[session.project.id] = place

    def go_back(self, session: Session) -> None:
        """Show the article where the person was, or the first one, and remember from now on which one is shown."""
        self._session = session
        place = self._settings.places.get(session.project.id, Place())
        ids = [head.id for head in session.heads]
        if ids and session.go_to(place.article if place.article in ids else ids[0]) and place.article in ids:
            self._reader.restore(place.position)
        session.article_switched.connect(self._remember)
        self._remember()

    def _remember(self) -> None:
        session = self._session
        if session is not None and session.article is not None:
            old = self._settings.places.get(session.project.id, Place())
            if old.article != session.article.id:
                self._settings.places[session.project.id] = Place(session.article.id, 0, session.annotator.id)
                self._saving.start()

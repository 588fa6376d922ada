"""How large, in which face and in which colours the person reads: their choices, applied and remembered."""

from PySide6.QtCore import QObject

from annotator.ui.actions.actions import Actions
from annotator.ui.look.looks import SCHEMES, Looks
from annotator.ui.reader.view import Reader
from annotator.ui.session.settings import ZOOMS, Settings
from annotator.ui.status import StatusLine


class Appearance(QObject):
    """Connects the actions of zoom, face and colour scheme with the settings and with what they change."""

    def __init__(self, actions: Actions, settings: Settings, looks: Looks, reader: Reader, status: StatusLine) -> None:
        super().__init__(actions)
        self._actions = actions
        self._settings = settings
        self._looks = looks
        self._reader = reader
        self._status = status
        actions.on("zoom.in", lambda: self.zoom_by(1))
        actions.on("zoom.out", lambda: self.zoom_by(-1))
        actions.on("zoom.reset", lambda: self.set_zoom(ZOOMS[0]))
        for face in ("serif", "sans"):
            actions.on(f"face.{face}", lambda face=face: self.set_face(face))
        for scheme in SCHEMES:
            actions.on(f"scheme.{scheme}", lambda scheme=scheme: self.set_scheme(scheme))
        reader.zoom_requested.connect(self.zoom_by)
        actions[f"scheme.{settings.scheme}"].setChecked(True)
        self.set_zoom(settings.zoom)
        self.set_face(settings.face)

    def set_zoom(self, percent: int) -> None:
        """Set the size of the article's text in percent, 100-200."""
        self._settings.zoom = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        self._reader.set_zoom(self._settings.zoom)
        self._status.show_zoom(self._settings.zoom)

    def zoom_by(self, steps: int) -> None:
        """Go so many of the usual sizes up, or down."""
        nearest = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - self._settings.zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    def set_face(self, face: str) -> None:
        """Show articles in ``serif`` or ``sans``."""
        self._settings.face = face
        self._actions[f"face.{face}"].setChecked(True)
        self._reader.set_face(face)

    def set_scheme(self, scheme: str) -> None:
        """Follow the system, or be ``light`` or ``dark`` whatever it says."""
        self._settings.scheme = scheme
        self._actions[f"scheme.{scheme}"].setChecked(True)
        self._looks.set_scheme(scheme)

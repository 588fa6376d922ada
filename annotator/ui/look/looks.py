"""How the program looks: light or dark as the system or the person says, and the bundled faces."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.resources import folder
from annotator.ui.look.style import sheet
from annotator.ui.look.theme import DARK, LIGHT, Theme, palette

SCHEMES = ("system", "light", "dark")
FACES = ("Source Sans 3", "Vazirmatn")
"""Of the program itself: one for Latin, Greek and Cyrillic, one for Arabic script."""
FACE_SCALE = 1.12
"""Source Sans runs small; at this size it is as large as the system's own face."""


class Looks(QObject):
    """Keeps palette and style sheet of the application with the chosen scheme. `changed` carries the new `Theme`."""

    changed = Signal(object)

    def __init__(self, app: QApplication, scheme: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._points = app.font().pointSizeF()
        load_fonts()
        font = QFont(list(FACES))
        font.setPointSizeF(self._points * FACE_SCALE)
        app.setStyle("Fusion")
        app.setFont(font)
        self.theme = self._wanted()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow())

    @property
    def scheme(self) -> str:
        """One of `SCHEMES`."""
        return self._scheme

    def set_scheme(self, scheme: str) -> None:
        """Follow the system, or be light or dark whatever it says."""
        self._scheme = scheme
        # So that file dialogs and title bars, which the system draws, follow too.
        hints = self._app.styleHints()
        match scheme:
            case "light":
                hints.setColorScheme(Qt.ColorScheme.Light)
            case "dark":
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case _:
                hints.unsetColorScheme()
        self._follow()

    def _wanted(self) -> Theme:
        is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if self._scheme == "dark" or (self._scheme == "system" and is_dark) else LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self._apply()
            self.changed.emit(wanted)

    def _apply(self) -> None:
        colors = palette(self.theme)
        self._app.setPalette(colors)
        QToolTip.setPalette(colors)
        self._app.setStyleSheet(sheet(self.theme, self._app.font().pointSizeF()))


def load_fonts() -> None:
    """Make the bundled faces known to Qt; once is enough, again does no harm."""
    known = set(QFontDatabase.families())
    if known.issuperset({*FACES, "Source Serif 4"}):
        return
    for path in sorted((folder() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))

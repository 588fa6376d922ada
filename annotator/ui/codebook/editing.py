"""The place Codebook within the window: built when it is first visited, and led to by whoever finds a codebook."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Codebook
from annotator.ui.codebook.beside import Beside
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.files import CodebookFiles
from annotator.ui.codebook.paints import Paints
from annotator.ui.places import Means, Places

if TYPE_CHECKING:
    from annotator.ui.codebook.place import CodebookPlace

PLACE = "codebook"


class Editing(QObject):
    """Builds the place, and connects it with the codebook beside the text and with codebooks in files."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, means: Means, places: Places, drafting: Drafting, paints: Paints, beside: Beside) -> None:
        super().__init__(places)
        self._means = means
        self._places = places
        self._drafting = drafting
        self._paints = paints
        self._beside = beside
        self.files = CodebookFiles(means.actions, means.chooser, places, lambda: drafting.base)
        places.add(PLACE, self._build)
        self.files.found.connect(lambda name, book: self._show_plan(name, book, takes=True))
        self.files.compared.connect(lambda name, book: self._show_plan(name, book, takes=False))
        self.files.said.connect(self.said)
        self.files.failed.connect(self.failed)

    @property
    def place(self) -> "CodebookPlace":
        """The place, built now if it was not."""
        return cast("CodebookPlace", self._places.page(PLACE))

    def _build(self) -> QWidget:
        # Loaded at the first visit: its forms take a tenth of the time that the program has to start.
        from annotator.ui.codebook.place import CodebookPlace  # noqa: PLC0415

        place = CodebookPlace(self._means.actions, self._drafting, self._paints, self._places)
        again = self._beside.again
        place.again_wanted.connect(self._beside.open_again)
        again.changed.connect(lambda: place.show_again(len(again)))
        place.show_again(len(again))
        return place

    def _show_plan(self, name: str, codebook: Codebook, *, takes: bool) -> None:
        self._places.go(PLACE)
        self.place.show_plan(name, codebook, takes=takes)

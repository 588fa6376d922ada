"""Labels out and in within the window: the pages are built when they are first wanted, and led to by their actions."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.labelling import LabelPlace
from annotator.ui.places import Means, Places

if TYPE_CHECKING:
    from annotator.ui.exchange.export_page import ExportPage
    from annotator.ui.exchange.exporting import Exporting

EXPORTING = "exporting"


class Trading(QObject):
    """Leads to the page of exports and back.

    Signals:
        said: a sentence about what was done. failed: about what could not be.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, means: Means, places: Places, label_place: LabelPlace) -> None:
        super().__init__(places)
        self._means = means
        self._places = places
        self._label_place = label_place
        self._exporting: Exporting | None = None
        places.add(EXPORTING, self._build_export)
        means.actions.on("project.export", self.open_export)

    @property
    def export_page(self) -> "ExportPage":
        """The page of exports, built now if it was not."""
        return cast("ExportPage", self._places.page(EXPORTING))

    @property
    def exporting(self) -> "Exporting":
        """Who works that page."""
        if self._exporting is None:
            self._places.page(EXPORTING)
        return cast("Exporting", self._exporting)

    def open_export(self) -> None:
        """Show the page of exports, filled anew."""
        column = self._label_place.articles
        shown = tuple(head.id for head in column.model.shown if head.id)
        is_filtered = len(shown) < column.model.total
        self.exporting.open(shown if is_filtered else (), tuple(column.list.selected_ids()))
        self._places.go(EXPORTING)
        self.export_page.focus_first()

    def _build_export(self) -> QWidget:
        # Loaded when something is exported: most sessions never do.
        from annotator.ui.exchange.export_page import ExportPage  # noqa: PLC0415
        from annotator.ui.exchange.exporting import Exporting  # noqa: PLC0415

        page = ExportPage(self._means.looks.theme)
        page.left.connect(lambda: self._places.go("label"))
        self._exporting = Exporting(page, self._means.settings, self._means.chooser, self)
        self._exporting.said.connect(self.said)
        self._exporting.failed.connect(self.failed)
        return page

"""Labels out and in within the window: the pages are built when they are first wanted, and led to by their actions."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.label.place import LabelPlace
from annotator.ui.places import Means, Places

if TYPE_CHECKING:
    from annotator.ui.exchange.export_page import ExportPage
    from annotator.ui.exchange.exporting import Exporting
    from annotator.ui.exchange.import_page import ImportPage
    from annotator.ui.exchange.importing import Importing

EXPORTING = "exporting"
IMPORTING = "importing"
_SUFFIXES = frozenset(
    [
        ".ann",
        ".conll",
        ".conllu",
        ".iob",
        ".json",
        ".jsonl",
        ".jsonld",
        ".ndjson",
        ".qde",
        ".qdpx",
        ".spacy",
        ".tsv",
        ".xlsx",
        ".xmi",
        ".xml",
        ".zip",
    ]
)
"""Of files that may hold labels. What is dropped and has another one is an article, and is not looked at first."""


class Trading(QObject):
    """Leads to the pages of exports and imports and back.

    Signals:
        said: a sentence about what was done. failed: about what could not be.
        are_articles: paths (a list) that are no labels, or not meant as such.
    """

    said = Signal(str)
    failed = Signal(str)
    are_articles = Signal(object)

    def __init__(self, means: Means, places: Places, label_place: LabelPlace) -> None:
        super().__init__(places)
        self._means = means
        self._places = places
        self._label_place = label_place
        self._exporting: Exporting | None = None
        self._importing: Importing | None = None
        places.add(EXPORTING, self._build_export)
        places.add(IMPORTING, self._build_import)
        means.actions.on("project.export", self.open_export)
        means.actions.on("labels.import", self.open_import)

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

    @property
    def import_page(self) -> "ImportPage":
        """The page of imports, built now if it was not."""
        return cast("ImportPage", self._places.page(IMPORTING))

    @property
    def importing(self) -> "Importing":
        """Who works that page."""
        if self._importing is None:
            self._places.page(IMPORTING)
        return cast("Importing", self._importing)

    def open_import(self, path: Path | None = None, *, dropped: bool = False) -> None:
        """Show the page of imports, filled anew."""
        self.importing.open(path, dropped=dropped)
        self._places.go(IMPORTING)
        self.import_page.focus_first()

    def take_dropped(self, paths: list[Path]) -> None:
        """Offer to import what was dropped, where it is labels; else tell that it is articles."""
        if len(paths) == 1 and (paths[0].is_dir() or paths[0].suffix.lower() in _SUFFIXES):
            self.importing.look_at(paths[0])
        else:
            self.are_articles.emit(paths)

    def _build_import(self) -> QWidget:
        # Loaded when something is imported: most sessions never do.
        from annotator.ui.exchange.import_page import ImportPage  # noqa: PLC0415
        from annotator.ui.exchange.importing import Importing  # noqa: PLC0415

        page = ImportPage(self._means.looks.theme)
        page.left.connect(lambda: self._places.go("label"))
        self._importing = Importing(page, self._means.settings, self._means.chooser, self)
        self._importing.said.connect(self.said)
        self._importing.failed.connect(self.failed)
        self._importing.as_articles.connect(self._add_as_articles)
        self._importing.are_labels.connect(lambda path: self.open_import(path, dropped=True))
        return page

    def _add_as_articles(self, path: Path) -> None:
        if self._places.current == IMPORTING:
            self._places.go("label")
        self.are_articles.emit([path])

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

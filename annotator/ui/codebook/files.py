"""The codebook in and out: files, templates, the handout."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from annotator.model.codebook import Codebook
from annotator.model.errors import AnnotatorError, in_words
from annotator.project.codebook_file import lost_in, read_codebook, write_codebook
from annotator.project.handout import handout
from annotator.project.templates import template, templates
from annotator.project.whole_file import write_text
from annotator.ui.actions.actions import Actions
from annotator.ui.widgets.captions import caption


class Chooser(Protocol):
    """Asks for the files; None when the person changed their mind."""

    def codebook(self) -> Path | None:
        """Ask for a codebook to read."""

    def save_codebook(self, name: str) -> Path | None:
        """Ask where to save a codebook."""

    def may_lose(self, path: Path, losses: Sequence[str]) -> bool:
        """Say what a file cannot hold, and ask whether it is to be written all the same."""

    def handout(self, name: str) -> Path | None:
        """Ask where to save the handout."""


class CodebookFiles(QObject):
    """`found` carries a name and a codebook to be taken over, `compared` one to be compared only."""

    found = Signal(str, object)
    compared = Signal(str, object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        actions: Actions,
        chooser: Chooser,
        place: QWidget,
        codebook: Callable[[], Codebook | None],
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(place)
        self._chooser = chooser
        self._place = place
        self._codebook = codebook
        self._open_url = open_url
        for command_id, slot in {
            "codebook.load": lambda: self._read(self.found),
            "codebook.compare": lambda: self._read(self.compared),
            "codebook.save_file": self._save,
            "codebook.template": self._choose_template,
            "codebook.handout": self._save_handout,
            "codebook.print": self._print,
        }.items():
            actions.on(command_id, slot)

    def _read(self, signal: SignalInstance) -> None:
        path = self._chooser.codebook() if self._codebook() else None
        if path is not None:
            self._try(lambda: signal.emit(path.name, read_codebook(path)))

    def _save(self) -> None:
        book = self._codebook()
        path = self._chooser.save_codebook(_file_name(book)) if book else None
        if book is None or path is None:
            return
        losses = lost_in(book, path)
        if losses and not self._chooser.may_lose(path, losses):
            self.said.emit("The codebook was not saved")
            return
        without = f", without {len(losses)} kinds of things that it cannot hold" if len(losses) > 1 else ""
        without = f". {losses[0]}" if len(losses) == 1 else without
        self._try(lambda: write_codebook(book, path, overwrite=True), f"Saved the codebook as “{path.name}”{without}")

    def _save_handout(self) -> None:
        book = self._codebook()
        path = self._chooser.handout(_file_name(book)) if book else None
        if book is not None and path is not None:
            self._try(lambda: write_text(path, handout(book), overwrite=True), f"Saved the handout as “{path.name}”")

    def _print(self) -> None:
        """Open the handout where pages are printed well: in the browser."""
        book = self._codebook()
        if book is None:
            return
        try:
            # A folder of its own: anybody could have laid a page, or a link, at a place that is known beforehand.
            path = Path(tempfile.mkdtemp(prefix="annotator-")) / f"{_file_name(book)}.html"
            write_text(path, handout(book), overwrite=True)
        except (AnnotatorError, OSError) as error:
            self.failed.emit(in_words(error))
            return
        if self._open_url(QUrl.fromLocalFile(str(path))):
            self.said.emit("Opened the handout in the browser, to be printed from there")
        else:
            self.failed.emit("No browser could be opened. Save the handout as a file, and print that.")

    def _choose_template(self) -> None:
        menu = QMenu(self._place)
        menu.setAccessibleName("Templates")
        for name in templates():
            book = template(name)
            action = menu.addAction(caption(book.name))
            action.setToolTip(book.description)
            action.triggered.connect(lambda _checked=False, book=book: self.found.emit(book.name, book))
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._place.mapToGlobal(QPoint(self._place.width() // 3, 64)))

    def _try(self, do: Callable[[], object], done: str = "") -> None:
        try:
            do()
        except (AnnotatorError, OSError) as error:
            self.failed.emit(in_words(error))
            return
        if done:
            self.said.emit(done)


def _file_name(book: Codebook) -> str:
    """Return a name for a file that every system takes."""
    plain = "".join(each if each.isalnum() or each in " -_" else " " for each in book.name)
    return " ".join(plain.split())[:60] or "codebook"

"""The dialogs that choose files: the only dialogs that wait for an answer."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annotator.project.drafting import file_kinds

_PROJECTS = "Annotator projects (*.annotator)"
_CODEBOOKS = "Codebooks (*.json *.toml *.qdc)"
_CODEBOOKS_OUT = "Codebooks (*.json);;REFI-QDA codebooks, for QualCoder, NVivo and others (*.qdc)"
_PAGES = "Pages (*.html)"
_REPORTS = "Pages (*.html);;Markdown (*.md);;LaTeX (*.tex);;Figures as CSV (*.csv);;Everything as JSON (*.json)"
_PICTURES = "SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"


def article_filters() -> str:
    """Return what the dialog offers: all that can be read, each kind by itself, and everything."""
    kinds = [(words, tuple(f"*{suffix}" for suffix in suffixes)) for words, suffixes in file_kinds()]
    every = " ".join(dict.fromkeys(each for _, patterns in kinds for each in patterns))
    names = [f"{_bare(words)} ({' '.join(patterns)})" for words, patterns in kinds]
    return ";;".join((f"All that can be read ({every})", *names, "All files (*)"))


def _bare(words: str) -> str:
    """Return a kind's name without article and without the brackets that the dialog takes for patterns."""
    words = re.sub(r"\s*\((.*?)\)", r" \1", re.sub(r"^(an?|some)\s", "", words))
    return words[:1].upper() + words[1:]


class FileChooser:
    """Asks a person for files with the system's own dialogs. Every answer may be None or empty: they changed their mind.

    `window` is whom the dialogs belong to, `folder` where they begin; they go on where the last one ended.
    """

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window = window
        self._last = folder

    @property
    def _folder(self) -> Path:
        """Where a dialog begins. A folder that is not there would be taken for the name of a file in the one above."""
        return next((each for each in (self._last, *self._last.parents) if each.is_dir()), self._last)

    def new_project(self) -> Path | None:
        """Ask where to keep a new project."""
        return self._to_save("New project", "Project.annotator", _PROJECTS)

    def copy(self, name: str) -> Path | None:
        """Ask where to save a copy of a project."""
        return self._to_save("Save a copy", f"{name} copy.annotator", _PROJECTS)

    def export(self, place: Path, *, is_folder: bool) -> Path | None:
        """Ask where to export to; of a folder, for the one in which it is made."""
        if is_folder:
            title = f"Make the folder “{place.name}” in"
            name = QFileDialog.getExistingDirectory(self._window, title, str(place.parent))
            return Path(name) / place.name if name else None
        # The page says that a file would be replaced, so the dialog need not ask as well.
        option = QFileDialog.Option.DontConfirmOverwrite
        kinds = f"*{place.suffix}" if place.suffix else "All files (*)"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export", str(place), kinds, options=option)
        return Path(name) if name else None

    def labels_file(self) -> Path | None:
        """Ask for a file with labels of another program."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import labels", str(self._folder))
        return self._went(name)

    def labels_folder(self) -> Path | None:
        """Ask for a folder with labels of another program."""
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder of labels", str(self._folder))
        return self._went(name)

    def project(self) -> Path | None:
        """Ask for a project to open."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open project", str(self._folder), _PROJECTS)
        return self._went(name)

    def codebook(self) -> Path | None:
        """Ask for a codebook to read."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open codebook", str(self._folder), _CODEBOOKS)
        return self._went(name)

    def save_codebook(self, name: str) -> Path | None:
        """Ask where to save a codebook."""
        return self._to_save("Save codebook", f"{name}.json", _CODEBOOKS_OUT)

    def may_lose(self, path: Path, losses: Sequence[str]) -> bool:
        """Say what a file cannot hold, and ask whether it is to be written all the same."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Save codebook", f"“{path.name}” cannot hold everything.")
        box.setParent(self._window, box.windowFlags())
        box.setInformativeText("\n".join(f"{each}." for each in losses))
        save = box.addButton("Save all the same", QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton("Do not save", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stop)
        box.setEscapeButton(stop)
        box.exec()
        return box.clickedButton() is save

    def handout(self, name: str) -> Path | None:
        """Ask where to save the codebook as a page."""
        return self._to_save("Save handout", f"{name}.html", _PAGES)

    def agreement(self, name: str) -> Path | None:
        """Ask where to save a report of agreement, and in which form."""
        return self._to_save("Save agreement report", f"{name}.html", _REPORTS)

    def plot(self, name: str) -> Path | None:
        """Ask where to save a plot, and in which form."""
        return self._to_save("Save plot", f"{name}.svg", _PICTURES)

    def articles(self) -> list[Path]:
        """Ask for files with articles."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add articles", str(self._folder), article_filters())
        if names:
            self._went(names[0])
        return [Path(name) for name in names]

    def copies(self) -> list[Path]:
        """Ask for copies of a project that came back."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Choose copies to merge", str(self._folder), _PROJECTS)
        if names:
            self._went(names[0])
        return [Path(name) for name in names]

    def folder_for_copies(self) -> Path | None:
        """Ask for a folder to write copies into."""
        name = QFileDialog.getExistingDirectory(self._window, "Hand out copies into a folder", str(self._folder))
        return self._went(name)

    def folder_for_feedback(self) -> Path | None:
        """Ask for a folder to write feedback into."""
        name = QFileDialog.getExistingDirectory(self._window, "Save feedback into a folder", str(self._folder))
        return self._went(name)

    def version(self, title: str) -> Path | None:
        """Ask for a file with a new version of an article."""
        asked = f"New version of “{title}”"
        name, _ = QFileDialog.getOpenFileName(self._window, asked, str(self._folder), article_filters())
        return self._went(name)

    def folder(self) -> Path | None:
        """Ask for a folder with articles."""
        name = QFileDialog.getExistingDirectory(self._window, "Add a folder of articles", str(self._folder))
        return self._went(name)

    def _to_save(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, str(self._folder / name), kinds)
        ending = re.search(r"\*(\.\w+)\)$", kind)
        if chosen and ending and not Path(chosen).suffix:
            chosen += ending[1]
        return self._went(chosen)

    def _went(self, name: str) -> Path | None:
        if not name:
            return None
        self._last = Path(name).parent
        return Path(name)

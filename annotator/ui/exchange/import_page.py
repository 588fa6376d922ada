"""The page on which labels of another program are looked at before they are taken in."""

import re
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.model.counting import counted
from annotator.project.exchange import ImportReport
from annotator.project.taking_in import ImportDraft
from annotator.ui.articles.model import labels_in_words
from annotator.ui.exchange.import_form import ImportForm
from annotator.ui.exchange.sheet import Sheet
from annotator.ui.look.theme import Theme

_OPTION = re.compile(r" \(--[^)]*\)")
"""What a message says for the command line."""


class ImportPage(Sheet):
    """A page of the window.

    Signals:
        source_chosen: the path in the line is another one.
        file_wanted, folder_wanted: the person wants to choose it in a dialog.
        as_articles: what was dropped is to be added as articles after all.
    """

    source_chosen = Signal()
    file_wanted = Signal()
    folder_wanted = Signal()
    as_articles = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Import labels", theme, parent)
        self.form = ImportForm(theme)
        self.about.setText("What people labelled elsewhere, in whatever format")
        self.source = QLineEdit(accessibleName="File or folder")
        self.source.setPlaceholderText("The file or folder with the labels")
        self.file = QPushButton("F&ile…")
        self.folder = QPushButton("Fol&der…")
        self.articles = QPushButton("Add as articles instead")
        self.articles.setToolTip("What you dropped has labels in it. Add its texts alone.")
        self.fault.hide()
        self.leave.setToolTip("Go back to the text (Escape). Nothing is imported.")
        self._lay_out()
        self.set_ready("Import", is_ready=False)
        self.articles.hide()
        self._last = ""
        self.source.editingFinished.connect(self._source_typed)
        # Afterwards: this Enter only takes over what was typed, and the next one, in the form, imports it.
        self.source.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._leave_source))
        for button, signal in (
            (self.file, self.file_wanted),
            (self.folder, self.folder_wanted),
            (self.articles, self.as_articles),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())

    def _lay_out(self) -> None:
        self.head.row.insertWidget(1, self.articles)
        place = QFrame(objectName="strip")
        inner = QHBoxLayout(place)
        inner.setContentsMargins(24, 10, 24, 10)
        inner.setSpacing(8)
        name = QLabel("F&rom", objectName="dim")
        name.setBuddy(self.source)
        for widget in (name, self.source, self.file, self.folder):
            inner.addWidget(widget, 1 if widget is self.source else 0)
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(place)
        column.addWidget(self.form, 1)
        self.fault.setContentsMargins(24, 8, 24, 8)
        column.addWidget(self.fault)
        self.outcome.setMinimumWidth(300)
        self.fill((middle, 760, 3))

    def show_source(self, path: Path | None, *, dropped: bool = False) -> None:
        """Show another file or folder; `dropped`: whether it might be meant as articles."""
        self._last = str(path) if path is not None else ""
        self.source.setText(self._last)
        self.articles.setVisible(dropped)

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be changed while it is imported."""
        for widget in (self.form, self.source, self.file, self.folder, self.articles):
            widget.setEnabled(not is_busy)
        if is_busy:
            self.go.setEnabled(False)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what would be taken, what is here already, and what finds no place."""
        report = draft.report
        if report.refused or (report.problems and not _new(report) and not report.known):
            self.outcome.tell("Nothing can be taken", "", _parts(report, done=False))
            return
        heading = "Before importing" if _new(report) else "Nothing new"
        self.outcome.tell(heading, f"{_taken(report)} would be taken in.", _parts(report, done=False))

    def show_imported(self, report: ImportReport, *, undo: str) -> None:
        """Show what was taken."""
        back = f" {undo} takes it back." if undo and _new(report) else ""
        self.outcome.tell("Imported", f"{_taken(report)} were taken in.{back}", _parts(report, done=True))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.form.set_theme(theme)
        self.outcome.set_theme(theme)

    def focus_first(self) -> None:
        """Put the focus where the choosing begins."""
        (self.form.format if self.source.text() else self.file).setFocus()

    def enter(self, focus: QWidget | None) -> None:
        """Take over what is typed; import anywhere else."""
        if not isinstance(focus, QLineEdit):
            self.ask()

    def _leave_source(self) -> None:
        if self.source.hasFocus() and self.source.text().strip() and not self.fault.text():
            self.form.format.setFocus()

    def _source_typed(self) -> None:
        if self.source.text().strip() != self._last:
            self._last = self.source.text().strip()
            self.articles.hide()
            self.source_chosen.emit()


def _new(report: ImportReport) -> int:
    return report.articles + report.annotations + report.links


def _taken(report: ImportReport) -> str:
    articles = counted(report.articles, "article") if report.articles else "No articles"
    links = counted(report.links, "link") if report.links else "no links"
    return f"{articles}, {labels_in_words(report.annotations)} and {links}"


def _parts(report: ImportReport, *, done: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    parts = []
    if report.problems:
        count = len(report.problems)
        title = counted(count, "thing does not go in as it stands", "things do not go in as they stand")
        parts.append(
            (title, "warning", tuple(_problem(each.where, each.line, each.message) for each in report.problems))
        )
    if report.told:
        parts.append(("To know", "", report.told))
    if report.known:
        words = f"{report.known:,} articles, labels and links are in the project already, and stay as they are."
        parts.append(("Already here", "", (words if report.known > 1 else "1 is in the project already.",)))
    if not report.problems:
        parts.append(("Everything found its place" if done else "Everything finds its place", "good", ()))
    return parts


def _problem(where: str, line: int | None, message: str) -> str:
    place = Path(where).name or where
    message = _OPTION.sub("", message)
    return f"{place}, line {line:,}\t{message}" if line is not None else f"{place}\t{message}"

"""Adding articles: files are read in another thread, with progress and cancel; a report says what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.library import AddReport, draft_files
from annotator.ui.icons import icon

BETWEEN = 0.05
"""Seconds between two reports of progress: more often nobody sees."""
REPORT_HEIGHT = 144
MOST_LINES = 500


class DraftThread(QThread):
    """Reads files; takes values and gives values, and never sees the project.

    Signals:
        progressed: files done, files in all, name of the current one.
        drafted: the `ArticleDraft`.
    """

    progressed = Signal(int, int, str)
    drafted = Signal(object)

    def __init__(self, paths: Sequence[Path], known: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._known = list(paths), dict(known)
        self._cancelled = False
        self._last = 0.0

    def cancel(self) -> None:
        """Stop before the next file."""
        self._cancelled = True

    def run(self) -> None:
        """Read."""
        self.drafted.emit(
            draft_files(self._paths, self._known, progress=self._progress, cancelled=lambda: self._cancelled)
        )

    def _progress(self, done: int, total: int, name: str) -> None:
        now = monotonic()
        if now - self._last >= BETWEEN or done == total:
            self._last = now
            self.progressed.emit(done, total, name)


class Adding(QFrame):
    """A strip at the foot of the window. Labelling goes on while it works.

    Signals:
        added: ids of the new articles (a tuple).
        said: a sentence about what was done.
        failed: a sentence about what could not be.
    """

    added = Signal(object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tray")
        self.setAccessibleName("Adding articles")
        self._project: Project | None = None
        self._thread: DraftThread | None = None
        self._dropped = False
        self._words = QLabel()
        self._bar = QProgressBar(textVisible=False, accessibleName="Files read")
        self._bar.setFixedHeight(4)
        self._report = QPlainTextEdit(readOnly=True, accessibleName="What came of the files")
        self._report.setFixedHeight(REPORT_HEIGHT)
        self._report.setTabChangesFocus(True)
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self.cancel)
        self._details = QPushButton("Details", checkable=True)
        self._details.toggled.connect(self._report.setVisible)
        self._copy = QPushButton("Copy report")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        self._close = QToolButton(toolTip="Close the report", accessibleName="Close the report")
        self._close.clicked.connect(self.hide)
        self._lay_out()
        self.refresh_icons()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for widget in (self._cancel, self._details, self._copy, self._close):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._report)

    def set_project(self, project: Project | None) -> None:
        """Add to another project; what is being read for the old one is dropped."""
        self.stop()
        self._project = project
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return self._thread is not None

    @property
    def words(self) -> str:
        """The line that is shown."""
        return self._words.text()

    @property
    def report(self) -> str:
        """The whole report, as "Copy report" copies it."""
        return f"{self._words.text()}\n{self._report.toPlainText()}".strip()

    def add(self, paths: Sequence[Path]) -> None:
        """Begin to read files and folders."""
        if self._project is None or not paths:
            return
        if self.is_busy:
            self.failed.emit("Other files are being read just now. Wait for them, or cancel that first.")
            return
        if self._project.read_only:
            self.failed.emit("This project is open for reading only, so nothing can be added to it.")
            return
        try:
            known = self._project.fingerprints()
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        self._show_busy()
        self._dropped = False
        self._thread = DraftThread(paths, known, self)
        self._thread.progressed.connect(self._progressed)
        self._thread.drafted.connect(self._drafted)
        self._thread.finished.connect(self._finished)
        self._thread.start()

    def add_text(self, text: str) -> None:
        """Make an article of a text that is no file."""
        if self._project is None:
            return
        if not text.strip():
            self.failed.emit("There is no text on the clipboard. Copy an article somewhere first.")
            return
        try:
            report = self._project.add_text(text)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        if report.added:
            self.added.emit(report.added)
            self.said.emit("Added the pasted text")
        else:
            self.said.emit("That text is in the project already")

    def cancel(self) -> None:
        """Stop before the next file; what was read until then is not added."""
        if self._thread is not None:
            self._thread.cancel()
            self._words.setText("Stopping …")

    def stop(self) -> None:
        """Stop and wait until the thread is gone: before the project or the window closes."""
        if self._thread is not None:
            self._dropped = True
            self._thread.cancel()
            self._thread.wait()

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        self._close.setIcon(icon("x"))

    def _show_busy(self) -> None:
        self._words.setText("Looking for files …")
        self._bar.setMaximum(0)
        for widget in (self._bar, self._cancel):
            widget.show()
        for widget in (self._details, self._copy, self._close, self._report):
            widget.hide()
        self.show()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)
        self._words.setText(f"Reading {done:,} of {total:,} files · {name}" if name else f"{total:,} files read")

    def _drafted(self, draft: object) -> None:
        if self._dropped or self._project is None:
            return
        if draft.cancelled:
            self.hide()
            self.said.emit("Stopped. No article was added")
            return
        try:
            report = self._project.commit(draft)
        except AnnotatorError as error:
            self.hide()
            self.failed.emit(str(error))
            return
        self._show_report(report)
        if report.added:
            self.added.emit(report.added)

    def _finished(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None

    def _show_report(self, report: AddReport) -> None:
        lines = report_lines(report)
        self._words.setText(summary(report))
        self._report.setPlainText("\n".join(lines))
        for widget in (self._bar, self._cancel):
            widget.hide()
        for widget in (self._details, self._copy, self._close):
            widget.show()
        self._details.setChecked(bool(report.draft.problems))
        self._report.setVisible(self._details.isChecked())
        self._details.setEnabled(bool(lines))


def summary(report: AddReport) -> str:
    """Return the report in one line: ``3 new, 1 already here, 2 problems``."""
    draft = report.draft
    if len(draft.articles) == len(report.added) == 1 and not (draft.duplicates or draft.problems):
        new = draft.articles[0]
        return f"Added “{new.title}”, read as {new.provenance.encoding or 'text'}"
    parts = [f"{len(report.added):,} new"]
    if draft.duplicates:
        parts.append(f"{len(draft.duplicates):,} already here")
    if draft.problems:
        parts.append(f"{len(draft.problems):,} {'problem' if len(draft.problems) == 1 else 'problems'}")
    if not (report.added or draft.duplicates or draft.problems):
        return "No text files were found there."
    return ", ".join(parts)


def report_lines(report: AddReport) -> list[str]:
    """Return what came of each file, the problems first; how each text's characters were read stands with it."""
    draft = report.draft
    lines = [str(problem) for problem in draft.problems]
    lines += [f"{each.path}: already here as “{each.title}”." for each in draft.duplicates]
    for each in draft.articles:
        how = "; ".join(filter(None, (each.provenance.encoding, *each.provenance.report)))
        lines.append(f"{each.provenance.source}: new, “{each.title}”. {how}".strip())
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"… and {len(lines) - MOST_LINES:,} more"]
    return lines

"""Adding articles: files are read in another thread, with progress and cancel; a report says what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
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

from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.problem import Problem
from annotator.project.drafting import (
    ArticleDraft,
    Columns,
    Drafted,
    Progress,
    draft_pasting,
    draft_with_tables,
    texts_of,
)
from annotator.project.library import AddReport, rows_of
from annotator.ui.adding.draft_thread import DraftThread
from annotator.ui.look.icons import icon
from annotator.ui.session.session import Session

REPORT_HEIGHT = 144
MOST_LINES = 500


class Adding(QFrame):
    """A strip at the foot of the window. Labelling goes on while it works.

    Signals:
        added: ids of the new articles (a tuple).
        look_wanted: what was read, a `Drafted`, should be seen before it is added.
        said: a sentence about what was done.
        failed: a sentence about what could not be.
    """

    added = Signal(object)
    look_wanted = Signal(object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tray")
        self.setAccessibleName("Adding articles")
        self._session: Session | None = None
        self._thread: DraftThread | None = None
        self._dropped = False
        self._is_writing = False
        self._paths: list[Path] = []
        self.waiting: Drafted | None = None
        self.without_looking = False
        self.columns = Columns()
        """What columns of tables hold, as the person has said before in this project."""
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
        self._look = QPushButton("Look")
        self._look.clicked.connect(self.look)
        self._add_all = QPushButton("Add all")
        self._add_all.clicked.connect(lambda: self.waiting and self.commit(self.waiting.draft, is_seen=True))
        self._discard = QPushButton("Discard")
        self._discard.clicked.connect(self.discard)
        self._close = QToolButton(toolTip="Close the report", accessibleName="Close the report")
        self._close.clicked.connect(self.hide)
        self._lay_out()
        self.refresh_icons()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for widget in (self._cancel, self._look, self._add_all, self._discard, self._details, self._copy, self._close):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._report)

    def set_session(self, session: Session | None) -> None:
        """Add to another project; what is being read for the old one is dropped."""
        self.stop()
        self._session = session
        self._is_writing, self.waiting = False, None
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
        if paths and self._may_begin():
            self._paths = list(paths)
            self._begin(self._reading_files(self._paths, self.columns))

    def read_again(self, columns: Columns) -> None:
        """Read the same files with other columns; what is waiting is replaced."""
        self.columns = columns
        self.waiting = None
        if self._paths and self._may_begin():
            self._begin(self._reading_files(self._paths, columns))

    def paste(self, data: QMimeData | None) -> None:
        """Make an article of what was copied: rich text through the reader of pages, plain text as it is."""
        # Qt has no data for a clipboard that is empty, or that the system keeps to itself.
        text, markup = ("", "") if data is None else (data.text(), data.html() if data.hasHtml() else "")
        if not text.strip() and not markup.strip():
            self.failed.emit("There is no text on the clipboard. Copy an article somewhere first.")
        elif not markup.strip():
            self._paste_plain(text)
        elif self._may_begin():
            known = self._known()
            if known is not None:
                self._paths = []
                self._begin(lambda _progress, _cancelled: draft_pasting(text, markup, known))

    def _paste_plain(self, text: str) -> None:
        if self._session is None:
            return
        try:
            report = self._session.project.add_text(text)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        if report.added:
            self.added.emit(report.added)
            self.said.emit("Added the pasted text")
        else:
            self.said.emit("That text is in the project already")

    def _may_begin(self) -> bool:
        """Whether something can be read now; if not, the person is told why."""
        project = self._session.project if self._session else None
        if project is None:
            return False
        if self.is_busy:
            self.failed.emit("Other files are being read just now. Wait for them, or cancel that first.")
        elif project.is_lent:
            self.failed.emit("Something is being written into this project just now. Wait for that first.")
        elif self.waiting is not None:
            self.failed.emit("Other articles wait to be looked at. Add or discard them first.")
            self.look()
        elif project.read_only:
            self.failed.emit("This project is open for reading only, so nothing can be added to it.")
        else:
            return True
        return False

    def _known(self) -> dict[str, str] | None:
        try:
            return self._session.project.fingerprints() if self._session else None
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return None

    def _reading_files(
        self, paths: Sequence[Path], columns: Columns
    ) -> Callable[[Progress, Callable[[], bool]], Drafted] | None:
        known = self._known()
        if known is None or self._session is None:
            return None
        project = self._session.project.path

        def read(progress: Progress, cancelled: Callable[[], bool]) -> Drafted:
            try:
                # The texts in the project are read there, too: for ten thousand of them the window would stand still.
                return draft_with_tables(
                    paths, known, columns, texts_of(project), progress=progress, cancelled=cancelled
                )
            except AnnotatorError as error:
                return Drafted(ArticleDraft((), problems=(Problem("the project", str(error)),)))

        return read

    def _begin(self, read: Callable[[Progress, Callable[[], bool]], Drafted] | None) -> None:
        if read is None:
            return
        self._show_busy()
        self._dropped = False
        self._thread = DraftThread(read, self)
        self._thread.progressed.connect(self._progressed)
        self._thread.drafted.connect(self._drafted)
        self._thread.finished.connect(self._finished)
        self._thread.start()

    def look(self) -> None:
        """Show what is waiting."""
        if self.waiting is not None:
            self.look_wanted.emit(self.waiting)

    def set_looked_at(self, looked_at: bool) -> None:
        """Hide the strip while what waits is seen, and show it again afterwards."""
        if self.waiting is not None and not self._is_writing:
            self.setVisible(not looked_at)

    def discard(self) -> None:
        """Add nothing of what is waiting."""
        self.waiting = None
        self.hide()
        self.said.emit("Discarded. No article was added")

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
        for widget in (self._look, self._add_all, self._discard):
            widget.hide()
        self.show()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)
        self._words.setText(
            f"Reading {done:,} of {counted(total, 'file')} · {name}" if name else f"{counted(total, 'file')} read"
        )

    def _drafted(self, drafted: Drafted) -> None:
        if self._dropped or self._session is None:
            return
        if drafted.draft.cancelled:
            self.hide()
            self.said.emit("Stopped. No article was added")
        elif drafted.is_plain or (self.without_looking and drafted.draft.articles):
            self.waiting = drafted
            self.commit(drafted.draft, is_seen=False)
        else:
            self.waiting = drafted
            self._show_waiting(drafted)
            self.look()

    def commit(self, draft: ArticleDraft, *, is_seen: bool) -> None:
        """Add what was read, in one step, and report; problems are laid open where they have not been seen yet.

        Where nothing is added, because it cannot be or was stopped, what was read goes on waiting.
        """
        session = self._session
        if session is None:
            return
        self.hide()
        self._is_writing = True
        count = len(draft.articles)
        session.write(
            rows_of(draft),
            "adding 1 article" if count == 1 else f"adding {count:,} articles",
            lambda project, progress: project.commit(draft, progress),
            lambda report: self._committed(report, is_open=bool(draft.problems) and not is_seen),
            self._wait_on,
        )

    def _committed(self, report: AddReport, *, is_open: bool) -> None:
        self._is_writing, self.waiting = False, None
        self._show_report(report, is_open=is_open)
        if report.added:
            self.added.emit(report.added)

    def _wait_on(self) -> None:
        self._is_writing = False
        if self.waiting is not None:
            self._show_waiting(self.waiting)

    def _show_waiting(self, drafted: Drafted) -> None:
        count = len(drafted.draft.articles)
        what = "An article waits" if count == 1 else f"{count:,} articles wait"
        words = f"{what} to be looked at before {'it is' if count == 1 else 'they are'} added"
        self._words.setText(words if count else "Nothing new was found")
        for widget in (self._bar, self._cancel, self._details, self._copy, self._close, self._report):
            widget.hide()
        for widget in (self._look, self._add_all, self._discard):
            widget.show()
        self._add_all.setEnabled(count > 0)
        self.show()

    def _finished(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None

    def _show_report(self, report: AddReport, *, is_open: bool) -> None:
        lines = report_lines(report)
        self._words.setText(summary(report))
        self._report.setPlainText("\n".join(lines))
        for widget in (self._bar, self._cancel, self._look, self._add_all, self._discard):
            widget.hide()
        for widget in (self._details, self._copy, self._close):
            widget.show()
        self.show()
        self._details.setChecked(is_open)
        self._report.setVisible(self._details.isChecked())
        self._details.setEnabled(bool(lines))


def summary(report: AddReport) -> str:
    """Return the report in one line: ``3 new articles, 1 already here, 2 problems``."""
    draft = report.draft
    if len(draft.articles) == len(report.added) == 1 and not (draft.duplicates or draft.problems):
        new = draft.articles[0]
        return f"Added “{new.title}”, read as {new.provenance.encoding or 'text'}"
    parts = [counted(len(report.added), "new article")]
    if draft.duplicates:
        parts.append(f"{len(draft.duplicates):,} already here")
    if draft.problems:
        parts.append(counted(len(draft.problems), "problem"))
    if not (report.added or draft.duplicates or draft.problems):
        return "No articles were found there."
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

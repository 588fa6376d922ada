"""Importing: files are read and tried on a copy in another thread, looked at, and written from there in one step."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.project.exchange import ImportReport, recognised
from annotator.project.formats import FormatInfo, Listen, formats
from annotator.project.snapshot import Moment
from annotator.project.taking_in import TABLE, ImportDraft, commit_import, draft_import
from annotator.ui.articles.model import labels_in_words
from annotator.ui.exchange.errand import Errands
from annotator.ui.exchange.import_habits import keep, recall, recall_format
from annotator.ui.exchange.import_page import ImportPage
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Habits, Settings
from annotator.ui.widgets.choosing import FileChooser


class Importing(QObject):
    """Works the page of imports for one project.

    Signals:
        said: a sentence about what was done. failed: about what could not be.
        as_articles: the path (`Path`) that is to be added as articles after all, or is no labels.
        are_labels: a path (`Path`) that was dropped holds labels.
    """

    said = Signal(str)
    failed = Signal(str)
    as_articles = Signal(object)
    are_labels = Signal(object)

    def __init__(self, page: ImportPage, settings: Settings, chooser: FileChooser, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._habits = Habits()
        self._chooser = chooser
        self._session: Session | None = None
        self._moment: Moment | None = None
        self._draft: ImportDraft | None = None
        self._formats: tuple[FormatInfo, ...] = ()
        self._dropped = Path()
        self._waits = False
        self.errands = Errands(self)
        page.outcome.follow(self.errands)
        self.errands.done.connect(self._done)
        self.errands.failed.connect(self._failed)
        page.session_given.connect(self.set_session)
        page.source_chosen.connect(self._read_source)
        page.file_wanted.connect(lambda: self._choose(self._chooser.labels_file()))
        page.folder_wanted.connect(lambda: self._choose(self._chooser.labels_folder()))
        page.form.changed.connect(self._read)
        page.form.columns.folder_wanted.connect(self._choose_texts)
        page.form.rows.proposed.connect(self._take_proposal)
        page.wanted.connect(self._commit)
        page.left.connect(self._leave)
        page.as_articles.connect(lambda: self.as_articles.emit(self._source))

    def set_session(self, session: Session | None) -> None:
        """Import into another project, or none."""
        self.stop()
        self._session = session
        if session is not None:
            self._habits = self._settings.habits.setdefault(session.project.id, Habits())
            self._moment = Moment(session.project.path)
            session.changed.connect(lambda _changes: self._project_changed())
            session.long_step.ended.connect(self._wait_over)

    def stop(self) -> None:
        """Let nothing go on: before the project or the window closes. What is not whole is not written."""
        is_committing = self.errands.kind == "commit"
        self.errands.stop()
        if is_committing and self._session is not None:
            self._session.project.take_back()
        if self._moment is not None:
            self._moment.remove()
            self._moment = None
        self._draft = None
        self._page.set_busy(is_busy=False)

    def open(self, path: Path | None = None, *, dropped: bool = False) -> None:
        """Fill the page anew, with a file or folder where there is one."""
        session = self._session
        if session is None or self.errands.kind == "commit":
            return
        self._formats = self._formats or tuple(each for each in formats() if each.is_read)
        project = session.project
        self._page.form.show_stock(self._formats, project.annotators(), project.codebook.labels)
        recall(self._habits, self._page.form)
        self._page.show_source(path, dropped=dropped)
        self._read_source()

    def look_at(self, path: Path) -> None:
        """Find out whether what was dropped holds labels: `are_labels` or `as_articles` tells it."""
        if self.errands.kind:
            self.as_articles.emit(path)
            return
        self._dropped = path
        self.errands.start("drop", lambda _listen: recognised(path))

    @property
    def _source(self) -> Path:
        return Path(self._page.source.text().strip()).expanduser()

    def _choose(self, path: Path | None) -> None:
        if path is not None:
            self._page.show_source(path)
            self._read_source()
            self._page.form.format.setFocus()

    def _choose_texts(self) -> None:
        path = self._chooser.labels_folder()
        if path is not None:
            self._page.form.columns.set_folder(path)

    def _read_source(self) -> None:
        """Another file or folder: nothing that was chosen for the one before holds."""
        self._page.form.show_file()
        if self._page.source.text().strip():
            recall_format(self._habits, self._page.form, self._source)
        self._read()

    def _project_changed(self) -> None:
        if self._moment is not None:
            self._moment.pass_by()
        if self._page.isVisible() and self._draft is not None and self.errands.kind != "commit":
            self._read()

    def _wait_over(self) -> None:
        """Read what could not be read while a long step was written."""
        if self._waits and self._page.isVisible():
            self._read()

    def _read(self) -> None:
        """Read the files as is chosen, and try them on a copy."""
        moment, session = self._moment, self._session
        if moment is None or session is None or self.errands.kind == "commit":
            return
        self._draft = None
        source, page = self._source, self._page
        fault = self._fault()
        if fault:
            self.errands.drop()
            page.set_ready("Import", fault if page.source.text().strip() else "", is_ready=False)
            page.outcome.tell(
                "Choose the file or folder" if not page.source.text().strip() else "Nothing to import", fault
            )
            return
        page.set_ready("Import", is_ready=False)
        page.outcome.show_busy("Reading …")
        name, taking, mapping = page.form.format.key, page.form.taking, page.form.mapping

        def deed(listen: Listen) -> ImportDraft:
            return draft_import(moment.take(), source, name, taking.heard_by(listen), mapping)

        self.errands.start("draft", deed)

    def _fault(self) -> str:
        session = self._session
        if session is not None and session.project.read_only:
            return "This project is open for reading only, so nothing can be imported into it."
        self._waits = session is not None and session.long_step.is_busy
        if self._waits:
            return "Something is being written into this project just now. Wait for that first."
        if not self._page.source.text().strip():
            return (
                "You see what would be taken, what is here already and what finds no place, before anything is stored."
            )
        if not self._source.exists():
            return f"There is no file or folder “{self._source}”."
        info = next((each for each in self._formats if each.name == self._page.form.format.key), None)
        if info is not None and info.lacks:
            return (
                f"{info.title} needs the library “{info.lacks}”: run “python3 -m pip install {info.lacks}”,"
                " then start the program again."
            )
        return ""

    def _take_proposal(self) -> None:
        preview = self._draft.preview if self._draft is not None else None
        if preview is not None and preview.proposed is not None:
            way = preview.proposed
            self._page.form.count_like(way.unit, inclusive=way.inclusive, first=way.first)

    def _commit(self) -> None:
        session, draft = self._session, self._draft
        if session is None or draft is None or self.errands.kind:
            return
        try:
            session.project.lend()
        except AnnotatorError as error:
            self._page.outcome.tell("Nothing was imported", str(error), is_bad=True)
            return
        path, mapping = session.project.path, self._page.form.mapping
        self._page.set_busy(is_busy=True)
        self._page.outcome.show_busy("Importing …")
        self._page.outcome.stop.setFocus()
        self.errands.start("commit", lambda listen: commit_import(draft, path, mapping, listen))

    def _leave(self) -> None:
        if self.errands.kind == "draft":
            self.errands.drop()

    def _done(self, kind: str, result: object) -> None:
        if kind == "drop":
            # A table of articles and one of labels look alike; whoever means labels chooses “Import labels…”.
            (self.as_articles if result == TABLE else self.are_labels).emit(self._dropped)
        elif isinstance(result, ImportDraft):
            self._show_draft(result)
        elif kind == "commit" and isinstance(result, tuple):
            self._show_imported(*result)

    def _show_draft(self, draft: ImportDraft) -> None:
        page, form = self._page, self._page.form
        self._draft = draft
        title = next((each.title for each in self._formats if each.name == draft.format), draft.format)
        form.show_recognised(title)
        if form.show_table(draft.preview):
            self._read()
            return
        # Who has been named stays there to be seen and changed.
        asks = draft.reading.asks_who or bool(form.who_name)
        form.ask_who(asks=asks)
        if draft.reading.asks_who:
            page.outcome.tell("Whose labels are these?", "The files do not say it. Choose or name the annotator.")
            page.set_ready("Import", "Say whose labels these are.")
            if not form.columns.isVisibleTo(form) and not form.name.hasFocus():
                form.who.setFocus()
            form.order_tabs(page.outcome.report)
            return
        if not form.people and not asks and form.show_people(draft.people, renames=bool(draft.labels)):
            self._read()
            return
        form.show_words(draft.labels)
        form.order_tabs(page.outcome.report)
        page.show_draft(draft)
        report = draft.report
        count = report.annotations
        what = labels_in_words(count) if count else "articles" if report.articles else "links"
        is_empty = not (report.articles or count or report.links)
        page.set_ready("Import" if is_empty else f"Import {what}", is_ready=not is_empty)

    def _show_imported(self, report: ImportReport, changes: Changes | None) -> None:
        session, page = self._session, self._page
        self._draft = None
        page.set_busy(is_busy=False)
        page.set_ready("Import", is_ready=False)
        if keep(self._habits, page.form, self._source):
            self._settings.save()
        if session is None:
            return
        session.project.take_back(changes)
        page.show_imported(report, undo=session.undo_key)
        page.leave.setFocus()
        session.tell(f"Imported {labels_in_words(report.annotations)} from “{self._source.name}”")

    def _failed(self, kind: str, words: str) -> None:
        page = self._page
        if kind == "drop":
            self.as_articles.emit(self._dropped)
            return
        if kind == "commit":
            page.set_busy(is_busy=False)
            if self._session is not None:
                self._session.project.take_back()
            page.go.setEnabled(self._draft is not None)
        page.outcome.tell("Nothing was imported" if kind == "commit" else "This cannot be read", words, is_bad=True)
        if not page.isVisible():
            self.failed.emit(words)

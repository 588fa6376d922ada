"""Exporting: the page is filled, what would go out is counted in another thread, then written there."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.split import Split
from annotator.project.export import ExportReport
from annotator.project.formats import FormatInfo, Options, Selection, formats
from annotator.project.snapshot import Moment, count_export, draft_split, write_export
from annotator.ui.articles.model import labels_in_words
from annotator.ui.exchange.errand import Errands
from annotator.ui.exchange.export_form import Stock
from annotator.ui.exchange.export_page import ExportPage
from annotator.ui.exchange.places import place_fault, proposed
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Habits, Settings
from annotator.ui.widgets.choosing import FileChooser

_LENT = "Labels are being taken back or being taken in just now. What goes out is counted when that is done."
_NOT_KEPT = ("articles",)
"""What is chosen in the list is never remembered: next time it would be another choice."""


class Exporting(QObject):
    """Works the page of exports for one project.

    Signals:
        said: a sentence about what was done. failed: about what could not be.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, page: ExportPage, settings: Settings, chooser: FileChooser, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._chooser = chooser
        self._session: Session | None = None
        self._habits = Habits()
        self._moment: Moment | None = None
        self._is_touched = False
        self._has_place = False
        self._target = Path()
        self._formats: tuple[FormatInfo, ...] = ()
        self._stock = Stock()
        self.errands = Errands(self)
        page.outcome.follow(self.errands)
        self.errands.done.connect(self._done)
        self.errands.failed.connect(self._failed)
        page.session_given.connect(self.set_session)
        page.format_chosen.connect(self._format_chosen)
        page.form.changed.connect(self._changed)
        page.form.split_wanted.connect(self._make_split)
        page.place.textChanged.connect(lambda _text: self._tell_ready())
        page.place.textEdited.connect(lambda _text: self._place_typed())
        page.place_wanted.connect(self._choose_place)
        page.wanted.connect(self._write)
        page.left.connect(self._keep)
        page.outcome.folder_wanted.connect(self._open_folder)

    def set_session(self, session: Session | None) -> None:
        """Export from another project, or none."""
        self.stop()
        self._session = session
        if session is not None:
            self._habits = self._settings.habits.setdefault(session.project.id, Habits())
            self._moment = Moment(session.project.path)
            session.changed.connect(lambda _changes: self._project_changed())
            session.annotator_switched.connect(self._project_changed)
            session.long_step.ended.connect(self._project_changed)

    def stop(self) -> None:
        """Let nothing go on: before the project or the window closes. Of what is not written whole nothing is left."""
        self.errands.stop()
        if self._moment is not None:
            self._moment.remove()
            self._moment = None
        self._page.set_busy(is_busy=False)

    def open(self, shown: tuple[str, ...], chosen: tuple[str, ...]) -> None:
        """Fill the page; `shown` are the ids that the filter shows, `chosen` those that are chosen in the list."""
        session = self._session
        if session is None or self.errands.kind == "write":
            return
        self._formats = self._formats or tuple(each for each in formats() if each.is_written)
        self._is_touched = self._has_place = False
        self._fill(shown, chosen)
        self._page.formats.show_formats(self._formats, self._habits.export)

    def _fill(self, shown: tuple[str, ...], chosen: tuple[str, ...]) -> None:
        session = self._session
        if session is None:
            return
        project = session.project
        self._stock = Stock(
            annotators=(session.annotator,) if session.hides_others else project.everybody(),
            labels=project.codebook.labels,
            articles=len(session.heads),
            shown=shown,
            chosen=chosen,
            splits=project.splits(),
            alone=session.hides_others,
        )
        self._page.form.show_stock(self._stock)

    # What is chosen

    def _format_chosen(self, info: FormatInfo) -> None:
        if not self._is_touched:
            self._page.form.restore(self._habits.exports.get(info.name, {}))
        self._has_place = False
        self._propose()
        self._count()

    def _changed(self) -> None:
        self._is_touched = True
        if not self._has_place:
            self._propose()
        self._tell_ready()
        self._count()

    def _place_typed(self) -> None:
        self._has_place = True

    def _choose_place(self) -> None:
        found = self._chooser.export(self._page.target, is_folder=self._is_folder)
        if found is not None:
            self._has_place = True
            self._page.place.setText(str(found))
        self._page.place.setFocus()

    @property
    def _info(self) -> FormatInfo | None:
        return self._page.formats.format

    @property
    def _is_folder(self) -> bool:
        info = self._info
        return info is not None and (not info.suffix or (bool(self._page.form.options.parts) and not info.splits))

    def _propose(self) -> None:
        session, info = self._session, self._info
        if session is None or info is None:
            return
        kept = Path(str(self._habits.exports.get(info.name, {}).get("folder", "")))
        folder = kept if kept.is_absolute() and kept.is_dir() else session.project.path.parent
        split = self._page.form.choices()["split"]
        place = proposed(folder, session.project.path.stem, info, split=split, is_folder=self._is_folder)
        self._page.place.setText(str(place))
        self._tell_ready()

    def _tell_ready(self) -> None:
        session, info = self._session, self._info
        if session is None or info is None:
            return
        place = self._page.place.text()
        fault = self._page.form.fault or place_fault(place, session.project.path, is_folder=self._is_folder)
        if info.lacks:
            fault = f"{info.title} needs something that is not installed."
        elif self._is_lent:
            fault = _LENT
        elif not session.heads:
            fault = "There are no articles to export."
        is_there = not fault and self._page.target.exists()
        self._page.set_ready("Replace and export" if is_there else "Export", fault)

    def _keep(self) -> None:
        """Remember what is chosen, for this project and format."""
        info = self._info
        if info is None or self._session is None:
            return
        choices: dict[str, Any] = {k: v for k, v in self._page.form.choices().items() if k not in _NOT_KEPT}
        before = self._habits.exports.get(info.name, {})
        choices["folder"] = str(self._page.target.parent) if self._has_place else before.get("folder", "")
        if (self._habits.export, before) != (info.name, choices):
            self._habits.export, self._habits.exports[info.name] = info.name, choices
            self._settings.save()

    # What goes on in the other thread

    def _project_changed(self) -> None:
        if self._moment is not None:
            self._moment.pass_by()
        if self._page.isVisible() and self.errands.kind not in ("write", "split"):
            self._fill(self._stock.shown, self._stock.chosen)
            self._count()

    def _order(self) -> tuple[str, Selection, Options] | None:
        info, session = self._info, self._session
        if info is None or session is None or info.lacks or not session.heads or self._page.form.fault:
            return None
        return info.name, self._page.form.selection, self._page.form.options

    @property
    def _is_lent(self) -> bool:
        return self._session is not None and self._session.project.is_lent

    def _count(self) -> None:
        """Count what would go out."""
        moment, order = self._moment, self._order()
        if moment is None or self.errands.kind == "write":
            return
        if self._is_lent:
            self._page.set_ready("Export", _LENT)
            self._page.outcome.tell("Nothing to export yet", _LENT)
            return
        if order is None:
            self.errands.drop()
            self._tell_nothing()
            return
        self._page.outcome.show_busy("Looking at what fits …")
        undecided = self._page.form.undecided.isChecked()
        self.errands.start("count", lambda listen: count_export(moment.take(), *order, listen, undecided=undecided))

    def _tell_nothing(self) -> None:
        outcome, info = self._page.outcome, self._info
        if info is not None and info.lacks:
            self._page.show_lacking(info)
        elif self._session is not None and not self._session.heads:
            outcome.tell("Nothing to export", "There are no articles in this project yet. Add some, and label in them.")
        else:
            outcome.tell("Nothing to export yet", self._page.form.fault)

    def _write(self) -> None:
        moment, order = self._moment, self._order()
        if moment is None or order is None or self._is_lent or self.errands.kind == "write":
            return
        self._keep()
        target, undecided = self._page.target, self._page.form.undecided.isChecked()
        self._target = target
        self._page.set_busy(is_busy=True)
        self._page.outcome.show_busy(f"Writing “{target.name}” …")
        self._page.outcome.stop.setFocus()
        self.errands.start(
            "write",
            lambda listen: write_export(
                moment.take(), target, *order, overwrite=True, listen=listen, undecided=undecided
            ),
        )

    def _make_split(self, name: str, by: str, shares: dict[str, float], seed: int) -> None:
        moment = self._moment
        if moment is None or self._is_lent or self.errands.kind == "write":
            return
        self._page.outcome.show_busy("Dividing the articles …")
        self.errands.start("split", lambda _listen: draft_split(moment.take(), name, by=by, shares=shares, seed=seed))

    def _done(self, kind: str, result: object) -> None:
        if isinstance(result, Split):
            self._keep_split(result)
        elif isinstance(result, ExportReport) and kind == "write":
            self._page.set_busy(is_busy=False)
            if (
                self._is_folder or self._target.is_dir()
            ):  # a file for each annotator makes one, whatever its name ends in
                # The same place is taken now, and a folder is never replaced.
                self._has_place = False
                self._propose()
            self._tell_ready()
            self._page.show_written(result, self._target)
            articles = counted(result.articles, "article")
            words = f"Exported {articles} with {labels_in_words(result.annotations)} to “{self._target.name}”"
            self.said.emit(f"{words} · others' labels are hidden, and not in it" if self._stock.alone else words)
        elif isinstance(result, ExportReport):
            self._page.show_counted(result)

    def _failed(self, kind: str, words: str) -> None:
        outcome = self._page.outcome
        if kind == "write":
            self._page.set_busy(is_busy=False)
            self._tell_ready()
            self._page.go.setFocus()
            outcome.tell("Nothing was written", words, is_bad=True)
            if not self._page.isVisible():
                self.failed.emit(words)
        else:
            outcome.tell("Nothing to export yet" if kind == "count" else "No split was made", words, is_bad=True)

    def _keep_split(self, made: Split) -> None:
        session = self._session
        if session is None:
            return
        try:
            session.project.keep_split(made)
        except AnnotatorError as error:
            self._failed("split", str(error))
            return
        session.tell(f"Made the split “{made.name}”")
        self._fill(self._stock.shown, self._stock.chosen)
        self._page.form.choose_split(made.name)
        self._page.form.split.setFocus()

    def _open_folder(self) -> None:
        folder = self._target if self._target.is_dir() else self._target.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.failed.emit(f"The folder could not be opened. It is “{folder}”.")

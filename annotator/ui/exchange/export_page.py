"""The page on which an export is chosen, looked at and written: formats, choices, and what does not fit."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.project.export import ExportReport
from annotator.project.formats import FormatInfo
from annotator.ui.article_model import labels_in_words
from annotator.ui.exchange.export_form import ExportForm
from annotator.ui.exchange.format_list import FormatList
from annotator.ui.exchange.outcome import Outcome
from annotator.ui.session import Session
from annotator.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ExportPage(QWidget):
    """A page of the window.

    Signals:
        format_chosen: another format (`FormatInfo`) is looked at.
        wanted: it is to be written.
        place_wanted: the person wants to choose the place in a dialog.
        left: the person goes back.
        session_given: the `Session` of another project, or None.
    """

    format_chosen = Signal(object)
    wanted = Signal()
    place_wanted = Signal()
    left = Signal()
    session_given = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName("Export")
        self.formats = FormatList(theme)
        self.form = ExportForm()
        self.outcome = Outcome(theme)
        self.heading = QLabel("Export", objectName="formTitle")
        self.about = QLabel(objectName="dim")
        self.place = QLineEdit(accessibleName="Write to")
        self.place.setPlaceholderText("Where to write it")
        self.choose = QPushButton("&Choose…")
        self.choose.setToolTip("Choose the place in a dialog.")
        self.fault = QLabel(objectName="bad", wordWrap=True)
        self.leave = QPushButton("Back")
        self.leave.setToolTip("Go back to the text (Escape). What is chosen here is remembered.")
        self.write = QPushButton("Export   Enter", objectName="primary")
        self._is_ready = False
        self._lay_out()
        self.formats.chosen.connect(self._show_format)
        self.formats.taken.connect(self.form.who.setFocus)
        self.formats.left.connect(self.left)
        self.choose.clicked.connect(lambda _checked=False: self.place_wanted.emit())
        self.leave.clicked.connect(lambda _checked=False: self.left.emit())
        self.write.clicked.connect(lambda _checked=False: self.ask())

    def _lay_out(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.heading)
        told.addWidget(self.about)
        top = QFrame(objectName="strip")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addLayout(told, 1)
        for button in (self.leave, self.write):
            row.addWidget(button)
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self._foot())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for place, widget in enumerate((self.formats, middle, self.outcome)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(place, (0, 3, 2)[place])
        splitter.setSizes([300, 520, 400])
        self.formats.setMinimumWidth(232)
        self.form.setMinimumWidth(360)
        self.outcome.setMinimumWidth(260)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(splitter, 1)

    def _foot(self) -> QFrame:
        foot = QFrame(objectName="tray")
        grid = QGridLayout(foot)
        grid.setContentsMargins(24, 12, 24, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        name = QLabel("&Save as", objectName="dim")
        name.setBuddy(self.place)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(self.choose, 0, 2)
        grid.addWidget(self.fault, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return foot

    @property
    def target(self) -> Path:
        """Where it is to be written."""
        return Path(self.place.text().strip()).expanduser()

    def ask(self) -> None:
        """Ask for it to be written, if it can be."""
        if self.write.isEnabled():
            self.wanted.emit()

    def set_ready(self, words: str, fault: str) -> None:
        """Say what Enter does, or why it does nothing."""
        self.write.setText(f"{words}   Enter")
        self.write.setAccessibleName(words)
        self.write.setEnabled(not fault)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be changed while it is written."""
        for widget in (self.formats, self.form, self.place, self.choose):
            widget.setEnabled(not is_busy)
        if is_busy:
            self.write.setEnabled(False)

    def show_lacking(self, info: FormatInfo) -> None:
        """Say what has to be installed before a format can be written."""
        self.outcome.tell(
            "Not installed",
            f"{info.title} needs the extra “{info.lacks}”. Install it, then start the program again:",
            (("", "", (f"python3 -m pip install 'annotator[{info.lacks}]'",)),),
        )

    def show_counted(self, report: ExportReport) -> None:
        """Show what would be written, and what does not fit."""
        self.outcome.tell("Before writing", f"{_amount(report)} go out.", _losses(report))

    def show_written(self, report: ExportReport, target: Path) -> None:
        """Show what was written, and what reading it back gave."""
        if report.compared:
            back = ("Read back and found equal", "good", (", ".join(report.compared).capitalize() + ".",))
        else:
            back = ("Not compared", "warning", ("This format is not read here, so it could not be read back.",))
        self.outcome.tell(
            f"Wrote “{target.name}”",
            f"{_amount(report)}, in “{target.parent}”.",
            (back, *_losses(report)),
            has_folder=True,
        )
        self.outcome.folder.setFocus()

    def set_session(self, session: Session | None) -> None:
        """Export from another project, or none."""
        self.session_given.emit(session)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.formats.set_theme(theme)
        self.outcome.set_theme(theme)

    def focus_first(self) -> None:
        """Put the focus where the choosing begins."""
        self.formats.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write with Enter, leave with Escape, wherever the focus is."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
        elif event.key() in _ENTER and self.form.split_form.isAncestorOf(focus or self):
            self.form.split_form.ask()
        elif event.key() in _ENTER:
            self.ask()
        else:
            super().keyPressEvent(event)

    def _show_format(self, info: FormatInfo) -> None:
        self.about.setText(f"{info.title}: {info.purpose[:1].lower()}{info.purpose[1:]}")
        self.form.show_format(info)
        self.format_chosen.emit(info)


def _amount(report: ExportReport) -> str:
    articles = "1 article" if report.articles == 1 else f"{report.articles:,} articles"
    links = {0: "no links", 1: "1 link"}.get(report.links, f"{report.links:,} links")
    return f"{articles}, {labels_in_words(report.annotations)} and {links}"


def _losses(report: ExportReport) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    losses = tuple(f"{loss.count:,} {loss.noun}\t{loss.done_about_it}." for loss in report.losses)
    left = tuple(f"{sentence}." for sentence in report.left_out)
    parts = []
    if losses:
        parts.append(("Does not fit this format", "warning", losses))
    if left:
        parts.append(("Left out by what is chosen", "warning", left))
    if not parts:
        parts.append(("Everything fits", "good", ("Nothing that is chosen is lost in this format.",)))
    return tuple(parts)

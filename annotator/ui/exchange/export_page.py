"""The page on which an export is chosen, looked at and written: formats, choices, and what does not fit."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.counting import counted
from annotator.project.export import ExportReport
from annotator.project.formats import FormatInfo
from annotator.ui.articles.model import labels_in_words
from annotator.ui.exchange.export_form import ExportForm
from annotator.ui.exchange.format_list import FormatList
from annotator.ui.exchange.sheet import Sheet
from annotator.ui.look.theme import Theme


class ExportPage(Sheet):
    """A page of the window.

    Signals:
        format_chosen: another format (`FormatInfo`) is looked at.
        place_wanted: the person wants to choose the place in a dialog.
    """

    format_chosen = Signal(object)
    place_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Export", theme, parent)
        self.formats = FormatList(theme)
        self.form = ExportForm()
        self.place = QLineEdit(accessibleName="Write to")
        self.place.setPlaceholderText("Where to write it")
        self.choose = QPushButton("Choose…")
        self.choose.setToolTip("Choose the place in a dialog.")
        self.leave.setToolTip("Go back to the text (Escape). What is chosen here is remembered.")
        self._lay_out()
        self.formats.chosen.connect(self._show_format)
        self.formats.taken.connect(self.form.who.setFocus)
        self.formats.left.connect(self.left)
        self.choose.clicked.connect(lambda _checked=False: self.place_wanted.emit())

    def _lay_out(self) -> None:
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self._foot())
        self.formats.setMinimumWidth(192)
        self.outcome.setMinimumWidth(200)
        self.fill((self.formats, 300, 0), (middle, 520, 3))

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

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be changed while it is written."""
        for widget in (self.formats, self.form, self.place, self.choose):
            widget.setEnabled(not is_busy)
        if is_busy:
            self.go.setEnabled(False)

    def show_lacking(self, info: FormatInfo) -> None:
        """Say what has to be installed before a format can be written."""
        self.outcome.tell(
            "Not installed",
            f"{info.title} needs the library “{info.lacks}”. Install it, then start the program again:",
            (("", "", (f"python3 -m pip install {info.lacks}",)),),
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
            (back, *_described(report), *_losses(report)),
            has_folder=True,
        )
        self.outcome.folder.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.formats.set_theme(theme)
        self.outcome.set_theme(theme)

    def focus_first(self) -> None:
        """Put the focus where the choosing begins."""
        self.formats.list.setFocus()

    def enter(self, focus: QWidget | None) -> None:
        """Make the split in its form; write anywhere else."""
        if focus is not None and self.form.split_form.isAncestorOf(focus):
            self.form.split_form.ask()
        else:
            self.ask()

    def _show_format(self, info: FormatInfo) -> None:
        self.about.setText(f"{info.title}: {info.purpose[:1].lower()}{info.purpose[1:]}")
        self.form.show_format(info)
        self.format_chosen.emit(info)


def _described(report: ExportReport) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    if not report.readme:
        return ()
    words = f"“{Path(report.readme).name}” says what was exported, whose labels, and what stands behind them."
    return (("For whoever gets it", "", (words,)),)


def _amount(report: ExportReport) -> str:
    articles = counted(report.articles, "article")
    links = counted(report.links, "link") if report.links else "no links"
    return f"{articles}, {labels_in_words(report.annotations)} and {links}"


def _losses(report: ExportReport) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    losses = tuple(f"{loss.count:,} {loss.noun}\t{loss.done_about_it}." for loss in report.losses)
    left = tuple(f"{told[:1].upper()}{told[1:]}." for told in report.left_out)
    parts = []
    if losses:
        parts.append(("Does not fit this format", "warning", losses))
    if left:
        parts.append(("Left out by what is chosen", "warning", left))
    if not parts:
        parts.append(("Everything fits", "good", ("Nothing that is chosen is lost in this format.",)))
    return tuple(parts)

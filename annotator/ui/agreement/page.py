"""One subject of the place Agreement: its table and its plots, one at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.ui.agreement.cells import Table
from annotator.ui.agreement.measure import Findings
from annotator.ui.agreement.plot_view import PlotView
from annotator.ui.agreement.table import FigureTable
from annotator.ui.codebook.paints import Paints
from annotator.ui.widgets.search_field import SearchField


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about.

    Attributes:
        name: on its tab. hint: what to read in it, in a sentence.
        table: makes its table.
        plots: the title of each plot, and the name of the function in `pictures` that draws it.
        plot_first: whether a plot is shown before the table.
        filters: whether the rows can be filtered by words.
        nothing: what to say where there is nothing to show.
        says: makes a sentence of what was found that stands in place of the hint; empty: the hint stays.
    """

    name: str
    hint: str
    table: Callable[[Findings], Table]
    plots: tuple[tuple[str, str], ...] = ()
    plot_first: bool = False
    filters: bool = False
    nothing: str = "There is nothing to show for what was chosen."
    says: Callable[[Findings], str] | None = None


class FigurePage(QWidget):
    """Table and plots of a subject. `wanted` carries what passages a cell, bar or point stands for."""

    wanted = Signal(object)

    def __init__(self, subject: Subject, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = subject
        self._findings: Findings | None = None
        self._is_behind = False
        self.table = FigureTable(subject.name, paints)
        self.table.wanted.connect(self.wanted)
        self.plots = [PlotView(f"{subject.name}: {title}", paints) for title, _ in subject.plots]
        for plot in self.plots:
            plot.chosen.connect(self.wanted)
        self.nothing = QLabel(subject.nothing, objectName="dim", wordWrap=True)
        self.nothing.setContentsMargins(0, 24, 0, 0)
        self.views = QStackedWidget()
        self.filter = SearchField("Filter rows")
        self.filter.setMaximumWidth(200)
        self.filter.textChanged.connect(self.table.filter)
        self.filter.left.connect(self.table.setFocus)
        self.hint = QLabel(subject.hint, objectName="dim", wordWrap=True)
        self.buttons = QButtonGroup(self)
        self._lay_out(["Table", *(title for title, _ in subject.plots)])
        self.show_view(1 if subject.plot_first else 0)

    def _lay_out(self, titles: Sequence[str]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.hint, 1)
        row.addWidget(self.filter)
        if not self.subject.filters:
            self.filter.hide()
        for number, title in enumerate(titles):
            button = QPushButton(title, objectName="tab", checkable=True)
            if len(titles) == 1:
                button.hide()
            self.buttons.addButton(button, number)
            row.addWidget(button)
        self.buttons.idClicked.connect(self.show_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self.views, 1)
        for view in (self.table, *self.plots):
            self.views.addWidget(view)
        self.nothing.hide()

    def show_findings(self, findings: Findings) -> None:
        """Take what was found; it is shown when it is seen."""
        self._findings = findings
        self._is_behind = True
        if self.isVisible():
            self._show()

    def show_view(self, number: int) -> None:
        """Show the table (0) or one of the plots."""
        self.views.setCurrentIndex(number)
        self.buttons.button(number).setChecked(True)
        self.filter.setEnabled(number == 0)

    def next_view(self) -> None:
        """Show the next one: table, plot, table."""
        self.show_view((self.views.currentIndex() + 1) % self.views.count())
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the table or the plot."""
        self.views.currentWidget().setFocus()

    def current_plot(self) -> PlotView | None:
        """Return the plot that is shown, or else the first."""
        shown = self.views.currentWidget()
        return shown if isinstance(shown, PlotView) else self.plots[0] if self.plots else None

    def refresh(self) -> None:
        """Paint in other colours."""
        self.filter.refresh_icons()
        self.table.viewport().update()
        for plot in self.plots:
            plot.refresh()

    def showEvent(self, event: object) -> None:
        """Take up what was found while another page was shown."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        findings = self._findings
        if not self._is_behind or findings is None:
            return
        self._is_behind = False
        says = self.subject.says
        self.hint.setText((says(findings) if says else "") or self.subject.hint)
        table = self.subject.table(findings)
        self.table.show_table(table, findings.material.codebook)
        self.nothing.setVisible(not table.rows)
        self.views.setVisible(bool(table.rows))
        for plot, (_, name) in zip(self.plots, self.subject.plots, strict=True):
            plot.show_plot(lambda size, colours, name=name: _drawn(name, findings, size, colours))


def _drawn(name: str, findings: Findings, size: object, colours: object) -> object:
    from annotator.ui.agreement import pictures  # noqa: PLC0415 - matplotlib is loaded at the first plot

    return getattr(pictures, name)(findings, size, colours)

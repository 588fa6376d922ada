"""What the place Agreement consists of, and where it lies: choices above, figures at the left, passages at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.project.report import Report
from annotator.ui.agreement.apart import Apart
from annotator.ui.agreement.choices import Choices
from annotator.ui.agreement.measure import Findings
from annotator.ui.agreement.page import FigurePage
from annotator.ui.agreement.passages import Passages
from annotator.ui.agreement.standing import Standing
from annotator.ui.agreement.subjects import SUBJECTS
from annotator.ui.agreement.summary import Summary
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.theme import Theme
from annotator.ui.others.closed import Closed
from annotator.ui.places import Means
from annotator.ui.widgets.empty import EmptyState

LEFT, RIGHT = 800, 440
"""Widths of the two sides at first."""
_ROWS = 13
"""Heights of a line that a subject needs: its name, its headings and a few rows."""
_CLOSED = (
    "Agreement shows who labelled what. Who still labels should not look: it changes what they do."
    " Whoever coordinates opens it for this project, once; it can be hidden again."
)
_TOO_FEW = "How far do people agree?"
_TOO_FEW_WORDS = (
    "Agreement compares what two or more annotators have finished in the same articles. {why} Finish an article with"
    " “Done”, and let somebody else do the same."
)


class Board(QWidget):
    """Shows what was measured, or what to do where nothing can be; asks for nothing by itself."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        actions = means.actions
        self._paints = Paints(means.looks.theme)
        self.choices = Choices()
        self.standing = Standing(actions.key_text("agreement.renew"), actions.key_text("agreement.stop"))
        self.save_button = QPushButton("Save report…")
        self.save_button.setToolTip(actions["agreement.report"].toolTip())
        self.summary = Summary()
        self.apart = Apart(self._paints)
        self.subjects = [FigurePage(subject, self._paints) for subject in SUBJECTS]
        self.tabs = QTabWidget()
        self.passages = Passages(actions, self._paints)
        self.closed = Closed(actions, _CLOSED)
        self.nothing = EmptyState("chart-column", _TOO_FEW, "", (actions["place.label"],))
        self.content = QWidget()
        self.pages = QStackedWidget()
        self._lay_out()
        self.set_theme(means.looks.theme)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        for page in (self.content, self.closed):
            self.pages.addWidget(page)
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._lay_out_bar(inner)
        self.body = QStackedWidget()
        inner.addWidget(self.body, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for page in (self.splitter, self.nothing):
            self.body.addWidget(page)
        left, side = QWidget(objectName="page"), QWidget(objectName="side")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        # Where large letters leave no room for a few rows below the summary, all of it scrolls.
        figures = self.figures = QScrollArea(widgetResizable=True, focusPolicy=Qt.FocusPolicy.NoFocus)
        figures.setFrameShape(QFrame.Shape.NoFrame)
        figures.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget, least in ((figures, 448), (side, 288)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([LEFT, RIGHT])
        figures.setWidget(left)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.apart)
        column.addWidget(self.tabs, 1)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tabs.setMinimumHeight(_ROWS * self.fontMetrics().height())
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Figures")
        for page in self.subjects:
            self.tabs.addTab(page, page.subject.name)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.passages)

    def _lay_out_bar(self, inner: QVBoxLayout) -> None:
        self.bar = QWidget(objectName="strip")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.addWidget(self.bar)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self.choices)
        row.addStretch(1)
        row.addWidget(self.standing)
        row.addWidget(self.save_button)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._paints.theme = theme
        self.passages.refresh(self._paints)
        self.apart.bar.update()
        for page in self.subjects:
            page.refresh()
        for widget in (self.standing, self.closed, self.nothing):
            widget.refresh_icons()

    def focus_first(self) -> None:
        """Put the focus on the bar, whose parts open their passages; or on the one thing to do."""
        if self.pages.currentWidget() is self.closed:
            self.closed.focus_first()
        elif self.body.currentWidget() is self.nothing:
            self.nothing.focus_first()
        else:
            self.apart.bar.setFocus()

    def page(self) -> FigurePage:
        """Return the subject that is shown."""
        return self.subjects[self.tabs.currentIndex()]

    def step_tab(self, by: int) -> None:
        """Show the next subject (-1: the one before), round and round."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        self._focus_subject()

    def change_side(self) -> None:
        """Go from the figures to the passages, or back."""
        if self.is_in_passages:
            self._focus_subject()
        else:
            self.passages.focus_first()

    def _focus_subject(self) -> None:
        self.figures.ensureWidgetVisible(self.tabs)
        self.page().focus_first()

    @property
    def is_in_passages(self) -> bool:
        """Whether the focus is at the right."""
        return self.passages.isAncestorOf(self.focusWidget() or self)

    def show_figures(self, findings: Findings, *, again: bool) -> None:
        """Show what was measured; `again`: all but what depends on the tolerance is shown already."""
        self.body.setCurrentWidget(self.splitter)
        self.save_button.setEnabled(True)
        self.apart.show_report(findings.report, findings.edges)
        if again:
            return
        self.summary.show_report(findings.report)
        for page in self.subjects:
            page.show_findings(findings)
        self.passages.set_findings(findings)

    def show_kept(self, report: Report) -> None:
        """Show what is read first of a report that was computed before; the rest of it follows."""
        self.body.setCurrentWidget(self.splitter)
        self.apart.show_report(report, ())
        self.summary.show_report(report)

    def teach(self, why: str) -> None:
        """Say why there is nothing to show, and what to do."""
        self.nothing.tell(_TOO_FEW, _TOO_FEW_WORDS.format(why=why))
        self.body.setCurrentWidget(self.nothing)
        self.save_button.setEnabled(False)

"""The place Agreement: when it measures, what is shown of it, and what is taken out of it."""

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project.report import Exclusion, Report
from annotator.project.request import MEASURES, Request
from annotator.project.wanted import Wanted
from annotator.ui.agreement.board import Board
from annotator.ui.agreement.keeping import Keeper
from annotator.ui.agreement.measure import Findings, Measurer
from annotator.ui.agreement.saving import save_painted, save_picture, saving
from annotator.ui.agreement.shares import shares
from annotator.ui.agreement.standing import State
from annotator.ui.places import Means
from annotator.ui.session.session import Session
from annotator.ui.session.work import Worker


class AgreementPlace(Board):
    """How far annotators agree, and where they do not."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(means, parent)
        self._means = means
        self._actions = means.actions
        self._session: Session | None = None
        self._findings: Findings | None = None
        self._may_be_stale = False
        self.measurer = Measurer(self)
        self._keeper = Keeper(self)
        self._saver = Worker(self)
        self._saver.found.connect(lambda problem: self._tell_saved(problem, self._saved_as))
        self._saved_as = ""
        self._connect()

    def _connect(self) -> None:
        measurer = self.measurer
        measurer.begun.connect(lambda: self.standing.show_state(State.BUSY))
        measurer.progressed.connect(self.standing.show_progress)
        measurer.found.connect(self._show)
        measurer.failed.connect(self._show_nothing)
        measurer.ended.connect(self._ended)
        self.standing.renew_wanted.connect(self.renew)
        self.standing.stop_wanted.connect(self.stop)
        self.choices.changed.connect(self.renew)
        self.choices.refused.connect(self._fail)
        self.choices.finished_by = self._finished_by
        self.save_button.clicked.connect(self.save_report)
        self.apart.wanted.connect(self._look)
        self.apart.tolerance_set.connect(self._set_tolerance)
        for page in self.subjects:
            page.wanted.connect(self._look)
        self.passages.opened.connect(self._open_in_label)
        for command, slot in {
            "renew": self.renew,
            "gamma": self.renew,
            "stop": self.stop,
            "worst": self.show_worst,
            "next": lambda: self.passages.step(1),
            "previous": lambda: self.passages.step(-1),
            "open": self.passages.open,
            "adjudicate": self._adjudicate,
            "side": self.change_side,
            "tab_next": lambda: self.step_tab(1),
            "tab_previous": lambda: self.step_tab(-1),
            "view": lambda: self.page().next_view(),
            "looser": lambda: self.apart.slider.setValue(self.apart.slider.value() + 1),
            "tighter": lambda: self.apart.slider.setValue(self.apart.slider.value() - 1),
            "copy": self.copy,
            "bar": self.save_bar,
            "plot": self.save_plot,
            "report": self.save_report,
        }.items():
            self._actions.on(f"agreement.{command}", slot)
        for command_id in ("zoom.in", "zoom.out", "zoom.reset", "face.serif", "face.sans"):
            self._actions.on(command_id, self._take_looks)

    # The window's side

    def set_session(self, session: Session | None) -> None:
        """Measure another project, once that is seen."""
        self.measurer.close()
        self._keeper.stop()
        self._saver.finish()
        self._session, self._findings = session, None
        self._may_be_stale = False
        self.passages.set_session(session)
        self.choices.reset()
        self.standing.show_state(State.NONE)
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._take_up)
        if self.isVisible():
            self._take_up()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what happened while another place was shown."""
        super().showEvent(event)
        self._take_looks()
        self._take_up()

    def _take_looks(self) -> None:
        """Show passages in the face and size in which articles are read."""
        settings = self._means.settings
        self.passages.view.set_face(settings.face)
        self.passages.view.set_zoom(settings.zoom)

    @property
    def is_busy(self) -> bool:
        """Whether something is computed, looked for or written."""
        return any(each.is_busy for each in (self.measurer, self.passages, self._saver, self._keeper))

    @property
    def findings(self) -> Findings | None:
        """What was found last."""
        return self._findings

    # Measuring

    def renew(self) -> None:
        """Compute everything again."""
        session = self._session
        if session is None or not self._may_look():
            return
        self._may_be_stale = False
        nothing = self.choices.nothing()
        if nothing:
            self.measurer.stop()
            self._show_nothing(nothing)
            return
        before = self._findings.material if self._findings is not None else None
        self.measurer.measure(session.project.path, self.request(), before)

    def stop(self) -> None:
        """Stop computing."""
        if self.measurer.is_busy:
            self.measurer.stop()
            self.standing.show_state(State.STOPPED)

    def request(self) -> Request:
        """Return what is asked."""
        made = self.choices.request()
        return Request(
            annotators=made.annotators,
            labels=made.labels,
            articles=made.articles,
            outlet=made.outlet,
            since=made.since,
            until=made.until,
            unit=made.unit,
            tolerance=self.apart.tolerance,
            measures=MEASURES if self._actions["agreement.gamma"].isChecked() else (),
        )

    def _take_up(self) -> None:
        """Offer what there is now, and measure where nothing was measured yet."""
        session = self._session
        if session is None or not self.isVisible():
            return
        if not self._may_look():
            self.closed.show_for(session)
            self.pages.setCurrentWidget(self.closed)
            return
        self.pages.setCurrentWidget(self.content)
        if self._may_be_stale:
            self._check_stale()
        if self._findings is None and not self.measurer.is_busy:
            self._offer()
            self.renew()

    def _offer(self) -> None:
        session = self._session
        if session is None:
            return
        project = session.project
        people = {each.id: each.name for each in project.annotators() if not each.repeats}
        extra = {each.id: each.name for each in project.everybody() if each.id not in people}
        labels = {each.id: each.name for each in project.codebook.labels}
        self.choices.offer(people, extra, labels, session.heads)

    def _finished_by(self, people: tuple[str, ...]) -> frozenset[str]:
        session = self._session
        if session is None or not people:
            return frozenset()
        each = [{head.id for head in session.project.articles(who) if head.state.is_finished} for who in people]
        return frozenset(set.intersection(*each))

    def _may_look(self) -> bool:
        session = self._session
        return session is not None and not session.hides_others

    def _on_changes(self, changes: Changes) -> None:
        if "setting" in changes.nouns:
            had_focus = self.closed.isAncestorOf(self.focusWidget() or self)
            self._take_up()
            if had_focus:
                self.focus_first()
        if changes.nouns & {"annotator", "codebook", "article", "text"}:
            self._offer()
        self._may_be_stale = True
        if self.isVisible():
            self._check_stale()

    def _check_stale(self) -> None:
        session, findings = self._session, self._findings
        self._may_be_stale = False
        if session is None or findings is None:
            return
        try:
            is_stale = session.project.is_stale(findings.report)
        except AnnotatorError as error:
            self._fail(str(error))
            return
        if is_stale and not self.measurer.is_busy:
            self.standing.show_state(State.STALE)
        elif is_stale:
            self._may_be_stale = True

    def _set_tolerance(self, words: int) -> None:
        """The bar has moved already; the figures that depend on the tolerance follow."""
        findings = self._findings
        if findings is None or findings.report.request.tolerance == words:
            return
        if findings.worded is None:
            self.renew()  # nobody has read the words yet: they are, with this tolerance
        else:
            self.measurer.measure_again(findings, words)

    def _show(self, findings: Findings | Report) -> None:
        if isinstance(findings, Report):
            self.show_kept(findings)
            return
        before, self._findings = self._findings, findings
        report = findings.report
        if not report.articles:
            self.teach(_why(report.exclusions))
            return
        self.show_figures(findings, again=before is not None and before.report is report)

    def _show_nothing(self, words: str) -> None:
        self._findings = None
        self.teach(words)

    def _ended(self) -> None:
        if self._findings is None:
            self.standing.show_state(State.NONE)
        else:
            self.standing.show_state(State.FRESH, made_at=self._findings.report.made_at)
            if self._session is not None and self._findings.is_whole:
                self._keeper.keep(self._session.project, self._findings)
            self._check_stale()

    # Passages

    def show_worst(self) -> None:
        """Show the passages of the label and class on which most is lost."""
        findings = self._findings
        if findings is None:
            return
        report, tolerance = findings.report, self.apart.tolerance
        found = [
            (share.points, key, share.kind)
            for key, _ in report.labels
            for share in shares(report, findings.edges, tolerance, [key])
        ]
        points, label, kind = max(found, default=(0.0, "", ""))
        if points > 0:
            self.passages.show_wanted(Wanted(label=label, kind=kind), focus=True)
        else:
            self._say("Nobody differs from anybody: there is no passage to show")

    def _look(self, wanted: Wanted) -> None:
        self.passages.show_wanted(wanted)

    def _adjudicate(self) -> None:
        """Decide about what is listed; without a list, about everything."""
        wanted = self.passages.wanted
        self._means.go("adjudicate", wanted.cell if wanted is not None else Wanted().cell)

    def _open_in_label(self, article: str, start: int, end: int) -> None:
        session = self._session
        if session is not None:
            self._means.go("label")
            session.go_to(article, start, end)

    # Copying, saving

    def copy(self) -> None:
        """Copy the rows of the table that is shown; from the passages, these."""
        if self.is_in_passages and self.passages.model.disputes:
            QGuiApplication.clipboard().setText(self.passages.copied())
            self._say(f"Copied {counted(len(self.passages.model.disputes), 'passage')}, for a spreadsheet")
            return
        count = self.page().table.copy()
        self._say(f"Copied {counted(count, 'row')} of “{self.page().subject.name}”, for a spreadsheet")

    def save_report(self) -> None:
        """Ask where to, and write the report as it is shown."""
        findings = self._findings
        if findings is None:
            return
        if not findings.is_whole:
            self._fail("Not everything is computed yet. Wait until it is, then save the report.")
            return
        path = self._means.chooser.agreement(f"{findings.report.project} agreement")
        if path is not None:
            self._saved_as = path.name
            self._say(f"Writing “{path.name}”…")
            self._saver.do(saving(findings.report, path))

    def save_plot(self) -> None:
        """Ask where to, and write the plot of the subject as it is shown."""
        plot = self.page().current_plot()
        if plot is None:
            self._fail(f"“{self.page().subject.name}” has no plot. Choose another subject.")
            return
        path = self._means.chooser.plot(self.page().subject.name)
        if path is not None:
            self._tell_saved(save_picture(path, plot.save), path.name)

    def save_bar(self) -> None:
        """Ask where to, and write the bar of what the disagreement is."""
        path = self._means.chooser.plot("Disagreement")
        if path is not None:
            bar = self.apart.bar
            written = save_picture(
                path, lambda where: save_painted(where, bar.size(), bar.paint, self._paints.theme.page)
            )
            self._tell_saved(written, path.name)

    def _tell_saved(self, problem: str, name: str) -> None:
        if problem:
            self._fail(problem)
        else:
            self._say(f"Saved “{name}”")

    def _say(self, words: str) -> None:
        if self._session is not None:
            self._session.said.emit(words)

    def _fail(self, words: str) -> None:
        if self._session is not None:
            self._session.failed.emit(words)


def _why(exclusions: Iterable[Exclusion]) -> str:
    said = "; ".join(str(each) for each in exclusions)
    return f"Left out were {said}." if said else "There is nothing yet."

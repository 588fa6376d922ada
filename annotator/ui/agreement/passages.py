"""The right side: the passages behind what was clicked, each in its text with everybody's labels below the lines."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError
from annotator.project.wanted import Dispute, Wanted
from annotator.ui.actions.actions import Actions
from annotator.ui.agreement.cells import plain
from annotator.ui.agreement.measure import Findings
from annotator.ui.agreement.passage_list import PassageModel, passage_rows
from annotator.ui.agreement.passage_words import KIND_NAMES, heading, listed, told
from annotator.ui.codebook.paints import IconButton, Paints
from annotator.ui.inspector.rows import CutLabel
from annotator.ui.others.people import tags
from annotator.ui.passage.version import Version
from annotator.ui.passage.view import PassageView
from annotator.ui.session.session import Session
from annotator.ui.session.work import Progress, Worker
from annotator.ui.widgets.empty import EmptyState

_NO_PASSAGES = (
    "No passages chosen yet",
    "Click a bar, a row, a cell or a point: its passages stand here, with everybody’s labels below the words.",
)

FEW = 3
"""So many annotators are told by name; more by what stands beside their lanes."""
_WORDS_KEPT = 240
_ALL_LABELS = frozenset({"role", "target"})
"""What hangs on spans leads to other labels: all of them are shown."""


class Passages(QWidget):
    """Lists passages and shows one of them.

    Signals:
        opened: the passage is to be opened where one labels: id of the article, start and end in code points.
    """

    opened = Signal(str, int, int)

    def __init__(self, actions: Actions, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._findings: Findings | None = None
        self._wanted: Wanted | None = None
        self._takes_focus = False
        self._is_new = False
        self._row = 0
        self._shown: tuple[str, int] = ("", -1)
        self._versions: tuple[Version, ...] = ()
        self._actions = actions
        self._lister = Worker(self)
        self._lister.found.connect(self._take)
        self._lister.ended.connect(self._ended)
        self.heading = QLabel(objectName="heading", wordWrap=True)
        self.place = QLabel(objectName="badge")
        self.title = CutLabel("strong", "")
        self.told = QLabel(objectName="dim", wordWrap=True)
        self.previous = IconButton("chevron-up", "The passage before")
        self.next = IconButton("chevron-down", "The next passage")
        self.open_button = QPushButton("Open in Label", objectName="link")
        self.decide_button = QPushButton("Adjudicate these", objectName="link")
        self.decide_button.setToolTip(actions["agreement.adjudicate"].toolTip())
        self.model = PassageModel(self)
        self.rows = passage_rows(self.model, paints)
        self.view = PassageView()
        self.empty = EmptyState("text-search", *_NO_PASSAGES, (actions["agreement.worst"],))
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 0)
        head.setSpacing(4)
        head.addWidget(self.heading, 1)
        for widget in (self.place, self.previous, self.next):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 8, 0)
        foot.addWidget(self.title, 1)
        foot.addWidget(self.decide_button)
        foot.addWidget(self.open_button)
        self.told.setContentsMargins(16, 0, 16, 8)
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(4)
        upper.addLayout(head)
        upper.addWidget(self.rows, 1)
        below = QWidget(objectName="page")
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 8, 0, 0)
        lower.setSpacing(0)
        line = QFrame(objectName="divider")
        line.setFixedHeight(1)
        lower.addLayout(foot)
        lower.addWidget(self.told)
        lower.addWidget(line)
        lower.addWidget(self.view, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget, stretch in ((above, 0), (below, 1)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([176, 480])
        for page in (self.empty, self.splitter):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.open_button.clicked.connect(self.open)
        self.decide_button.clicked.connect(self._actions["agreement.adjudicate"].trigger)
        self.rows.selectionModel().currentChanged.connect(self._choose)
        self.rows.doubleClicked.connect(self.open)
        self.rows.installEventFilter(self)
        self.view.step_wanted.connect(self.step)
        self.view.opened.connect(self.open)
        action = self._actions["agreement.every_label"]
        action.toggled.connect(lambda _on: self._show_current())

    @property
    def wanted(self) -> Wanted | None:
        """Which passages are listed; None while none are."""
        return self._wanted

    @property
    def is_busy(self) -> bool:
        """Whether passages are being looked for."""
        return self._lister.is_busy

    # What is shown

    def set_session(self, session: Session | None) -> None:
        """Show passages of another project."""
        self._lister.close()
        self._session, self._findings, self._wanted = session, None, None
        self._forget_texts()
        self.model.begin((), self._words, {})
        self.empty.tell(*_NO_PASSAGES)
        self.pages.setCurrentWidget(self.empty)

    def set_findings(self, findings: Findings) -> None:
        """Take what was found anew; the passages that are listed are looked for again."""
        self._findings = findings
        self._forget_texts()
        if self._wanted is not None and findings.is_whole:
            self._row = max(0, self.rows.currentIndex().row())
            self._look(self._wanted)

    def show_wanted(self, wanted: Wanted, *, focus: bool = False) -> None:
        """List the passages that are wanted, and show the first; with `focus`, the keys go there too."""
        self._wanted = wanted
        self._takes_focus = focus
        self._row = 0
        self._look(wanted)

    def step(self, by: int) -> None:
        """Show the next passage, or the one before; at an end the other end follows."""
        count = self.model.rowCount()
        if count:
            self.rows.show_row((self.rows.currentIndex().row() + by) % count)

    def open(self) -> None:
        """Ask for the place where one labels."""
        found = self.current()
        if found is not None:
            self.opened.emit(found.article, found.fragments[0][0], found.fragments[-1][1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return opens the passage from the list, too."""
        is_return = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
        )
        if watched is self.rows and is_return:
            self.open()
            return True
        return super().eventFilter(watched, event)

    def copied(self) -> str:
        """Return the passages as TSV, headings first."""
        findings = self._findings
        if findings is None:
            return ""
        names, titles = findings.material.names, findings.material.titles
        labels = {key: label.name for key, label in self.model.labels.items()}
        lines = [("Article", "Label", "What", "Has it", "Has it not", "Words")]
        lines += [
            (
                titles.get(each.article, ""),
                labels.get(each.label, each.label),
                KIND_NAMES[each.kind],
                listed(names.get(who, who) for who in each.have),
                listed(names.get(who, who) for who in each.lack),
                self._words(each),
            )
            for each in self.model.disputes
        ]
        return "\n".join("\t".join(plain(" ".join(each.split())) for each in line) for line in lines)

    def current(self) -> Dispute | None:
        """Return the passage that is shown."""
        row = self.rows.currentIndex().row()
        return self.model.disputes[row] if 0 <= row < len(self.model.disputes) else None

    def focus_first(self) -> None:
        """Put the focus on the text, where the arrow keys go on; without passages, on what to do first."""
        if self.pages.currentWidget() is self.empty:
            self.empty.focus_first()
        else:
            self.view.setFocus()

    def refresh(self, paints: Paints) -> None:
        """Paint in other colours."""
        self.view.set_theme(paints.theme)
        self.empty.refresh_icons()
        self.rows.viewport().update()

    # Looking

    def _look(self, wanted: Wanted) -> None:
        findings = self._findings
        if findings is None:
            return
        material = findings.material
        self._is_new = True

        def job(_progress: Progress, cancelled: Callable[[], bool], hand: Callable[[object], None]) -> None:
            # Lazily: numpy takes a tenth of a second to load.
            from annotator.project.disputes import parts  # noqa: PLC0415

            for part in parts(material, wanted, cancelled):
                hand(part)

        self._lister.do(job)

    def _begin_list(self) -> None:
        """Begin a list anew."""
        findings, wanted = self._findings, self._wanted
        if findings is not None and wanted is not None:
            material = findings.material
            self.model.begin(material.codebook.labels, self._words, material.titles)
            self.heading.setText(heading(wanted, material.names, material.codebook, material.titles))

    def _take(self, found: list[Dispute]) -> None:
        """Some more were found; the first of them is shown at once."""
        if self._is_new:
            self._is_new = False
            self._begin_list()
        is_first = not self.model.disputes and found
        self.model.add(found)
        if is_first or 0 < self._row < len(self.model.disputes):
            self.pages.setCurrentWidget(self.splitter)
            self.rows.show_row(min(self._row, len(self.model.disputes) - 1))
            self._row = 0
            self._give_focus()
        self._count()

    def _ended(self) -> None:
        if self._wanted is not None and not self.model.disputes:
            self.empty.tell("No passages", f"{self.heading.text()}: nobody differs from anybody here.")
            self.pages.setCurrentWidget(self.empty)
        self._give_focus()
        self._count()

    def _give_focus(self) -> None:
        if self._takes_focus:
            self._takes_focus = False
            self.focus_first()

    def _count(self) -> None:
        count = f"{self.model.rowCount():,}{'…' if self._lister.is_busy else ''}"
        self.place.setText(f"{self.rows.currentIndex().row() + 1:,} of {count}")

    def _choose(self, _index: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        found, findings = self.current(), self._findings
        if found is None or findings is None:
            return
        article = self._article(found.article)
        if article is None:
            return
        material = findings.material
        if self._shown[0] != article.id:
            self._versions = self._laid_side_by_side(article.id)
            self.view.show_article(article, self._versions, material.codebook)
        self._shown = (article.id, self.rows.currentIndex().row())
        every = self._actions["agreement.every_label"].isChecked() or found.kind in _ALL_LABELS
        labels = None if every else {found.label, *found.instead}
        # With many, the tags beside the lanes are enough: names would fill the room.
        names = {each.key: each.tag if len(self._versions) > FEW else each.name for each in self._versions}
        marks = {each.key: each.annotations for each in self._versions}
        said = told(found, names, material.codebook, marks)
        self.view.show_place(found.fragments, labels=labels, between=(*found.have, *found.lack), told=said)
        self.title.tell(article.title)
        self.told.setText(said)
        self._count()

    def _words(self, dispute: Dispute) -> str:
        article = self._article(dispute.article)
        if article is None:
            return ""
        covered = " … ".join(article.text[start:end] for start, end in dispute.fragments)
        return " ".join(covered[:_WORDS_KEPT].split()) or "(blank)"

    def _laid_side_by_side(self, article: str) -> tuple[Version, ...]:
        """Return a version for each who has finished an article: who has not says nothing, which is not "nothing"."""
        findings, session = self._findings, self._session
        if findings is None or session is None:
            return ()
        material = findings.material
        people = material.request.annotators
        known = {each.id: each for each in session.project.everybody()}
        tagged = dict(
            zip(people, tags([known.get(who) or Annotator(who, material.names[who]) for who in people]), strict=True)
        )
        place = list(material.titles).index(article)
        return tuple(
            Version(who, tagged[who], material.names[who], tuple(session.project.annotations(article, who)))
            for number, who in enumerate(people)
            if material.finished[place, number]
        )

    def _forget_texts(self) -> None:
        self._shown = ("", -1)
        session = self._session

        @lru_cache(maxsize=256)
        def read(article: str) -> Article | None:
            try:
                return session.project.article(article) if session is not None else None
            except AnnotatorError:
                return None

        self._article = read

"""What is compared: annotators, labels, articles, unit. A change is computed at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.article import ArticleHead
from annotator.project.request import Request, is_date
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.choice_box import ChoiceBox, DropButton
from annotator.ui.widgets.matching import folded, has_words

_UNITS = (("character", "Characters"), ("token", "Words"), ("span", "Spans only"))


class CheckMenu(QMenu):
    """A menu of things to tick, which stays open while one ticks."""

    changed = Signal()

    def __init__(self, every: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._every = every
        self.ids: list[str] = []

    def offer(
        self, entries: Iterable[tuple[str, str]], chosen: Iterable[str], extra: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Offer ids with names; `chosen` are ticked, and where there is none all of them but for the `extra` ones."""
        self.clear()
        ticked = set(chosen)
        every = self.addAction(self._every)
        every.triggered.connect(self._tick_all)
        self.addSeparator()
        usual, more = list(entries), list(extra)
        self.ids = [key for key, _ in usual]
        for key, name in (*usual, *more):
            if more and (key, name) == more[0]:
                self.addSeparator()
            action = self.addAction(caption(name))
            action.setCheckable(True)
            action.setChecked(key in ticked if ticked else key in self.ids)
            action.setData(key)
            action.toggled.connect(self.changed)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids that are ticked; nothing where all are."""
        ticked = tuple(each.data() for each in self._ticks() if each.isChecked())
        return () if set(ticked) == set(self.ids) else ticked

    def _ticks(self) -> list[object]:
        return [each for each in self.actions() if each.isCheckable()]

    def _tick_all(self) -> None:
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for each in self._ticks():
            each.setChecked(each.data() in self.ids)
        self.blockSignals(False)  # noqa: FBT003
        self.changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Blank ticks without closing."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles: of an outlet, published in a time, with these words in the title, finished by all compared."""

    outlet: str = ""
    since: str = ""
    until: str = ""
    words: str = ""
    by_all: bool = False

    def said(self) -> str:
        """Return it in a few words."""
        time = f"{self.since}–{self.until}" if self.since or self.until else ""
        parts = [self.outlet, time, f"“{self.words}”" if self.words else "", "finished by all" if self.by_all else ""]
        return " · ".join(each for each in parts if each) or "All articles"


class ArticleBox(QFrame):
    """Asks which articles. `chosen` carries a `Filter`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("box")
        self.setAccessibleName("Which articles")
        self.outlet = ChoiceBox(accessibleName="Outlet")
        self.since = QLineEdit(placeholderText="2010 or 2010-03-19", accessibleName="Published since")
        self.until = QLineEdit(placeholderText="2010 or 2010-03-19", accessibleName="Published until")
        self.words = QLineEdit(placeholderText="any", accessibleName="Words in the title")
        self.by_all = QCheckBox("Only those that all of them have finished")
        self.problem = QLabel(objectName="bad", wordWrap=True)
        self.problem.hide()
        self.use = QPushButton("Use these articles", objectName="primary")
        self.every = QPushButton("All articles")
        self.use.clicked.connect(self._take)
        self.every.clicked.connect(lambda: self._give(Filter()))
        for field in (self.since, self.until, self.words):
            field.returnPressed.connect(self._take)
        form = QFormLayout()
        form.setSpacing(8)
        for name, field in (
            ("Outlet", self.outlet),
            ("Published since", self.since),
            ("Published until", self.until),
            ("Words in the title", self.words),
        ):
            form.addRow(name, field)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.every)
        buttons.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.by_all)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.setFixedWidth(360)

    def open_below(self, button: QWidget, outlets: Sequence[str], shown: Filter) -> None:
        """Ask, beginning with what is chosen now."""
        self.outlet.clear()
        self.outlet.addItem("Any outlet", "")
        for each in outlets:
            self.outlet.addItem(each, each)
        self.outlet.setCurrentIndex(max(0, self.outlet.findData(shown.outlet)))
        self.since.setText(shown.since)
        self.until.setText(shown.until)
        self.words.setText(shown.words)
        self.by_all.setChecked(shown.by_all)
        self.problem.hide()
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height() + 4)))
        self.show()
        self.outlet.setFocus()

    def _take(self) -> None:
        since, until = self.since.text().strip(), self.until.text().strip()
        if not all(is_date(each) for each in (since, until) if each):
            self.problem.setText("Write dates as 2010, 2010-03 or 2010-03-19.")
            self.problem.show()
            self.adjustSize()
            return
        words = " ".join(self.words.text().split())
        self._give(Filter(self.outlet.currentData() or "", since, until, words, self.by_all.isChecked()))

    def _give(self, found: Filter) -> None:
        self.hide()
        self.chosen.emit(found)


class Choices(QWidget):
    """The choices, side by side. `changed` tells that something else is to be computed; `refused` why it cannot be."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: Sequence[ArticleHead] = ()
        self._filter = Filter()
        self.finished_by: Callable[[tuple[str, ...]], frozenset[str]] = lambda _people: frozenset()
        """Returns the ids of the articles that all of these have finished."""
        self._people: dict[str, str] = {}
        self._extra: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._people_menu = CheckMenu("Everybody", self)
        self._label_menu = CheckMenu("All labels", self)
        self.people = DropButton("Who is compared")
        self.labels = DropButton("Which labels count")
        self.articles = DropButton("Which articles count")
        self.people.setMenu(self._people_menu)
        self.labels.setMenu(self._label_menu)
        self.box = ArticleBox(self)
        self.unit = ChoiceBox(accessibleName="What is counted", toolTip="What α counts: characters or words")
        for key, name in _UNITS:
            self.unit.addItem(name, key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.people, self.labels, self.articles, self.unit):
            row.addWidget(widget)
        self._people_menu.changed.connect(self._told)
        self._label_menu.changed.connect(self._told)
        self._people_menu.aboutToHide.connect(self._closed)
        self._label_menu.aboutToHide.connect(self._closed)
        self.articles.clicked.connect(
            lambda: self.box.open_below(
                self.articles, sorted({each.outlet for each in self._heads if each.outlet}), self._filter
            )
        )
        self.box.chosen.connect(self._take_filter)
        self.unit.currentIndexChanged.connect(lambda _index: self._closed())
        self._before = self.request()

    def offer(
        self, people: dict[str, str], extra: dict[str, str], labels: dict[str, str], heads: Sequence[ArticleHead]
    ) -> None:
        """Offer annotators and labels (ids with names) and articles; what was chosen before and is still there stays.

        `extra` are those who are compared only when they are named: gold, and second readings.
        """
        kept, known = self.request(), {**people, **extra}
        self._people, self._extra, self._labels, self._heads = people, extra, labels, heads
        self._people_menu.offer(people.items(), [each for each in kept.annotators if each in known], extra.items())
        self._label_menu.offer(labels.items(), [each for each in kept.labels if each in labels])
        self._told()
        self._before = self.request()

    def reset(self) -> None:
        """Forget what was chosen, as for another project."""
        self._filter = Filter()
        self.unit.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.unit.setCurrentIndex(0)
        self.unit.blockSignals(False)  # noqa: FBT003

    def request(self) -> Request:
        """Return what is chosen; ask `nothing` first whether there is anything."""
        known = self._filter
        return Request(
            annotators=self._people_menu.chosen(),
            labels=self._label_menu.chosen(),
            articles=self._chosen() or frozenset(),
            outlet=known.outlet,
            since=known.since,
            until=known.until,
            unit=self.unit.currentData() or "character",
        )

    def nothing(self) -> str:
        """Return why no article is left to compare; empty where there are some. (No article asked for means every one.)"""
        if self._chosen() != frozenset():
            return ""
        wanted = self._filter.said().strip("“”")
        return f"No article fits “{wanted}”. Choose other articles."

    def _chosen(self) -> frozenset[str] | None:
        """Return the ids of the articles that the filter names one by one; None where it names none."""
        known = self._filter
        if not known.words and not known.by_all:
            return None
        ids = frozenset(each.id for each in self._heads if not known.words or _is_titled(each, known.words))
        return ids & self.finished_by(self._people_menu.chosen() or tuple(self._people)) if known.by_all else ids

    def _take_filter(self, found: Filter) -> None:
        self.articles.setFocus()
        before, self._filter = self._filter, found
        refusal = self.nothing()
        if refusal:
            self._filter = before
            self.refused.emit(f"{refusal} The choice stays as it was.")
            return
        self._told()
        self._closed()

    def _closed(self) -> None:
        """Tell of a change once, when the menu closes; what makes no sense is put back."""
        request = self.request()
        if len(request.annotators) == 1:
            self.refused.emit("Agreement needs two annotators at least, so everybody is compared.")
            self._people_menu.offer(self._people.items(), (), self._extra.items())
            request = self.request()
        if self._labels and not any(each.isChecked() for each in self._label_menu.actions() if each.isCheckable()):
            self.refused.emit("At least one label has to count, so all do.")
            self._label_menu.offer(self._labels.items(), ())
            request = self.request()
        self._told()
        if request != self._before:
            self._before = replace(request)
            self.changed.emit()

    def _told(self) -> None:
        for button, menu, names, every, many in (
            (self.people, self._people_menu, {**self._people, **self._extra}, "Everybody", "annotators"),
            (self.labels, self._label_menu, self._labels, "All labels", "labels"),
        ):
            chosen = menu.chosen()
            words = every if not chosen else names[chosen[0]] if len(chosen) == 1 else f"{len(chosen)} {many}"
            button.setText(caption(words))
        self.articles.setText(caption(self._filter.said()))


def _is_titled(head: ArticleHead, words: str) -> bool:
    return has_words(folded(words), folded(head.title))

"""Menus of the place Adjudicate: which disagreements, which rule, where a link leads."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from annotator.model.adjudication import KINDS, ORDERS, Cell, Outcome
from annotator.model.article import Article
from annotator.model.codebook import Relation, Role
from annotator.ui.adjudicate.docket import Docket
from annotator.ui.adjudicate.wording import KIND_NAMES
from annotator.ui.widgets.captions import caption

RULE_NAMES = {"all": "What all have alike", "majority": "What more than half have alike"}
_LONG = 64
_MOST = 9


class Offers(QObject):
    """Opens the menus below a widget; what is chosen is done at once."""

    def __init__(self, place: QWidget, docket: Docket) -> None:
        super().__init__(place)
        self._place = place
        self._docket = docket

    def next_order(self) -> None:
        """Sort the queue in the next of the orders."""
        place = ORDERS.index(self._docket.order)
        self._docket.sort(ORDERS[(place + 1) % len(ORDERS)])

    def ask_cell(self, over: QWidget) -> None:
        """Let the person choose which disagreements are in the queue."""
        docket, session = self._docket, self._docket.session
        if session is None:
            return
        menu = self._menu("Which disagreements")
        self._offer(menu, "&0  All of them", Cell())
        menu.addSeparator()
        for number, kind in enumerate((each for each in KINDS if each != "agreed"), 1):
            self._offer(menu, f"&{number}  {KIND_NAMES[kind]}", Cell(kinds=frozenset({kind})))
        menu.addSeparator()
        for label in session.project.codebook.labels:
            key = f"&{label.key.upper()}  " if label.key else ""
            self._offer(menu, key + caption(label.name), Cell(labels=frozenset({label.id})))
        menu.addSeparator()
        here = session.article
        # Digits, as letters may be labels'.
        if here is not None and (docket.current is None or docket.current.article != here.id):
            title = caption(here.title)
            self._offer(menu, f"&8  “{cut(title)}”, open in Label", Cell(articles=frozenset({here.id})))
        if docket.current is not None:
            self._offer(menu, "&9  This article", Cell(articles=frozenset({docket.current.article})))
        _pop(menu, over)

    def ask_rule(self, over: QWidget) -> None:
        """Let the person choose by which rule gold is made of what agrees."""
        menu = self._menu("Accept by a rule")
        for number, (rule, words) in enumerate(RULE_NAMES.items(), 1):
            action = menu.addAction(f"&{number}  {words}")
            action.setToolTip("It becomes gold in one step and is not shown one by one.")
            action.triggered.connect(lambda _on=False, rule=rule: self._docket.accept(rule))
        _pop(menu, over)

    def ask_target(self, over: QWidget, article: Article) -> None:
        """Let the person choose where the link at hand leads: to a gold label that it may reach, the nearest first."""
        docket, session = self._docket, self._docket.session
        found = docket.current
        if session is None or found is None:
            return
        kind = session.project.codebook.link_kind(found.part)
        gold = session.project.gold()
        here = session.project.annotations(article.id, gold.id) if gold else []
        near = sorted(
            (each for each in here if each.label in _reached(kind)),
            key=lambda each: abs(each.span.start - found.start),
        )
        menu = self._menu("Where it leads")
        for number, each in enumerate(near[:_MOST], 1):
            words = cut(caption(" … ".join(each.span.covered(article.text))))
            menu.addAction(f"&{number}  {words}").triggered.connect(self._leading(each.id))
        if not near:
            menu.addAction("No gold label here can be reached yet: decide about the labels first").setEnabled(False)
        if isinstance(kind, Relation) and kind.absent:
            menu.addAction("&0  Not in this article").triggered.connect(self._leading(None))
        _pop(menu, over)

    def _leading(self, target: str | None) -> Callable[[bool], object]:
        return lambda _on=False: self._docket.decide(Outcome.EDITED, targets=[target])

    def _offer(self, menu: QMenu, words: str, cell: Cell) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(cell == self._docket.cell)
        action.triggered.connect(lambda _on=False: self._docket.choose(cell))

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._place)
        menu.setAccessibleName(name)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu


def cut(words: str) -> str:
    """Return words that fit into a menu."""
    return words if len(words) <= _LONG else f"{words[: _LONG - 4].rstrip()} …"


def _reached(kind: Role | Relation | None) -> tuple[str, ...]:
    return kind.targets if isinstance(kind, Relation) else kind.labels if kind is not None else ()


def _pop(menu: QMenu, over: QWidget) -> None:
    menu.popup(over.mapToGlobal(QPoint(0, over.height())))

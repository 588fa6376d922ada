"""The buttons over the list of articles: what orders and groups it, and which states are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from annotator.model.article import State
from annotator.ui.look.drawing import STATE_SIGNS
from annotator.ui.look.icons import icon


class ChoiceButton(QToolButton):
    """A flat button that says what is chosen, and lists what else there is."""

    changed = Signal()

    def __init__(self, name: str, choices: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}\nWhat is known about the articles orders the list.")
        self.chosen = ""
        self._choices = choices
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for key, words in choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: self.choose(key))
            group.addAction(action)
            self._actions[key] = action
        self.setMenu(menu)
        self.choose("")

    def choose(self, key: str) -> None:
        """Choose one of them."""
        is_other, self.chosen = key != self.chosen, key
        self._actions[key].setChecked(True)
        self.setText(f"{self._choices[key]} ▾")
        self.setAccessibleDescription(self._choices[key])
        if is_other:
            self.changed.emit()


class StateButton(QToolButton):
    """A button with a menu of states, which is also the legend of the signs."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(icon("list-filter"))
        self.setToolTip("Filter by state\nShow only new, unfinished or finished articles.")
        self.setAccessibleName("Filter by state")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCheckable(True)
        menu = QMenu(self)
        self._choices: dict[State, QAction] = {}
        for state, sign in STATE_SIGNS.items():
            choice = menu.addAction(f"{sign}  {state.value.capitalize()}")
            choice.setCheckable(True)
            choice.toggled.connect(lambda _on: self._tell())
            self._choices[state] = choice
        menu.addSeparator()
        menu.addAction("All states").triggered.connect(lambda _checked=False: self.clear())
        self.setMenu(menu)

    @property
    def chosen(self) -> frozenset[State]:
        """The states to show; none means all."""
        return frozenset(state for state, choice in self._choices.items() if choice.isChecked())

    def choose(self, states: Sequence[State]) -> None:
        """Show only these states."""
        for state, choice in self._choices.items():
            choice.setChecked(state in states)

    def clear(self) -> None:
        """Show all states."""
        self.choose(())

    def _tell(self) -> None:
        self.setChecked(bool(self.chosen))
        self.changed.emit()

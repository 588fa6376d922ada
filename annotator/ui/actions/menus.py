"""The menu bar, made of the registry of actions."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from annotator.ui.actions.actions import Actions
from annotator.ui.actions.catalogue import GROUPS
from annotator.ui.actions.command import Command

_INNER = {
    "arm:": "Arm a label",
    "relation:": "Link to another label",
    "edge.": "Move an edge",
    "block.": "Paragraph type",
    "scheme.": "Colours",
    "adjudicate.take_": "Take a version",
}
"""Actions whose ids begin so stand together in a menu within their menu."""


class Menus(QObject):
    """Fills the menu bar and keeps it with the codebook."""

    def __init__(self, bar: QMenuBar, actions: Actions) -> None:
        super().__init__(bar)
        self._actions = actions
        self._menus: dict[str, QMenu] = {group: bar.addMenu(f"&{group}") for group in GROUPS}
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)
        actions.labels_changed.connect(self.fill)
        self.fill()

    def menu(self, group: str) -> QMenu:
        """Return one menu."""
        return self._menus[group]

    def fill(self) -> None:
        """Put every action into its menu; the codebook's labels come first in theirs."""
        commands = self._actions.commands()
        commands.sort(key=lambda command: ":" not in command.id)
        for group, menu in self._menus.items():
            menu.clear()
            if (go := f"place.{group.lower()}") in self._actions and group != "Label":
                # What else is in it rests while another place is shown.
                menu.addAction(self._actions[go])
                menu.addSeparator()
            for command in commands:
                if command.group == group:
                    self._place(menu, command).addAction(self._actions[command.id])

    @staticmethod
    def _place(menu: QMenu, command: Command) -> QMenu:
        """Return the menu in which an action stands: its own, after a line where it needs one, or one within it."""
        title = next((title for start, title in _INNER.items() if command.id.startswith(start)), "")
        if not title:
            if command.divides and menu.actions():
                menu.addSeparator()
            return menu
        last = menu.actions()[-1].menu() if menu.actions() else None
        inner = last if last is not None and last.title() == title else menu.addMenu(title)
        inner.setToolTipsVisible(True)
        return inner

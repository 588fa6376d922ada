"""Labels in the real window as fast as it can until it is killed, and tells on stdout what it has painted.

    python -m tests.durability.labeller PROJECT FOLDER SEED

Whenever the page is about to be painted, the state of every mark that it paints is told, a JSON line a change, and then
``{"step": number}``. That is a moment before the pixels are there: what was seen by a person has been told.
"""

import json
import os
import random
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF, Qt

from annotator.model.changes import Changes
from tests.ui.hand import NONE, Hand, open_window

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LABELS = (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_A)
EDGES = (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_BraceLeft, Qt.Key.Key_BraceRight)


def tell(what: dict[str, object]) -> None:
    """Write a line past every buffer of Python's, so that a kill cannot take it back."""
    os.write(sys.stdout.fileno(), (json.dumps(what) + "\n").encode())


class Witness(QObject):
    """Sees each paint of the page begin, and tells what the page holds by then."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.reader)
        self._hand = hand
        self._told: dict[str, dict[str, dict[str, object]]] = {}
        self._step = 0
        hand.session.changed.connect(self._changed)
        hand.reader.viewport().installEventFilter(self)

    def _changed(self, changes: Changes) -> None:
        self._step = changes.step.number

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell before each paint."""
        if event.type() == QEvent.Type.Paint:
            self._tell()
        return False

    def _tell(self) -> None:
        page, index = self._hand.reader.page, self._hand.reader.index
        told = self._told.setdefault(page.article.id, {})
        shown = {}
        for key in {*told, *self._hand.session.annotations}:
            mark = index.get(key)
            if mark is not None:
                words = [page.text[start:end] for start, end in mark.span.fragments]
                fragments = [list(fragment) for fragment in mark.span.fragments]
                shown[key] = {"label": mark.label, "fragments": fragments, "words": words}
        for key in told.keys() - shown.keys():
            tell({"gone": key})
        for key, mark in shown.items():
            if told.get(key) != mark:
                tell({"id": key, "article": page.article.id, **mark})
        self._told[page.article.id] = shown
        tell({"step": self._step})


class Labeller:
    """A person in a hurry, with dice."""

    def __init__(self, hand: Hand, dice: random.Random) -> None:
        self._hand = hand
        self._dice = dice

    def work(self) -> None:
        """Do one gesture after the other, each painted before the next begins."""
        gestures = [
            self.drag_and_press, self.drag_and_press, self.drag_and_press, self.drag_armed, self.keys_and_press,
            self.relabel, self.reshape, self.add_fragment, self.delete, self.undo, self.undo, self.redo, self.turn,
        ]  # fmt: skip
        while True:
            self._dice.choice(gestures)()
            self._hand.reader.viewport().update()
            self._hand.see(self._hand.paints.begun)

    def _somewhere(self) -> QPointF:
        viewport = self._hand.reader.viewport()
        return QPointF(self._dice.randrange(8, viewport.width() - 8), self._dice.randrange(8, viewport.height() - 8))

    def _drag(self, modifiers: Qt.KeyboardModifier = NONE) -> None:
        start = self._somewhere()
        end = start + QPointF(self._dice.randint(-400, 400), self._dice.randint(0, 60))
        self._hand.drag(start, end, modifiers | (ALT if self._dice.random() < 0.2 else NONE))

    def _click(self) -> None:
        point = self._somewhere()
        self._hand.mouse(QEvent.Type.MouseButtonPress, point)
        self._hand.mouse(QEvent.Type.MouseButtonRelease, point)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self._hand.press(key, modifiers)

    def drag_and_press(self) -> None:
        """Select with the mouse, label with a key."""
        self._drag()
        self._press(self._dice.choice(LABELS))

    def drag_armed(self) -> None:
        """Arm a label, drag once or twice, disarm."""
        key = self._dice.choice(LABELS)
        self._press(key, SHIFT)
        for _ in range(self._dice.randint(1, 2)):
            self._drag()
        self._press(key, SHIFT)

    def keys_and_press(self) -> None:
        """Put the caret somewhere, select words with the keyboard, label."""
        self._click()
        for _ in range(self._dice.randint(1, 6)):
            self._press(Qt.Key.Key_Right, CTRL | SHIFT)
        self._press(self._dice.choice(LABELS))

    def _take(self) -> None:
        self._press(Qt.Key.Key_Escape)
        self._press(self._dice.choice((Qt.Key.Key_N, Qt.Key.Key_P)))

    def relabel(self) -> None:
        """Select a mark and give it another label."""
        self._take()
        self._press(self._dice.choice(LABELS))

    def reshape(self) -> None:
        """Select a mark and move its edges by words."""
        self._take()
        for _ in range(self._dice.randint(1, 3)):
            self._press(self._dice.choice(EDGES))

    def add_fragment(self) -> None:
        """Select a mark and add words to it with Ctrl and the mouse."""
        self._take()
        self._drag(CTRL)

    def delete(self) -> None:
        """Select a mark and delete it."""
        self._take()
        self._press(Qt.Key.Key_Delete)

    def undo(self) -> None:
        """Take one step back."""
        self._press(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        """Do one step again."""
        self._press(Qt.Key.Key_Z, CTRL | SHIFT)

    def turn(self) -> None:
        """Scroll, or go to another article."""
        key = self._dice.choice((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp))
        self._press(key, self._dice.choice((NONE, CTRL)))


def main() -> None:
    """Open the window and work until the end."""
    project, folder, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    hand = Hand(open_window(project, folder))
    Witness(hand)
    tell({"ready": True})
    Labeller(hand, random.Random(seed)).work()


if __name__ == "__main__":
    main()

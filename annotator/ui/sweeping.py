"""Taking away what nobody needs any more in the window's thread alone."""

import gc

from PySide6.QtCore import QObject, QTimer

from annotator.project.garbage import sweep

_EVERY_MS = 500


class Sweeper(QObject):
    """Looks for circles of objects from time to time, instead of Python.

    Python looks in whichever thread makes an object, and takes away there what it finds. An object of Qt (a document, a
    timer) that is taken away in a worker's thread brings the program down.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(sweep)

    def begin(self) -> None:
        """From now on only this looks. What is there now stays until the end, and is never looked through."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Let Python look again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

"""What happens when the program itself is wrong: the person is told in a sentence, and the details are kept."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from annotator.model.errors import SilentFolderError
from annotator.ui.faults import details, keep_fault


class Unexpected(QObject):
    """Takes over ``sys.excepthook``. `happened` carries a sentence and the details; it may come from any thread."""

    happened = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._unraisable: Callable[[sys.UnraisableHookArgs], object] | None = None

    def install(self) -> None:
        """Begin to listen."""
        self._unraisable = sys.unraisablehook
        sys.unraisablehook = lambda args: _write(details(args.exc_type, args.exc_value, args.exc_traceback))
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Give Python its own hooks back."""
        if self._unraisable is not None:
            sys.unraisablehook, self._unraisable = self._unraisable, None
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, SilentFolderError):  # whatever was read just then: it is no fault of the program
            self.happened.emit(str(error), "")
            return
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        told = details(kind, error, trace)
        _write(told)
        keep_fault(told)
        self.happened.emit(sentence(kind), told)


def _write(told: str) -> None:
    """Write to standard error; on desktops that goes into a log: it names places, like the report, and quotes nothing."""
    if sys.stderr is not None:
        sys.stderr.write(told)


def sentence(kind: type[BaseException]) -> str:
    """Return what the person reads."""
    return (
        f"Something went wrong that should not ({kind.__name__}). Every label you see is stored. "
        "Copy the details and send them to the makers; starting the program again may help."
    )

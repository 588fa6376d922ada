"""Reports of faults of the program: where it went wrong, and never a word of what somebody works on."""

import faulthandler
import platform
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

import PySide6

from annotator import __version__
from annotator.ui.session.settings import settings_path

_MOST = 20
_CRASH = "crash.txt"


def faults_folder() -> Path:
    """Return where the reports lie; the folder need not exist."""
    return settings_path().parent / "faults"


def details(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """Return versions and the places in the program, without the messages of errors: those may quote an article."""
    told = [f"Annotator {__version__}, PySide6 {PySide6.__version__}, Python {platform.python_version()}"]
    told.append(f"{platform.platform()}\n")
    told.extend(_chain(traceback.TracebackException(kind, error or kind(), trace)))
    return "\n".join(told) + "\n"


def _chain(error: traceback.TracebackException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    name = getattr(error, "exc_type_str", "") or getattr(error.exc_type, "__qualname__", "an error")
    told = [*_chain(before), "\nthen"] if before else []
    return [*told, "".join(error.stack.format()).rstrip("\n"), name]


def keep_fault(words: str) -> None:
    """Write a report, and drop the oldest ones. Where that cannot be done, nothing is."""
    folder = faults_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        time = datetime.now(UTC).strftime("%Y-%m-%d %H-%M-%S-%f")
        (folder / f"fault {time}.txt").write_text(words, "utf-8")
        for old in sorted(folder.glob("fault *.txt"))[:-_MOST]:
            old.unlink()


class CrashReport:
    """Lets Python write where it was when the process dies of a fault below it; nothing lies there otherwise."""

    def __init__(self) -> None:
        self._file: TextIO | None = None
        self._path = faults_folder() / _CRASH

    def begin(self) -> None:
        """Begin to listen. What an earlier crash has written stays as a report."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size:
                keep_fault(self._path.read_text("utf-8", "replace"))
            self._file = self._path.open("w", encoding="utf-8")
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Stop, and leave nothing."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with suppress(OSError):
                self._path.unlink()

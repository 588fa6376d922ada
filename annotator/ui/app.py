"""Start the window."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtWidgets import QApplication

from annotator.ui import sources  # noqa: F401 - the first of them, for what it does
from annotator.ui.faults import CrashReport
from annotator.ui.interrupt import Interrupt
from annotator.ui.look.icons import icon
from annotator.ui.look.looks import Looks
from annotator.ui.session.settings import FOLDER_VARIABLE, Settings
from annotator.ui.sweeping import Sweeper
from annotator.ui.unexpected import Unexpected
from annotator.ui.window.warming import Warmer
from annotator.ui.window.window import Window


def run(project: Path | None = None, argv: Sequence[str] = ()) -> int:
    """Show the window until it is closed, and return the exit status.

    Opens `project`; without one the project that was open last, at the article and the line where the person was;
    at the very first start the example.
    """
    app = QApplication.instance() or QApplication([sys.argv[0], *argv])
    app.setApplicationName("Annotator")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("annotator")
    app.setWindowIcon(icon("highlighter"))
    settings = Settings.load()
    window = Window(settings, Looks(app, settings.scheme), projects_folder())
    unexpected = Unexpected(window)
    unexpected.happened.connect(window.tell_unexpected)
    unexpected.install()
    crash = CrashReport()
    crash.begin()
    interrupt = Interrupt(window.close, window)
    window.show()
    open_first(window, project)
    sweeper = Sweeper(app)
    sweeper.begin()
    warmer = Warmer(window, window.places)
    warmer.begin()
    window.ahead_line.watch(window)
    try:
        return app.exec()
    finally:
        warmer.end()
        window.close()
        sweeper.end()
        interrupt.remove()
        unexpected.remove()
        crash.end()


def open_first(window: Window, project: Path | None) -> None:
    """Open what the person asked for, or had open last, or the example."""
    if project is not None:
        window.open_path(project)
    elif window.settings.recent:
        window.open_path(Path(window.settings.recent[0]))
    else:
        window.open_example()


def projects_folder() -> Path:
    """Return where project files are offered a place: ``projects/`` of a checkout, else among the documents."""
    own = os.environ.get(FOLDER_VARIABLE, "")
    if own:
        return Path(own) / "projects"
    checkout = Path(__file__).resolve().parents[2] / "projects"
    if (checkout / "README.md").is_file() and os.access(checkout, os.W_OK):
        return checkout
    return user_documents_path() / "Annotator"

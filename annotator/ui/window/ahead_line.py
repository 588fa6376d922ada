"""The strip at the foot of the window that says how far the counts for agreement are laid ready, and stops that.

They are counted while the person does nothing, in a process of their own: in a large project that an older version wrote,
or into which copies have just been merged, the first look at agreement would have to wait for it otherwise.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.session.work import Job, Progress, Worker
from annotator.ui.widgets.progress import ProgressLine
from annotator.ui.window.warming import BUSY, QUIET

if TYPE_CHECKING:
    from annotator.project.ahead import Ahead

_PORTION = 50
"""Articles whose counts are written at once: a hundredth of a second."""
_MANY = 500
"""Articles touched by one step, after which it is looked again whether there is something to count."""
_WORDS = "Counting ahead for agreement"


class AheadLine(ProgressLine):
    """Counts ahead in the open project and keeps what comes. Hidden while there is nothing to count, as nearly always.

    Whatever the person does goes first: it is let go, and gone on with when they have done nothing for a while.
    """

    def __init__(self, quiet: int = QUIET, parent: QWidget | None = None) -> None:
        super().__init__("How far the counts for agreement are", parent, cancel="Not now")
        self.setObjectName("tray")
        self.setAccessibleName("What is counted ahead")
        self.cancel.setToolTip("Stop; what is left is counted when you look at agreement")
        self.layout().setContentsMargins(16, 8, 8, 8)
        self.may_count: Callable[[], bool] = lambda: True
        """Asked before it begins."""
        self._project: Project | None = None
        self._is_watching = self._is_wanted = False
        self._last: Ahead | None = None
        self._waiting: list[tuple[Ahead, int]] = []
        self._timer = QTimer(self, singleShot=True, interval=quiet)
        self._timer.timeout.connect(self._go_on)
        self._next = Later(self, self._keep, 0)
        self._worker = Worker(self)
        self._worker.found.connect(self._found)
        self._worker.failed.connect(lambda _words: self._leave())
        self._worker.ended.connect(self._end)
        self.cancelled.connect(self._leave)

    def watch(self, window: QWidget) -> None:
        """Begin to wait for the person to do nothing in a window that is shown."""
        # Qt's window gets what the person does and little else; the application would get every event there is.
        window.windowHandle().installEventFilter(self)
        self._is_watching = True
        self._wait()

    def set_session(self, session: Session | None) -> None:
        """Count in another project."""
        self.stop()
        self._project = session.project if session is not None else None
        if session is not None and not session.project.read_only:
            session.changed.connect(self._look_again)
            self._is_wanted = True
            self._wait()

    def stop(self) -> None:
        """Count no more, and wait for that; nothing is half kept."""
        self._leave()
        self._worker.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Give way to what the person does."""
        if event.type() in BUSY:
            self._give_way()
        return False

    def _wait(self) -> None:
        """Wait until nobody has done anything for a while."""
        if self._is_watching and self._is_wanted:
            self._timer.start()

    def _give_way(self) -> None:
        self._wait()
        self._next.stop()
        if self._worker.is_busy:
            self._worker.stop()
            self.words.setText(f"{_WORDS} … waits while you work")

    def _look_again(self, changes: Changes) -> None:
        if len(changes.articles) >= _MANY:
            self._is_wanted = True
            self._wait()

    def _go_on(self) -> None:
        project = self._project
        if project is None or not self._is_wanted or self._worker.is_busy:
            return
        if project.is_lent or not project.is_in_place or not self.may_count():
            self._wait()  # nobody may read its file just now, or somebody counts it already
        else:
            self._waiting, self._last = [], None
            self._worker.do(_job(project.path))

    def _found(self, ahead: "Ahead") -> None:
        if not self.isVisible():
            self.begin(f"{_WORDS} …")
        self._last = ahead
        self.tell(ahead.done, ahead.total, f"{_WORDS} … {ahead.done:,} of {ahead.total:,} articles")
        self._waiting += [(ahead, first) for first in range(0, len(ahead.rows), _PORTION)]
        self._next.start()

    def _keep(self) -> None:
        """Keep a little, and the rest when that was painted."""
        if self._project is None or not self._waiting:
            self._end()
            return
        ahead, first = self._waiting.pop(0)
        try:
            is_kept = self._project.keep_ahead(ahead, slice(first, first + _PORTION))
        except AnnotatorError:  # a full disk does not keep anybody from labelling
            self._leave()
            return
        if is_kept:
            self._next.start()
        else:  # there is a newer step: what was counted before it is not kept
            self._give_way()

    def _end(self) -> None:
        """Nothing is counted any more; if all that was counted is kept, see what is left of it."""
        if self._worker.is_busy or self._waiting or self._timer.isActive():
            return
        if self._last is not None and self._last.done < self._last.total:
            self._wait()  # another step came in between
        else:
            self._leave()

    def _leave(self) -> None:
        """Leave the rest."""
        self._is_wanted, self._waiting, self._last = False, [], None
        self._timer.stop()
        self._next.stop()
        self._worker.stop()
        self.hide()


def _job(path: Path) -> Job:
    def job(progress: Progress, cancelled: Callable[[], bool], hand: Callable[[object], None]) -> None:
        with Project.open(path, read_only=True) as project, closing(project.count_ahead(cancelled)) as portions:
            for ahead in portions:
                progress(ahead.done, ahead.total, "")
                hand(ahead)

    return job

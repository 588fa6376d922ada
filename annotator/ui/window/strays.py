"""Tells of copies of the open project that a synchronised folder has kept apart, and leads to where they are merged."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject

from annotator.model.counting import counted
from annotator.project.stray import strays
from annotator.ui.session.session import Session
from annotator.ui.session.work import Worker
from annotator.ui.widgets.banner import Banner, Tone


class Strays(QObject):
    """Looks beside each project that is opened, in another thread, and says once what it found."""

    def __init__(self, parent: QObject, banner: Banner, merge: Callable[[list[Path]], object]) -> None:
        super().__init__(parent)
        self._banner = banner
        self._merge = merge
        self._worker = Worker(self)
        self._worker.found.connect(lambda found: self._tell(cast("list[Path]", found)))

    def set_session(self, session: Session | None) -> None:
        """Look beside another project. One that is open for reading only can take nothing in."""
        self.stop()
        if session is not None and not session.project.read_only:
            path = session.project.path
            self._worker.do(lambda _told, _is_cancelled, find: find(strays(path)))

    def stop(self) -> None:
        """Stop looking, and wait for that."""
        self._worker.close()

    def _tell(self, found: list[Path]) -> None:
        if not found:
            return
        names = f"“{found[0].name}” lies" if len(found) == 1 else f"{counted(len(found), 'copy', 'copies')} lie"
        holds = "holds" if len(found) == 1 else "hold"
        self._banner.show_words(
            f"{names} beside this project and {holds} work that is not in it: two computers wrote at once, it seems, and a"
            " cloud drive kept both.",
            Tone.NOTE,
            action="Look what would be merged",
            act=lambda: self._merge(found),
        )

"""The strip at the foot of the window that says which long step is being written, how far it is, and stops it."""

from PySide6.QtWidgets import QWidget

from annotator.ui.session.session import Session
from annotator.ui.widgets.progress import ProgressLine


class LongLine(ProgressLine):
    """Hidden while no step takes long. It never takes the focus: whoever reads goes on reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How far it is", parent, cancel="Stop")
        self.setObjectName("tray")
        self.setAccessibleName("What is being written")
        self.cancel.setToolTip("Stop, and leave everything as it was before")
        self.layout().setContentsMargins(16, 8, 8, 8)
        self._session: Session | None = None
        self._doing = ""
        self.cancelled.connect(self._cancel)

    def set_session(self, session: Session | None) -> None:
        """Tell of another project."""
        self.hide()
        self._session = session
        if session is not None:
            session.long_step.begun.connect(self._begin)
            session.long_step.progressed.connect(self._tell)
            session.long_step.ended.connect(self.hide)

    def _begin(self, doing: str) -> None:
        self._doing = doing
        self.begin(f"{doing} …")

    def _tell(self, done: int, total: int) -> None:
        # Rows are those of everybody: how many that are is nobody's business while others' labels are hidden.
        hides = self._session is not None and self._session.hides_others
        self.tell(
            done,
            total,
            f"{self._doing} … {done / max(total, 1):.0%}" if hides else f"{self._doing} … {done:,} of {total:,}",
        )

    def _cancel(self) -> None:
        if self._session is not None:
            self._session.long_step.cancel()

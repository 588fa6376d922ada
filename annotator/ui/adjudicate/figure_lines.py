"""Two lines at the head of the queue: how annotators agree with each other, and how each agrees with gold."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.adjudicate.figure_words import among_words, beside_words, told_whole
from annotator.ui.adjudicate.figures import Figures
from annotator.ui.session.session import Session
from annotator.ui.status import CutLabel


class FigureLines(QWidget):
    """Shows `Figures`; its tooltip says what is compared, and every number."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Figures")
        self.among = CutLabel("dim")
        self.beside = CutLabel("dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 8, 0)
        column.setSpacing(0)
        column.addWidget(self.among)
        column.addWidget(self.beside)

    def show_figures(self, figures: Figures, session: Session, *, hidden: bool) -> None:
        """Show them; `hidden`: annotators are not named."""
        now = figures.now
        if now is None:
            self._tell("", "Computing the figures…" if figures.is_busy else "", "")
            return
        people = {each.id: each.name for each in session.project.everybody()}
        among = among_words(now, figures.cell, session.project.codebook, people, hidden=hidden)
        beside = "Beside gold: hidden with the names" if hidden else beside_words(now, figures.then)
        older = " · computing…" if figures.is_busy else " · not up to date" if figures.is_stale else ""
        self._tell(among, f"{beside}{older}", "" if hidden else told_whole(now, figures.then, figures.cell))

    def _tell(self, among: str, beside: str, whole: str) -> None:
        self.among.setText(among)
        self.beside.setText(beside)
        self.setToolTip(whole)
        self.setAccessibleDescription(whole or f"{among}. {beside}")

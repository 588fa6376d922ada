"""The first spans of a table as they would be taken, and how many of the words that it quotes fit."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.project.tables import Preview, Sample
from annotator.ui.look.theme import Theme

HEIGHT = 208


class RowPreview(QFrame):
    """`proposed` tells that the person wants the way of counting that is proposed."""

    proposed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._theme = theme
        self._preview: Preview | None = None
        self.words = QLabel(wordWrap=True)
        self.take = QPushButton()
        self.take.clicked.connect(lambda _checked=False: self.proposed.emit())
        self.rows = QTextBrowser(accessibleName="First rows of the table")
        self.rows.setObjectName("told")
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setTabChangesFocus(True)
        self.rows.setMinimumHeight(HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.rows)

    def show_preview(self, preview: Preview) -> None:
        """Show the first rows."""
        self._preview = preview
        all_fit = preview.quoted == preview.fitting
        if not preview.samples:
            words, tone = "No row can be taken like this.", "bad"
        elif not preview.quoted:
            words, tone = "The table quotes no words, so read a few rows to see whether they are right.", "warning"
        elif all_fit:
            words, tone = f"All {preview.quoted:,} quotes that were looked at fit.", ""
        else:
            words, tone = f"{preview.fitting:,} of {preview.quoted:,} quotes fit.", "warning"
        if preview.proposed is not None:
            words += f" Counting {preview.proposed}, {preview.proposed_fitting:,} do, and so they are taken."
        self.words.setText(words)
        self.words.setObjectName(tone)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.take.setVisible(preview.proposed is not None)
        self.take.setText("Count like that")
        self.rows.setVisible(bool(preview.samples))
        self._write()

    def set_theme(self, theme: Theme) -> None:
        """Write in other colours."""
        self._theme = theme
        self._write()

    def _write(self) -> None:
        if self._preview is not None:
            self.rows.setHtml(
                f'<table width="100%" cellspacing="0" cellpadding="3">{"".join(map(self._row, self._preview.samples))}</table>'
            )

    def _row(self, sample: Sample) -> str:
        theme = self._theme
        mark = f"background-color:{theme.accent_soft}" if sample.is_right else f"color:{theme.bad}"
        around = f"{escape(_line(sample.before))}<span style='{mark}'>{escape(_line(sample.covered))}</span>"
        around += escape(_line(sample.after))
        quoted = ""
        if not sample.is_right:
            quoted = f"<br><span style='color:{theme.bad}'>The table says: {escape(_line(sample.quote))}</span>"
        muted = f"color:{theme.muted}"
        return (
            f"<tr><td style='{muted}; white-space:nowrap'>{sample.row}</td>"
            f"<td style='white-space:nowrap'>{escape(sample.label)}</td><td>…{around}…{quoted}</td></tr>"
        )


def _line(words: str) -> str:
    return words.replace("\n", " ⏎ ")

"""What is going to come of an export or import, and what came of it: a heading, progress, and a report to read."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.ui.exchange.errand import Errands
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.flow import FlowLayout

MOST = 500
"""As many problems are shown; all of them are copied."""


class Outcome(QFrame):
    """The column at the right. `folder_wanted` asks to open the folder."""

    folder_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._theme = theme
        self._parts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
        self.heading = QLabel(objectName="formTitle", wordWrap=True)
        self.words = QLabel(wordWrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(textVisible=False, accessibleName="How far it is")
        self.bar.setFixedHeight(4)
        self.stop = QPushButton("Stop")
        self.report = QTextBrowser(accessibleName="Report", openLinks=False)
        self.report.setObjectName("told")
        self.report.setFrameShape(QFrame.Shape.NoFrame)
        self.report.setTabChangesFocus(True)
        self.report.document().setDocumentMargin(0)
        self.folder = QPushButton("Open the folder")
        self.folder.clicked.connect(lambda _checked=False: self.folder_wanted.emit())
        self.copy = QPushButton("Copy report")
        self.copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(self.text))
        row = FlowLayout(gap=8)
        for button in (self.stop, self.folder, self.copy):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for widget in (self.heading, self.words, self.bar):
            column.addWidget(widget)
        column.addWidget(self.report, 1)
        column.addLayout(row)
        self.tell("", "")

    @property
    def text(self) -> str:
        """The whole report, as "Copy report" copies it."""
        lines = [self.heading.text(), self.words.text()]
        for title, _, entries in self._parts:
            lines += ["", *([title] if title else []), *(entry.replace("\t", ": ") for entry in entries)]
        return "\n".join(lines).strip()

    def tell(
        self,
        heading: str,
        words: str,
        parts: Sequence[tuple[str, str, Sequence[str]]] = (),
        *,
        is_bad: bool = False,
        has_folder: bool = False,
    ) -> None:
        """Show a report.

        Args:
            parts: titles, tones (``good``, ``warning``, ``bad`` or empty) and entries, one below the other.
            is_bad: whether it says that something cannot be done.
            has_folder: whether there is something to be opened.
        """
        self._parts = tuple((title, tone, tuple(entries)) for title, tone, entries in parts)
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setObjectName("bad" if is_bad else "")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setVisible(bool(words))
        for widget in (self.bar, self.stop):
            widget.hide()
        self.folder.setVisible(has_folder)
        self.copy.setVisible(bool(self._parts) or is_bad)
        self._write()

    def follow(self, errands: Errands) -> None:
        """Show how far errands are, and stop them by the button."""
        errands.began.connect(lambda words: self.heading.setText(f"{words} …"))
        errands.progressed.connect(self.show_progress)
        self.stop.clicked.connect(lambda _checked=False: errands.cancel())

    def show_busy(self, heading: str, *, keeps: bool = False) -> None:
        """Show that something is going on; `keeps` leaves the report that is there."""
        self.heading.setText(heading)
        self.words.setText("")
        self.words.setObjectName("dim")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.show()
        self.bar.setMaximum(0)
        for widget in (self.bar, self.stop):
            widget.show()
        for widget in (self.folder, self.copy):
            widget.hide()
        if not keeps:
            self._parts = ()
            self._write()

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Show how far it is."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        far = f"{done:,} of {total:,}" if total else f"{done:,}"
        self.words.setText(f"{far} · {name}" if name else far)

    def set_theme(self, theme: Theme) -> None:
        """Write in other colours."""
        self._theme = theme
        self._write()

    def _write(self) -> None:
        theme, html = self._theme, []
        for title, tone, entries in self._parts:
            color = {"good": theme.good, "warning": theme.warning, "bad": theme.bad}.get(tone, theme.text)
            if title:
                html.append(f'<p style="margin:12px 0 4px 0; font-weight:600; color:{color}">{escape(title)}</p>')
            html += [f'<p style="margin:0 0 6px 0; color:{theme.text}">{_marked(each)}</p>' for each in entries[:MOST]]
            if len(entries) > MOST:
                html.append(
                    f'<p style="color:{theme.muted}">… and {len(entries) - MOST:,} more; “Copy report” has all.</p>'
                )
        self.report.setHtml("".join(html))
        self.report.setAccessibleDescription(self.text)
        self.report.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._parts else Qt.FocusPolicy.NoFocus)


def _marked(entry: str) -> str:
    """Return an entry with what stands before its first tab strong."""
    head, tab, rest = entry.partition("\t")
    return f'<span style="font-weight:600">{escape(head)}</span>: {escape(rest)}' if tab else escape(entry)

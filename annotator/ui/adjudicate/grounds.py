"""Why: the codebook's words on the labels concerned, and what the next decision is given as its grounds."""

from html import escape

from PySide6.QtCore import QPoint, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.model.adjudication import REASONS, Disagreement
from annotator.model.codebook import Clause, Codebook, Label
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.captions import caption, uncaptioned

_CITE = "clause:"
LONG = 64
KEPT = 32
"""The codebook's words are kept set for so many sets of labels."""


class Grounds(QWidget):
    """Reason, clause and note of the next decision, over the codebook's clauses; a click on one cites it.

    `chosen` carries reason, clause and note whenever one of them is another.
    """

    chosen = Signal(str, str, str)
    left = Signal()

    def __init__(self, reason_key: str, clause_key: str, note_key: str) -> None:
        super().__init__()
        self.setAccessibleName("Grounds of the decision")
        self._keys = (reason_key, clause_key, note_key)
        self._found: Disagreement | None = None
        self._book: Codebook | None = None
        self._theme: Theme | None = None
        self._known: Codebook | None = None
        self._reason, self._clause = "", ""
        self.heading = QLabel(objectName="heading")
        self.heading.setContentsMargins(16, 0, 12, 0)
        self.heading.setFixedHeight(40)
        self.heading.setText("Why")
        self.reason = QPushButton(objectName="opens")
        self.reason.clicked.connect(self.ask_reason)
        self.clause = QPushButton(objectName="opens")
        self.clause.clicked.connect(self.ask_clause)
        self.note = QLineEdit(accessibleName="Note on the decision")
        self.note.setPlaceholderText(f"Note ({note_key})")
        self.note.editingFinished.connect(self._tell)
        self.note.returnPressed.connect(self.left)
        self.words = QTextBrowser(openLinks=False, accessibleName="What the codebook says")
        self.words.setObjectName("told")
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setTabChangesFocus(True)
        self._nothing = self._blank()
        self._documents: dict[tuple[tuple[str, ...], str], QTextDocument] = {}
        self.words.anchorClicked.connect(self._cite)
        upper = QVBoxLayout()
        upper.setContentsMargins(8, 0, 8, 8)
        upper.setSpacing(4)
        for button in (self.reason, self.clause):
            upper.addWidget(button)
        note = QVBoxLayout()
        note.setContentsMargins(8, 4, 8, 0)
        note.addWidget(self.note)
        upper.addLayout(note)
        divider = QFrame(objectName="divider")
        divider.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(upper)
        column.addWidget(divider)
        column.addWidget(self.words, 1)
        self.show_grounds("", "", "")

    def show_found(self, found: Disagreement | None, book: Codebook | None, theme: Theme) -> None:
        """Show what the codebook says of what is at hand."""
        same = found and self._found and found.labels == self._found.labels and book is self._book
        self._found, self._book = found, book
        if book is not self._known or theme is not self._theme:
            self._known, self._theme = book, theme
            self.words.setDocument(self._nothing)
            self._forget()
            self._write()
        elif not same:
            self._write()
        if not same:
            self.words.verticalScrollBar().setValue(0)

    def show_grounds(self, reason: str, clause: str, note: str) -> None:
        """Show the grounds of the next decision."""
        cited = clause != self._clause
        self._reason, self._clause = reason, clause
        reason_key, clause_key, _ = self._keys
        self.reason.setText(REASONS[reason] if reason else f"Reason…   {reason_key}")
        self.clause.setText(f"Cites {caption(clause)}" if clause else f"Clause…   {clause_key}")
        for button, name in ((self.reason, "Reason"), (self.clause, "Clause")):
            button.setAccessibleName(f"{name}: {uncaptioned(button.text())}")
            button.setToolTip(uncaptioned(button.text()))
        if self.note.text() != note:
            self.note.setText(note)
        if cited:
            self._write()

    def ask_reason(self) -> None:
        """Let the person choose a reason by its number."""
        menu = self._menu("Reason")
        for number, (reason, words) in enumerate(REASONS.items(), 1):
            action = menu.addAction(f"&{number}  {words}")
            action.setCheckable(True)
            action.setChecked(reason == self._reason)
            action.triggered.connect(lambda _on=False, reason=reason: self._choose(reason, self._clause))
        menu.addAction("&0  No reason").triggered.connect(lambda _on=False: self._choose("", self._clause))
        menu.popup(self.reason.mapToGlobal(QPoint(0, self.reason.height())))

    def ask_clause(self) -> None:
        """Let the person choose a clause that is cited."""
        menu = self._menu("Clause")
        own = self._clauses()
        for number, clause in enumerate(own, 1):
            self._offer(menu, f"&{number}  " if number <= 9 else "", clause)
        if self._book is not None and self._book.clauses:
            cases = menu.addMenu("&Borderline cases")
            for clause in self._book.clauses:
                self._offer(cases, "", clause)
        menu.addAction("&0  No clause").triggered.connect(lambda _on=False: self._choose(self._reason, ""))
        menu.popup(self.clause.mapToGlobal(QPoint(0, self.clause.height())))

    def _offer(self, menu: QMenu, key: str, clause: Clause) -> None:
        words = clause.text if len(clause.text) <= LONG else f"{clause.text[: LONG - 4].rstrip()} …"
        action = menu.addAction(f"{key}{caption(clause.id)}  {caption(words)}")
        action.setCheckable(True)
        action.setChecked(clause.id == self._clause)
        action.triggered.connect(lambda _on=False: self._choose(self._reason, clause.id))

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _choose(self, reason: str, clause: str) -> None:
        self.chosen.emit(reason, clause, self.note.text().strip())

    def _tell(self) -> None:
        self.chosen.emit(self._reason, self._clause, self.note.text().strip())

    def _cite(self, url: QUrl) -> None:
        clause = url.toString().removeprefix(_CITE)
        self._choose(self._reason, "" if clause == self._clause else clause)

    def _labels(self) -> list[Label]:
        if self._found is None or self._book is None:
            return []
        return [each for each in self._book.labels if each.id in self._found.labels]

    def _clauses(self) -> list[Clause]:
        return [clause for label in self._labels() for clause in (*label.use_when, *label.avoid_when)]

    def prepare(self, found: Disagreement, book: Codebook, theme: Theme) -> None:
        """Set the codebook's words on what will be at hand next, while nobody waits for them."""
        if book is self._book and theme is self._theme:
            self._document(found.labels, "").setTextWidth(self.words.viewport().width())

    def _write(self) -> None:
        if self._theme is None or self._book is None or self._found is None:
            self.words.setDocument(self._nothing)
        else:
            self.words.setDocument(self._document(self._found.labels, self._clause))

    def _document(self, labels: tuple[str, ...], cited: str) -> QTextDocument:
        """Return the codebook's words on some labels, set once: to set them takes a fifth of a frame."""
        made = self._documents.get((labels, cited))
        if made is None:
            if len(self._documents) >= KEPT:
                self._forget()
            made = self._documents[labels, cited] = self._blank()
            made.setHtml(self._html(labels, cited))
        elif made.defaultFont() != self.words.font():
            made.setDefaultFont(self.words.font())
        return made

    def _forget(self) -> None:
        """Let what was set go, but for what is seen."""
        seen = self.words.document()
        for each in self._documents.values():
            if each is not seen:
                each.deleteLater()
        self._documents = {key: each for key, each in self._documents.items() if each is seen}

    def _blank(self) -> QTextDocument:
        made = QTextDocument(self)
        made.setDefaultFont(self.words.font())
        made.setDocumentMargin(0)
        return made

    def _html(self, labels: tuple[str, ...], cited: str) -> str:
        theme, book = self._theme, self._book
        if theme is None or book is None:
            return ""
        parts = []
        for label in (each for each in book.labels if each.id in labels):
            parts.append(f"<p style='margin:12px 0 4px 0; font-weight:600'>{escape(label.name)}</p>")
            parts.append(f"<p style='margin:0 0 6px 0'>{escape(label.description)}</p>")
            for title, clauses in (("Use when", label.use_when), ("Avoid when", label.avoid_when)):
                if clauses:
                    parts.append(f"<p style='margin:8px 0 4px 0; color:{theme.muted}'>{title}</p>")
                    parts.extend(_line(each, theme, cited) for each in clauses)
        if book.clauses:
            parts.append("<p style='margin:14px 0 4px 0; font-weight:600'>Borderline cases</p>")
            parts.extend(_line(each, theme, cited) for each in book.clauses)
        return f"<body style='margin:0 12px 16px 16px'>{''.join(parts)}</body>"


def _line(clause: Clause, theme: Theme, cited: str) -> str:
    ground = f" background:{theme.accent_soft};" if clause.id == cited else ""
    link = f"<a href='{_CITE}{escape(clause.id)}' style='color:{theme.accent}; text-decoration:none'>{escape(clause.id)}</a>"
    return f"<p style='margin:0 0 6px 0;{ground}'>{link} {escape(clause.text)}</p>"

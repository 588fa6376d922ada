"""The codebook's words on the label at hand, beside the text while one labels; the focus stays in the text."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextBrowser

from annotator.model.codebook import Clause, Codebook, Label
from annotator.model.colour import is_color
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.theme import Theme, wash
from annotator.ui.session.session import Session
from annotator.ui.widgets.panel import Panel


def at_hand(session: Session, last: str) -> str:
    """Return the id of the selected mark's label, else of the armed one, else of the one last used, else the first."""
    if session.selected in session.annotations:
        return session.annotations[session.selected].label
    labels = session.project.codebook.labels
    known = {each.id for each in labels}
    return next((each for each in (session.armed, last) if each in known), labels[0].id)


def label_html(label: Label, theme: Theme) -> str:
    """Return what the codebook says of a label as rich text."""
    muted = f"color:{theme.muted}"
    parts = []
    if label.retired:
        parts.append(f"<p style='{muted}'>Retired: nothing new is labelled with it.</p>")
    if label.description:
        parts.append(f"<p style='margin:0 0 4px 0'>{escape(label.description)}</p>")
    for title, clauses in (("Use when", label.use_when), ("Avoid when", label.avoid_when)):
        if clauses:
            parts.append(_title(title))
            parts.extend(_clause(each, muted) for each in clauses)
    if label.examples:
        parts.append(_title("Examples"))
        parts.extend(f"<p style='margin:0 0 6px 0'>{_example(each, label, theme)}</p>" for each in label.examples)
    return "".join(parts) or f"<p style='{muted}'>The codebook says nothing about it yet.</p>"


def cases_html(book: Codebook, theme: Theme) -> str:
    """Return the borderline cases as rich text."""
    if not book.clauses:
        return ""
    muted = f"color:{theme.muted}"
    return _title("Borderline cases") + "".join(_clause(each, muted) for each in book.clauses)


class ClausePanel(Panel):
    """Description, clauses and examples of the label at hand; it follows what is selected."""

    def __init__(self, paints: Paints) -> None:
        super().__init__("Codebook", closes=True)
        self._paints = paints
        self._session: Session | None = None
        self._last = ""
        self.words = QTextBrowser(openLinks=False)
        self.words.setObjectName("told")
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.setTabChangesFocus(True)
        self.words.document().setDocumentMargin(0)
        self.words.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.words, 1)
        self.label: str = ""

    def set_session(self, session: Session | None) -> None:
        """Follow another session."""
        self._session = session
        self._last = ""
        self.label = ""
        if session is not None:
            session.selected_changed.connect(self.follow)
            session.armed_changed.connect(self.follow)
            session.changed.connect(lambda _changes: self.follow(again=True))

    def follow(self, *, again: bool = False) -> None:
        """Show the label at hand; `again` even when it is the one that is shown."""
        session = self._session
        if session is None:
            return
        if session.selected in session.annotations:
            self._last = session.annotations[session.selected].label
        elif session.armed:
            self._last = session.armed
        if not self.isVisible():
            return
        label = at_hand(session, self._last)
        if label != self.label or again:
            self.show_label(label)

    def show_label(self, label_id: str) -> None:
        """Show what the codebook says of a label."""
        session = self._session
        if session is None:
            return
        book = session.project.codebook
        label = book.label(label_id)
        place = self.words.verticalScrollBar().value() if label_id == self.label else 0
        self.label = label_id
        theme = self._paints.theme
        self.heading.setText(f"{label.name} · {label.key.upper()}" if label.key else label.name)
        self.words.setHtml(
            f"<body style='margin:0 12px 16px 16px'>{label_html(label, theme)}{cases_html(book, theme)}</body>"
        )
        self.words.setAccessibleName(f"What the codebook says of {label.name}")
        self.words.verticalScrollBar().setValue(place)

    def showEvent(self, event) -> None:  # noqa: ANN001 - Qt's signature
        """Show the label at hand when it is opened."""
        super().showEvent(event)
        self.follow(again=True)

    def refresh(self) -> None:
        """Write the words anew, after the colours have changed."""
        self.refresh_icons()
        if self.label:
            self.show_label(self.label)


def _title(words: str) -> str:
    return f"<p style='margin:14px 0 6px 0; font-weight:600'>{words}</p>"


def _clause(clause: Clause, muted: str) -> str:
    return f"<p style='margin:0 0 6px 0'>{escape(clause.text)} <span style='{muted}; font-size:small'>{escape(clause.id)}</span></p>"


def _example(words: str, label: Label, theme: Theme) -> str:
    if not is_color(label.color):
        return escape(words)
    back = wash(theme, label.color)
    opening = f"<span style='background:{back}; color:{theme.text}'>"
    return escape(words).replace("⟦", opening).replace("⟧", "</span>")

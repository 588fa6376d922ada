"""The codebook beside the text: the clause for the label at hand, labels to look at again, and examples out of the text."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator.model.annotation import Annotation
from annotator.model.codebook import Label
from annotator.model.draft import Put
from annotator.model.span import Span
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import lower_name
from annotator.ui.codebook.again import Again
from annotator.ui.codebook.clause import ClausePanel
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.example import example
from annotator.ui.codebook.look_again import LookAgain
from annotator.ui.codebook.paints import Paints
from annotator.ui.label.place import LabelPlace
from annotator.ui.session.session import Session
from annotator.ui.widgets.captions import caption


class Beside(QObject):
    """What the codebook adds to the place Label. `label_place_wanted` asks to show that place."""

    label_place_wanted = Signal()

    def __init__(self, actions: Actions, place: LabelPlace, drafting: Drafting, paints: Paints) -> None:
        super().__init__(place)
        self._actions = actions
        self._place = place
        self._drafting = drafting
        self._session: Session | None = None
        self.again = Again(self)
        self.clause = ClausePanel(paints)
        self.look = LookAgain(paints, actions.key_text("again.keep"))
        self._before_clause: QWidget = place.articles
        self._was_hidden = False
        place.left.addWidget(self.clause)
        place.left.addWidget(self.look)
        self.clause.left.connect(self.close_clause)
        self.look.left.connect(lambda: place.left.setCurrentWidget(place.articles))
        self.look.chosen.connect(self._show)
        self.look.kept.connect(self.again.keep)
        self.again.changed.connect(self._show_again)
        for command_id, slot in {
            "clause": self.toggle_clause,
            "example.use": self.use_as_example,
            "again.open": self.open_again,
            "again.keep": self._keep,
            "again.next": lambda: self._step(1),
            "again.previous": lambda: self._step(-1),
        }.items():
            actions.on(command_id, slot)

    def set_session(self, session: Session | None) -> None:
        """Follow another session."""
        self._session = session
        self.clause.set_session(session)
        self.again.set_session(session)

    def refresh(self) -> None:
        """Paint anew, after the colours have changed."""
        self.clause.refresh()
        self.look.refresh()

    # The clause at hand

    def toggle_clause(self) -> None:
        """Show the codebook's words on the label at hand at the left of the text, or what was there before."""
        if self._place.left.currentWidget() is self.clause:
            self.close_clause()
            return
        self._before_clause = self._place.left.currentWidget()
        self._was_hidden = self._place.left.isHidden()
        self._actions["column.left"].setChecked(True)
        self._place.left.setCurrentWidget(self.clause)

    def close_clause(self) -> None:
        """Show again what was there before."""
        self._place.left.setCurrentWidget(self._before_clause)
        if self._was_hidden:
            self._actions["column.left"].setChecked(False)

    # Looking again

    def open_again(self) -> None:
        """List the labels to look at again, and show the first one in the text."""
        if self._session is None:
            return
        self.label_place_wanted.emit()
        self._actions["column.left"].setChecked(True)
        self._place.left.setCurrentWidget(self.look)
        self._show_again()
        if self.look.current() is not None:
            self._show(self.look.current())
            self._place.reader.setFocus()

    def _show_again(self) -> None:
        session = self._session
        if session is not None and self._is_looking():
            titles = {head.id: head.title for head in session.heads}
            self.look.show_annotations(self.again.annotations(), session.project.codebook, self.again.words, titles)

    def _show(self, annotation: Annotation) -> None:
        session = self._session
        if session is not None and session.go_to(annotation.article, annotation.span.start, annotation.span.end):
            session.select(annotation.id)
            self.look.show_changes(annotation.codebook, self.again.changes(annotation))

    def _is_looking(self) -> bool:
        """Whether the labels to look at again are shown, or only the clause stands before them."""
        shown = self._place.left.currentWidget()
        return shown is self.look or (shown is self.clause and self._before_clause is self.look)

    def _keep(self) -> None:
        if self._is_looking():
            self.look.keep()
        elif self._session is not None:
            self.open_again()

    def _step(self, by: int) -> None:
        if self._is_looking():
            self.look.step(by)
        else:
            self.open_again()

    # Examples

    def use_as_example(self) -> None:
        """Put the selected mark with its sentence among its label's examples; of words, ask for the label."""
        session = self._session
        if session is None or session.article is None:
            return
        if self._drafting.is_read_only:
            session.failed.emit("This project is open for reading only, so its codebook cannot be changed.")
            return
        span = self._place.reader.selection()
        if span is not None:
            self._ask(lambda label: self._add(span, label.id))
        elif session.selected in session.annotations:
            mark = session.annotations[session.selected]
            self._add(mark.span, mark.label)
        else:
            session.said.emit("Select a label or some words first")

    def _ask(self, do: Callable[[Label], None]) -> None:
        """Let the person choose a label by its key."""
        menu = QMenu(self._place.reader)
        menu.setAccessibleName("Example of which label")
        title = menu.addAction("Example of …")
        title.setEnabled(False)
        for label in self._drafting.draft.labels:
            if not label.retired:
                mnemonic = f"&{label.key.upper()}  " if label.key else ""
                action = menu.addAction(f"{mnemonic}{caption(label.name)}")
                action.triggered.connect(lambda _checked=False, label=label: do(label))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._place.reader.mapToGlobal(QPoint(self._place.reader.width() // 3, 48)))

    def _add(self, span: Span, label_id: str) -> None:
        session = self._session
        label = self._drafting.draft.part("labels", label_id)
        if session is None or session.article is None or not isinstance(label, Label):
            return
        words = example(session.article.text, span)
        name = lower_name(label)
        if words in label.examples:
            session.said.emit(f"This is an example of {name} already")
            return
        self._drafting.edit(Put("labels", label.id, "examples", (*label.examples, words)), f"Add an example of {name}")
        key = self._actions.key_text("place.codebook")
        session.said.emit(f"Added as an example of {name}; it waits in Codebook ({key}) to be saved")

"""What keys and mouse do to labels: each gesture reads the selection and calls one verb of the session."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from annotator.model.article import State
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.span import Fragment, Span
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import lower_name
from annotator.ui.label.linkage import Linkage
from annotator.ui.label.paragraphs import Paragraphs
from annotator.ui.reader.selection import Edge
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session


class Deeds(QObject):
    """The hand between reading view and session."""

    def __init__(self, actions: Actions, reader: Reader) -> None:
        super().__init__(reader)
        self._actions = actions
        self._reader = reader
        self._session: Session | None = None
        self._linkage: Linkage | None = None
        self.paragraphs = Paragraphs(actions, reader)
        actions.on_labels(self.label, self.toggle_arm)
        for edge, way, words in (
            ("left", "back", -1),
            ("left", "on", 1),
            ("right", "back", -1),
            ("right", "on", 1),
        ):
            actions.on(f"edge.{edge}_{way}", lambda edge=edge, words=words: self.move_edge(edge, words))
        for command_id, slot in {
            "label.delete": self.delete,
            "label.alike": self.label_alike,
            "mark.next": lambda: self.step(1),
            "mark.previous": lambda: self.step(-1),
            "mark.here": self.select_here,
            "select.sentence": reader.extend_sentence,
            "select.paragraph": reader.extend_paragraph,
            "copy": self.copy,
            "article.next": lambda: self._session and self._session.next_article(),
            "article.previous": lambda: self._session and self._session.previous_article(),
            "article.done": lambda: self._session and self._session.finish(State.DONE),
            "article.empty": lambda: self._session and self._session.finish(State.EMPTY),
            "article.working": lambda: self._session and self._session.set_state(State.IN_PROGRESS),
            "article.new": lambda: self._session and self._session.set_state(State.NEW),
        }.items():
            actions.on(command_id, slot)
        reader.drag_finished.connect(self._dragged)
        reader.mark_clicked.connect(self._clicked)
        reader.mark_reshaped.connect(self._reshaped)
        reader.fragment_added.connect(self._add_fragment)
        reader.menu_requested.connect(self._menu)

    def set_session(self, session: Session | None, linkage: Linkage | None = None) -> None:
        """Work on another project; labels join the frames of `linkage`."""
        self._session = session
        self._linkage = linkage
        self.paragraphs.set_session(session)

    def label(self, label_id: str) -> None:
        """Label the selected words, or else relabel the selected mark."""
        session = self._session
        if session is None or session.article is None:
            return
        span = self._reader.selection()
        if span is not None:
            self._put(span, label_id)
        elif session.selected and session.annotations[session.selected].label == label_id:
            session.said.emit(f"This is a {self._name(label_id)} already")
        elif session.selected:
            session.relabel(session.selected, label_id)
        else:
            arms = self._actions.key_text(f"arm:{label_id}")
            more = f" · {arms} arms it for all that you select" if arms else ""
            session.said.emit(f"Select the words first, then label them {self._name(label_id)}{more}")

    def choose(self, label_id: str) -> None:
        """Do what a click in the palette does: label the selected words, or else arm the label."""
        if self._reader.selection() is not None:
            self.label(label_id)
        else:
            self.toggle_arm(label_id)

    def toggle_arm(self, label_id: str) -> None:
        """Arm a label, or disarm it if it is armed."""
        if self._session is not None:
            self._session.arm("" if self._session.armed == label_id else label_id)

    def let_go(self) -> bool:
        """Disarm; else drop the selected words; else close what is open of frames and links; else drop the mark.

        Returns:
            Whether there was anything to let go.
        """
        session = self._session
        if session is None:
            return False
        if session.armed:
            session.arm("")
        elif self._reader.selection() is not None:
            self._reader.clear_selection()
        elif self._linkage is not None and self._linkage.let_go():
            pass
        elif session.selected:
            session.select("")
        else:
            return False
        return True

    def delete(self) -> None:
        """Delete the selected mark, and say which links went with it."""
        framing = self._linkage.framing if self._linkage else None
        if framing is not None and framing.session.selected:
            framing.delete(framing.session.selected)

    def label_alike(self) -> None:
        """Label the words of the selected mark wherever they stand again in the article, in one step. No frame opens."""
        session, framing = self._session, self._linkage.framing if self._linkage else None
        if session is None or framing is None or not session.selected:
            return
        label, selected = session.annotations[session.selected].label, session.selected
        try:
            places = session.project.alike(selected)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        if not places:
            session.said.emit("These words stand nowhere else in this article, or are labelled there already")
            return
        pinned, name = framing.pinned(label), self._name(label)
        session.write(
            len(places),
            f"labelling {counted(len(places), 'place')}",
            lambda project, progress: project.label_alike(selected, places, attributes=pinned, progress=progress),
            lambda made: session.tell(f"Labelled {name} in {counted(len(made), 'more place')}"),
        )

    def step(self, by: int) -> None:
        """Select the next mark in reading order, or the one before."""
        session = self._session
        if session is None:
            return
        following = self._reader.next_mark(by)
        if following:
            session.select(following)
            self._reveal(session.annotations[following].span)
        else:
            session.said.emit("There is no label further on" if by > 0 else "There is no label further up")

    def select_here(self) -> None:
        """Close or open a frame; without one, select the mark at the caret, or the one beneath it."""
        session = self._session
        if session is None or (self._linkage is not None and self._linkage.enter()):
            return
        caret = self._reader.caret
        here = [each for each in session.annotations.values() if _touches(each.span, caret)]
        here.sort(key=lambda each: (each.span.size, each.order))
        ids = [each.id for each in here]
        if not ids:
            session.said.emit("There is no label at the caret")
            return
        place = ids.index(session.selected) + 1 if session.selected in ids else 0
        session.select(ids[place % len(ids)])

    def move_edge(self, edge: Edge, words: int) -> None:
        """Move an edge of the selected words, or else of the selected mark, by so many words."""
        session = self._session
        if session is None or session.article is None:
            return
        if self._reader.selection() is None and not session.selected:
            session.said.emit("Select some words or a label first")
        else:
            self._reader.move_selection_edge(edge, words)

    def copy(self) -> None:
        """Copy the words of the selection, or of the selected mark, as they stand in the article."""
        session = self._session
        if session is None or session.article is None:
            return
        span = self._reader.selection()
        if span is None and session.selected:
            span = session.annotations[session.selected].span
        if span is not None:
            # Never from the widget, which turns no-break spaces into blanks.
            QGuiApplication.clipboard().setText(" … ".join(span.covered(session.article.text)))
            session.said.emit("Copied the words")

    def _put(self, span: Span, label_id: str) -> None:
        framing = self._linkage.framing if self._linkage else None
        if framing is not None and framing.put(span, label_id) is not None:
            self._reader.clear_selection()

    def _dragged(self, span: Span) -> None:
        if self._session is not None and self._session.armed:
            self._put(span, self._session.armed)

    def _clicked(self, annotation_id: str) -> None:
        if self._session is not None and not (self._linkage is not None and self._linkage.choose(annotation_id)):
            self._session.select(annotation_id)

    def _reshaped(self, annotation_id: str, span: Span) -> None:
        if self._session is not None:
            self._session.reshape(annotation_id, span)

    def _add_fragment(self, fragment: Fragment) -> None:
        session = self._session
        if session is not None and session.selected:
            session.reshape(session.selected, session.annotations[session.selected].span.joined_with([fragment]))

    def _reveal(self, span: Span) -> None:
        self._reader.reveal(span.start, span.end)

    def _name(self, label_id: str) -> str:
        return lower_name(self._session.project.codebook.label(label_id)) if self._session else ""

    def _menu(self, where: QPoint) -> None:
        if self._session is None or self._session.article is None:
            return
        menu = QMenu(self._reader)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._actions.commands():
            if command.id.startswith("label:"):
                menu.addAction(self._actions[command.id])
        selected = self._session.annotations.get(self._session.selected)
        if selected is not None:
            menu.addSeparator()
            menu.addAction(self._actions["frame.join"])
            menu.addAction(self._actions["label.alike"])
            for relation in self._session.project.codebook.relations:
                if selected.label in relation.sources:
                    menu.addAction(self._actions[f"relation:{relation.id}"])
        menu.addSeparator()
        self.paragraphs.fill(menu)
        for command_id in ("label.delete", "copy", "select.sentence", "select.paragraph", "find.here"):
            menu.addAction(self._actions[command_id])
        menu.popup(where)


def _touches(span: Span, caret: int) -> bool:
    """Whether the caret stands in or at an edge of one of the fragments."""
    return any(start <= caret <= end for start, end in span.fragments)

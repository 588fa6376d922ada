"""Frames, relations and remarks in the place Label: their keys, their panels, and what the text shows of them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.actions.actions import Actions
from annotator.ui.frames.framing import Framing
from annotator.ui.frames.offering import OfferBar
from annotator.ui.frames.relating import Relating
from annotator.ui.frames.remark_list import RemarkList
from annotator.ui.frames.remarks import Remarks
from annotator.ui.frames.sight import Sight
from annotator.ui.frames.trail import Trail
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.look.theme import Theme
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Habits


class Linkage(QObject):
    """Holds what one project's frames and links need in the window, and connects it with actions and text.

    Signals:
        standing: in words, which frame is open; empty when none is.
        counted: how many things there are to look at.
        habits_changed: the person works in another way than before, and that should be remembered.
    """

    standing = Signal(str)
    counted = Signal(int)
    habits_changed = Signal()

    def __init__(self, actions: Actions, reader: Reader, theme: Theme) -> None:
        super().__init__(reader)
        self._actions = actions
        self._reader = reader
        self._habits = Habits()
        self._session: Session | None = None
        self.framing: Framing | None = None
        self.relating: Relating | None = None
        self.remarks: Remarks | None = None
        self._trail: Trail | None = None
        self._sight: Sight | None = None
        self.inspector = Inspector(actions, theme)
        self.remark_list = RemarkList(theme)
        self.bar = OfferBar(theme, reader, reader.is_low)
        self.inspector.pins_changed.connect(self._keep_habits)
        self.inspector.left.connect(reader.setFocus)
        self.remark_list.chosen.connect(self.look_at)
        self.remark_list.switched.connect(lambda _off: self._keep_habits())
        self.bar.sized.connect(self._cover)
        reader.link_followed.connect(self._go_along)
        reader.mark_hovered.connect(lambda mark: self._sight and self._sight.hovered(mark))
        self._connect_actions()
        self.take_keys_of(reader)

    def _connect_actions(self) -> None:
        actions = self._actions
        actions.on_relations(lambda relation: self.relating and self.relating.begin(relation))
        for command_id, slot in {
            "frame.join": self._join,
            "link.follow": lambda: self._trail and self._trail.follow_next(),
            "link.back": lambda: self._trail and self._trail.back(),
            "inspector": self._inspect,
            "remark.next": lambda: self.step(1),
            "remark.previous": lambda: self.step(-1),
        }.items():
            actions.on(command_id, slot)
        actions["link.all"].toggled.connect(lambda on: self._sight and self._sight.show_all(on))
        actions["frames.open"].toggled.connect(self._open_by_itself)

    def take_keys_of(self, widget: QWidget) -> None:
        """Let digits pressed in this widget, too, set attributes of the selected label."""
        widget.installEventFilter(self)

    def set_session(self, session: Session | None) -> None:
        """Work on another project. To be called before anybody else listens to the session: the frames come first."""
        if self.remarks is not None:
            self.remarks.stop()
        self._session = session
        self.framing = Framing(session) if session else None
        if self.framing is not None:
            self.framing.is_seen = self._reader.isVisible
        self.relating = Relating(self.framing) if self.framing else None
        self._trail = Trail(self.framing) if self.framing else None
        self.remarks = Remarks(self.framing) if self.framing else None
        self.bar.set_framing(self.framing, self.relating)
        self.inspector.set_framing(self.framing, self._trail)
        self.remark_list.set_remarks(self.framing, self.remarks)
        self.standing.emit("")
        self.counted.emit(0)

    def watch(self) -> None:
        """Begin to show frames and links in the text: to be called after everybody else listens to the session."""
        if self.framing is None or self.relating is None or self.remarks is None or self._session is None:
            self._sight = None
            self._reader.show_links(())
            return
        self._sight = Sight(self.framing, self.relating, self._reader)
        self._sight.show_all(self._actions["link.all"].isChecked())
        for signal in (self.framing.opened, self.framing.changed):
            signal.connect(self._stand)
        self.remarks.changed.connect(self._count)
        self._session.selected_changed.connect(self._selected)

    def take_habits(self, habits: Habits) -> None:
        """Work as the person did before in this project; changes are written into `habits`."""
        self._habits = habits
        if self.framing is not None and self.remarks is not None:
            self.framing.opens_by_itself = not habits.plain
            self.framing.pins = habits.pins
            self.remarks.switch(habits.quiet)
        self._actions["frames.open"].setChecked(not habits.plain)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        for widget in (self.inspector, self.remark_list, self.bar):
            widget.set_theme(theme)
        self.remark_list.refresh_icons()

    # Doing

    def enter(self) -> bool:
        """Close the open frame, or open the selected label's; whether there was one."""
        framing = self.framing
        if framing is None:
            return False
        return framing.close_frame() or framing.turn_to(framing.session.selected)

    def let_go(self) -> bool:
        """Give up what was offered, or close the open frame; whether there was anything."""
        if self.inspector.leave_row() or (self.relating is not None and self.relating.cancel()):
            return True
        return self.framing is not None and self.framing.close_frame()

    def choose(self, annotation: str) -> bool:
        """Take a mark that was clicked for the target of what is offered; whether something is."""
        if self.relating is None or self.relating.offer is None or not annotation:
            return False
        self.relating.link_to(annotation)
        return True

    def look_at(self, annotation: str) -> None:
        """Go to a label that a remark is about, and say what it is."""
        session, remarks = self._session, self.remarks
        if session is None or remarks is None or annotation not in session.annotations:
            return
        session.select(annotation)
        span = session.annotations[annotation].span
        self._reader.reveal(span.start, span.end)
        session.said.emit(" · ".join(each.message for each in remarks.shown() if each.annotation == annotation))

    def step(self, by: int) -> None:
        """Go to the next thing to look at, or the one before."""
        session, remarks = self._session, self.remarks
        if session is None or remarks is None:
            return
        remark = remarks.beside(self._reader.caret, session.selected, by)
        if remark is None:
            session.said.emit("There is nothing to look at in this article")
        else:
            self.look_at(remark.annotation)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read digits as attributes; once one is entered, the next key whatever it is otherwise for."""
        if not isinstance(event, QKeyEvent) or event.type() not in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            return super().eventFilter(watched, event)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() == QEvent.Type.ShortcutOverride:
            if self.inspector.is_entered and plain:
                event.accept()
                return True
        elif self.inspector.is_entered and event.key() == Qt.Key.Key_Escape:
            return self.inspector.leave_row()
        elif plain and event.text().isprintable() and event.text() and self.inspector.take_key(event.text()):
            return True
        return super().eventFilter(watched, event)

    def _go_along(self, end: str) -> None:
        if not self.choose(end) and self._trail is not None:
            self._trail.follow(end)

    def _join(self) -> None:
        framing = self.framing
        if framing is None:
            return
        selected = framing.session.selected
        if framing.open and selected != framing.open:
            framing.toggle(selected)
        elif not framing.turn_to(selected):
            key = self._actions.key_text("frame.join")
            framing.session.said.emit(f"Open a frame first: select its cue and press {key}, or label a new cue")

    def _inspect(self) -> None:
        self._actions["column.right"].setChecked(True)
        self.inspector.enter()

    def _open_by_itself(self, on: bool) -> None:
        if self.framing is not None and self.framing.opens_by_itself != on:
            self.framing.opens_by_itself = on
            if not on:
                self.framing.close_frame()
            self._keep_habits()

    def _keep_habits(self) -> None:
        if self.framing is not None and self.remarks is not None:
            self._habits.plain = not self.framing.opens_by_itself
            self._habits.pins = self.framing.pins
            self._habits.quiet = tuple(sorted(self.remarks.off))
            self.habits_changed.emit()

    def _stand(self) -> None:
        self.standing.emit(self.framing.standing() if self.framing else "")

    def _count(self) -> None:
        self.counted.emit(self.remarks.count() if self.remarks else 0)

    def _selected(self) -> None:
        if self._session is not None:
            self.remark_list.select(self._session.selected)

    def _cover(self, height: int) -> None:
        self._reader.links.floor, self._reader.links.ceiling = float(max(0, height)), float(max(0, -height))
        self._reader.viewport().update()

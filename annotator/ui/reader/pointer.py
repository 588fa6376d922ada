"""The mouse's events: single, double and triple clicks, drags that scroll at the edges, the pointer's shape."""

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.ui.reader.canvas import Canvas
from annotator.ui.reader.mouse import SLACK, Gestures

_TICK_MS = 30
_RIM = 6.0
_FASTEST = 60.0
"""Most pixels that one tick scrolls."""


class Pointer(QObject):
    """Reads Qt's mouse events for the gestures."""

    def __init__(self, view: Canvas, gestures: Gestures) -> None:
        super().__init__(view)
        self._view = view
        self._gestures = gestures
        self._last: tuple[QPointF, Qt.KeyboardModifier] = (QPointF(), Qt.KeyboardModifier.NoModifier)
        self._double: tuple[int, QPointF] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._scroll)

    def press(self, event: QMouseEvent) -> None:
        """A button went down; the third time in a row it takes the sentence."""
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        double, self._double = self._double, None
        if double is not None:
            soon = event.timestamp() - double[0] < QGuiApplication.styleHints().mouseDoubleClickInterval()
            if soon and (event.position() - double[1]).manhattanLength() <= SLACK:
                self._gestures.take_sentence(self._view.on_page(event.position()))
                return
        self._gestures.press(self._view.on_page(event.position()), event.modifiers())

    def press_twice(self, event: QMouseEvent) -> None:
        """A button went down again at once: the word."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._double = (event.timestamp(), event.position())
            self._gestures.take_word(self._view.on_page(event.position()))

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved."""
        event.accept()
        point = self._view.on_page(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._last = (event.position(), event.modifiers())
            self._gestures.move(point, event.modifiers())
            if not (self._gestures.is_dragging and self._beyond(event.position())):
                self._timer.stop()
            elif not self._timer.isActive():
                self._timer.start()
        elif not event.buttons():
            grip = self._gestures.hover(point)
            shape = Qt.CursorShape.SizeHorCursor if grip else Qt.CursorShape.IBeamCursor
            if self._view.viewport().cursor().shape() != shape:
                self._view.viewport().setCursor(shape)

    def release(self, event: QMouseEvent) -> None:
        """A button went up."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._timer.stop()
            self._gestures.release(self._view.on_page(event.position()))

    def stop(self) -> None:
        """Give up what was begun."""
        self._timer.stop()
        self._gestures.cancel()

    def _scroll(self) -> None:
        """Scroll on while the mouse is held beyond an edge, the faster the further."""
        place, modifiers = self._last
        if not self._gestures.is_dragging:
            self._timer.stop()
            return
        bar, over = self._view.verticalScrollBar(), self._beyond(place)
        step = over / 2 + (4 if over > 0 else -4)
        bar.setValue(bar.value() + round(max(-_FASTEST, min(_FASTEST, step))))
        self._gestures.move(self._view.on_page(place), modifiers)

    def _beyond(self, place: QPointF) -> float:
        """How far (px) a point lies beyond the view's top (negative) or bottom; a little inside counts as well,
        since a view at the edge of the screen has no outside.
        """
        top, bottom = _RIM, self._view.viewport().height() - _RIM
        return min(0.0, place.y() - top) or max(0.0, place.y() - bottom)

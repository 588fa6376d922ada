"""What is known about the open article besides its words, to be read and changed in place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.model.article import Article, Metadatum
from annotator.ui.session.session import Session
from annotator.ui.widgets.choice_box import ChoiceBox

USUAL = {
    "outlet": "Outlet",
    "date published": "Date",
    "byline": "Byline",
    "section": "Section",
    "story": "Story",
    "url": "Address",
}
"""The keys that always have a line, with what stands before it."""
_DIRECTIONS = {"": "As the text is", "ltr": "Left to right", "rtl": "Right to left"}


class Line(QLineEdit):
    """One value. `finished` tells that it is another one; Escape puts the old one back and leaves."""

    finished = Signal()
    left = Signal()

    def __init__(self, name: str, value: str, hint: str = "") -> None:
        super().__init__(value)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setToolTip(value)
        self.setCursorPosition(0)
        self._old = value
        self.editingFinished.connect(self._finish)

    def show_value(self, value: str) -> None:
        """Show another value."""
        if value != self._old:
            self._old = value
            self.setText(value)
            self.setToolTip(value)
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Claim Escape before the window's actions get it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape, go back to the text with Return."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._old)
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()

    def _finish(self) -> None:
        if self.text().strip() != self._old:
            self._old = self.text().strip()
            self.finished.emit()


class ArticleForm(QWidget):
    """A heading that opens, and the lines below it. `left` tells that the person goes back to the text."""

    left = Signal()
    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._shown: Article | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fill)
        self.heading = QPushButton(objectName="opens", checkable=True)
        self.heading.setToolTip("Title, outlet, date, language and whatever else is known about the article.")
        self.heading.toggled.connect(self._open)
        self._inside = QWidget()
        self._form = QFormLayout(self._inside)
        self._form.setContentsMargins(8, 0, 4, 8)
        self._form.setHorizontalSpacing(8)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.lines: dict[str, Line] = {}
        self.direction = ChoiceBox(accessibleName="Direction")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self._inside)
        self._inside.hide()
        self._tell()

    def set_session(self, session: Session | None) -> None:
        """Work on another project."""
        self._session = session
        if session is not None:
            session.article_switched.connect(self.refresh)
            session.article_refreshed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the open article as it is now."""
        article = self._session.article if self._session else None
        if not self.heading.isChecked() or article == self._shown:
            return
        if article is not None and self._shown is not None and _further(article) == _further(self._shown):
            self._update(article)
        else:
            # Later: the line that asked for it is one of those that go.
            self._soon.start()

    @property
    def is_open(self) -> bool:
        """Whether the lines are shown."""
        return self.heading.isChecked()

    def _open(self, on: bool) -> None:
        if on:
            self._fill()
        self._inside.setVisible(on)
        self._tell()
        self.opened.emit(on)

    def _tell(self) -> None:
        self.heading.setText(f"{'▾' if self.heading.isChecked() else '▸'}  About this article")
        self.heading.setAccessibleName("About this article")

    def _update(self, article: Article) -> None:
        """Show other values in the lines that are there."""
        self._shown = article
        for key, line in self.lines.items():
            line.show_value(_value(article, key))
        self.direction.setCurrentIndex(self.direction.findData(article.direction))
        self._source.setText(article.provenance.source)

    def _fill(self) -> None:
        self._soon.stop()
        article = self._session.article if self._session else None
        focused = next((name for name, line in self.lines.items() if line.hasFocus()), "")
        while self._form.rowCount():
            _forget(self._form.takeRow(0))
        self.lines = {}
        self._shown = article
        if article is None:
            return
        self._add("title", "Title", article, self._rename)
        for key, name in USUAL.items():
            hint = "2010, 2010-03 or 2010-03-19" if key.startswith("date") else ""
            self._add(key, name, article, self._write, hint)
        self._add("language", "Language", article, self._write_language, "en, de, fa …")
        self.direction = ChoiceBox(accessibleName="Direction")
        for key, words in _DIRECTIONS.items():
            self.direction.addItem(words, key)
        self.direction.setCurrentIndex(self.direction.findData(article.direction))
        self.direction.activated.connect(lambda _index: self._write_language())
        self._form.addRow(_caption("Direction"), self.direction)
        for key in _further(article):
            self._add(key, key[:1].upper() + key[1:], article, self._write)
        self._add_new()
        self._source = QLabel(article.provenance.source, objectName="dim", wordWrap=True)
        self._source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._form.addRow(_caption("File"), self._source)
        if focused in self.lines:
            self.lines[focused].setFocus()

    def _add(self, key: str, name: str, article: Article, write: Callable[[], None], hint: str = "") -> None:
        line = Line(name, _value(article, key), hint)
        line.finished.connect(write)
        line.left.connect(self.left)
        self.lines[key] = line
        self._form.addRow(_caption(name), line)

    def _add_new(self) -> None:
        self.new_key = Line("New field", "", "new field")
        self.new_value = Line("Its value", "", "value")
        self.new_value.finished.connect(self._write)
        for line in (self.new_key, self.new_value):
            line.left.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.new_key, 2)
        row.addWidget(self.new_value, 3)
        self._form.addRow(row)

    def _rename(self) -> None:
        if self._session is not None:
            self._session.rename(self.lines["title"].text())

    def _write_language(self) -> None:
        if self._session is not None:
            self._session.set_language(self.lines["language"].text(), self.direction.currentData())

    def _write(self) -> None:
        """Write all pairs: those that are shown as they are shown, the others as they were."""
        article = self._shown
        if self._session is None or article is None:
            return
        values = {key: line.text().strip() for key, line in self.lines.items() if key not in ("title", "language")}
        key = " ".join(self.new_key.text().lower().split())
        new = [Metadatum(key, self.new_value.text().strip())] if key else []
        self._session.set_metadata([*changed(article.metadata, values), *new])


def changed(metadata: Sequence[Metadatum], values: dict[str, str]) -> list[Metadatum]:
    """Return metadata with other first values under some keys; an empty value takes its pair away.

    A value that a person writes was not read from anything, so its original goes with the old one.
    """
    rest = dict(values)
    found: list[Metadatum] = []
    for datum in metadata:
        value = rest.pop(datum.key, None)
        if value is None or value == datum.value:
            found.append(datum)
        elif value:
            found.append(Metadatum(datum.key, value))
    return [*found, *(Metadatum(key, value) for key, value in rest.items() if value)]


def _value(article: Article, key: str) -> str:
    own = {"title": article.title, "language": article.language}
    return own[key] if key in own else article.value(key)


def _further(article: Article) -> tuple[str, ...]:
    """Return the keys of an article's metadata that have no line of their own in every article."""
    return tuple(dict.fromkeys(datum.key for datum in article.metadata if datum.key not in USUAL))


def _forget(row: QFormLayout.TakeRowResult) -> None:
    """Let go of what stood in a row of the form."""
    for item in (row.labelItem, row.fieldItem):
        if item is None:
            continue
        inner = item.layout()
        widgets = [inner.itemAt(place).widget() for place in range(inner.count())] if inner else [item.widget()]
        for widget in widgets:
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _caption(name: str) -> QLabel:
    return QLabel(name, objectName="dim")

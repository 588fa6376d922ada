"""What is known about an article that is not added yet: title, outlet, date and the rest, to be set right beforehand."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.project.drafting import NewArticle
from annotator.ui.adding.draft_model import shown
from annotator.ui.inspector.article_form import USUAL, Line, changed

_DATES = "2010, 2010-03 or 2010-03-19"


class DraftForm(QScrollArea):
    """A column of lines. `written` carries the article with another title, language or metadata, `left` tells of Escape."""

    written = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setObjectName("columns")
        self.setAccessibleName("About this article")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._article: NewArticle | None = None
        self.file = QLabel(objectName="dim", wordWrap=True)
        self.lines: dict[str, Line] = {}

    def show_article(self, article: NewArticle | None) -> None:
        """Show what is known about an article; nothing where there is none."""
        keys = _keys(article)
        if article is not None and self._article is not None and keys == list(self.lines):
            self._article = article
            for key, line in self.lines.items():
                line.show_value(_value(article, key))
            self.file.setText(article.provenance.source)
            return
        self._article = article
        self.lines = {}
        inside = QWidget(objectName="columns")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        if article is not None:
            column.addWidget(QLabel("About this article", objectName="heading"))
            form = QFormLayout()
            form.setHorizontalSpacing(8)
            form.setVerticalSpacing(4)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for key in keys:
                self._add(form, article, key)
            column.addLayout(form)
            self.file = QLabel(article.provenance.source, objectName="dim", wordWrap=True)
            self.file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(self.file)
        column.addStretch(1)
        self.setWidget(inside)

    def _add(self, form: QFormLayout, article: NewArticle, key: str) -> None:
        name = USUAL.get(key, key[:1].upper() + key[1:])
        hint = _DATES if key.startswith("date") else "en, de, fa …" if key == "language" else ""
        line = Line(name, _value(article, key), hint)
        line.finished.connect(self._write)
        line.left.connect(self.left)
        self.lines[key] = line
        form.addRow(QLabel(name, objectName="dim"), line)

    def _write(self) -> None:
        article = self._article
        if article is None:
            return
        values = {key: line.text().strip() for key, line in self.lines.items()}
        title = " ".join(values.pop("title").split())
        language = values.pop("language")
        self._article = replace(
            article,
            title=title or article.title,
            language=language,
            metadata=tuple(changed(article.metadata, values)),
        )
        self.written.emit(self._article)


def _keys(article: NewArticle | None) -> list[str]:
    """Return the keys of the lines: those of every article, then those that this one has besides."""
    known = [] if article is None else [each.key for each in article.metadata]
    return list(dict.fromkeys(("title", *USUAL, "language", *known)))


def _value(article: NewArticle, key: str) -> str:
    own = {"title": article.title, "language": article.language}
    return own[key] if key in own else shown(article).value(key)

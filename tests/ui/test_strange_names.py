"""Names and words of a strange project are shown as they are: no HTML, no picture that is fetched, no & that goes."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolTip

from annotator.model.adjudication import Outcome
from annotator.model.article import Metadatum, State
from annotator.project import Project

STRANGE = "Q&A <img src='//far.example/x.png'> <b>x</b>"
CTRL = Qt.KeyboardModifier.ControlModifier


def strange_project(folder):
    with Project.create(folder / "Q&A", annotator=f"Ana {STRANGE}") as project:
        project.ensure_annotator(f"Ben {STRANGE}")
        book = project.codebook
        labels = tuple(replace(each, name=f"{each.name} {STRANGE}", description=STRANGE) for each in book.labels)
        named = [replace(each, name=f"{each.name} {STRANGE}", description=STRANGE) for each in book.attributes]
        attributes = tuple(
            replace(
                each, values=tuple(replace(v, name=f"{v.name} {STRANGE}", description=STRANGE) for v in each.values)
            )
            for each in named
        )
        project.save_codebook(replace(book, name=f"Book {STRANGE}", labels=labels, attributes=attributes))
        project.add_text(f"{STRANGE} said so on Tuesday, and he denied it.\n\n{STRANGE}\n", f"Title {STRANGE}")
        article = project.articles()[0].id
        project.set_metadata(article, [Metadatum("outlet", STRANGE), Metadatum("url", f"javascript:{STRANGE}")])
        for number, each in enumerate(project.annotators()):
            project.annotate(article, "claim", [(0, 30 + 9 * number)], annotator=each.id, note=STRANGE)
            project.annotate(article, "denial", [(60, 70 + 9 * number)], annotator=each.id)
            project.set_state(article, each.id, State.DONE)
        project.decide(project.queue().items[0], Outcome.UNION, by=project.annotators()[0].id, note=STRANGE)
        project.set_blind(blind=False)
        return project.path


def shown(caption):
    """Return what is seen of a caption of a button or a menu."""
    return re.sub("&(.)", r"\1", caption)


def faults(window):
    """Name what is taken for HTML, and what loses its &."""
    for each in window.findChildren(QLabel):
        is_rich = each.objectName() in {"rich", "richBadge"}
        if "<" in each.text() and each.textFormat() != Qt.TextFormat.PlainText and not is_rich:
            yield f"{each.parent()} {each.text()!r}"
        if is_rich and ("<img" in each.text() or "<b>x" in each.text()):
            yield f"not escaped: {each.text()!r}"
    for each in (*window.findChildren(QAbstractButton), *window.findChildren(QAction)):
        if "<b>" in each.text() and "Q&A" not in shown(each.text()):
            yield f"{each} {each.text()!r}"


@pytest.fixture
def strange(make_window, cast):
    return make_window(cast(strange_project))


def test_nothing_of_a_strange_project_is_taken_for_html_or_keys(strange, qtbot):
    found = {}
    window = strange

    def look(where):
        QApplication.processEvents()
        found.update(dict.fromkeys(faults(window), where))

    mark = next(iter(window.session.annotations))
    window.session.select(mark)
    for command in ("clause", "trash", "remark.next", "annotators", "project.recent", "notes.open"):
        window.actions_[command].trigger()
        look(command)
        if QApplication.activePopupWidget():
            QApplication.activePopupWidget().close()
    for place in ("codebook", "team", "agreement", "adjudicate", "label"):
        window.actions_[f"place.{place}"].trigger()
        look(place)
    docket = window.places.page("adjudicate").docket
    window.actions_["place.adjudicate"].trigger()
    qtbot.waitUntil(lambda: docket.is_loaded and not docket.is_busy, timeout=60_000)
    look("a disagreement")
    for command in ("project.export", "labels.import"):
        window.actions_[command].trigger()
        errands = window.trading.exporting.errands if "export" in command else window.trading.importing.errands
        qtbot.waitUntil(lambda errands=errands: not errands.kind, timeout=60_000)
        look(command)
    window.session.undo()
    look("undo")
    assert not found


def test_a_tooltip_and_a_banner_say_words_as_they_are(strange):
    QToolTip.showText(QPoint(5, 5), STRANGE, strange)
    tip = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert tip.textFormat() == Qt.TextFormat.PlainText
    assert tip.text() == STRANGE
    QToolTip.hideText()
    tip.hide()
    strange.banner.show_words(STRANGE)
    assert {each.textFormat() for each in strange.banner.findChildren(QLabel)} == {Qt.TextFormat.PlainText}

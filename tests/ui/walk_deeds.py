"""What a walk through the window does besides labelling: articles come in, labels go out and back, copies are merged.

Each is done as a person does it, with the page's own keys and buttons; what the file dialogs answer is given. A function
takes the walk and dice.
"""

import shutil
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.article import State
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.formats import IN
from annotator.ui.adjudicate.asking import AskBar
from tests.project.copies.team import LABELS, Worker

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST = 9
"""Articles; a walk that adds more would be about nothing else."""
DECIDING = (
    Qt.Key.Key_1,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_0,
    Qt.Key.Key_B,
    Qt.Key.Key_X,
    Qt.Key.Key_S,
    Qt.Key.Key_P,
    Qt.Key.Key_E,
    Qt.Key.Key_N,
)


def add(walk, luck):
    """Add an article from a file, and sometimes one that is there already."""
    if len(walk.window.session.heads) >= MOST:
        return
    walk.made += luck.random() < 0.8
    file = walk.around / f"added {walk.made}.txt"
    file.write_text(f"Words of article {walk.made} 📰\n\nThe mayor said é was so. Nobody denied it.\n", "utf-8")
    walk.choices.paths = [file]
    walk.window.actions_["articles.add"].trigger()
    walk.until(lambda: not walk.window.adding.is_busy)


def export(walk, luck):
    """Export in some format to a new place, with everybody's labels where they may be seen."""
    page, errands = walk.window.trading.export_page, walk.window.trading.exporting.errands
    if not goes(walk, "project.export", page):
        return
    walk.until(lambda: not errands.kind)
    page.formats.list.show_row(luck.randrange(page.formats.model.rowCount()))
    walk.until(lambda: not errands.kind)
    if not page.formats.format:
        return
    walk.made += 1
    page.place.setText(str(walk.around / f"out {walk.made}{page.formats.format.suffix}"))
    walk.until(lambda: not errands.kind)
    if page.go.isEnabled():
        page.go.click()
        walk.until(lambda: not errands.kind)
        walk.count("exports")


def bring_in(walk, luck):
    """Import what the project was some time ago: what has gone since comes back, and nothing comes twice."""
    name = luck.choice([each for each in ("jsonl", "tei", "web-annotation") if each in IN])
    walk.made += 1
    walk.sent.append(walk.around / f"in {walk.made}")
    walk.window.session.project.export(walk.sent[-1], name)
    target = walk.choices.path = luck.choice(walk.sent)
    page, errands = walk.window.trading.import_page, walk.window.trading.importing.errands
    if not goes(walk, "labels.import", page):
        return
    (page.folder if target.is_dir() else page.file).click()
    walk.until(lambda: not errands.kind)
    if page.go.isEnabled():
        page.go.click()
        walk.until(lambda: not errands.kind)
        walk.count("imports")


def merge(walk, luck):
    """Let somebody work in a copy, new or handed out, and merge it by key; what is in conflict is decided by a rule."""
    if walk.out and luck.random() < 0.5:
        copy = luck.choice(walk.out)
    else:
        walk.made += 1
        copy = walk.around / f"copy {walk.made}.annotator"
        walk.window.copy_line.save(copy)
        walk.until(lambda: not walk.window.copy_line.isVisible())
    with Project.open(copy) as project:
        Worker(project, luck.choice([each.name for each in project.annotators()]), luck).work(luck.randint(1, 6))
    place = walk.window.places.page("team")
    if not goes(walk, "place.team", place):
        return
    walk.choices.paths = [copy]
    place.merge.choose()
    walk.until(lambda: not place.merge.job.is_busy)
    QTest.keyClick(place, Qt.Key.Key_Return, CTRL)
    walk.until(lambda: not place.merge.commit.is_busy)
    walk.count("merges" if place.merge.plan is None else "merges that were left")


def adjudicate(walk, luck):
    """Let two label and finish an article, and decide some of what they differ about by keys."""
    session = walk.window.session
    for who in session.project.annotators()[:2] if session.article is not None else ():
        start = luck.randrange(max(1, len(session.article.text) - 20))
        with suppress(AnnotatorError):
            span = [(start, start + luck.randint(5, 15))]
            session.project.annotate(session.article.id, luck.choice(LABELS), span, annotator=who.id)
        session.project.set_state(session.article.id, who.id, State.DONE)
    if session.hides_others:
        session.open_others(opened=True)
    place = walk.window.places.page("adjudicate")
    if not goes(walk, "place.adjudicate", place):
        return
    if session.hides_others:  # whoever reads again
        return
    walk.until(lambda: place.docket.is_loaded and not place.docket.is_busy)
    for _ in range(luck.randint(1, 5)):
        if place.docket.current is None:
            break
        before = session.project.steps(1)
        _decide(walk, luck, place)
        walk.hand.settle()
        walk.until(lambda: not place.docket.is_busy)
        walk.count("decisions" if session.project.steps(1) != before else "disagreements gone past")
    if luck.random() < 0.5:
        QTest.keyClick(place, Qt.Key.Key_Z, CTRL)


def _decide(walk, luck, place):
    QTest.keyClick(place.view, luck.choice(DECIDING))
    bars = [each for each in place.findChildren(AskBar) if each.isVisible()]
    for bar in bars:
        QTest.keyClicks(bar.field, "Is it a claim?")
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        walk.count("questions")
    if place.editor.isVisible():
        QTest.keyClick(place.editor.reader, luck.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
    if QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()


def kill(walk, luck):
    """Go on in a new window with what lies on the disk, and leave the old one as if it had been killed."""
    walk.made += 1
    folder = walk.around / f"after {walk.made}"
    folder.mkdir()
    for each in walk.folder.iterdir():
        if each.is_file():
            shutil.copyfile(each, folder / each.name)
    walk.close()
    walk.folder, walk.path = folder, folder / walk.path.name
    walk.open()
    walk.count("kills")
    if luck.random() < 0.5:
        walk.window.session.open_others(opened=True)


DEEDS = {"add": add, "export": export, "import": bring_in, "merge": merge, "adjudicate": adjudicate, "kill": kill}


def goes(walk, action, page):
    """Whether a page is shown after the action that leads to it; a menu or a field may be in the way."""
    walk.window.actions_[action].trigger()
    walk.hand.settle()
    return walk.window.places.currentWidget() is page

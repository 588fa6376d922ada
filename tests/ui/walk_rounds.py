"""What a walk through the window does in the rounds of a team: plans, copies, second readings, questions, new texts, backups.

As in `walk_deeds`, a function takes the walk and dice.
"""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.model.assigning import Scheme
from annotator.model.span import Span
from annotator.project.backups import backups
from tests.ui.walk_deeds import CTRL, SHIFT, goes

KEY = Qt.Key
OLD = Path(__file__).parents[1] / "data"
FAR = 500
"""Steps that are taken back at once now and then: more than a walk has."""


def replace(walk, luck):
    """Give the article at hand a new text, edited at one place, and decide by keys about the labels that have to wait."""
    article = walk.window.session.article
    if article is None:
        return
    low = luck.randrange(len(article.text))
    high = min(len(article.text), low + luck.randrange(40))
    put_in = luck.choice(("", "An update 📰. ", "It was denied.\n\n", "é"))
    walk.made += 1
    file = walk.choices.path = walk.around / f"new {walk.made}.txt"
    file.write_text(article.text[:low] + put_in + article.text[high:], "utf-8")
    walk.window.actions_["article.replace"].trigger()
    walk.until(lambda: not walk.window.replacing.is_busy)
    page = walk.window.replacing.page
    if walk.window.places.currentWidget() is not page:
        return
    for _ in range(luck.randint(0, 3)):
        QTest.keyClick(page.list, luck.choice((KEY.Key_A, KEY.Key_K, KEY.Key_D)))
    QTest.keyClick(page.list, luck.choice((KEY.Key_A, KEY.Key_K, KEY.Key_D)), SHIFT)
    before = walk.window.session.project.steps(1)
    QTest.keyClick(page.list, luck.choice((KEY.Key_Return, KEY.Key_Return, KEY.Key_Return, KEY.Key_Escape)))
    walk.hand.settle()
    walk.until(lambda: not walk.window.session.long_step.is_busy)
    if walk.window.session.project.steps(1) != before:
        walk.count("texts replaced")


def note(walk, luck):
    """Write a note or a question by its key, on what is selected."""
    if not goes(walk, "place.label", walk.window.label_place) or walk.window.session.article is None:
        return
    walk.window.actions_["note.add"].trigger()
    box = walk.window.noting.box
    if not box.isVisible():
        return
    QTest.keyClicks(box.field, luck.choice(("Is this a denial?", "Unclear & odd <b>", "x")))
    QTest.keyClick(box.field, luck.choice((KEY.Key_Return, KEY.Key_Return, KEY.Key_Escape)))
    walk.hand.settle()
    walk.count("notes and questions")


def plan(walk, luck):
    """Plan who labels what, some of it twice by the same person."""
    project = walk.window.session.project
    people = [each.id for each in project.annotators() if not each.repeats]
    drawn = project.assign_plan(people, Scheme(readers=luck.randint(1, 2), repeats=0.5, seed=luck.randrange(99)))
    walk.count("plans" if project.assign(drawn) else "plans that were there")


def read_again(walk, luck):
    """Go on as somebody's second reading, where one is planned."""
    session = walk.window.session
    again = [each for each in session.project.everybody() if each.repeats]
    if again:
        session.switch_annotator(luck.choice(again).id)
        walk.count("second readings")


def hand_out(walk, luck):
    """Hand out copies by key to everybody in the plan; they come back with a merge."""
    place = walk.window.places.page("team")
    if not goes(walk, "place.team", place):
        return
    walk.made += 1
    walk.choices.path = walk.around / f"handed {walk.made}"
    QTest.keyClick(place, KEY.Key_D, CTRL)
    walk.until(lambda: not place.handing.job.is_busy)
    if walk.choices.path.is_dir():
        walk.out += sorted(walk.choices.path.glob("*.annotator"))
        walk.count("copies handed out")


def backup(walk, luck):
    """Make a backup, or go back to one by the menu and the banner."""
    keeper = walk.window.safekeeping
    path = walk.window.session.project.path
    found = backups(path, keeper.keeping)
    if not found or luck.random() < 0.6:
        walk.window.actions_["backup.make"].trigger()
        walk.until(lambda: not keeper._worker.is_busy)
        walk.count("backups")
        return
    chosen = luck.choice(found)
    keeper.ask(chosen.path, chosen.made_at)
    walk.window.banner._do.click()
    walk.until(lambda: walk.window.session is not None and not keeper._worker.is_busy)
    walk.count("backups that were put back")


def older(walk, luck):
    """Open a project that an older version wrote, label in it, and come back."""
    walk.made += 1
    folder = walk.around / f"older {walk.made}"
    folder.mkdir()
    source = luck.choice(sorted(OLD.glob("schema-*.annotator")))
    path = Path(shutil.copyfile(source, folder / source.name))
    assert walk.window.open_path(path), walk.window.banner.words
    session = walk.window.session
    before = len(session.project.annotations())
    assert session.label(Span.of((0, 5)), "claim")
    walk.hand.settle()
    session.undo()
    assert len(session.project.annotations()) == before
    assert session.project.check() == []
    assert walk.window.open_path(walk.path)
    walk.count("projects of older versions")


def far(walk, luck):
    """Take back many steps and do them again: all stands as it did."""
    walk.wait_for_others()
    session = walk.window.session
    before, often = snapshot(session.project), luck.choice((5, 20, 20, FAR))
    count = 0
    while count < often and session.next_undo() is not None:
        session.undo()
        walk.until(lambda: not session.long_step.is_busy)
        count += 1
    walk.hand.settle()
    walk.hold()
    for _ in range(count):
        if session.next_redo() is None:  # that is somebody's who went, and with them the place at the keyboard
            session.switch_annotator(session.project.next_redo().annotator)
        session.redo()
        walk.until(lambda: not session.long_step.is_busy)
    assert snapshot(session.project) == before
    walk.count("times far back and forward")


def snapshot(project):
    """Everything that a person has done, as it stands: what each row says, but not how often it was changed."""
    labels = {
        each.id: (each.article, each.annotator, each.label, each.span, each.attributes, each.note)
        for each in project.annotations()
    }
    links = {each.id: (each.kind, each.origin_id, each.target, each.place) for each in project.links()}
    states = {(head.id, who.id): head.state for who in project.annotators() for head in project.articles(who.id)}
    texts = {head.id: project.article(head.id).text for head in project.articles()}
    notes = {each.id: each for each in project.threads()}
    return labels, links, states, texts, notes


DEEDS = {
    "replace": replace,
    "note": note,
    "plan": plan,
    "read again": read_again,
    "hand out": hand_out,
    "backup": backup,
    "older": older,
    "far": far,
}

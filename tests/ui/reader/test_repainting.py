"""Only the paragraphs in which something has changed are painted anew; and what is seen is as if all of it were."""

import random

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.ui.reader.links import Tie

LINE = (
    "Mr Vance said on Monday that the harbour board had never been told of it, and the board denies that it was told. "
)
SHORT = "\n\n".join(LINE * (1 + n % 4) for n in range(24))
LABELS = ("claim", "denial", "attribution", "source")


class Painted(QObject):
    """Adds up the height of what a widget is asked to paint."""

    def __init__(self, widget):
        super().__init__(widget)
        self.height = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.height += event.rect().height()
        return False


def seen(reader):
    """Return what stands on the screen: not what would be painted if it were asked for anew."""
    QApplication.processEvents()
    viewport = reader.viewport()
    area = QRect(viewport.mapTo(reader, viewport.rect().topLeft()), viewport.size())
    shown = reader.screen().grabWindow(reader.winId()).copy(area).toImage()
    assert not shown.isNull()
    return shown


def anew(reader):
    reader.viewport().update()
    return seen(reader)


@pytest.fixture
def still(reader):
    """The reader with a caret that does not blink between two looks."""
    reader._blink.stop()
    return reader


def words(dice, most=120):
    start = dice.randrange(len(SHORT) - most)
    return start, start + dice.randint(1, most)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("width", [900, 420])
def test_what_is_seen_is_as_if_everything_were_painted(still, show, mark, seed, width):
    dice = random.Random(seed)
    marks = {each.id: each for each in (mark(dice.choice(LABELS), words(dice)) for _ in range(40))}
    still.resize(width, 700)
    reader = show(SHORT, *marks.values())
    reader.set_caret(300)

    def put():
        made = mark(dice.choice(LABELS), *sorted([words(dice), words(dice)])[: dice.randint(1, 2)])
        marks[made.id] = made
        reader.clear_selection()
        reader.update_annotations([made])
        reader.select_annotation(made.id)

    def move():
        old = dice.choice(list(marks.values()))
        marks[old.id] = mark(old.label, words(dice), name=old.id)
        reader.update_annotations([marks[old.id]])

    def remove():
        gone = dice.choice(list(marks))
        del marks[gone]
        reader.update_annotations([], [gone])

    def link():
        one, other = dice.sample(list(marks), 2)
        tie = Tie("t", one, other, "denies", "denial", "claim", "denial", directed=True)
        reader.show_links(dice.choice([(), (), (tie,)]), dice.choice([(), (one, other)]))

    deeds = [
        put,
        put,
        move,
        remove,
        link,
        lambda: reader.select_annotation(dice.choice(["", *marks])),
        lambda: reader.hover(dice.choice(["", *marks])),
        lambda: reader.set_caret(words(dice)[0]),
        lambda: reader.set_selection(Span.of(words(dice))),
        lambda: reader.move_caret(dice.choice(["up", "down"]), extend=dice.random() < 0.5),
        lambda: reader.verticalScrollBar().setValue(dice.randrange(600)),
        lambda: reader.preview(dice.choice(list(marks)), Span.of(words(dice))),
    ]
    for _ in range(40):
        deed = dice.choice(deeds)
        deed()
        reader._blink.show()
        assert seen(reader) == anew(reader), deed


def test_a_label_more_repaints_its_paragraph_and_not_the_page(still, show, mark):
    first, second = mark("claim", (10, 30)), mark("denial", (40, 60))
    reader = show(SHORT, first)
    reader.select_annotation(first.id)
    reader.set_selection(Span.of((40, 60)))
    QApplication.processEvents()
    painted = Painted(reader.viewport())
    reader.clear_selection()
    reader.update_annotations([second])
    reader.select_annotation(second.id)
    QApplication.processEvents()
    assert 0 < painted.height < reader.viewport().height() / 2

"""The figures at the queue: as they were when it began beside as they are, and what they are of."""

from PySide6.QtCore import Qt

from annotator.model.adjudication import Cell
from annotator.model.article import State


def settle(place, qtbot):
    qtbot.waitUntil(lambda: place.figures.now is not None and not place.figures.is_stale and not place.figures.is_busy)
    qtbot.waitUntil(lambda: not place.is_behind)
    return place.top.figures


def test_the_figure_beside_gold_moves_and_the_one_among_annotators_stays(place, press, qtbot, window):
    lines = settle(place, qtbot)
    among = lines.among.text()
    assert among.startswith("Among annotators: α ")
    assert lines.beside.text() == "Beside gold: nothing is decided yet"
    press(Qt.Key.Key_1)
    assert place.figures.is_stale
    assert "not up to date" in lines.beside.text() or "computing" in lines.beside.text()
    settle(place, qtbot)
    assert lines.beside.text().startswith("Had it as decided: ")
    press(Qt.Key.Key_1, Qt.Key.Key_1)
    place.docket.accept("all")
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    project = window.session.project
    gold = project.gold()
    assert all(project.state(head.id, gold.id) == State.DONE for head in project.articles())
    settle(place, qtbot)
    assert lines.among.text() == among
    expected = project.beside_gold()
    for each in expected.against:
        assert f"{each.annotator} {each.alpha.value:.2f}".replace(" 0.", " .") in lines.beside.text()
        assert each.articles == 2
    assert "decisions change no label" in lines.toolTip()


def test_a_cell_shows_the_figure_of_that_cell(place, press, qtbot, window):
    settle(place, qtbot)
    project = window.session.project
    pair = tuple(project.annotator(name).id for name in ("Ana", "Ben"))
    window.places.go("adjudicate", Cell(labels=frozenset({"claim"}), pair=pair))
    qtbot.waitUntil(lambda: not place.docket.is_busy and place.figures.cell.pair == pair)
    assert place.figures.now is None
    lines = settle(place, qtbot)
    report = project.beside_gold(place.figures.cell).before
    assert report.annotators == ("Ana", "Ben")
    assert lines.among.text() == f"Claim, Ana and Ben: α {report.value:.2f}".replace(" 0.", " .").replace("-0.", "-.")
    press(Qt.Key.Key_1)
    settle(place, qtbot)
    assert {each.annotator for each in place.figures.now.against} == {"Ana", "Ben"}
    press(Qt.Key.Key_H)
    assert "Ana" not in lines.among.text() + lines.beside.text() + lines.toolTip()


def test_figures_of_one_cell_are_never_shown_as_those_of_another(place, qtbot, window):
    project = window.session.project
    ana, ben, cleo = (project.annotator(name).id for name in ("Ana", "Ben", "Cleo"))
    place.figures.begin(Cell(pair=(ana, ben)))
    place.figures.begin(Cell(pair=(ben, cleo)))
    settle(place, qtbot)
    assert place.figures.now == place.figures.then
    assert place.figures.then.before.annotators == ("Ben", "Cleo")

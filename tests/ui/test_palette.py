"""The palette of all actions, and the overview of keys, by keyboard."""

from PySide6.QtCore import Qt

from annotator.ui.session.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_an_action_is_found_and_done(window, press, qtbot):
    press((Qt.Key.Key_K, CTRL))
    palette = window.popups.palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "dark")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.settings.scheme == "dark"


def test_an_article_is_found_by_its_title(window, press, qtbot):
    press((Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(window.popups.palette.field, "rain nor")
    qtbot.keyClick(window.popups.palette.field, Qt.Key.Key_Return)
    assert window.session.article.title == "Rain in the north"


def test_arrows_step_over_what_rests(window, press, qtbot):
    press((Qt.Key.Key_K, CTRL))
    palette = window.popups.palette
    qtbot.keyClicks(palette.field, "label")
    for _ in range(palette.model.rowCount() + 2):
        assert palette.model.choices[palette.list.currentIndex().row()].on
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_an_action_of_another_place_leads_there(window, press, qtbot):
    palette = window.popups.palette
    press((Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(palette.field, "take version 1")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.places.current == "adjudicate"
    assert window.status.last == "Take version 1: not while others' labels are hidden"
    window.session.open_others(opened=True)
    window.places.go("label")
    press((Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(palette.field, "take version 1")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.status.last == "Take version 1: press 1 here"
    palette.open()
    qtbot.keyClicks(palette.field, "hand")
    assert palette.model.choices[0].name == "Hand out copies…"
    palette.hide()


def test_what_is_not_there_is_said(window, press, qtbot):
    press((Qt.Key.Key_K, CTRL))
    qtbot.keyClicks(window.popups.palette.field, "zzzz")
    assert not window.popups.palette.list.isVisible()
    qtbot.keyClick(window.popups.palette.field, Qt.Key.Key_Return)
    assert window.popups.palette.isVisible()
    window.popups.palette.hide()


def test_undo_stands_in_the_palette_with_what_it_undoes(window, select, press):
    select("Two aides")
    press(Qt.Key.Key_S)
    window.popups.palette.open()
    names = [choice.name for choice in window.popups.palette.model.choices]
    assert any(name.startswith("Undo Label source in “") for name in names)
    window.popups.palette.hide()


def test_a_key_is_found_changed_and_kept(window, press, qtbot, select):
    press(Qt.Key.Key_F1)
    keys = window.popups.keys
    assert keys.isVisible()
    qtbot.keyClicks(keys.field, "next label in the text")
    assert keys.model.commands[0].id == "mark.next"
    qtbot.keyClick(keys.field, Qt.Key.Key_Return)
    assert keys.focusWidget() is keys.chord
    qtbot.keyClick(keys.chord, Qt.Key.Key_C)
    assert keys.hint.text() == "C is the key of “Label claim” already. Change that one first."
    assert keys.focusWidget() is keys.chord
    qtbot.keyClick(keys.chord, Qt.Key.Key_Q)
    assert window.actions_.keys("mark.next") == ("Q",)
    assert keys.hint.text() == "Changed."
    assert Settings.load(window.settings.path).keys == {"mark.next": ("Q",)}
    keys.close()


def test_the_keys_of_the_place_that_is_shown_stand_first(window):
    for place, first in (("label", "label:claim"), ("team", "team.plan"), ("agreement", "agreement.renew")):
        window.places.go(place)
        window.actions_["keys"].trigger()
        keys = window.popups.keys
        assert keys.model.commands[0].where.place == place
        own = [each.where.place == place for each in keys.model.commands]
        assert own == sorted(own, reverse=True)
        assert keys.model.commands[0].id == first
        assert keys.table.currentIndex().row() == 0
        keys.close()


def test_escape_leaves_a_key_as_it_is(window, press, qtbot):
    press(Qt.Key.Key_F1)
    keys = window.popups.keys
    qtbot.keyClicks(keys.field, "next label in the text")
    keys.begin_change()
    qtbot.keyClick(keys.chord, Qt.Key.Key_Escape)
    assert window.actions_.keys("mark.next") == ("N", "Alt+Down")
    assert keys.focusWidget() is keys.table
    keys.close()


def test_signs_with_shift_are_written_as_signs(window, press, qtbot):
    press(Qt.Key.Key_F1)
    keys = window.popups.keys
    qtbot.keyClicks(keys.field, "next label in the text")
    keys.begin_change()
    qtbot.keyClick(keys.chord, Qt.Key.Key_Shift)
    assert keys.focusWidget() is keys.chord
    qtbot.keyClicks(keys.chord, ">")
    assert window.actions_.keys("mark.next") == (">",)
    keys.begin_change()
    qtbot.keyClick(keys.chord, Qt.Key.Key_Z, CTRL | ALT | SHIFT)
    assert window.actions_.keys("mark.next") == ("Ctrl+Alt+Shift+Z",)
    keys.close()


def test_escape_closes_the_deleted_labels_and_keeps_what_is_selected(window, select, press, qtbot):
    select("Two aides")
    press(Qt.Key.Key_S)
    panel = window.label_place.trash
    window.actions_["trash"].trigger()
    assert panel.closer.hasFocus()
    qtbot.keyClick(panel.closer, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.session.selected

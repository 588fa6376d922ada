"""Every action exists once, with everything a person needs to find it; keys can be changed, clashes are told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow

from annotator.project.templates import template
from annotator.resources import folder
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.catalogue import COMMANDS, GROUPS
from annotator.ui.actions.command import Needs, Where


@pytest.fixture
def actions(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Actions(window)
    made.set_codebook(template("default"))
    return made


def test_every_action_has_name_key_menu_icon_and_tooltip(actions):
    ids = [command.id for command in actions.commands()]
    assert len(ids) == len(set(ids))
    for command in actions.commands():
        action = actions[command.id]
        assert command.name == command.name.strip() != ""
        assert not command.name.isupper()
        assert "!" not in command.name + command.tip
        assert command.tip.endswith(".")
        assert command.group in GROUPS
        assert (folder() / "icons" / f"{command.icon}.svg").is_file(), command.icon
        assert action.toolTip().startswith(command.name)


def test_every_action_of_the_catalogue_has_a_key_of_its_own(actions):
    for command in COMMANDS:
        assert actions.keys(command.id), command.id


def test_no_key_does_two_things(actions):
    commands = actions.commands()
    for number, one in enumerate(commands):
        for other in commands[number + 1 :]:
            if one.where.meets(other.where):
                assert not set(actions.keys(one.id)) & set(actions.keys(other.id)), (one.id, other.id)


def test_a_label_s_key_goes_before_an_action_s(actions):
    book = template("default")
    labels = tuple(replace(label, key="n") if label.id == "claim" else label for label in book.labels)
    actions.set_codebook(replace(book, labels=labels))
    assert actions.keys("label:claim") == ("N",)
    assert actions.keys("mark.next") == ("Alt+Down",)


def test_a_retired_label_has_no_action(actions):
    book = template("default")
    labels = tuple(replace(label, retired=label.id == "claim") for label in book.labels)
    actions.set_codebook(replace(book, labels=labels))
    assert "label:claim" not in actions
    assert "label:denial" in actions


def test_a_key_is_changed_and_remembered(actions, qtbot):
    with qtbot.waitSignal(actions.keys_changed):
        assert actions.change_keys("mark.next", ["Q"]) == ""
    assert actions.keys("mark.next") == ("Q",)
    assert actions.changed == {"mark.next": ("Q",)}
    again = Actions(actions.parent(), actions.changed)
    assert again.keys("mark.next") == ("Q",)
    assert actions.reset_keys("mark.next") == ""
    assert actions.keys("mark.next") == ("N", "Alt+Down")


def test_a_clash_is_refused_with_a_sentence(actions):
    assert actions.change_keys("mark.next", ["C"]) == "C is the key of “Label claim” already. Change that one first."
    assert actions.keys("mark.next") == ("N", "Alt+Down")
    assert actions.change_keys("mark.next", [""]) == "That is not a key."


def test_a_usual_key_that_was_given_away_is_not_taken_back_silently(actions):
    actions.change_keys("mark.next", ["Q"])
    actions.change_keys("mark.previous", ["N"])
    assert "Previous label" in actions.reset_keys("mark.next")
    assert actions.reset_keys() == ""
    assert actions.keys("mark.previous") == ("P", "Alt+Up")


def test_one_key_may_serve_two_columns(actions):
    assert actions.keys("label.delete")[0] == actions.keys("article.remove")[0]
    assert not Where.READING.meets(Where.ARTICLES)


def test_what_makes_no_sense_rests(actions):
    actions.set_reach(Needs.PROJECT, "label")
    assert actions["articles.add"].isEnabled()
    assert not actions["label:claim"].isEnabled()
    actions.set_reach(Needs.MARK, "team")
    assert actions["undo"].isEnabled()
    assert not actions["label.delete"].isEnabled()


def test_a_letter_typed_into_a_field_is_a_letter(actions, qtbot):
    window = actions.parent()
    field = QLineEdit(window)
    window.setCentralWidget(field)
    with qtbot.waitExposed(window):
        window.show()
    done = []
    actions.on_labels(done.append, done.append)
    actions.set_reach(Needs.MARK, "label")
    field.setFocus()
    qtbot.keyClicks(field, "cCd?n")
    assert field.text() == "cCd?n"
    assert done == []
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_C)
    assert done == ["claim"]

"""Editing the codebook with mouse and keys: a draft, told where it does not hold, saved as one revision."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.model.span import Span
from annotator.project import Project
from annotator.ui.widgets.tab_order import following

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def form(place):
    return place.pages.currentWidget()


def shown(place):
    return [row.name for row in place.parts.model.rows]


def test_the_place_shows_every_part_and_the_first_label(window, place):
    names = shown(place)
    assert names[:3] == [window.session.project.codebook.name, "Labels", "Claim"]
    assert {"Attributes", "Roles", "Relations", "Borderline cases"} <= set(names)
    assert form(place) is place.label_form
    assert place.label_form.title.text() == "Claim"
    assert place.label_form.count.text() == "1 annotation of yours"
    assert not place.save_bar.isVisible()
    assert place.parts.list.hasFocus()


def test_a_renamed_label_is_saved_as_one_revision_and_one_step(window, place, book, write, save):
    write(place.label_form.name.line, "Statement")
    assert book().label("claim").name == "Claim"
    assert place.label_form.title.text() == "Statement"
    assert "1 change is not saved yet" in place.save_bar.words.text()
    save("Better word")
    assert book().label("claim").name == "Statement"
    assert book().revision == 2
    assert window.session.project.revisions()[-1].note == "Better word"
    assert window.session.project.revisions()[-1].annotator == "Ana"
    assert not place.save_bar.isVisible()
    assert "Saved the codebook as revision 2" in window.status.last
    window.actions_["undo"].trigger()
    assert (book().label("claim").name, book().revision) == ("Claim", 1)
    assert place.label_form.name.line.text() == "Claim"
    window.actions_["redo"].trigger()
    assert book().label("claim").name == "Statement"


def test_a_clash_of_keys_is_told_beside_the_field_at_once_and_stops_saving(place, press, book, save):
    place.label_form.key.line.setFocus()
    press(Qt.Key.Key_D)
    assert place.label_form.key.fault.text() == "D is the key of Denial already."
    assert place.label_form.key.fault.isVisible()
    assert place.label_form.key.line.accessibleDescription() == "D is the key of Denial already."
    assert not place.save_bar.save.isEnabled()
    save()
    assert book().revision == 1
    press(Qt.Key.Key_K)
    assert not place.label_form.key.fault.isVisible()
    save()
    assert book().label("claim").key == "K"


def test_the_new_key_labels(place, press, save, window, select):
    place.label_form.key.line.setFocus()
    press(Qt.Key.Key_K)
    save()
    press((Qt.Key.Key_1, CTRL))
    select("the report was false")
    press(Qt.Key.Key_K)
    assert [each.label for each in window.session.annotations.values()] == ["claim"]


def test_ctrl_z_takes_back_what_is_not_saved_then_what_is(place, press, window, write, book):
    write(place.label_form.description.words, "New.")
    place.label_form.bare.box.click()
    place.parts.list.setFocus()
    assert window.actions_["undo"].text() == "Undo Change label Claim"
    press((Qt.Key.Key_Z, CTRL))
    assert place.drafting.draft.part("labels", "claim").bare
    assert place.label_form.bare.box.isChecked()
    press((Qt.Key.Key_Z, CTRL))
    assert not place.drafting.is_changed
    assert place.label_form.description.words.words() == book().label("claim").description
    press((Qt.Key.Key_Y, CTRL))
    assert place.drafting.draft.part("labels", "claim").description == "New."


def test_a_step_of_the_project_after_a_change_is_taken_back_before_it(place, press, window, write):
    write(place.label_form.name.line, "Statement")
    press((Qt.Key.Key_1, CTRL))
    window.session.label(Span.of((0, 8)), "denial")
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.annotations == {}
    assert place.drafting.is_changed
    press((Qt.Key.Key_Z, CTRL))
    assert not place.drafting.is_changed
    press((Qt.Key.Key_Y, CTRL), (Qt.Key.Key_Y, CTRL))
    assert place.drafting.is_changed
    assert len(window.session.annotations) == 1


def test_giving_up_is_taken_back(place, press, write):
    write(place.label_form.name.line, "Statement")
    place.save_bar.discard.click()
    assert not place.drafting.is_changed
    place.parts.list.setFocus()
    press((Qt.Key.Key_Z, CTRL))
    assert place.label_form.name.line.text() == "Statement"


def test_a_new_label_gets_a_colour_a_lasting_id_and_its_own_action(window, place, press, qtbot, save):
    press((Qt.Key.Key_L, CTRL))
    assert place.label_form.name.line.hasFocus()
    assert not place.label_form.name.fault.isVisible()
    assert "needs a name" in place.save_bar.words.text()
    qtbot.keyClicks(place.label_form.name.line, "Scare quote")
    press(Qt.Key.Key_Tab)
    assert place.label_form.key.line.hasFocus()
    press(Qt.Key.Key_Q)
    assert "stays apart from every other label" in place.label_form.color.apart.text()
    save()
    made = window.session.project.codebook.label("scare-quote")
    assert (made.name, made.key) == ("Scare quote", "Q")
    assert "label:scare-quote" in window.actions_
    assert place.label_form.title.text() == "Scare quote"


def test_clauses_are_written_like_a_list_and_their_ids_stay(place, press, qtbot, save, book):
    field = place.label_form.use_when
    before = [clause.id for clause in book().label("claim").use_when]
    last = field.rows[-1].words
    last.setFocus()
    press(Qt.Key.Key_Return)
    assert field.rows[-1].words.hasFocus()
    assert field.rows[-1].badge.text() == "claim-u6"
    assert "It says nothing yet." in place.save_bar.words.text()
    qtbot.keyClicks(field.rows[-1].words, "It counts.")
    press((Qt.Key.Key_Up, ALT))
    assert [row.badge.text() for row in field.rows][-2:] == ["claim-u6", before[-1]]
    save()
    assert [each.id for each in book().label("claim").use_when] == [*before[:-1], "claim-u6", before[-1]]
    row = field.rows[-2]
    row.words.setFocus()
    row.words.selectAll()
    press(Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
    assert [each.badge.text() for each in field.rows] == before
    save()
    field.add_button.click()
    assert field.rows[-1].badge.text() == "claim-u7"


def test_a_faulty_colour_is_told_and_a_near_one_judged(place, write, qtbot):
    color = place.label_form.color
    write(color.hex, "#12")
    assert "six digits" in color.fault.text()
    assert not color.sample.isVisible()
    denial = place.drafting.draft.part("labels", "denial")
    write(color.hex, denial.color)
    assert color.fault.text() == ""
    assert "looks much like Denial to everybody" in color.apart.text()
    assert "only the lines tell them apart" in color.apart.text()
    assert "7 : 1 is wanted" in color.legible.text()
    qtbot.mouseClick(color.free, Qt.MouseButton.LeftButton)
    assert "stays apart" in color.apart.text()
    qtbot.mouseClick(place.label_form.line.buttons["double"], Qt.MouseButton.LeftButton)
    assert place.drafting.draft.part("labels", "claim").line == "double"


def test_a_label_in_use_is_retired_and_brought_back_and_an_unused_one_deleted(place, save, book, window):
    assert not place.label_form.gone.isVisible()
    place.label_form.retire.click()
    assert place.label_form.retire.text() == "Bring back"
    save()
    assert book().label("claim").retired
    assert "label:claim" not in window.actions_
    place.label_form.retire.click()
    save()
    assert not book().label("claim").retired
    place.show_part("labels", "content")
    place.label_form.gone.click()
    assert place.drafting.draft.part("labels", "content") is None
    assert place.label_form.title.text() == "Source"
    save()
    assert all(each.id != "content" for each in book().labels)


def test_a_merge_says_what_it_will_do_and_is_one_step(place, window, menu_of, book, press):
    rain = window.session.project.articles()[1].id
    claim = window.session.project.annotations(rain, "Ana")[0]
    window.session.project.annotate(rain, "content", claim.span, annotator="Ana")
    window.session.project.annotate(rain, "content", [(0, 4)], annotator="Ben")
    place.show_part("labels", "content")
    assert place.label_form.count.text() == "1 annotation of yours"
    menu_of(place.label_form.merge.menu, "Claim").trigger()
    words = place.label_form.merge.words.text()
    assert words.startswith("1 annotation of yours and some of others labelled content become claim, and content is")
    assert "1 annotation of yours falls together with the same words labelled claim by the same annotator." in words
    place.label_form.merge.do.click()
    assert window.session.project.uses() == {"claim": 2}
    assert book().label("content").retired
    place.parts.list.setFocus()
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.project.uses() == {"claim": 1, "content": 2}
    assert not book().label("content").retired


def test_a_merge_keeps_what_is_not_saved(place, window, menu_of, write):
    place.show_part("labels", "source")
    write(place.label_form.name.line, "Speaker")
    place.show_part("labels", "content")
    menu_of(place.label_form.merge.menu, "Claim").trigger()
    place.label_form.merge.do.click()
    assert place.drafting.draft.part("labels", "source").name == "Speaker"
    assert place.drafting.draft.part("labels", "content").retired
    assert place.drafting.revision == 2


def test_parts_are_put_in_another_order_by_keys(place, press, save, book):
    press((Qt.Key.Key_Down, CTRL | SHIFT), (Qt.Key.Key_Down, CTRL | SHIFT))
    assert shown(place)[2:5] == ["Denial", "Attribution", "Claim"]
    save()
    assert [each.id for each in book().labels][:3] == ["denial", "attribution", "claim"]


def test_an_attribute_is_made_by_keys_alone(place, press, qtbot, save, book):
    press((Qt.Key.Key_T, CTRL))
    attribute = form(place)
    qtbot.keyClicks(attribute.name.line, "Tone")
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert attribute.labels.buttons["denial"].hasFocus()
    press(Qt.Key.Key_Space)
    attribute.values.add_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.keyClicks(attribute.values.rows[0].name, "calm")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(attribute.values.rows[1].name, "calm")
    assert "Another value is called calm too." in attribute.values.rows[1].fault.text()
    qtbot.keyClicks(attribute.values.rows[1].name, "er")
    assert not attribute.values.rows[1].fault.isVisible()
    attribute.default.box.setFocus()
    press(Qt.Key.Key_Down)
    attribute.required.box.click()
    save()
    made = next(each for each in book().attributes if each.id == "tone")
    assert made.labels == ("claim", "denial")
    assert [(each.id, each.name, each.key) for each in made.values] == [
        ("calm", "calm", "1"),
        ("calmer", "calmer", "2"),
    ]
    assert (made.default, made.required) == ("calm", True)


def test_a_role_and_a_relation_are_changed(place, save, book, qtbot):
    place.show_part("roles", "source")
    role = form(place)
    qtbot.mouseClick(role.labels.buttons["content"], Qt.MouseButton.LeftButton)
    role.minimum.box.setCurrentIndex(role.minimum.box.findData(2))
    role.minimum.box.activated.emit(role.minimum.box.currentIndex())
    role.maximum.box.setCurrentIndex(role.maximum.box.findData(1))
    role.maximum.box.activated.emit(role.maximum.box.currentIndex())
    assert role.maximum.fault.text() == "At most 1 is less than at least 2."
    role.maximum.box.setCurrentIndex(role.maximum.box.findData(0))
    role.maximum.box.activated.emit(role.maximum.box.currentIndex())
    place.show_part("relations", "supports")
    relation = form(place)
    relation.across.box.click()
    qtbot.mouseClick(relation.targets.buttons["denial"], Qt.MouseButton.LeftButton)
    save()
    made = next(each for each in book().roles if each.id == "source")
    assert (made.labels, made.minimum, made.maximum) == (("source", "content"), 2, 0)
    made = book().link_kind("supports")
    assert (made.across, made.targets) == (False, ("claim", "denial"))


def test_a_borderline_case_gets_the_next_free_id(place, press, qtbot, save, book):
    last = book().clauses[-1].id
    place.show_part("clauses", last)
    form(place).gone.click()
    press((Qt.Key.Key_B, CTRL))
    qtbot.keyClicks(form(place).text.words, "A riddle is a question.")
    save()
    assert book().clauses[-1].id == f"B{int(last[1:]) + 1}"
    assert book().clauses[-1].text == "A riddle is a question."


def test_what_is_set_on_annotations_is_taken_off_only_when_asked(place, window, book, save):
    project = window.session.project
    claim = project.annotations(project.articles()[1].id, "Ana")[0]
    project.set_attributes(claim.id, [("kind", "number")])
    place.show_part("attributes", "kind")
    form(place).gone.click()
    save()
    assert "“kind” is “number” on 1 annotation" in place.save_bar.words.text()
    assert place.save_bar.anyway.isVisible()
    place.save_bar.anyway.click()
    assert book().revision == 2
    assert project.annotation(claim.id).attributes == ()
    window.session.undo()
    assert project.annotation(claim.id).attributes == (("kind", "number"),)


def test_leaving_the_place_keeps_the_draft_and_so_does_closing_the_window(make_window, study, qtbot):
    first = make_window(study)
    first.places.go("codebook")
    line = first.editing.place.label_form.name.line
    line.selectAll()
    qtbot.keyClicks(line, "Statement")
    first.places.go("label")
    first.places.go("codebook")
    assert line.text() == "Statement"
    first.close()
    second = make_window(study)
    second.places.go("codebook")
    place = second.editing.place
    assert place.label_form.name.line.text() == "Statement"
    assert place.save_bar.words.text().startswith("From last time: 1 change is not saved yet.")
    assert second.session.project.codebook.label("claim").name == "Claim"
    place.save_bar.save.click()
    assert second.session.project.codebook.label("claim").name == "Statement"
    second.close()
    third = make_window(study)
    assert not third.drafting.is_changed


def test_a_kept_draft_goes_on_from_a_newer_revision(make_window, study):
    first = make_window(study)
    first.places.go("codebook")
    first.editing.place.label_form.name.edited.emit("Statement")
    first.close()
    with Project.open(study) as project:
        book = project.codebook
        labels = tuple(replace(each, key="K") if each.id == "claim" else each for each in book.labels)
        project.save_codebook(replace(book, labels=labels), "Elsewhere")
    second = make_window(study)
    claim = second.drafting.draft.part("labels", "claim")
    assert (claim.name, claim.key) == ("Statement", "K")


def test_a_project_for_reading_only_is_shown_without_editing(make_window, study, qtbot):
    window = make_window()
    assert window.projects.open(study, read_only=True)
    window.places.go("codebook")
    place = window.editing.place
    for line in place.label_form.findChildren(QLineEdit):
        assert line.isReadOnly()
    qtbot.keyClicks(place.label_form.name.line, "x")
    qtbot.keyClick(place.label_form.key.line, Qt.Key.Key_K)
    assert place.label_form.name.line.text() == "Claim"
    assert not place.label_form.retire.isVisible()
    assert not place.parts.add_button.isVisible()
    window.actions_["codebook.add_label"].trigger()
    assert not place.drafting.is_changed


@pytest.mark.parametrize("group", ["", "labels", "attributes", "roles", "relations", "clauses"])
def test_everything_one_can_reach_has_a_name(place, group):
    part = place.drafting.draft.group(group)[0].id if group else ""
    place.show_part(group, part)
    page = form(place)
    stops, widget = [], page.fields[0].core
    while widget is not None and page.isAncestorOf(widget) and widget not in stops:
        stops.append(widget)
        widget = following(widget)
    for stop in stops:
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisibleTo(page) and stop.isEnabled():
            assert stop.accessibleName() or getattr(stop, "text", str)(), stop


def test_the_place_fits_a_small_window_and_both_faces(window, place, looks):
    window.resize(1024, 600)
    for scheme in ("dark", "light"):
        looks.set_scheme(scheme)
        for group in ("labels", "attributes", "roles", "relations", "clauses"):
            place.show_part(group, place.drafting.draft.group(group)[0].id)
            bar = form(place).horizontalScrollBar()
            assert bar.maximum() == 0
            assert not window.grab().isNull()


def test_undo_in_an_untouched_field_takes_back_the_last_change(place, press):
    place.label_form.bare.box.click()
    place.label_form.name.line.setFocus()
    press((Qt.Key.Key_Z, CTRL))
    assert not place.drafting.is_changed
    place.label_form.retire.click()
    place.label_form.description.words.setFocus()
    press((Qt.Key.Key_Z, CTRL))
    assert not place.drafting.is_changed


def test_tab_goes_through_the_form_from_top_to_bottom(place, press, qtbot):
    place.label_form.use_when.add_button.click()
    place.label_form.name.line.setFocus()
    heights = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        heights.append(focus.mapTo(place.label_form.widget(), focus.rect().topLeft()).y())
        press(Qt.Key.Key_Tab)
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]

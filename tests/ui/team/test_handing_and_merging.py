"""Copies go out and come back through the window: seen first, decided one by one, merged in one step."""

import shutil

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from annotator.model.article import State
from annotator.project import Project
from annotator.project.copies.plan import Fate
from annotator.ui.team.item_model import BELOW_ROLE
from annotator.ui.team.merge_model import COLUMNS

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(make_window, planned):
    """The window of a project in which everything is assigned doubly."""
    return make_window(planned)


@pytest.fixture
def hand_out(place, choices, tmp_path, qtbot, settled):
    """A function that hands out copies by key, and returns them by annotator."""

    def do(folder="out"):
        choices.path = tmp_path / folder
        qtbot.keyClick(place, Qt.Key.Key_D, CTRL)
        qtbot.waitUntil(lambda: not place.handing.job.is_busy)
        settled(place)
        return {each.stem.rpartition(" - ")[2]: each for each in sorted(choices.path.glob("*.annotator"))}

    return do


@pytest.fixture
def merge(place, choices, press, qtbot):
    """A function that chooses copies by key and waits until they were looked at."""

    def do(*paths):
        choices.paths = list(paths)
        press((Qt.Key.Key_B, CTRL), widget=place)
        qtbot.waitUntil(lambda: not place.merge.job.is_busy)
        return place.merge

    return do


def label(copy, words, kind="denial", who="Ben"):
    """Label words in a copy, and return the label."""
    with Project.open(copy) as project:
        for head in project.articles():
            start = project.article(head.id).text.find(words)
            if start >= 0:
                return project.annotate(head.id, kind, [(start, start + len(words))], annotator=who)
    raise AssertionError(words)


def ended(page):
    """Wait until what is being merged is in the project, or is not."""
    loop = QEventLoop()
    for end in (page.commit.done, page.commit.failed, page.commit.stopped):
        end.connect(lambda *_told: loop.quit())
    if page.commit.is_busy:
        loop.exec()


def drop(place, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    place.dropEvent(event)


def test_a_copy_for_each_who_is_checked_in_one_step(window, place, hand_out, press):
    press((Qt.Key.Key_2, ALT), widget=place)
    assert place.handing.go.text() == "Hand out 2 copies…"
    place.handing.table.setCurrentIndex(place.handing.model.index(0, 0))
    press(Qt.Key.Key_Space, widget=place.handing.table)
    assert place.handing.go.text() == "Hand out 1 copy…"
    assert list(hand_out("ben")) == ["Ben"]
    press(Qt.Key.Key_Space, widget=place.handing.table)
    before = window.session.project.steps(1)[0].number
    made = hand_out("both")
    assert sorted(made) == ["Ana", "Ben"]
    assert window.session.project.steps(1)[0].number == before + 1
    assert window.status.last.startswith("Handed out 2 copies")
    assert "study - Ben.annotator" in place.handing.report.text()
    with Project.open(made["Ben"], read_only=True) as copy:
        assert [each.name for each in copy.annotators()] == ["Ben"]
        assert copy.annotations() == []
    assert "never" not in [place.handing.model.index(row, 3).data() for row in range(2)]


def test_what_cannot_be_handed_out_is_said_and_nothing_is_left(window, place, hand_out, choices):
    hand_out()
    steps = window.session.project.steps(1)[0].number
    hand_out()
    assert "already" in place.handing.report.text() or "there is" in place.handing.report.text().lower()
    assert window.session.project.steps(1)[0].number == steps
    assert len(list(choices.path.iterdir())) == 2


def test_without_a_plan_the_key_that_hands_out_leads_to_it(make_window, study, press, at_team):
    window = make_window(study)
    press((Qt.Key.Key_2, ALT), widget=at_team(window))
    press((Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier))
    assert window.status.last == "Plan who labels what first (Ctrl+R)"


def test_cancelling_leaves_no_copy(window, place, choices, tmp_path, qtbot):
    choices.path = tmp_path / "out"
    steps = window.session.project.steps(1)[0].number
    qtbot.keyClick(place, Qt.Key.Key_D, CTRL)
    place.handing.progress.cancel.click()
    qtbot.waitUntil(lambda: not place.handing.job.is_busy)
    assert not list((tmp_path / "out").glob("*"))
    assert "No copy was left" in place.handing.report.text()
    assert window.session.project.steps(1)[0].number == steps


def test_copies_come_back_in_one_step_and_merging_twice_adds_nothing(window, place, hand_out, merge, press):
    window.session.open_others(opened=True)
    made = hand_out()
    done = label(made["Ben"], "the report was false")
    with Project.open(made["Ben"]) as copy:
        copy.set_state(done.article, "Ben", State.DONE)
        copy.ask(copy.articles()[0].id, "Is this one?", annotator="Ben")
    page = merge(made["Ben"], made["Ana"])
    rows = {(row.file, row.annotator): row for row in page.model.rows}
    ben = rows["study - Ben.annotator", "Ben"]
    assert dict(zip(COLUMNS[2:8], ben.counts, strict=True))["New"] == 1
    assert ben.more == "1 state new, 1 note new"
    assert page.go.isEnabled()
    before = window.session.project.steps(1)[0].number
    press((Qt.Key.Key_Return, CTRL), widget=place)
    ended(page)
    assert window.session.project.steps(1)[0].number == before + 1
    assert window.status.last.startswith("Merged 2 files")
    assert "Ctrl+Z takes it back" in window.status.last
    assert "1 new label" in page.after.said()
    assert page.after.isVisible()
    assert len(window.session.project.annotations(annotator="Ben")) == 1
    page = merge(made["Ben"], made["Ana"])
    assert page.plan.is_empty
    assert "nothing new" in page.hint.text()
    page.discard()
    press((Qt.Key.Key_Z, CTRL), widget=place)
    assert window.session.project.annotations(annotator="Ben") == []


def test_damaged_foreign_and_newer_files_are_named_while_the_others_go_on(place, hand_out, merge, tmp_path, window):
    made = hand_out()
    label(made["Ben"], "the report was false")
    broken = tmp_path / "broken.annotator"
    broken.write_bytes(b"SQLite format 3\x00" + b"junk" * 500)
    with Project.create(tmp_path / "foreign") as other:
        foreign = other.path
    page = merge(broken, made["Ben"], foreign, tmp_path / "gone.annotator")
    refused = {row.file: row.words for row in page.model.rows if row.is_refused}
    assert sorted(refused) == ["broken.annotator", "foreign.annotator", "gone.annotator"]
    assert "another project" in refused["foreign.annotator"]
    assert all(refused.values())
    assert page.go.isEnabled()
    assert page.go.text() == "Merge 1 file"
    assert "3 files cannot be merged" in page.hint.text()
    page.merge()
    ended(page)
    assert len(window.session.project.annotations(annotator="Ben")) == 1


def test_only_such_files_cannot_be_merged(place, merge, tmp_path):
    broken = tmp_path / "broken.annotator"
    broken.write_bytes(b"junk" * 500)
    page = merge(broken)
    assert page.heading.text() == "None of these files can be merged"
    assert not page.go.isEnabled()


@pytest.fixture
def two_machines(hand_out, tmp_path):
    """Ben's copy, worked in on two machines: one label has two notes, another one only one."""
    made = hand_out()
    both = label(made["Ben"], "the report was false")
    label(made["Ben"], "rain would", "claim")
    second = tmp_path / "second.annotator"
    shutil.copy(made["Ben"], second)
    for path, note in ((made["Ben"], "sure"), (second, "not sure")):
        with Project.open(path) as copy:
            copy.set_note(both.id, note)
    return made["Ben"], second, both


def test_a_conflict_is_decided_by_a_digit(window, place, merge, two_machines, press):
    window.session.open_others(opened=True)
    first, second, both = two_machines
    page = merge(first, second)
    assert page.plan.count(Fate.CONFLICT) == 1
    assert not page.go.isEnabled()
    assert "1 conflict to decide" in page.hint.text()
    assert page.deciding.list.hasFocus()
    said = [button.accessibleName() for button in page.deciding.versions.buttons]
    assert "In the project" in said[0]
    assert any("Note: sure" in each and "Ben" in each for each in said)
    chosen = next(number for number, each in enumerate(said) if "Note: not sure" in each)
    press(getattr(Qt.Key, f"Key_{chosen}"))
    assert page.go.isEnabled()
    press((Qt.Key.Key_Return, CTRL), widget=place)
    ended(page)
    assert window.session.project.annotation(both.id).note == "not sure"


def test_a_rule_decides_what_nobody_decides(window, place, merge, two_machines):
    first, second, both = two_machines
    page = merge(first, second)
    for number in range(page.rule.count()):
        page.rule.setCurrentIndex(number)
        page.deciding.set_rule(page._rule())
        assert page.go.isEnabled() == (page.rule.itemData(number) is not None)
    page.rule.setCurrentIndex(3)
    page.deciding.set_rule(page._rule())
    page.merge()
    ended(page)
    assert window.session.project.annotation(both.id).note == "not sure"


def test_a_filter_leaves_the_things_with_these_words(window, hand_out, merge, qtbot):
    window.session.open_others(opened=True)
    made = hand_out()
    for words in ("the report was false", "declined to comment", "rain would"):
        label(made["Ben"], words)
    page = merge(made["Ben"])
    deciding = page.deciding
    deciding.show_group("rest")
    count = deciding.items.rowCount()
    qtbot.keyClick(deciding.list, Qt.Key.Key_F, CTRL)
    assert deciding.filtered.field.hasFocus()
    qtbot.keyClicks(deciding.filtered.field, "comment ben")
    assert [each.words for each in deciding.items.entries] == ["Denial “declined to comment”"]
    assert deciding.filtered.count.text() == "1 shown"
    assert "declined to comment" in deciding.versions.title.text()
    qtbot.keyClick(deciding.filtered.field, Qt.Key.Key_Return)
    qtbot.keyClick(deciding.list, Qt.Key.Key_0)
    assert len(deciding.choices) == 1, "what is left is decided as ever"
    qtbot.keyClicks(deciding.list, "zzz")
    assert deciding.items.rowCount() == 0
    assert deciding.versions.where.text() == "Nothing in this list has these words."
    qtbot.keyClick(deciding.filtered.field, Qt.Key.Key_Escape)
    assert deciding.items.rowCount() == count
    qtbot.keyClick(deciding.list, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(deciding.filtered.field, "rain")
    page.discard()
    merge(made["Ben"])
    assert not deciding.filtered.field.isVisible(), "other copies are shown whole"
    deciding.show_group("rest")
    assert deciding.items.rowCount() == count


def test_what_others_labelled_stays_hidden_until_it_is_opened_and_the_choices_are_kept(
    window, place, merge, two_machines, qtbot
):
    page = merge(*two_machines[:2])
    assert page.deciding.list.model().index(0).data() == "Labels or notes of others"
    assert page.deciding.list.model().rowCount() == 1, "how many there are is not told"
    assert page.deciding.groups["conflicts"].text() == "Conflicts, hidden"
    assert "labels of others" in page.hint.text()
    assert "Ben: something new or changed, hidden" in page.model.rows[0].words
    assert not [each for each in (page.heading.text(), page.hint.text()) if "1 conflict" in each or "new" in each]
    assert "hidden" in page.deciding.versions.why.text()
    assert page.deciding.versions.buttons == []
    page.deciding.choose_version(1)
    assert page.deciding.choices == {}, "what is not seen is not chosen"
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, BELOW_ROLE)
    assert not [role for role in roles if "false" in str(page.deciding.list.model().index(0).data(role))]
    page.deciding.show_group("rest")
    assert page.deciding.items.rowCount() == 1
    words = [page.deciding.items.index(row).data() for row in range(page.deciding.items.rowCount())]
    assert "rain would" not in str(words)
    place.others.click()
    qtbot.waitUntil(lambda: not page.job.is_busy and not page._is_stale)
    page.deciding.show_group("conflicts")
    assert "the report was false" in page.deciding.list.model().index(0).data()
    page.deciding.choose_version(1)
    window.session.project.ensure_annotator("Cem")
    qtbot.waitUntil(lambda: not page.job.is_busy and not page._is_stale)
    assert list(page.deciding.choices.values()) == [1]
    page.merge()
    ended(page)
    assert len(window.session.project.annotations(annotator="Ben")) == 2


def test_one_thing_of_a_copy_can_be_declined(window, place, hand_out, merge, press):
    made = hand_out()
    label(made["Ana"], "the report was false", who="Ana")
    label(made["Ana"], "declined to comment", who="Ana")
    page = merge(made["Ana"])
    row = next(
        row
        for row in range(page.deciding.items.rowCount())
        if "the report was false" in page.deciding.items.index(row).data()
    )
    page.deciding.list.show_row(row)
    assert [button.text().split()[0] for button in page.deciding.versions.buttons] == ["Leave", "Add"]
    assert page.deciding.versions.buttons[1].isChecked()
    press(Qt.Key.Key_0, widget=page.deciding.list)
    press((Qt.Key.Key_Return, CTRL), widget=place)
    ended(page)
    leak = window.session.heads[0].id
    text = window.session.project.article(leak).text
    assert [each.span.covered(text) for each in window.session.project.annotations(leak)] == [("declined to comment",)]


def test_copies_and_folders_of_copies_can_be_dropped(place, hand_out, qtbot):
    made = hand_out()
    drop(place, made["Ben"].parent)
    qtbot.waitUntil(lambda: not place.merge.job.is_busy)
    assert sorted(file.path.name for file in place.merge.plan.files) == [
        "study - Ana.annotator",
        "study - Ben.annotator",
    ]
    assert place.tabs["merge"].isChecked()


def test_looking_can_be_cancelled(place, hand_out, choices, qtbot, window):
    choices.paths = list(hand_out().values())
    qtbot.keyClick(place, Qt.Key.Key_B, CTRL)
    place.merge.progress.cancel.click()
    qtbot.waitUntil(lambda: not place.merge.job.is_busy)
    assert place.merge.plan is None
    assert "Nothing was merged" in window.status.last


def test_the_window_closes_while_work_is_under_way(window, place, hand_out, choices, press):
    choices.paths = list(hand_out().values())
    press((Qt.Key.Key_B, CTRL), widget=place)
    window.close()
    assert window.session is None


def test_merging_can_be_cancelled_and_leaves_the_project_as_it_was(window, place, hand_out, merge):
    made = hand_out()
    label(made["Ben"], "the report was false")
    page = merge(made["Ben"])
    before = window.session.project.steps(1)[0]
    page.merge()
    assert window.session.project.is_lent
    place.merge.progress.cancel.click()
    ended(page)
    assert not window.session.project.is_lent
    assert window.session.project.steps(1)[0] == before
    assert "Nothing was merged" in window.status.last
    assert page.go.isEnabled()
    page.merge()
    ended(page)
    assert len(window.session.project.annotations(annotator="Ben")) == 1


def test_nothing_is_read_from_a_file_that_is_being_written(window, place, merge, hand_out, settled):
    made = hand_out()
    project = window.session.project
    project.lend()
    page = merge(*made.values())
    assert page.plan is None
    assert "just now" in window.banner.words + window.status.last
    place._touch()
    assert place._is_stale
    assert not place._job.is_busy
    project.take_back()
    project.ensure_annotator("Cem")
    settled(place)
    assert [each.name for each in place.plan.people.people] == ["Ana", "Ben", "Cem"]


def test_the_window_closes_while_copies_are_merged(window, place, hand_out, merge):
    made = hand_out()
    label(made["Ben"], "the report was false")
    page = merge(made["Ben"])
    page.merge()
    path = window.session.project.path
    window.close()
    with Project.open(path) as project:
        assert project.check() == []
        assert len(project.annotations(annotator="Ben")) in {0, 1}, "whole, or not at all"


def test_a_merge_is_undone_by_one_click(window, place, hand_out, merge, qtbot):
    made = hand_out()
    label(made["Ben"], "the report was false")
    page = merge(made["Ben"])
    page.merge()
    ended(page)
    button = next(each for each in page.after.findChildren(QPushButton) if each.text().startswith("Undo"))
    assert "Merge study - Ben.annotator" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.project.annotations(annotator="Ben") == []
    assert page.nothing.isVisible()

"""The place Agreement, with real keys and a real mouse: figures, the passages behind them, stale, saving."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from annotator.model.article import State as ArticleState
from annotator.project import Project, kept_review
from annotator.project.measuring import summaries, summarised
from annotator.project.report_html import as_html
from annotator.project.report_words import number
from annotator.project.request import Request
from annotator.project.wanted import Wanted
from annotator.ui.agreement import measure
from annotator.ui.agreement.apart import boxes
from annotator.ui.agreement.standing import State

CTRL = Qt.KeyboardModifier.ControlModifier


def page(place, name):
    found = next(each for each in place.subjects if each.subject.name == name)
    place.tabs.setCurrentWidget(found)
    QApplication.processEvents()
    return found


def cell(table, row, title):
    """Return the index of the cell in the row whose first cell says `row`, under a heading."""
    model = table.model_
    column = [each.title for each in model.table.columns].index(title)
    number_ = next(at for at, each in enumerate(model.rows) if each.cells[0].text == row)
    return model.index(number_, column)


def click(qtbot, table, index):
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def test_the_summary_says_the_report_s_own_figures(place, study):
    with Project.open(study, read_only=True) as project:
        report = project.agreement()
    (alpha,) = report.find("krippendorff_alpha_jaccard", annotators=("Ana", "Ben", "Cem"))
    assert place.summary.cards[0].value.text() == number(alpha.value)
    assert place.summary.cards[0].interval.text() == "no interval"
    assert alpha.note == place.summary.cards[0].interval.toolTip()
    assert place.findings.report.figures == report.figures
    assert place.standing.state is State.FRESH


def test_an_interval_that_is_still_drawn_says_so(place):
    early, _ = summaries(place.findings.material)
    value = place.summary.cards[0].value.text()
    place.show_kept(early)
    assert [card.interval.text() for card in place.summary.cards] == ["95%: computing…"] * 3
    assert place.summary.cards[0].value.text() == value
    place.show_kept(summarised(place.findings.material))
    assert [card.interval.text() for card in place.summary.cards] == ["no interval"] * 3


def test_where_there_is_little_room_the_figures_scroll_and_no_line_is_lost(place, window, press):
    window.resize(1280, 480)
    QApplication.processEvents()
    sentence = place.summary.sentence
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    for card in place.summary.cards:
        assert card.meaning.height() >= card.meaning.heightForWidth(card.meaning.width())
    bar = place.figures.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    press((Qt.Key.Key_PageDown, CTRL))
    assert place.page().subject.name == "Confusion"
    assert bar.value() > 0  # the subject that was asked for is seen


def test_the_focus_is_on_the_bar_and_its_passages_are_one_key_away(place, press, settled):
    assert place.apart.bar.hasFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    settled(place)
    assert {each.kind for each in place.passages.model.disputes} == {"boundary"}
    shown = place.passages.current()
    assert "that" in place.passages.view.article.text[slice(*shown.fragments[0])]


def test_a_click_on_a_part_of_the_bar_opens_its_passages(place, qtbot, settled):
    bar = place.apart.bar
    missed = boxes(bar.parts, bar.width())[0].center().toPoint()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=missed)
    settled(place)
    assert place.passages.model.rowCount() == 1
    found = place.passages.current()
    text = place.passages.view.article.text
    assert text[slice(*found.fragments[0])] == "she was told in March"
    assert place.passages.told.text() == "Ana and Cem have Claim here, Ben has nothing."
    assert place.passages.heading.text() == "Missed"


def test_the_worst_passages_are_one_key_away_and_arrows_walk_on(place, press, settled):
    press(Qt.Key.Key_W)
    settled(place)
    assert place.passages.view.hasFocus()
    lost = {
        (each.label, kind): getattr(each, kind)
        for each in place.findings.report.classes
        if each.label
        for kind in ("missed", "boundary", "category")
    }
    shown = {(each.label, each.kind) for each in place.passages.model.disputes}
    assert len(shown) == 1
    assert lost[shown.pop()] == max(lost.values()) > 0


def test_arrows_go_round_the_passages_and_the_passage_keeps_its_height(place, press, settled):
    place.passages.show_wanted(Wanted())
    settled(place)
    place.passages.view.setFocus()
    count = place.passages.model.rowCount()
    assert count > 2
    seen, heights = [], []
    for _ in range(count):
        found = place.passages.current()
        seen.append(found)
        heights.append(place.passages.view.height_of(found.fragments[0][0]))
        press(Qt.Key.Key_Right)
    assert seen == list(place.passages.model.disputes)
    assert place.passages.current() == seen[0], "after the last comes the first"
    assert max(heights) - min(heights) <= 1
    press(Qt.Key.Key_N)
    assert place.passages.current() == seen[1]
    press(Qt.Key.Key_P, Qt.Key.Key_Up)
    assert place.passages.current() == seen[-1]


def test_everybody_s_labels_stand_below_the_words(place, press, settled):
    press(Qt.Key.Key_W)
    settled(place)
    versions = place.passages.view.scene.versions
    assert [each.name for each in versions] == ["Ana", "Ben", "Cem"]
    assert [each.tag for each in versions] == ["A", "B", "C"]


def test_who_has_not_finished_has_no_lane(place, window, press, settled):
    project = window.session.project
    one = project.articles()[0].id
    project.set_state(one, "Cem", ArticleState.IN_PROGRESS)
    press(Qt.Key.Key_F5)
    settled(place)
    place.passages.show_wanted(Wanted(articles=frozenset({one})))
    settled(place)
    assert [each.name for each in place.passages.view.scene.versions] == ["Ana", "Ben"]
    assert place.passages.told.text() == "These words belong to Claim for Ben, and not for Ana."


def test_return_opens_the_passage_where_one_labels(place, window, press, settled):
    press(Qt.Key.Key_W)
    settled(place)
    found = place.passages.current()
    press(Qt.Key.Key_Return)
    assert window.places.current == "label"
    assert window.session.article.id == found.article


def test_a_row_of_labels_and_a_cell_of_it_open_their_passages(place, qtbot, settled):
    table = page(place, "Labels").table
    click(qtbot, table, cell(table, "Claim", "Label"))
    settled(place)
    assert {each.label for each in place.passages.model.disputes} == {"claim"}
    click(qtbot, table, cell(table, "Claim", "Missed"))
    settled(place)
    assert {(each.label, each.kind) for each in place.passages.model.disputes} == {("claim", "missed")}


def test_labels_are_sorted_by_what_is_lost_and_by_any_heading(place, qtbot):
    table = page(place, "Labels").table
    assert table.model_.rows[0].cells[0].text == "Claim"
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    names = [row.cells[0].text for row in table.model_.rows]
    assert names == sorted(names)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [row.cells[0].text for row in table.model_.rows] == sorted(names, reverse=True)


def test_what_is_undefined_says_why_and_comes_last(place, qtbot):
    table = page(place, "Labels").table
    rows = {row.cells[0].text: row.cells for row in table.model_.rows}
    undefined = rows["Source"][2]
    assert (undefined.text, undefined.by) == ("undefined", None)
    assert undefined.tip == "Only one value was observed." or undefined.tip.endswith(".")
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert table.model_.rows[-1].cells[2].by is None


def test_a_table_is_copied_for_a_spreadsheet(place, press):
    table = page(place, "Labels").table
    table.setFocus()
    press((Qt.Key.Key_C, CTRL))
    lines = QGuiApplication.clipboard().text().splitlines()
    head = lines[0].split("\t")
    assert head[:5] == ["Label", "Lost", "α", "α low", "α high"]
    assert all(len(line.split("\t")) == len(head) for line in lines)
    claim = next(line for line in lines if line.startswith("Claim")).split("\t")
    (alpha,) = place.findings.report.find(
        "krippendorff_alpha", label="claim", annotators=place.findings.report.annotators
    )
    assert float(claim[2]) == alpha.value


def test_rows_are_filtered_by_words(place, qtbot):
    everything = page(place, "All figures")
    qtbot.keyClicks(everything.filter, "cohen ana cem")
    names = {row.cells[0].text for row in everything.table.model_.rows}
    people = {row.cells[2].text for row in everything.table.model_.rows}
    assert (names, people) == ({"Cohen’s κ"}, {"Ana, Cem"})


def test_the_tolerance_moves_the_shares_at_once_and_then_the_report(place, qtbot, settled):
    before = {each.kind: each.share for each in place.apart.bar.parts}
    assert before["boundary"] > 0
    place.apart.slider.setFocus()
    qtbot.keyClick(place.apart.slider, Qt.Key.Key_Right)
    after = {each.kind: each.share for each in place.apart.bar.parts}
    assert after["boundary"] == 0, "the only edge is a word apart"
    assert after["missed"] > before["missed"]
    assert place.apart.words.text() == "Edges that are 1 word apart are forgiven"
    settled(place)
    report = place.findings.report
    assert report.request.tolerance == 1
    assert sum(after.values()) == pytest.approx(1)
    total = report.classes[0]
    assert after["missed"] == pytest.approx(total.missed / total.points)


def test_in_a_large_project_the_words_are_read_when_a_tolerance_is_asked_for(place, press, settled, monkeypatch):
    monkeypatch.setattr(measure, "SOON", 2)
    press(Qt.Key.Key_F5)
    settled(place)
    assert place.findings.worded is None
    press(Qt.Key.Key_BracketRight)
    settled(place)
    assert place.findings.report.request.tolerance == 1
    assert {each.kind: each.share for each in place.apart.bar.parts}["boundary"] < 0.1
    press(Qt.Key.Key_BracketLeft)
    settled(place)
    assert place.findings.report.request.tolerance == 0


def test_pairs_are_a_heat_map_whose_cells_open_their_passages(place, qtbot, settled):
    plot = page(place, "Pairs").plots[0]
    plot.grab()
    ana, ben, cem = place.findings.material.request.annotators
    assert {each.key.people for each in plot.targets} == {(ana, ben), (ana, cem), (ben, cem)}
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(Wanted(people=(ana, ben))).toPoint())
    settled(place)
    assert place.passages.heading.text() == "Ana and Ben"
    found = [(each.label, each.kind) for each in place.passages.model.disputes]
    assert found == [("claim", "boundary"), ("claim", "missed"), ("claim", "category"), ("denial", "category")]
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(Wanted(people=(ana, cem))).toPoint())
    settled(place)
    assert place.passages.empty.said().startswith("No passages")


def test_a_heat_map_is_walked_with_the_arrow_keys(place, press, settled):
    plot = page(place, "Pairs").plots[0]
    plot.grab()
    plot.setFocus()
    press(Qt.Key.Key_Down)
    first = plot.current
    press(Qt.Key.Key_Down)
    assert plot.current != first
    press(Qt.Key.Key_Return)
    settled(place)
    assert set(place.passages._wanted.people) == set(plot.current.key.people)


def test_a_plot_has_larger_words_where_the_window_has(place, qtbot, settled):
    plot = page(place, "Pairs").plots[0]
    plot.grab()
    before = plot.larger
    face = QFont(plot.font())
    face.setPixelSize(26)
    plot.setFont(face)
    assert plot.larger == 2.0 > before
    plot.grab()
    key = plot.targets[0].key
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(key).toPoint())
    settled(place)
    assert place.passages.wanted == key


def test_confusion_names_what_the_other_one_has(place, qtbot, settled):
    plot = page(place, "Confusion").plots[0]
    plot.grab()
    key = Wanted(label="claim", kind="category", instead="denial")
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(key).toPoint())
    settled(place)
    found = place.passages.current()
    assert (found.label, found.instead) == ("claim", ("denial",))
    assert place.passages.told.text() == "Ana and Cem have Claim, Ben has Denial."


def test_who_misses_most_ranks_last_and_the_misses_are_a_click_away(place, qtbot, settled):
    table = page(place, "People").table
    names = [row.cells[0].text for row in table.model_.rows]
    assert names[-1] == "Ben"
    click(qtbot, table, cell(table, "Ben", "Recall"))
    settled(place)
    assert [each.kind for each in place.passages.model.disputes] == ["missed"]


def test_every_subject_can_be_shown_as_table_and_plot_by_key(place, press):
    for subject in place.subjects:
        page(place, subject.subject.name)
        for _ in range(subject.views.count()):
            press(Qt.Key.Key_V)
            assert not place.tabs.grab().isNull()
    shown = place.tabs.currentIndex()
    press((Qt.Key.Key_PageDown, CTRL))
    assert place.tabs.currentIndex() == (shown + 1) % place.tabs.count()


def test_a_change_makes_the_figures_stale_and_a_key_renews_them(place, window, press, settled):
    before = place.findings.report
    article = window.session.project.articles()[0].id
    window.session.project.set_state(article, "Ben", ArticleState.IN_PROGRESS)
    assert place.standing.state is State.STALE
    assert place.standing.renew.isVisible()
    assert "F5" in place.standing.renew.text()
    assert place.findings.report is before
    press(Qt.Key.Key_F5)
    assert place.standing.state is State.BUSY
    settled(place)
    assert place.standing.state is State.FRESH
    assert place.findings.report.revision == window.session.project.agreement(Request(replicates=0)).revision
    assert place.findings.report.exclusions != before.exclusions


def test_what_changed_elsewhere_is_seen_on_coming_back(place, window, press):
    press((Qt.Key.Key_1, CTRL))
    article = window.session.project.articles()[0].id
    window.session.project.set_state(article, "Ben", ArticleState.IN_PROGRESS)
    press((Qt.Key.Key_4, CTRL))
    assert place.standing.state is State.STALE


def test_computing_can_be_stopped_and_what_was_found_stays(place, press):
    before = place.findings
    press(Qt.Key.Key_F5, Qt.Key.Key_Escape)
    assert place.standing.state is State.STOPPED
    assert not place.measurer.is_busy
    assert place.findings is before


def test_a_choice_of_labels_and_people_is_computed_at_once(place, qtbot, settled):
    menu = place.choices._label_menu
    for action in menu.actions():
        if action.isCheckable() and action.data() != "attribution":
            action.setChecked(False)
    menu.aboutToHide.emit()
    settled(place)
    assert place.findings.report.labels == (("attribution", "Attribution"),)
    assert place.choices.labels.text() == "Attribution"
    assert place.summary.cards[0].value.text() == "1.00"
    assert {each.share for each in place.apart.bar.parts} == {0.0}


def test_one_annotator_alone_cannot_be_chosen(place, window):
    said = []
    window.session.failed.connect(said.append)
    menu = place.choices._people_menu
    for action in [each for each in menu.actions() if each.isCheckable()][1:]:
        action.setChecked(False)
    menu.aboutToHide.emit()
    assert said == ["Agreement needs two annotators at least, so everybody is compared."]
    assert place.choices.people.text() == "Everybody"


def test_articles_are_chosen_by_words_of_their_titles(place, qtbot, settled):
    qtbot.mouseClick(place.choices.articles, Qt.MouseButton.LeftButton)
    box = place.choices.box
    qtbot.keyClicks(box.words, "forecasters")
    qtbot.keyClick(box.words, Qt.Key.Key_Return)
    assert not box.isVisible()
    settled(place)
    assert place.findings.report.articles == 1
    assert place.choices.articles.text() == "“forecasters”"


def test_words_that_no_title_has_leave_the_choice_as_it_was(place, qtbot, settled):
    said = []
    place._session.failed.connect(said.append)
    qtbot.mouseClick(place.choices.articles, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(place.choices.box.words, "zebra")
    qtbot.keyClick(place.choices.box.words, Qt.Key.Key_Return)
    settled(place)
    assert said == ["No article fits “zebra”. Choose other articles. The choice stays as it was."]
    assert place.choices.articles.text() == "All articles"
    assert place.findings.report.articles == 3


def test_only_articles_that_all_have_finished(place, window, qtbot, settled):
    project = window.session.project
    ids = [head.id for head in project.articles()]
    project.set_state(ids[0], "Cem", ArticleState.IN_PROGRESS)
    qtbot.mouseClick(place.choices.articles, Qt.MouseButton.LeftButton)
    place.choices.box.by_all.click()
    qtbot.mouseClick(place.choices.box.use, Qt.MouseButton.LeftButton)
    settled(place)
    assert place.findings.report.articles == 2
    assert place.choices.articles.text() == "finished by all"
    for each in ids[1:]:
        project.set_state(each, "Cem", ArticleState.IN_PROGRESS)
    assert place.standing.state is State.STALE
    qtbot.mouseClick(place.standing.renew, Qt.MouseButton.LeftButton)
    settled(place)
    assert place.body.currentWidget() is place.nothing, "no article is not every article"
    assert "No article fits" in place.nothing.said()


def test_a_date_that_is_none_is_refused(place, qtbot):
    qtbot.mouseClick(place.choices.articles, Qt.MouseButton.LeftButton)
    box = place.choices.box
    qtbot.keyClicks(box.since, "March")
    qtbot.keyClick(box.since, Qt.Key.Key_Return)
    assert box.isVisible()
    assert box.problem.text() == "Write dates as 2010, 2010-03 or 2010-03-19."
    box.hide()


@pytest.mark.parametrize("ending", ["html", "md", "tex", "csv", "json"])
def test_the_report_is_saved_with_the_window_s_figures(place, press, choices, settled, ending):
    choices.path = choices.folder_ / f"report.{ending}"
    press((Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier))
    settled(place)
    written = choices.path.read_text("utf-8")
    report = place.findings.report
    (alpha,) = report.find("krippendorff_alpha_jaccard", annotators=report.annotators)
    if ending == "html":
        assert written == as_html(report)
    elif ending == "json":
        assert json.loads(written)["figures"] == [each.to_dict() for each in report.figures]
    else:
        assert (str(alpha.value) if ending == "csv" else place.summary.cards[0].value.text()) in written


def test_another_ending_is_refused_with_a_sentence(place, press, choices, settled):
    said = []
    place._session.failed.connect(said.append)
    choices.path = choices.folder_ / "report.docx"
    press((Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier))
    settled(place)
    assert said == ["A report is saved as .html, .md, .tex, .csv, .json; “report.docx” ends otherwise."]
    assert not choices.path.exists()


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_plots_and_the_bar_are_saved_in_three_forms(place, press, choices, tmp_path, ending):
    page(place, "Pairs")
    starts = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}
    for key, modifiers, name in (
        (Qt.Key.Key_S, CTRL, "plot"),
        (Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier, "bar"),
    ):
        choices.path = tmp_path / f"{name}.{ending}"
        press((key, modifiers))
        assert choices.path.read_bytes().startswith(starts[ending])
        if ending == "png":
            assert QImage(str(choices.path)).pixelColor(3, 3).name() == place._paints.theme.page


def test_a_saved_bar_says_what_the_shown_one_says(place, press, choices, tmp_path):
    choices.path = tmp_path / "bar.svg"
    press((Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier))
    written = choices.path.read_text("utf-8")
    for part in place.apart.bar.parts:
        assert f"{part.name} {part.share:.1%}" in written


def test_passages_are_copied_from_where_they_stand(place, press, settled):
    place.passages.show_wanted(Wanted(kind="missed"), focus=True)
    settled(place)
    press((Qt.Key.Key_C, CTRL))
    head, line = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t") == ["Article", "Label", "What", "Has it", "Has it not", "Words"]
    assert line.split("\t")[1:] == ["Claim", "Missed", "Ana and Cem", "Ben", "she was told in March"]


def test_return_in_the_list_opens_the_passage_too(place, window, press, settled):
    place.passages.show_wanted(Wanted(kind="missed"))
    settled(place)
    place.passages.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert window.places.current == "label"


def test_passages_are_read_in_the_size_and_face_of_articles(place, press):
    before = place.passages.view.scene.sheet.size
    press((Qt.Key.Key_Plus, CTRL), Qt.Key.Key_F7, (Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier))
    assert place.passages.view.scene.sheet.size > before
    assert place.passages.view.scene.sheet.font.families()[0] == "Source Sans 3"


def test_gamma_is_computed_when_it_is_asked_for(place, press, settled):
    assert not place.findings.report.find("gamma")
    press(Qt.Key.Key_G)
    settled(place)
    found = place.findings.report.find("gamma")
    assert len(found) == place.findings.report.articles
    assert all(each.value is not None or each.undefined for each in found)


def test_what_was_counted_is_kept_so_that_it_opens_at_once(place, window):
    material = window.session.project.gather()
    assert len(material.rows) == 3
    assert not material.fresh.articles


def test_a_large_review_is_shown_as_it_was_computed_until_something_changes(place, window, settled, monkeypatch):
    monkeypatch.setattr(kept_review, "WORTH_KEEPING", 1)
    place.renew()
    settled(place)
    shown = place.findings.report
    window.session.project.ensure_annotator("Dora")  # a step: what was kept is no longer true
    place.renew()
    settled(place)
    assert place.findings.report.made_at != shown.made_at
    shown = place.findings.report
    place.renew()
    settled(place)
    assert place.findings.report == shown
    assert place.findings.is_whole
    assert place.findings.course is not None
    assert place.standing.state is State.FRESH


def test_gold_is_offered_and_compared_only_when_it_is_ticked(place, window, settled):
    project = window.session.project
    menu = place.choices._people_menu
    assert all(each.isChecked() for each in menu.actions() if each.isCheckable())
    place.choices.offer({each.id: each.name for each in project.annotators()}, {"gold": "Gold"}, {}, ())
    ticked = {each.data(): each.isChecked() for each in menu.actions() if each.isCheckable()}
    assert ticked.pop("gold") is False
    assert all(ticked.values())
    assert menu.chosen() == ()
    next(each for each in menu.actions() if each.data() == "gold").setChecked(True)
    assert menu.chosen() == (*ticked, "gold")

"""The list of articles and the list of labels, as models and in the window."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import ArticleHead, Metadatum, State
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.templates import template
from annotator.ui.articles.model import ArticleModel
from annotator.ui.articles.order import matching, ordered, with_headings
from annotator.ui.label.model import LabelModel
from annotator.ui.widgets.rows import Rows

HEADS = [
    ArticleHead("a", "Crème prices rise", 10),
    ArticleHead("b", "Rain in the north", 10, state=State.DONE, count=3),
    ArticleHead("c", "Rain again", 10, state=State.IN_PROGRESS, count=1),
]
MARKS = st.builds(
    lambda number, start, size, label: Annotation(str(number), "x", "ana", label, Span.of((start, start + size))),
    st.integers(0, 30),
    st.integers(0, 40),
    st.integers(1, 9),
    st.sampled_from(("claim", "denial")),
)


def test_words_and_states_filter():
    assert [head.id for head in matching(HEADS, "creme", frozenset())] == ["a"]
    assert [head.id for head in matching(HEADS, "rain", frozenset({State.DONE}))] == ["b"]
    assert matching(HEADS, "", frozenset()) == HEADS


KNOWN = [
    ArticleHead("a", "Crème prices rise", 10, outlet="The Gazette", date="2010-03-19"),
    ArticleHead("b", "Rain", 10, outlet="Courier", date="2011"),
    ArticleHead("c", "Rain again", 10),
    ArticleHead("d", "Snow", 10, outlet="Courier", date="2010-03-02", language="fa", story="storm"),
]


def ids(heads):
    return "".join(head.id or f"({head.title} {head.count})" for head in heads)


def test_the_filter_finds_metadata_too():
    assert ids(matching(KNOWN, "courier rain", frozenset())) == "b"
    assert ids(matching(KNOWN, "19 march 2010", frozenset())) == "a"
    assert ids(matching(KNOWN, "2010-03", frozenset())) == "ad"


def test_articles_are_sorted_and_what_is_not_known_comes_last():
    assert ids(ordered(KNOWN, "oldest", "")) == "dabc"
    assert ids(ordered(KNOWN, "newest", "")) == "badc"
    assert ids(ordered(KNOWN, "outlet", "")) == "bdac"
    assert ids(ordered(KNOWN, "title", "")) == "abcd"


def test_groups_have_headings_that_count():
    rows = with_headings(ordered(KNOWN, "oldest", "outlet"), "outlet")
    assert ids(rows) == "(Courier 2)db(The Gazette 1)a(No outlet 1)c"
    rows = with_headings(ordered(KNOWN, "newest", "month"), "month")
    assert ids(rows) == "(2011 1)b(March 2010 2)ad(No date 1)c"


def test_ten_thousand_articles_are_grouped_and_updated_row_by_row(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    model = ArticleModel(parent)
    model.set_heads([ArticleHead(str(n), f"Title {n}", 10, outlet=f"Outlet {n % 7}") for n in range(10_000)])
    model.set_order("outlet", "outlet")
    assert (model.rowCount(), model.count) == (10_007, 10_000)
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    row = model.row_of("7")
    model.update_heads([ArticleHead("7", "Title 7", 10, outlet="Outlet 0", count=3)])
    assert changed == [(row, row)]
    model.set_filter("title 7", frozenset())
    assert model.shown[model.row_of("7")].count == 3
    model.set_filter("", frozenset())
    model.update_heads([ArticleHead("7", "Title 7", 10, outlet="Outlet 9")])
    assert model.row_of("7") == model.rowCount() - 1


def test_the_list_is_sorted_in_the_window_and_the_keys_follow(window, qtbot):
    column, project = window.label_place.articles, window.session.project
    first, second, third = (head.id for head in window.session.heads)
    project.set_metadata(first, [Metadatum("outlet", "Zeitung")])
    project.set_metadata(third, [Metadatum("outlet", "Abend")])
    column.sorts.choose("outlet")
    column.groups.choose("outlet")
    assert [head.id for head in column.model.shown if head.id] == [third, first, second]
    assert column.model.shown[0].title == "Abend"
    window.session.go_to(third)
    window.actions_["article.next"].trigger()
    assert window.session.article.id == first
    column.field.setText("abend")
    assert column.model.count == 1
    assert column.progress.startswith("1 shown")


def test_how_the_list_is_sorted_grouped_and_filtered_is_remembered_for_the_project(make_window, study, tmp_path):
    other = tmp_path / "other.annotator"
    with Project.create(other, annotator="Ana") as project:
        project.add_text("Another project with one article, of which nothing is known.")
        project.add_text("And one more article in it.")
    window = make_window(study)
    column = window.label_place.articles
    column.sorts.choose("title")
    column.groups.choose("year")
    column.field.setText("rain")
    column.states.choose([State.DONE])
    assert window.open_path(other)
    assert (column.sorts.chosen, column.groups.chosen, column.field.text(), column.states.chosen) == (
        "",
        "",
        "",
        frozenset(),
    )
    assert column.model.count == 2
    window.close()
    again = make_window(study)
    column = again.label_place.articles
    assert (column.sorts.chosen, column.groups.chosen, column.field.text()) == ("title", "year", "rain")
    assert column.states.chosen == {State.DONE}
    assert [head.title for head in column.model.shown if head.id] == ["Rain in the north"]


def test_only_what_changed_is_told(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    model = ArticleModel(parent)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, parent)
    model.set_heads(HEADS)
    assert (model.total, model.finished) == (3, 1)
    changed, resets = [], []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(1))
    model.update_heads([ArticleHead("c", "Rain again", 10, state=State.DONE, count=2)])
    assert changed == [(2, 2)]
    assert resets == []
    assert model.finished == 2
    model.set_filter("rain", frozenset({State.DONE}))
    model.update_heads([ArticleHead("b", "Rain in the north", 10)])
    assert [head.id for head in model.shown] == ["c"]
    assert model.finished == 1


@given(
    before=st.lists(MARKS, max_size=12),
    changes=st.lists(MARKS, max_size=8),
    gone=st.sets(st.integers(0, 30), max_size=8),
)
def test_changed_row_by_row_is_as_shown_anew(qapp, before, changes, gone):
    parent = QWidget()
    one, other = LabelModel(parent), LabelModel(parent)
    QAbstractItemModelTester(one, QAbstractItemModelTester.FailureReportingMode.Fatal, parent)
    text = "x" * 60
    now = {each.id: each for each in before}
    one.set_article(text, now.values(), template("default"))
    changed = {each.id: each for each in changes if each.id not in {str(number) for number in gone}}
    one.update(changed.values(), [str(number) for number in gone])
    now.update(changed)
    for number in gone:
        now.pop(str(number), None)
    other.set_article(text, now.values(), template("default"))
    rows = [one.annotation(row) for row in range(one.rowCount(QModelIndex()))]
    assert rows == [other.annotation(row) for row in range(other.rowCount(QModelIndex()))]
    assert rows == sorted(now.values(), key=lambda each: each.order)
    assert all(one.row_of(each.id) == row for row, each in enumerate(rows))
    parent.deleteLater()


def test_ten_thousand_labels_are_rows_in_order(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    model = LabelModel(parent)
    marks = [Annotation(f"{n:05}", "x", "ana", "claim", Span.of((n * 3, n * 3 + 2))) for n in range(10_000)]
    model.set_article("ab " * 10_000, reversed(marks), template("default"))
    assert model.rowCount() == 10_000
    assert model.row_of("07000") == 7_000
    assert model.data(model.index(7_000), Qt.ItemDataRole.DisplayRole) == "ab"


def test_long_and_discontinuous_words_are_cut(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    model = LabelModel(parent)
    text = "one two " + "x" * 5_000
    mark = Annotation("1", "a", "ana", "claim", Span.of((0, 3), (4, 7), (8, 4_000)))
    model.set_article(text, [mark], template("default"))
    shown = model.data(model.index(0), Qt.ItemDataRole.DisplayRole)
    assert shown.startswith("one … two … xxx")
    assert len(shown) <= 200


def test_the_filter_in_the_window(window, qtbot):
    articles = window.label_place.articles
    qtbot.keyClicks(articles.field, "rain")
    assert [head.title for head in articles.model.shown] == ["Rain in the north"]
    assert articles.progress == "1 shown · 1 of 3 done"
    qtbot.keyClick(articles.field, Qt.Key.Key_Return)
    assert window.session.article.title == "Rain in the north"
    qtbot.keyClick(articles.field, Qt.Key.Key_Escape)
    assert articles.model.rowCount() == 3
    articles.states.choose([State.NEW])
    assert {head.state for head in articles.model.shown} == {State.NEW}
    qtbot.keyClicks(articles.field, "nothing is called so")
    assert articles.no_match.isVisible()
    articles.field.clear()
    articles.states.clear()
    assert articles.list.isVisible()


def test_a_click_opens_an_article_and_several_can_be_chosen(window, qtbot):
    articles = window.label_place.articles.list

    def click(row, modifier=Qt.KeyboardModifier.NoModifier):
        place = articles.visualRect(articles.model().index(row, 0)).center()
        qtbot.mouseClick(articles.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    click(2)
    assert window.session.article.id == window.session.heads[2].id
    click(0, Qt.KeyboardModifier.ShiftModifier)
    assert len(articles.selected_ids()) == 3
    qtbot.keyClick(articles, Qt.Key.Key_Delete)
    assert window.session.heads == []
    assert "Begin with some articles" in window.label_place.no_article.said()
    window.session.undo()
    assert len(window.session.heads) == 3


def test_a_list_that_loses_room_keeps_its_current_row_in_sight(qtbot):
    rows = Rows("Things")
    qtbot.addWidget(rows)
    rows.set_painter(QStyledItemDelegate(rows))
    rows.setModel(QStringListModel([str(number) for number in range(30)]))
    height = rows.rowHeight(0)
    rows.resize(200, 12 * height)
    rows.show()
    rows.show_row(9)
    assert rows.verticalScrollBar().value() == 0
    rows.resize(200, 5 * height)
    seen = rows.visualRect(rows.currentIndex())
    assert 0 <= seen.top() < seen.bottom() <= rows.viewport().height()
    rows.verticalScrollBar().setValue(0)
    rows.resize(200, 4 * height)
    assert rows.verticalScrollBar().value() == 0  # who looks elsewhere is left alone


def test_the_next_article_is_made_ready_while_one_reads(window, qtbot, press):
    reader, session = window.label_place.reader, window.session
    following = session.project.article(session.heads[1].id)
    qtbot.waitUntil(lambda: reader.is_ready(following))
    press((Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier))
    assert reader.page.article == following
    session.rename("Another title")
    first = session.project.article(session.heads[0].id)
    assert reader.is_ready(first), "the one that was just left"
    session.project.set_title(first.id, "Another one")
    press((Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier))
    assert reader.page.article.title == "Another one"

"""The types of paragraphs in the text: one key to change one, one key and a click to fold; nothing else moves."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.model.article import Block, BlockKind
from annotator.model.span import Span
from annotator.project import Project
from annotator.ui.reader import geometry
from annotator.ui.reader.types import fold_words, word_box

PARTS = ["Minister denies leak", *(f"Sentence number {n} of the story says something new. " * 6 for n in range(6))]
SHARE = ["Share this on your page", "Follow us everywhere 👨‍👩‍👧 today", "Sign up"]
TEXT = "\n\n".join([*PARTS[:3], *SHARE, *PARTS[3:]]) + "\n"


def shared_lines(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        article = project.add_text(TEXT).added[0]
        start = TEXT.index(SHARE[0])
        project.set_blocks(article, [Block(BlockKind.FURNITURE, start, TEXT.index(SHARE[2]) + len(SHARE[2]))])
        start = TEXT.index("everywhere")
        project.annotate(article, "claim", [(start, start + 14)], annotator="Ana")
        return project.path


@pytest.fixture
def study(cast):
    return cast(shared_lines)


@pytest.fixture
def reader(window):
    return window.label_place.reader


def kinds(window):
    article = window.session.article
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def top(reader, words):
    return geometry.line_of_position(reader.page, TEXT.index(words)).top


def click(reader, x, y):
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


def test_one_key_opens_the_box_and_one_chooses(window, reader, press):
    reader.set_caret(TEXT.index("number 4"))
    press(Qt.Key.Key_K)
    box = window.label_place.deeds.paragraphs.box
    assert box.isVisible()
    press(Qt.Key.Key_C, widget=box)
    assert not box.isVisible()
    assert (BlockKind.CAPTION, PARTS[5].strip()) in kinds(window)
    assert window.status.last.startswith("Marked as caption")
    window.actions_["undo"].trigger()
    assert [kind for kind, _ in kinds(window)] == [BlockKind.FURNITURE]


def test_direct_keys_take_every_paragraph_of_the_selection(window, reader, press):
    start, end = TEXT.index("number 3"), TEXT.index("number 4")
    reader.set_selection(Span.of((start, end)))
    press((Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier))
    assert [words for kind, words in kinds(window) if kind is BlockKind.CREDIT] == [PARTS[4].strip(), PARTS[5].strip()]
    assert reader.selection() == Span.of((start, end))


def test_changing_a_type_keeps_the_place_the_caret_and_the_marks(window, reader):
    reader.reveal(len(TEXT) - 5, len(TEXT))
    reader.set_caret(TEXT.index("number 5"))
    before = reader.verticalScrollBar().value()
    window.actions_["block.comment"].trigger()
    assert reader.verticalScrollBar().value() == before
    assert reader.caret == TEXT.index("number 5")
    assert len(reader.index) == 1


def test_labels_in_what_is_left_out_stay_and_are_told(window, reader, select):
    words = select("number 5 of the story")
    window.session.label(words, "claim")
    reader.set_caret(words.start)
    window.actions_["block.duplicate"].trigger()
    assert "2 labels stand in what is left out" in window.status.last
    assert len(window.session.annotations) == 2


def test_a_key_folds_to_one_line_that_counts_and_unfolds(window, reader, press):
    above, below = top(reader, "number 1"), top(reader, "number 3")
    press(Qt.Key.Key_Z)
    run = next(iter(reader.page.folds.folded.values()))
    head, words = fold_words(reader._scene, run)
    assert head == "furniture · 3 paragraphs · 1 label"
    assert words.startswith(SHARE[0])
    assert top(reader, "number 1") == above
    assert top(reader, "number 3") < below
    assert reader.page.text == TEXT == window.session.article.text
    line = geometry.line_of_position(reader.page, TEXT.index("Sign up"))
    assert line.number == run.first
    press(Qt.Key.Key_Z)
    assert top(reader, "number 3") == below


def test_a_click_folds_and_unfolds_and_its_own_line_stays(window, reader):
    start = TEXT.index(SHARE[0])
    reader.reveal(start, start + 200)
    line = geometry.line_of_position(reader.page, start)
    scrolled = reader.verticalScrollBar().value()
    word = word_box(reader.page, line).center()
    click(reader, word.x(), word.y() - scrolled)
    assert reader.folded == {start}
    folded = geometry.line_of_position(reader.page, start)
    assert folded.top - reader.verticalScrollBar().value() == pytest.approx(line.top - scrolled, abs=1)
    click(reader, folded.left + 60, folded.baseline - 4 - reader.verticalScrollBar().value())
    assert reader.folded == frozenset()


def test_the_caret_steps_over_a_fold_and_a_found_label_unfolds_it(window, reader, press):
    press(Qt.Key.Key_Z)
    start, end = TEXT.index(SHARE[0]), TEXT.index("Sign up") + 7
    reader.set_caret(start)
    press(Qt.Key.Key_Right)
    assert reader.caret == end
    press(Qt.Key.Key_Left)
    assert reader.caret == start
    press(Qt.Key.Key_Down)
    assert reader.caret > end
    press(Qt.Key.Key_N, Qt.Key.Key_P)
    assert reader.folded == frozenset()


def test_every_character_keeps_its_place_beside_a_fold(window, reader, press):
    press(Qt.Key.Key_Z)
    for words in ("number 2", "number 4", "number 5"):
        start = TEXT.index(words)
        line = geometry.line_of_position(reader.page, start)
        assert geometry.character_at(reader.page, line, geometry.caret_x(reader.page, line, start)) == start
        assert geometry.line_at_height(reader.page, line.baseline - 3).start == line.start


def test_repeated_paragraphs_are_left_out_by_one_action(window, qtbot):
    again = window.session.project.add_text(f"{TEXT}\n\n{PARTS[4]}\n").added[0]
    window.actions_["blocks.copies"].trigger()
    qtbot.waitUntil(lambda: not window.label_place.deeds.paragraphs.is_busy)
    assert "Left out" in window.status.last
    kinds = {block.kind for block in window.session.project.article(again).blocks}
    assert BlockKind.DUPLICATE in kinds
    window.actions_["undo"].trigger()

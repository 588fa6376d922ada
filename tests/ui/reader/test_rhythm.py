import itertools
import re

import pytest
from PySide6.QtWidgets import QApplication

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.ui.reader import geometry
from annotator.ui.reader.others import Other
from annotator.ui.reader.rhythm import Rhythm

BODY = Rhythm.of(17, ratio=1.82, text=17)


@pytest.mark.parametrize("size", [12, 17, 20, 26, 34])
@pytest.mark.parametrize("lanes", [1, 2, 3, 4, 6, 9])
def test_all_lanes_lie_between_two_lines_of_words_and_apart(size, lanes):
    rhythm = Rhythm.of(size, ratio=1.82, text=size)
    places = [rhythm.lane(lane, lanes) for lane in range(lanes)]
    assert places[0][0] >= rhythm.below
    last, thickness = places[-1]
    assert last + thickness <= rhythm.leading - size * 0.66  # below the tallest letters of the next line
    for (top, thick), (following, _) in itertools.pairwise(places):
        assert thick >= 0.75
        assert top + thick <= following


def test_three_lanes_have_the_full_three_pixels():
    assert [BODY.lane(lane, 3)[1] for lane in range(3)] == [3, 3, 3]
    assert 1.6 <= BODY.leading / BODY.size <= 1.85


def test_deeper_than_three_the_lines_get_thinner():
    assert BODY.lane(0, 6)[1] < BODY.lane(0, 4)[1] < BODY.lane(0, 3)[1]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("zoom", [100, 200])
def test_rows_of_others_end_above_the_words_of_the_next_paragraph(reader, codebook, between, zoom):
    words = "He said that he had seen nothing of it, and that nobody else had, either."
    text = between.join([words] * 5)
    starts = [found.start() for found in re.finditer(words, text)]
    reader.set_zoom(zoom)
    marked = {0: 1, 1: 4, 3: 2}  # by how many others each paragraph is labelled
    others = [
        Other(
            f"o{who}", f"O{who}", f"Other {who}", "#1f8ef1",
            tuple(
                Annotation(f"{who}-{number}", "a", f"o{who}", "claim", Span.of((starts[number], starts[number] + 60)))
                for number, count in marked.items()
                if who < count
            ),
        )
        for who in range(4)
    ]  # fmt: skip
    reader.show_article(Article("a", "A title", text), (), codebook, others)
    QApplication.processEvents()
    lines = [line for line in geometry.lines_between(reader.page, 0, 10_000) if line.end > line.start]
    assert {line.rhythm.rows for line in lines} == {0, 1, 2, 4}
    for line, following in itertools.pairwise(lines):
        assert line.bottom <= following.baseline - following.rhythm.size * 0.66  # its tallest letters

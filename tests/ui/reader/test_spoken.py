from annotator.model.span import Span
from annotator.ui.reader.selection import Selection
from annotator.ui.reader.spoken import describe

TEXT = "First.\nThe minister denied it.\nLast."


def test_where_the_caret_is_is_said_in_words(show, mark):
    start = TEXT.index("minister")
    reader = show(TEXT, mark("attribution", (start - 4, start + 18)), mark("denial", (start + 9, start + 15)))
    scene = reader._scene

    def said(selection):
        return describe(reader.page, reader.index, scene.inks, selection)

    assert said(Selection().at(0)) == "Paragraph 1 of 3."
    assert said(Selection().at(start + 9)) == "Paragraph 2 of 3. Labelled Denial, Attribution."
    spoken = said(Selection.over(Span.of((0, 5), (start, start + 8))))
    assert spoken.endswith("Selected: First … minister")

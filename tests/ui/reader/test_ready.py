"""A page that was made ready is seen as one that is made when it is shown, and never in place of another text."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from annotator.model.annotation import Annotation
from annotator.model.article import Article, Block, BlockKind
from annotator.model.span import Span
from annotator.ui.look.theme import DARK
from annotator.ui.reader.others import Other
from annotator.ui.reader.ready import LONGEST, MOST

LINE = "Mr Vance said on Monday that the harbour board had never been told of it, and the board denies that. "
PERSIAN = "وزیر روز سه‌شنبه گفت که چنین دستوری داده نشده است و اگر داده شده باشد استعفا خواهد کرد. "


def article(name, text=LINE, **more):
    return Article(name, f"Title {name}", f"{name}\n\n" + "\n\n".join(text * (1 + n % 3) for n in range(12)), **more)


def marks(of, *places):
    return [Annotation(f"{of.id}-{start}", of.id, "ana", label, Span.of((start, end))) for label, start, end in places]


FIRST, LAST = article("first"), article("last", PERSIAN)
NEXT = article("next", blocks=(Block(BlockKind.HEADLINE, 0, 4), Block(BlockKind.CAPTION, 6, 6 + len(LINE))))
MARKS = {
    each.id: marks(each, ("claim", 8, 40), ("attribution", 12, 16), ("denial", 120, 190), ("source", 260, 420))
    for each in (FIRST, NEXT, LAST)
}


@pytest.fixture
def go(reader, codebook):
    """Show an article with its marks, and return what is seen."""
    reader._blink.stop()

    def do(found):
        reader.show_article(found, MARKS[found.id], codebook)
        QApplication.processEvents()
        return reader.viewport().grab().toImage()

    return do


def test_what_was_made_ready_or_was_just_left_is_seen_as_if_it_were_new(reader, go):
    fresh = {found.id: go(found) for found in (FIRST, NEXT, LAST)}
    go(FIRST)
    for found in (NEXT, LAST):
        before = reader.page.article
        reader.expect(found, MARKS[found.id])
        assert reader.is_ready(found)
        page = reader._ready._pages[found.id]
        assert go(found) == fresh[found.id]
        assert reader.page is page
        assert not reader.is_ready(found)
        assert reader.is_ready(before)
    for found in (NEXT, FIRST, NEXT, LAST, FIRST):
        assert go(found) == fresh[found.id]
        assert len(reader._ready._pages) <= MOST


def test_marks_that_came_meanwhile_are_seen(reader, go):
    go(FIRST)
    reader.expect(NEXT, MARKS["next"][:1])
    whole = go(NEXT)
    reader._ready.forget()
    go(FIRST)
    reader._ready.forget()
    assert go(NEXT) == whole


def test_an_article_that_has_changed_is_made_anew(reader, go, codebook):
    go(FIRST)
    reader.expect(NEXT, MARKS["next"])
    changed = replace(NEXT, blocks=())
    assert not reader.is_ready(changed)
    go(changed)
    assert reader.page.article is changed
    assert not reader.is_ready(NEXT)


@pytest.mark.parametrize(
    "change",
    [
        lambda reader: reader.set_zoom(150),
        lambda reader: reader.set_face("sans"),
        lambda reader: reader.set_theme(DARK),
    ],
)
def test_in_another_size_face_or_colour_all_are_made_anew(reader, go, change):
    go(FIRST)
    reader.expect(NEXT, MARKS["next"])
    change(reader)
    assert not reader.is_ready(NEXT)
    seen = go(NEXT)
    reader._ready.forget()
    go(FIRST)
    reader._ready.forget()
    assert go(NEXT) == seen


def test_in_another_width_it_is_laid_out_again(reader, go):
    go(FIRST)
    reader.expect(NEXT, MARKS["next"])
    reader.resize(560, 700)
    narrow = go(NEXT)
    reader._ready.forget()
    go(FIRST)
    reader._ready.forget()
    assert go(NEXT) == narrow


def test_folded_pages_rows_of_others_and_very_long_texts_are_not_kept(reader, go, codebook):
    go(FIRST)
    reader.expect(article("long", LINE * (LONGEST // len(LINE))), [])
    assert not reader._ready._pages
    reader.expect(NEXT, MARKS["next"])
    other = Other("ben", "B", "Ben", "#9c4400", tuple(MARKS["next"][:1]))
    reader.show_article(NEXT, MARKS["next"], codebook, (other,))
    assert reader.page.rows
    reader.expect(LAST, MARKS["last"])
    assert not reader.is_ready(LAST)
    go(NEXT)
    reader.toggle_fold()
    assert reader.page.folds.folded
    go(FIRST)
    assert not reader.is_ready(NEXT)

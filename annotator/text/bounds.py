"""Bounds in a text, one door: words, graphemes, sentences, paragraphs, and the snapping of a dragged range.

Everything here is a pure function of a text and positions in code points, and looks only at the neighbourhood of its
position: a long text costs no more than a short one.
"""

from annotator.text.graphemes import grapheme_next, grapheme_over, grapheme_previous
from annotator.text.paragraphs import ink_after, next_paragraph, paragraph_at, paragraphs, previous_paragraph
from annotator.text.sentences import next_sentence, previous_sentence, sentence_at, sentences
from annotator.text.words import (
    next_word,
    next_word_end,
    previous_word,
    previous_word_end,
    word_at,
    word_over,
    words,
)

__all__ = [
    "grapheme_next",
    "grapheme_previous",
    "ink_after",
    "next_paragraph",
    "next_sentence",
    "next_word",
    "next_word_end",
    "paragraph_at",
    "paragraphs",
    "previous_paragraph",
    "previous_sentence",
    "previous_word",
    "previous_word_end",
    "sentence_at",
    "sentences",
    "snap",
    "snap_to_graphemes",
    "word_at",
    "words",
]


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a dragged range outward to whole words.

    Blanks at its edges are left out first, so that a range which only touches the blank beside a word does not take
    that word. Punctuation is kept where it was dragged over and never added; no character that a person sees as one is
    cut. The ends may come in either order. Where nothing but blanks was dragged over, the result is empty.
    """
    start, end = _trimmed(text, start, end)
    if start == end:
        return start, end
    while True:
        first = word_over(text, start) or grapheme_over(text, start)
        last = word_over(text, end - 1) or grapheme_over(text, end - 1)
        if (start, end) == (first.start, last.end):
            return start, end
        # Once more: a character may end within a word (a mark after the period of an abbreviation).
        start, end = first.start, last.end


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a range dragged to the character so that no character a person sees as one is cut; blanks stay."""
    start, end = sorted((min(max(start, 0), len(text)), min(max(end, 0), len(text))))
    if start == end:
        return start, end
    return grapheme_over(text, start).start, grapheme_over(text, end - 1).end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = sorted((min(max(start, 0), len(text)), min(max(end, 0), len(text))))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end

"""What a reading view needs of the text skills, through the door: offsets, and the bounds of words and sentences."""

from annotator.text.bounds import (
    grapheme_next,
    grapheme_previous,
    ink_after,
    next_paragraph,
    next_sentence,
    next_word,
    next_word_end,
    paragraph_at,
    previous_paragraph,
    previous_sentence,
    previous_word,
    previous_word_end,
    sentence_at,
    snap,
    snap_to_graphemes,
    word_at,
)
from annotator.text.direction import Direction, direction, paragraph_direction
from annotator.text.fold import Folded, find_all, fold
from annotator.text.offsets import OffsetMap

__all__ = [
    "Direction",
    "Folded",
    "OffsetMap",
    "direction",
    "find_all",
    "fold",
    "grapheme_next",
    "grapheme_previous",
    "ink_after",
    "next_paragraph",
    "next_sentence",
    "next_word",
    "next_word_end",
    "paragraph_at",
    "paragraph_direction",
    "previous_paragraph",
    "previous_sentence",
    "previous_word",
    "previous_word_end",
    "sentence_at",
    "snap",
    "snap_to_graphemes",
    "word_at",
]

"""Words and sentences of the texts that are counted: as they were found when a text came, but for what is left out."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints
from annotator.agreement.lanes import Said
from annotator.agreement.ruler import kept, of_pieces, units_of_pieces
from annotator.store import measured, outlines
from annotator.store.outlines import Outline

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """What is known of the texts of some articles.

    Attributes:
        words: of each, blank-separated, in what is not left out; 0 where nobody has finished it.
        start, end: of the sentences of those that several have finished, one article after the other: code points.
        counts: of each article, how many of these; those that are left out as wholes are not among them.
    """

    words: list[int]
    start: Ints
    end: Ints
    counts: Ints

    def said(self, columns: Columns) -> Said:
        """Return fragments in sentences."""
        start, end = units_of_pieces((self.start, self.end, self.counts), columns.article, columns.start, columns.end)
        return Said(Columns(columns.article, columns.annotator, columns.label, columns.span, start, end), self.counts)


def read(db: measured.File, articles: Sequence[tuple[str, int, Stretches]], finished: Bools, *, anew: bool) -> Outlines:
    """Return what is known of the texts of some articles: id, length, what is left out. `anew`: found in the texts."""
    readers = finished.sum(axis=1).tolist()
    wanted = [each for (each, _, _), count in zip(articles, readers, strict=True) if count]
    known = {} if anew else outlines.read(db, wanted)
    needed = set(wanted).difference(known).union(each for each, _, out in articles if out)
    texts = measured.contents(db, needed.intersection(wanted))
    words, sentences = [], []
    for (each, length, out), count in zip(articles, readers, strict=True):
        outline = (known.get(each) or outlines.found(texts[each])) if count else Outline(0, b"")
        words.append(_words(texts[each], out) if count and out else outline.words)
        told = outline.sentences if count > 1 else b""
        sentences.append(_without(told, length, out) if out else told)
    start, end = np.frombuffer(b"".join(sentences), dtype="<u4").astype(np.int64).reshape(-1, 2).T
    return Outlines(words, start, end, np.array([len(each) // 8 for each in sentences], dtype=np.int64))


def _without(sentences: bytes, length: int, out: Stretches) -> bytes:
    """Return the sentences of which some character is not left out."""
    ruler = of_pieces(list(struct.iter_unpack("<2I", sentences)), length, list(out))
    return np.stack((ruler.start, ruler.end), axis=1).astype("<u4").tobytes()


def _words(text: str, out: Stretches) -> int:
    starts, ends = (each.tolist() for each in kept(len(text), list(out)))
    return sum(len(text[start:end].split()) for start, end in zip(starts, ends, strict=True))

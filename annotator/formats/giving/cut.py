"""An article without the blocks that are left out of annotation, with its labels where they then lie."""

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from annotator.formats.format import Losses
from annotator.formats.record import ArticleRecord
from annotator.model.article import Block
from annotator.model.span import Fragment, Span


def without_blocks(record: ArticleRecord, losses: Losses) -> ArticleRecord:
    """Return the record with a shorter text: captions, credits, furniture, comments and duplicates are cut out.

    Line ends before the next block go with a block that is cut. Labels that lie wholly in what is cut are left out, and
    counted in `losses`, with their links; of others what lies in it.
    """
    article = record.article
    cuts = _cuts(article.text, [each for each in article.blocks if not each.kind.is_labelled])
    if not cuts:
        return record
    losses.add(
        "decision behind gold, which speaks of the whole text|decisions behind gold, which speak of the whole text",
        "left out",
        len(record.decisions),
    )
    shift = _Shift(cuts)
    text = "".join(article.text[start:end] for start, end in shift.kept(len(article.text)))
    annotations = []
    for each in record.annotations:
        span = shift.span(each.span)
        if span is None:
            losses.add("label in a block that is left out|labels in blocks that are left out", "left out")
        else:
            annotations.append(replace(each, span=span))
    inside = {each.id for each in annotations}
    gone = {each.id for each in record.annotations} - inside
    links = tuple(each for each in record.links if each.origin_id in inside and each.target not in gone)
    losses.add(
        "link of a label that is left out|links of labels that are left out", "left out", len(record.links) - len(links)
    )
    blocks = []
    for block in article.blocks:
        span = shift.span(Span.of((block.start, block.end))) if block.kind.is_labelled else None
        if span is not None:
            blocks.append(Block(block.kind, span.start, span.end))
    threads = []
    for thread in record.threads:
        span = shift.span(thread.span) if thread.span else None
        if thread.span and span is None:
            losses.add("note in a block that is left out|notes in blocks that are left out", "left out")
        else:
            threads.append(replace(thread, span=span))
    return replace(
        record,
        threads=tuple(threads),
        decisions=(),
        article=replace(article, text=text, blocks=tuple(blocks)),
        annotations=tuple(sorted(annotations, key=lambda each: each.order)),
        links=links,
    )


def _cuts(text: str, blocks: list[Block]) -> list[Fragment]:
    if not blocks:
        return []
    found = []
    for block in blocks:
        end = block.end
        while end < len(text) and text[end] == "\n":
            end += 1
        found.append((block.start, end))
    return list(Span.of(*found).fragments)


class _Shift:
    """Where characters lie once the cuts are made."""

    def __init__(self, cuts: list[Fragment]) -> None:
        self._cuts = cuts
        self._starts = [each.start for each in cuts]
        self._lost = [0, *accumulate(each.end - each.start for each in cuts)]

    def kept(self, length: int) -> list[Fragment]:
        """Return what stays of a text of that length."""
        edges = [0, *(edge for each in self._cuts for edge in each), length]
        return [Fragment(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]

    def position(self, offset: int) -> int:
        """Return where an offset lies; one inside a cut goes to where the cut was."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return offset
        cut = self._cuts[place]
        return offset - self._lost[place] - min(offset, cut.end) + cut.start

    def span(self, span: Span) -> Span | None:
        """Return what stays of a span; None when nothing does."""
        moved = [(self.position(start), self.position(end)) for start, end in span.fragments]
        left = [each for each in moved if each[0] < each[1]]
        return Span.of(*left) if left else None

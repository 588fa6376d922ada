"""The types of an article's paragraphs as values: which paragraph is what, and giving some of them another type."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from annotator.model.article import Block, BlockKind, touches_left_out
from annotator.model.errors import RuleError
from annotator.model.span import Fragment
from annotator.text.paragraphs import paragraphs

__all__ = ["checked", "kind_at", "laid_over", "left_out", "left_out_runs", "retyped", "touches_left_out", "units"]


def units(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Fragment]:
    """Return the paragraphs that the code points ``start``-``end`` touch; with both equal, the one of a caret there.

    A paragraph in which a part has a type of its own (a dateline before the first sentence) counts as its parts.
    """
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", max(start, end - 1))
    high = len(text) if high < 0 else high
    found: list[Fragment] = []
    for paragraph in paragraphs(text, low, high):
        edges = {edge for block in blocks for edge in (block.start, block.end)}
        cuts = sorted({paragraph.start, paragraph.end, *(e for e in edges if paragraph.start < e < paragraph.end)})
        found += [part for a, b in pairwise(cuts) for part in paragraphs(text, a, b)]
    if start < end:
        return [each for each in found if each.start < end and each.end > start]
    here = [each for each in found if start < each.end]
    return here[:1] or found[-1:]


def kind_at(blocks: Iterable[Block], position: int) -> BlockKind:
    """Return what the character at a code point is; body where no block says otherwise."""
    return next((block.kind for block in blocks if block.start <= position < block.end), BlockKind.BODY)


def retyped(text: str, blocks: Sequence[Block], start: int, end: int, kind: BlockKind) -> tuple[Block, ...]:
    """Return the blocks with the paragraphs that ``start``-``end`` touches (see `units`) of another type."""
    chosen = units(text, blocks, start, end)
    if not chosen:
        return tuple(blocks)
    return laid_over(text, blocks, chosen, kind)


def left_out(text: str, blocks: Sequence[Block], stretches: Iterable[Fragment]) -> tuple[Block, ...]:
    """Return the blocks with some stretches (in order, without overlap) marked as duplicates."""
    return laid_over(text, blocks, list(stretches), BlockKind.DUPLICATE)


def laid_over(text: str, blocks: Sequence[Block], chosen: Sequence[Fragment], kind: BlockKind) -> tuple[Block, ...]:
    """Return the blocks with some stretches (in order, without overlap) of that kind, whatever they were."""
    kept: list[Block] = []
    for block in blocks:
        place = block.start
        for each in chosen:
            if each.end <= place or each.start >= block.end:
                continue
            kept += _rest(text, block, place, each.start)
            place = each.end
        if place == block.start:
            kept.append(block)
        else:
            kept += _rest(text, block, place, block.end)
    if kind is not BlockKind.BODY:
        kept += [Block(kind, each.start, each.end) for each in chosen]
    return tuple(sorted(kept, key=lambda block: block.start))


def _rest(text: str, block: Block, start: int, end: int) -> list[Block]:
    """Return what is left of a block between two code points, without blanks at its edges."""
    inked = paragraphs(text, start, end) if start < end else []
    return [Block(block.kind, inked[0].start, inked[-1].end)] if inked else []


def left_out_runs(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Return the stretches that take no part in annotation, in order; those of one type that follow each other as one.

    They follow each other where nothing but blanks lies between them.
    """
    runs: list[Block] = []
    for block in blocks:
        if block.kind.is_labelled or block.start >= block.end:
            continue
        last = runs[-1] if runs else None
        if last and last.kind is block.kind and not text[last.end : block.start].strip():
            runs[-1] = Block(block.kind, last.start, block.end)
        else:
            runs.append(block)
    return runs


def checked(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks in their order; body is what none covers, so no block says it.

    Raises:
        RuleError: one lies outside the text, covers nothing, or overlaps another.
    """
    ordered = tuple(sorted((each for each in blocks if each.kind is not BlockKind.BODY), key=lambda each: each.start))
    for block in ordered:
        if not 0 <= block.start < block.end <= len(text):
            raise RuleError(f"A block from {block.start:,} to {block.end:,} does not lie in this article.")
    for before, after in pairwise(ordered):
        if before.end > after.start:
            raise RuleError(f"Two blocks overlap at {after.start:,}. A paragraph has one type.")
    return ordered

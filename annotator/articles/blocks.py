"""Propose what each paragraph of an article is."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.article import Block, BlockKind
from annotator.model.span import Fragment


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph's place in the text, and its kind where the file said it."""

    fragment: Fragment
    kind: BlockKind | None


def propose_blocks(
    text: str, stretches: Sequence[Stretch], headline: Fragment | None, *, is_sure: bool
) -> tuple[Block, ...]:
    """Return the blocks of a text, in order, without overlap; what none covers is body."""
    found = {each.fragment: each.kind for each in stretches}
    if headline:
        found[headline] = BlockKind.HEADLINE
    kept = ((place, kind) for place, kind in found.items() if kind not in (None, BlockKind.BODY))
    return tuple(
        Block(kind, place.start, place.end) for place, kind in sorted(kept, key=lambda each: each[0].start) if kind
    )

"""What stands more than once: paragraphs that repeat an earlier one, in the same article or in one it is a copy of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from annotator.model.article import Block, BlockKind, labelled_text
from annotator.model.span import Fragment
from annotator.project.blocks import kind_at
from annotator.store import articles as stored
from annotator.store.copies import reading
from annotator.text.paragraphs import paragraphs

Told = tuple[str, str, Sequence[Block]]
"""Id, text and blocks of an article."""
_LEAST = 6
"""Words. A shorter paragraph may stand in two articles without being a copy."""


def told_of(path: Path) -> Iterator[Told]:
    """Yield every article of the project at a path, in any thread: it is opened to read, and nothing is held for long."""
    with reading(path, tested=False) as db:
        for key, _, text in stored.contents(db, stored.ids(db)):
            yield key, text, stored.blocks(db, key)


def repeated(
    articles: Iterable[Told], *, cancelled: Callable[[], bool] | None = None
) -> Mapping[str, tuple[Fragment, ...]]:
    """Return by article the body paragraphs that say again what an earlier one has said, in order.

    Earlier in the same article; or, where an article is a copy of an earlier one (wire copy in another outlet), in
    that one. Two different articles on one story are no copies, and nothing is found between them.
    """
    # The program starts without it.
    from annotator.text.similar import Copies, comparable, duplicates  # noqa: PLC0415

    def stands(paragraph: str, first: set[str]) -> bool:
        words = comparable(paragraph)
        return words.count(" ") + 1 >= _LEAST and words in first

    copies = Copies()
    texts: dict[str, Told] = {}
    found: dict[str, tuple[Fragment, ...]] = {}
    for told in articles:
        if cancelled is not None and cancelled():
            return {}
        key, text, blocks = told
        body = _body(text, blocks)
        again = set(duplicates([text[each.start : each.end] for each in body]))
        copy = copies.add(key, labelled_text(text, blocks))
        if copy is None:
            texts[key] = told
        else:
            _, other, theirs = texts[copy.original]
            first = {comparable(other[each.start : each.end]) for each in _body(other, theirs)}
            again |= {number for number, each in enumerate(body) if stands(text[each.start : each.end], first)}
        if again:
            found[key] = tuple(body[number] for number in sorted(again))
    return found


def _body(text: str, blocks: Sequence[Block]) -> list[Fragment]:
    return [each for each in paragraphs(text) if kind_at(blocks, each.start) is BlockKind.BODY]

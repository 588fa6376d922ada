"""Propose what each paragraph of an article is: by its shape, its place, and what is said twice.

A proposal marks stretches and moves nothing: a person sees it before it is stored, and may change it later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.articles import shapes
from annotator.articles.dates import find_dates
from annotator.model.article import Block, BlockKind
from annotator.model.span import Fragment
from annotator.text.similar import comparable, duplicates, words_of

_FURNITURE, _BODY = BlockKind.FURNITURE, BlockKind.BODY
_LONG = 100
"""Code points from which on a paragraph is no heading."""
_DENSE = 40
"""The same for scripts that write a word with one or two characters."""
_SENTENCE = 8
"""Words from which on something that ends as a sentence is one."""
_HEADING = 12
_SHORT = 80
_ABOVE = 200
"""Code points from which on a paragraph above the headline is no furniture."""
_MOST = 20_000
"""Paragraphs. What has more is no article, and to look at each in a dozen ways would take minutes."""
_WRAPPED = 110
"""Code points. Lines of a paragraph with hard line ends are no longer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph's place in the text, and its kind where the file said it."""

    fragment: Fragment
    kind: BlockKind | None


def propose_blocks(text: str, stretches: Sequence[Stretch], headline: Fragment | None) -> tuple[Block, ...]:
    """Return the blocks of a text, in order, without overlap; what none covers is body.

    Args:
        text: normalised.
        stretches: its paragraphs, in order; a kind that is given stays.
        headline: where it stands, if that is known.
    """
    if len(stretches) > _MOST:
        known = [Stretch(headline, BlockKind.HEADLINE)] if headline else []
        kept = known + [each for each in stretches if each.kind not in (None, _BODY) and each.fragment != headline]
        kept.sort(key=lambda each: each.fragment.start)
        return tuple(Block(each.kind, each.fragment.start, each.fragment.end) for each in kept if each.kind)
    units = unwrapped(text, stretches)
    words = [" ".join(each.fragment.covered(text).split()) for each in units]
    place = None
    if headline:
        place = next((number for number, each in enumerate(units) if each.fragment.start == headline.start), None)
        if place is not None and len(words[place]) > _ABOVE:
            place = None
    kinds = type_paragraphs(words, [each.kind for each in units], place)
    blocks: list[Block] = []
    for unit, kind in zip(units, kinds, strict=True):
        blocks += _split(text, unit.fragment, kind)
    return tuple(blocks)


def _split(text: str, place: Fragment, kind: BlockKind) -> Iterator[Block]:
    """Yield the blocks of one paragraph: a dateline may begin its body, a credit may end its caption."""
    covered = place.covered(text)
    if kind is _BODY:
        end = shapes.dateline_end(covered)
        if end:
            yield Block(BlockKind.DATELINE, place.start, place.start + end)
        return
    start = shapes.split_caption(covered) if kind is BlockKind.CAPTION else 0
    if start:
        yield Block(kind, place.start, place.start + len(covered[:start].rstrip()))
        yield Block(BlockKind.CREDIT, place.start + start, place.end)
    else:
        yield Block(kind, place.start, place.end)


def unwrapped(text: str, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return paragraphs, where lines of equal length between blank lines say that each line is a part of one."""
    groups: list[list[Stretch]] = []
    for each in stretches:
        before = groups[-1][-1] if groups else None
        near = before and text.count("\n", before.fragment.end, each.fragment.start) == 1
        if near and before and before.kind is None and each.kind is None:
            groups[-1].append(each)
        else:
            groups.append([each])
    inner = [len(each.fragment.covered(text)) for group in groups for each in group[:-1]]
    if len(inner) < 4 or len(groups) < 2:
        return list(stretches)
    widest = sorted(inner)[int(len(inner) * 0.95)]
    full = sum(widest * 0.7 <= length <= _WRAPPED for length in inner)
    if widest > _WRAPPED or full < 0.75 * len(inner):
        return list(stretches)
    return [Stretch(Fragment(each[0].fragment.start, each[-1].fragment.end), each[0].kind) for each in groups]


def posted_headline(paragraphs: Sequence[str], guess: int) -> int:
    """Return the number of the headline among the first paragraphs of a text, where `guess` is a guess.

    The first line of a blog's page is often its name, with a menu below: then the headline is what stands right above
    "Posted by …".
    """
    for number in range(guess + 2, len(paragraphs)):
        above = paragraphs[guess + 1 : number - 1]
        if shapes.is_posted(paragraphs[number]) and any(map(shapes.is_furniture, above)):
            title = paragraphs[number - 1]
            return guess if shapes.is_furniture(title) or len(title) > _ABOVE else number - 1
    return guess


def type_paragraphs(
    paragraphs: Sequence[str], given: Sequence[BlockKind | None], headline: int | None
) -> list[BlockKind]:
    """Return the kind of each paragraph (words with single blanks); the kinds given stay.

    `headline` is the number of the paragraph that is known to be it, or None.
    """
    typing = _Typing(paragraphs, list(given), headline)
    typing.shapes()
    typing.above()
    typing.below_headline()
    typing.comments()
    typing.related()
    typing.repeated()
    typing.headings()
    typing.tail()
    return [kind or _BODY for kind in typing.kinds]


class _Typing:
    """One pass of typing: each step types what is not typed yet."""

    def __init__(self, paragraphs: Sequence[str], kinds: list[BlockKind | None], headline: int | None) -> None:
        self.words = paragraphs
        self.kinds = kinds
        self.headline = headline
        if headline is not None:
            kinds[headline] = BlockKind.HEADLINE
        self.first = 0
        """The first paragraph of the body; everything before it is the article's head."""

    def _open(self, start: int = 0, end: int | None = None) -> Iterator[int]:
        return (
            number for number in range(start, len(self.kinds) if end is None else end) if self.kinds[number] is None
        )

    def shapes(self) -> None:
        """Type what its own words betray, and find where the body begins."""
        for number in self._open():
            words = self.words[number]
            if shapes.is_furniture(words):
                self.kinds[number] = _FURNITURE
            elif shapes.split_caption(words) or shapes.is_caption(words):
                self.kinds[number] = BlockKind.CAPTION
            elif shapes.is_credit(words):
                self.kinds[number] = BlockKind.CREDIT
        start = 0 if self.headline is None else self.headline + 1
        bodies = (each for each in range(start, len(self.kinds)) if self._is_body_like(each))
        self.first = next(bodies, len(self.kinds))
        for number in self._open(0, self.first):
            if shapes.is_byline(self.words[number]):
                self.kinds[number] = BlockKind.BYLINE
            elif shapes.is_date_line(self.words[number]):
                self.kinds[number] = BlockKind.DATELINE

    def _is_body_like(self, number: int) -> bool:
        if self.kinds[number] not in (None, _BODY):
            return False
        words = self.words[number]
        if shapes.is_byline(words) or shapes.is_date_line(words) or shapes.is_comments_heading(words):
            return False
        return (
            len(words) >= _LONG
            or (shapes.ends_sentence(words) and words.count(" ") + 1 >= _SENTENCE)
            or (len(words) >= _DENSE and words.count(" ") * 10 < len(words))
            or bool(shapes.dateline_end(words))
        )

    def above(self) -> None:
        """What stands above the headline is furniture, unless it is long enough to be an article."""
        if self.headline is None or any(len(self.words[each]) >= _ABOVE for each in self._open(0, self.headline)):
            return
        for number in self._open(0, self.headline):
            self.kinds[number] = _FURNITURE

    def below_headline(self) -> None:
        """Between headline and body stand subheads, and lines with a date."""
        if self.headline is None or self.first == len(self.kinds):
            return
        title = comparable(self.words[self.headline])
        for number in self._open(self.headline + 1, self.first):
            words = self.words[number]
            if comparable(words) == title:
                self.kinds[number] = BlockKind.DUPLICATE
            elif shapes.is_comments_heading(words):
                self.kinds[number] = _FURNITURE
            elif len(words) <= _LONG and any(find_dates(words)):
                self.kinds[number] = BlockKind.DATELINE
            elif not shapes.ends_sentence(words) or words.count(" ") >= 2:
                self.kinds[number] = BlockKind.SUBHEAD

    def comments(self) -> None:
        """Type readers' comments: what follows their heading or the first that is signed like one."""
        start = self._comments_start()
        if start is None:
            return
        if shapes.is_comments_heading(self.words[start]):
            self.kinds[start] = _FURNITURE
        for number in self._open(start):
            is_heading = shapes.is_comments_heading(self.words[number]) or shapes.is_related_heading(self.words[number])
            self.kinds[number] = _FURNITURE if is_heading else BlockKind.COMMENT

    def _comments_start(self) -> int | None:
        for number in range(self.first + 1, len(self.words)):
            if self.kinds[number] not in (None, _FURNITURE):
                continue
            if shapes.is_comments_heading(self.words[number]) and self._comments_follow(number):
                return number
            if shapes.is_commenter(self.words[number]):
                return number
        return None

    def _comments_follow(self, heading: int) -> bool:
        """Whether comments follow a heading that may be a mere link to them in the middle of the article."""
        after = range(heading + 1, len(self.words))
        if any(shapes.is_commenter(self.words[each]) for each in after):
            return True
        before = range(self.first, heading)
        size = [sum(len(self.words[each]) for each in part if self.kinds[each] is None) for part in (before, after)]
        return size[1] < size[0]

    def related(self) -> None:
        """Links to other articles stand in a row below their heading."""
        follows = False
        for number, words in enumerate(self.words):
            if shapes.is_related_heading(words):
                follows = True
                self.kinds[number] = self.kinds[number] or _FURNITURE
            elif follows and self.kinds[number] is None and len(words) <= _LONG and not shapes.ends_sentence(words):
                self.kinds[number] = _FURNITURE
            elif self.kinds[number] is None:
                follows = False

    def repeated(self) -> None:
        """What a caption says is a caption where it stands alone, too; what the body says again is a duplicate."""
        captions = {
            comparable(self._without_credit(number))
            for number, kind in enumerate(self.kinds)
            if kind is BlockKind.CAPTION
        }
        for number in self._open():
            if comparable(self.words[number]) in captions:
                self.kinds[number] = BlockKind.CAPTION
        if self.headline is not None:
            title = comparable(self.words[self.headline])
            for number in self._open(self.headline + 1):
                if comparable(self.words[number]) == title:
                    self.kinds[number] = BlockKind.DUPLICATE
        body = [number for number, kind in enumerate(self.kinds) if kind in (None, _BODY)]
        for again in duplicates([self.words[number] for number in body]):
            if self.kinds[body[again]] is None:
                self.kinds[body[again]] = BlockKind.DUPLICATE

    def _without_credit(self, number: int) -> str:
        words = self.words[number]
        return words[: shapes.split_caption(words) or len(words)]

    def headings(self) -> None:
        """A short line without a stop between long paragraphs is a subhead."""
        last = len(self.words) - 1
        for number in self._open(self.first + 1, last):
            words = self.words[number]
            if (
                len(words) <= _SHORT
                and len(words_of(words)) <= _HEADING
                and words[-1].isalnum()
                and not words[0].islower()
                and self._is_body_like(number - 1)
                and self._is_body_like(number + 1)
                and min(len(self.words[number - 1]), len(self.words[number + 1])) > len(words)
            ):
                self.kinds[number] = BlockKind.SUBHEAD

    def tail(self) -> None:
        """After the last paragraph of the body stand those who wrote it, and more furniture."""
        last = max((each for each in range(self.first, len(self.kinds)) if self._is_body_like(each)), default=None)
        if last is None:
            return
        has_furniture = any(kind in (_FURNITURE, BlockKind.COMMENT) for kind in self.kinds[last:])
        for number in self._open(last + 1):
            words = self.words[number]
            if shapes.is_byline(words):
                self.kinds[number] = BlockKind.BYLINE
            elif shapes.is_comments_heading(words) or (
                has_furniture and len(words) <= _SHORT and not shapes.ends_sentence(words)
            ):
                self.kinds[number] = _FURNITURE

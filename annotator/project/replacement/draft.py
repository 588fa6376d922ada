"""The look before replacing: an article and a new version in, a plan of values out. A pure function, for any thread."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from annotator.articles.reading import NewArticle
from annotator.model.adjudication import Decision
from annotator.model.article import BlockKind
from annotator.model.figures import percent
from annotator.model.span import Fragment, Span
from annotator.model.versions import Held
from annotator.project.blocks import kind_at, units
from annotator.project.replacement.plan import Fate, Item, ReplacementPlan, Standing
from annotator.text.reanchor import Anchor, Reanchoring

_LITTLE = 0.3
"""Share of the text below which the new version looks like another article."""
_SPOKEN = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_WHY_TWIN = "the same label of the same annotator lies there already"
_WHY_SPELT = "its words are written differently"
Progress = Callable[[int, int, str], None]


def draft_replacement(
    standing: Standing,
    new: NewArticle,
    known: Mapping[str, str] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ReplacementPlan:
    """Return what replacing an article by a new version would do; nothing is changed.

    Args:
        standing: what lies in the article: `Project.standing`.
        new: the new version, as a reader of articles gives it.
        known: fingerprints and titles of the other articles in the project.
        progress: called now and then: how many things are placed, how many there are, nothing.
        cancelled: asked now and then; true stops, and the plan is refused.
    """
    plan = ReplacementPlan(standing, new)
    other = (known or {}).get(new.fingerprint, "")
    if plan.is_same:
        return plan
    if other:
        return replace(plan, refused=f"That text is in the project already, as “{other}”.")
    texts = Reanchoring(standing.article.text, new.text)
    items: list[Item] = []
    found = _things(standing)
    for number, thing in enumerate(found):
        if cancelled is not None and cancelled():
            return replace(plan, refused="Stopped; nothing was replaced.")
        if progress is not None and number % 50 == 0:
            progress(number, len(found), "")
        items.append(_placed(thing, texts))
    items = _apart(items, standing)
    share = texts.alignment.share
    return replace(
        plan,
        items=tuple(items),
        share=share,
        new_words=_new_words(texts, new),
        body=tuple(_body(texts, standing)),
        removed=tuple(texts.alignment.gaps(after=False)),
        added=tuple(texts.alignment.gaps(after=True)),
        decided=tuple(each for decision in standing.decisions if (each := _decided(decision, texts)) is not None),
        told=tuple(_told(standing, new, share)),
    )


def _things(standing: Standing) -> list[Item]:
    """Return everything that lies in the old text, where it lies there: labels and notes as they are read, then blocks."""
    labels = {label.id: label.name for label in standing.codebook.labels}
    links = Counter(end for link in standing.links for end in {link.origin_id, link.target} if end)
    found = [
        Item(
            "annotation", each.id, Fate.STAYED, each.span, each.span,
            annotator=each.annotator, name=labels.get(each.label, each.label), links=links[each.id],
        )
        for each in standing.annotations
    ]  # fmt: skip
    found += [
        Item("thread", each.id, Fate.STAYED, each.span, each.span, annotator=each.annotator, name="note")
        for each in standing.threads
        if each.span is not None
    ]
    found.sort(key=lambda each: (each.was.start, -each.was.end, each.key))
    for number, block in enumerate(standing.article.blocks):
        span = Span.of((block.start, block.end))
        found.append(Item("block", str(number), Fate.STAYED, span, span, name=block.kind.value))
    return found


def _placed(thing: Item, texts: Reanchoring) -> Item:
    anchor = texts.anchor(thing.was)
    if thing.noun == "block" and anchor.span is not None:
        anchor = replace(anchor, span=_in_whole_lines(thing.was, anchor.span, texts))
    fate, why = _fate(thing.was, anchor, texts)
    near = anchor.span.start if anchor.span else texts.alignment.near(thing.was.start)
    return replace(thing, fate=fate, now=anchor.span, why=why, score=anchor.score, near=near)


def _in_whole_lines(was: Span, now: Span, texts: Reanchoring) -> Span:
    """Return where a block lies: what was a whole paragraph is one, with the words that were put in at its edges."""
    start, end = now.start, now.end
    if texts.before[: was.start].endswith("\n") or was.start == 0:
        start = texts.after.rfind("\n", 0, start) + 1
    if texts.before[was.end :].startswith("\n") or was.end == len(texts.before):
        end = texts.after.find("\n", end)
        end = len(texts.after) if end < 0 else end
    return Span.of((start, end)).trimmed(texts.after)


def _fate(was: Span, anchor: Anchor, texts: Reanchoring) -> tuple[Fate, str]:
    if anchor.span is None:
        return Fate.LOST, anchor.why
    if not anchor.is_sure:
        return Fate.DOUBTFUL, anchor.why
    old, new = was.covered(texts.before), anchor.span.covered(texts.after)
    if old == new:
        return (Fate.STAYED if anchor.span == was else Fate.MOVED), ""
    if [_SPOKEN.sub("", each) for each in old] == [_SPOKEN.sub("", each) for each in new]:
        return Fate.MOVED, "other quotes, blanks or punctuation"
    return Fate.DOUBTFUL, _WHY_SPELT


def _decided(decision: Decision, texts: Reanchoring) -> Decision | None:
    """Return a decision with the places that it speaks of as they are now; None where one of them is lost."""
    stretch = texts.anchor(Span.of((decision.start, decision.end))).span
    held: list[Held] = []
    for each in decision.held:
        spans = [texts.anchor(mark.span).span for mark in each.marks]
        found = [
            mark._replace(fragments=tuple((start, end) for start, end in span.fragments))
            for mark, span in zip(each.marks, spans, strict=True)
            if span is not None
        ]
        if len(found) < len(spans):
            return None
        held.append(replace(each, marks=tuple(found)))
    if stretch is None:
        return None
    return replace(decision, start=stretch.start, end=stretch.end, held=tuple(held))


def _apart(items: Iterable[Item], standing: Standing) -> list[Item]:
    """Return the items, those without a place that would fall together with the same label of the same annotator.

    The surest of them has the place.
    """
    labels = {each.id: each.label for each in standing.annotations}
    taken: set[tuple[str, str, Span]] = set()
    together: set[str] = set()
    items = list(items)
    for each in sorted(items, key=lambda each: (-each.score, each.was.start, each.key)):
        if each.noun == "annotation" and each.now is not None:
            sign = (each.annotator, labels[each.key], each.now)
            if sign in taken:
                together.add(each.id)
            taken.add(sign)
    return [
        replace(each, fate=Fate.LOST, now=None, why=_WHY_TWIN, score=0.0) if each.id in together else each
        for each in items
    ]


def _body(texts: Reanchoring, standing: Standing) -> Iterable[Fragment]:
    """Yield where the paragraphs that were body and have not changed stand now."""
    text, blocks = standing.article.text, standing.article.blocks
    for paragraph in units(text, blocks, 0, len(text)):
        run = texts.alignment.run_at(paragraph.start)
        is_whole = run is not None and paragraph.end <= run.before + run.length
        if run is not None and is_whole and kind_at(blocks, paragraph.start) is BlockKind.BODY:
            yield Fragment(*(edge - run.before + run.after for edge in paragraph))


def _new_words(texts: Reanchoring, new: NewArticle) -> int:
    """Return how many words of the new text are not in the old one, where it is labelled."""
    return sum(
        kind_at(new.blocks, word.start()).is_labelled
        for start, end in texts.alignment.gaps(after=True)
        for word in _WORD.finditer(new.text, start, end)
    )


def _told(standing: Standing, new: NewArticle, share: float) -> Iterable[str]:
    article = standing.article
    if share < _LITTLE:
        yield f"Only {percent(share, 0)} of the text is the same. Is it the same article?"
    if new.title and new.title != article.title:
        yield f"The new version is headed “{new.title}”; the title in the list stays as it is."

"""Records whose spans begin and end with ink, for formats that allow no blanks at the edges of a span."""

from dataclasses import replace

from annotator.formats.format import Losses
from annotator.formats.giving.fit import once
from annotator.formats.record import ArticleRecord
from annotator.model.annotation import Annotation
from annotator.model.span import Span


def inked(record: ArticleRecord, losses: Losses) -> ArticleRecord:
    """Return the record with spans that have no blanks at the edges of their fragments, and count what changed.

    A label that covers blanks alone is left out with its links.
    """
    text = record.article.text
    kept: list[Annotation] = []
    gone: set[str] = set()
    changed = False
    for each in record.annotations:
        if not any(text[start].isspace() or text[end - 1].isspace() for start, end in each.span.fragments):
            kept.append(each)
            continue
        changed = True
        span = _inked(text, each.span)
        if span is None:
            gone.add(each.id)
            losses.add("label on nothing but blanks|labels on nothing but blanks", "left out")
        else:
            losses.add("span with blanks at an edge|spans with blanks at an edge", "the blanks are left out")
            kept.append(replace(each, span=span))
    if not changed:
        return record
    links = tuple(each for each in record.links if each.origin_id not in gone and each.target not in gone)
    losses.add(
        "link of a span that does not fit|links of spans that do not fit", "left out", len(record.links) - len(links)
    )
    annotations, links = once(kept, links, losses)
    return replace(record, annotations=annotations, links=links)


def _inked(text: str, span: Span) -> Span | None:
    found = []
    for start, end in span.fragments:
        covered = text[start:end]
        left, right = len(covered) - len(covered.lstrip()), len(covered.rstrip())
        if left < right:
            found.append((start + left, start + right))
    return Span.of(*found) if found else None

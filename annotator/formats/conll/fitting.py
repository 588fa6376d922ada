"""What both formats of tokens cannot hold: blanks at edges, several fragments, two spans of one label that overlap."""

from dataclasses import replace

from annotator.formats.format import EACH_FRAGMENT, SPANS_ALONE, Annotators, Holds, Losses
from annotator.formats.giving.fit import fit, without_overlaps
from annotator.formats.giving.ink import inked
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation

TAGGED = replace(
    SPANS_ALONE,
    overlap=False,
    title=False,
    annotators=Annotators.APART,
    instead=(("discontinuous", EACH_FRAGMENT),),
)
"""What tokens with tags hold, in either format."""


def fit_tokens(
    holds: Holds, project: ProjectRecord, record: ArticleRecord, losses: Losses, *, flat: bool = False
) -> ArticleRecord:
    """Return the record with spans that can be tagged: those of one label (`flat`: of all labels) share no token."""
    title = record.article.title
    if flat:
        record = fit(holds, project, inked(record, losses), losses)
    else:
        record = _fit_by_label(holds, project, record, losses)
    losses.add("title", "left out", bool(title))
    return record


def _fit_by_label(holds: Holds, project: ProjectRecord, record: ArticleRecord, losses: Losses) -> ArticleRecord:
    record = fit(replace(holds, overlap=True), project, inked(record, losses), losses)
    by_label: dict[str, list[Annotation]] = {}
    for each in record.annotations:
        by_label.setdefault(each.label, []).append(each)
    kept = [
        each
        for same in by_label.values()
        for each in without_overlaps(same, losses, "of those of one label the longest is kept")
    ]
    return replace(record, annotations=tuple(sorted(kept, key=lambda each: each.order)))

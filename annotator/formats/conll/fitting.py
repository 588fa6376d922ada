"""What both formats of tokens cannot hold: blanks at edges, several fragments, two spans of one label that overlap."""

from dataclasses import replace

from annotator.formats.format import Holds, Losses
from annotator.formats.giving.fit import fit, without_overlaps
from annotator.formats.giving.ink import inked
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.model.annotation import Annotation


def fit_tokens(
    holds: Holds, project: ProjectRecord, record: ArticleRecord, losses: Losses, *, flat: bool = False
) -> ArticleRecord:
    """Return the record with spans that can be tagged: those of one label (`flat`: of all labels) share no token."""
    if flat:
        return fit(holds, project, inked(record, losses), losses)
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

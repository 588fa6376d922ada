"""The three figures that matter, each with a sentence of what it means."""

from dataclasses import dataclass

from annotator.model.figures import coefficient
from annotator.project.report import Figure, Report

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's thresholds: for conclusions, and for tentative ones (Content Analysis, 4th ed., 12.6)."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the figures that matter.

    Attributes:
        title: its name in a few words. figure: it. meaning: what it means, in a sentence or two.
    """

    title: str
    figure: Figure
    meaning: str


def headlines(report: Report) -> tuple[Headline, ...]:
    """Return the few figures of everybody together that matter; those that were not asked for are left out."""
    found = []
    for title, figure in (
        ("α, label sets", report.find("krippendorff_alpha_jaccard", annotators=report.annotators)),
        ("F1, overlapping", _f1(report, "overlap")),
        ("F1, exact", _f1(report, "exact")),
    ):
        found += [Headline(title, each, _meaning(each)) for each in figure[:1]]
    return tuple(found)


def _f1(report: Report, match: str) -> tuple[Figure, ...]:
    return report.find("span_f1", annotators=report.annotators, label=None, match=match)


def _meaning(figure: Figure) -> str:
    if figure.value is None:
        return f"Undefined: {figure.undefined}."
    if figure.measure == "span_f1":
        where = "the same edges" if figure.match == "exact" else "edges anywhere"
        return f"Of 100 spans of one of you, another has {_of_hundred(figure.value)}: same label, {where}."
    short = _just_short(figure.value)
    if figure.value >= RELIABLE:
        return "Reliable, by Krippendorff’s rule (.80). 1 is perfect, 0 is chance."
    if figure.value >= TENTATIVE:
        return f"{short}For tentative conclusions only, by Krippendorff’s rule (.67-.80). 0 is chance."
    return f"{short}Too low for conclusions, by Krippendorff’s rule (.67). 0 is chance."


def _just_short(value: float) -> str:
    """Say of a value that it misses a threshold, where it is printed as if it reached it: .7996 as .80."""
    for threshold in (RELIABLE, TENTATIVE):
        if value < threshold and coefficient(value) == coefficient(threshold):
            return f"Just below {coefficient(threshold)} ({coefficient(value, 4)}). "
    return ""


def _of_hundred(share: float) -> str:
    """Return how many of 100: all and none are said of nothing else."""
    hundred = round(100 * share)
    if hundred == 100 and share < 1:
        return "more than 99"
    return "fewer than 1" if hundred == 0 and share > 0 else str(hundred)

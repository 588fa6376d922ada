"""What a report says in words: a figure's name, its value as printed, what it means, and the paragraph on methods."""

from collections.abc import Iterable
from math import floor, log10

from annotator.model.annotator import GOLD
from annotator.model.counting import counted
from annotator.model.figures import coefficient, percent
from annotator.project.report import Costly, Figure, Report
from annotator.project.request import Request

NAMES = {
    "krippendorff_alpha": "Krippendorff’s α",
    "krippendorff_alpha_jaccard": "Krippendorff’s α, label sets (Jaccard)",
    "krippendorff_alpha_masi": "Krippendorff’s α, label sets (MASI)",
    "observed": "Observed agreement",
    "scott_pi": "Scott’s π",
    "gwet_ac1": "Gwet’s AC1",
    "u_alpha": "uα (unitizing)",
    "u_alpha_binary": "|uα (unitizing, marked or not)",
    "cu_alpha": "cuα (unitizing, labels of what both marked)",
    "ku_alpha": "(k)uα (unitizing, one label)",
    "cohen_kappa": "Cohen’s κ",
    "fleiss_kappa": "Fleiss’ κ",
    "gamma": "γ",
    "gamma_cat": "γ-cat",
    "gamma_k": "γ-k",
    "span_f1": "Span F1",
    "agr": "agr(a‖b)",
    "role_f1": "Role F1",
    "target_f1": "Target F1",
    "attribute_alpha": "Attribute α",
}
_RULES = {
    "exact": "same label, same characters",
    "extent": "same characters, whatever the label",
    "overlap": "same label, at least one character shared",
    "iou": "same label, intersection over union of at least {iou:g}",
    "tolerance": "same label, every edge at most {words} off",
    "sentence": "same label, same sentence",
    "filler": "same label, and what fills the role shares a character",
}
REFERENCES = (
    "Krippendorff (2011), Computing Krippendorff’s Alpha-Reliability.",
    "Hayes and Krippendorff (2007), Answering the call for a standard reliability measure for coding data. CMM 1, 77-89.",
    "Passonneau (2006), Measuring agreement on set-valued items (MASI). LREC.",
    "Hripcsak and Rothschild (2005), Agreement, the F-measure, and reliability in information retrieval. JAMIA 12.",
    "Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual continua. Q&Q 50.",
    "Mathet, Widlöcher and Métivier (2015), The unified and holistic method gamma (γ). CL 41.",
)


def match_name(match: str) -> str:
    """Return how a table calls a way of matching spans."""
    return "IoU" if match == "iou" else match


def rule(match: str, report: Report) -> str:
    """Return when two spans count as the same, in words; empty for no match."""
    return (
        _RULES[match].format(iou=report.request.iou, words=counted(report.request.tolerance, "word")) if match else ""
    )


def number(value: float | None) -> str:
    """Return ``.77``, ``-.05``, ``1.00``; empty where there is none (see `annotator.model.figures`)."""
    return "" if value is None else coefficient(value)


def cost_digits(costly: Iterable[Costly]) -> int:
    """Return how many digits tell what articles cost: three, or two that are not 0 where thousands cost little each."""
    most = max((abs(each.leverage) for each in costly if each.leverage is not None), default=0.0)
    return min(9, max(3, 1 - floor(log10(most)))) if most else 3


def printed(figure: Figure) -> str:
    """Return ``.77 (.72–.82)``, or ``undefined: the reason``."""
    return figure_words(figure.value, figure.low, figure.high, figure.undefined)


def figure_words(value: float | None, low: float | None, high: float | None, undefined: str) -> str:
    """Return a value with its interval as printed, or why there is none."""
    if value is None:
        return f"undefined: {undefined}"
    between = interval(low, high)
    return f"{number(value)} ({between})" if between else number(value)


def interval(low: float | None, high: float | None) -> str:
    """Return ``.72–.82``; empty where there is none."""
    return "" if low is None or high is None else f"{number(low)}–{number(high)}"


def label_name(report: Report, label: str | None) -> str:
    """Return the name of a label, or ``all labels``."""
    return "all labels" if label is None else dict(report.labels).get(label, label)


def summary(report: Report) -> str:
    """Return the report in a few plain sentences."""
    heads = report.find("krippendorff_alpha_jaccard", annotators=report.annotators)
    if not heads:
        return f"{counted(report.articles, 'article was', 'articles were')} read by two or more."
    head = heads[0]
    said = [f"On {counted(report.articles, 'article')} read by two or more, α is {printed(head)}."]
    total = report.classes[0] if report.classes else None
    if total and total.points:
        shares = {"missed": total.missed, "boundary": total.boundary, "category": total.category}
        words = {
            "missed": "words that only one of two has marked",
            "boundary": "other edges of the same label",
            "category": "another label on the same words",
        }
        most = max(shares, key=lambda each: shares[each])
        said.append(f"{percent(shares[most] / total.points, 0)} of the disagreement is {words[most]}.")
    each = [
        one
        for one in report.find("krippendorff_alpha", annotators=report.annotators)
        if one.label and one.value is not None
    ]
    if len(each) > 1:
        weakest = min(each, key=lambda one: one.value or 0.0)
        said.append(f"The weakest label is {label_name(report, weakest.label)} ({number(weakest.value)}).")
    if report.costly and report.costly[0].leverage and report.costly[0].leverage >= 0.01:
        said.append(f"“{report.costly[0].title}” alone costs {number(report.costly[0].leverage)}.")
    if head.note:
        said.append(f"{head.note[:1].upper()}{head.note[1:]}.")
    return " ".join(said)


def plan(report: Report) -> str:
    """Return in a sentence how many articles an interval of ± .05 takes; empty where it cannot be told."""
    told = [(people, needed) for people, needed in report.planner if needed]
    if not told:
        return ""
    most = len(report.annotators)
    parts = [f"{needed:,} by {people}" for people, needed in told]
    here = next((needed for people, needed in told if people == most), None)
    if here is not None and here <= report.articles and len(told) == 1:
        enough = counted(here, "article is", "articles are")
        return f"With {most} annotators, {enough} enough for an interval of ± .05 on α: there are {report.articles:,}."
    first, _, rest = parts[0].partition(" ")
    parts[0] = f"{first} {'article' if first == '1' else 'articles'} labelled {rest}"
    if here is not None:
        more = here - report.articles
        parts[-1] += f" ({f'{more:,} more than there are' if more > 0 else f'there are {report.articles:,}'})"
    return f"For an interval of ± .05 on α you need {_or(parts)}, if they are like these."


def _or(parts: list[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def methods(report: Report) -> str:
    """Return the paragraph on methods for a paper: also what was chosen and left out, for the figures are of that alone."""
    request = report.request
    unit = "tokens" if request.unit == "token" else "characters"
    articles = counted(report.articles, "article")
    compared = f"{_compared(report)} were compared on {articles} that at least two of them had finished"
    nothing = "an article that an annotator had finished without marking anything counts as unmarked by that annotator"
    said = [f"{compared} ({report.characters:,} characters).", *_chosen(report)]
    measures = {each.measure for each in report.figures}
    if "krippendorff_alpha" in measures:
        pooled = "for each label against the rest and over sets of labels with Jaccard distance, pooled over articles"
        said.append(f"Krippendorff’s α was computed on {unit}, {pooled}; {nothing}, an unfinished one as missing.")
    else:
        said.append(f"Of finished work only: {nothing}, an unfinished one as missing.")
    if "span_f1" in measures:
        said.append("Spans were matched one to one with maximum cardinality, pair by pair of annotators.")
        matches = {each.match for each in report.figures if each.measure == "span_f1"}
        said += [
            f"{match_name(each)[:1].upper()}{match_name(each)[1:]}: {rule(each, report)}."
            for each in RULED
            if each in matches
        ]
    if any(each.low is not None for each in report.figures):
        said.append(
            f"95% intervals are percentiles of {request.replicates:,} bootstrap replicates that resample articles"
            f" (seed {request.seed})."
        )
    elif request.replicates:
        said.append("No interval is given: replicates that resample so few articles would mislead.")
    said.append(
        f"Computed with Annotator {report.versions.get('annotator', '')}, numpy {report.versions.get('numpy', '')}."
    )
    return " ".join(said)


RULED = ("iou", "tolerance")
"""Matches of spans that say nothing without their threshold."""


def _compared(report: Report) -> str:
    """Return who was compared: how many, and whether what was decided is one of them."""
    gold = [each for each in report.annotators if each.casefold() == GOLD]
    people = counted(len(report.annotators) - len(gold), "annotator")
    return f"{people} and what was adjudicated (gold)" if gold else people


def _chosen(report: Report) -> Iterable[str]:
    """Yield what the articles were chosen by, which labels were compared, and what no figure knows of."""
    if chosen_by(report.request) != ALL_ARTICLES:
        yield f"Articles were chosen ({chosen_by(report.request)})."
    yield f"Labels: {', '.join(name for _, name in report.labels)}."
    blocks = next((each.count for each in report.exclusions if each.what.startswith("block")), 0)
    if blocks:
        yield f"{counted(blocks, 'block was', 'blocks were')} left out (captions, furniture, …)."


ALL_ARTICLES = "all articles"


def chosen_by(request: Request) -> str:
    """Return what the articles of a report were chosen by."""
    chosen = [counted(len(request.articles), "named article")] if request.articles else []
    chosen += [f"outlet {request.outlet}"] if request.outlet else []
    chosen += [f"published {request.since or '…'} to {request.until or '…'}"] if request.since or request.until else []
    return ", ".join(chosen) or ALL_ARTICLES

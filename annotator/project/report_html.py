"""An agreement report as one HTML page that needs nothing else. Every text that comes from a project is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from annotator.model.figures import amount, chance, percent, signed
from annotator.project.report import Person, Report
from annotator.project.report_tables import HEADINGS, cells, main_rows, others
from annotator.project.report_words import (
    REFERENCES,
    chosen_by,
    cost_digits,
    figure_words,
    label_name,
    match_name,
    methods,
    number,
    plan,
    rule,
    summary,
)

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  vertical-align: top; font-variant-numeric: tabular-nums; }
.lead { font-size: 1.2rem; }
.scroll { overflow-x: auto; }
td.n, th.n { text-align: right; padding-right: 1.4rem; }
td.n { white-space: nowrap; }
figure { margin: 1rem 0; }
img { max-width: 100%; height: auto; }
@media (prefers-color-scheme: dark) { body { background: #1b1c1e; color: #e6e3dd; } }
"""


_NUMBER = re.compile(r"[<>]?[+-]?[\d,]*\.?\d*%?")
"""A number as it is printed here, or nothing."""


def as_html(report: Report, *, plots: bool = True) -> str:
    """Return the report as a page; without `plots` it is small, and made at once."""
    shown: dict[str, tuple[str, str, str]] = {}
    if plots:
        # Lazily: matplotlib takes a while to load, and only this needs it.
        from annotator.project.report_plots import pictures  # noqa: PLC0415

        shown = pictures(report)
    title = f"Agreement in {report.project}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="lead">{escape(summary(report))}</p>',
        _section(
            "Main figures",
            _table(HEADINGS, [cells(report, each) for each in main_rows(report)]) + _picture(shown, "labels"),
        ),
        _section("Pairs", _picture(shown, "pairs")),
        _section("Disagreement taken apart", _apart(report)),
        _section("Each annotator against the others", _people(report) + _picture(shown, "people")),
        _section("Articles that cost most", _costly(report) + _picture(shown, "articles")),
        _section("Over time", _periods(report) + _picture(shown, "time")),
        _section("Clauses of the codebook", _clauses(report)),
        _section("How many articles for an interval of ± .05", _planner(report)),
        _section("All other figures", _table(HEADINGS, [cells(report, each) for each in others(report)])),
        _section("What was asked", _choices(report)),
        _section("Left out", _list([str(each) for each in report.exclusions] or ["Nothing."])),
        _section("Methods", f"<p>{escape(methods(report))}</p>{_list(REFERENCES)}"),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _section(title: str, content: str) -> str:
    return f"<h2>{escape(title)}</h2>\n{content}" if content else ""


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    # A column of numbers stands at its right edge.
    kinds = [' class="n"' if all(_NUMBER.fullmatch(row[at]) for row in rows) else "" for at in range(len(headings))]
    head = "".join(f'<th scope="col"{kind}>{escape(each)}</th>' for kind, each in zip(kinds, headings, strict=True))
    body = "\n".join(
        f"<tr>{''.join(f'<td{kind}>{escape(each)}</td>' for kind, each in zip(kinds, row, strict=True))}</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def _picture(shown: dict[str, tuple[str, str, str]], name: str) -> str:
    if name not in shown:
        return ""
    words, light, dark = shown[name]
    source = f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
    return f'<figure><picture>{source}<img src="{light}" alt="{escape(words)}"></picture></figure>'


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in texts)}</ul>"


def _apart(report: Report) -> str:
    rows = [
        (
            label_name(report, each.label),
            amount(each.points),
            *(
                percent(part / each.points) if each.points else ""
                for part in (each.missed, each.boundary, each.category)
            ),
        )
        for each in report.classes
    ]
    spans = [
        (
            label_name(report, each.label),
            *(f"{count:,}" for count in (each.exact, each.boundary, each.structure, each.category, each.missed)),
        )
        for each in report.span_classes
    ]
    confused = [
        (label_name(report, one), label_name(report, other), amount(points)) for one, other, points in report.confused
    ]
    return (
        _table(("Label", "Lost points", "Missed", "Boundary", "Category"), rows)
        + _table(("Label", "Spans: exact", "Boundary", "Structure", "Category", "Missed"), spans)
        + _table(("Label", "The other has", "Lost points"), confused)
    )


def _people(report: Report) -> str:
    rows = [
        (
            each.name,
            f"{each.articles:,}",
            f"{each.spans:,}",
            number(each.f1),
            number(each.recall),
            number(each.precision),
            "" if each.per_thousand_words is None else amount(each.per_thousand_words, 1),
            "" if each.start is None else f"{each.start:+z.1f}",
            "" if each.end is None else f"{each.end:+z.1f}",
            _preferred(report, each),
            _drift(each),
        )
        for each in report.people
    ]
    headings = ("Annotator", "Articles", "Spans", "F1", "Recall", "Precision", "Spans per 1,000 words")
    return _table((*headings, "Starts (characters)", "Ends (characters)", "Gives more often", "Drifts"), rows)


def _drift(person: Person) -> str:
    if person.p is None:
        return person.drift_note
    return person.drift_note or f"{'yes' if person.drifts else 'no'} (ρ {number(person.rho)}, {chance(person.p)})"


def _preferred(report: Report, person: Person) -> str:
    """Return the labels that somebody gives more often than the others by two points in a hundred at least."""
    more = sorted(((share, label) for label, share in person.preference if share >= 0.02), reverse=True)
    return ", ".join(f"{label_name(report, label)} (+{percent(share, 0)})" for share, label in more)


def _costly(report: Report) -> str:
    digits = cost_digits(report.costly)
    rows = [
        (
            each.title,
            "" if each.leverage is None else signed(each.leverage, digits),
            number(each.own),
            " against ".join(", ".join(camp) for camp in each.camps if camp),
        )
        for each in report.costly[:20]
    ]
    return _table(("Article", "α without it, less α", "α on it alone", "Camps"), rows)


def _planner(report: Report) -> str:
    rows = [(str(people), f"{needed:,}" if needed else "too few articles to tell") for people, needed in report.planner]
    words = plan(report)
    return (f"<p>{escape(words)}</p>" if words else "") + _table(("Annotators", "Articles needed"), rows)


def _periods(report: Report) -> str:
    names = {"week": "Week from", "batch": "Articles", "first": "The first articles together"}
    rows = [
        (
            names[each.kind],
            each.name,
            f"{each.articles:,}",
            figure_words(each.value, each.low, each.high, each.undefined),
            each.note,
        )
        for each in report.periods
    ]
    return _table(("In order of finishing", "Which", "Articles", "α (95% interval)", "Remark"), rows)


def _clauses(report: Report) -> str:
    rows = [
        (
            each.clause or "no clause cited",
            str(each.revision),
            f"{each.count:,}",
            ", ".join(f"{kind} {count:,}" for kind, count in each.kinds),
            ", ".join(label_name(report, label) for label in each.labels),
            amount(each.points) if each.labels else "",
        )
        for each in report.clauses
        if each.count or each.points
    ]
    return _table(("Clause", "Revision", "Decided", "Kinds", "Labels it is about", "Their lost points"), rows)


def _choices(report: Report) -> str:
    request = report.request
    rows = [
        ("Annotators", ", ".join(report.annotators)),
        ("Labels", ", ".join(name for _, name in report.labels)),
        ("Articles", f"{report.articles:,} finished by two or more; {report.characters:,} characters"),
        ("Chosen by", chosen_by(request)),
        ("Unit", request.unit),
        ("Bootstrap", f"{request.replicates:,} replicates over articles, seed {request.seed}"),
        *(
            (f"Match “{match_name(match)}”", rule(match, report))
            for match in ("exact", "extent", "overlap", "iou", "sentence", "filler")
        ),
        *([("Match “tolerance”", rule("tolerance", report))] if request.tolerance else []),
        ("Made", report.made_at),
        ("Versions", ", ".join(f"{name} {version}" for name, version in report.versions.items())),
    ]
    return _table(("Choice", "Value"), rows)

"""An agreement report as text: CSV, LaTeX, Markdown. All of them say the same numbers."""

import csv
import io
import re
from collections.abc import Sequence

from annotator.model.figures import amount, percent
from annotator.project.report import Figure, Report
from annotator.project.report_words import NAMES, label_name, match_name, methods, number, plan, printed, summary
from annotator.text.markdown import escaped

COLUMNS = (
    "measure",
    "unit",
    "label",
    "part",
    "annotators",
    "match",
    "article",
    "value",
    "undefined",
    "low",
    "high",
    "note",
    "articles",
    "units",
    "prevalence",
    "precision",
    "recall",
    "compared",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: Report) -> str:
    """Return all figures as CSV, a row each; no cell is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in report.rows():
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def main_rows(report: Report) -> list[Figure]:
    """Return the figures of everybody together that a paper's table shows: α and F1, for all labels and each."""
    rows: list[Figure] = []
    for label in (None, *(key for key, _ in report.labels)):
        for measure in ("krippendorff_alpha_jaccard", "krippendorff_alpha", "span_f1"):
            rows.extend(report.find(measure, label=label, annotators=report.annotators))
    return rows


def others(report: Report) -> list[Figure]:
    """Return every other figure."""
    shown = set(main_rows(report))
    return [each for each in report.figures if each not in shown]


def cells(report: Report, figure: Figure) -> tuple[str, ...]:
    """Return what a table's row says of a figure."""
    name = NAMES[figure.measure] + (f" ({match_name(figure.match)})" if figure.match else "")
    part = f" · {figure.part}" if figure.part else ""
    if figure.article:
        titles = (each.title for each in report.costly if each.article == figure.article)
        part += f" · “{next(titles, figure.article)}”"
    return (
        name,
        label_name(report, figure.label) + part,
        ", ".join(figure.annotators),
        printed(figure),
        f"{figure.articles:,}",
        f"{figure.units:,}",
        number(figure.prevalence),
    )


HEADINGS = ("Measure", "Label", "Annotators", "Value (95% interval)", "Articles", "n", "Prevalence")


def as_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    lines = [f"# Agreement in {escaped(report.project)}", "", escaped(summary(report)), ""]
    for title, figures in (("Main figures", main_rows(report)), ("Other figures", others(report))):
        if figures:
            rows = [
                HEADINGS,
                ("---",) * len(HEADINGS),
                *(tuple(map(escaped, cells(report, each))) for each in figures),
            ]
            lines += [f"## {title}", "", *(f"| {' | '.join(row)} |" for row in rows), ""]
    lines += ["## Disagreement", "", "| Label | Lost points | Missed | Boundary | Category |", "|---|---|---|---|---|"]
    for each in report.classes:
        parts = (each.missed, each.boundary, each.category)
        shares = [percent(part / each.points) if each.points else "" for part in parts]
        lines.append(f"| {escaped(label_name(report, each.label))} | {amount(each.points)} | {' | '.join(shares)} |")
    if plan(report):
        lines += ["", "## How many articles", "", escaped(plan(report))]
    lines += ["", "## Left out", ""]
    lines += [f"- {escaped(str(each))}" for each in report.exclusions] or ["Nothing."]
    lines += ["", "## Methods", "", escaped(methods(report)), ""]
    return "\n".join(lines)


_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "α": r"$\alpha$",
    "κ": r"$\kappa$",
    "π": r"$\pi$",
    "γ": r"$\gamma$",
    "‖": r"$\|$",
    "·": r"$\cdot$",
    "’": "'",
    "“": "``",
    "”": "''",
    "–": "--",
    "…": r"\ldots{}",
    "±": r"$\pm$",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "−": "$-$",
}
_MINUS = re.compile(r"(?<![\w.])-(?=\.\d)")
"""What stands before a number below 0: a hyphen would be set."""


def latex(text: str) -> str:
    """Return text as LaTeX shows it, in one line: an empty one would end the table."""
    return "".join(_LATEX.get(sign, sign) for sign in _MINUS.sub("−", " ".join(text.split())))


def as_latex(report: Report) -> str:
    """Return the main figures as a LaTeX table, with the methods as its note; it needs no package."""
    figures = main_rows(report) or list(report.figures)
    everybody = all(each.annotators == report.annotators for each in figures)
    chosen = (0, 1, 3, 4, 5) if everybody else (0, 1, 2, 3, 4, 5)
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\begin{{tabular}}{{{'ll' if everybody else 'lll'}rrr}}",
        r"\hline",
        _row([HEADINGS[at] for at in chosen]),
    ]
    lines.append(r"\hline")
    lines += [_row([cells(report, each)[at] for at in chosen]) for each in figures]
    lines += [r"\hline", r"\end{tabular}", rf"\caption{{Agreement. {latex(methods(report))}}}", r"\end{table}", ""]
    return "\n".join(lines)


def _row(texts: Sequence[str]) -> str:
    return " & ".join(latex(each) for each in texts) + r" \\"

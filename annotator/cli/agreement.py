"""``annotator agreement PROJECT``: how well annotators agree, as text, JSON, CSV, LaTeX, Markdown or an HTML page."""

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT, refuse_overwriting
from annotator.model.errors import AgreementError
from annotator.project import Project
from annotator.project.report import Report
from annotator.project.report_html import as_html
from annotator.project.report_tables import HEADINGS, as_csv, as_latex, as_markdown, cells, main_rows
from annotator.project.report_words import plan, summary
from annotator.project.request import MEASURES, UNITS, Request
from annotator.project.whole_file import write_text


def _split(_ctx: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in value.split(",") if each.strip())


def _measures(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    named = [each for one in value for each in _split(ctx, option, one)]
    if "all" in named:
        return MEASURES
    for each in named:
        if each not in MEASURES:
            raise click.BadParameter(f"there is no measure “{each}”. There are: all, {', '.join(MEASURES)}.")
    return tuple(named)


_FORMS = {
    "json": "Everything, as JSON.",
    "csv": "All figures, a row each.",
    "latex": "A table for a paper.",
    "markdown": "A report as Markdown.",
}


def _in_a_form(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say in which form it answers: one of `_FORMS` as its argument `form`, or None.

    Of flags that share an argument, click takes the last and says nothing of the others.
    """

    @wraps(command)
    def formed(*args: object, **options: object) -> None:
        asked = [form for form in _FORMS if options.pop(f"as_{form}")]
        if len(asked) > 1:
            raise click.UsageError(
                f"{' and '.join(f'--{form}' for form in asked)} are forms of one report. Choose one."
            )
        command(*args, form=asked[0] if asked else None, **options)

    given: Callable[..., None] = formed
    for form in reversed(_FORMS):
        given = click.option(f"--{form}", f"as_{form}", is_flag=True, help=_FORMS[form])(given)
    return given


@click.command()
@PROJECT
@click.option(
    "--annotators",
    default="",
    callback=_split,
    metavar="A,B,…",
    help="Only these; all people when left out. gold is what was decided.",
)
@click.option("--labels", default="", callback=_split, metavar="A,B,…", help="Only these; all when left out.")
@click.option("--outlet", default="", metavar="NAME", help="Only articles of this outlet.")
@click.option("--since", default="", metavar="DATE", help="Only articles published then or later.")
@click.option("--until", default="", metavar="DATE", help="Only articles published then or earlier.")
@click.option("--unit", type=click.Choice(UNITS), default="character", show_default=True, help="What is counted.")
@click.option(
    "--measure",
    "measures",
    multiple=True,
    callback=_measures,
    metavar="NAME",
    help="Can be given several times, or as all; all but the slow gamma when left out.",
)
@click.option(
    "--tolerance", type=click.IntRange(min=0), default=0, metavar="N", help="Match spans also with edges N words off."
)
@click.option(
    "--bootstrap",
    type=click.IntRange(min=0),
    default=2000,
    show_default=True,
    metavar="N",
    help="Replicates; 0 for none.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, metavar="N", help="Of the replicates."
)
@click.option("--oneself", is_flag=True, help="Compare second readings with the first ones: a report for each reader.")
@_in_a_form
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="OUT", help="Write a report as a page.")
@click.option("--force", is_flag=True, help="Write over a file of that name.")
def agreement(
    project: Path,
    *,
    annotators: tuple[str, ...],
    labels: tuple[str, ...],
    outlet: str,
    since: str,
    until: str,
    unit: str,
    measures: tuple[str, ...],
    tolerance: int,
    bootstrap: int,
    seed: int,
    oneself: bool,
    form: str | None,
    page: Path | None,
    force: bool,
) -> None:
    """Say how well annotators agree, and where they do not.

    Only finished articles count: done, or read and nothing found.

    For whoever coordinates: it tells of everybody's labels, hidden or not.
    """
    if page is not None:
        refuse_overwriting(page, force=force)
    request = Request(
        annotators=annotators,
        labels=labels,
        outlet=outlet,
        since=since,
        until=until,
        unit=unit,
        measures=measures,
        tolerance=tolerance,
        replicates=bootstrap,
        seed=seed,
    )
    if oneself and (page is not None or form not in {None, "json"}):
        raise click.UsageError("--oneself goes with --json, or alone.")
    with Project.open(project, read_only=True) as opened, Progress() as progress:
        _check_outlet(opened, outlet)
        if oneself:
            click.echo(_of_oneself(opened.agreement_with_oneself(request, progress=progress), form), nl=False)
            return
        report = opened.agreement(request, progress=progress)
    if page is not None:
        write_text(page, as_html(report), overwrite=True)
        click.echo(f"Wrote “{page}”.", err=form is not None)
    if form is not None or page is None:
        click.echo(_written(report, form), nl=False)


def _check_outlet(project: Project, outlet: str) -> None:
    """Refuse the name of an outlet that no article has: no figure would tell that it was misspelt."""
    known = {each.outlet for each in project.articles() if each.outlet} if outlet else {outlet}
    if outlet.casefold() not in {each.casefold() for each in known}:
        there = f"There are: {', '.join(sorted(known))}." if known else "No article names one."
        raise AgreementError(f"“{project.name}” has no article of the outlet “{outlet}”. {there}")


def _of_oneself(reports: tuple[Report, ...], form: str | None) -> str:
    if form == "json":
        return json.dumps([each.to_dict() for each in reports], ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    told = [f"{' and '.join(each.annotators)}\n{_plain(each)}" for each in reports]
    return "\n".join(told) or "Nobody has read articles a second time. Assign repeats first.\n"


def _written(report: Report, form: str | None) -> str:
    match form:
        case "json":
            return json.dumps(report.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        case "csv":
            return as_csv(report)
        case "latex":
            return as_latex(report)
        case "markdown":
            return as_markdown(report)
    return _plain(report)


def _plain(report: Report) -> str:
    figures = main_rows(report) or list(report.figures)
    rows = [HEADINGS, *(cells(report, each) for each in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    left_out = [f"Left out: {each}." for each in report.exclusions]
    planned = ["", plan(report)] if plan(report) else []
    return "\n".join([summary(report), "", *lines, *planned, *(["", *left_out] if left_out else [])]) + "\n"

"""``annotator export``, ``import`` and ``split``: to and from the files of other programs."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT, refuse_overwriting, tell
from annotator.model.adjudication import Cell
from annotator.model.article import State
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError, CodebookError, ExchangeError, NotFoundError
from annotator.project import Project
from annotator.project.exchange import ImportReport
from annotator.project.formats import (
    IN,
    OUT,
    TOKENISATIONS,
    ExportReport,
    Listen,
    Options,
    Selection,
    Taking,
    Unit,
)
from annotator.project.splitting import BY, SHARES

_PATH = click.Path(path_type=Path, readable=False)
_UNITS = {unit.value.replace(" ", "-"): unit for unit in Unit}
_STATES = {"done": State.DONE, "in-progress": State.IN_PROGRESS}
_OUT = ", ".join(OUT)
_IN = ", ".join(IN)
_JSON = click.option("--json", "as_json", is_flag=True, help="The report as JSON, for scripts.")
_SET = click.option(
    "--set",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A choice of one format alone; docs/formats.md names them.",
)


@click.command(short_help="Write articles and labels in the format of another program.")
@PROJECT
@click.argument("out", type=_PATH)
@click.option("--format", "form", default="jsonl", show_default=True, metavar="FORMAT", help=f"One of {_OUT}.")
@click.option("--annotator", "who", multiple=True, metavar="NAME", help="Only this annotator's work. Can be repeated.")
@click.option("--gold", is_flag=True, help="What was decided, of the articles in which nothing is open.")
@click.option("--undecided", is_flag=True, help="With --gold: of articles in which something is open, too.")
@click.option("--labels", default="", metavar="LABEL,…", help="Only these labels, by id or name.")
@click.option(
    "--article", "titles", multiple=True, metavar="TITLE", help="Only this article, by title or id. Can be repeated."
)
@click.option("--finished", is_flag=True, help="Only articles that the annotator has finished.")
@click.option(
    "--without-blocks", is_flag=True, help="Cut captions, furniture and other left-out blocks from the texts."
)
@click.option(
    "--offsets", type=click.Choice(list(_UNITS)), default="code-points", show_default=True, help="What they count."
)
@click.option(
    "--tokens", type=click.Choice(TOKENISATIONS), default="words", show_default=True, help="How texts are cut."
)
@click.option("--split", "split_name", default="", metavar="NAME", help="A file or folder for each part of this split.")
@click.option("--excel", is_flag=True, help="Tables that a spreadsheet program takes nothing in for a formula.")
@_SET
@click.option("--dry-run", is_flag=True, help="Say what would be written and lost, and write nothing.")
@click.option("--force", is_flag=True, help="Write over a file or folder of that name.")
@_JSON
def export(
    project: Path,
    out: Path,
    form: str,
    *,
    who: tuple[str, ...],
    gold: bool,
    undecided: bool,
    labels: str,
    titles: tuple[str, ...],
    finished: bool,
    without_blocks: bool,
    offsets: str,
    tokens: str,
    split_name: str,
    excel: bool,
    given: tuple[str, ...],
    dry_run: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write a project's articles and labels in the format of another program.

    What the format cannot hold is told, with how many and what is done about it. What was written is read back and
    compared before it is put in its place.

    For whoever coordinates: it takes everybody's labels, hidden or not, unless --annotator says whose.
    """
    refuse_overwriting(out, force=force or dry_run)
    with Project.open(project, read_only=True) as opened:
        articles = frozenset(_article(opened, each) for each in titles)
        chosen = _gold(opened, who, articles, gold=gold, undecided=undecided)
        selection = Selection(
            annotators=chosen.annotators if gold else frozenset(opened.annotator(each).id for each in who),
            labels=frozenset(_label(opened, each) for each in labels.split(",") if each.strip()),
            articles=chosen.articles if gold else articles,
            finished=finished,
            blocks=not without_blocks,
        )
        options = Options(
            unit=_UNITS[offsets],
            tokens=tokens,
            parts=opened.find_split(split_name).parts if split_name else (),
            split=split_name,
            excel=excel,
            given=_pairs(given),
        )
        with Progress() as progress:
            listen = Listen(progress)
            if dry_run:
                report = opened.export_plan(form, selection=selection, options=options, listen=listen)
            else:
                report = opened.export(out, form, selection=selection, options=options, overwrite=force, listen=listen)
    _say_export(report, out, dry_run=dry_run, as_json=as_json)


_UNDECIDED = (
    "In every chosen article something is undecided, or agreed and not accepted yet. Decide about it, accept what agrees"
    " with “annotator adjudicate PROJECT --rule all”, or add --undecided."
)


def _gold(
    project: Project, who: tuple[str, ...], articles: frozenset[str], *, gold: bool, undecided: bool
) -> Selection:
    """Return the choice of gold in the articles that were chosen, if any were; say how much is undecided."""
    if not gold:
        if undecided:
            raise ExchangeError("--undecided belongs to --gold: annotators' labels are never undecided.")
        return Selection()
    if who:
        raise ExchangeError("Choose gold or annotators: one file holds either what was decided, or who labelled what.")
    every = project.gold_selection(undecided=True).articles
    try:
        found = project.gold_selection(undecided=undecided)
    except ExchangeError as error:
        raise ExchangeError(_UNDECIDED) from error
    wanted = found.articles & articles if articles else found.articles
    if not wanted:
        raise ExchangeError(_UNDECIDED)
    left = len(every & articles if articles else every) - len(wanted)
    if left:
        click.echo(
            f"Left out: {counted(left, 'article')} with something undecided, or agreed and not accepted yet (annotator"
            " adjudicate --rule all accepts that); take them with --undecided.",
            err=True,
        )
    if undecided:
        queue = project.queue(Cell(articles=wanted))
        if queue.left:
            click.echo(f"Undecided, and so without gold: {counted(queue.left, 'place')} in these articles.", err=True)
        if agreed := sum(queue.agreed.values()):
            click.echo(
                f"Agreed but not accepted, and so without gold: {counted(agreed, 'place')} in these articles"
                " (annotator adjudicate --rule all accepts that).",
                err=True,
            )
    return Selection(annotators=found.annotators, articles=wanted)


def _say_export(report: ExportReport, out: Path, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, **dataclasses.asdict(report)}, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{'Would write' if dry_run else 'Wrote'} {counted(report.articles, 'article')},"
        f" {counted(report.annotations, 'label')} and {counted(report.links, 'link')} to"
        # An export of several files is a folder, whatever its name ends in.
        f" {'the folder ' if out.is_dir() and not dry_run else ''}“{out}”."
    )
    if report.compared:
        click.echo(f"Read back and found equal: {', '.join(report.compared)}.")
    elif not dry_run:
        click.echo("This format is not read here, so what was written was not compared.")
    if report.readme:
        click.echo(f"What it is stands in “{report.readme}”.")
    for sentence in report.left_out:
        click.echo(f"Left out: {sentence}.", err=True)
    for loss in report.losses:
        click.echo(f"Does not fit: {loss}.", err=True)


@click.command("import", short_help="Add the articles and labels of another program's files.")
@PROJECT
@click.argument("source", type=_PATH, metavar="PATH")
@click.option("--format", "form", default="", metavar="FORMAT", help=f"One of {_IN}; recognised when it is not given.")
@click.option(
    "--annotator", "who", default="", metavar="NAME", help="Whose labels these are, where the files do not say."
)
@click.option(
    "--state",
    type=click.Choice(list(_STATES)),
    default="done",
    show_default=True,
    help="Whether the work counts as finished, where the files do not say.",
)
@click.option(
    "--offsets", type=click.Choice(list(_UNITS)), default=None, help="What they count, if not what the format says."
)
@click.option(
    "--sheet", default="", metavar="NAME", help="Of a workbook, the sheet of a table with offsets; else the first."
)
@click.option(
    "--as", "mapped", multiple=True, metavar="WORD=LABEL", help="Take a word of the files for a label of the codebook."
)
@_SET
@click.option("--partly", is_flag=True, help="Take what is right, though something is wrong.")
@click.option("--dry-run", is_flag=True, help="Read and report, and add nothing.")
@_JSON
def import_(
    project: Path,
    source: Path,
    form: str,
    *,
    who: str,
    state: str,
    offsets: str | None,
    sheet: str,
    mapped: tuple[str, ...],
    given: tuple[str, ...],
    partly: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add the articles and labels of a file or folder of another program to a project.

    Doing it twice adds nothing. When something in the files is wrong, nothing is added, unless --partly is given. Labels
    that the codebook lacks are added to it as a new revision, unless --as says what they are.
    """
    with Project.open(project) as opened:
        mapping = {word: _label(opened, label) for word, label in _pairs(mapped).items()}
        with Progress() as progress:
            taking = Taking(
                annotator=who,
                state=_STATES[state],
                unit=_UNITS[offsets] if offsets else None,
                given={**_pairs(given), **({"sheet": sheet} if sheet else {})},
                listen=Listen(progress),
            )
            report = opened.import_(source, form, taking=taking, mapping=mapping, partly=partly, trial=dry_run)
    _say_import(report, source, dry_run=dry_run, as_json=as_json)


def _say_import(report: ImportReport, source: Path, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, **dataclasses.asdict(report)}, ensure_ascii=False, indent=2))
    else:
        tell(report.problems)
    if report.refused:
        raise AnnotatorError(f"Nothing was added. Mend “{source}”, or take what is right with --partly.")
    if not as_json:
        for sentence in report.told:
            click.echo(sentence)
        click.echo(
            f"{'Would add' if dry_run else 'Added'} {counted(report.articles, 'article')},"
            f" {counted(report.annotations, 'label')} and {counted(report.links, 'link')}; {report.known:,} there already."
        )
    if report.problems:
        raise AnnotatorError(
            f"{counted(len(report.problems), 'thing')} in “{source}” did not go in as it stands there."
        )


@click.command(short_help="Divide the articles into parts for training and testing.")
@PROJECT
@click.argument("name")
@click.option("--by", type=click.Choice(BY), default="story", show_default=True, help="What never lies on both sides.")
@click.option(
    "--parts",
    default=",".join(f"{part}={share:g}" for part, share in SHARES.items()),
    show_default=True,
    metavar="PART=SHARE,…",
    help="The parts and their shares.",
)
@click.option("--seed", default=1, show_default=True, help="The same project, parts and seed give the same split.")
@_JSON
def split(project: Path, name: str, *, by: str, parts: str, seed: int, as_json: bool) -> None:
    """Divide the articles into parts for training and testing, and keep that under a name for `export --split`.

    Articles of one story stay together, and copies of one text always do. Labels are spread evenly.
    """
    shares: dict[str, float] = {}
    for part, share in _pairs(tuple(parts.split(","))).items():
        try:
            shares[part] = float(share)
        except ValueError:
            raise ExchangeError(f"“{share}” is no number. Write --parts train=80,dev=10,test=10.") from None
    with Project.open(project) as opened:
        made = opened.split(name, by=by, shares=shares, seed=seed)
        titles = {head.id: head.title for head in opened.articles()}
    if made.advice:
        click.echo(made.advice, err=True)
    if as_json:
        found = {part: sorted(ids) for part, ids in made.parts}
        click.echo(json.dumps({"name": made.name, "by": made.by, "seed": made.seed, "parts": found}, indent=2))
        return
    words = ", ".join(f"{part} {len(ids):,}" for part, ids in made.parts)
    click.echo(f"Split {counted(len(titles), 'article')} by {made.by}: {words}.")


def _pairs(words: tuple[str, ...]) -> Mapping[str, str]:
    found = {}
    for each in words:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise ExchangeError(f"“{each}” should be a name, an equals sign and a value.")
        found[name.strip()] = value.strip()
    return found


def _label(project: Project, word: str) -> str:
    label = project.codebook.find_label(word.strip())
    if label is None:
        known = ", ".join(each.id for each in project.codebook.labels)
        raise CodebookError(f"The codebook has no label “{word.strip()}”. It has: {known}.")
    return label.id


def _article(project: Project, word: str) -> str:
    for head in project.articles():
        if word in (head.id, head.title):
            return head.id
    raise NotFoundError(f"“{project.name}” has no article “{word}”.")

"""``annotator merge PROJECT FILE…``: copies that come back, looked at and then merged whole."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.copies.draft import draft_copies
from annotator.project.copies.plan import CopiesPlan, Fate, FilePlan, Item, Rule, Version
from annotator.project.copies.words import image_words
from annotator.project.merging_copies import MergeReport

_RULES = tuple(each.value for each in Rule)


def _choices(_ctx: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in value:
        item, equals, number = each.rpartition("=")
        if not equals or not number.isdecimal():
            raise click.BadParameter(f"“{each}” must be an id from the list of conflicts, “=”, and a number from 0.")
        found[item] = int(number)
    return found


@click.command(short_help="Merge copies of a project that others worked in.")
@PROJECT
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Only say what would be merged.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--rule", type=click.Choice(_RULES), help="Who wins where both sides changed something.")
@click.option(
    "--choose",
    "choices",
    multiple=True,
    callback=_choices,
    metavar="ID=N",
    help="Take version N of one thing; 0 is the project's. Can be given several times.",
)
def merge(
    project: Path, files: tuple[Path, ...], rule: str | None, choices: dict[str, int], *, dry_run: bool, as_json: bool
) -> None:
    """Merge copies of a project that others worked in: all that can be, in one step, or nothing.

    A FILE may be a folder: all projects in it are merged. Files that cannot be merged are named, and the others are. The order of the files and their names do not matter, and
    merging twice adds nothing. Where both sides changed the same thing, nothing is merged until --rule or --choose
    decides. The rule newer goes by the clocks of the machines, which may be wrong.

    For whoever coordinates: it tells of everybody's labels, hidden or not.
    """
    if dry_run:
        with Progress() as progress:
            plan = draft_copies(project, files, progress=progress)
        _say(plan, None, as_json=as_json)
        _complain(plan)
        return
    with Project.open(project) as opened:
        with Progress() as progress:
            plan = opened.merge_draft(files, progress=progress)
        if len(plan.refused) == len(plan.files):
            _say(plan, None, as_json=as_json)
            raise AnnotatorError("None of the files could be merged. Nothing was changed.")
        waiting = [each for each in plan.conflicts if each.id not in choices]
        if waiting and rule is None:
            _say(plan, None, as_json=as_json)
            raise AnnotatorError(
                f"Nothing was merged: {counted(len(waiting), 'conflict')} to decide. Decide with --rule or --choose."
            )
        report = opened.merge(plan, choices, rule)
    _say(plan, report, as_json=as_json)
    _complain(plan)


def _complain(plan: CopiesPlan) -> None:
    if plan.refused:
        raise AnnotatorError(f"{counted(len(plan.refused), 'file')} of {len(plan.files)} could not be merged.")
    if plan.unplaced:
        raise AnnotatorError(f"{counted(len(plan.unplaced), 'thing')} found no place in the project.")


def _say(plan: CopiesPlan, report: MergeReport | None, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(as_values(plan, report), indent=2, ensure_ascii=False))
        return
    for file in plan.files:
        if file.refused:
            click.echo(f"{file.path}: {file.refused}", err=True)
    for line in _lines(plan):
        click.echo(line)
    if report is not None:
        new, changed, deleted = (f"{each:,}" for each in (report.new, report.changed, report.deleted))
        click.echo(
            f"Merged {counted(report.files, 'file')}: {new} new, {changed} changed and {deleted} deleted labels;"
            f" {report.left:,} left as they were."
            if report.taken or report.left
            else "There was nothing new."
        )


def _lines(plan: CopiesPlan) -> Iterator[str]:
    for file in plan.files:
        if file.refused:
            continue
        found = [*_in_file(file)]
        yield f"{file.path}:" if found else f"{file.path}: nothing new"
        yield from (f"  {line}" for line in found)
    for item in plan.conflicts:
        yield f"Conflict {item.id}: {item.annotator + ', ' if item.annotator else ''}{item.words}"
        if item.why:
            yield f"  {item.why}"
        for number, version in enumerate(item.versions):
            yield f"  {number}  {_side(plan, version)}: {image_words(version.image)}"
    for each in plan.unplaced:
        yield f"No place for “{each.words or each.noun}” of {each.annotator or 'nobody'}: {each.why}"


def _in_file(file: FilePlan) -> Iterator[str]:
    """Yield what a file brings, a line an annotator."""
    yield from file.told
    for name in file.annotators:
        parts = [f"{number:,} {fate}" for fate in Fate if (number := file.count(fate, name))]
        yield f"{name}: labels {', '.join(parts) or 'none'}{_others(file, name)}"
    nobody = _others(file, "")
    if nobody:
        yield f"beside labels{nobody.replace(';', ':', 1)}"


def _others(file: FilePlan, name: str) -> str:
    """Return what an annotator did beside labelling."""
    found: Counter[str] = Counter()
    for (who, noun, fate), number in file.counts.items():
        if who == name and noun not in ("annotation", "visit", "text", "blocks") and fate is not Fate.SAME:
            found[f"{noun} {fate}"] += number
    return "".join(f"; {what} {number:,}" for what, number in sorted(found.items()))


def _side(plan: CopiesPlan, version: Version) -> str:
    names = ", ".join(plan.files[file].path.name for file in version.files)
    where = f"in {names}" if names else "in the project"
    by = f", {version.who}" if version.who else ""
    return f"{where}{by}{f', {version.when}' if version.when else ''}"


def as_values(plan: CopiesPlan, report: MergeReport | None) -> dict[str, Any]:
    """Return a plan, and what came of it, as plain values for JSON."""
    return {
        "files": [
            {
                "path": str(file.path),
                "refused": file.refused,
                "told": list(file.told),
                "counts": [
                    {"annotator": who, "noun": noun, "fate": fate.value, "count": number}
                    for (who, noun, fate), number in sorted(file.counts.items())
                ],
            }
            for file in plan.files
        ],
        "conflicts": [_item(each) for each in plan.conflicts],
        "unplaced": [dataclasses.asdict(each) for each in plan.unplaced],
        "merged": None if report is None else dataclasses.asdict(report),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "annotator": item.annotator,
        "article": item.article,
        "words": item.words,
        "why": item.why,
        "versions": [
            {"files": list(each.files), "who": each.who, "when": each.when, "value": each.image}
            for each in item.versions
        ],
    }

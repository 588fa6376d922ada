"""Backups, and saving what can be saved."""

import json
from pathlib import Path

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT
from annotator.model.counting import counted
from annotator.model.errors import NotFoundError
from annotator.project import Project
from annotator.project import backups as kept
from annotator.project.upgrading import needs_upgrade

_FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Where they lie, if not beside the project."
)


@click.command()
@PROJECT
@click.argument("out", type=click.Path(path_type=Path))
def recover(project: Path, out: Path) -> None:
    """Save what can be read of a damaged project into a new one.

    The damaged file is not touched. What was lost is said; labels whose words do not stand at their place any more are
    left out, never guessed. Look for a backup first: “annotator backups PROJECT”.
    """
    # Lazily: nobody else needs it.
    from annotator.project.recovery import recover as save  # noqa: PLC0415

    found = save(project, out)
    click.echo(f"{found.damaged:,} of {counted(found.pages, 'page')} could not be read whole.")
    before = f" of {found.counted:,} that the damaged file had counted" if found.counted else ""
    click.echo(f"Saved in “{found.path}”:")
    click.echo(f"  {counted(found.articles, 'article')}")
    click.echo(f"  {counted(found.annotations, 'label')}{before}")
    click.echo(f"  {counted(found.links, 'link')}")
    for sentence in (*found.told, *map(str, found.problems)):
        click.echo(sentence)


@click.command()
@PROJECT
def upgrade(project: Path) -> None:
    """Bring a project of an older version of the program up to date.

    What it was is kept beside it under another name. The window, and every command that writes, does the same by itself;
    commands that only read never change a file. In a large project the counts for agreement are laid ready, too.
    """
    older = needs_upgrade(project)
    with Project.open(project) as opened, Progress() as progress:
        name = opened.path.name
        opened.count_now(progress)
    click.echo(f"“{name}” is up to date{' now; what it was is kept beside it' if older else ' already'}.")


@click.command()
@PROJECT
@_FOLDER
@click.option("--make", is_flag=True, help="Make one first, unless nothing has changed since the last.")
@click.option(
    "--count",
    "most",
    type=click.IntRange(1),
    default=kept.KEEPING.count,
    show_default=True,
    metavar="N",
    help="With --make: keep so many of the latest …",
)
@click.option(
    "--days",
    type=click.IntRange(0),
    default=kept.KEEPING.days,
    show_default=True,
    metavar="N",
    help="… and the last one of each day for so many days.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def backups(project: Path, folder: Path | None, most: int, days: int, *, make: bool, as_json: bool) -> None:
    """List the backups of a project, the latest first.

    The project may be open, damaged or gone. “annotator restore” puts one back.
    """
    keeping = kept.Keeping(folder, most, days)
    if make:
        made = kept.make_backup(project, keeping)
        if not as_json:
            click.echo(f"Made “{made.path}”, and tried it." if made else "Nothing has changed since the last backup.")
    found = kept.backups(project, keeping)
    if as_json:
        rows = [
            {"path": str(each.path), "made_at": each.made_at.isoformat(), "size": each.size, "labels": each.labels,
             "steps": each.steps, "problem": each.problem}
            for each in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2))
        return
    if not found:
        click.echo(f"There are no backups in “{kept.folder_of(project, keeping)}”.")
    for number, each in enumerate(found, start=1):
        time = each.made_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        what = (
            each.problem or f"{counted(each.labels, 'label')}, {counted(each.steps, 'step')}, {each.size / 1e6:.1f} MB"
        )
        click.echo(f"{number:3}  {time}  {what}")


@click.command(short_help="Put a backup in the place of a project.")
@PROJECT
@click.argument("backup")
@_FOLDER
def restore(project: Path, backup: str, folder: Path | None) -> None:
    """Put a backup in the place of a project, which must not be open.

    BACKUP is its number in “annotator backups PROJECT” (1: the latest), or a file. It is looked through first. The file
    that lies there now is kept beside it under another name.
    """
    path = Path(backup)
    if backup.isdecimal() and not path.exists():
        found = kept.backups(project, kept.Keeping(folder))
        if not 0 < int(backup) <= len(found):
            there = f"there are {len(found):,}" if len(found) > 1 else "there is one" if found else "there are none"
            raise NotFoundError(f"There is no backup {backup}: {there}. “annotator backups” lists them.")
        path = found[int(backup) - 1].path
    aside = kept.restore(project, path)
    click.echo(f"“{project}” is what it was in “{path.name}”.")
    if aside:
        click.echo(f"What lay there is kept as “{aside.name}”.")

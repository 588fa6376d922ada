"""Saving what can be saved."""

from pathlib import Path

import click

from annotator.cli.words import PROJECT, count


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
    click.echo(f"{found.damaged:,} of {count(found.pages, 'page')} could not be read whole.")
    counted = f" of {found.counted:,} that the damaged file had counted" if found.counted else ""
    click.echo(f"Saved in “{found.path}”:")
    click.echo(f"  {count(found.articles, 'article')}")
    click.echo(f"  {count(found.annotations, 'label')}{counted}")
    click.echo(f"  {count(found.links, 'link')}")
    for sentence in (*found.told, *map(str, found.problems)):
        click.echo(sentence)

"""The verbs of the codebook: ``annotator codebook PROJECT show``, ``load``, ``save``, ``compare``."""

from dataclasses import dataclass
from pathlib import Path

import click

from annotator.cli.words import PROJECT, refuse_overwriting
from annotator.model.codebook import Codebook
from annotator.model.comparison import compare as differences
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.codebook_file import write_codebook
from annotator.project.handout import handout
from annotator.project.templates import find_codebook
from annotator.project.whole_file import write_text


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The project that the verbs are about."""

    path: Path


_REVISION = click.option(
    "--revision", type=click.IntRange(min=1), metavar="N", help="As it stood then; the latest when left out."
)
_FORCE = click.option("--force", is_flag=True, help="Write over a file of that name.")


class _EitherOrder(click.Group):
    """Takes the verb before the project too, since all other commands come before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the project first."""
        if len(args) > 1 and args[0] in self.commands and args[1] not in self.commands and args[1][:1] != "-":
            args[:2] = args[1::-1]
        return super().parse_args(ctx, args)


@click.group(cls=_EitherOrder, no_args_is_help=False)
@PROJECT
@click.pass_context
def codebook(ctx: click.Context, project: Path) -> None:
    """Show, save, load or compare a project's codebook."""
    ctx.obj = _Chosen(project)


@codebook.command()
@_REVISION
@click.option("--html", type=click.Path(path_type=Path), metavar="OUT", help="Write a page to print instead.")
@_FORCE
@click.pass_obj
def show(chosen: _Chosen, revision: int | None, html: Path | None, *, force: bool) -> None:
    """Say what is in the codebook, or write it as a page to print."""
    if html is not None:
        refuse_overwriting(html, force=force)
    with Project.open(chosen.path, read_only=True) as project:
        book = _revision(project, revision)
        entries = project.revisions()
    if html is not None:
        write_text(html, handout(book), overwrite=force)
        click.echo(f"Wrote revision {book.revision} of “{book.name}” to “{html}”.")
        return
    click.echo(f"{book.name}, revision {book.revision} of {len(entries)}")
    for label in book.labels:
        retired = ", retired" if label.retired else ""
        click.echo(f"  {label.letter}  {label.name} ({label.id}{retired})")
        for attribute in book.attributes_of(label.id):
            values = ", ".join(value.id for value in attribute.values) or attribute.kind
            click.echo(f"       {attribute.id}: {values}")
    for role in book.roles:
        click.echo(f"  {role.frame} has the role {role.id}: {', '.join(role.labels)}")
    for relation in book.relations:
        key = f", key {relation.key}" if relation.key else ""
        arrow = "↔" if relation.symmetric else "→"
        click.echo(f"  {relation.id}: {', '.join(relation.sources)} {arrow} {', '.join(relation.targets)}{key}")
    click.echo(f"  {counted(len(book.clauses), 'clause')} beside those of the labels")
    for entry in entries:
        by = f", by {entry.annotator}" if entry.annotator else ""
        click.echo(f"  revision {entry.number}, {entry.made_at}{by}: {entry.note}")


@codebook.command()
@click.argument("source", metavar="FILE")
@click.option("--note", default="", metavar="TEXT", help="What the revision is for; what changed when left out.")
@click.option("--annotator", "who", default="", metavar="NAME", help="Who makes it.")
@click.option("--leave-out", is_flag=True, help="Take values off annotations for which the file has no place.")
@click.pass_obj
def load(chosen: _Chosen, source: str, note: str, who: str, *, leave_out: bool) -> None:
    """Make the codebook in FILE, or a template's, the next revision.

    FILE is JSON, or where its name ends so TOML (.toml) or a codebook of REFI-QDA (.qdc).
    """
    book = find_codebook(source)
    with Project.open(chosen.path) as project:
        found = differences(project.codebook, book)
        if not found:
            click.echo(f"Revision {project.codebook.revision} is the same already; nothing was changed.")
            return
        saved = project.save_codebook(book, note, annotator=who, leave_out=leave_out)
    for difference in found:
        click.echo(str(difference))
    click.echo(f"Saved as revision {saved.revision}: {counted(len(found), 'difference')}.")


@codebook.command(short_help="Write the codebook as a file to change or to give away.")
@click.argument("out", type=click.Path(path_type=Path))
@_REVISION
@_FORCE
@click.pass_obj
def save(chosen: _Chosen, out: Path, revision: int | None, *, force: bool) -> None:
    """Write the codebook as JSON that people can read and change, or for REFI-QDA where the name ends in .qdc.

    What a codebook of REFI-QDA cannot hold is told.
    """
    refuse_overwriting(out, force=force)
    with Project.open(chosen.path, read_only=True) as project:
        book = _revision(project, revision)
    for sentence in write_codebook(book, out, overwrite=force):
        click.echo(f"Does not fit: {sentence}.", err=True)
    click.echo(f"Wrote revision {book.revision} of “{book.name}” to “{out}”.")


@codebook.command()
@click.argument("other", metavar="OTHER")
@_REVISION
@click.pass_obj
def compare(chosen: _Chosen, other: str, revision: int | None) -> None:
    """Say what changed from OTHER to the project's codebook.

    OTHER is a file, a template, or the number of an earlier revision. Ends with status 1 when anything differs.
    """
    with Project.open(chosen.path, read_only=True) as project:
        book = _revision(project, revision)
        before = project.revision(int(other)) if other.isdecimal() else find_codebook(other)
    found = differences(before, book)
    for difference in found:
        click.echo(str(difference))
    if found:
        raise AnnotatorError(f"{counted(len(found), 'difference')}.")
    click.echo("They are the same.")


def _revision(project: Project, number: int | None) -> Codebook:
    return project.codebook if number is None else project.revision(number)

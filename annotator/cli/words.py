"""What the commands say alike: the project they are about, and the problems they met."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from annotator.model.errors import AnnotatorError
from annotator.model.problem import Problem
from annotator.project.project import SUFFIX


class ProjectPath(click.Path):
    """A path to a project: ``study`` names ``study.annotator`` too, as it does when a project is made.

    Not checked by click: the rooms below say better what is wrong with a file.
    """

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path of the file that is meant."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        whole = path.with_name(f"{path.name}{SUFFIX}") if path.name else path
        return whole if whole.is_file() and not path.exists() else path


PROJECT = click.argument("project", type=ProjectPath())


def tell(problems: Sequence[Problem]) -> None:
    """Say what is wrong, a line each, on stderr."""
    for problem in problems:
        click.echo(str(problem), err=True)


def refuse_overwriting(out: Path, *, force: bool) -> None:
    """Refuse to write over what is there already, unless that was asked for."""
    if out.exists() and not force:
        raise AnnotatorError(f"“{out}” exists already. Choose another name, or write over it with --force.")

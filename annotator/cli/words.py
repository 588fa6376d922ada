"""What the commands say alike: the project they are about, and the problems they met."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.model.problem import Problem

# Not checked by click: the rooms below say better what is wrong with a file.
PROJECT = click.argument("project", type=click.Path(path_type=Path, readable=False))


def tell(problems: Sequence[Problem]) -> None:
    """Say what is wrong, a line each, on stderr."""
    for problem in problems:
        click.echo(str(problem), err=True)

"""Whose figures a command tells: those of the annotator it acts for, or everybody's where that is asked for."""

from collections.abc import Callable
from typing import Any

import click

from annotator.model.article import State
from annotator.project import Project

HIDDEN = "hidden"
_AS = click.option("--as", "who", default="", metavar="NAME", help="Tell what this annotator may see.")
_EVERYBODY = click.option(
    "--everybody", is_flag=True, help="Tell everybody's figures, hidden or not: for whoever coordinates."
)


def for_somebody(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that `told` is asked with: `who` and `everybody`."""
    return _AS(_EVERYBODY(command))


def told(project: Project, who: str, *, everybody: bool) -> frozenset[str]:
    """Return the ids of the annotators whose figures may be told, and say on stderr when there are others.

    Raises:
        NotFoundError: there is no such annotator.
    """
    if everybody and who:
        raise click.UsageError("--as tells what one annotator may see, --everybody everything. Choose one.")
    people = frozenset(each.id for each in project.everybody())
    asked = project.visible_to(who) if who else people if everybody or not project.is_blind else frozenset()
    # Where nobody else labels, there is nothing to hide.
    seen = asked if len(project.annotators()) > 1 else people
    if seen != people:
        click.echo(
            "Others' figures are hidden, as their labels are: --everybody tells them."
            if who
            else "Figures are hidden, as labels are: --as NAME tells those of one annotator, --everybody everybody's.",
            err=True,
        )
    return seen


def state_told(state: State, *, is_seen: bool) -> State:
    """Return a state as it may be told: that nothing was found is a finding, too."""
    return State.DONE if state is State.EMPTY and not is_seen else state

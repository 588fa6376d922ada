"""The verbs that stand alone, and what every command line comes through."""

import dataclasses
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from annotator import __version__
from annotator.cli.telling import HIDDEN, for_somebody, state_told, told
from annotator.cli.terminal import tamed
from annotator.cli.words import PROJECT, ProjectPath
from annotator.model.article import State
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError, MissingProjectError, in_words
from annotator.project import Project
from annotator.project.templates import find_codebook, templates

_FAILED = 1
_MISUSED = 2
_OUR_FAULT = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130
_TRACEBACK = "ANNOTATOR_TRACEBACK"
"""Set it to anything to see where a fault of the program happened."""


_ELSEWHERE = {
    "add": ("adding", "add"),
    "adjudicate": ("adjudicating", "adjudicate"),
    "agreement": ("agreement", "agreement"),
    "annotators": ("team", "annotators"),
    "assign": ("team", "assign"),
    "backups": ("safety", "backups"),
    "codebook": ("codebook", "codebook"),
    "decisions": ("adjudicating", "decisions"),
    "export": ("exchange", "export"),
    "feedback": ("adjudicating", "feedback"),
    "hand-out": ("team", "hand_out"),
    "import": ("exchange", "import_"),
    "merge": ("merging", "merge"),
    "recover": ("safety", "recover"),
    "replace": ("replacing", "replace_"),
    "restore": ("safety", "restore"),
    "split": ("exchange", "split"),
    "upgrade": ("safety", "upgrade"),
}
"""Verbs of other modules of this room: a module is loaded when its verb is asked for, so that the window waits for none."""


class _Verbs(click.Group):
    """The verbs; a first word that is none of them is the project to open in the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE[cmd_name]
        found: click.Command = getattr(import_module(f"annotator.cli.{module}"), name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args or self.get_command(ctx, args[0]) is not None:
            return super().resolve_command(ctx, args)
        if len(args) > 1 and not ProjectPath().convert(args[0], None, ctx).exists():
            alike = get_close_matches(args[0], self.list_commands(ctx))
            maybe = f" Did you mean “{alike[0]}”?" if alike else ""
            raise click.UsageError(f"There is no command “{args[0]}”, and no project of that name.{maybe}", ctx)
        return "", _window, args

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[PROJECT]")
        formatter.write_usage(ctx.command_path, "COMMAND PROJECT …")


@click.group(cls=_Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator", message="%(prog)s %(version)s")
@click.pass_context
def annotator(ctx: click.Context) -> None:
    """Label claims, denials and attributions in news text.

    With the path of a project, or nothing, it opens the window. A project whose file is named like a command is opened
    with a path: ./new
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(_open_window(None))


@click.command("annotator")
@PROJECT
@click.pass_context
def _window(ctx: click.Context, project: Path) -> None:
    """Open a project in the window."""
    if not project.exists():
        names = ", ".join(annotator.list_commands(ctx))
        raise AnnotatorError(f"{MissingProjectError(project)} It is no command either; those are {names}.")
    ctx.exit(_open_window(project))


def _open_window(project: Path | None) -> int:
    # Both lazily: Qt takes a good part of a second to load, and the other commands work where it cannot be loaded.
    from annotator.ui.requirements import obstacle  # noqa: PLC0415

    sentence = obstacle()
    if sentence:
        raise AnnotatorError(sentence)
    # What starting makes stays until the end: to look for garbage in it again and again takes a twentieth of the time.
    # `run` lets the collector work again.
    gc.disable()
    from annotator.ui.app import run  # noqa: PLC0415

    status: int = run(project)  # mypy does not look into the room with Qt
    return status


@annotator.command()
@PROJECT
@click.option("--annotator", "who", default="", metavar="NAME", help="Who will label in it.")
@click.option(
    "--codebook",
    default="default",
    show_default=True,
    metavar="TEMPLATE",
    help=f"One that comes with the program ({', '.join(templates())}), or a file: JSON, TOML or .qdc.",
)
def new(project: Path, who: str, codebook: str) -> None:
    """Make a new project. Its file's name ends in .annotator."""
    with Project.create(project, annotator=who, codebook=find_codebook(codebook)) as made:
        click.echo(f"Made “{made.path}” with the codebook “{made.codebook.name}”.")


@annotator.command()
@PROJECT
@for_somebody
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def info(project: Path, *, who: str, everybody: bool, as_json: bool) -> None:
    """Say what is in a project.

    While annotators do not see each other's labels, it does not say how many anybody has, nor that somebody found nothing.
    """
    with Project.open(project, read_only=True) as opened:
        found = opened.info()
        seen = told(opened, who, everybody=everybody)
        hidden = {each.name for each in opened.everybody() if each.id not in seen}
    states = {name: _as_told(counts, is_seen=name not in hidden) for name, counts in found.states.items()}
    if as_json:
        values = dataclasses.asdict(found)
        labels = {name: None if name in hidden else counts for name, counts in found.labels.items()}
        values |= {"labels": labels, "states": states, "links": None if hidden else found.links}
        click.echo(json.dumps(values, indent=2))
        return
    click.echo(f"{found.name} ({found.path})")
    click.echo(f"  made      {found.made_at}, with version {found.made_with}")
    click.echo(f"  articles  {found.articles:,}, {counted(found.characters, 'character')}")
    click.echo(f"  codebook  {found.codebook}, revision {found.codebook_revision}")
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in found.links.items())
    links = HIDDEN if hidden else f"{sum(found.links.values()):,}{f' ({kinds})' if kinds else ''}"
    click.echo(f"  links     {links}")
    click.echo(f"  steps     {found.steps:,}")
    for name in found.annotators:
        each = ", ".join(f"{label} {count:,}" for label, count in sorted(found.labels[name].items())) or "no labels"
        read = ", ".join(f"{state} {count:,}" for state, count in sorted(states[name].items())) or "nothing read"
        click.echo(f"  {name}: {f'labels {HIDDEN}' if name in hidden else each} ({read})")


def _as_told(counts: dict[str, int], *, is_seen: bool) -> dict[str, int]:
    found: Counter[str] = Counter()
    for state, count in counts.items():
        found[state_told(State(state), is_seen=is_seen)] += count
    return dict(found)


@annotator.command()
@PROJECT
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def check(project: Path, *, as_json: bool) -> None:
    """Look for everything that can be wrong with a project file.

    Prints what is wrong and ends with status 1; status 0 when all is well. It needs to read only.
    """
    with Project.open(project, read_only=True) as opened:
        problems = opened.check()
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(each) for each in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
    if problems:
        raise AnnotatorError(f"“{project}” has {counted(len(problems), 'problem')}. Nothing was changed.")
    if not as_json:
        click.echo(f"“{project}” is sound.")


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the words of a command line ask for (those of this process when None) and return the exit status.

    Whatever goes wrong is one sentence on stderr and a status other than 0.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shows its code instead
            stream.reconfigure(errors="backslashreplace")
    with tamed():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = annotator.main(args=arguments, prog_name="annotator", standalone_mode=False)
    except BrokenPipeError:
        # Who read our output has gone. Python would complain once more when it closes stdout, so that goes elsewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except (Exception, KeyboardInterrupt) as error:
        sentence, status = _explained(error)
        if status == _OUR_FAULT and os.environ.get(_TRACEBACK):
            raise
        click.echo(sentence, err=True)
    return status if isinstance(status, int) else 0


def _explained(error: BaseException) -> tuple[str, int]:
    """Return the sentence for what went wrong, and the exit status."""
    match error:
        case AnnotatorError():
            return str(error), _FAILED
        case click.UsageError():
            asked = error.ctx.command_path if error.ctx is not None else "annotator"
            what = error.format_message()
            end = "" if what.endswith((".", "?")) else "."
            return f"{what}{end} Type “{asked} --help” for help.", _MISUSED
        case click.ClickException():
            return error.format_message(), _FAILED
        case click.Abort() | KeyboardInterrupt():
            return "Stopped; what was not finished was not written.", _INTERRUPTED
        case UnicodeEncodeError() if error.encoding == sys.getfilesystemencoding():
            missing = (
                f"This terminal's locale ({error.encoding}) has no {error.object[error.start]!a} for the name of a file"
            )
            return f"{missing}. Set one with UTF-8, such as LC_ALL=C.UTF-8.", _FAILED
        case OSError():
            return in_words(error), _FAILED
    # Not what it says: that may quote an article, and who reports it passes it on.
    fault = f"{type(error).__name__}{_place(error)}"
    more = f"{_TRACEBACK}=1 shows more, which may quote your texts"
    return f"Annotator met a fault of its own ({fault}). Please report it; {more}.", _OUR_FAULT


def _place(error: BaseException) -> str:
    """Return in words where an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace is not None else ""


def main() -> None:
    """Start the program: what ``annotator``, ``main.py`` and ``python -m annotator`` do."""
    sys.exit(run())

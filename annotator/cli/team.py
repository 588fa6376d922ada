"""The verbs of a team: ``annotator annotators``, ``assign`` and ``hand-out``."""

import dataclasses
import json
from collections import Counter
from pathlib import Path

import click

from annotator.cli.telling import HIDDEN, for_somebody, state_told, told
from annotator.cli.words import PROJECT
from annotator.model.article import State
from annotator.model.assigning import Order, Scheme
from annotator.model.counting import counted
from annotator.project import Project
from annotator.project.team import Progress, Share

_PERCENT = click.FloatRange(0, 100)


@click.command(short_help="List annotators and how far each is, or change them.")
@PROJECT
@click.option("--add", "added", multiple=True, metavar="NAME", help="Add an annotator.")
@click.option("--name", "names", nargs=2, multiple=True, metavar="WHO NAME", help="Give another name; labels stay.")
@click.option("--short", "shorts", nargs=2, multiple=True, metavar="WHO SHORT", help="Give a short name.")
@click.option("--color", "colors", nargs=2, multiple=True, metavar="WHO #RRGGBB", help="Give a colour.")
@click.option("--email", "emails", nargs=2, multiple=True, metavar="WHO ADDRESS", help="Give an address.")
@click.option("--open/--blind", "opened", default=None, help="Let annotators see each other's labels, or hide them.")
@for_somebody
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def annotators(
    project: Path,
    *,
    who: str,
    everybody: bool,
    added: tuple[str, ...],
    names: tuple[tuple[str, str], ...],
    shorts: tuple[tuple[str, str], ...],
    colors: tuple[tuple[str, str], ...],
    emails: tuple[tuple[str, str], ...],
    opened: bool | None,
    as_json: bool,
) -> None:
    """List a project's annotators and how far each is, or change what is known of them.

    While annotators do not see each other's labels, it does not say how many anybody has, nor that somebody found nothing.
    """
    changes = bool(added or names or shorts or colors or emails or opened is not None)
    with Project.open(project, read_only=not changes) as some:
        for name in added:
            some.ensure_annotator(name)
        for field, pairs in (("short", shorts), ("color", colors), ("email", emails), ("name", names)):
            for person, value in pairs:
                some.set_annotator(person, **{field: value})
        if opened is not None:
            some.set_blind(blind=not opened)
        found, blind = some.progress(), some.is_blind
        seen = told(some, who, everybody=everybody)
    if as_json:
        values = [_values(each, is_seen=each.annotator.id in seen) for each in found]
        click.echo(json.dumps({"blind": blind, "annotators": values}, indent=2))
        return
    for each in found:
        click.echo(_line(each, is_seen=each.annotator.id in seen))
    click.echo("They do not see each other's labels." if blind else "They see each other's labels.")


def _line(each: Progress, *, is_seen: bool) -> str:
    person = each.annotator
    states: Counter[State] = Counter()
    for state, count in each.states.items():
        states[state_told(state, is_seen=is_seen)] += count
    listed = ", ".join(f"{state} {states[state]:,}" for state in State if states[state])
    labels = counted(each.labels, "label") if is_seen else f"labels {HIDDEN}"
    said = [f"{person.name} ({person.initials})", labels, counted(round(each.minutes), "minute")]
    assigned = states.total()
    said.append(f"{counted(assigned, 'article')} assigned: {listed}" if assigned else "nothing assigned")
    unplanned = sum(share.place < 0 and share.state.is_finished for share in each.shares)
    if unplanned:
        said.append(f"{counted(unplanned, 'article')} finished{' besides' if assigned else ''}")
    if each.remaining:
        said.append(f"{counted(each.remaining, 'character')} to go")
    if each.handed_out:
        said.append(f"copy handed out {each.handed_out[:10]}")
    return "; ".join(said)


def _values(each: Progress, *, is_seen: bool) -> dict[str, object]:
    return {
        **dataclasses.asdict(each.annotator),
        "labels": each.labels if is_seen else None,
        "minutes": round(each.minutes, 1),
        "length": each.length,
        "remaining": each.remaining,
        "handed_out": each.handed_out,
        "articles": [_share(share, is_seen=is_seen) for share in each.shares],
    }


def _share(share: Share, *, is_seen: bool) -> dict[str, object]:
    values = dataclasses.asdict(share)
    return values if is_seen else {**values, "labels": None, "state": state_told(share.state, is_seen=False)}


@click.command(short_help="Share out the articles that nobody is to label yet.")
@PROJECT
@click.argument("names", nargs=-1, metavar="[ANNOTATOR…]")
@click.option("--readers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Who read each.")
@click.option(
    "--share", type=_PERCENT, default=100.0, show_default=True, metavar="%", help="Read by N; the rest by one."
)
@click.option(
    "--repeats", type=_PERCENT, default=0.0, show_default=True, metavar="%", help="Come back to the same reader."
)
@click.option(
    "--order",
    type=click.Choice([each.value for each in Order]),
    default=Order.SHUFFLED.value,
    show_default=True,
    help="Articles of one story one after the other, or each by itself.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the dice: the same seed, the same plan.")
@click.option("--dry-run", is_flag=True, help="Only say what would be assigned.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def assign(
    project: Path,
    names: tuple[str, ...],
    *,
    readers: int,
    share: float,
    repeats: float,
    order: str,
    seed: int,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Share out the articles that nobody is to label yet among annotators (everybody when none is named).

    Everybody gets about the same length. With --order story, articles about one story go to the same annotators. What is
    assigned already stays. Repeats go to a second, blind reading of the same person.
    """
    scheme = Scheme(readers, share / 100, repeats / 100, Order(order), seed)
    with Project.open(project, read_only=dry_run) as some:
        people = {each.id: each.name for each in some.annotators()}
        first = [each.name for each in some.annotators() if not each.repeats]
        planned = some.assign_plan(names or first, scheme)
        titles = {each.id: each.title for each in some.articles()}
        if not dry_run:
            some.assign(planned)
    if as_json:
        values = [{**dataclasses.asdict(each), "name": people[each.annotator]} for each in planned]
        click.echo(json.dumps(values, indent=2))
        return
    counts = Counter((each.annotator, each.is_repeat) for each in planned)
    for (who, again), number in sorted(counts.items(), key=lambda pair: (people[pair[0][0]], pair[0][1])):
        click.echo(f"{people[who]}{' again' if again else ''}: {counted(number, 'article')}")
    if dry_run:
        for each in planned:
            click.echo(f"  {people[each.annotator]}{' again' if each.is_repeat else ''}: {titles[each.article]}")
    if not planned:
        click.echo("Every article is assigned already." if titles else "There are no articles to assign yet.")


@click.command("hand-out", short_help="Write a project file for each annotator into a folder.")
@PROJECT
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.argument("names", nargs=-1, metavar="[ANNOTATOR…]")
@click.option("--all-articles", is_flag=True, help="All articles, whatever is assigned.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def hand_out(project: Path, folder: Path, names: tuple[str, ...], *, all_articles: bool, as_json: bool) -> None:
    """Write a project file into FOLDER for each annotator (everybody with something to do when none is named).

    It holds the articles assigned, the codebook, and that annotator's own work; nobody else has left a trace in it. What
    comes back goes in with “annotator merge”.

    For whoever coordinates: it tells how many labels each copy holds, hidden or not.
    """
    with Project.open(project) as some:
        made = some.hand_out_all(folder, names, all_articles=all_articles)
    if as_json:
        values = [{**dataclasses.asdict(each), "path": str(each.path)} for each in made]
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for each in made:
        click.echo(
            f"{each.annotator}: “{each.path}”, {counted(each.articles, 'article')}, {counted(each.labels, 'label')}"
        )

"""``annotator replace``: a new version of an article's text, with a list of what stays, moves, is doubtful, is lost."""

import json
from collections import Counter
from pathlib import Path

import click

from annotator.cli.words import PROJECT
from annotator.model.counting import counted
from annotator.model.errors import NotFoundError, RuleError
from annotator.project import Project
from annotator.project.replacement.plan import Fate, Item, ReplacementPlan
from annotator.project.replacing import Replaced

_REFUSE = "refuse"


@click.command("replace", short_help="Replace an article by a new version of its text.")
@PROJECT
@click.argument("article")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--number", type=int, metavar="N", help="Which article of a file that holds several, from 1.")
@click.option(
    "--doubtful",
    type=click.Choice(["accept", "drop", "keep", _REFUSE]),
    default=_REFUSE,
    show_default=True,
    help="What happens to what is doubtful: it takes the place that is offered, goes to the trash, stays on the old"
    " version, or nothing is replaced.",
)
@click.option(
    "--lost",
    type=click.Choice(["drop", "keep", _REFUSE]),
    default=_REFUSE,
    show_default=True,
    help="The same for what has no place in the new version.",
)
@click.option(
    "--reopen/--keep-states",
    default=None,
    help="Whether those who had finished the article are to read it again. By default, where there are new words.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON, for scripts.")
def replace_(  # noqa: PLR0917 - what the command line has, in its order
    project: Path,
    article: str,
    file: Path,
    number: int | None,
    doubtful: str,
    lost: str,
    *,
    reopen: bool | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Replace an article by a new version of its text; every label is looked for in it.

    ARTICLE is its id, or its title. FILE is read as “add” reads it. The old text stays in the project file, and one
    undo brings everything back. Unless --doubtful and --lost say what to do, nothing is replaced when something is.

    For whoever coordinates: it tells of everybody's labels, hidden or not.
    """
    with Project.open(project, read_only=dry_run) as opened:
        if not file.exists():
            raise NotFoundError(f"There is no file “{file}”. It may have been moved or renamed.")
        plan = opened.replacement(opened.find_article(article), file, number=number)
        rules = {"doubtful": doubtful, "lost": lost}
        waiting = [each for each in plan.waiting if rules[each.fate.value] == _REFUSE]
        does = not (dry_run or plan.is_same or plan.refused or waiting)
        done = opened.replace(plan, doubtful=_rule(doubtful), lost=_rule(lost), reopen=reopen) if does else None
    if as_json:
        click.echo(json.dumps(_summary(plan, done, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _say(plan, done, dry_run=dry_run)
    if plan.refused:
        raise RuleError(plan.refused)
    if waiting and not dry_run:
        many = f"{len(waiting):,} labels or notes wait" if len(waiting) > 1 else "1 label or note waits"
        raise RuleError(f"{many} for a decision (--doubtful, --lost). Nothing was replaced.")


def _rule(word: str) -> str | None:
    return None if word == _REFUSE else word


def _say(plan: ReplacementPlan, done: Replaced | None, *, dry_run: bool) -> None:
    title = plan.standing.article.title
    if plan.is_same:
        click.echo(f"“{title}” has this text already. Nothing was changed.")
        return
    names = {each.id: each.name for each in plan.standing.people}
    for each in plan.items:
        if each.fate in (Fate.DOUBTFUL, Fate.LOST):
            click.echo(_line(plan, each, names.get(each.annotator, "")))
    for sentence in plan.told:
        click.echo(sentence)
    counts = ", ".join(f"{plan.count(fate):,} {fate.value}" for fate in Fate)
    click.echo(
        f"{'Would replace' if dry_run else 'Replaced' if done else 'Did not replace'} “{title}”: labels {counts}."
    )
    if done and (done.dropped or done.kept or done.links):
        click.echo(
            f"{done.dropped:,} in the trash, {done.kept:,} on the old version, {counted(done.links, 'link')} gone."
        )
    if done and done.undecided:
        click.echo(f"{counted(done.undecided, 'decision')} of the adjudication open again.")
    if done and done.reopened:
        click.echo(f"To be read again ({counted(plan.new_words, 'new word')}) by {', '.join(done.reopened)}.")


def _line(plan: ReplacementPlan, item: Item, name: str) -> str:
    who = f" by {name}" if name else ""
    now = f" → “{plan.words_after(item)}”" if item.now else ""
    return f"{item.fate.value}: {item.name.lower()}{who} “{plan.words_before(item)}”{now} ({item.why})"


def _summary(plan: ReplacementPlan, done: Replaced | None, *, dry_run: bool) -> dict[str, object]:
    names = {each.id: each.name for each in plan.standing.people}
    return {
        "dry_run": dry_run,
        "replaced": done is not None,
        "article": plan.standing.article.id,
        "earlier": done.earlier if done else "",
        "same": plan.is_same,
        "refused": plan.refused,
        "share": plan.share,
        "new_words": plan.new_words,
        "told": list(plan.told),
        "counts": dict(Counter(f"{each.noun} {each.fate.value}" for each in plan.items)),
        "reopened": list(done.reopened) if done else [],
        "items": [
            {
                "id": each.id,
                "fate": each.fate.value,
                "name": each.name,
                "annotator": names.get(each.annotator, ""),
                "was": [list(part) for part in each.was.fragments],
                "now": [list(part) for part in each.now.fragments] if each.now else None,
                "words": plan.words_before(each),
                "words_now": plan.words_after(each),
                "why": each.why,
                "score": each.score,
                "links": each.links,
            }
            for each in plan.items
        ],
    }

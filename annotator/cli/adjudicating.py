"""``annotator adjudicate``, ``decisions`` and ``feedback``: what of adjudication needs no window."""

import dataclasses
import json
from collections import Counter
from pathlib import Path

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT
from annotator.model.adjudication import KINDS, ORDERS, RULES, Cell, Disagreement
from annotator.model.counting import counted
from annotator.model.errors import CodebookError
from annotator.model.versions import Mark
from annotator.project import Project
from annotator.project.adjudication.queue import Queue
from annotator.project.adjudication.rule import RulePlan
from annotator.project.feedback_files import write_feedback
from annotator.project.feedback_html import summary


@click.command(short_help="Accept as gold what all or most have, and list what is left.")
@PROJECT
@click.option(
    "--rule", type=click.Choice(RULES), default="none", help="Accept what all or most have; none when left out."
)
@click.option("--by", default="", metavar="NAME", help="The annotator in whose name that is done.")
@click.option("--dry-run", is_flag=True, help="Only say what would be accepted.")
@click.option("--queue", "listed", is_flag=True, help="List what is left to be decided.")
@click.option("--order", type=click.Choice(ORDERS), default="article", show_default=True, help="Of the list.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these in the list.")
@click.option("--label", "labels", multiple=True, metavar="LABEL", help="Only these in the list.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def adjudicate(
    project: Path,
    *,
    rule: str,
    by: str,
    dry_run: bool,
    listed: bool,
    order: str,
    kinds: tuple[str, ...],
    labels: tuple[str, ...],
    as_json: bool,
) -> None:
    """Accept as gold what all or most annotators have, and say what is left for people to decide.

    Only articles that two or more have finished are looked at. With --rule all, what all of them have becomes gold; with
    majority, what more than half of them have, “nothing” included. What a person has decided is left as it is, and
    accepting twice adds nothing.

    For whoever coordinates: it tells of everybody's labels, hidden or not.
    """
    with Project.open(project, read_only=dry_run or rule == "none") as some:
        if by:
            some.annotator(by)  # a wrong name is told at once, be there anything to accept or not
        with Progress() as progress:
            plan = some.rule_draft(rule, progress=progress)
            if not dry_run and plan.articles:
                some.accept(plan, by=by, progress=progress)
            cell = Cell(kinds=frozenset(kinds), labels=frozenset(_label(some, each) for each in labels))
            queue = some.queue(cell, order)
        has_gold = some.gold() is not None
        names = {each.id: each.name for each in some.everybody()}
        titles = {each.id: each.title for each in some.articles()}
        texts = {each.article: some.article(each.article).text for each in queue.items} if listed or as_json else {}
        led = _led(some, queue, texts) if listed and not as_json else {}
    if as_json:
        click.echo(
            json.dumps(_values(plan, queue, names, titles, texts, dry_run=dry_run), ensure_ascii=False, indent=2)
        )
        return
    if rule != "none":
        verb = "Would accept" if dry_run else "Accepted"
        click.echo(
            f"{verb} {counted(plan.labels, 'label')} in {counted(plan.articles, 'article')}; {counted(plan.nothing, 'place')} with"
            f" nothing; {counted(plan.links, 'disputed link')}."
        )
    kinds_left = Counter(each.kind for each in queue.items)
    told = ", ".join(f"{kind} {kinds_left[kind]:,}" for kind in KINDS if kinds_left[kind])
    click.echo(f"{counted(queue.left, 'disagreement')} left{f': {told}' if told else ''}. {queue.done:,} decided.")
    agreed = sum(queue.agreed.values())
    if not (queue.left or queue.done or agreed or kinds or labels or has_gold):
        click.echo("There is nothing to compare: two annotators have to finish the same article, with a label in it.")
    if agreed:
        click.echo(f"{counted(agreed, 'place')} that all agree about: accept with --rule all.")
    if listed:
        for each in queue.items:
            click.echo(_line(each, names, titles, texts[each.article], led))


def _label(project: Project, word: str) -> str:
    found = project.codebook.find_label(word)
    if found is None:
        known = ", ".join(each.id for each in project.codebook.labels)
        raise CodebookError(f"The codebook has no label “{word}”. It has: {known}.")
    return found.id


def _led(project: Project, queue: Queue, texts: dict[str, str]) -> dict[str, str]:
    """Return the words of the labels that links lead to, by id."""
    ends = {target for each in queue.items for version in each.versions for target in version.targets if target}
    found = project.annotations_by_id(ends)
    known = texts | {
        each.article: project.article(each.article).text for each in found.values() if each.article not in texts
    }
    return {key: " … ".join(each.span.covered(known[each.article])) for key, each in found.items()}


def _line(each: Disagreement, names: dict[str, str], titles: dict[str, str], text: str, led: dict[str, str]) -> str:
    told = [f"{titles[each.article]} {each.start}-{each.end}: {each.kind}{f' {each.part}' if each.part else ''}"]
    for version in each.versions:
        who = ", ".join(names[one] for one in version.annotators)
        what = "; ".join(
            f"{mark.label} “{' … '.join(text[start:end] for start, end in mark.fragments)}”{'' if each.part else _set(mark)}"
            for mark in version.marks
        )
        if each.part:
            ends = (f"“{led.get(target, '')}”" if target else "not in this article" for target in version.targets)
            what = f"{what} → {', '.join(ends) or 'no link'}"
        line = " ".join(f"{who}: {what or 'nothing'}".split())  # a span may hold line ends
        told.append(f"  {line}")
    return "\n".join(told)


def _set(mark: Mark) -> str:
    values = ", ".join(f"{name} {value}" for name, value in mark.attributes)
    return f" ({values})" if values else ""


def _values(
    plan: RulePlan, queue: Queue, names: dict[str, str], titles: dict[str, str], texts: dict[str, str], *, dry_run: bool
) -> dict[str, object]:
    return {
        "rule": plan.rule,
        "dry_run": dry_run,
        "accepted": {name: getattr(plan, name) for name in ("labels", "nothing", "links", "articles")},
        "decided": queue.done,
        "agreed": sum(queue.agreed.values()),
        "left": queue.left,
        "queue": [_item(each, names, titles, texts[each.article]) for each in queue.items],
    }


def _item(each: Disagreement, names: dict[str, str], titles: dict[str, str], text: str) -> dict[str, object]:
    return {
        "id": each.id,
        "article": each.article,
        "title": titles[each.article],
        "kind": each.kind,
        "kinds": sorted(each.kinds),
        "part": each.part,
        "labels": list(each.labels),
        "start": each.start,
        "end": each.end,
        "cost": each.cost,
        "status": each.status.value,
        "versions": [
            {
                "annotators": [names[who] for who in version.annotators],
                "labels": [
                    {
                        "id": mark.annotation,
                        "label": mark.label,
                        "fragments": [
                            {"start": start, "end": end, "text": text[start:end]} for start, end in mark.fragments
                        ],
                        "attributes": [list(pair) for pair in mark.attributes],
                    }
                    for mark in version.marks
                ],
                "targets": list(version.targets),
            }
            for version in each.versions
        ],
    }


_NOTHING = "Nothing was decided yet."


@click.command()
@PROJECT
@click.option("--by-clause", is_flag=True, help="Count them by the clause that was cited.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def decisions(project: Path, *, by_clause: bool, as_json: bool) -> None:
    """List what was decided: where, how, by whom, and why.

    With --by-clause: how many disagreements each clause of the codebook has settled, of which kind, and for which
    reasons. Many of one kind under one clause say which sentence to write anew.

    For whoever coordinates: it tells of everybody's labels, hidden or not.
    """
    if by_clause:
        _say_clauses(project, as_json=as_json)
        return
    with Project.open(project, read_only=True) as some:
        found = some.decisions()
        names = {each.id: each.name for each in some.everybody()}
        titles = {each.id: each.title for each in some.articles()}
    if as_json:
        values = [{**dataclasses.asdict(each), "decider": names.get(each.annotator, "")} for each in found]
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(_NOTHING)
    for each in found:
        why = "; ".join(word for word in (each.reason, each.note, each.clause) if word)
        click.echo(
            f"{titles[each.article]} {each.start}-{each.end}: {each.kind}{f' {each.part}' if each.part else ''}, {each.outcome.value}"
            f"{f' by {names[each.annotator]}' if each.annotator else ''}{f' ({why})' if why else ''}"
        )


def _say_clauses(project: Path, *, as_json: bool) -> None:
    with Project.open(project, read_only=True) as some:
        uses = some.clause_uses()
        titles = {each.id: each.title for each in some.articles()}
        texts = {told.article: some.article(told.article).text for use in uses for told in use.decisions}
    if as_json:
        values = [
            {
                "clause": use.clause,
                "text": use.words,
                "labels": list(use.labels),
                "count": len(use.decisions),
                "kinds": dict(use.kinds),
                "reasons": dict(use.reasons),
                "outcomes": dict(use.outcomes),
                "passages": [
                    {
                        "decision": told.id,
                        "kind": told.kind,
                        "article": told.article,
                        "title": titles[told.article],
                        "start": told.start,
                        "end": told.end,
                        "text": texts[told.article][told.start : told.end],
                    }
                    for told in use.decisions
                ],
            }
            for use in uses
        ]
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    if not uses:
        click.echo(_NOTHING)
    for use in uses:
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(use.kinds.items(), key=lambda pair: -pair[1]))
        clause = f"{use.clause} {use.words}".strip() or "no clause cited"
        click.echo(f"{len(use.decisions):,} {clause}\n  {kinds}")


@click.command(short_help="Write a page for each annotator: their labels beside gold.")
@PROJECT
@click.argument("folder", type=click.Path(path_type=Path), metavar="OUT")
@click.argument("names", nargs=-1, metavar="[ANNOTATOR…]")
@click.option(
    "--bootstrap", type=click.IntRange(min=0), default=2000, show_default=True, metavar="N", help="Replicates."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON files instead of pages.")
@click.option("--force", is_flag=True, help="Write over files of these names.")
def feedback(
    project: Path, folder: Path, names: tuple[str, ...], *, bootstrap: int, as_json: bool, force: bool
) -> None:
    """Write a page for each annotator (everybody when none is named) into the folder OUT: their labels beside gold.

    Each page tells what was decided otherwise and why, and how far the annotator agrees with gold. Nobody else is named
    in it.

    For whoever coordinates: it works with everybody's labels, hidden or not.
    """
    with Project.open(project, read_only=True) as some:
        written = write_feedback(some, folder, names, replicates=bootstrap, as_json=as_json, force=force)
        for person, path, found in written:
            click.echo(f"{person.name}: “{path}”. {summary(found)}")

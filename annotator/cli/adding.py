"""``annotator add``: articles from files, folders and archives, with a report for people or for scripts."""

import json
from collections import Counter
from pathlib import Path

import click

from annotator.cli.progress import Progress
from annotator.cli.words import PROJECT, tell
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.library import AddReport, NewArticle


@click.command(short_help="Add articles: pages, documents, tables, archives, plain text.")
@PROJECT
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="PATH…")
@click.option("--dry-run", is_flag=True, help="Read and report, and add nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON, for scripts.")
def add(project: Path, paths: tuple[Path, ...], *, dry_run: bool, as_json: bool) -> None:
    """Add articles: web pages, documents, tables, messages, archives, plain text, or folders of them.

    What cannot be read is told of and makes the exit status 1; the other articles are added. Ctrl+C before the end
    adds nothing.
    """
    with Project.open(project, read_only=dry_run) as opened:
        with Progress() as progress:
            draft = opened.draft(paths, progress=progress, compare=True)
        report = AddReport((), draft) if dry_run else opened.commit(draft)
    if as_json:
        click.echo(json.dumps(_summary(report, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _say(report, dry_run=dry_run)
    if draft.problems:
        rest = "the rest was added" if report.added else "nothing was added"
        files = counted(len({problem.where for problem in draft.problems}), "file")
        raise AnnotatorError(f"{files} could not be read, or not all of it; {rest}.")


def _say(report: AddReport, *, dry_run: bool) -> None:
    new = {each.fingerprint: each for each in report.draft.articles}
    for duplicate in report.draft.duplicates:
        click.echo(f"{duplicate.path}: there already, as “{duplicate.title}”")
    for copy in report.draft.copies:
        article = new[copy.fingerprint]
        # Two of one title are told apart by their files.
        source = f" ({article.provenance.source})" if article.title == copy.title else ""
        click.echo(f"“{article.title}”{source}: {copy}")
    number, done = (len(report.draft.articles), "Would add") if dry_run else (len(report.added), "Added")
    click.echo(f"{done} {counted(number, 'article')}; {len(report.draft.duplicates):,} there already.")
    tell(report.draft.problems)


def _summary(report: AddReport, *, dry_run: bool) -> dict[str, object]:
    draft = report.draft
    ids = report.added or ("",) * len(draft.articles)
    titles = {each.fingerprint: each.title for each in draft.articles}
    return {
        "dry_run": dry_run,
        "articles": [_article(each, key) for each, key in zip(draft.articles, ids, strict=False)],
        "duplicates": [{"path": each.path, "title": each.title} for each in draft.duplicates],
        "copies": [{"title": titles[each.fingerprint], "of": each.title, "share": each.share} for each in draft.copies],
        "problems": [{"where": each.where, "line": each.line, "message": each.message} for each in draft.problems],
    }


def _article(article: NewArticle, key: str) -> dict[str, object]:
    return {
        "id": key,
        "title": article.title,
        "source": article.provenance.source,
        "importer": article.provenance.importer,
        "encoding": article.provenance.encoding,
        "characters": len(article.text),
        "language": article.language,
        "direction": article.direction,
        "metadata": [{"key": each.key, "value": each.value, "original": each.original} for each in article.metadata],
        "blocks": dict(Counter(block.kind.value for block in article.blocks)),
        "report": list(article.provenance.report),
    }

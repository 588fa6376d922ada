"""The example project, built from the texts that come with the program."""

from collections import defaultdict
from pathlib import Path

from annotator.formats.example import Example, read_example
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading, StateRecord
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article, Provenance
from annotator.model.changes import StepKind
from annotator.model.ids import new_id
from annotator.project.project import SUFFIX, Project
from annotator.project.templates import template
from annotator.resources import folder
from annotator.store.clock import now

NAME = "Example"


def open_example(where: Path) -> Path:
    """Return the path of the example project in the folder `where`, which is built there if it is not there yet.

    Raises:
        ProjectFileError: it cannot be written there.
    """
    path = where / f"{NAME}{SUFFIX}"
    if path.exists():
        return path
    where.mkdir(parents=True, exist_ok=True)
    example = read_example(folder() / "example")
    # Built under another name: a program that stops half-way must not leave half an example behind.
    draft = where / f".{NAME}.new{SUFFIX}"
    draft.unlink(missing_ok=True)
    with Project.create(draft, codebook=template(example.codebook), name=example.title) as project:
        project.take_in(_reading(example), kind=StepKind.START)
    draft.replace(path)
    return path


def _reading(example: Example) -> Reading:
    time = now()
    people = {name: Annotator(new_id(), name, time) for name in example.annotators}
    articles = {each.slug: new_id() for each in example.articles}
    keys = {(each.annotator, each.article, each.key): new_id() for each in example.labels}
    annotations: dict[str, list[Annotation]] = defaultdict(list)
    for each in example.labels:
        annotations[each.article].append(
            Annotation(
                id=keys[each.annotator, each.article, each.key],
                article=articles[each.article],
                annotator=people[each.annotator].id,
                label=each.label,
                span=each.span,
                attributes=each.attributes,
                note=each.note,
                made_at=time,
                changed_at=time,
            )
        )
    links: dict[str, list[Link]] = defaultdict(list)
    for link in example.links:
        links[link.origin[0]].append(
            Link(
                id=new_id(),
                kind=link.kind,
                origin_id=keys[link.annotator, *link.origin],
                target=keys[link.annotator, *link.target] if link.target else None,
                annotator=people[link.annotator].id,
                place=link.place,
                made_at=time,
                changed_at=time,
            )
        )
    states: dict[str, list[StateRecord]] = defaultdict(list)
    for state in example.states:
        states[state.article].append(StateRecord(people[state.annotator].id, state.state.value, time))
    records = tuple(
        ArticleRecord(
            article=Article(
                id=articles[each.slug],
                title=each.title,
                text=each.text,
                blocks=each.blocks,
                metadata=each.metadata,
                language=each.language,
                direction=each.direction,
                provenance=Provenance(source=f"{each.slug}.txt", importer="example", encoding="UTF-8"),
                added_at=time,
            ),
            annotations=tuple(annotations[each.slug]),
            links=tuple(links[each.slug]),
            states=tuple(states[each.slug]),
        )
        for each in example.articles
    )
    project = ProjectRecord("", example.title, tuple(people.values()), (template(example.codebook),))
    return Reading(project, records)

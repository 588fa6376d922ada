"""Feedback as files: a page or JSON for each annotator, in one folder."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.model.annotator import Annotator
from annotator.model.errors import ProjectExistsError
from annotator.project.feedback import Feedback
from annotator.project.feedback_html import feedback_page
from annotator.project.project import Project
from annotator.project.sealing import file_name
from annotator.project.whole_file import write_text


def write_feedback(
    project: Project,
    folder: Path,
    names: Iterable[str] = (),
    *,
    replicates: int = 2000,
    as_json: bool = False,
    force: bool = False,
) -> Iterator[tuple[Annotator, Path, Feedback]]:
    """Write each annotator's feedback, everybody's when none is named, and yield whose it is, where, and what it says.

    Raises:
        ProjectExistsError: a file of that name is there already, and `force` was not said; nothing was written then.
        NotFoundError: there is no such annotator, or nothing was decided yet.
    """
    people = [project.annotator(each) for each in names] or [each for each in project.annotators() if not each.repeats]
    suffix = "json" if as_json else "html"
    paths = [folder / f"{file_name(project.name)} - {file_name(each.name)}.{suffix}" for each in people]
    taken = next((path for path in paths if path.exists()), None)
    if taken is not None and not force:
        raise ProjectExistsError(taken)
    folder.mkdir(parents=True, exist_ok=True)
    for person, path in zip(people, paths, strict=True):
        found = project.feedback(person.id, replicates=replicates)
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if as_json else feedback_page(found)
        write_text(path, text, overwrite=force)
        yield person, path, found

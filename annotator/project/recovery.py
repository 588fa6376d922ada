"""Saving what can be saved of a damaged project file, into a new one."""

from dataclasses import dataclass
from pathlib import Path

from annotator import __version__
from annotator.model.problem import Problem
from annotator.project.project import Project, with_suffix
from annotator.project.templates import template
from annotator.store.database import create
from annotator.store.mending import mend
from annotator.store.salvage import salvage


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was saved.

    Attributes:
        path: where it is.
        pages, damaged: how many pages the damaged file has, and how many of them could not be read whole.
        articles, annotations, links: how many are in the new file.
        counted: how many labels the damaged file itself had counted; 0 where that is lost too.
        told: what was lost or made anew, in sentences.
        problems: what is still wrong in the new file.
    """

    path: Path
    pages: int
    damaged: int
    articles: int
    annotations: int
    links: int
    counted: int
    told: tuple[str, ...]
    problems: tuple[Problem, ...]


def recover(path: Path | str, out: Path | str) -> Recovery:
    """Write everything that can be read of a damaged project into a new one; the damaged file is not touched.

    Labels whose words no longer stand at their place in their article are left out, and so is what spoke of something
    that is lost: nothing in the new file is guessed.

    Raises:
        MissingProjectError, UnreadableProjectError: there is no file, or it cannot be read at all.
        NoProjectError: nothing of a project is in it.
        ProjectExistsError, MissingFolderError, ReadOnlyError, DiskFullError: the new one cannot be written.
    """
    path, out = Path(path), with_suffix(Path(out))
    db = create(out)
    try:
        try:
            saved = salvage(path, db)
            told = [*saved.told, *mend(db, path.stem, __version__, template("default"))]
        finally:
            db.close()
        with Project.open(out) as project:
            problems = tuple(project.check())
            info = project.info()
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return Recovery(
        path=out,
        pages=saved.pages,
        damaged=saved.damaged,
        articles=info.articles,
        annotations=sum(sum(counts.values()) for counts in info.labels.values()),
        links=sum(info.links.values()),
        counted=saved.labels,
        told=tuple(told),
        problems=problems,
    )

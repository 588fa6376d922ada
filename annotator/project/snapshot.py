"""A project as it stood at one moment: a copy of its own, for threads that read while labelling goes on."""

from dataclasses import replace
from pathlib import Path

from annotator.formats.format import Listen, Options
from annotator.model.adjudication import Cell
from annotator.model.counting import counted
from annotator.model.errors import ExchangeError
from annotator.model.split import Split
from annotator.project.backups import write_copy
from annotator.project.export import ExportReport
from annotator.project.project import SUFFIX, Project
from annotator.project.selecting import Selection
from annotator.store.passing import passing_folder


class Snapshot:
    """A copy of a project file in a folder for what is passing. `remove` takes it away.

    Reading the project's own file from another thread would see it change between two passes, and would keep the
    window from storing labels. A copy is made bit by bit, between which labels are stored.
    """

    def __init__(self, source: Path) -> None:
        """Copy the project at `source`; any thread can do it.

        Raises:
            ProjectFileError: it cannot be read, or the copy cannot be written.
        """
        self.source = source
        self._folder = passing_folder()
        try:
            self.path = write_copy(source, Path(self._folder.name) / f"{source.stem}{SUFFIX}")
        except BaseException:
            self.remove()
            raise

    def open(self, *, writing: bool = False) -> Project:
        """Open the copy; what is written into it never reaches the project."""
        return Project.open(self.path, read_only=not writing)

    def remove(self) -> None:
        """Take the copy away; twice does no harm."""
        self._folder.cleanup()


class Moment:
    """The latest copy of a project, made when it is wanted, and again after the project has changed.

    One thread at a time asks for it; `pass_by` may be called from another.
    """

    def __init__(self, source: Path) -> None:
        self.source = source
        self._snapshot: Snapshot | None = None
        self._is_past = True

    def pass_by(self) -> None:
        """The project has changed."""
        self._is_past = True

    def take(self) -> Snapshot:
        """Return a copy of the project as it is now.

        Raises:
            ProjectFileError: it cannot be read, or the copy cannot be written.
        """
        if self._snapshot is None or self._is_past or not self._snapshot.path.exists():
            self.remove()
            # Before the copy: what changes meanwhile may be in it or not, so it is made once more then.
            self._is_past = False
            self._snapshot = Snapshot(self.source)
        return self._snapshot

    def remove(self) -> None:
        """Take the copy away."""
        if self._snapshot is not None:
            self._snapshot.remove()
            self._snapshot = None


def count_export(
    snapshot: Snapshot,
    format: str,  # noqa: A002 - as on the command line
    selection: Selection,
    options: Options,
    listen: Listen,
    *,
    undecided: bool = False,
) -> ExportReport:
    """Return what an export would write, and what the format cannot hold.

    `undecided`: of gold, whether it goes out of articles in which something is undecided, too.

    Raises:
        ExchangeError: the format needs something that is not installed, or there is nothing to export.
        StoppedError: the person stopped it.
    """
    with snapshot.open() as project:
        selection, more = _settled(project, selection, undecided=undecided)
        report = project.export_plan(format, selection=selection, options=options, listen=listen)
    return replace(report, left_out=(*report.left_out, *more))


def write_export(
    snapshot: Snapshot,
    target: Path,
    format: str,  # noqa: A002 - as on the command line
    selection: Selection,
    options: Options,
    *,
    overwrite: bool,
    listen: Listen,
    undecided: bool = False,
) -> ExportReport:
    """Write an export and read it back; a folder that is there is never replaced, for it may hold more than an export.

    Raises:
        ExchangeError: it cannot be written, or what was read back is not what was written. Nothing is left there then.
        ProjectExistsError: there is something of that name.
        StoppedError: the person stopped it; nothing is left there.
    """
    if target.resolve() == snapshot.source.resolve():
        raise ExchangeError(f"“{target}” is the project itself. Export to another file.")
    with snapshot.open() as project:
        selection, more = _settled(project, selection, undecided=undecided)
        report = project.export(
            target,
            format,
            selection=selection,
            options=options,
            overwrite=overwrite and not target.is_dir(),
            listen=listen,
        )
    return replace(report, left_out=(*report.left_out, *more))


def _settled(project: Project, selection: Selection, *, undecided: bool) -> tuple[Selection, tuple[str, ...]]:
    """Return of gold the articles in which all is decided, and what that leaves out, in sentences without full stop."""
    gold = project.gold()
    if gold is None or selection.annotators != {gold.id}:
        return selection, ()
    every = project.gold_selection(undecided=True).articles
    wanted = project.gold_selection(undecided=undecided).articles
    if selection.articles:
        every, wanted = every & selection.articles, wanted & selection.articles
    if not wanted:
        raise ExchangeError(
            "In none of the chosen articles all is decided and what agrees accepted. Decide and accept, or choose others."
        )
    told = []
    left = len(every) - len(wanted)
    if left:
        told.append(f"{counted(left, 'article')} in which something is undecided, or agreed and not accepted")
    if undecided:
        queue = project.queue(Cell(articles=wanted))
        agreed = sum(queue.agreed.values())
        if queue.left:
            told.append(f"{counted(queue.left, 'place that is', 'places that are')} undecided")
        if agreed:
            told.append(f"{counted(agreed, 'place')} that all agree about, not accepted as gold yet")
    return replace(selection, articles=wanted), tuple(told)


def draft_split(snapshot: Snapshot, name: str, *, by: str, shares: dict[str, float], seed: int) -> Split:
    """Return a split that `Project.keep_split` records.

    Raises:
        ExchangeError: it cannot be made like that.
    """
    with snapshot.open() as project:
        return project.draft_split(name, by=by, shares=shares, seed=seed)

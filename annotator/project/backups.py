"""Backups of a project: made beside the work, tried, kept by count and age, and put back."""

import glob
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.model.errors import (
    AnnotatorError,
    BusyError,
    MissingFolderError,
    ProjectExistsError,
    ProjectFileError,
    ReadOnlyError,
    StoppedError,
)
from annotator.project.project import SUFFIX, with_suffix
from annotator.store.backup import copy_beside_work, put_back, summary, verify

_TIME = "%Y-%m-%d %H-%M-%S"
_MARK = " – backup "
_HALF, _LEFT = ".writing", 3600
"""What a backup is called until it is whole, and the seconds after which nobody writes it any more."""
_AHEAD = timedelta(minutes=1)
"""By how much a backup may bear a later time than it was made at: of several in one second each has its own."""
_TRIES = 20
"""How often a project is asked how far it is while somebody writes all the time; each waits for a moment itself."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How backups are kept.

    Attributes:
        folder: where; None: in a folder beside the project that bears its name.
        count: how many of the latest are kept.
        days: for how many days the last one of each day is kept as well.
    """

    folder: Path | None = None
    count: int = 10
    days: int = 30


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies there.

    Attributes:
        made_at: when, in UTC.
        size: in bytes.
        labels, steps: how many it holds; 0 when it cannot be read.
        problem: why it cannot be used, as a sentence; empty when it can.
    """

    path: Path
    made_at: datetime
    size: int
    labels: int = 0
    steps: int = 0
    problem: str = ""


KEEPING = Keeping()


def folder_of(project: Path, keeping: Keeping = KEEPING) -> Path:
    """Return where the backups of a project lie; the folder need not exist."""
    return keeping.folder or project.with_name(f"{project.stem} backups")


def backups(project: Path | str, keeping: Keeping = KEEPING) -> tuple[Backup, ...]:
    """Return the backups of a project, the latest first. The project itself may be damaged or gone."""
    project = Path(project)
    own = ""
    with suppress(AnnotatorError):
        own = summary(project)[0]
    found = []
    for path, made_at in backup_files(project, keeping):
        try:
            key, (steps, _), labels = summary(path)
        except AnnotatorError as error:
            found.append(Backup(path, made_at, path.stat().st_size, problem=str(error)))
            continue
        if own in ("", key):
            found.append(Backup(path, made_at, path.stat().st_size, labels, steps))
    return tuple(found)


def backup_files(project: Path, keeping: Keeping = KEEPING) -> list[tuple[Path, datetime]]:
    """Return the files that are named as backups of the project are, and when they were made, the latest first.

    What a clock that was ahead has dated into the future is none of the latest, and comes last. None of them is opened.
    """
    start = f"{project.stem}{_MARK}"
    found = []
    with suppress(OSError):
        for path in folder_of(project, keeping).iterdir():
            if path.name.startswith(start) and path.suffix == SUFFIX:
                with suppress(ValueError):
                    time = datetime.strptime(path.stem.removeprefix(start), _TIME).replace(tzinfo=UTC)
                    found.append((path, time))
    now = datetime.now(UTC)
    return sorted(found, key=lambda each: _age(each[1], now))


def make_backup(
    project: Path | str, keeping: Keeping = KEEPING, *, cancelled: Callable[[], bool] | None = None
) -> Backup | None:
    """Write a backup of a project, try it, and drop what is too old; None when nothing has changed since the last one.

    It needs no open project, so any thread can do it while somebody works in it.

    Raises:
        ProjectFileError: the project cannot be read, the backup cannot be written, or what was written cannot be used.
        StoppedError: `cancelled` said so; nothing is left.
    """
    project = Path(project)
    key, position = _how_far(project, cancelled)
    for path, _ in backup_files(project, keeping)[:1]:
        with suppress(AnnotatorError):
            last, there, _ = summary(path)
            if (last, there) == (key, position):
                return None
    folder = folder_of(project, keeping)
    try:
        if keeping.folder is not None and not folder.is_dir():  # a disk that is not plugged in
            raise MissingFolderError(folder / project.name)
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(folder, f"no folder for backups can be made there ({error.strerror})") from error
    _drop_halves(project, folder)
    now, path = _free(folder, f"{project.stem}{_MARK}", [time for _, time in backup_files(project, keeping)])
    draft = path.with_name(f"{path.name}{_HALF}")
    try:
        copy_beside_work(project, draft, cancelled)
        verify(draft)
        draft.replace(path)
    except OSError as error:
        raise ReadOnlyError(path, f"the backup cannot be written ({error.strerror})") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    for old in dropped([time for _, time in backup_files(project, keeping)], now, keeping):
        with suppress(OSError):
            if old == now:  # what was made just now is never too old, whatever the clock says
                continue
            (folder / f"{project.stem}{_MARK}{old.strftime(_TIME)}{SUFFIX}").unlink()
    _, (steps, _), labels = summary(path)
    return Backup(path, now, path.stat().st_size, labels, steps)


def _free(folder: Path, start: str, taken: Iterable[datetime] = ()) -> tuple[datetime, Path]:
    """Return this second, or the next at which nothing lies there yet, and the name that tells of it.

    It comes after what was `taken` in a minute from now on: of several in one second the last one is the latest.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    ahead = [time for time in taken if now <= time <= now + _AHEAD]
    now = max(ahead) + timedelta(seconds=1) if ahead else now
    while (path := folder / f"{start}{now.strftime(_TIME)}{SUFFIX}").exists():
        now += timedelta(seconds=1)
    return now, path


def _drop_halves(project: Path, folder: Path) -> None:
    """Take away what programs that were killed have left half written; one may be at work there just now."""
    for half in folder.glob(f"{glob.escape(project.stem)}{_MARK}*{_HALF}*"):
        with suppress(OSError):
            if datetime.now(UTC).timestamp() - half.stat().st_mtime > _LEFT:
                half.unlink()


def _how_far(project: Path, cancelled: Callable[[], bool] | None) -> tuple[str, tuple[int, str]]:
    for _ in range(_TRIES):
        with suppress(BusyError):  # a person's labels go first
            return summary(project)[:2]
        if cancelled is not None and cancelled():
            raise StoppedError
    return summary(project)[:2]


def write_copy(project: Path, target: Path, told: Callable[[int, int], None] | None = None) -> Path:
    """Write a copy of a project that somebody may work in, history included, and return where; any thread can do it.

    `told` is given how many of how many bytes are copied; what it raises ends it, and nothing is left.

    Raises:
        ProjectExistsError: there is something of that name.
        ProjectFileError: the project cannot be read, or the copy cannot be written; nothing is left there.
    """
    target = with_suffix(target)
    if target.exists():
        raise ProjectExistsError(target)
    copy_beside_work(project, target, told=told)
    return target


def dropped(times: Iterable[datetime], now: datetime, keeping: Keeping) -> list[datetime]:
    """Return which backups are not kept: neither among the latest, nor the last of a day that is young enough.

    The latest one is always kept, whatever the clock says.
    """
    ordered = sorted(times, key=lambda each: _age(each, now))
    kept = set(ordered[: max(1, keeping.count)])
    days: set[object] = set()
    for time in ordered:
        if time.date() not in days and now - time <= timedelta(days=keeping.days):
            kept.add(time)
        days.add(time.date())
    return [time for time in ordered if time not in kept]


def _age(time: datetime, now: datetime) -> tuple[bool, timedelta]:
    """Return how old a backup is, to sort by; one that is from the future (but for what `_free` put ahead) is older than all."""
    return time > now + _AHEAD, now - time


def restore(project: Path | str, backup: Path | str) -> Path | None:
    """Put a backup in a project's place, and return where the file that lay there is kept; None when there was none.

    The project must not be open. The backup stays where it is.

    Raises:
        LockedProjectError: the project is open.
        ProjectFileError: the backup cannot be used, or the folder cannot be written; nothing was changed then.
    """
    project, backup = Path(project).resolve(), Path(backup)  # what a link leads to, and not the link
    if not project.parent.is_dir():
        raise MissingFolderError(project)
    if project.exists() and backup.exists() and project.samefile(backup):
        raise ProjectFileError(f"“{backup}” is the project itself. Choose a backup of it.")
    _, aside = _free(project.parent, f"{project.stem} – before restoring ")
    had = project.exists()
    put_back(backup, project, aside)
    return aside if had else None

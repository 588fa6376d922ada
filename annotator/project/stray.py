"""Copies of a project that a synchronised folder has kept apart, because two machines wrote into it at once."""

import re
from contextlib import closing, suppress
from pathlib import Path

from annotator.model.errors import AnnotatorError
from annotator.project.project import SUFFIX
from annotator.store.backup import summary
from annotator.store.copies import knows
from annotator.store.database import explained, open_file

_KEPT_APART = re.compile(
    r"conflict|konflikt|conflit|conflitt|conflito|конфликт|冲突|衝突|競合|충돌"  # Dropbox, Nextcloud, Syncthing and others
    r"|^-[\w-]+$"  # OneDrive: the name of the other computer
    r"|^ ?\(\d+\)$|^ \d+$",  # Google Drive, iCloud
    re.IGNORECASE,
)
"""What such a copy is called after the project's own name."""


def strays(project: Path) -> list[Path]:
    """Return the copies that lie beside a project and hold steps that it knows nothing of, by name; in any thread.

    Raises:
        ProjectFileError: the project cannot be read.
    """
    found = []
    for path in sorted(project.parent.glob(f"*{SUFFIX}")):
        rest = path.stem.removeprefix(project.stem)
        if path == project or rest == path.stem or not _KEPT_APART.search(rest):
            continue
        with suppress(AnnotatorError):  # one that cannot be read now may be on its way still
            if _is_other(project, path):
                found.append(path)
    return found


def _is_other(project: Path, path: Path) -> bool:
    key, (_, last), _ = summary(path)
    if key != summary(project)[0]:
        return False
    with explained(project), closing(open_file(project, writing=False)) as db:
        return bool(last) and not knows(db, last)

"""What the disk alone takes for a commit: what no program can be quicker than."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from annotator.project import Project


class Disk:
    """A bare database beside a project, of which as many pages are changed as by what is measured."""

    def __init__(self, path: Path, act: Callable[[Project], object]) -> None:
        """Look how many pages `act` touches of the project at a path; nothing of it stays."""
        with Project.open(path) as project:
            self.pages = _pages(project, act)
            synchronous = project._db.execute("PRAGMA synchronous").fetchone()[0]
        self._connection = sqlite3.connect(path.with_name("bare.db"), isolation_level=None)
        self._connection.execute(f"PRAGMA synchronous = {synchronous}")
        self._connection.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, content BLOB)")
        rows = [(each,) for each in range(self.pages)]
        self._connection.executemany("INSERT INTO page VALUES (?, zeroblob(3500))", rows)

    def commit(self) -> float:
        """Change so many pages and commit; return how many milliseconds it took."""
        start = time.perf_counter()
        self._connection.execute("BEGIN")
        self._connection.execute("UPDATE page SET content = randomblob(3500)")
        self._connection.execute("COMMIT")
        return (time.perf_counter() - start) * 1000


def _pages(project: Project, act: Callable[[Project], object]) -> int:
    """Return how many pages of the file are touched, read off the journal of what is not committed."""
    journal = project.path.with_name(f"{project.path.name}-journal")
    size = 0
    with suppress(InterruptedError), project._db.atomic():
        act(project)
        size = journal.stat().st_size
        raise InterruptedError
    return max(1, size // (project._db.execute("PRAGMA page_size").fetchone()[0] + 8))

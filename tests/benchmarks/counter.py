"""Counts the work that a thing takes, which a busy machine does not change: does it grow faster than the project?

    python -m tests.benchmarks.counter DEED PROJECT PROJECT …

Prints a line for each project: steps of SQLite's machine, calls in Python, and pages read from the system. DEED is one of
`grower.DEEDS`; it is done to a copy.
"""

import cProfile
import pstats
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.project import Project
from tests.benchmarks.grower import DEEDS

_EVERY = 100
"""SQLite tells of so many steps at once."""


def count(deed: str, path: Path) -> tuple[int, int, int]:
    """Do it once before counting, so that what is loaded at the first time is not in it."""
    do, _often = DEEDS[deed]
    told = 0

    def tell() -> int:
        nonlocal told
        told += 1
        return 0

    with TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(path, Path(folder) / path.name))
        with Project.open(copy) as project:
            article, who = project.articles()[-1].id, project.annotators()[0].id
            if isinstance(made := do(project, article, who), Iterator):
                raise TypeError(f"“{deed}” has to be made ready first.")
            assert made is None
            project._db.conn.set_progress_handler(tell, _EVERY)
            profile, read = cProfile.Profile(), _reads()
            profile.enable()
            do(project, article, who)
            profile.disable()
            return told * _EVERY, pstats.Stats(profile).total_calls - told, _reads() - read


def _reads() -> int:
    """Return how often this process has read from the system; 0 where that is not told."""
    file = Path("/proc/self/io")
    return int(file.read_text().split("syscr: ")[1].split()[0]) if file.exists() else 0


if __name__ == "__main__":
    for project in sys.argv[2:]:
        steps, calls, reads = count(sys.argv[1], Path(project))
        print(f"{project}: {steps:,} steps of SQLite, {calls:,} calls of Python, {reads:,} reads")

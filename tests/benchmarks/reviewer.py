"""Measures agreement in a project in a process of its own, so that its memory is only that of measuring.

python -m tests.benchmarks.reviewer PROJECT
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from annotator.project import Project
from annotator.project.measuring import compute
from annotator.project.request import Request

REVIEW = Request(measures=("krippendorff_alpha", "krippendorff_alpha_jaccard", "span_f1"), replicates=0)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a block takes by the clock and by the processor, and the most memory that the process has had."""
    start, busy = time.perf_counter(), time.process_time()
    yield
    wall, own = time.perf_counter() - start, time.process_time() - busy
    print(f"{what:64} {wall:8.3f} s, {own:8.3f} s of processor {peak():7.0f} MB at most so far", flush=True)


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, what `resource` tells may be the parent's
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def main(path: Path) -> None:
    """Print how long each part of a review takes; the project keeps what was counted."""
    with timed("libraries loaded"):
        from annotator.project import anatomy, collecting, course  # noqa: F401, PLC0415 - what the first review loads
    with Project.open(path) as project:
        with timed("first build: read and counted"):
            material = project.gather(REVIEW)
            material.tables  # noqa: B018 - laid out when it is asked for
        with timed("its review: α, F1, shares, people, articles, no intervals"):
            report = compute(material)
        with timed("its counts kept"):
            project.keep_counted(material)
        with timed("gathered from what is kept"):
            material = project.gather(REVIEW)
            material.tables  # noqa: B018
        ids = list(material.titles)
        for words, request in (
            ("another choice: two annotators", replace(REVIEW, annotators=report.annotators[:2])),
            ("another choice: half of the articles", replace(REVIEW, articles=frozenset(ids[::2]))),
            ("another choice: two labels", replace(REVIEW, labels=("claim", "denial"))),
        ):
            with timed(words):
                compute(project.gather(request, before=material))
        project.annotate(ids[0], "claim", [(0, 9)], annotator=report.annotators[0])
        with timed("one article edited: counted and kept"):
            project.keep_counted(project.gather(Request(articles=frozenset(ids[:1]), replicates=0)))
        with timed("everything, with 2,000 replicates of every interval"):
            found = compute(project.gather(before=material))
        print(f"  {len(found.figures):,} figures")
        project.keep_review(Request(), found)
    with timed("opened: what is kept read, and the review that was computed"), Project.open(path) as project:
        project.gather()
        assert len(ids) < 200 or project.kept_review() == found


if __name__ == "__main__":
    main(Path(sys.argv[1]))

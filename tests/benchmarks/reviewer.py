"""Measures agreement in a project in a process of its own, so that its memory is only that of measuring.

python -m tests.benchmarks.reviewer PROJECT
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from annotator.agreement import replicates
from annotator.project import Project
from annotator.project.measures import bench, figures
from annotator.project.measuring import compute
from annotator.project.request import Request

REVIEW = Request(measures=("krippendorff_alpha", "krippendorff_alpha_jaccard", "span_f1"), replicates=0)


@contextmanager
def timed(what: str, aim: str = "") -> Iterator[None]:
    """Tell in a line of JSON how long a block takes by the clock and by the processor, and the most memory there was."""
    start, busy = time.perf_counter(), time.process_time()
    yield
    cost = (time.perf_counter() - start, time.process_time() - busy, peak())
    print(json.dumps({"what": what, "cost": cost, "aim": aim}), flush=True)


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, what `resource` tells may be the parent's
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def main(path: Path) -> None:
    """Tell how long each part of a review takes; the project keeps what was counted."""
    from annotator.project import anatomy, collecting, course  # noqa: F401, PLC0415 - what the first review loads

    with Project.open(path) as project:
        with timed("first build: read and counted", "3 s, 500 MB"):
            material = project.gather(REVIEW)
            material.hand  # noqa: B018 - laid out when it is asked for
        with timed("its review: α, F1, shares, people, articles, no intervals"):
            report = compute(material)
        with timed("its counts kept"):
            project.keep_counted(material)
    with Project.open(path) as project:
        with timed("gathered from what is kept, and laid out"):
            material = project.gather(REVIEW)
            material.hand  # noqa: B018
        compute(material)
        ids = list(material.titles)
        for words, request in (
            ("another choice: two annotators", replace(REVIEW, annotators=report.annotators[:2])),
            ("another choice: half of the articles", replace(REVIEW, articles=frozenset(ids[::2]))),
            ("another choice: two labels", replace(REVIEW, labels=("claim", "denial"))),
        ):
            with timed(words, "0.1 s"):
                compute(project.gather(request, before=material))
        project.annotate(ids[0], "claim", [(0, 9)], annotator=report.annotators[0])
        with timed("one article edited: counted and kept", "0.01 s"):
            project.keep_counted(project.gather(Request(articles=frozenset(ids[:1]), replicates=0)))
        every = project.gather(before=material)
        with timed("everything, with 2,000 replicates of every interval"):
            found = compute(every)
        work = bench(every, None, None)
        figures(work)
        replicates._drawn.cache_clear()
        with timed("the intervals of all that alone: 2,000 replicates of each", "2 s"):
            work.scoring.scores()
        project.keep_review(Request(), found)
    with timed("opened: the review that was computed", "0.3 s"), Project.open(path) as project:
        assert len(ids) < 200 or project.kept_review() == found
    with timed("opened: that, and what is kept read"), Project.open(path) as project:
        project.kept_review()
        project.gather()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

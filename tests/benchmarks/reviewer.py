"""Measures agreement in a project in a process of its own, so that its memory is only that of measuring.

python -m tests.benchmarks.reviewer PROJECT
python -m tests.benchmarks.reviewer PROJECT --bare    as if it came from an older version
python -m tests.benchmarks.reviewer PROJECT --first    the first build alone; the project stays as it is
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from annotator.agreement import drawing
from annotator.project import Project
from annotator.project.bench import bench
from annotator.project.material import Material
from annotator.project.measures import figures
from annotator.project.measuring import compute, summarised
from annotator.project.report import Report
from annotator.project.request import Request
from tests.benchmarks.together import Together, processor

_EDITS = 11
_TOGETHER = Together()
REVIEW = Request(measures=("krippendorff_alpha", "krippendorff_alpha_jaccard", "span_f1"), replicates=0)


@contextmanager
def timed(what: str, aim: str = "") -> Iterator[None]:
    """Tell in a line of JSON how long a block takes by the clock and by the processor, and the most memory there was.

    The processor's time and the memory are those of this process and of all that it has begun.
    """
    start, busy = time.perf_counter(), processor()
    yield
    _tell(what, [(time.perf_counter() - start, processor() - busy)], aim)


def _tell(what: str, times: Sequence[tuple[float, float]], aim: str = "") -> None:
    """Tell the medians of the times by the clock and by the processor."""
    clock, busy = (median(each) for each in zip(*times, strict=True))
    print(json.dumps({"what": what, "cost": (clock, busy, _TOGETHER.most), "aim": aim}), flush=True)


def first(path: Path) -> None:
    """Tell how long the first build takes, and nothing else."""
    from annotator.project import anatomy, collecting, course  # noqa: F401, PLC0415 - what the first review loads

    with Project.open(path, read_only=True) as project, timed("first build: read and counted"):
        project.gather(REVIEW).hand  # noqa: B018 - laid out when it is asked for


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
        del material  # else memory holds two of what the window holds one of
    with Project.open(path) as project:
        with timed("gathered from what is kept, and laid out"):
            material = project.gather(REVIEW)
            material.hand  # noqa: B018
        compute(material)
        ids = list(material.titles)
        for words, request in choices(report.annotators, ids):
            drawn = replace(request, replicates=2_000)
            with timed(f"another choice: {words}: the summary, with its intervals", "0.1 s"):
                summarised(project.gather(drawn, before=material))
        for words, request in choices(report.annotators, ids)[:6:2]:
            with timed(f"another choice: {words}: the whole review"):
                compute(project.gather(request, before=material))
        with timed("words found and counted, when tokens or a tolerance are first asked for"):
            in_words = project.gather(replace(REVIEW, tolerance=1), before=material)
        with timed("what was counted in words kept"):
            project.keep_counted(in_words)
        for words, request in (
            ("a tolerance of 1", replace(REVIEW, tolerance=1)),
            ("a tolerance of 5", replace(REVIEW, tolerance=5)),
            ("tokens", replace(REVIEW, unit="token")),
            ("tokens of two labels", replace(REVIEW, unit="token", labels=("claim", "denial"))),
        ):
            drawn = replace(request, replicates=2_000)
            with timed(f"another choice: {words}: the summary, with its intervals", "0.1 s"):
                summarised(project.gather(drawn, before=material))
        _tell("one article edited: counted and kept", list(edited(project, ids, report.annotators[0])), "0.01 s")
        del material  # what was shown goes when what is new has come
        with timed("the review after that"):
            material = project.gather(REVIEW)
            compute(material)
        project.gather(replace(REVIEW, tolerance=1), before=material)  # the window holds the words, too
        found = everything(project, material)
        project.keep_review(Request(), found)
        del material
    with timed("opened: the review that was computed", "0.3 s"), Project.open(path) as project:
        assert len(ids) < 200 or project.kept_review() == found
    with timed("opened: that, and what is kept read"), Project.open(path) as project:
        project.kept_review()
        material = project.gather()
    with Project.open(path) as project, timed("opened: what is kept of words read, and laid out"):
        project.gather(replace(REVIEW, tolerance=1), before=material)


def everything(project: Project, before: Material) -> Report:
    """Tell how long all figures with all intervals take; return them."""
    every = project.gather(before=before)
    with timed("everything, with 2,000 replicates of every interval"):
        found = compute(every)
    work = bench(every, None, None)
    figures(work)
    drawing._tile.cache_clear()
    drawing._drawn_many.cache_clear()  # at this size there is nothing else that is kept
    with timed("the intervals of all that alone: 2,000 replicates of each", "2 s"):
        work.scoring.scores()
    return found


def choices(people: Sequence[str], ids: Sequence[str]) -> list[tuple[str, Request]]:
    """Return what somebody may choose, in words, and the request."""
    return [
        ("two annotators", replace(REVIEW, annotators=tuple(people[:2]))),
        ("three annotators", replace(REVIEW, annotators=tuple(people[::2]))),
        ("half of the articles", replace(REVIEW, articles=frozenset(ids[::2]))),
        ("nine tenths of the articles", replace(REVIEW, articles=frozenset(ids[len(ids) // 10 :]))),
        ("two labels", replace(REVIEW, labels=("claim", "denial"))),
        ("one label", replace(REVIEW, labels=("claim",))),
        ("spans alone", replace(REVIEW, unit="span")),
        ("everything again", REVIEW),
    ]


def edited(project: Project, ids: Sequence[str], annotator: str) -> Iterator[tuple[float, float]]:
    """Label a few articles, and yield how long each takes to be counted and kept by the clock and by the processor."""
    for number, article in enumerate(ids[:: max(1, len(ids) // _EDITS)][:_EDITS]):
        project.annotate(article, "claim", [(number, number + 13)], annotator=annotator)
        start, busy = time.perf_counter(), time.process_time()
        project.keep_counted(project.gather(Request(articles=frozenset([article]), replicates=0)))
        yield time.perf_counter() - start, time.process_time() - busy


def bare(path: Path) -> None:
    """Tell how long the first build takes where nothing lies ready; and how long it holds the window to count that ahead."""
    from annotator.project import anatomy, collecting, course  # noqa: F401, PLC0415 - as above

    with Project.open(path) as project, Project.open(path, read_only=True) as reading:
        with project._db.atomic():
            for table in ("statistic", "review", "work", "outline"):
                project._db.execute(f'DELETE FROM "{table}"')
        with timed("first build where nothing lies ready"):
            reading.gather(REVIEW).hand  # noqa: B018
        times = list(kept_ahead(project, reading))
        if times:  # few articles are not counted ahead
            _tell("counted ahead by another process: 50 articles kept", times, "0.016 s")


def kept_ahead(project: Project, reading: Project) -> Iterator[tuple[float, float]]:
    """Yield how long it takes to keep each portion of what is counted ahead, by the clock and by the processor."""
    for each in reading.count_ahead(lambda: False):
        for first in range(0, len(each.rows), 50):
            start, busy = time.perf_counter(), time.process_time()
            project.keep_ahead(each, slice(first, first + 50))
            yield time.perf_counter() - start, time.process_time() - busy


if __name__ == "__main__":
    _TOGETHER.start()
    {"--bare": bare, "--first": first}.get(sys.argv[-1], main)(Path(sys.argv[1]))

"""A program of its own that does one thing to a project, and tells on stdout how long it took and with how much memory.

    python -m tests.benchmarks.grower DEED PROJECT

Milliseconds by the clock and of the processor, the median of a few times where it can be repeated; a JSON object in one
line.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.project import Project
from tests.benchmarks.visitor import peak

FEW = 5


def opened(path: Path) -> None:
    """Open and close."""
    Project.open(path).close()


def listed(project: Project, _article: str, who: str) -> None:
    """The list of articles with states and counts."""
    project.articles(who)


def counted(project: Project, _article: str, who: str) -> None:
    """The counts of all labels."""
    project.counts(who)


def labelled(project: Project, article: str, who: str) -> None:
    """One label, with its commit, and taking it back."""
    project.annotate(article, "claim", [(0, 9)], annotator=who)
    project.undo()


def read(project: Project, article: str, _who: str) -> None:
    """One article with its labels and links."""
    project.article(article)
    project.annotations(article)
    project.links(article)


def found(project: Project, _article: str, _who: str) -> None:
    """Words that are nowhere, in all articles."""
    list(project.find("zzzzzz"))


def checked(project: Project, _article: str, _who: str) -> None:
    """Everything that can be wrong with the file."""
    if project.check():
        raise AssertionError


def queued(project: Project, _article: str, _who: str) -> None:
    """The queue of disagreements."""
    project.queue()


def measured(project: Project, _article: str, _who: str) -> None:
    """Alpha over label sets and span F1, with their intervals."""
    from annotator.project.measuring import compute  # noqa: PLC0415 - numpy
    from annotator.project.request import Request  # noqa: PLC0415

    request = Request(measures=("krippendorff_alpha_jaccard", "span_f1"), replicates=200)
    compute(project.gather(request))


def exported(project: Project, _article: str, _who: str) -> None:
    """Everything as JSON Lines."""
    project.export(project.path.with_name(f"out{time.perf_counter_ns()}.jsonl"))


def copied(project: Project, _article: str, _who: str) -> None:
    """A copy of the file."""
    project.save_copy(project.path.with_name(f"copy{time.perf_counter_ns()}.annotator"))


def handed_out(project: Project, _article: str, who: str) -> None:
    """A sealed copy with all articles for one annotator."""
    target = project.path.with_name(f"out{time.perf_counter_ns()}.annotator")
    project.hand_out(who, target, ids=[head.id for head in project.articles()])


DEEDS: dict[str, tuple[Callable[[Project, str, str], None], int]] = {
    "list the articles": (listed, FEW),
    "count the labels": (counted, FEW),
    "label, and take it back": (labelled, 40),
    "read an article with its labels": (read, FEW),
    "find in all articles": (found, 1),
    "check": (checked, 1),
    "queue of disagreements": (queued, 1),
    "agreement": (measured, 1),
    "export as JSON Lines": (exported, 1),
    "save a copy": (copied, 1),
    "hand out to one annotator": (handed_out, 1),
}


def main(deed: str, path: Path) -> dict[str, float]:
    """Do it, and return milliseconds and megabytes."""
    times: list[tuple[float, float]] = []

    def measured(do: Callable[[], None]) -> None:
        begun, busy = time.perf_counter(), time.process_time()
        do()
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000))

    if deed == "open":
        for _ in range(FEW):
            measured(lambda: opened(path))
    else:
        do, often = DEEDS[deed]
        with Project.open(path) as project:
            article, who = project.articles()[-1].id, project.annotators()[0].id
            for _ in range(often):
                measured(lambda: do(project, article, who))
    clock, processor = (statistics.median(each) for each in zip(*times, strict=True))
    return {"milliseconds": clock, "processor": processor, "peak memory, MB": peak()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))) + "\n")

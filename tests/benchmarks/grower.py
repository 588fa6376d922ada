"""A program of its own that does one thing to a project, and tells on stdout how long it took and with how much memory.

    python -m tests.benchmarks.grower DEED PROJECT

Milliseconds by the clock and of the processor, the medians of a few times where it can be repeated, and what 99 of 100 do
not exceed; a JSON object in one line.
"""

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from inspect import isgeneratorfunction
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.project import Project
from annotator.project.backups import make_backup, restore
from tests.benchmarks.measure import forget_peak, ninety_nine, peak

FEW = 5
Deed = Callable[[Project, str, str], Iterator[None] | None]
"""What is done to a project, given an article of it and somebody; what stands before a `yield` only makes it ready."""


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
    project.export(project.path.with_name("out.jsonl"))


def copied(project: Project, _article: str, _who: str) -> None:
    """A copy of the file."""
    project.save_copy(project.path.with_name("copy.annotator"))


def handed_out(project: Project, _article: str, who: str) -> None:
    """A sealed copy with all articles for one annotator."""
    target = project.path.with_name("out.annotator")
    project.hand_out(who, target, ids=[head.id for head in project.articles()])


def added(project: Project, _article: str, _who: str) -> Iterator[None]:
    """As many new articles as the project has, read from files and added."""
    folder = project.path.with_name("files")
    folder.mkdir()
    for head in project.articles():
        text = project.article(head.id).text
        (folder / f"{head.id}.txt").write_text(f"Another one. {text}", "utf-8")
    yield
    project.commit(project.draft([folder]))


def taken_in(project: Project, _article: str, _who: str) -> Iterator[None]:
    """Everything as JSON Lines into an empty project."""
    lines = project.path.with_name("out.jsonl")
    project.export(lines)
    with Project.create(project.path.with_name("new")) as empty:
        yield
        empty.import_(lines)


def _came_back(project: Project, who: str) -> Path:
    """Return a copy in which somebody has made a label more in each article."""
    copy = project.save_copy(project.path.with_name("back.annotator"))
    with Project.open(copy) as copied, copied._db.atomic():
        for head in copied.articles():
            copied.annotate(head.id, "claim", [(1, 9)], annotator=who)
    return copy


def looked_at(project: Project, _article: str, who: str) -> Iterator[None]:
    """What a copy brings in which a label was made in each article."""
    copy = _came_back(project, who)
    yield
    project.merge_draft([copy])


def merged(project: Project, _article: str, who: str) -> Iterator[None]:
    """That, merged."""
    plan = project.merge_draft([_came_back(project, who)])
    yield
    project.merge(plan)


def undone(project: Project, _article: str, who: str) -> Iterator[None]:
    """That, taken back."""
    project.merge(project.merge_draft([_came_back(project, who)]))
    yield
    project.undo()


def decided(project: Project, _article: str, who: str) -> Iterator[None]:
    """One decision, with its commit, and taking it back."""
    from annotator.model.adjudication import Outcome  # noqa: PLC0415

    found = next(iter(project.queue().items))
    yield
    project.decide(found, Outcome.VERSION, by=who)
    project.undo()


def revised(project: Project, _article: str, _who: str) -> Iterator[None]:
    """A new revision of the codebook."""
    from dataclasses import replace  # noqa: PLC0415

    book = project.codebook
    yield
    project.save_codebook(replace(book, description=f"{book.description} Now."), "Measured")


def backed_up(project: Project, _article: str, _who: str) -> None:
    """A backup, looked through."""
    make_backup(project.path)


def put_back(project: Project, _article: str, _who: str) -> Iterator[None]:
    """A backup, put in the place of the project."""
    backup = make_backup(project.path)
    project.close()
    yield
    if backup is not None:
        restore(project.path, backup.path)


def recovered(project: Project, _article: str, _who: str) -> None:
    """All that can be saved of the file, page by page."""
    from annotator.project.recovery import recover  # noqa: PLC0415

    recover(project.path, project.path.with_name("saved.annotator"))


DEEDS: dict[str, tuple[Deed, int]] = {
    "list the articles": (listed, FEW),
    "count the labels": (counted, FEW),
    "label, and take it back": (labelled, 40),
    "read an article with its labels": (read, FEW),
    "find in all articles": (found, 1),
    "add as many articles": (added, 1),
    "revise the codebook": (revised, 1),
    "check": (checked, 1),
    "queue of disagreements": (queued, 1),
    "decide one, and take it back": (decided, 1),
    "agreement": (measured, 1),
    "export as JSON Lines": (exported, 1),
    "import JSON Lines": (taken_in, 1),
    "save a copy": (copied, 1),
    "hand out to one annotator": (handed_out, 1),
    "look at a copy that came back": (looked_at, 1),
    "merge it": (merged, 1),
    "take the merge back": (undone, 1),
    "make a backup": (backed_up, 1),
    "put a backup back": (put_back, 1),
    "recover": (recovered, 1),
}


def main(deed: str, path: Path) -> dict[str, float]:
    """Do it to a copy, and return milliseconds and megabytes."""
    times: list[tuple[float, float]] = []

    def measured(do: Callable[[], object]) -> None:
        forget_peak()
        begun, busy = time.perf_counter(), time.process_time()
        do()
        times.append(((time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000))

    with TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copyfile(path, Path(folder) / path.name))
        if deed == "open":
            for _ in range(FEW):
                measured(lambda: opened(copy))
        else:
            do, often = DEEDS[deed]
            with Project.open(copy) as project:
                article, who = project.articles()[-1].id, project.annotators()[0].id
                for _ in range(often):
                    measured(_ready(do, project, article, who))
    clock, processor = (statistics.median(each) for each in zip(*times, strict=True))
    most = ninety_nine([each for each, _ in times])
    return {"milliseconds": clock, "99 %": most, "processor": processor, "peak memory, MB": peak()}


def _ready(do: Deed, project: Project, article: str, who: str) -> Callable[[], object]:
    """Make ready what has to be, and return what is left to be done."""
    if not isgeneratorfunction(do):
        return lambda: do(project, article, who)
    begun = do(project, article, who)
    next(begun)
    return lambda: next(begun, None)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))) + "\n")

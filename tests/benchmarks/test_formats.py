"""Every format: 1,000 articles with 25,000 frames (75,000 spans) out, compared, and in."""

import gc
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.formats.format import Options
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article, State
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.export import give, taking_back
from annotator.project.templates import template
from annotator.store.clock import now
from tests.benchmarks import corpus

ARTICLES, FRAMES, CHARACTERS = 1_000, 25, 3_000
pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def values():
    """A corpus as values, labelled by one annotator: source, cue and content of each frame, and some denials linked."""
    ana = Annotator(new_id(), corpus.ANNOTATOR, now())
    records = list(_records(ana.id))
    return ProjectRecord(new_id(), "Corpus", (ana,), (template("default"),)), records


def _records(who: str) -> Iterator[ArticleRecord]:
    dice = random.Random(5)
    words = corpus.vocabulary(dice)
    for number in range(ARTICLES):
        text = corpus.text(dice, words, CHARACTERS)
        article = Article(new_id(), f"Article {number}", text, added_at=now())
        found, links = _frames(article.id, text, who, dice)
        ordered = tuple(sorted(found.values(), key=lambda each: each.order))
        yield ArticleRecord(article, ordered, tuple(links), (StateRecord(who, State.DONE.value, now()),))


def _frames(
    article: str, text: str, who: str, dice: random.Random
) -> tuple[dict[tuple[str, Span], Annotation], list[Link]]:
    found: dict[tuple[str, Span], Annotation] = {}
    links: list[Link] = []

    def put(label: str, span: Span) -> Annotation:
        made = Annotation(new_id(), article, who, label, span, made_at=now(), changed_at=now())
        return found.setdefault((label, span), made)

    for span in corpus.spans(dice, text, FRAMES * 3)[: FRAMES * 3 : 3]:
        cue = put("attribution", span)
        parts = corpus.spans(dice, text, 2)
        for kind, label, part in (("source", "source", parts[0]), ("content", "claim", parts[1])):
            links.append(Link(new_id(), kind, cue.id, put(label, part).id, who, made_at=now(), changed_at=now()))
    return found, list({(each.kind, each.origin_id, each.target): each for each in links}.values())


@pytest.mark.parametrize("name", WRITERS)
def test_out_and_back(values, times, facts, name):
    project, records = values
    writer = WRITERS[name]
    if writer.needs:
        pytest.importorskip(writer.needs)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out{writer.suffix}"
        what = f"{name}: write {ARTICLES:,} articles, read back, compare"
        with times.of(what):
            busy, peak = _apart(lambda: give(name, project, records, out, options=Options()))
        facts[f"{name}: processor, memory at most above the records"] = f"{busy:.1f} s, {peak:,.0f} MB"
        if name in READERS:
            with times.of(f"{name}: read"):
                READERS[name].read(out, taking_back(writer, project, records, Options()))


def _apart(deed: Callable[[], object]) -> tuple[float, float]:
    """Do something in a process of its own that begins as this one; return its processor time in seconds and its peak in MB.

    The peak is counted from where it began: what this process holds is in it, too.
    """
    before = _held()
    pipe_in, pipe_out = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            start = time.process_time()
            deed()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            os.write(pipe_out, f"{time.process_time() - start} {peak}".encode())
            status = 0
        finally:
            os._exit(status)
    os.close(pipe_out)
    with os.fdopen(pipe_in) as told:
        words = told.read().split()
    assert os.waitpid(child, 0)[1] == 0, "it failed in the other process"
    return float(words[0]), max(0.0, float(words[1]) - before)


def _held() -> float:
    """Return what memory this process holds now, in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def test_into_a_project(values, times, facts, tmp_path):
    project, records = values
    give("brat", project, records, tmp_path / "brat", options=Options())
    with Project.create(tmp_path / "p") as taking, times.of("brat: import into a project"):
        report = taking.import_(tmp_path / "brat")
    with Project.open(tmp_path / "p.annotator") as taking:
        with times.of("brat: import the same again"):
            taking.import_(tmp_path / "brat")
        for name in ("jsonl", "brat", "csv"):
            with times.of(f"{name}: export from the project"):
                taking.export(tmp_path / f"again-{name}", name)
    facts["labels imported"] = f"{report.annotations:,}"

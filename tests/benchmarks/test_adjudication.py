"""Adjudication: 1,000 articles that three annotators have finished, with 25 labels each of them."""

import random

import pytest

from annotator.model.adjudication import Cell, Outcome
from annotator.model.article import State
from annotator.project import Project
from annotator.store.history import Writing
from tests.benchmarks import corpus

ARTICLES, LABELS, DECISIONS = 1_000, 25, 60
NAMES = ("Ana", "Ben", "Chiara")
pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A project in which three annotators agree about half of the spans, and differ about the others."""
    found = tmp_path_factory.mktemp("adjudication") / "p.annotator"
    corpus.build(found, corpus.Size(ARTICLES, 3_000, 0))
    dice = random.Random(1)
    with Project.open(found) as project:
        people = [project.ensure_annotator(name).id for name in NAMES]
        ids = [each.id for each in project.articles()]
        with project.step("Label") as step:
            for article in ids:
                _label(project, step.writing, article, people, dice)
    return found


def _label(project: Project, writing: Writing, article: str, people: list[str], dice: random.Random) -> None:
    text = project.article(article).text
    for who in people:
        image = {
            "article": article,
            "annotator": who,
            "state": State.DONE.value,
            "changed_at": "2026-01-01T00:00:00.000Z",
        }
        writing.put("state", f"{article}:{who}", image, is_new=True)
    for span in corpus.spans(dice, text, LABELS):
        label, fate = dice.choice(corpus.LABELS), dice.random()
        for who in people:
            if fate > 0.5 and dice.random() < 0.3:
                continue
            moved = span
            if fate > 0.75 and dice.random() < 0.5 and len(span.fragments) == 1 and span.size > 12:
                moved = type(span).of((span.start + dice.randint(1, 5), span.end))
            draft = project._draft(article, label, moved, who)
            corpus.put(writing, draft, text)


def test_queue_and_decisions(path, times, facts):
    with Project.open(path) as project:
        for order in ("article", "cost", "clause"):
            with times.of(f"open a queue of {ARTICLES:,} articles", "1,000"):
                queue = project.queue(order=order)
        facts["open disagreements"] = f"{queue.left:,}, and {sum(queue.agreed.values()):,} places that all agree about"
        with times.of("open a queue of one label and one pair"):
            people = [project.annotator(name).id for name in NAMES]
            project.queue(Cell(labels=frozenset({"claim"}), pair=(people[0], people[1])))
        queue = project.queue()
        chosen = queue.items[:: max(1, queue.left // DECISIONS)][:DECISIONS]
        for found in chosen:
            with times.of("annotate, to compare with"):
                project.annotate(found.article, "claim", [(0, 9)], annotator="Ana")
            project.undo()
            with times.of("decide, with its commit", "10, without it"):
                project.decide(found, Outcome.VERSION, by="Ana")
            with times.of("the queue after it"):
                queue = project.renewed(queue, [found.article])
        with times.of("draft what most have"):
            plan = project.rule_draft("majority")
        with times.of(f"accept {plan.labels:,} labels", "seconds"):
            project.accept(plan)
        with times.of("open the queue after it", "1,000"):
            project.queue()
        with times.of("undo it"):
            project.undo()

"""A project of six who labelled the same articles, for measuring agreement."""

import random
from itertools import cycle
from pathlib import Path

from annotator.model.article import Article, Provenance, State
from annotator.model.ids import new_id
from annotator.project import Project
from annotator.project.library import write_article
from annotator.store.clock import now
from tests.benchmarks.corpus import LABELS, _label, _step, spans, text, vocabulary
from tests.benchmarks.witness import LENGTH, PEOPLE, SPANS


def build(path: Path, articles: int) -> Path:
    """Make it, written below the door: so many articles of 800 words, with 25 labels of each of the six."""
    dice = random.Random(1)
    words = vocabulary(dice)
    pages = [text(dice, words, LENGTH) for _ in range(40)]
    with Project.create(path, annotator="A1") as project:
        people = [project.annotator("A1").id, *(project.ensure_annotator(f"A{n}").id for n in range(2, PEOPLE + 1))]
        with project._db.atomic():
            writing = _step(project, "Add")
            for number in range(articles):
                content = f"{pages[number % len(pages)][:-8]} {number:06}."
                provenance = Provenance(source="page.txt", importer="text", encoding="UTF-8")
                made = Article(new_id(), f"Article {number}", content, provenance=provenance, added_at=now())
                write_article(writing, made, number)
                base = [(name, span) for name, span in zip(cycle(LABELS), spans(dice, content, SPANS), strict=False)]
                for who in people:
                    for name, span in base:
                        if dice.random() < 0.85:
                            kind = name if dice.random() < 0.9 else dice.choice(LABELS)
                            _label(writing, made, kind, span, who, is_first=False)
                    state = {"article": made.id, "annotator": who, "state": State.DONE.value, "changed_at": now()}
                    writing.put("state", f"{made.id}:{who}", state, is_new=True)
            writing.prepare()
    return path

"""Synthetic projects for measuring: the same every time, sized like real ones, with characters that are hard.

    python -m tests.benchmarks.corpus PROJECT ARTICLES CHARACTERS LABELS PEOPLE

makes one in which so many people have finished every article; an article has so many characters and labels in all.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model.annotation import Annotation
from annotator.model.article import Article, Provenance, State
from annotator.model.changes import StepKind
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.library import write_article
from annotator.store import annotations
from annotator.store.clock import now
from annotator.store.file import NOUNS
from annotator.store.history import Writing

ANNOTATOR = "Ana"
LABELS = ("claim", "denial", "attribution")
_HARD = ("📰", "❤️", "👨‍👩‍👧", "🇬🇧", "𝒜", "e\u0301", "می\u200cخواهم", "a\u00a0b", "co\u00adop")
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwxyz" for vowel in "aeiou"]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a project is: how many articles, and of each how many characters and labels."""

    articles: int
    characters: int
    labels: int


ORDINARY = Size(1, 15_000, 150)
HUGE = Size(1, 1_000_000, 10_000)
BIG = Size(10_000, 3_000, 100)


def vocabulary(dice: random.Random, count: int = 4_000) -> list[str]:
    """Return made-up words of one to four syllables."""
    return ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(count)]


def text(dice: random.Random, words: list[str], length: int) -> str:
    """Return paragraphs of sentences, `length` code points in all; one word in fifty is a hard one."""
    parts: list[str] = []
    size = 0
    while size < length:
        paragraph = " ".join(_sentence(dice, words) for _ in range(dice.randint(2, 6)))
        parts.append(paragraph)
        size += len(paragraph) + 1
    return "\n".join(parts)[:length].rstrip()


def _sentence(dice: random.Random, words: list[str]) -> str:
    chosen = dice.choices(words, k=dice.randint(6, 22))
    for place in range(len(chosen)):
        if dice.random() < 0.02:
            chosen[place] = dice.choice(_HARD)
    return " ".join(chosen).capitalize() + "."


def word_starts(content: str) -> list[int]:
    """Return where words begin, in code points, and the end of the text."""
    return [0, *(place + 1 for place, letter in enumerate(content) if letter in " \n"), len(content) + 1]


def spans(dice: random.Random, content: str, count: int) -> list[Span]:
    """Return `count` different spans of one to thirty words, evenly spread; one in twenty has two fragments."""
    starts = word_starts(content)
    found: dict[Span, None] = {}
    while len(found) < count:
        first = dice.randrange(len(starts) - 40)
        last = first + dice.randint(1, 30)
        pieces = [(starts[first], starts[last] - 1)]
        if dice.random() < 0.05:
            pieces.append((starts[last + 2], starts[last + dice.randint(3, 8)] - 1))
        found[Span.of(*pieces)] = None
    return list(found)


def articles(size: Size, seed: int = 1) -> Iterator[tuple[Article, list[tuple[str, Span]]]]:
    """Yield articles, each with its labels: pairs of label id and span."""
    dice = random.Random(seed)
    words = vocabulary(dice)
    for number in range(size.articles):
        content = text(dice, words, size.characters)
        title = " ".join(dice.choices(words, k=6)).capitalize()
        labels = [(dice.choice(LABELS), span) for span in spans(dice, content, size.labels)]
        provenance = Provenance(source=f"{number:05}.txt", importer="text", encoding="UTF-8")
        yield Article(new_id(), title, content, provenance=provenance, added_at=now()), labels


def build(path: Path, size: Size, *, seed: int = 1, people: int = 1) -> Path:
    """Make a project whose history looks as if every label had been made by hand: a step each.

    Written below the door and in one transaction: a commit for each of a million labels would take an hour, and a
    savepoint for each some minutes. With several `people` the labels are theirs in turn; the first is `ANNOTATOR`.
    """
    with Project.create(path, annotator=ANNOTATOR) as project:
        ids = [project.annotator(ANNOTATOR).id]
        ids += [project.ensure_annotator(f"{ANNOTATOR} {number}").id for number in range(2, people + 1)]
        with project._db.atomic():
            for place, (article, labels) in enumerate(articles(size, seed)):
                write_article(_step(project, f"Add “{article.title}”"), article, place)
                for turn, (label, span) in enumerate(labels):
                    who = ids[turn % people]
                    writing = _step(project, f"Label {label} in “{article.title}”", who, article.id)
                    _label(writing, article, label, span, who, is_first=turn < people)
    return path


def build_finished(path: Path, size: Size, people: int) -> Path:
    """Make a project in which everybody has finished every article, in one more step."""
    with Project.open(build(path, size, people=people)) as project, project.step("Finish") as step:
        for head in project.articles():
            for who in project.annotators():
                image = {
                    "article": head.id,
                    "annotator": who.id,
                    "state": State.DONE.value,
                    "changed_at": "2026-01-01T00:00:00.000Z",
                }
                step.writing.put("state", f"{head.id}:{who.id}", image)
    return path


def _step(project: Project, title: str, annotator: str = "", article: str = "") -> Writing:
    db = project._db
    number = int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM step").fetchone()[0])
    db.execute(
        "INSERT INTO step (number, id, title, kind, annotator, article, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, new_id(), title, StepKind.DO.value, annotator, article, now()),
    )
    return Writing(db, NOUNS, number)


def _label(writing: Writing, article: Article, label: str, span: Span, annotator: str, *, is_first: bool) -> None:
    time = now()
    put(writing, Annotation(new_id(), article.id, annotator, label, span, made_at=time, changed_at=time), article.text)
    if is_first:
        state = {"article": article.id, "annotator": annotator, "state": State.IN_PROGRESS.value, "changed_at": time}
        writing.put("state", f"{article.id}:{annotator}", state, is_new=True)


def put(writing: Writing, annotation: Annotation, content: str) -> None:
    """Write a new label on an article with that text into an open step."""
    writing.put("annotation", annotation.id, annotations.image(annotation, content), is_new=True)


if __name__ == "__main__":
    articles_, characters_, labels_, people_ = map(int, sys.argv[2:])
    build_finished(Path(sys.argv[1]), Size(articles_, characters_, labels_), people_)

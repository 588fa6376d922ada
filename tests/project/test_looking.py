"""What a format would lose is told from a few labels, and is the same as from all of them."""

import random

import pytest

from annotator.formats import OUT
from annotator.formats.format import Options
from annotator.formats.registry import WRITERS
from annotator.model.adjudication import Outcome
from annotator.model.annotation import Annotation
from annotator.model.article import BlockKind, State
from annotator.model.errors import RuleError
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.export import plan
from annotator.project.formats import Selection
from annotator.store import annotations
from annotator.store.clock import now

WORDS = ("the bridge", "was  safe", "said", "she\n", "denied", "\nit", "𝒜 📰", "at all. ")
PEOPLE = ("Ana", "Ben")


def label(project, dice, article, who):
    """Label something, as an import may: also blanks, line ends, and several pieces."""
    edges = sorted(dice.sample(range(len(article.text) + 1), dice.choice([2, 2, 2, 4, 6])))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    kind = dice.choice(["claim", "denial", "attribution"])
    values = (("certainty", dice.choice(["certain", "possible"])),) if kind == "claim" and dice.random() < 0.2 else ()
    note = dice.choice(["", "", "", "why\r\nso"])
    made = Annotation(new_id(), article.id, who, kind, Span.of(*spans), values, note, made_at=now(), changed_at=now())
    with project.step("Label") as step:
        step.writing.put("annotation", made.id, annotations.image(made, article.text), is_new=True)
    return made


def study(path, seed, *, density):
    """Make a project of several articles, in some of which nothing but plain labels stand."""
    dice = random.Random(seed)
    with Project.create(path, annotator="Ana") as project:
        project.ensure_annotator("Ben")
        people = [project.annotator(each).id for each in PEOPLE]
        for number in range(5):
            project.add_text(" ".join(dice.choices(WORDS, k=12)) + f"{number}", f"T{number}")
        made = []
        for number, head in enumerate(project.articles()):
            article = project.article(head.id)
            for who in people:
                some = [label(project, dice, article, who) for _ in range(dice.randint(0, density))]
                made += some if number % 2 else []
                project.set_state(article.id, who, State.DONE if number < 3 else State.IN_PROGRESS)
            if number == 1:
                project.set_block_kind(article.id, 0, 3, BlockKind.CAPTION)
        for _ in range(density):
            one, other = dice.choice(made), dice.choice(made)
            try:
                project.link(dice.choice(["denies", "content"]), one.id, dice.choice([other.id, other.id, None]))
            except RuleError:
                continue
        for found in project.queue().items[:3]:
            project.decide(found, Outcome.VERSION, by="Ana")


@pytest.fixture(scope="module", params=[1, 2, 3])
def project(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("looking") / f"p{request.param}.annotator"
    study(path, request.param, density=2 * request.param)
    with Project.open(path, read_only=True) as opened:
        yield opened


def selections(project):
    ana, gold = project.annotator("Ana").id, project.gold().id
    first, second, *_ = (each.id for each in project.articles())
    return (
        Selection(),
        Selection(annotators=frozenset({ana})),
        Selection(annotators=frozenset({gold})),
        Selection(labels=frozenset({"claim"}), finished=True),
        Selection(articles=frozenset({first, second}), blocks=False),
    )


@pytest.mark.parametrize("name", [each for each in OUT if each not in {"huggingface-parquet", "spacy"}])
def test_of_a_few_labels_as_of_all(project, name):
    for selection in selections(project):
        for options in (Options(), Options(parts=(("train", frozenset(each.id for each in project.articles()[1:3])),))):
            record, whole = project.chosen(selection)
            _, few = project.chosen(selection, WRITERS[name].traits)
            expected = plan(name, record, whole, options)
            assert plan(name, record, few, options) == expected
            assert few.left_out() == whole.left_out() == project.chosen(selection)[1].left_out()


def test_plain_labels_are_counted_and_not_read(project):
    _, few = project.chosen(Selection(), frozenset())
    read = {each.id for record in few for each in record.annotations}
    linked = {end for each in project.links() for end in (each.origin_id, each.target) if end}
    adorned = {each.id for each in project.annotations() if each.note or each.attributes}
    assert read == linked | adorned
    assert sum(record.labels for record in few) == len(project.annotations())

"""Deciding about one place after the other comes to the same as opening the project anew for each of them."""

import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.adjudication import Cell, Outcome
from annotator.model.article import State
from annotator.model.errors import RuleError
from annotator.project import Project
from annotator.project.adjudication.scales import Scales

TEXT = "The mayor said that the bridge was safe. Engineers denied that it was safe."
SPANS = {"claim": (20, 39), "denial": (51, 57), "attribution": (10, 14), "source": (0, 9)}


def two_articles(folder):
    """Two articles of two annotators, who differ in either; what one denies is claimed in the other."""
    with Project.create(folder / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for title in ("One", "Two"):
            project.add_text(f"{TEXT} {title}.", title)
        first, second = (each.id for each in project.articles())
        for who, moved in (("Ana", 0), ("Ben", 4)):
            made = {}
            for article in (first, second):
                for label, (start, end) in SPANS.items():
                    span = (start + moved, end) if label == "claim" else (start, end)
                    made[article, label] = project.annotate(article, label, [span], annotator=who).id
            project.link("denies", made[first, "denial"], made[second, "claim"])
            project.link("denies", made[second, "denial"], made[first, "claim"] if who == "Ana" else None)
            project.link("source", made[first, "attribution"], made[first, "source"])
            for article in (first, second):
                project.set_state(article, who, State.DONE)
        return project.path


def does(project, what, at, outcome):
    """Do something at a place in the queue, or to the labels."""
    items = project.queue(Cell(agreed=True)).items
    if what == "undo":
        project.undo()
    elif what == "label" and project.annotations(annotator="Ben"):
        project.delete([project.annotations(annotator="Ben")[at % len(project.annotations(annotator="Ben"))].id])
    elif items:
        found = items[at % len(items)]
        try:
            project.decide(found, outcome, version=at % len(found.versions), by="Ana")
        except RuleError:
            return


def open_places(queue):
    return [(each.id, each.status, each.kinds, each.cost, each.held) for each in queue.items], queue.done, queue.agreed


def told(project):
    """Return what is open, and gold in words with its links."""
    layer = project.gold()
    gold = {each.id: each for each in project.annotations(annotator=layer.id)} if layer else {}
    links = {(each.kind, each.origin_id, each.target) for each in project.links() if each.origin_id in gold}
    spans = {(each.article, each.label, each.span.fragments) for each in gold.values()}
    states = [layer and project.state(each.id, layer.id) for each in project.articles()]
    return open_places(project.queue(Cell(agreed=True))), spans, links, states


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "decide", "decide", "undo", "label"]),
        st.integers(0, 9),
        st.sampled_from([Outcome.VERSION, Outcome.UNION, Outcome.NONE]),
    ),
    min_size=2,
    max_size=7,
)


@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_what_is_kept_between_two_decisions_is_what_would_be_read(cast, steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    path = cast(two_articles)
    other = folder / "other.annotator"
    shutil.copy(path, other)
    with Project.open(path) as project:
        queue = project.queue(Cell(agreed=True))
        cells = (Cell(), Cell(labels=frozenset({"claim"}), articles=frozenset({project.articles()[1].id})))
        known = [(cell, Scales()) for cell in cells]
        for step in steps:
            does(project, *step)
            queue = project.renewed(queue, [each.id for each in project.articles()])
            with Project.open(other) as fresh:
                does(fresh, *step)
                expected = told(fresh)
                figures = [fresh.beside_gold(cell) for cell in cells]
            assert open_places(queue) == expected[0]
            assert told(project) == expected
            assert [project.beside_gold(cell, scales=scales) for cell, scales in known] == figures
    path.unlink()
    shutil.rmtree(folder)

"""Laws of deciding, on random work of three annotators."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.adjudication import ORDERS, Cell, Outcome
from annotator.model.article import State
from annotator.model.errors import RuleError
from annotator.project import Project
from annotator.project.adjudication.differing import compared
from annotator.store import decisions
from annotator.store.decisions import Fresh

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
TEXT = " ".join(WORDS)
NAMES = ("Ana", "Ben", "Chiara")
VALUES = ((), (("certainty", "certain"),), (("certainty", "possible"),))
TABLES = ("annotation", "fragment", "attribute", "link", "state", "decision", "thread", "message", "tally")


@st.composite
def labels(draw):
    """Draw label, first and last word, and values, for one annotator."""
    first = draw(st.integers(0, len(WORDS) - 1))
    last = draw(st.integers(first, min(first + 3, len(WORDS) - 1)))
    kind = draw(st.sampled_from(["claim", "denial", "attribution"]))
    return kind, first, last, draw(st.sampled_from(VALUES)) if kind == "claim" else ()


WORK = st.fixed_dictionaries({name: st.lists(labels(), max_size=4) for name in NAMES})
LINKS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=4)
SETTINGS = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def starts():
    at, found = 0, []
    for word in WORDS:
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def fill(path, work, links, names=NAMES):
    """Make a project in which annotators have done some work; return it, open."""
    project = Project.create(path, annotator=names[0])
    for name in names[1:]:
        project.ensure_annotator(name)
    project.add_text(TEXT, "Words")
    article = project.articles()[0].id
    places = starts()
    for name in names:
        made = []
        for kind, first, last, values in work[name]:
            try:
                made.append(
                    project.annotate(
                        article, kind, [(places[first][0], places[last][1])], annotator=name, attributes=values
                    )
                )
            except RuleError:
                continue
        for who, one, other, absent in links:
            if who == name and made:
                origin, target = made[one % len(made)], made[other % len(made)]
                for kind in ("denies", "content"):
                    try:
                        project.link(kind, origin.id, None if absent else target.id)
                    except RuleError:
                        continue
        project.set_state(article, name, State.DONE)
    return project


def content(project):
    return {table: sorted(map(str, project._db.execute(f"SELECT * FROM {table}").fetchall())) for table in TABLES}


def gold(project):
    """Return gold in words: labels, spans, values, and links between them; the ids are left out."""
    layer = project.gold()
    if layer is None:
        return set(), set()
    found = {
        each.id: (each.label, each.span.fragments, each.attributes) for each in project.annotations(annotator=layer.id)
    }
    joined = {
        (each.kind, found[each.origin_id], found[each.target] if each.target else None)
        for each in project.links()
        if each.annotator == layer.id
    }
    return set(found.values()), joined


@SETTINGS
@given(WORK, LINKS, st.data())
def test_deciding_anything_and_undoing_it_restores(work, links, data):
    with tempfile.TemporaryDirectory() as name, fill(Path(name) / "p.annotator", work, links) as project:
        steps = 0
        before = [content(project)]
        while True:
            items = project.queue(Cell(agreed=data.draw(st.booleans()))).items
            if not items or steps > 6:
                break
            found = data.draw(st.sampled_from(items))
            outcome = data.draw(
                st.sampled_from([Outcome.VERSION, Outcome.UNION, Outcome.OVERLAP, Outcome.NONE, Outcome.ASKED])
            )
            version = data.draw(st.integers(0, len(found.versions) - 1))
            try:
                if outcome is Outcome.ASKED:
                    project.ask_about(found, "Why?", by="Ana")
                else:
                    whole = data.draw(st.booleans())
                    project.decide(found, outcome, version=version, by="Ana", whole=whole)
            except RuleError:
                assert content(project) == before[-1]
                break
            assert project.check() == []
            steps += 1
            before.append(content(project))
            left = {each.id: each.status for each in project.queue(Cell(agreed=True)).items}
            assert left.get(found.id, "asked") == "asked"
        for expected in before[-2::-1]:
            project.undo()
            assert content(project) == expected


@SETTINGS
@given(WORK, LINKS)
def test_taking_one_annotators_version_everywhere_makes_gold_what_that_annotator_has(work, links):
    with tempfile.TemporaryDirectory() as name, fill(Path(name) / "p.annotator", work, links) as project:
        who = project.annotator("Ben").id
        for _ in range(100):
            items = project.queue(Cell(agreed=True)).items
            if not items:
                break
            found = items[0]
            mine = found.version_of(who)
            # A role can be disputed among others than the one who is followed: then none of those links holds.
            if mine is None:
                project.decide(found, Outcome.NONE, by="Ana")
            else:
                project.decide(found, Outcome.VERSION, version=found.versions.index(mine), by="Ana")
        spans, joined = gold(project)
        own = {each.id: each for each in project.annotations(annotator=who)}
        assert {(label, fragments) for label, fragments, _ in spans} == {
            (each.label, each.span.fragments) for each in own.values()
        }
        values = {(label, fragments): set(some) for label, fragments, some in spans}
        assert all(set(each.attributes) <= values[each.label, each.span.fragments] for each in own.values())
        ends = {(kind, origin[:2], target and target[:2]) for kind, origin, target in joined}
        expected = {
            (
                each.kind,
                (own[each.origin_id].label, own[each.origin_id].span.fragments),
                each.target and (own[each.target].label, own[each.target].span.fragments),
            )
            for each in project.links()
            if each.annotator == who
        }
        assert ends == expected
        assert project.state(project.articles()[0].id, project.gold().id if project.gold() else "Ana").is_finished
        assert project.check() == []


@SETTINGS
@given(WORK, LINKS, st.permutations(NAMES))
def test_what_most_have_does_not_depend_on_who_or_in_which_order(work, links, names):
    made = []
    for order in (NAMES, names):
        with tempfile.TemporaryDirectory() as name:
            new = dict(zip(NAMES, names, strict=True)) if order is names else {each: each for each in NAMES}
            moved = {new[who]: some for who, some in work.items()}
            relinked = [(new[who], *rest) for who, *rest in links]
            with fill(Path(name) / "p.annotator", moved, relinked, tuple(order)) as project:
                project.accept(project.rule_draft("majority"))
                made.append((gold(project), project.queue().left))
                before = content(project)
                assert project.accept(project.rule_draft("majority")) == 0
                assert content(project) == before
                assert project.check() == []
    assert made[0] == made[1]


@SETTINGS
@given(WORK)
def test_union_covers_all_and_overlap_nothing_more_than_each(work):
    with tempfile.TemporaryDirectory() as name, fill(Path(name) / "p.annotator", work, []) as project:
        for found in project.queue().items:
            covers = [
                {at for mark in each.marks for start, end in mark.fragments for at in range(start, end)}
                for each in found.versions
                if each.marks
            ]
            for outcome, expected in (
                (Outcome.UNION, set.union(*covers)),
                (Outcome.OVERLAP, set.intersection(*covers)),
            ):
                if not expected:
                    with pytest.raises(RuleError):
                        project.preview(found, outcome)
                    continue
                (draft,) = project.preview(found, outcome)
                assert {at for start, end in draft.span.fragments for at in range(start, end)} == expected


@SETTINGS
@given(WORK, LINKS)
def test_gold_comes_back_equal_from_its_export(work, links):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with fill(folder / "p.annotator", work, links) as project:
            project.accept(project.rule_draft("majority"))
            project.export(folder / "all.jsonl")
            expected, decided = gold(project), project.decisions()
        with Project.create(folder / "q.annotator") as other:
            report = other.import_(folder / "all.jsonl")
            assert not report.problems
            assert gold(other) == expected
            assert other.decisions() == decided
            steps = len(other.steps())
            assert not other.import_(folder / "all.jsonl").problems
            assert len(other.steps()) == steps


@SETTINGS
@given(WORK, LINKS)
def test_a_decision_is_known_again_by_its_words_and_every_order_is_a_sorting(work, links):
    with tempfile.TemporaryDirectory() as name, fill(Path(name) / "p.annotator", work, links) as project:
        queue = project.queue(Cell(agreed=True))
        for each in queue.items:  # that all agree is known before anybody has looked how they differ
            if not each.part:
                kinds, cost = compared(each.held)
                assert each.is_agreed == (not kinds)
                assert (each.kinds, each.cost) == (kinds or {"agreed"}, cost)
        for order in ORDERS:
            assert queue.in_order(order) == project.queue(Cell(agreed=True), order)
        project.accept(project.rule_draft("majority"))
        for told in decisions.told(project._db):
            held = told.decision.held
            if not told.part:
                assert told.held == decisions.held_words(
                    (m for one in held for m in one.marks), [h.annotator for h in held]
                )
            assert Fresh(told.decision).held == told.held
            assert Fresh(told.decision).gold == told.gold == told.decision.gold
            assert all(
                Fresh(told.decision).speaks_of(each.annotator) and told.speaks_of(each.annotator) for each in held
            )

"""The places behind a figure: each once however many pairs differ there, and all of what the pairs have."""

from itertools import combinations, pairwise

import pytest

from annotator.model.article import State
from annotator.model.errors import StoppedError
from annotator.project import Project
from annotator.project.course import course
from annotator.project.disputes import disputes, parts
from annotator.project.edges import edges
from annotator.project.example import open_example
from annotator.project.measuring import compute
from annotator.project.passages import passages
from annotator.project.report_meaning import headlines
from annotator.project.request import Request
from annotator.project.wanted import Wanted

TEXT = "The mayor denied it on Monday. Two aides say she was told in March, and that she knew.\n"


def all_done(folder):
    with Project.create(folder / "study", annotator="Ana") as made:
        for who in ("Ben", "Cem"):
            made.ensure_annotator(who)
        made.add_text(TEXT)
        for who in ("Ana", "Ben", "Cem"):
            made.set_state(made.articles()[0].id, who, State.DONE)
        return made.path


@pytest.fixture
def study(cast):
    """Ana, Ben and Cem have finished an article."""
    with Project.open(cast(all_done)) as opened:
        yield opened


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with Project.open(open_example(tmp_path_factory.mktemp("example")), read_only=True) as project:
        yield project


def label(project, who, words, name="claim"):
    start = TEXT.index(words)
    project.annotate(project.articles()[0].id, name, [(start, start + len(words))], annotator=who)


def ids(project):
    return {each.name: each.id for each in project.annotators()}


def test_what_two_have_and_one_has_not_is_one_place(study):
    label(study, "Ana", "she knew")
    label(study, "Cem", "she knew")
    (found,) = disputes(study.gather(), Wanted())
    who = ids(study)
    assert found.kind == "missed"
    assert set(found.have) == {who["Ana"], who["Cem"]}
    assert found.lack == (who["Ben"],)
    assert TEXT[slice(*found.fragments[0])] == "she knew"
    assert found.size == len("she knew")


def test_overlapping_stretches_of_several_pairs_are_one_place(study):
    label(study, "Ana", "that she knew")
    label(study, "Ben", "and that she knew")
    label(study, "Cem", "she knew")
    found = disputes(study.gather(), Wanted(kind="boundary"))
    assert [TEXT[slice(*each.fragments[0])] for each in found] == ["and that "]


def test_only_those_who_are_asked_for(study):
    label(study, "Ana", "she knew")
    who = ids(study)
    material = study.gather()
    assert disputes(material, Wanted(people=(who["Ben"], who["Cem"]))) == []
    (found,) = disputes(material, Wanted(people=(who["Ana"], who["Cem"])))
    assert found.lack == (who["Cem"],)
    assert disputes(material, Wanted(one=who["Ben"]))[0].lack == (who["Ben"],)
    assert disputes(material, Wanted(holder=who["Ben"])) == []
    assert len(disputes(material, Wanted(lacks=who["Ben"]))) == 1


def test_a_category_is_asked_for_by_what_the_other_one_has(study):
    label(study, "Ana", "she knew")
    label(study, "Ben", "she knew", "denial")
    material = study.gather(Request(annotators=("Ana", "Ben")))
    (found,) = disputes(material, Wanted(label="claim", kind="category", instead="denial"))
    assert found.instead == ("denial",)
    assert disputes(material, Wanted(label="claim", kind="category", instead="source")) == []


@pytest.mark.parametrize("kind", ["missed", "boundary", "category", "structure", "role", "target", "attribute"])
def test_every_passage_of_every_pair_lies_in_a_place(example, kind):
    material = example.gather()
    found = disputes(material, Wanted(kind=kind))
    for pair in combinations(material.request.annotators, 2):
        for passage in passages(material, pair, kind=kind):
            assert any(
                each.article == passage.article
                and each.label == passage.label
                and each.part == passage.part
                and set(pair) <= {*each.have, *each.lack}
                and all(any(a <= c and d <= b for a, b in each.fragments) for c, d in passage.fragments)
                for each in found
            ), passage


def test_places_are_disjoint_and_in_order(example):
    material = example.gather()
    order = list(material.titles)
    found = disputes(material, Wanted(kind="missed", label="claim"))
    keys = [(order.index(each.article), each.fragments) for each in found]
    assert keys == sorted(keys)
    for (article, one), (other_article, other) in pairwise(keys):
        assert article != other_article or one[-1][1] <= other[0][0]


def test_parts_are_the_whole_and_can_be_stopped(example):
    material = example.gather()
    assert [each for part in parts(material, Wanted()) for each in part] == disputes(material, Wanted())
    with pytest.raises(StoppedError):
        list(parts(material, Wanted(), lambda: True))


def test_boundary_points_by_words_are_those_of_a_report_with_any_tolerance(example):
    worded = example.gather(Request(tolerance=1))
    found = edges(worded)
    for tolerance in (1, 3):
        report = example.agreement(Request(tolerance=tolerance, replicates=0))
        assert report.edges == found
        forgiven = sum(each.points for each in found if each.words <= tolerance)
        assert report.classes[0].forgiven == pytest.approx(forgiven)


def test_the_course_has_the_articles_of_every_period(example):
    material = example.gather()
    report = compute(material)
    went = course(material)
    assert len(went.order) == report.articles
    for each in report.periods:
        assert len(went.articles(each)) == each.articles, each
    flagged = {material.names[each.annotator]: (each.rho, each.p) for each in went.trends}
    assert flagged == {each.name: (each.rho, each.p) for each in report.people}


def test_the_figures_that_matter_say_what_they_mean(example):
    report = example.agreement(Request(replicates=0))
    alpha, overlap, exact = headlines(report)
    assert alpha.meaning.startswith("Too low for conclusions")
    assert f"another has {round(100 * overlap.figure.value)}:" in overlap.meaning
    assert exact.figure.match == "exact"
    (undefined, *_) = headlines(
        example.agreement(Request(labels=("claim",), articles=frozenset({report.costly[0].article})))
    )
    assert undefined.figure.articles == 1

"""The tally says what counting says, whatever was done; and when it does not, the check tells."""

from pathlib import Path

import pytest

from annotator.model.annotation import Annotation
from annotator.model.errors import AnnotatorError
from annotator.project import Project

TEXT = "The mayor said the bridge was safe. The engineer denied it. Nobody else was asked."
DEEDS = (
    lambda project, label: project.relabel(label.id, "denial"),
    lambda project, label: project.relabel(label.id, "attribution"),
    lambda project, label: project.reshape(label.id, [(4, 9)]),
    lambda project, label: project.delete([label.id]),
    lambda project, label: project.remove([label.article]),
    lambda project, label: project.undo(),
    lambda project, label: project.redo(),
)


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "p", annotator="Ana") as made:
        made.ensure_annotator("Bea")
        made.add_text(TEXT, "Bridge")
        yield made


@pytest.fixture
def label(project: Project) -> Annotation:
    article = project.articles()[0].id
    project.annotate(article, "claim", [(0, 9)], annotator="Bea")
    project.annotate(article, "claim", [(10, 14)], annotator="Ana")
    return project.annotate(article, "claim", [(0, 9)], annotator="Ana")


def counted(project: Project, name: str) -> dict[str, int]:
    labels = [each.label for each in project.annotations(annotator=name)]
    return {label: labels.count(label) for label in labels}


def agrees(project: Project) -> bool:
    """Whether lists and counts show what the labels themselves say, for everybody."""
    return all(
        project.counts(who.id) == counted(project, who.name)
        and sum(head.count for head in project.articles(who.id)) == len(project.annotations(annotator=who.id))
        and all(project.head(head.id, who.id) == head for head in project.articles(who.id))
        for who in project.annotators()
    )


@pytest.mark.parametrize("first", DEEDS)
@pytest.mark.parametrize("second", DEEDS)
def test_counts_follow_every_deed(project, label, first, second):
    for deed in (first, second):
        try:
            deed(project, label)
        except AnnotatorError:  # such as changing a label that is gone
            continue
        assert agrees(project)
    assert project.check() == []


def test_counts_follow_undo_to_the_beginning_and_back(project, label):
    while project.undo():
        assert agrees(project)
    while project.redo():
        assert agrees(project)
    assert project.counts("Ana") == {"claim": 2}
    assert project.check() == []


def test_counts_survive_closing(project, label):
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert again.counts("Ana") == {"claim": 2}
        assert again.counts("Bea") == {"claim": 1}


@pytest.mark.parametrize("change", ["UPDATE tally SET count = 7", "DELETE FROM tally"])
def test_check_tells_of_a_wrong_count(project, label, change):
    project._db.execute(change)
    assert len([problem for problem in project.check() if "are counted" in problem.message]) == 2

"""A project of three, and copies of it."""

import shutil

import pytest

from annotator.project import Project
from tests.project.copies.team import TEXTS


def three_people(folder):
    with Project.create(folder / "p", annotator="Ana") as made:
        made.ensure_annotator("Ben")
        made.ensure_annotator("Cem")
        for text in TEXTS:
            made.add_text(text)
        return made.path


@pytest.fixture
def project(cast):
    """A project with Ana, Ben and Cem, and three articles, open."""
    with Project.open(cast(three_people)) as opened:
        yield opened


@pytest.fixture
def article(project):
    return project.articles()[0].id


@pytest.fixture
def out(project, tmp_path):
    """A function that hands all articles out to somebody, and returns the path."""

    def hand_out(name, file=""):
        ids = [each.id for each in project.articles()]
        return project.hand_out(name, tmp_path / f"{file or name}.annotator", ids=ids).path

    return hand_out


@pytest.fixture
def twin(project, tmp_path):
    """A function that copies the whole project file."""

    def copy(name):
        return shutil.copy(project.path, tmp_path / f"{name}.annotator")

    return copy

"""A copy that a synchronised folder has kept apart is told of where it holds work that the project has not, and merged."""

import shutil

import pytest
from PySide6.QtCore import Qt

from annotator.project import Project
from annotator.project.stray import strays
from tests.ui.conftest import LEAK

NAMES = (
    "{} (conflicted copy 2026-03-01 101010)",
    "{} (Ana's conflicted copy 2026-03-01)",
    "{}.sync-conflict-20260301-101010-ABCDEFG",
    "{} (In Konflikt stehende Kopie von Ana 2026-03-01)",
    "{}-DESKTOP-AB12CD",
    "{} (1)",
    "{} 2",
)


def label(path, who="Ben"):
    with Project.open(path) as project:
        leak = project.articles()[0].id
        start = LEAK.index("told in March")
        return project.annotate(leak, "claim", [(start, start + 13)], annotator=who).id


def kept_apart(study, name):
    return study.with_name(f"{name.format(study.stem)}.annotator")


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_with_work_of_its_own_is_found(study, name):
    other = shutil.copyfile(study, kept_apart(study, name))
    assert strays(study) == [], "it holds nothing that is not here"
    label(other)
    assert strays(study) == [other]


def test_what_is_called_otherwise_or_is_another_project_or_damaged_is_not(study):
    for name in ("{} for Ben", "{} – before restoring 2026-03-01 10-10-10", "{}.backup-v3-20260301-101010", "copy"):
        label(shutil.copyfile(study, kept_apart(study, name)))
    Project.create(kept_apart(study, "{} (1)")).close()
    kept_apart(study, "{} (2)").write_bytes(b"on its way")
    assert strays(study) == []


def test_the_window_tells_of_it_and_merges_it_once(make_window, study, qtbot):
    other = shutil.copyfile(study, kept_apart(study, NAMES[0]))
    made = label(other)
    window = make_window(study)
    qtbot.waitUntil(lambda: "holds work that is not in it" in window.fact.words)
    assert other.name in window.fact.words
    qtbot.mouseClick(window.fact._do, Qt.MouseButton.LeftButton)
    merge = window.places.page("team").merge
    qtbot.waitUntil(lambda: merge.plan is not None and not merge.job.is_busy)
    merge.merge()
    qtbot.waitUntil(lambda: merge.plan is None and not merge.commit.is_busy)
    assert made in {each.id for each in window.session.project.annotations()}
    window.projects.close()
    assert strays(study) == []

"""A copy of a project as it stood: it does not follow, it is not followed, and nothing of it is left."""

import pytest

from annotator.model.errors import ExchangeError, ProjectExistsError, StoppedError
from annotator.project import Project
from annotator.project.formats import Listen, Options, Selection
from annotator.project.snapshot import Moment, Snapshot, count_export, draft_split, write_export


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "passing").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    with Project.create(tmp_path / "study", annotator="Ana") as made:
        for text in ("Rain came\n\nIt rained on Monday.\n", "Sun came\n\nIt shone on Friday.\n"):
            made.add_text(text)
        made.annotate(made.articles()[0].id, "claim", [(0, 4)], annotator="Ana")
        yield made


def test_a_snapshot_stays_as_it_was_while_labelling_goes_on(project):
    snapshot = Snapshot(project.path)
    project.annotate(project.articles()[1].id, "denial", [(0, 3)], annotator="Ana")
    assert count_export(snapshot, "jsonl", Selection(), Options(), Listen()).annotations == 1
    snapshot.remove()
    snapshot.remove()


def test_what_is_written_into_a_snapshot_never_reaches_the_project(project):
    snapshot = Snapshot(project.path)
    with snapshot.open(writing=True) as copy:
        copy.add_text("Wind came\n\nIt blew.\n")
    assert len(project.articles()) == 2
    snapshot.remove()


def test_a_moment_is_copied_again_only_after_a_change(project, tmp_path):
    moment = Moment(project.path)
    first = moment.take()
    assert moment.take() is first
    project.annotate(project.articles()[1].id, "denial", [(0, 3)], annotator="Ana")
    moment.pass_by()
    second = moment.take()
    assert second is not first
    assert not first.path.exists()
    assert count_export(second, "jsonl", Selection(), Options(), Listen()).annotations == 2
    moment.remove()
    assert list((tmp_path / "passing").iterdir()) == []


def test_nothing_is_left_of_a_snapshot_that_cannot_be_made(tmp_path, project):
    with pytest.raises(Exception, match="There is no project"):
        Snapshot(tmp_path / "nothing.annotator")
    assert list((tmp_path / "passing").iterdir()) == []


def test_an_export_tells_its_stages_and_can_be_stopped_in_each(project, tmp_path):
    snapshot = Snapshot(project.path)
    stages = []

    def write(listen):
        return write_export(
            snapshot, tmp_path / "out.jsonl", "jsonl", Selection(), Options(), overwrite=True, listen=listen
        )

    report = write(Listen(stage=stages.append))
    assert report.compared
    assert stages == ["Looking at what fits", "Writing", "Reading back"]
    (tmp_path / "out.jsonl").unlink()
    for last in stages.copy():
        met = []
        with pytest.raises(StoppedError):
            write(Listen(stage=met.append, cancelled=lambda met=met, last=last: last in met))
        assert not (tmp_path / "out.jsonl").exists()
    snapshot.remove()


def test_neither_the_project_nor_a_folder_is_ever_written_over(project, tmp_path):
    snapshot = Snapshot(project.path)
    folder = tmp_path / "letters"
    folder.mkdir()
    for target, error in ((project.path, ExchangeError), (folder, ProjectExistsError)):
        with pytest.raises(error):
            write_export(snapshot, target, "brat", Selection(), Options(), overwrite=True, listen=Listen())
    snapshot.remove()


def test_a_split_is_drafted_on_a_copy_and_kept_in_the_project(project):
    snapshot = Snapshot(project.path)
    made = draft_split(snapshot, "main", by="article", shares={"train": 50, "test": 50}, seed=3)
    assert project.splits() == ()
    assert project.keep_split(made) == made
    assert project.find_split("main") == made
    with pytest.raises(ExchangeError, match="already"):
        project.keep_split(made)
    snapshot.remove()

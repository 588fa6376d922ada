"""Folders for what is passing: what a killed program left goes some day, and where there is none, that is a sentence."""

import os
import tempfile
from pathlib import Path

import pytest

from annotator.model.errors import NoPassingFolderError
from annotator.project.snapshot import Moment
from annotator.store.passing import passing


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder in which the system makes such folders."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_what_was_left_a_week_ago_goes_and_what_is_in_use_stays(place):
    for name in ("annotator-passing-old", "annotator-passing-new", "annotator-other"):
        (place / name).mkdir()
        (place / name / "p.annotator").write_text("whole")
    for name in ("annotator-passing-old", "annotator-other"):
        os.utime(place / name, (0, 0))
    with passing() as folder:
        there = {each.name for each in place.iterdir()}
        assert there == {"annotator-other", "annotator-passing-new", folder.name}
    assert not folder.exists()


def test_a_copy_that_somebody_took_away_is_made_again(place, project):
    moment = Moment(project.path)
    first = moment.take().path
    first.unlink()
    assert moment.take().path.exists()
    moment.remove()
    assert not list(place.iterdir())


def test_no_place_for_it_is_a_sentence(place, project):
    place.rmdir()
    with pytest.raises(NoPassingFolderError, match=r"There is no folder for files .+ TMPDIR"), passing():
        pass
    with pytest.raises(NoPassingFolderError):
        Moment(project.path).take()
    assert not Path(place).exists()

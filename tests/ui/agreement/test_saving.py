"""A picture is saved whole or not at all, whatever Qt says of the disk."""

import contextlib

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor

from annotator.ui.agreement.saving import save_painted, save_picture

resource = pytest.importorskip("resource", reason="files cannot be limited here")


def stripes(painter, size):
    for place in range(0, int(size.width()), 3):
        painter.fillRect(QRectF(place, 0, 2, place % 97), QColor("#23589f"))


@contextlib.contextmanager
def no_room():
    """No file may grow beyond a kilobyte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_a_full_disk_leaves_the_older_picture_and_nothing_beside_it(qapp, tmp_path, kind, begins):
    path = tmp_path / f"plot.{kind}"

    def save():
        return save_picture(path, lambda draft: save_painted(draft, QSize(600, 200), stripes, "#ffffff"))

    assert save() == ""
    before = path.read_bytes()
    assert before.startswith(begins)
    with no_room():
        said = save()
    assert said.startswith(f"“plot.{kind}” could not be written: ")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before

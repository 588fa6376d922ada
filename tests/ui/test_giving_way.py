"""What the window reads beside the work gives way to a label, and is read again."""

import threading

from PySide6.QtCore import QObject, Qt

from annotator.project import Project
from annotator.ui.session.work import Worker
from tests.durability.test_faults import read_forever


def test_what_is_read_meanwhile_begins_anew_and_the_label_is_there(window, press, select, qtbot):
    path, begun, found = window.session.project.path, threading.Event(), []
    owner = QObject()
    worker = Worker(owner)
    worker.found.connect(found.append)

    def job(_progress, _cancelled, hand):
        with Project.open(path, read_only=True) as project:
            if not begun.is_set():
                read_forever(project, begun)
            hand(len(project.annotations()))

    worker.do(job)
    begun.wait()
    before = len(window.session.project.annotations())
    select("minister")
    press(Qt.Key.Key_C)
    assert len(window.session.project.annotations()) == before + 1
    qtbot.waitUntil(lambda: not worker.is_busy)
    assert found == [before + 1]
    assert not window.banner.isVisible()
    worker.close()

"""What nobody needs any more is taken away in the window's thread, whichever thread makes new objects meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from annotator.ui.sweeping import Sweeper


def test_only_the_windows_thread_takes_objects_away(qtbot, qapp):
    where = []
    kept = []
    gc.enable()
    sweeper = Sweeper(qapp)
    sweeper.begin()
    try:
        circle = QObject()
        circle.itself = circle
        weakref.finalize(circle, lambda: where.append(threading.current_thread()))
        del circle
        maker = threading.Thread(target=lambda: kept.extend([] for _ in range(100_000)))
        maker.start()
        maker.join()
        assert where == []
        qtbot.waitUntil(lambda: where == [threading.main_thread()])
    finally:
        sweeper.end()
    assert gc.isenabled()

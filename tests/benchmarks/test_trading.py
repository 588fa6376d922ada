"""Labels out and in through the window: how long it takes, and for how long the window stands still meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.formats.record import ProjectRecord, Reading
from annotator.model.annotator import Annotator
from annotator.model.ids import new_id
from annotator.project import Project
from annotator.project.templates import template
from annotator.store.clock import now
from tests.benchmarks import corpus
from tests.benchmarks.stalls import watch
from tests.benchmarks.test_formats import _records
from tests.ui.hand import open_window

pytestmark = pytest.mark.timeout(3600)


@pytest.fixture
def study(tmp_path) -> Path:
    """A project of 1,000 articles with 25,000 frames."""
    ana = Annotator(new_id(), corpus.ANNOTATOR, now())
    with Project.create(tmp_path / "study") as project:
        values = ProjectRecord(new_id(), "Corpus", (ana,), (template("default"),))
        project.take_in(Reading(values, tuple(_records(ana.id))))
        return project.path


def test_out_and_in_through_the_window(qapp, study, times, tmp_path):
    window = open_window(study, tmp_path / "settings")

    def measured(what: str, is_done: Callable[[], bool]) -> None:
        with times.of(what):
            gaps = watch(is_done)
        times.add(f"{what}: the window stands still at most", max(gaps))

    with times.of("open the page of exports"):
        window.trading.open_export()
    exporting, page = window.trading.exporting, window.trading.export_page
    measured("count what fits JSON Lines", lambda: not exporting.errands.kind)
    page.formats.list.show_row(page.formats.model.row_of("brat"))
    measured("count what fits brat", lambda: not exporting.errands.kind)
    page.place.setText(str(tmp_path / "out"))
    page.ask()
    measured("write brat and read it back", lambda: not exporting.errands.kind)
    Project.create(tmp_path / "other", annotator="Zoe").close()
    window.open_path(tmp_path / "other.annotator")
    window.trading.open_import(tmp_path / "out")
    importing = window.trading.importing
    measured("read brat and try it on a copy", lambda: not importing.errands.kind)
    window.trading.import_page.ask()
    measured("import it", lambda: not importing.errands.kind)
    window.close()

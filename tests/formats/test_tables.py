"""CSV tables and workbooks."""

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Unit
from annotator.model.article import State
from annotator.project import Project
from tests.formats.law import law, law_of_taking_in, projects


@pytest.mark.parametrize(
    "options", [Options(), Options(excel=True), Options(unit=Unit.BYTES), Options(unit=Unit.UTF16, excel=True)]
)
@settings(max_examples=40)
@given(values=projects())
def test_what_csv_holds_comes_back_equal(values, options):
    law("csv", values, options)


@settings(max_examples=60)
@given(projects())
def test_what_a_workbook_holds_comes_back_equal(values):
    law("xlsx", values)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@settings(max_examples=10)
@given(values=projects())
def test_taking_it_in_twice_adds_nothing(values, name):
    law_of_taking_in(name, values)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_state_that_was_set_back_to_new_is_none(tmp_path, name):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came\n\nIt rained on Monday.\n")
        article = project.articles()[0].id
        project.annotate(article, "claim", [(0, 4)], annotator="Ana")
        project.set_state(article, "Ana", State.NEW)
        assert "labels" in project.export(tmp_path / "out", name).compared

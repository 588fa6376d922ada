"""CSV tables and workbooks."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings

from annotator.formats.format import Options, Unit
from annotator.formats.tables.sheets import sheet_rows
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


@pytest.mark.parametrize("place", ["A1000000000000000000000000000000", "ZZZZZ9", "XFD1048576", "B99999999"])
def test_a_workbook_whose_cells_lie_too_far_apart_costs_a_sentence(tmp_path, place):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("labels")
        sheet.write("A1", "article")
        sheet.write("B2", "x")
    inner = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(inner)) as old, zipfile.ZipFile(path, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each.startswith("xl/worksheets/"):
                content = content.replace(b'r="B2"', f'r="{place}"'.encode())
            new.writestr(each, content)
    problems = []
    assert sheet_rows(path, problems) == {}
    assert "too far apart" in problems[0].message

"""CSV tables and workbooks."""

import csv
import io
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.format import Options, Taking, Unit
from annotator.formats.tables import CSV_READER, XLSX_READER
from annotator.formats.tables.sheet_xml import row_xml
from annotator.formats.tables.sheets import sheets_of
from annotator.formats.tables.stream import Workbook
from annotator.formats.taking.archive import Archive
from annotator.formats.taking.spool import spooled
from annotator.model.article import State
from annotator.project import Project
from annotator.project.export import give
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


def _lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(path, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


@settings(max_examples=20)
@given(values=projects())
def test_tables_that_somebody_sorted_otherwise_say_the_same(values):
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        give("csv", project, records, out, options=Options())
        before = CSV_READER.read(out, Taking())
        for name in ("labels", "links", "states"):
            head, *rows = _lines(out / f"{name}.csv")
            _write(out / f"{name}.csv", [head, *sorted(rows, key=lambda row: row[::-1])])
        after = CSV_READER.read(out, Taking())
        assert _content(before) == _content(after)


def _content(reading):
    assert reading.problems == ()
    return [
        (
            each.article,
            set(each.annotations),
            {(link.kind, link.origin_id, link.target) for link in each.links},
            each.states,
        )
        for each in reading.records
    ]


def test_without_a_table_of_states_the_work_counts_as_the_person_says(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came.\n")
        project.annotate(project.articles()[0].id, "claim", [(0, 4)], annotator="Ana")
        project.export(tmp_path / "out", "csv")
    (tmp_path / "out" / "states.csv").unlink()
    for state in (State.DONE, State.IN_PROGRESS):
        (record,) = CSV_READER.read(tmp_path / "out", Taking(state=state)).records
        assert [each.state for each in record.states] == [state.value]


def test_labels_of_an_article_that_is_not_there_are_told_of_once(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came.\n")
        for start, end in ((0, 4), (5, 9)):
            project.annotate(project.articles()[0].id, "claim", [(start, end)], annotator="Ana")
        project.export(tmp_path / "out", "csv")
    _write(tmp_path / "out" / "articles.csv", _lines(tmp_path / "out" / "articles.csv")[:1])
    reading = CSV_READER.read(tmp_path / "out", Taking())
    assert [each.line for each in reading.problems] == [2, 2]
    assert "2 labels are of the article" in str(reading.problems[0])


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
    assert sheets_of(path, problems) == {}
    assert "too far apart" in problems[0].message


cells = st.lists(
    st.one_of(
        st.integers(0, 10**9), st.text(max_size=12), st.sampled_from(["_x0041_", " edge ", "a\nb", "\r", "=1", "&<>"])
    ),
    max_size=30,
).filter(lambda row: any(cell != "" for cell in row))


@settings(max_examples=60)
@given(cells)
def test_a_row_is_written_as_the_library_writes_it(row):
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(1, place, cell)
            elif cell:
                sheet.write_string(1, place, cell)
    with zipfile.ZipFile(page) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode()
    theirs = (
        re.sub(r' spans="[^"]*"', "", content.partition("<sheetData")[2]).removeprefix(">").partition("</sheetData>")[0]
    )
    assert row_xml(2, row) == theirs


def _workbook(path, settings, rows):
    with xlsxwriter.Workbook(path, settings) as book:
        for name, lines in rows.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                for place, cell in enumerate(line):
                    sheet.write(number, place, cell)


@pytest.mark.parametrize("settings", [{}, {"constant_memory": True}])
def test_a_workbook_is_read_as_others_save_it(tmp_path, settings):
    path = tmp_path / "other.xlsx"
    long = "Rain came. " * 20
    _workbook(path, settings, {"one": [["a", "", "b"], [1, long, 2.5], ["", "", True], [], [" _x0041_\r", "tail"]]})
    with zipfile.ZipFile(path) as archive, spooled() as words:
        found = list(Workbook(Archive(path, archive, []), words).rows("one"))
    assert [(each.number, each.cell("a"), each.cell("b")) for each in found] == [
        (2, f"1{long}", "2.5"),
        (3, "", "True"),
        (5, " _x0041_\rtail", ""),
    ]


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_that_is_cut_off_costs_a_sentence(tmp_path, member):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came.\n")
        project.export(tmp_path / "out.xlsx", "xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as old, zipfile.ZipFile(tmp_path / "cut.xlsx", "w") as new:
        for each in old.namelist():
            new.writestr(each, old.read(each)[: 300 if each == member else None])
    reading = XLSX_READER.read(tmp_path / "cut.xlsx", Taking())
    assert reading.problems
    assert "cannot be read" in str(reading.problems[0])


def test_a_row_that_reaches_too_far_costs_that_row(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came.\n")
        project.annotate(project.articles()[0].id, "claim", [(0, 4)], annotator="Ana")
        project.export(tmp_path / "out.xlsx", "xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as old, zipfile.ZipFile(tmp_path / "far.xlsx", "w") as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, content.replace(b'r="H2"', b'r="ZZZZZ2"') if "sheet1" in each else content)
    reading = XLSX_READER.read(tmp_path / "far.xlsx", Taking())
    assert "further to the right" in str(reading.problems[0])
    assert reading.problems[0].line == 2


@settings(max_examples=25)
@given(values=projects())
def test_the_library_for_workbooks_reads_the_same_cells(values):
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        give("xlsx", project, records, path, options=Options())
        theirs = {name: list(rows()) for name, rows in sheets_of(path, []).items()}
        with zipfile.ZipFile(path) as archive, spooled() as words:
            book = Workbook(Archive(path, archive, []), words)
            ours = {name: list(book.rows(name)) for name in book.sheets}
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        assert [each.number for each in rows] == [each.number for each in theirs[name]]
        for mine, other in zip(rows, theirs[name], strict=True):
            assert all(mine.cell(column) == other.cell(column) for column in mine.places)

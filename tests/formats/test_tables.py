"""CSV tables and workbooks."""

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Unit
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

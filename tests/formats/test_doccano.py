"""doccano JSONL: both shapes, both units, and what stands in real files."""

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Unit
from tests.formats.law import law, law_of_taking_in, projects


@pytest.mark.parametrize("unit", [Unit.CODE_POINTS, Unit.UTF16])
@pytest.mark.parametrize("name", ["doccano", "doccano-relations"])
@settings(max_examples=50)
@given(values=projects())
def test_what_it_holds_comes_back_equal(values, name, unit):
    law(name, values, Options(unit=unit))


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("doccano-relations", values)

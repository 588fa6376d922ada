"""Label Studio: tasks and configuration."""

from hypothesis import given, settings

from tests.formats.law import law, law_of_taking_in, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("label-studio", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("label-studio", values)

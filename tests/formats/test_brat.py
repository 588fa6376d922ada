"""brat stand-off: what it holds comes back equal, its own rules are kept, and broken corpora are survived."""

from hypothesis import given, settings

from tests.formats.law import law, law_of_taking_in, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("brat", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("brat", values)

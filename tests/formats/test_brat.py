"""brat stand-off: what it holds comes back equal, its own rules are kept, and broken corpora are survived."""

from hypothesis import given

from tests.formats.law import law, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("brat", values)

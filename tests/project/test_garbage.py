"""Python looks for garbage again once nobody makes very many values any more."""

import gc

from annotator.project.garbage import left_lying


def test_the_last_one_begins_again_what_was_going_on():
    first, second = left_lying(), left_lying()
    with first:
        second.__enter__()
        assert not gc.isenabled()
    assert not gc.isenabled(), "another one still goes on"
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_where_nothing_was_collected_before_nothing_is_afterwards():
    gc.disable()
    try:
        with left_lying():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()

"""The objects of a large file of JSON, one by one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import json_items
from annotator.formats.json_items import items_of

words = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
values = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("items") / "items.json"


@settings(max_examples=80)
@given(st.lists(values, max_size=6), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 40))
def test_a_list_is_read_as_the_library_reads_it(place, found, indent, is_ascii, piece):
    place.write_text(json.dumps(found, indent=indent, ensure_ascii=is_ascii), "utf-8")
    problems = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_items, "_PIECE", piece)
        assert list(items_of(place, problems)) == found
    assert problems == []


@settings(max_examples=60)
@given(words | st.dictionaries(st.text(max_size=3), values, max_size=3))
def test_what_is_no_list_is_one_thing(place, found):
    place.write_text(json.dumps(found), "utf-8")
    assert list(items_of(place, [])) == [found]


def test_lists_are_found_under_their_names(place):
    place.write_text(json.dumps({"a": 1, "first": {"b": [2], "items": [3, {"items": [4]}]}, "items": []}), "utf-8")
    assert list(items_of(place, [], ("first", "items"))) == [3, {"items": [4]}]
    place.write_text(json.dumps({"a": 1, "first": 2}), "utf-8")
    assert list(items_of(place, [], ("first", "items"))) == [{"a": 1, "first": 2}]


@pytest.mark.parametrize(
    ("content", "line", "before"),
    [
        (b"[1,\n2,\n oops]", 3, [1, 2]),
        (b"[1, 2", 1, [1, 2]),
        (b"[1] 2", 1, [1]),
        (b"", 1, []),
        (b'{"items": [1], \n x}', 2, [1]),
        (b"[1,\n\xff\xfe\xfd]", 2, []),
    ],
)
def test_a_broken_file_gives_what_stands_before_and_a_problem(place, content, line, before):
    place.write_bytes(content)
    problems = []
    assert list(items_of(place, problems, ("items",))) == before
    assert [each.line for each in problems] == [line]

"""doccano JSONL: both shapes, both units, and what stands in real files."""

import json

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Taking, Unit
from annotator.formats.registry import READERS
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


def read(tmp_path, *lines, **taking):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines))
    return READERS["doccano"].read(path, Taking(annotator="Ana", **taking))


def test_what_doccano_exports_is_taken_with_its_metadata_and_comments(tmp_path):
    line = {
        "id": 7,
        "text": "Anna said it rained.",
        "entities": [
            {"id": 31, "label": "Cue", "start_offset": 5, "end_offset": 9},
            {"id": 32, "label": "Content", "start_offset": 10, "end_offset": 19},
        ],
        "relations": [{"id": 4, "from_id": 31, "to_id": 32, "type": "says"}],
        "Comments": ["look again"],
        "outlet": "The Daily",
    }
    reading = read(tmp_path, line)
    assert reading.problems == ()
    (record,) = reading.records
    assert [(each.label, *each.span.covered(record.article.text)) for each in record.annotations] == [
        ("Cue", "said"),
        ("Content", "it rained"),
    ]
    assert [each.kind for each in record.links] == ["says"]
    assert {(each.key, each.value) for each in record.article.metadata} == {
        ("outlet", "The Daily"),
        ("comment", "look again"),
    }


def test_offsets_that_fit_as_utf16_only_are_taken_so_and_told(tmp_path):
    text = "📰📰📰 rain"
    reading = read(tmp_path, {"text": text, "label": [[7, 11, "Claim"]]})
    (record,) = reading.records
    assert record.annotations[0].span.covered(text) == ("rain",)
    assert "UTF-16 units" in reading.told[0]


def test_wrong_lines_and_spans_are_told_and_the_rest_is_taken(tmp_path):
    reading = read(
        tmp_path,
        {
            "text": "Rain fell.",
            "label": [[0, 4, "Claim"], [0, 400, "Claim"], [4, 4, "Claim"], [True, 4, "Claim"], "Claim"],
        },
        b"{",
        b"[1]",
        {"label": []},
        b'{"text": "\xff"}',
        {"text": "Snow.", "label": [], "relations": [{"from_id": 1}]},
        {"text": "Half \ud83d", "label": [[0, 4, "\ud83d"]]},
    )
    assert sorted(problem.line for problem in reading.problems) == [1, 1, 1, 1, 2, 3, 4, 5, 6, 7]
    assert [len(record.annotations) for record in reading.records] == [1, 0]
    assert [record.states[0].state for record in reading.records] == ["done", "nothing found"]


def test_a_folder_has_a_file_for_each_annotator(tmp_path):
    for name in ("Ana", "Ben"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"text": "Rain fell.", "label": [[0, 4, "Claim"]]}))
    reading = READERS["doccano"].read(tmp_path, Taking())
    assert {each.name for each in reading.project.annotators} == {"Ana", "Ben"}
    (record,) = reading.records
    assert len(record.annotations) == 2


def test_offsets_of_a_web_page_without_a_quote_are_told_of_and_not_guessed(tmp_path):
    """Behind an emoji they are one short; nothing in the file says so but words that are cut."""
    text = "Breaking 📰: the minister denied it again."
    start, end = text.index("minister"), text.index("again")
    for more, is_told in ((1, True), (0, False)):
        labels = [[start + more, start + 8 + more, "source"], [start + 9 + more, start + 15 + more, "denial"]]
        reading = read(tmp_path, {"text": text, "label": labels})
        assert any("UTF-16" in each for each in reading.told) is is_told
        assert reading.records[0].annotations[0].span.start == start + more
    line = {"text": text, "label": [[start + 1, start + 9, "source"], [end + 1, end + 6, "claim"]]}
    told = read(tmp_path, line, unit=Unit.UTF16)
    assert told.told == ()
    assert [each.span.covered(text) for each in told.records[0].annotations] == [("minister",), ("again",)]

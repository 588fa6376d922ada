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

"""Prodigy JSONL: spans sit on tokens, and tokens make the text."""

import json

from hypothesis import given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.registry import READERS, WRITERS
from tests.formats.law import law, law_of_taking_in, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("prodigy", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("prodigy", values)


@given(projects())
def test_tokens_make_the_text_and_every_span_sits_on_them(values):
    project, records = values
    writer = WRITERS["prodigy"]
    (file,) = writer.write(project, Fitted(writer, project, records, Options()), Options())
    for line in b"".join(file.parts).decode().splitlines():
        task = json.loads(line)
        tokens = task["tokens"]
        assert "".join(each["text"] + " " * each["ws"] for each in tokens) == task["text"]
        assert [each["id"] for each in tokens] == list(range(len(tokens)))
        for token in tokens:
            assert task["text"][token["start"] : token["end"]] == token["text"]
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]


def read(tmp_path, *lines, **taking):
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return READERS["prodigy"].read(path, Taking(**taking))


def test_rejected_lines_give_no_labels_and_are_counted(tmp_path):
    span = {"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "Claim"}
    tokens = [
        {"text": "Rain", "start": 0, "end": 4, "id": 0, "ws": True},
        {"text": "fell", "start": 5, "end": 9, "id": 1},
    ]
    base = {"text": "Rain fell", "tokens": tokens, "spans": [span], "_session_id": "main-Ana"}
    reading = read(tmp_path, {**base, "answer": "accept"}, {**base, "text": "Rain fell.", "answer": "reject"})
    assert reading.problems == ()
    assert [len(record.annotations) for record in reading.records] == [1, 0]
    assert reading.records[1].states == ()
    assert reading.told == ("1 line with the answer “reject” gives no labels.",)
    assert [each.name for each in reading.project.annotators] == ["main-Ana"]


def test_a_span_that_its_tokens_contradict_is_told(tmp_path):
    tokens = [
        {"text": "Rain", "start": 0, "end": 4, "id": 0, "ws": True},
        {"text": "fell", "start": 5, "end": 9, "id": 1},
    ]
    spans = [{"start": 5, "end": 9, "token_start": 0, "token_end": 0, "label": "Claim"}]
    spans += [{"start": 6, "end": 9, "token_start": 1, "token_end": 1, "label": "Cue"}, {"start": 1, "label": "x"}]
    reading = read(
        tmp_path, {"text": "Rain fell", "tokens": tokens, "spans": spans, "answer": "accept"}, annotator="Ana"
    )
    assert [problem.line for problem in reading.problems] == [1]
    assert [each.span.covered("Rain fell") for each in reading.records[0].annotations] == [("Rain",), ("fell",)]
    assert "went to the nearest place" in reading.told[0]

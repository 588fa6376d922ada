"""Prodigy JSONL: spans sit on tokens, and tokens make the text."""

import json

from hypothesis import given, settings

from annotator.formats import WRITERS
from annotator.formats.format import Options
from annotator.formats.giving.fit import Fitted
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

"""W3C Web Annotation: round trips, what the standard asks, and files of other programs."""

import json
import re

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.registry import READERS, WRITERS, recognise
from tests.formats.law import law, law_of_taking_in, projects

MOTIVATIONS = {"classifying", "describing", "linking"}
PURPOSES = {"classifying", "describing", "tagging", "commenting"}


@settings(max_examples=80)
@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("web-annotation", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("web-annotation", values)


@settings(max_examples=30)
@given(projects())
def test_it_is_as_the_standard_asks(values):
    project, records = values
    writer = WRITERS["web-annotation"]
    fitted = list(Fitted(writer, project, records, Options()))
    files = {file.name: b"".join(file.parts).decode() for file in writer.write(project, fitted, Options())}
    content = json.loads(files.pop("annotations.jsonld"))
    assert content["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (content["type"], content["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    items = content["first"]["items"]
    assert len({each["id"] for each in items}) == len(items)
    for each in items:
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each["id"])
        assert each["type"] == "Annotation"
        assert each["motivation"] in MOTIVATIONS
        for body in each["body"] if isinstance(each["body"], list) else [each["body"]]:
            assert isinstance(body, str) or (body["type"] == "TextualBody" and body["purpose"] in PURPOSES)
    assert len(files) == len(fitted)
    assert sum(each["motivation"] == "classifying" for each in items) == sum(len(each.annotations) for each in fitted)


def _foreign(tmp_path, *annotations):
    (tmp_path / "a.txt").write_text("He said it. “It”, 📰 he said.", "utf-8")
    path = tmp_path / "foreign.jsonld"
    path.write_text(
        json.dumps([{"@context": "http://www.w3.org/ns/anno.jsonld", **each} for each in annotations]), "utf-8"
    )
    reading = READERS[recognise(path)].read(path, Taking("Ana"))
    found = [
        (each.label, *each.span.covered(record.article.text))
        for record in reading.records
        for each in record.annotations
    ]
    return reading, found


def test_a_quote_alone_is_found_by_what_stands_around_it(tmp_path):
    selector = {"type": "TextQuoteSelector", "exact": "he said", "prefix": "📰 ", "suffix": "."}
    annotation = {"body": {"type": "TextualBody", "value": "cue"}, "target": {"source": "a.txt", "selector": selector}}
    reading, found = _foreign(tmp_path, annotation)
    assert (found, reading.problems) == ([("cue", "he said")], ())


@pytest.mark.parametrize("source", ["../secret.txt", "https://example.org/a.txt", "/etc/passwd", "b.txt"])
def test_nothing_is_read_but_what_lies_beside(tmp_path, source):
    (tmp_path.parent / "secret.txt").write_text("secret", "utf-8")
    selector = {"type": "TextPositionSelector", "start": 0, "end": 2}
    reading, found = _foreign(tmp_path, {"target": {"source": source, "selector": selector}})
    assert found == []
    assert "not beside the file" in str(reading.problems[0])


def test_a_link_into_nothing_is_told(tmp_path):
    reading, _ = _foreign(tmp_path, {"motivation": "linking", "body": "urn:uuid:x", "target": "urn:uuid:y"})
    assert "no annotation in this file" in str(reading.problems[0])

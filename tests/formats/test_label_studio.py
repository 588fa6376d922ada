"""Label Studio: tasks and configuration."""

import json
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis.strategies import sampled_from, text

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.label_studio.config import _quoted
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.project.export import give
from tests.formats.law import law, law_of_taking_in, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("label-studio", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("label-studio", values)


@settings(max_examples=30)
@given(projects())
def test_it_comes_back_by_its_annotators_after_label_studio_had_it(values):
    """Label Studio 1.23.2, tried: it keeps data and results, takes its own user for the annotator, and notes our number."""
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        give("label-studio", project, records, out, options=Options())
        before = READERS["label-studio"].read(out, Taking())
        tasks = json.loads((out / "tasks.json").read_text("utf-8"))
        numbers = [each["id"] for task in tasks for each in task["annotations"]]
        assert len(set(numbers)) == len(numbers)
        for task in tasks:
            task["annotations"] = [
                {"id": 900 - number, "completed_by": 1, "import_id": each["id"], "result": each["result"]}
                for number, each in enumerate(task["annotations"])
            ]
        (out / "tasks.json").write_text(json.dumps(tasks), "utf-8")
        after = READERS["label-studio"].read(out, Taking())
    assert (after.records, after.problems) == (before.records, before.problems)


@settings(max_examples=20, deadline=None)
@given(projects())
def test_its_own_library_finds_the_configuration_to_fit_the_annotations(values):
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    project, records = values
    writer = WRITERS["label-studio"]
    fitted = list(Fitted(writer, project, records, Options()))
    files = {file.name: b"".join(file.parts) for file in writer.write(project, fitted, Options())}
    configuration = interface(files["labeling-config.xml"].decode())
    for task in json.loads(files["tasks.json"]):
        for annotation in task["annotations"]:
            assert configuration.validate_annotation(annotation)
            for result in annotation["result"][:1]:
                wrong = {**result, "from_name": "nothing of the kind"}
                assert not configuration.validate_annotation({**annotation, "result": [wrong]})


TEXT = "Anna said 📰 it rained.\n\nBen denied it."


def region(key, start, end, text, label="Claim", **more):
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def read(tmp_path, *tasks):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(list(tasks)), "utf-8")
    assert recognise(path) == "label-studio"
    return READERS["label-studio"].read(path, Taking(annotator="Ana"))


def test_what_a_project_exports_is_taken(tmp_path):
    people = ({"id": 1, "email": "ana@x.org", "first_name": "Ana", "last_name": "B"}, 2)
    result = [
        region("r1", 0, 4, "Anna", "Source", meta={"text": ["who"]}),
        region("r2", 12, 21, "it rained"),
        {
            "id": "r2",
            "from_name": "certainty",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": ["possible"]},
        },
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["by"]},
    ]
    task = {
        "id": 5,
        "data": {"id": "x", "body": TEXT, "url": "http://example.org"},
        "annotations": [
            {"completed_by": people[0], "result": result},
            {"completed_by": people[1], "result": []},
            {"completed_by": 3, "was_cancelled": True, "result": []},
        ],
        "predictions": [{"model_version": "m", "result": []}],
    }
    reading = read(tmp_path, task)
    assert reading.problems == ()
    (record,) = reading.records
    names = reading.project.names
    assert record.article.text == TEXT
    assert [(each.label, *each.span.covered(TEXT), each.note, each.attributes) for each in record.annotations] == [
        ("Source", "Anna", "who", ()),
        ("Claim", "it rained", "", (("certainty", "possible"),)),
    ]
    (link,) = record.links
    assert (link.kind, link.origin_id, link.target) == ("by", record.annotations[1].id, record.annotations[0].id)
    assert {names[each.annotator]: each.state for each in record.states} == {
        "Ana B": "done",
        "annotator 2": "nothing found",
    }
    assert len(reading.told) == 2


def test_old_offsets_in_utf16_are_found_out(tmp_path):
    result = [region("r1", 13, 22, "it rained"), region("r2", 25, 28, "Ben")]
    reading = read(tmp_path, {"data": {"text": TEXT}, "annotations": [{"result": result}]})
    assert [each.span.covered(TEXT)[0] for each in reading.records[0].annotations] == ["it rained", "Ben"]
    assert "UTF-16" in reading.told[0]


def test_what_is_no_label_on_text_is_told(tmp_path):
    result = [
        region("r1", 0, 4, "Anna"),
        {"id": "b", "type": "rectanglelabels", "value": {}},
        region("r3", 0, 900, "Anna …"),
        {"type": "relation", "from_id": "r1", "to_id": "gone", "labels": ["x"]},
        {"type": "relation", "from_id": 5},
        "nothing",
    ]
    tasks = [{"data": {"text": TEXT}, "annotations": [{"result": result}, {}]}, {"data": 5, "annotations": []}, 7]
    reading = read(tmp_path, *tasks)
    assert len(reading.records[0].annotations) == 1
    assert len(reading.problems) == 8


@given(projects())
def test_every_name_is_in_the_configuration(values):
    """What Label Studio demands: a control of that name for each result, and its labels and choices among those known."""
    project, records = values
    writer = WRITERS["label-studio"]
    files = {
        each.name: b"".join(each.parts).decode()
        for each in writer.write(project, Fitted(writer, project, records, Options()), Options())
    }
    tree = ET.fromstring(files["labeling-config.xml"])
    controls = {each.get("name"): [part.get("value") for part in each] for each in tree if each.get("name")}
    relations = [each.get("value") for each in tree.iter("Relation")]
    for task in json.loads(files["tasks.json"]):
        for annotation in task["annotations"]:
            ids = {each["id"] for each in annotation["result"] if each["type"] == "labels"}
            for each in annotation["result"]:
                if each["type"] == "relation":
                    assert set(each["labels"]) <= set(relations)
                    assert {each["from_id"], each["to_id"]} <= ids
                    continue
                assert set(each["value"][each["type"]]) <= set(controls[each["from_name"]])
                assert task["data"]["text"][each["value"]["start"] : each["value"]["end"]] == each["value"]["text"]
                assert each["id"] in ids


@pytest.mark.parametrize("content", ["", "[", "[1,]", "[1 2]", "[{}", "[] x", '[{"data": 1}, {]', "[" * 100_000])
def test_a_broken_file_is_told_with_its_line(tmp_path, content):
    path = tmp_path / "tasks.json"
    path.write_text(content, "utf-8")
    reading = READERS["label-studio"].read(path, Taking("Ana"))
    assert reading.records == ()
    assert reading.problems


def test_what_stands_before_a_fault_is_read(tmp_path):
    task = json.dumps(
        {"data": {"text": TEXT}, "annotations": [{"completed_by": 1, "result": [region("r", 0, 4, "Anna")]}]}
    )
    path = tmp_path / "tasks.json"
    path.write_text(f"[{task},\n{task[:-1]}", "utf-8")
    reading = READERS["label-studio"].read(path, Taking("Ana"))
    assert len(reading.records) == 1
    assert [each.line for each in reading.problems] == [2]


@pytest.mark.parametrize("order", [("annotations", "data"), ("data", "annotations")])
def test_tasks_are_recognised_however_long_the_first_is(tmp_path, order):
    results = [region(f"r{number}", 0, 4, "Anna") for number in range(2_000)]
    task = {
        "data": {"text": TEXT + " More." * 20_000},
        "annotations": [{"id": 1, "completed_by": 1, "result": results}],
    }
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{name: task[name] for name in order}]), "utf-8")
    assert recognise(path) == "label-studio"


@given(text(sampled_from("ab&<>\"'\n\r\té")))
def test_values_stand_in_quotes_as_the_standard_library_puts_them(value):
    assert _quoted(value) == quoteattr(value)

"""Data sets: rows of spans and of tokens, and what the library `datasets` makes of them."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.giving.output import written
from annotator.formats.registry import READERS, WRITERS, recognise
from tests.formats.law import law, law_of_taking_in, projects

BIOES = Options(tokens="blanks", given={"scheme": "BIOES"})


@pytest.mark.parametrize(
    ("name", "options"),
    [("huggingface", Options()), ("huggingface-tokens", Options()), ("huggingface-tokens", BIOES)],
)
@settings(max_examples=50)
@given(values=projects())
def test_what_it_holds_comes_back_equal(values, name, options):
    law(name, values, options)


@settings(max_examples=30)
@given(values=projects())
def test_what_parquet_holds_comes_back_equal(values):
    pytest.importorskip("pyarrow")
    law("huggingface-parquet", values)


@pytest.mark.parametrize("name", ["huggingface", "huggingface-tokens"])
@settings(max_examples=10)
@given(values=projects())
def test_taking_it_in_twice_adds_nothing(values, name):
    law_of_taking_in(name, values)


@pytest.mark.parametrize("name", ["huggingface", "huggingface-tokens"])
@settings(max_examples=10)
@given(values=projects())
def test_a_split_is_files_of_one_folder(values, name):
    ids = [record.article.id for record in values[1]]
    law(name, values, Options(parts=(("train", frozenset(ids[:1])), ("dev", frozenset(ids[1:])))))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["huggingface", "huggingface-tokens", "huggingface-parquet"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=projects())
def test_the_library_gives_every_label_its_class(values, name, tmp_path_factory):
    datasets = pytest.importorskip("datasets")
    project, records = values
    writer = WRITERS[name]
    ids = [record.article.id for record in records]
    options = Options(parts=(("train", frozenset(ids[:1])), ("dev", frozenset(ids[1:]))))
    fitted = list(Fitted(writer, project, records, options))
    place = tmp_path_factory.mktemp("hub")
    with written(writer.write(project, fitted, options), place / "data"):
        pass
    loaded = datasets.load_dataset(str(place / "data"), cache_dir=str(place / "cache"))
    assert set(loaded) == {"train", *(["validation"] if ids[1:] else [])}
    rows = {(row["id"], row["annotator"]): row for part in loaded.values() for row in part}
    names = _class(loaded["train"].features, name)
    for record in fitted:
        for annotator in project.annotators:
            mine = [each for each in record.annotations if each.annotator == annotator.id]
            if not mine:
                continue
            row = rows[record.article.id, annotator.name]
            assert row["text"] == record.article.text
            if name == "huggingface-tokens":
                begun = [names.int2str(tag) for tag in row["ner_tags"]]
                assert sum(tag.startswith("B-") for tag in begun) == len(mine)
                for word, start, end in zip(row["tokens"], row["token_starts"], row["token_ends"], strict=True):
                    assert row["text"][start:end] == word
            else:
                found = [(names.int2str(each["label"]), each["start"], each["end"]) for each in row["spans"]]
                assert found == [(each.label, each.span.start, each.span.end) for each in mine]


def _class(features, name):
    if name == "huggingface-tokens":
        return features["ner_tags"].feature
    spans = features["spans"]
    return (spans.feature if hasattr(spans, "feature") else spans[0])["label"]


def test_what_is_wrong_with_a_row_is_told_with_its_line(tmp_path):
    path = tmp_path / "rows.jsonl"
    good = {"id": "1", "text": "He said", "annotator": "Ana", "spans": [{"start": 0, "end": 2, "label": "source"}]}
    bad = {**good, "id": "2", "text": "She said", "spans": [{"start": True, "end": 2, "label": "source"}]}
    path.write_text("\n".join(map(json.dumps, [good, bad, {"id": "3", "spans": []}])), "utf-8")
    reading = READERS[recognise(path)].read(path, Taking())
    assert [each.line for each in reading.problems] == [2, 3]
    assert [len(each.annotations) for each in reading.records] == [1, 0]

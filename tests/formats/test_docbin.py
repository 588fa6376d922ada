"""spaCy's DocBin: round trips through the library itself, and files that others wrote."""

import gc
import zlib

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.registry import READERS, WRITERS, recognise
from tests.formats.law import law, law_of_taking_in, projects

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def spacy():
    return pytest.importorskip("spacy")


def _read(path, who="Ana"):
    return READERS[recognise(path)].read(path, Taking(who))


@settings(max_examples=50, deadline=None)
@given(values=projects())
def test_what_it_holds_comes_back_equal(spacy, values):
    law("spacy", values, Options(given={"ents": "longest"}))


@settings(max_examples=8, deadline=None)
@given(values=projects())
def test_taking_it_in_twice_adds_nothing(spacy, values):
    law_of_taking_in("spacy", values)


@settings(max_examples=30, deadline=None)
@given(values=projects())
def test_every_span_is_where_the_span_categoriser_looks(spacy, values):
    project, records = values
    writer = WRITERS["spacy"]
    fitted = list(Fitted(writer, project, records, Options()))
    (file,) = writer.write(project, fitted, Options())
    docs = list(spacy.tokens.DocBin().from_bytes(b"".join(file.parts)).get_docs(spacy.blank("en").vocab))
    assert {doc.text for doc in docs} == {record.article.text for record in fitted}
    found = sorted((span.label_, span.text) for doc in docs for span in doc.spans["sc"])
    assert found == sorted(
        (each.label, covered)
        for record in fitted
        for each in record.annotations
        for covered in each.span.covered(record.article.text)
    )


def test_entities_are_taken_where_there_are_no_groups_of_spans(spacy, tmp_path):
    doc = spacy.blank("en")("📰 Ana said so.")
    doc.ents = [spacy.tokens.Span(doc, 1, 2, label="PER")]
    path = tmp_path / "a.spacy"
    spacy.tokens.DocBin(docs=[doc]).to_disk(path)
    (record,) = _read(path).records
    assert [(each.label, *each.span.covered(record.article.text)) for each in record.annotations] == [("PER", "Ana")]


@pytest.mark.parametrize("content", [b"\x78nothing", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_broken_file_is_told(spacy, tmp_path, content):
    path = tmp_path / "a.spacy"
    path.write_bytes(content)
    reading = _read(path)
    assert reading.problems
    assert reading.records == ()


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("sound", [True, False])
def test_the_collector_is_left_as_it_was(spacy, tmp_path, enabled, sound):
    path = tmp_path / "a.spacy"
    whole = spacy.tokens.DocBin(docs=[spacy.blank("en")("Ana said so.")]).to_bytes()
    path.write_bytes(whole if sound else zlib.compress(zlib.decompress(whole)[:-1]))
    (gc.enable if enabled else gc.disable)()
    try:
        reading = _read(path)
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
    assert bool(reading.records) is sound

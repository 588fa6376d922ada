"""UIMA CAS in JSON and XMI: round trips, what INCEpTION wants, and what the library reads."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.formats.uima.structure import attribute_of, feature_of
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.codebook import Attribute
from annotator.model.span import Span
from tests.formats.law import BOOK, PEOPLE, law, law_of_taking_in, projects

NAMES = ["uima-json", "uima-xmi", "webanno-tsv"]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(values=projects())
def test_what_it_holds_comes_back_equal(values, name):
    law(name, values)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10)
@given(values=projects())
def test_taking_it_in_twice_adds_nothing(values, name):
    law_of_taking_in(name, values)


@pytest.mark.parametrize("name", ["uima-json", "uima-xmi"])
@settings(max_examples=40, deadline=None)
@given(values=projects())
def test_the_library_reads_what_is_written_and_inception_would_find_no_fault(values, name):
    cassis = pytest.importorskip("cassis")
    project, records = values
    writer = WRITERS[name]
    fitted = list(Fitted(writer, project, records, Options()))
    files = {file.name: b"".join(file.parts) for file in writer.write(project, fitted, Options())}
    types = files.pop("TypeSystem.xml", None)
    known = cassis.load_typesystem(io.BytesIO(types)) if types else None
    texts = {record.article.id: record for record in fitted}
    count = 0
    for content in files.values():
        cas = (
            cassis.load_cas_from_xmi(io.BytesIO(content), known)
            if known
            else cassis.load_cas_from_json(io.BytesIO(content))
        )
        (meta,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
        record = texts[meta.documentId]
        assert cas.sofa_string == record.article.text
        assert meta.documentTitle == record.article.title
        sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
        tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
        spans = cas.select("webanno.custom.Span")
        for each in (*sentences, *tokens, *spans):
            covered = each.get_covered_text()
            assert covered.strip() == covered != ""
        for each in (*tokens, *spans):
            assert any(sentence.begin <= each.begin and each.end <= sentence.end for sentence in sentences)
        for relation in cas.select("webanno.custom.Relation"):
            assert relation.Governor in spans
            assert (relation.begin, relation.end) == (relation.Dependent.begin, relation.Dependent.end)
        for span in spans:
            for link in span.roles.elements if span.roles else ():
                assert link.target in spans
        regions = {(each.label, *fragment) for each in record.annotations for fragment in each.span.fragments}
        assert {(each.label, each.begin, each.end) for each in spans} <= regions
        count += len(spans)
    assert count == sum(len(each.span.fragments) for record in fitted for each in record.annotations)


def test_a_number_in_a_feature_of_words_is_no_reference(tmp_path):
    book = replace(BOOK, attributes=(*BOOK.attributes, Attribute("page", "Page", ("claim",), kind="text")))
    claims = [Annotation(f"a{n}", "x", "p-ana", "claim", Span.of((n, n + 1)), (("page", str(n)),)) for n in range(20)]
    frame = Annotation("f", "x", "p-ana", "attribution", Span.of((0, 2)))
    role = next(each for each in BOOK.roles if "claim" in each.labels and each.frame == "attribution")
    links = tuple(Link(f"l{each.id}", role.id, "f", each.id, "p-ana", 0) for each in claims)
    states = (StateRecord("p-ana", "done", ""),)
    record = ArticleRecord(Article("x", "X", "abcdefghijklmnopqrstuvwxyz"), (frame, *claims), links, states)
    for name in NAMES:
        law(name, (ProjectRecord("p", "P", PEOPLE, (book,)), [record]))


@pytest.mark.parametrize(
    "word", ["certainty", "no source", "label", "2nd", "a_x20_b", "é", "_", "topics_list", "_list"]
)
def test_names_of_features_turn_back_into_attributes(word):
    assert attribute_of(feature_of(word)) == word
    assert feature_of(word).isascii()


def test_layers_of_somebodys_own_are_read_by_the_library_that_wrote_them(tmp_path):
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    entity = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    types.create_feature(entity, "value", "uima.cas.String")
    types.create_feature(entity, "identifier", "uima.cas.String")
    claim = types.create_type("custom.Claim")
    cas = cassis.Cas(types)
    cas.sofa_string = "📰 Ana said so.\r\nYes."
    cas.sofa_mime = "text/plain"
    cas.add_all([entity(begin=2, end=5, value="PER", identifier="Q1"), claim(begin=11, end=13)])
    folder = tmp_path / "annotation" / "doc.txt"
    folder.mkdir(parents=True)
    (folder / "Ben.json").write_text(cas.to_json(), "utf-8")
    (folder / "Cem.xmi").write_text(cas.to_xmi(), "utf-8")
    for name, who, source in (("uima-json", "Ben", tmp_path), ("uima-xmi", "Cem", tmp_path)):
        reading = READERS[name].read(source, Taking())
        (record,) = reading.records
        text = record.article.text
        assert [each.name for each in reading.project.annotators] == [who]
        assert {(each.label, each.attributes, *each.span.covered(text)) for each in record.annotations} == {
            ("PER", (("identifier", "Q1"),), "Ana"),
            ("Claim", (), "so"),
        }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": ['),
        ("a.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [1, {"%ID": true}]}'),
        ("a.xmi", b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><cas'),
        ("a.xmi", b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>'),
        (
            "a.xmi",
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&e;</xmi:XMI>',
        ),
    ],
)
def test_a_broken_file_is_told(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    reading = READERS[recognise(path)].read(path, Taking("Ana"))
    assert reading.problems
    assert reading.records == ()

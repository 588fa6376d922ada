"""Projects that INCEpTION exported: every annotator, the curation and the states, from one file in one call."""

import io
import json
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.project import Project
from tests.formats.law import BOOK, PEOPLE

TEXT = "📰 Ana said so.\n\nBen denied it.\n"
OWN = "de.tudarmstadt.ukp.clarin.webanno.api.type"
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def cas(user, spans, text=TEXT):
    """A JSON CAS as INCEpTION writes it: with what it notes for itself, and the user's name as the document's id."""
    structures = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text},
        {
            "%ID": 2,
            "%TYPE": META,
            "@sofa": 1,
            "begin": 0,
            "end": len(text),
            "documentId": user,
            "documentTitle": "doc.txt",
        },
        {"%ID": 3, "%TYPE": f"{OWN}.CASMetadata", "@sofa": 1, "begin": 0, "end": 0, "username": user},
        {"%ID": 4, "%TYPE": "org.dkpro.core.api.xml.type.XmlElement", "@sofa": 1, "begin": 0, "end": 5, "qName": "p"},
        *(
            {"%ID": 10 + n, "%TYPE": ENTITY, "@sofa": 1, "begin": b, "end": e, "value": v}
            for n, (b, e, v) in enumerate(spans)
        ),
    ]
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": {}}).encode()


def xmi(spans):
    entities = "".join(
        f'<n:NamedEntity xmi:id="{10 + n}" sofa="1" begin="{b}" end="{e}" value="{v}"/>'
        for n, (b, e, v) in enumerate(spans)
    )
    text = TEXT.replace("\n", "&#10;")
    return (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        ' xmlns:n="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">'
        f'{entities}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{text}"/></xmi:XMI>'
    ).encode()


TSV = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.X|value\n\n\n#Text=📰 Ana said so.\n1-1\t0-2\t📰\t_\t\n1-2\t3-6\tAna\tPER\t\n"
    "1-3\t7-11\tsaid\t_\t\n1-4\t12-15\tso.\t_\t\n\n#Text=Ben denied it.\n2-1\t17-20\tBen\tPER\t\n2-2\t21-27\tdenied\t_\t\n2-3\t28-31\tit.\t_\t\n"
)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def project():
    states = {
        "name": "News",
        "annotation_documents": [
            {"name": "doc.txt", "user": "ana", "state": "FINISHED"},
            {"name": "doc.txt", "user": "ben", "state": "INPROGRESS"},
        ],
        "source_documents": [{"name": "doc.txt", "state": "CURATION_FINISHED"}],
    }
    inner = zipped({"doc.xmi": xmi([(17, 20, "PER")]), "TypeSystem.xml": b"<typeSystemDescription/>"})
    return {
        "exportedproject123.json": json.dumps(states).encode(),
        "source/doc.txt": TEXT.encode(),
        "annotation_ser/doc.txt/ana.ser": b"\x00",
        "annotation/doc.txt/INITIAL_CAS.json": cas("INITIAL_CAS", []),
        "annotation/doc.txt/ana.json": cas("ana", [(3, 6, "PER"), (7, 11, "ACT")]),
        "annotation/doc.txt/ben.zip": inner,
        "annotation/doc.txt/cem.tsv": TSV.encode(),
        "annotation/more.txt/ana.json": cas("ana", [(0, 3, "PER")], "Dan said no."),
        "curation/doc.txt/CURATION_USER.json": cas("CURATION_USER", [(3, 6, "PER")]),
    }


def put(tmp_path, members, is_packed):
    if is_packed:
        path = tmp_path / "export.zip"
        path.write_bytes(zipped(members))
        return path
    for name, content in members.items():
        file = tmp_path / "export" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path / "export"


def labels(reading):
    names = {each.id: each.name for each in reading.project.annotators}
    return {
        (record.article.title, names[each.annotator], each.label, *each.span.covered(record.article.text))
        for record in reading.records
        for each in record.annotations
    }


@pytest.mark.parametrize("is_packed", [True, False])
def test_everybodys_work_and_the_curation_come_in_with_one_call(tmp_path, is_packed):
    path = put(tmp_path, project(), is_packed)
    assert recognise(path) == "inception"
    reading = READERS["inception"].read(path, Taking())
    assert reading.problems == ()
    assert {record.article.text for record in reading.records} == {TEXT, "Dan said no."}
    assert labels(reading) == {
        ("doc.txt", "ana", "PER", "Ana"),
        ("doc.txt", "ana", "ACT", "said"),
        ("doc.txt", "ben", "PER", "Ben"),
        ("doc.txt", "cem", "PER", "Ana"),
        ("doc.txt", "cem", "PER", "Ben"),
        ("doc.txt", "CURATION_USER", "PER", "Ana"),
        ("doc.txt", "ana", "PER", "Dan"),
    }
    names = {each.id: each.name for each in reading.project.annotators}
    states = {
        (record.article.text[:3], names[each.annotator]): each.state
        for record in reading.records
        for each in record.states
    }
    assert states == {
        ("📰 A", "ana"): "done",
        ("📰 A", "ben"): "in progress",
        ("📰 A", "cem"): "done",
        ("📰 A", "CURATION_USER"): "done",
        ("Dan", "ana"): "done",
    }
    assert any("curation" in each for each in reading.told)


def test_doing_it_twice_adds_nothing(tmp_path):
    path = put(tmp_path, project(), is_packed=True)
    with closing(Project.create(tmp_path / "taking")) as taking:
        first = taking.import_(path)
        assert (first.articles, first.annotations, first.problems, first.format) == (2, 7, (), "inception")
        again = taking.import_(path)
        assert (again.articles, again.annotations, again.problems) == (0, 0, ())


def test_texts_of_one_annotator_whose_name_is_the_documents_id_are_kept_apart(tmp_path):
    one, other = cas("ana", [(0, 3, "PER")], "Ana said so."), cas("ana", [(0, 3, "PER")], "Ben said so.")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.json").write_bytes(one)
    (folder / "two.json").write_bytes(other)
    reading = READERS["uima-json"].read(folder, Taking())
    assert reading.problems == ()
    assert {each[1:] for each in labels(reading)} == {("ana", "PER", "Ana"), ("ana", "PER", "Ben")}


def test_one_text_exported_as_a_zip_is_read(tmp_path):
    path = tmp_path / "doc.zip"
    path.write_bytes(zipped({"doc.xmi": xmi([(3, 6, "PER")]), "TypeSystem.xml": b"<typeSystemDescription/>"}))
    assert recognise(path) == "inception"
    reading = READERS["inception"].read(path, Taking("Ana"))
    assert labels(reading) == {("doc", "Ana", "PER", "Ana")}


def test_a_project_without_a_form_that_others_read_says_how_to_get_one(tmp_path):
    members = {
        name: content for name, content in project().items() if not name.startswith(("annotation/", "curation/"))
    }
    path = put(tmp_path, members, is_packed=True)
    reading = READERS["inception"].read(path, Taking())
    assert any("secondary format" in each.message for each in reading.problems)


def test_texts_that_differ_from_person_to_person_are_told(tmp_path):
    members = {**project(), "annotation/doc.txt/dan.json": cas("dan", [(0, 3, "PER")], "Another text.")}
    reading = READERS["inception"].read(put(tmp_path, members, is_packed=True), Taking())
    (problem,) = reading.problems
    assert "“doc.txt” has 2 texts" in problem.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("annotation/doc.txt/eve.json", b"{"),
        ("annotation/doc.txt/eve.zip", b"PK\x03\x04 broken"),
        ("annotation/doc.txt/eve.zip", zipped({"notes.txt": b"nothing"})),
        ("annotation/doc.txt/eve.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": ' + b" " * (80 << 20) + b"[]}"),
        ("exportedproject123.json", b"[[["),
    ],
)
def test_what_is_broken_is_told_and_the_rest_is_read(tmp_path, name, content):
    path = put(tmp_path, {**project(), name: content}, is_packed=True)
    reading = READERS["inception"].read(path, Taking())
    assert reading.problems
    assert len(labels(reading)) == 7


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", zipped({})])
def test_a_broken_archive_is_told(tmp_path, content):
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    assert READERS["inception"].read(path, Taking("Ana")).problems


@pytest.mark.parametrize("name", ["uima-json", "uima-xmi", "webanno-tsv"])
def test_what_is_exported_comes_back_from_a_project_of_it(tmp_path, name):
    """As if INCEpTION had taken the files in and given them out again under its own names."""
    record = ArticleRecord(
        Article("x", "doc", TEXT),
        (Annotation("a", "x", "p-ana", "claim", Span.of((2, 5), (16, 19))),),
        (),
        (StateRecord("p-ana", "done", ""),),
    )
    values = ProjectRecord("p", "P", PEOPLE[:1], (BOOK,))
    writer = WRITERS[name]
    files = {
        file.name: b"".join(file.parts)
        for file in writer.write(values, list(Fitted(writer, values, [record], Options())), Options())
    }
    (content,) = [content for each, content in files.items() if each != "TypeSystem.xml"]
    suffix = {"uima-json": ".json", "uima-xmi": ".xmi", "webanno-tsv": ".tsv"}[name]
    members = {f"annotation/doc.txt/Ana{suffix}": content}
    if name == "uima-xmi":
        members["annotation/doc.txt/TypeSystem.xml"] = files["TypeSystem.xml"]
    reading = READERS["inception"].read(put(tmp_path, members, is_packed=True), Taking())
    assert reading.problems == ()
    (read,) = reading.records
    assert [
        replace(each, id="", article="", annotator="", origin=record.annotations[0].origin) for each in read.annotations
    ] == [replace(record.annotations[0], id="", article="", annotator="")]

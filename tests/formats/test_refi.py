"""REFI-QDA: round trips, the schema, and what other programs' files hold."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from lxml import etree

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.refi import codebook as qdc
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.model.article import Article
from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role, Value
from annotator.model.errors import FormatError
from annotator.project.codebook_file import read_codebook, write_codebook
from annotator.project.templates import template, templates
from tests.formats.law import law, law_of_taking_in, projects

GUID = '<xsd:simpleType name="G"><xsd:restriction base="xsd:token"><xsd:pattern value="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/></xsd:restriction></xsd:simpleType>'
Q = "{urn:QDA-XML:project:1.0}"


def _attributes(*names, required=("guid",)):
    kinds = {"isCodable": "xsd:boolean", "startPosition": "xsd:integer", "endPosition": "xsd:integer"}
    return "".join(
        f'<xsd:attribute name="{name}" type="{kinds.get(name, "G" if "guid" in name.lower() or name == "creatingUser" else "xsd:string")}"'
        f' use="{"required" if name in required else "optional"}"/>'
        for name in names
    )


def _type(name, children, attributes):
    """An element's content in the order that the standard asks for: names with ? or *, or + for at least one."""
    bounds = {"?": (0, 1), "*": (0, "unbounded"), "+": (1, "unbounded"), "!": (1, 1)}
    inside = ""
    for each in children.split():
        low, high = bounds[each[-1]]
        element, _, kind = each[:-1].partition(":")
        kind = {"": element, "s": "xsd:string"}.get(kind, kind)
        inside += f'<xsd:element name="{element}" type="{kind}" minOccurs="{low}" maxOccurs="{high}"/>'
    return f'<xsd:complexType name="{name}"><xsd:sequence>{inside}</xsd:sequence>{attributes}</xsd:complexType>'


def _schema(space="urn:QDA-XML:project:1.0", root="Project"):
    """The part of the standard's schema that is used, said anew: what stands where, and what must be there."""
    origin = _attributes("origin", required=()) if root == "CodeBook" else ""
    parts = [
        _type("Project", "Users? CodeBook? Sources? Notes? Links?", _attributes("name", "origin", required=("name",))),
        _type("Users", "User+", ""),
        _type("User", "", _attributes("guid", "name", "id")),
        _type("CodeBook", "Codes!", origin),
        _type("Codes", "Code+", ""),
        _type(
            "Code",
            "Description:s? NoteRef* Code*",
            _attributes("guid", "name", "isCodable", "color", required=("guid", "name", "isCodable")),
        ),
        _type("Sources", "TextSource+", ""),
        _type(
            "TextSource",
            "Description:s? PlainTextContent:s? PlainTextSelection* Coding* NoteRef*",
            _attributes("guid", "name", "plainTextPath", "creatingUser"),
        ),
        _type(
            "PlainTextSelection",
            "Description:s? Coding* NoteRef*",
            _attributes(
                "guid",
                "name",
                "startPosition",
                "endPosition",
                "creatingUser",
                required=("guid", "startPosition", "endPosition"),
            ),
        ),
        _type("Coding", "CodeRef! NoteRef*", _attributes("guid", "creatingUser")),
        _type("CodeRef", "", _attributes("targetGUID", required=("targetGUID",))),
        _type("NoteRef", "", _attributes("targetGUID", required=("targetGUID",))),
        _type("Notes", "Note:TextSource+", ""),
        _type("Links", "Link+", ""),
        _type("Link", "NoteRef*", _attributes("guid", "name", "direction", "originGUID", "targetGUID")),
    ]
    text = (
        f'<xsd:schema xmlns="{space}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        f' targetNamespace="{space}" elementFormDefault="qualified">'
        f'<xsd:element name="{root}" type="{root}"/>{GUID}{"".join(parts)}</xsd:schema>'
    )
    return etree.XMLSchema(etree.fromstring(text))


SCHEMA = _schema()


@settings(max_examples=60)
@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("refi-qda", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("refi-qda", values)


@settings(max_examples=40)
@given(projects())
def test_the_project_is_as_the_standard_asks(values):
    project, records = values
    writer = WRITERS["refi-qda"]
    fitted = list(Fitted(writer, project, records, Options()))
    (file,) = writer.write(project, fitted, Options())
    with zipfile.ZipFile(io.BytesIO(b"".join(file.parts))) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        SCHEMA.assertValid(root)
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(set(guids)) == len(guids)
    pointed = [
        value
        for each in root.iter()
        for name, value in each.attrib.items()
        if name in ("targetGUID", "originGUID", "creatingUser")
    ]
    assert set(pointed) <= set(guids)
    count = 0
    for source in root.iter(f"{Q}TextSource"):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        assert "\r" not in text
        assert not text.startswith("\ufeff")
        for selection in source.iter(f"{Q}PlainTextSelection"):
            count += 1
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            assert text[start:end] == selection.get("name")
    assert count == sum(len(each.span.fragments) for record in fitted for each in record.annotations)


def _archive(tmp_path, project, **members):
    path = tmp_path / "foreign.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Project.qde", f'<Project name="P" xmlns="urn:QDA-XML:project:1.0">{project}</Project>')
        for name, content in members.items():
            archive.writestr(f"Sources/{name}.txt", content)
    return path


HEAD = (
    '<Users><User guid="{AAAAAAAA-0000-0000-0000-000000000001}" name="Ana"/></Users><CodeBook><Codes>'
    '<Code guid="aaaaaaaa-0000-0000-0000-000000000002" name="Speech" isCodable="true">'
    '<Code guid="aaaaaaaa-0000-0000-0000-000000000003" name="Claim" isCodable="true"/></Code></Codes></CodeBook>'
)


def _source(*selections):
    made = "".join(
        f'<PlainTextSelection guid="{number:08x}-0000-0000-0000-00000000000a" name="{name}" startPosition="{start}"'
        f' endPosition="{end}" creatingUser="aaaaaaaa-0000-0000-0000-000000000001">'
        f'<Coding guid="{number:08x}-0000-0000-0000-00000000000b"><CodeRef targetGUID="AAAAAAAA-0000-0000-0000-000000000003"/>'
        "</Coding></PlainTextSelection>"
        for number, (start, end, name) in enumerate(selections, start=1)
    )
    return f'<Sources><TextSource guid="aaaaaaaa-0000-0000-0000-000000000004" name="T" plainTextPath="internal://a.txt">{made}</TextSource></Sources>'


@pytest.mark.parametrize(
    ("content", "selections"),
    [
        (b"\xef\xbb\xbfHe said\r\nit. Yes", [(0, 2, "He"), (8, 10, "it"), (12, 15, "Yes")]),  # CRLF counts one
        (b"He said\r\nit. Yes", [(0, 2, "He"), (9, 11, "it"), (13, 16, "Yes")]),  # and here two
        (b"He said\nit. Yes", [(0, 1, "He"), (8, 9, "it"), (12, 14, "Yes")]),  # the end is the last character
        (b"He said\nit. Yes", [(0, 2, "0-2"), (8, 10, "8-10"), (12, 15, "x")]),  # names are no quotes
    ],
)
def test_however_a_program_counts_the_words_are_found(tmp_path, content, selections):
    path = _archive(tmp_path, HEAD + _source(*selections), a=content)
    reading = READERS[recognise(path)].read(path, Taking())
    assert reading.problems == ()
    (record,) = reading.records
    found = [(each.label, *each.span.covered(record.article.text)) for each in record.annotations]
    assert found == [("Claim", "He"), ("Claim", "it"), ("Claim", "Yes")]
    assert [each.name for each in reading.project.annotators] == ["Ana"]


def test_a_text_that_is_missing_is_told(tmp_path):
    path = _archive(tmp_path, HEAD + _source((0, 2, "He")))
    reading = READERS["refi-qda"].read(path, Taking())
    assert "not in the archive" in str(reading.problems[0])


@pytest.mark.parametrize("content", [b"PK no zip", b""])
def test_what_is_no_archive_is_told(tmp_path, content):
    path = tmp_path / "a.qdpx"
    path.write_bytes(content)
    assert READERS["refi-qda"].read(path, Taking()).problems


CODEBOOK_SCHEMA = _schema("urn:QDA-XML:codebook:1.0", "CodeBook")


def _colored(book):
    return {each.id: (each.name, each.color) for each in book.labels}


@pytest.mark.parametrize("name", templates())
def test_a_codebook_alone_is_as_the_standard_asks_and_comes_back_with_its_ids(name, tmp_path):
    book = template(name)
    path = tmp_path / "book.qdc"
    lost = write_codebook(book, path)
    root = etree.fromstring(path.read_bytes())
    CODEBOOK_SCHEMA.assertValid(root)
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(set(guids)) == len(guids)
    back = read_codebook(path)
    assert _colored(back) == _colored(book)
    assert {each.id: [value.id for value in each.values] for each in back.attributes} == {
        each.id: [value.id for value in each.values] for each in book.attributes if each.kind != "text"
    }
    for label in book.labels:
        described = back.label(label.id).description
        assert label.description in described
        assert all(clause.text in described for clause in (*label.use_when, *label.avoid_when))
    assert any(each.endswith("left out") for each in lost) == bool(book.roles or book.relations or book.clauses)


def test_the_codes_of_a_codebook_are_those_of_the_project(tmp_path):
    book = template("default")
    write_codebook(book, tmp_path / "book.qdc")
    alone = {
        each.get("guid"): each.get("name") for each in etree.parse(tmp_path / "book.qdc").iter() if each.get("guid")
    }
    record = ArticleRecord(Article("x", "X", "A text."))
    (file,) = WRITERS["refi-qda"].write(ProjectRecord("p", "P", (), (book,)), [record], Options())
    with zipfile.ZipFile(io.BytesIO(b"".join(file.parts))) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    codes = {each.get("guid"): each.get("name") for each in root.iter(f"{Q}Code")}
    assert codes == {key: name for key, name in alone.items() if key in codes}
    assert len(codes) > len(book.labels)


def test_what_a_codebook_cannot_hold_is_counted():
    book = Codebook(
        "B",
        (Label("a", "A", "a", "#112233", "dashed", examples=("x",)), Label("b", "B", "", "#112233", retired=True)),
        (
            Attribute("free", "Free", ("a",), "text"),
            Attribute("many", "Many", ("a", "b"), "choices", (Value("v", "V"),)),
        ),
        (Role("r", "R", "a", ("b",)),),
        (Relation("q", "Q", ("a",), ("b",)),),
        (Clause("c", "C"),),
    )
    assert {str(each).split(":")[0] for each in qdc.losses(book)} == {
        "1 role of a frame",
        "1 relation",
        "1 clause of the codebook",
        "1 example",
        "1 key of a label",
        "1 line of a label",
        "1 retired label",
        "1 attribute of free text",
        "1 attribute of several values",
        "1 name or description of a value",
    }


def test_codebooks_of_other_programs_are_read():
    content = (
        '\ufeff<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="X"><Codes>'
        '<Code guid="{1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294}" name="people" color="#46AA00" isCodable="true">'
        "<Description>People of interest</Description></Code>"
        '<Code guid="1" name="Places" isCodable="false"><Code guid="2" name="near" isCodable="true">'
        '<Code guid="3" name="here" isCodable="1"/></Code><Code guid="4" name="people" isCodable="true"/></Code>'
        '</Codes><Sets><Set name="s" guid="5"><MemberCode guid="2"/></Set></Sets></CodeBook>'
    )
    book = qdc.read(content.encode(), "foreign")
    assert [(each.id, each.description) for each in book.labels] == [
        ("people", "People of interest"),
        ("near", ""),
        ("here", ""),
        ("Places / people", ""),
    ]
    assert book.label("people").color == "#46aa00"
    assert len({each.color for each in book.labels}) == 4


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html/>",
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><CodeBook><Codes><Code name="&e;"/></Codes></CodeBook',
    ],
)
def test_a_broken_codebook_is_told(content, tmp_path):
    path = tmp_path / "book.qdc"
    path.write_text(content, "utf-8")
    with pytest.raises(FormatError):
        read_codebook(path)

"""A codebook as a file: the same bytes for the same codebook, and a sentence for every bad file."""

import json
import re
from pathlib import Path

import pytest

from annotator.model.codebook import Codebook, Label
from annotator.model.errors import ExchangeError, FormatError, ProjectExistsError
from annotator.project.codebook_file import read_codebook, write_codebook
from annotator.project.templates import find_codebook, template, templates

DOCS = Path(__file__).parents[2] / "docs" / "codebook.md"
HEAD = '"format": "annotator-codebook", "version": 1, "name": "x"'


@pytest.mark.parametrize("name", templates())
def test_it_reads_back_equal_and_writes_the_same_bytes(tmp_path, name):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    write_codebook(template(name), one)
    assert read_codebook(one) == template(name)
    write_codebook(read_codebook(one), two)
    assert one.read_bytes() == two.read_bytes()
    assert json.loads(one.read_text("utf-8")) == json.loads(json.dumps(template(name).to_dict()))


def test_the_file_is_made_to_be_read(tmp_path):
    path = tmp_path / "book.json"
    write_codebook(template("default"), path)
    lines = path.read_text("utf-8").splitlines()
    assert lines[:3] == ["{", '  "format": "annotator-codebook",', '  "version": 1,']
    assert '        {"id": "claim-u1", "text": "The writer states it in the article’s own voice."},' in lines
    assert '      "labels": ["claim"],' in lines
    assert sum('"id": "B' in line for line in lines) == 13
    assert not [line for line in lines if line.endswith((" ", "\t"))]


def test_nothing_is_written_over_unless_asked(tmp_path):
    path = tmp_path / "book.json"
    path.write_text("mine")
    with pytest.raises(ProjectExistsError):
        write_codebook(template("default"), path)
    assert path.read_text() == "mine"
    write_codebook(template("default"), path, overwrite=True)
    assert read_codebook(path) == template("default")


def test_where_it_cannot_be_written(tmp_path):
    with pytest.raises(ExchangeError, match=r"cannot be written: .*Choose another place"):
        write_codebook(template("default"), tmp_path / "nowhere" / "book.json")
    with pytest.raises(ExchangeError, match="written as JSON"):
        write_codebook(template("default"), tmp_path / "book.toml")
    assert list(tmp_path.iterdir()) == []


def test_every_sign_survives(tmp_path):
    label = Label("a", "ادعا 📰 e\u0301 \u2028", "", "#000000", examples=("“x” \\ \t",))
    book = Codebook("x", (label,))
    write_codebook(book, tmp_path / "book.json")
    assert read_codebook(tmp_path / "book.json") == book


def test_toml_is_read(tmp_path):
    path = tmp_path / "book.toml"
    path.write_bytes(
        b"\xef\xbb\xbf"
        b"""format = "annotator-codebook"\r
version = 1\r
name = "Rumours"\r
\r
[[labels]]\r
id = "rumour"\r
name = "Rumour"\r
key = "R"\r
color = "#112233"\r
use_when = [{ id = "r1", text = "Nobody knows who says it." }]\r
\r
[[attributes]]\r
id = "spread"\r
name = "Spread"\r
labels = ["rumour"]\r
values = [{ id = "wide", name = "wide" }]\r
"""
    )
    book = read_codebook(path)
    assert book.label("rumour").use_when[0].text == "Nobody knows who says it."
    assert book.attributes[0].values[0].id == "wide"
    write_codebook(book, tmp_path / "book.json")
    assert read_codebook(tmp_path / "book.json") == book


BAD = {
    "not there": ("book.json", None, "It cannot be read: No such file"),
    "empty": ("book.json", b"", "line 1: It is not JSON: Expecting value, at column 1."),
    "broken": ("book.json", b'{\n  "format": "annotator-codebook",\n  oops\n}', "line 3: It is not JSON: .* column 3"),
    "not UTF-8": ("book.json", b'{\n "name": "\xff"}', "line 2: It is not UTF-8"),
    "UTF-16": ("book.json", "{}".encode("utf-16"), "line 1: It is not UTF-8"),
    "a list": ("book.json", b"[]", "not a codebook"),
    "something else": ("book.json", b'{"format": "annotator-article"}', "“format” must be"),
    "newer": ("book.json", b'{"format": "annotator-codebook", "version": 2}', "version 1 only"),
    "twice": ("book.json", f'{{{HEAD}, "labels": [], "labels": []}}'.encode(), "“labels” stands twice"),
    "no labels": ("book.json", f"{{{HEAD}}}".encode(), "at least one label"),
    "half a character": ("book.json", f'{{{HEAD}, "labels": [], "description": "\\ud83d"}}'.encode(), "half of a"),
    "too deep": ("book.json", b"[" * 100_000, "nested too deeply"),
    "unknown field": (
        "book.json",
        f'{{{HEAD}, "labels": [{{"id": "a", "name": "A", "key": "", "colour": "#000000"}}]}}'.encode(),
        r"unknown field “colour” in labels\[1\] \(a\)",
    ),
    "broken TOML": ("book.toml", b'format = "annotator-codebook"\nname = \n', "line 2: It is not TOML: .*column"),
    "no codebook in TOML": ("book.toml", b'title = "x"\n', "not a codebook"),
    "twice in TOML": ("book.toml", b"version = 1\nversion = 1\n", "line 2: It is not TOML"),
    "a date in TOML": ("book.toml", b'format = "annotator-codebook"\nversion = 2024-01-01\n', "version 1 only"),
}


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_has_its_sentence(tmp_path, name):
    file, content, sentence = BAD[name]
    path = tmp_path / file
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FormatError, match=sentence) as refused:
        read_codebook(path)
    assert str(path) in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "book.json"
    with path.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    with pytest.raises(FormatError, match="more than 16 MB"):
        read_codebook(path)


def test_a_folder_is_no_codebook(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        read_codebook(tmp_path)


def test_a_template_or_a_file_is_found(tmp_path):
    path = tmp_path / "book.json"
    write_codebook(template("stance"), path)
    assert find_codebook(str(path)) == find_codebook("stance") == template("stance")


def test_the_examples_of_the_documentation_are_read(tmp_path):
    blocks = re.findall(r"^```(json|toml)\n(.*?)^```", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["json", "toml"]
    books = []
    for kind, text in blocks:
        path = tmp_path / f"example.{kind}"
        path.write_text(text, encoding="utf-8")
        books.append(read_codebook(path))
    assert books[0] == books[1]


def test_the_documentation_names_every_field():
    text = DOCS.read_text("utf-8")
    content = template("default").to_dict()
    names = set(content)
    for group in ("labels", "attributes", "roles", "relations", "clauses"):
        names.update(content[group][0])
    names.update(content["attributes"][0]["values"][0])
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []

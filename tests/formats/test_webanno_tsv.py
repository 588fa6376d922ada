"""WebAnno TSV 3.3: what INCEpTION's own rules make of what is written, and what is made of files that it writes.

The round trip is tested with the other forms of a CAS, in ``test_uima``.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted, losses
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS, recognise
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article
from annotator.model.codebook import Attribute, Value
from annotator.model.span import Span
from tests.formats.law import BOOK, PEOPLE, law, projects

WRITER = WRITERS["webanno-tsv"]
HEAD = "#FORMAT=WebAnno TSV 3.3\n"


class Inception:
    """A second reading, line by line as INCEpTION's reader goes about it, for files without parts of tokens."""

    def __init__(self, content):
        self.text, self.spans, self.relations, self.roles = "", {}, [], []
        lines = iter(content.split("\n"))
        assert next(lines) == "#FORMAT=WebAnno TSV 3.3"
        columns = []
        while line := next(lines):
            kind, rest = line[:6], line[6:]
            layer, *features = rest.split("|")
            columns += [(kind, layer, feature) for feature in features]
        assert next(lines) == ""
        self.rows, self.starts = [], {}
        sentence, before = [], ""
        for line in lines:
            if line.startswith("#Text="):
                assert before == "" or before.startswith("#Text=")
                sentence.append(self.plain(line[6:]) + "\n")
            elif line:
                name, place, _token, *cells, last = line.split("\t")
                assert last == ""
                assert len(cells) == len(columns)
                begin, end = map(int, place.split("-"))
                if sentence:
                    if units(self.text) > begin:
                        assert units(self.text) == begin + 1
                        assert self.text.endswith("\n")
                        self.text = self.text[:-1]
                    self.text += " " * (begin - units(self.text)) + "".join(sentence)
                    sentence = []
                self.rows.append((name, begin, end, _token, dict(zip(columns, cells, strict=True))))
            before = line
        for row in self.rows:
            self.take(*row)
        for row in self.rows:
            self.tie(row[0], row[4])

    @staticmethod
    def plain(line):
        return re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), line)

    @staticmethod
    def stacked(cell):
        return [] if cell == "_" else re.split(r"(?<!\\)\|", cell)

    @staticmethod
    def marked(value):
        return (
            value[:-1].rpartition("[")[::2] if value.endswith("]") and not value.endswith("\\]") else ("", value)[::-1]
        )

    def take(self, name, begin, end, token, cells):
        for (kind, _, feature), cell in cells.items():
            if kind == "#T_SP=" and not feature.startswith("ROLE_") and "." not in feature:
                for place, value in enumerate(self.stacked(cell)):
                    word, mark = self.marked(value)
                    span = self.spans.setdefault(mark or (name, place), {"begin": begin})
                    span["end"] = end
                    self.starts.setdefault(name, {})[place] = span
                    if word != "*":
                        span[feature] = re.sub(
                            r"\\(->|.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), word
                        )

    def found(self, reference):
        unit, mark = self.marked(reference)
        return self.spans[mark] if mark else self.starts[unit][0]

    def tie(self, name, cells):
        for (kind, _, feature), cell in cells.items():
            if kind == "#T_RL=" and feature.startswith("BT_"):
                kinds = cells["#T_RL=", "webanno.custom.Relation", "kind"]
                for word, reference in zip(self.stacked(kinds), self.stacked(cell), strict=True):
                    _, marks = self.marked(reference)
                    origin, target = marks.split("_")
                    assert self.spans[target]["begin"] == self.starts[name][0]["begin"] or target in self.spans
                    self.relations.append((word, self.key(self.spans[origin]), self.key(self.spans[target])))
            if feature.startswith("ROLE_"):
                targets = self.stacked(cells[kind, "webanno.custom.Span", "webanno.custom.Span"])
                for place, (words, references) in enumerate(zip(self.stacked(cell), targets, strict=cell != "_")):
                    host = self.starts[name][place]
                    roles = self.marked(words)[0]
                    if roles == "_":
                        assert references == "*"
                        continue
                    pairs = list(zip(roles.split(";"), references.split(";"), strict=True))
                    for word, reference in pairs:
                        self.roles.append((word, self.key(host), self.key(self.found(reference))))

    @staticmethod
    def key(span):
        return span["label"], span["begin"], span["end"]


def units(text):
    return len(text.encode("utf-16-le")) // 2


def written(project, fitted):
    files = {file.name: b"".join(file.parts) for file in WRITER.write(project, fitted, Options())}
    assert files.pop("TypeSystem.xml").startswith(b"<?xml")
    return [content.decode() for content in files.values()]


@settings(max_examples=60, deadline=None)
@given(values=projects(PEOPLE[:1]))
def test_inceptions_rules_find_the_text_and_all_labels_in_what_is_written(values):
    project, records = values
    fitted = list(Fitted(WRITER, project, records, Options()))
    read = {each.text: each for each in map(Inception, written(project, fitted))}
    roles = {role.id for role in BOOK.roles}
    for record in fitted:
        text = record.article.text
        found = read[text + "\n"]  # its reader puts a line end behind the last sentence

        def place(offset, text=text):
            return units(text[:offset])

        spans = {
            (each.label, place(start), place(end)) for each in record.annotations for start, end in each.span.fragments
        }
        assert {found.key(each) for each in found.spans.values()} == spans
        keys = {each.id: (each.label, *map(place, each.span.fragments[0])) for each in record.annotations}
        for link in record.links:
            if link.target is not None:
                tie = (link.kind, keys[link.origin_id], keys[link.target])
                assert tie in (found.roles if link.kind in roles else found.relations)
        values = {value for each in record.annotations for _, value in each.attributes}
        said = {
            word
            for each in found.spans.values()
            for name, cell in each.items()
            if isinstance(cell, str)
            for word in cell.split("\n")
        }
        assert values <= said


def read(tmp_path, content, name="doc.tsv", **taking):
    path = tmp_path / name
    path.write_text(HEAD + content, "utf-8", newline="")
    assert recognise(path) == "webanno-tsv"
    return READERS["webanno-tsv"].read(path, Taking(**{"annotator": "Ana", **taking}))


def labels(reading):
    (record,) = reading.records
    return {(each.label, each.attributes, *each.span.covered(record.article.text)) for each in record.annotations}


def test_stacks_parts_of_tokens_and_spans_over_several(tmp_path):
    reading = read(
        tmp_path,
        "#T_SP=custom.Span|value\n\n\n#Text=aaaaaa bbbbbb cccccc\n"
        "1-1\t0-6\taaaaaa\t2a[1]|7a[3]|1a[5]\t\n"
        "1-1.1\t3-6\taaa\t9a[7]|8a[11]\t\n"
        "1-2\t7-13\tbbbbbb\t2a[1]|9a[7]|4a[13]\t\n"
        "1-2.1\t7-10\tbbb\t7a[3]|8a[11]\t\n"
        "1-2.4\t9-10\tb\t3a[19]\t\n"
        "1-3\t14-20\tcccccc\t_\t\n"
        "1-3.1\t14-17\tccc\t9a[7]\t\n",
    )
    assert reading.problems == ()
    assert labels(reading) == {
        ("2a", (), "aaaaaa bbbbbb"),
        ("7a", (), "aaaaaa bbb"),
        ("1a", (), "aaaaaa"),
        ("9a", (), "aaa bbbbbb ccc"),
        ("8a", (), "aaa bbb"),
        ("4a", (), "bbbbbb"),
        ("3a", (), "b"),
    }


def test_slots_point_at_layers_and_numbers_and_relations_at_what_begins_there(tmp_path):
    reading = read(
        tmp_path,
        "#T_SP=custom.Plain|\n"
        "#T_SP=custom.Host|kind|ROLE_custom.Host:links_custom.HostLinksLink|custom.Plain\n"
        "#T_RL=custom.Says|label|certainty|BT_custom.Plain\n\n\n"
        "#Text=He loves her .\n"
        "1-1\t0-2\tHe\t*\ta\tp1;p2\t1-2;2-3[4]\t_\t_\t_\t\n"
        "1-2\t3-8\tloves\t*\t_\t_\t_\tdenies|*\t*|sure\t1-1|2-3[4_0]\t\n"
        "1-3\t9-12\ther\t_\t_\t_\t_\t_\t_\t_\t\n"
        "1-4\t13-14\t.\t_\t_\t_\t_\t_\t_\t_\t\n\n"
        "#Text=Not him .\n"
        "2-1\t15-18\tNot\t_\t_\t_\t_\t_\t_\t_\t\n"
        "2-3\t19-22\thim\t*[4]|*[5]\t_\t_\t_\t_\t_\t_\t\n",
    )
    (record,) = reading.records
    assert [str(each.message) for each in reading.problems] == [
        "1 × value of “certainty” on a relation: there is no place for it here, so it is left out."
    ]
    assert record.article.text == "He loves her .\nNot him ."
    names = {each.id: (each.label, *each.span.covered(record.article.text)) for each in record.annotations}
    assert {(link.kind, names[link.origin_id], names[link.target]) for link in record.links} == {
        ("p1", ("a", "He"), ("Plain", "loves")),
        ("p2", ("a", "He"), ("Plain", "him")),
        ("denies", ("Plain", "He"), ("Plain", "loves")),
        ("Says", ("Plain", "him"), ("Plain", "loves")),
    }


def test_chains_are_labels_joined_one_to_the_next(tmp_path):
    reading = read(
        tmp_path,
        "#T_CH=custom.CorefLink|referenceType|referenceRelation\n\n\n"
        "#Text=Ana Li said she would\n"
        "1-1\t0-3\tAna\tname[1]\t*->1-1\t\n"
        "1-2\t4-6\tLi\tname[1]\t*->1-1\t\n"
        "1-3\t7-11\tsaid\t_\t_\t\n"
        "1-4\t12-15\tshe\tpronoun[1]\tsame->1-2\t\n"
        "1-5\t16-21\twould\t*[1]\t*->1-3\t\n",
    )
    (record,) = reading.records
    assert reading.problems == ()
    names = {each.id: (each.label, *each.span.covered(record.article.text)) for each in record.annotations}
    assert set(names.values()) == {("name", "Ana Li"), ("pronoun", "she"), ("CorefLink", "would")}
    assert {(link.kind, names[link.origin_id][1], names[link.target][1]) for link in record.links} == {
        ("CorefLink", "Ana Li", "she"),
        ("same", "she", "would"),
    }


def test_escapes_in_values_and_texts(tmp_path):
    reading = read(
        tmp_path,
        "#T_SP=custom.Span|note|value\n\n\n#Text=a\\\\b \\tc\n#Text=d\n"
        "1-1\t0-3\ta\\b\t\\[1\\]\\|\\_\\->\\;\\t\\n\\*\\\\[1]|*[2]\tx[1]|\\*[2]\t\n"
        "1-2\t5-6\tc\t_\t_\t\n1-3\t7-8\td\t_\t_\t\n",
    )
    (record,) = reading.records
    assert reading.problems == ()
    assert record.article.text == "a\\b \tc\nd"
    assert {(each.label, each.note) for each in record.annotations} == {("x", "[1]|_->;\t\n*\\"), ("*", "")}


def test_offsets_that_count_code_points_are_found_out_and_told(tmp_path):
    reading = read(
        tmp_path,
        "#T_SP=custom.Span|value\n\n\n#Text=📰 Ana said\n1-1\t0-1\t📰\t_\t\n1-2\t2-5\tAna\tPER\t\n1-3\t6-10\tsaid\t_\t\n",
    )
    assert labels(reading) == {("PER", (), "Ana")}
    assert any("code points" in each for each in reading.told)


def test_what_stands_elsewhere_than_it_says_is_told_with_its_line(tmp_path):
    content = "#T_SP=custom.Span|value\n\n\n#Text=Ana said\n1-1\t0-3\tAna\tPER\t\n1-2\t5-8\tsaid\tVERB\t\n1-3\t9\tno\n"
    reading = read(tmp_path, content)
    assert sorted((each.line, each.message.split(" “")[0]) for each in reading.problems) == [
        (7, "The token"),
        (8, "The line should have 4 columns: a number, offsets, a token …"),
    ]
    assert labels(reading) == {("PER", (), "Ana")}


def test_zero_width_and_dangling_ends_are_told(tmp_path):
    reading = read(
        tmp_path,
        "#T_SP=custom.Span|value\n#T_RL=custom.Rel|label|BT_custom.Span\n\n\n#Text=Ana said\n"
        "1-1\t0-3\tAna\tPER\tx\t1-2[7_0]\t\n1-1.1\t3-3\t\tzero\t_\t_\t\n1-2\t4-8\tsaid\t_\t_\t_\t\n",
    )
    assert sorted(str(each.message) for each in reading.problems) == [
        "The annotation 4 (custom.Span) covers nothing.",
        "The relation from 1-2[7_0] lacks an end.",
    ]
    assert labels(reading) == {("PER", (), "Ana")}


def test_older_files_have_the_escapes_of_java(tmp_path):
    path = tmp_path / "old.tsv"
    path.write_text(
        '#FORMAT=WebAnno TSV 3.1\n#T_SP=x.Y|value\n\n\n#Text=caf\\u00E9 \\"\n1-1\t0-4\tcafé\tA\t\n', "utf-8"
    )
    (record,) = READERS["webanno-tsv"].read(path, Taking("Ana")).records
    assert record.article.text == 'café "'


@pytest.mark.parametrize(
    "content", ["", "\n\n", "#T_SP=a.B|v\n\n\n", "#T_SP=a.B|v\n\n\n1-1\t0-1\ta\t_\t\n", "#Text=a\n\n"]
)
def test_a_file_without_text_is_told(tmp_path, content):
    reading = read(tmp_path, content)
    assert reading.problems
    assert reading.records == ()


def test_another_version_is_told(tmp_path):
    path = tmp_path / "old.tsv"
    path.write_text("#FORMAT=WebAnno TSV 4.0\n", "utf-8")
    (problem,) = READERS["webanno-tsv"].read(path, Taking("Ana")).problems
    assert "the first line should be" in problem.message


def test_several_values_nasty_values_and_absent_targets_come_back(tmp_path):
    nasty = "a|b[1]_->;*\\ c\td\ne]"
    book = replace(
        BOOK,
        attributes=(
            *BOOK.attributes,
            Attribute("page", "Page", ("claim",), kind="text"),
            Attribute("topics", "Topics", ("claim",), "choices", (Value("x|y", "x|y"), Value("z", "z"))),
        ),
    )
    relation = next(each for each in BOOK.relations if each.absent)
    label = relation.sources[0]
    claim = Annotation(
        "c", "x", "p-ana", "claim", Span.of((0, 4)), (("page", nasty), ("topics", "x|y"), ("topics", "z")), nasty
    )
    denial = Annotation("d", "x", "p-ana", label, Span.of((2, 9), (11, 14)))
    links = (Link("l", relation.id, "d", None, "p-ana", 0), Link("m", relation.id, "d", "c", "p-ana", 1))
    record = ArticleRecord(
        Article("x", "X", "said 📰 so. And no."), (claim, denial), links, (StateRecord("p-ana", "done", ""),)
    )
    law("webanno-tsv", (ProjectRecord("p", "P", PEOPLE[:1], (book,)), [record]))


def test_blanks_between_sentences_are_kept_and_those_before_the_first_are_counted():
    text = "\n\tAna said so.  \n\n Ben denied it.\n"
    annotation = Annotation("a", "x", "p-ana", "claim", Span.of((2, 5)), note="two\r\nlines")
    record = ArticleRecord(Article("x", "X", text), (annotation,), (), (StateRecord("p-ana", "done", ""),))
    project = ProjectRecord("p", "P", PEOPLE[:1], (BOOK,))
    law("webanno-tsv", (project, [record]))
    found = {loss.noun: loss.count for loss in losses(WRITER, project, [record], Options())}
    assert found["text with other blanks"] == found["note or value with another line end"] == 1
    (content,) = written(project, list(Fitted(WRITER, project, [record], Options())))
    assert Inception(content).text == "  " + text[2:] + "\n"

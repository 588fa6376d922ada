"""brat stand-off: what it holds comes back equal, its own rules are kept, and broken corpora are survived."""

import codecs
import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from annotator.formats.brat.words import _role_words
from annotator.formats.format import Options, Taking
from annotator.formats.giving.fit import Fitted
from annotator.formats.record import ArticleRecord, ProjectRecord, StateRecord
from annotator.formats.registry import READERS, WRITERS
from annotator.model.annotation import Annotation
from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.codebook import Label
from annotator.model.span import Span
from annotator.project.export import give
from tests.formats.law import BOOK, law, law_of_taking_in, projects


@given(projects())
def test_what_it_holds_comes_back_equal(values):
    law("brat", values)


@settings(max_examples=10)
@given(projects())
def test_taking_it_in_twice_adds_nothing(values):
    law_of_taking_in("brat", values)


TEXT = "Anna said that it rained,\n\nand 📰 she left. Ben denied it."


@pytest.fixture
def corpus(tmp_path):
    """A function that writes files by name into a folder, and returns it."""

    def write(**files):
        for name, content in files.items():
            path = tmp_path / "corpus" / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "corpus"

    return write


def take(path, **taking):
    return READERS["brat"].read(path, Taking(**taking))


def words(reading, label):
    (record,) = reading.records
    return [each.span.covered(record.article.text) for each in record.annotations if each.label == label]


def line(mark, label, *quotes, text=TEXT, says=None):
    """A text-bound line of quotes as they stand in a text."""
    places = [(text.index(each), text.index(each) + len(each)) for each in quotes]
    return f"{mark}\t{label} {';'.join(f'{a} {b}' for a, b in places)}\t{' '.join(quotes) if says is None else says}\n"


def test_frames_of_others_keep_cue_sources_contents_and_attributes(corpus):
    ann = (
        line("T1", "Source", "Anna")
        + line("T2", "Cue", "said")
        + line("T3", "Content", "that it rained")
        + line("T4", "Attribution", "said")
        + line("T5", "Content", "she left")
        + "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5\nA1\tNegated E1\nA2\tCertainty E1 high\n"
        + "#1\tAnnotatorNotes E1\tsee C:\\new\n"
    )
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": ann}), annotator="Ana")
    assert reading.problems == ()
    (record,) = reading.records
    frame = next(each for each in record.annotations if each.label == "Attribution")
    assert frame.attributes == (("Certainty", "high"), ("Negated", "yes"))
    assert frame.note == "see C:\\new"
    ends = {each.id: each.span.covered(TEXT)[0] for each in record.annotations}
    assert [(each.kind, ends[each.target]) for each in record.links] == [
        ("Content", "that it rained"),
        ("Cue", "said"),
        ("Source", "Anna"),
        ("Content", "she left"),
    ]
    book = reading.project.codebooks[-1]
    assert {(each.id, each.frame) for each in book.roles} == {
        (kind, "Attribution") for kind in ("Content", "Cue", "Source")
    }
    assert [each.kind for each in book.attributes] == ["flag", "choice"]


def test_broken_lines_are_survived(corpus):
    ann = (
        line("T1", "Content", "that it rained,\n\nand")  # a text that holds line ends, as PolNeAR has it
        + line("T2", "Content", "she left", "said", says="she left said")  # fragments in another order
        + line("T3", "Source", "Ben")
        + line("T4", "Cue", "she left", "said", says="said she left")  # and their words in the order of the text
    )
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": ann + "\n"}), annotator="Ana")
    assert reading.problems == ()
    assert words(reading, "Cue") == [("said", "she left")]
    assert words(reading, "Content") == [("said", "she left"), ("that it rained,\n\nand",)]
    assert words(reading, "Source") == [("Ben",)]


def test_what_cannot_be_understood_is_told_with_its_line_and_the_rest_is_taken(corpus):
    ann = (
        line("T1", "Source", "Anna")
        + "T2\tSource\tno offsets\n"
        + "T3\tSource 0 4\tBenn\n"
        + "T4\tSource 900 905\tAnna!\n"
        + "E1\tAttribution:T9\n"
        + "R1\tdenies Arg1:T1\n"
        + "A1\tNegated T8\n"
        + "T1\tSource 5 9\tsaid\n"
        + "R2\tdenies Arg1:T1 Arg2:T77\n"
    )
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": ann}), annotator="Ana")
    assert words(reading, "Source") == [("Anna",)]
    told = {problem.line: problem.message for problem in reading.problems}
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert "“Benn”, but the text there is “Anna”" in told[3]
    assert "lies outside the text" in told[4]
    assert "stands here twice" in told[8]
    assert all(problem.where.endswith("a.ann") for problem in reading.problems)


def test_missing_arguments_and_relations_with_an_event(corpus):
    ann = (
        line("T1", "Attribution", "said")
        + line("T2", "Denial", "Ben denied it")
        + "E1\tAttribution:T1 \nE2\tAttribution:T2 Source: Content:E1\nR1\tabout Arg1:T2 Arg2:E1\n*\tEquiv T1 T2\n"
    )
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": ann}), annotator="Ana")
    assert [problem.line for problem in reading.problems] == [4]
    (record,) = reading.records
    assert sorted(each.kind for each in record.links) == ["Content", "Equiv", "about"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["Ana__a.txt", "Ana__a.ann", "Ben__a.txt", "Ben__a.ann"], {"Ana", "Ben"}),
        (["a.txt", "a_Ana.ann", "a_Ben.ann"], {"Ana", "Ben"}),
        (["text__a.b.txt", "ann__a.b_Ana.ann", "ann__a.b_Ben.ann"], {"Ana", "Ben"}),
        (["train__Ana__a.txt", "train__Ana__a.ann", "train__Ben__a.txt", "train__Ben__a.ann"], {"Ana", "Ben"}),
    ],
)
def test_a_whole_corpus_comes_in_with_its_annotators(corpus, files, expected):
    folder = corpus(**{name: TEXT if name.endswith("txt") else line("T1", "Source", "Anna") for name in files})
    reading = take(folder)
    assert reading.problems == ()
    assert {each.name for each in reading.project.annotators} == expected
    (record,) = reading.records
    assert len(record.annotations) == 2
    assert {state.state for state in record.states} == {"done"}


def test_texts_in_a_sibling_folder_are_found(corpus):
    folder = corpus(**{"text__a.txt": TEXT, "ann__a_Ana.ann": line("T1", "Source", "Anna")})
    reading = take(folder / "ann")
    assert (reading.problems, [each.name for each in reading.project.annotators]) == ((), ["Ana"])
    reading = take(folder / "ann" / "a_Ana.ann")
    assert (reading.problems, [each.name for each in reading.project.annotators]) == ((), ["Ana"])


def test_an_annotation_file_without_a_text_is_told(corpus):
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": "", "b.ann": line("T1", "Source", "Anna")}), annotator="Ana")
    assert "There is no text for it" in str(reading.problems[0])
    assert [state.state for state in reading.records[0].states] == ["nothing found"]


@pytest.mark.parametrize(
    ("unit", "told"),
    [("utf-8", "bytes"), ("utf-16-le", "UTF-16 units"), ("utf-32-le", "")],
)
def test_offsets_of_another_unit_are_found_out_by_the_quotes_and_told(corpus, unit, told):
    size = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[unit]

    def at(place):
        return len(TEXT[:place].encode(unit)) // size

    lines = ""
    for number, quote in enumerate(("Anna", "she left", "Ben"), start=1):
        start = TEXT.index(quote)
        lines += f"T{number}\tSource {at(start)} {at(start + len(quote))}\t{quote}\n"
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": lines}), annotator="Ana")
    assert reading.problems == ()
    assert words(reading, "Source") == [("Anna",), ("she left",), ("Ben",)]
    assert [told in sentence for sentence in reading.told] == ([True] if told else [])


@pytest.mark.parametrize("counted", ["two", "one"])
def test_windows_line_ends_count_as_the_file_counts_them(corpus, counted):
    text = TEXT.replace("\n", "\r\n")
    base = text if counted == "two" else TEXT
    ann = line("T1", "Source", "Anna", text=base) + line("T2", "Source", "Ben", text=base)
    reading = take(corpus(**{"a.txt": text, "a.ann": ann}), annotator="Ana")
    assert reading.problems == ()
    assert words(reading, "Source") == [("Anna",), ("Ben",)]
    assert reading.records[0].article.text == TEXT


def test_inclusive_ends_are_found_out(corpus):
    lines = ""
    for number, quote in enumerate(("Anna", "said", "Ben"), start=1):
        start = TEXT.index(quote)
        lines += f"T{number}\tSource {start} {start + len(quote) - 1}\t{quote}\n"
    reading = take(corpus(**{"a.txt": TEXT, "a.ann": lines}), annotator="Ana")
    assert words(reading, "Source") == [("Anna",), ("said",), ("Ben",)]
    assert "with the end included" in reading.told[0]


@given(projects())
def test_what_brats_own_reader_demands_is_kept(values):
    """By server/src/annotation.py: ids, one line a fragment, the quote, fragments in order and apart, both files."""
    project, records = values
    writer = WRITERS["brat"]
    files = {
        file.name: b"".join(file.parts).decode()
        for file in writer.write(project, Fitted(writer, project, records, Options()), Options())
    }
    assert {"annotation.conf", "visual.conf", "annotator.json"} <= files.keys()
    for name, content in files.items():
        if not name.endswith(".ann"):
            continue
        text = files[f"{name[:-4]}.txt"]
        lines = codecs.StreamReader.readlines(codecs.getreader("utf-8")(io.BytesIO(content.encode())))
        ids = [each.partition("\t")[0] for each in lines]
        assert len(set(ids)) == len(ids)
        for each in lines:
            assert re.match(r"(T|E|R|A|#)\d+\t[^\t\n]+(\t[^\n]*)?\n\Z", each), each
            if each.startswith("T"):
                _, data, quote = each.rstrip("\n").split("\t", 2)
                label, _, places = data.partition(" ")
                assert re.fullmatch("[A-Za-z0-9_-]+", label)
                pairs = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                assert pairs == sorted(pairs)
                assert all(one[1] <= other[0] for one, other in pairwise(pairs))
                assert " ".join(text[start:end] for start, end in pairs) == quote
                assert "\n" not in quote
            if each.startswith("E"):
                roles = [part.partition(":")[0] for part in each.split("\t")[1].split()]
                assert len(set(roles)) == len(roles)


def test_labels_that_brat_cannot_spell_come_back(tmp_path):
    label = Label("behauptung: größer!", "Größe", "", "#1f8ef1")
    twin = Label("behauptung größer", "Größe", "", "#1f8ef1")
    book = replace(BOOK, labels=(*BOOK.labels, label, twin))
    article = Article("x", "Title", TEXT)
    made = tuple(
        Annotation(each.id, "x", "p", each.id, Span.of((0, 4)), made_at="t", changed_at="t") for each in (label, twin)
    )
    project = ProjectRecord("", "P", (Annotator("p", "Ana"),), (book,))
    record = ArticleRecord(article, made, (), (StateRecord("p", "done", "t"),))
    give("brat", project, [record], tmp_path / "out", options=Options())
    reading = take(tmp_path / "out")
    assert {each.label for each in reading.records[0].annotations} == {label.id, twin.id}
    assert reading.project.codebooks[-1].label(label.id).name == "Größe"


def test_no_role_s_word_ends_in_a_digit_for_brat_numbers_roles():
    words = _role_words(["a b71100%=", "content2", "content2_", "source", "9"])
    assert not any(word[-1].isdigit() for word in words.values())
    assert len(set(words.values())) == len(words)
    assert words["source"] == "source"

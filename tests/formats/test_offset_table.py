"""Any table with offsets: columns by name or as one says, whatever the offsets count."""

import csv
import json

import pytest
import xlsxwriter

from annotator.formats.format import Taking, Unit
from annotator.formats.offset_table import guess, preview
from annotator.formats.registry import READERS, recognise
from annotator.project import Project

TEXT = "Anna said 📰 it rained.\n\nBen denied it."
QUOTES = ("Anna", "it rained", "Ben denied it")


@pytest.fixture
def table(tmp_path):
    """A function that writes rows (dictionaries) as a table and returns its path."""

    def write(rows, name="spans.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def rows(*, end=0, first=0, size=len, **more):
    found = []
    for quote in QUOTES:
        start = TEXT.index(quote)
        places = size(TEXT[:start]), size(TEXT[: start + len(quote)])
        found.append(
            {"text": TEXT, "start": places[0] + first, "end": places[1] + first - end, "label": "Claim", **more}
        )
    return found


def read(path, **taking):
    return READERS["table"].read(path, Taking(annotator="Ana", **taking))


def covered(reading):
    assert reading.problems == ()
    return tuple(each.span.covered(TEXT)[0] for record in reading.records for each in record.annotations)


@pytest.mark.parametrize(
    ("made", "taking"),
    [
        ({}, {}),
        ({"end": 1}, {"given": {"end-is": "included"}}),
        ({"first": 1}, {"given": {"first": "1"}}),
        ({"size": lambda text: len(text.encode())}, {"unit": Unit.BYTES}),
        ({"size": lambda text: len(text.encode("utf-16-le")) // 2}, {"unit": Unit.UTF16}),
    ],
)
def test_offsets_count_as_one_says(table, made, taking):
    assert covered(read(table(rows(**made)), **taking)) == QUOTES
    shown = preview(table(rows(**made)), Taking(**taking))
    assert tuple(each.covered for each in shown.samples) == QUOTES
    assert shown.samples[1].before == "Anna said 📰 "


@pytest.mark.parametrize("made", [{"end": 1}, {"first": 1}, {"size": lambda text: len(text.encode())}])
def test_quotes_tell_how_offsets_count(table, made):
    found = [{**row, "quote": quote} for row, quote in zip(rows(**made), QUOTES, strict=True)]
    reading = read(table(found))
    assert covered(reading) == QUOTES
    assert len(reading.told) == 1


def test_tokens_and_paragraphs(table):
    found = [{"text": TEXT, "start": 3, "end": 5, "label": "Claim"}]
    assert covered(read(table(found), given={"unit": "tokens"})) == ("it rained.",)
    found = [{"text": TEXT, "start": 3, "end": 4, "label": "Claim"}]
    assert covered(read(table(found), given={"unit": "tokens", "end-is": "included"})) == ("it rained.",)
    found = [{"text": TEXT, "para": 1, "start": 4, "end": 10, "label": "Claim"}]
    assert covered(read(table(found))) == ("denied",)


def test_lists_of_pairs_other_names_and_a_folder_of_texts(table, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8")
    found = [{"Novel": "a", "quoteByteSpans": "[[0, 4], [15, 24]]", "speaker": "Anna"}]
    given = {"article": "Novel", "texts": str(tmp_path / "texts"), "label-is": "Quote", "attributes": "speaker"}
    reading = read(table(found), unit=Unit.BYTES, given=given)
    (record,) = reading.records
    (annotation,) = record.annotations
    assert annotation.span.covered(TEXT) == ("Anna", "it rained")
    assert annotation.attributes == (("speaker", "Anna"),)


def test_the_text_may_be_an_article_of_the_project(table, tmp_path):
    path = table([{"document": "Rain", "begin": 0, "end": 4, "type": "claim", "coder": "Zoe"}])
    with Project.create(tmp_path / "p") as project:
        project.add_text(TEXT, "Rain")
        assert recognise(path) == "table"
        report = project.import_(path)
        assert (report.problems, report.articles, report.annotations) == ((), 0, 1)
        (annotation,) = project.annotations(annotator="Zoe")
        assert annotation.span.covered(TEXT) == ("Anna",)


def test_what_is_missing_is_told(table, tmp_path):
    assert "Say which columns" in str(read(table([{"a": 1, "b": 2}])).problems[0])
    assert "no text for “x”" in str(read(table([{"document": "x", "start": 0, "end": 4, "label": "C"}])).problems[0])
    reading = read(table([*rows(), {"text": TEXT, "start": "", "end": 4, "label": "C"}]))
    assert [problem.line for problem in reading.problems][-1:] != []
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows()))
    assert covered(READERS["table"].read(tmp_path / "in.jsonl", Taking(annotator="Ana"))) == QUOTES


def test_usual_names_are_known():
    columns = guess(["doc_id", "Start Offset", "endOffset", "Tag", "Coder"], {"note": "memo"})
    assert (columns.article, columns.start, columns.end) == ("doc_id", "Start Offset", "endOffset")
    assert (columns.label, columns.annotator, columns.note) == ("Tag", "Coder", "memo")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({}, ""),
        ({"end": 1}, "code points, with the end included"),
        ({"first": 1}, "code points, from 1"),
        ({"size": lambda text: len(text.encode())}, "bytes"),
    ],
)
def test_a_preview_says_how_many_quotes_fit_and_in_which_way_more_would(table, made, words):
    found = [{**row, "quote": quote} for row, quote in zip(rows(**made), QUOTES, strict=True)]
    shown = preview(table(found), Taking())
    assert shown.quoted == len(QUOTES)
    assert (shown.fitting == len(QUOTES)) is (not words)
    assert (str(shown.proposed) if shown.proposed else "") == words
    assert all(each.is_right for each in shown.samples) is (not words)
    assert shown.examples[shown.names.index("quote")] == QUOTES[0]
    if words:
        assert shown.proposed_fitting == len(QUOTES)


def test_of_a_workbook_the_sheet_that_is_wanted_is_read_else_the_first_with_rows(tmp_path):
    path = tmp_path / "spans.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("empty")
        for name, found in (("claims", rows()[:1]), ("more", rows()[1:])):
            sheet = book.add_worksheet(name)
            for place, column in enumerate(found[0], start=1):  # not in the first column, as people leave it free
                sheet.write(0, place, column)
                for number, row in enumerate(found, start=1):
                    sheet.write(number, place, row[column])
    assert covered(read(path)) == QUOTES[:1]
    assert covered(read(path, given={"sheet": "more"})) == QUOTES[1:]
    looked = preview(path, Taking(annotator="Ana", given={"sheet": "more"}))
    assert (looked.sheet, looked.sheets) == ("more", ("claims", "more"))
    (problem,) = read(path, given={"sheet": "other"}).problems
    assert str(problem).endswith("The workbook has no sheet “other”. It has “claims”, “more”.")

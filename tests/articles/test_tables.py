"""Tables become articles, a row each, whatever they were written with; hostile ones cost a sentence."""

import csv
import datetime as dt
import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from annotator.articles.compound import Compound, CompoundError
from annotator.articles.delimited import sniff_delimiter
from annotator.articles.read import draft, preview_table, read_source
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.source import LIMITS, Source, UnreadableError
from annotator.model.article import BlockKind

PERSIAN = "وزیر می‌گوید که بندر بسته نیست."
TEXT = "The harbour was open on Friday according to the minister."


def read(name: str, content: str | bytes, columns: Mapping[str, str] | None = None, **limits: int) -> Reading:
    data = content if isinstance(content, bytes) else content.encode()
    return read_source(Source(name, content=data, limits=replace(LIMITS, **limits), columns=columns))


def known(article: NewArticle) -> dict[str, str]:
    return {datum.key: datum.value for datum in article.metadata}


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
    return file.getvalue()


def ods(rows: str) -> bytes:
    names = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet><table:table table:name="S">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def ods_row(*cells: str, attributes: str = "") -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string" {attributes}>'
        + "".join(f"<text:p>{line}</text:p>" for line in cell.split("\n"))
        + "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_encodings_are_found_out(encoding: str, delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["Nr", "Überschrift", "Text", "Datum"])
    writer.writerow(
        [
            "1",
            "Minister dementiert",
            "Der Hafen war „offen“; das, sagte er,\nsei alles | mehr nicht. Größe.",
            "19.03.2010",
        ]
    )
    reading = read("a.csv", file.getvalue().encode(encoding))
    (article,) = reading.articles
    assert reading.problems == ()
    assert article.text == (
        "Minister dementiert\n\nDer Hafen war „offen“; das, sagte er,\n\nsei alles | mehr nicht. Größe."
    )
    assert article.title == "Minister dementiert"
    assert known(article) == {"database id": "1", "date published": "2010-03-19"}
    assert article.provenance.source == "a.csv, line 2"
    assert article.language == "de"


def test_an_encoding_that_shows_itself_late() -> None:
    # Past the first megabyte.
    plain = "text\n" + f"{TEXT * 100}\n" * 200
    (*_, last) = read("a.csv", plain.encode() + "Das Café war offen, sagte er über alles.\n".encode("cp1252")).articles
    assert last.text == "Das Café war offen, sagte er über alles."
    assert last.provenance.encoding == "Windows-1252 (guessed)"


def test_a_table_without_header_has_its_longest_column_read() -> None:
    reading = read("a.csv", f"1,http://example.org/1,{TEXT * 3}\n2,http://example.org/2,{TEXT * 4}\n")
    assert [article.text for article in reading.articles] == [TEXT * 3, TEXT * 4]
    assert known(reading.articles[0])["column 2"] == "http://example.org/1"


def test_rows_without_text_are_counted_and_rows_too_long_keep_their_cells() -> None:
    reading = read("a.csv", f"id,text\n1,\n2,{TEXT},more\n3,  \n")
    (article,) = reading.articles
    assert known(article) == {"database id": "2", "column 3": "more"}
    assert [(each.line, each.message) for each in reading.problems] == [
        (2, "2 rows have no text and were left out; this is the first.")
    ]


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    reading = read("a.csv", f'id,text\n1,{TEXT}\n2,"open ' + "x" * 2000 + "\n" * 10, largest=1000)
    assert len(reading.articles) == 1
    assert reading.problems[0].line == 3
    assert "quotation mark" in reading.problems[0].message


def test_columns_that_are_given_are_taken_as_they_are() -> None:
    table = f"a,b,c,d\nTitle,{TEXT},2010,secret\n"
    (article,) = read("a.csv", table, {"a": "headline", "b": "text", "c": "story", "d": ""}).articles
    assert article.title == "Title"
    assert known(article) == {"story": "2010"}
    with pytest.raises(UnreadableError, match="Its columns are “a”, “b”, “c”, “d”"):
        read("a.csv", table, {"x": "text"})


def test_the_preview_shows_rows_and_the_proposal(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Titre,Texte,Humeur\nUn,{TEXT},bon\n", encoding="utf-8")
    shown = preview_table(path)
    assert shown is not None
    assert shown.names == ("Titre", "Texte", "Humeur")
    assert shown.rows == (("Un", TEXT, "bon"),)
    assert dict(shown.columns) == {"Titre": "headline", "Texte": "text", "Humeur": "humeur"}
    result = draft([path], {}, columns={"Titre": "", "Texte": "text", "Humeur": "mood"})
    assert known(result.articles[0]) == {"mood": "bon"}
    other = tmp_path / "a.txt"
    other.write_text(TEXT)
    assert preview_table(other) is None


def test_cells_with_markup_are_read_as_pages() -> None:
    (article,) = read("a.json", json.dumps([{"content": f"<p>{TEXT}</p><p>Really &amp; truly.</p>"}])).articles
    assert article.text == f"{TEXT}\n\nReally & truly."


def test_dates_are_read_by_the_order_that_the_column_shows() -> None:
    table = f"text,date\n{TEXT} 1,03/04/2010\n{TEXT} 2,31/12/2010\n{TEXT} 3,1268956800\n{TEXT} 4,soon\n"
    dates = [
        next(each for each in article.metadata if each.key == "date published")
        for article in read("a.csv", table).articles
    ]
    assert [(date.value, date.original) for date in dates] == [
        ("2010-04-03", "03/04/2010"),
        ("2010-12-31", "31/12/2010"),
        ("2010-03-19", "1268956800"),
        ("", "soon"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        [{"title": "T", "text": TEXT}],
        {"status": "ok", "articles": [{"title": "T", "text": TEXT}]},
        {"articles": [{"title": "T", "text": TEXT}], "status": {"code": 1}},
        {"title": ["T", "U"], "text": [TEXT, ""]},
        {"title": {"0": "T", "1": "U"}, "text": {"0": TEXT, "1": None}},
        {"x1": {"title": "T", "text": TEXT}, "x2": {"title": "U", "text": " "}},
        {"title": "T", "text": TEXT},
        [{"data": {"title": "T", "text": TEXT}}],
    ],
)
def test_json_in_the_shapes_that_programs_write(content: object) -> None:
    for text in (
        json.dumps(content),
        json.dumps(content, indent=2),
        "\ufeff" + json.dumps(content, ensure_ascii=False),
    ):
        (article,) = read("a.json", text).articles
        assert (article.title, article.text) == ("T", f"T\n\n{TEXT}")


def test_json_lines_tell_the_lines_that_are_none() -> None:
    lines = [
        json.dumps({"text": f"{TEXT} {PERSIAN}", "authors": ["A B", "C D"]}),
        "broken",
        "",
        "[1]",
        json.dumps({"text": TEXT}),
    ]
    reading = read("a.jsonl", "\n".join(lines))
    assert [article.text for article in reading.articles] == [f"{TEXT} {PERSIAN}", TEXT]
    assert known(reading.articles[0])["byline"] == "A B; C D"
    assert [each.line for each in reading.problems] == [2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[" * 100_000, "nests deeper"),
        ('[{"text":', "no sound JSON"),
        ('{"a": 1}', "No column of this table"),
        ("[]", "no rows"),
        ('[{"text": "x", "n": ' + "9" * 10_000 + "}]", "a number is too long"),
    ],
)
def test_json_that_is_none_says_so(content: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read("a.json", content)


def test_what_comes_before_the_break_in_json_is_kept() -> None:
    reading = read("a.json", json.dumps([{"text": TEXT}] * 3)[:-20])
    assert len(reading.articles) == 2
    assert "From item 3 on" in reading.problems[0].message


def test_workbooks_give_dates_numbers_and_all_their_sheets() -> None:
    content = workbook(
        [["Text", "Fecha", "Nr", "Quote"], [PERSIAN, dt.date(2010, 3, 4), 5, "=1+1"], [], [TEXT, "", 6.5, True]],
        [["notes"], ["nothing"]],
        [],
        [["Title", "Content"], ["T", TEXT]],
    )
    reading = read("a.xlsx", content)
    assert [article.text for article in reading.articles] == [PERSIAN, TEXT, f"T\n\n{TEXT}"]
    assert known(reading.articles[0]) == {"date published": "2010-03-04", "database id": "5", "quote": "=1+1"}
    assert known(reading.articles[1])["database id"] == "6.5"
    assert reading.articles[1].provenance.source == "a.xlsx, row 4"
    assert [each.message[:30] for each in reading.problems] == ["The sheet “Sheet2” was left out"[:30]]


def test_a_long_sheet_without_texts_stands_before_the_one_with_them() -> None:
    content = workbook([["n", "m"], *([number, "x"] for number in range(500))], [["text"], [TEXT]])
    reading = read("a.xlsx", content)
    assert [article.text for article in reading.articles] == [TEXT]
    assert len(reading.problems) == 1


def test_opendocument_tables_keep_joiners_and_lines() -> None:
    (article,) = read("a.ods", ods(ods_row("title", "text") + ods_row("عنوان", f"{PERSIAN}\n{TEXT}"))).articles
    assert article.text == f"عنوان\n\n{PERSIAN}\n\n{TEXT}"


FAR = '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ods", ods(FAR.format(rows=1_000_000, columns=1_000))),
        ("a.ods", ods(ods_row("a") + FAR.format(rows=1, columns=1) * 3 + FAR.format(rows=1_048_000, columns=100))),
        ("a.xlsx", "far"),
        ("a.xls", "far"),
    ],
)
def test_cells_that_lie_far_apart_are_refused(name: str, content: bytes | str) -> None:
    if content == "far":
        content = far_workbook() if name.endswith("xlsx") else old_workbook(65_535, 60_000)
    with pytest.raises(UnreadableError, match="too far apart"):
        read(name, content)


def far_workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "text")
        sheet.write("XFD1048576", "x")
    return file.getvalue()


def old_workbook(row: int, column: int) -> bytes:
    """Return a compound file with a sheet of two cells."""
    cells = b"".join(struct.pack("<HHHHHd", 0x203, 14, each, other, 0, 1.0) for each, other in ((0, 0), (row, column)))
    book = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0) + cells
    book += bytes(4096 - len(book))
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    directory = b""
    for name, kind, start, size in (("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(book))):
        coded = (name + "\0").encode("utf-16-le")
        directory += coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(coded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF
        )
        directory = directory.ljust(len(directory) + 36, b"\0") + struct.pack("<IQ", start, size)
    return bytes(header) + sectors + directory.ljust(512, b"\0") + book


@given(st.binary(max_size=3000))
def test_no_compound_file_does_harm(data: bytes) -> None:
    whole = bytearray(old_workbook(1, 1))
    whole[30 : 30 + len(data[:600])] = data[:600]
    with suppress(CompoundError):
        Compound(bytes(whole)).stream("Workbook")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", workbook([["text"], [TEXT]])[:-300], "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        ("a.xls", old_workbook(3, 3), "no sheets with rows"),
        ("a.csv", "a,b\n1,2\n", "No column of this table"),
        ("a.csv", "text,title\n", "no rows"),
        ("a.csv", "\n\n\n", "no rows"),
        ("a.xlsx", workbook([]), "no sheets with rows"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read(name, content)


def test_a_bomb_in_a_workbook_is_not_unpacked() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["text"], [TEXT]]))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            new.writestr(each, old.read(each) + (b" " * 50_000_000 if each.endswith("sheet1.xml") else b""))
    with pytest.raises(UnreadableError, match="times its size"):
        read("a.xlsx", file.getvalue())


def test_a_table_of_very_many_rows_gives_the_first() -> None:
    reading = read("a.csv", "text\n" + "".join(f"{TEXT} {number}\n" for number in range(500)), articles=100)
    assert len(reading.articles) == 100
    assert "the first 100 articles were taken" in reading.problems[-1].message


def test_parquet_is_read_or_said_to_need_a_library() -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        with pytest.raises(UnreadableError, match="where pyarrow is installed"):
            read("a.parquet", b"PAR1....")
        return
    file = io.BytesIO()
    parquet.write_table(pa.table({"text": [TEXT, PERSIAN], "date": [dt.date(2010, 3, 4), None]}), file)
    first, second = read("a.parquet", file.getvalue()).articles
    assert (first.text, known(first), second.text) == (TEXT, {"date published": "2010-03-04"}, PERSIAN)
    with pytest.raises(UnreadableError, match="damaged"):
        read("a.parquet", b"PAR1....")
    spoiled = io.BytesIO()
    parquet.write_table(pa.table({"text": pa.array([TEXT.encode(), b"\x9f"]).view(pa.string())}), spoiled)
    with pytest.raises(UnreadableError, match="damaged"):
        read("a.parquet", spoiled.getvalue())


@given(st.text(max_size=200))
def test_any_first_lines_have_a_delimiter(sample: str) -> None:
    assert sniff_delimiter(sample) in ",;\t|\x1f"


def test_subheads_are_marked_and_a_headline_is_not_said_twice() -> None:
    table = [{"title": "T i t l e", "subtitle": "Below it", "text": f"T i t l e\n\nBelow it\n\n{TEXT}"}]
    (article,) = read("a.json", json.dumps(table)).articles
    assert article.text == f"T i t l e\n\nBelow it\n\n{TEXT}"
    (other,) = read("a.json", json.dumps([table[0] | {"text": TEXT}])).articles
    assert [block.kind for block in other.blocks] == [BlockKind.HEADLINE, BlockKind.SUBHEAD]


def test_a_table_of_one_column_may_have_commas_in_its_words() -> None:
    reading = read("a.csv", 'text\nWell, it was open, he said.\n"No, ""never""."\n')
    assert [article.text for article in reading.articles] == ["Well, it was open, he said.", 'No, "never".']

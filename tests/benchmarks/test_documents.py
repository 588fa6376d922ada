"""Reading large files: seconds and peak memory, each in a process of its own."""

import io
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.articles import nexis_file
from tests.articles.pdf import Line, write_pdf
from tests.benchmarks import corpus

_ROOT = Path(__file__).parents[2]
_READ = """
import sys, time
from pathlib import Path
from annotator.articles.read import draft
start = time.perf_counter()
result = draft([Path(sys.argv[1])], {})
seconds = time.perf_counter() - start
def peak():
    # Not getrusage: that counts the process that this one was forked from.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
print(f"{seconds:.1f} s, peak {peak()} MB, "
      f"{len(result.articles):,} articles of {sum(len(each.text) for each in result.articles):,} characters, "
      f"{len(result.problems)} problems")
"""


def nexis(write: Callable[[list[str]], bytes]) -> bytes:
    lines = nexis_file.paragraphs(0, counted=100)
    body = textwrap.wrap(corpus.text(corpus.random.Random(1), corpus.vocabulary(corpus.random.Random(2)), 4_000), 400)
    for number in range(1, 101):
        lines += nexis_file.paragraphs_of_article(number, body=body)
    return write(lines)


def pdf(pages: int) -> bytes:
    dice = corpus.random.Random(3)
    words = corpus.vocabulary(dice)
    shown = []
    for number in range(pages):
        content = [line for part in corpus.text(dice, words, 2_800).split("\n") for line in textwrap.wrap(part, 70)]
        ascii_lines = [line.encode("ascii", "ignore").decode() for line in content[:50]]
        shown.append(
            [
                Line(72, 810, "The Example Times", 8),
                *(Line(72, 780 - 14 * row, line) for row, line in enumerate(ascii_lines)),
                Line(290, 30, str(number + 1), 8),
            ]
        )
    return write_pdf(shown)


def write_table(path: Path, rows: int) -> None:
    dice = corpus.random.Random(4)
    words = corpus.vocabulary(dice)
    with path.open("w", encoding="utf-8") as file:
        file.write("id,title,date,text\n")
        for number in range(rows):
            text = " ".join(dice.choices(words, k=80))
            file.write(f'{number},Title {number},2010-03-{number % 28 + 1:02},"{text.capitalize()}."\n')


def workbook(rows: int) -> bytes:
    dice = corpus.random.Random(6)
    words = corpus.vocabulary(dice)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "title", "text"])
        for number in range(1, rows + 1):
            sheet.write_row(number, 0, [number, f"Title {number}", " ".join(dice.choices(words, k=80))])
    return file.getvalue()


def hostile_form() -> bytes:
    from tests.articles.pdf import assemble, stream  # noqa: PLC0415 - for this one alone

    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 11>>stream\n/A Do /A Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(b"/A Do"), form]
    return assemble(tree)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("what", "name", "make"),
    [
        ("Nexis, 100 articles, DOCX", "nexis.docx", lambda: nexis(nexis_file.as_docx)),
        ("Nexis, 100 articles, RTF", "nexis.rtf", lambda: nexis(nexis_file.as_rtf)),
        ("PDF, 500 pages", "book.pdf", lambda: pdf(500)),
        ("PDF, a form that draws itself", "loop.pdf", hostile_form),
        ("XLSX, 20,000 rows", "table.xlsx", lambda: workbook(20_000)),
        ("CSV, 10,000 rows", "small.csv", 10_000),
        ("CSV, 1,000,000 rows", "large.csv", 1_000_000),
    ],
)
def test_reading(tmp_path, facts, what, name, make):
    path = tmp_path / name
    if isinstance(make, int):
        write_table(path, make)
    else:
        path.write_bytes(make())
    size = path.stat().st_size / 1_000_000
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True, cwd=_ROOT, timeout=1100
    )
    facts[f"{what} ({size:.1f} MB)"] = done.stdout.strip()

"""Spoiled files for every reader: no crash, no hang, no flood of memory, nothing fetched, written elsewhere or run.

The proof is ``python -m pytest tests/durability/test_fuzz.py --fuzz 20000``. A case that failed is done again with
``--fuzz-first NUMBER --fuzz 1``, and ``--fuzz-only spacy`` takes no other files than those with that in their name.
"""

import json
import os
import random
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.codebook_file import write_codebook
from annotator.project.formats import formats
from tests.articles import database_files, nexis_file, pages, pdf
from tests.articles.test_collections import archive, book, message
from tests.articles.test_documents import odt, rtf
from tests.articles.test_hostile import zipped
from tests.benchmarks import corpus
from tests.project.copies.team import Worker

pytest.importorskip("resource", reason="Windows sets no limits to a process")
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
"""How long one file may take: much longer than any does, on a machine that does many other things."""
MEGABYTES = 2_000


def _articles():
    html = pages.page().encode()
    yield "html", html
    yield "docx", nexis_file.as_docx(nexis_file.paragraphs(2))
    yield "rtf", nexis_file.as_rtf(nexis_file.paragraphs(2))
    yield "html", database_files.factiva_html(2).encode()
    yield "rtf", database_files.factiva_rtf(2)
    yield "txt", database_files.proquest_text(2).encode()
    yield "pdf", pdf.write_pdf([[pdf.Line(72, 700, "Words were said on Monday."), pdf.Line(72, 680, "More words.")]])
    yield "epub", book("<p>Words of a chapter were said.</p>", "<p>More words.</p>")
    yield "warc.gz", archive(("https://c.example/1", "200 OK", "text/html", html))
    yield "warc", archive(("https://c.example/1", "200 OK", "text/html", html), packed=False)
    yield "eml", message("Words were said on Monday.").as_bytes()
    yield "odt", odt("<text:p>Words were said.</text:p>")
    yield "rtf", rtf("Words were said. \\u8220?\\par More.")
    yield "csv", "title;text;date\nA;“Words” were said.;2024-03-01\nB;More words were said.;1.4.2024\n".encode()
    yield "jsonl", b'{"title": "A", "text": "Words were said."}\n{"title": "B", "text": "More words."}\n'
    yield "json", b'[{"title": "A", "text": "Words were said.", "tags": ["a", {"b": 1}]}]'
    yield "zip", zipped(**{"a.txt": "Words were said.", "b.html": html, "c/d.csv": "text\nWords\n"})
    yield (
        "rss",
        b"<rss><channel><title>C</title><item><title>T</title><description>Words.</description></item></channel></rss>",
    )
    yield "txt", "Words were said.\n\n“More,” she said. 📰 می‌گوید\n".encode()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """A folder of sound files: articles of every kind, the same project in every format, codebooks, a project."""
    root = tmp_path_factory.mktemp("fuzz")
    folder = root / "seeds"
    folder.mkdir()
    for number, (suffix, content) in enumerate(_articles()):
        (folder / f"articles.{number:02}.{suffix}").write_bytes(content)
    path = corpus.build(root / "p.annotator", corpus.Size(2, 700, 8))
    with Project.open(path) as project:
        Worker(project, "Ana", random.Random(3), together=True).work(60)
        for each in formats():
            if each.is_written and not each.lacks:
                try:
                    project.export(folder / f"{each.name}.x{each.suffix}", each.name)
                except AnnotatorError as error:
                    pytest.fail(str(error))
        write_codebook(project.codebook, folder / "codebook.a.json")
        write_codebook(project.codebook, folder / "codebook.b.qdc")
        shutil.copyfile(folder / "xlsx.x.xlsx", folder / "articles.20.xlsx")
        for number, table in enumerate(folder.rglob("*.parquet"), start=21):  # where pyarrow is installed
            shutil.copyfile(table, folder / f"articles.{number}.parquet")
        project.save_copy(folder / "project.annotator")
    return root


class Run:
    """The cases from one number to another, in processes that are begun anew after one that died or hung."""

    def __init__(self, root: Path, only: str = "") -> None:
        self.root = root
        self.only = only
        self.faults: list[str] = []
        self.files: set[str] = set()
        self.longest = self.peak = 0.0
        self.slowest = ""

    def go(self, first: int, count: int) -> None:
        """Do them all."""
        end = first + count
        while first < end:
            first = self._some(first, end)

    def _some(self, first: int, end: int) -> int:
        """Do them until a process ends, and return the number of the next."""
        command = [
            sys.executable,
            "-m",
            "tests.durability.fuzzing",
            str(self.root),
            str(first),
            str(end - first),
            self.only,
        ]
        paths = filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        number, name = first, ""
        said = self.root / "complaints"
        with (
            said.open("wb") as complaints,
            subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=complaints, cwd=ROOT, bufsize=0
            ) as process,
        ):
            while True:
                line = self._line(process)
                if line is None:
                    process.kill()
                    self.faults.append(f"{number} {name}: no answer after {SECONDS} seconds")
                    return number + 1
                if not line:
                    break
                told = json.loads(line)
                if "begin" in told:
                    number, name = told["begin"], told["file"]
                    self.files.add(name)
                    continue
                if told["seconds"] > self.longest:
                    self.longest, self.slowest = told["seconds"], f"{number} {name}"
                self.peak = max(self.peak, told["peak"])
                what = [told["fault"], *told["seen"]] if told["fault"] else told["seen"]
                self.faults += [f"{number} {name}: {each}" for each in what]
                if told["peak"] > MEGABYTES:
                    self.faults.append(f"{number} {name}: {told['peak']} MB")
                    process.kill()
                    return number + 1
                number += 1
        complaint = said.read_text("utf-8", "replace")[-600:]
        if complaint and not process.returncode:
            self.faults.append(f"{first} to {end}: a reader spoke to the terminal: {complaint}")
        if process.returncode:
            self.faults.append(f"{number} {name}: the process ended with {process.returncode}: {complaint}")
            return number + 1
        return end

    @staticmethod
    def _line(process) -> bytes | None:
        until = time.monotonic() + SECONDS
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))
        return process.stdout.readline() if ready else None


@pytest.mark.timeout(0)
def test_spoiled_files(seeds, budget, seen):
    count, first = budget("--fuzz"), budget("--fuzz-first")
    first = random.SystemRandom().randrange(10**9) if first < 0 else first
    run = Run(seeds, budget("--fuzz-only"))
    run.go(first, count)
    seen["spoiled files read"] += count
    seen["kinds of files they were made of"] += len(run.files)
    seen[f"milliseconds that the longest took ({run.slowest})"] = round(run.longest * 1000)
    seen["megabytes of memory at the most"] = round(run.peak)
    assert not run.faults, "\n".join(run.faults)

"""The program speaks to no other machine, and what it writes about itself holds no word of an article."""

import pytest

from annotator.project import Project
from annotator.project.report_html import as_html
from annotator.ui.faults import details, faults_folder, keep_fault

_SESSION = """
import sys

def guard(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname", "socket.__new__", "socket.bind"):
        sys.stderr.write(f"{event} {arguments!r}\\n")
        sys.stderr.flush()

sys.addaudithook(guard)
import webbrowser
from pathlib import Path
from PySide6.QtCore import Qt
from annotator.cli.command import run
from annotator.project import Project
from annotator.project.report_html import as_html
from tests.ui.hand import Hand, open_window

project, folder = Path(sys.argv[1]), Path(sys.argv[2])
page = folder / "page.html"
page.write_text(
    '<html><head><link rel="stylesheet" href="http://news.example/a.css"><base href="http://news.example/">'
    '<script src="http://news.example/a.js"></script></head><body><article><h1>Rain</h1><img src="http://news.example/a.png">'
    '<iframe src="http://news.example/"></iframe>' + "<p>It rained in the north on Tuesday, the mayor said.</p>" * 9
    + "</article></body></html>"
)
xml = '<!DOCTYPE rss SYSTEM "http://news.example/x.dtd"><rss><channel><item><title>T</title></item></channel></rss>'
(folder / "feed.rss").write_text(xml)
for words in (
    ["add", project, page, folder / "feed.rss"], ["info", project], ["check", project],
    ["export", project, folder / "out.jsonl"], ["agreement", project, "--out", folder / "report.html"],
    ["backups", project, "--make"], ["export", project, folder / "brat", "--format", "brat"],
):
    run([str(each) for each in words])
hand = Hand(open_window(project, folder))
for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_1):
    hand.press(key, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
hand.select(0, 8)
hand.press(Qt.Key.Key_C)
hand.settle()
hand.close()
print(len(Project.open(project, read_only=True).annotations()), flush=True)
"""


@pytest.mark.timeout(300)
def test_a_whole_session_opens_no_connection(start, study, tmp_path):
    before = 1
    process = start(_SESSION, study, tmp_path, env={"PYTHONWARNINGS": None})
    out, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    assert "socket" not in errors
    assert int(out.split()[-1]) == before + 1


SECRET = "the words of an article"


def refuse(text):
    raise ValueError(f"cannot read “{text}”")


def fail():
    text = SECRET
    try:
        refuse(text)
    except ValueError as error:
        raise KeyError(text) from error


def test_a_fault_report_names_the_place_and_holds_no_text(tmp_path, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path))
    try:
        fail()
    except KeyError as error:
        told = details(type(error), error, error.__traceback__)
    assert SECRET not in told
    assert "KeyError" in told
    assert "ValueError" in told
    assert "in fail" in told
    for _ in range(25):
        keep_fault(told)
    kept = list(faults_folder().iterdir())
    assert 1 <= len(kept) <= 20
    assert faults_folder().parent == tmp_path
    assert SECRET not in "".join(each.read_text("utf-8") for each in kept)


def test_a_report_escapes_what_a_project_says(tmp_path):
    evil = "</table><script>alert('x')</script>"
    with Project.create(tmp_path / "p", annotator=f"Ana {evil}") as project:
        project.ensure_annotator(f"Ben {evil}")
        project.add_text(f"{evil}\n\nShe said so on Tuesday, and he denied it.\n", f"Title {evil}")
        article = project.articles()[0].id
        for number, each in enumerate(project.annotators()):
            project.annotate(article, "claim", [(40, 50 + 4 * number)], annotator=each.id, note=evil)
        page = as_html(project.agreement())
    assert "<script" not in page
    assert "Ana &lt;/table&gt;" in page or "Ana" not in page

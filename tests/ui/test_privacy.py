"""The program speaks to no other machine, and what it writes about itself holds no word of an article."""

import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from annotator.model.adjudication import Outcome
from annotator.model.article import Metadatum, State
from annotator.project import Project
from annotator.project.feedback_html import feedback_page
from annotator.project.handout import handout
from annotator.project.report_html import as_html
from annotator.ui.faults import details, faults_folder, keep_fault
from annotator.ui.session.work import Worker
from annotator.ui.unexpected import Unexpected

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
from annotator.model.article import State
from annotator.project import Project
from annotator.project.report_html import as_html
from tests.ui.hand import Hand, open_window

project, folder = Path(sys.argv[1]), Path(sys.argv[2])
with Project.open(project) as made:
    for who in made.annotators():
        made.set_state(made.articles()[1].id, who.id, State.DONE)
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
    ["export", project, folder / "out.jsonl"], ["agreement", project, "--bootstrap", "5", "--html", folder / "report.html"],
    ["backups", project, "--make"], ["restore", project, "1"], ["export", project, folder / "brat", "--format", "brat"],
    ["import", project, folder / "out.jsonl"], ["codebook", project, "show", "--html", folder / "book.html"],
    ["decisions", project], ["merge", project, "--dry-run", project.parent / (project.stem + " backups")],
):
    if run([str(each) for each in words]):
        sys.exit(f"{words[0]} failed")
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


def test_a_fault_in_another_thread_is_told_and_quotes_nothing(qtbot, qapp, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path))
    unexpected, worker, told = Unexpected(qapp), Worker(qapp), []
    unexpected.happened.connect(lambda *words: told.append(words))
    unexpected.install()
    try:
        with qtbot.waitSignal(worker.ended):
            worker.do(lambda *_means: refuse(SECRET))
        qtbot.waitUntil(lambda: bool(told))
    finally:
        unexpected.remove()
        worker.close()
    kept = "".join(each.read_text("utf-8") for each in faults_folder().iterdir())
    said = capsys.readouterr().err
    assert "ValueError" in kept
    assert "ValueError" in said
    assert SECRET not in f"{kept}{said}{told}"


class Fallen:
    """Cannot be taken away."""

    def __del__(self):
        refuse(SECRET)


def test_what_python_cannot_raise_is_told_without_its_words(qapp, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path))
    before, unexpected = sys.unraisablehook, Unexpected(qapp)
    unexpected.install()
    try:
        Fallen()
    finally:
        unexpected.remove()
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "in __del__" in said
    assert SECRET not in said
    assert sys.unraisablehook is before


EVIL = "</table></style><script>alert('x')</script><img src=x onerror=alert(1)>&amp;"


class Tags(HTMLParser):
    """What of a page does something, or fetches something."""

    def __init__(self):
        super().__init__()
        self.active = []

    def handle_starttag(self, tag, attributes):
        fetched = [value or "" for name, value in attributes if name in ("src", "srcset", "href", "action", "data")]
        if tag in ("script", "iframe", "object", "embed", "form", "base", "link") or any(
            name.startswith("on") for name, _ in attributes
        ):
            self.active.append(tag)
        self.active += [each for each in fetched if not each.startswith(("data:image/", "#"))]


def evil_codebook(book):
    labels = tuple(
        replace(
            each,
            name=f"{each.name} {EVIL}",
            description=EVIL,
            examples=(f"⟦{EVIL}⟧",),
            use_when=tuple(replace(clause, text=EVIL) for clause in each.use_when),
        )
        for each in book.labels
    )
    parts = {
        group: tuple(replace(each, name=f"{each.name} {EVIL}", description=EVIL) for each in getattr(book, group))
        for group in ("roles", "relations")
    }
    clauses = tuple(replace(each, text=EVIL) for each in book.clauses)
    values = tuple(
        replace(
            each,
            name=f"{each.name} {EVIL}",
            description=EVIL,
            values=tuple(replace(v, name=f"{v.name} {EVIL}") for v in each.values),
        )
        for each in book.attributes
    )
    return replace(
        book, name=f"Book {EVIL}", description=EVIL, labels=labels, attributes=values, clauses=clauses, **parts
    )


def test_pages_escape_what_a_project_says(tmp_path):
    with Project.create(tmp_path / "p", annotator=f"Ana {EVIL}") as project:
        project.ensure_annotator(f"Ben {EVIL}")
        project.save_codebook(evil_codebook(project.codebook))
        project.add_text(f"{EVIL}\n\nShe said so on Tuesday, and he denied it.\n", f"Title {EVIL}")
        article = project.articles()[0].id
        project.set_metadata(article, [Metadatum("source", EVIL)])
        for number, each in enumerate(project.annotators()):
            project.annotate(article, "claim", [(1, 50 + 14 * number)], annotator=each.id, note=EVIL)
            project.set_state(article, each.id, State.DONE)
        pages = [as_html(project.agreement()), handout(project.codebook)]
        project.decide(project.queue().items[0], Outcome.UNION, by=project.annotators()[0].id, note=EVIL)
        pages.append(feedback_page(project.feedback(project.annotators()[0].id, replicates=0)))
    for page in pages:
        tags = Tags()
        tags.feed(page)
        assert not tags.active
        assert "&lt;script" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "</style><script" not in page

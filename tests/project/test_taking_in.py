"""Labels come in by two halves: what a draft says is what is written, from another thread, while the holder reads."""

import threading

import pytest

from annotator.model.errors import LentProjectError, ReadOnlyError, StoppedError
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.formats import Listen, Taking
from annotator.project.snapshot import Snapshot
from annotator.project.taking_in import commit_import, draft_import

TEXT = "Rain came\n\nIt rained on Monday, the mayor said.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as made:
        made.add_text(TEXT, title="rain")
        made.annotate(made.articles()[0].id, "claim", [(0, 4)], annotator="Ana")
        yield made


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "rain.txt").write_text(TEXT, "utf-8")
    (folder / "rain.ann").write_text("T1\tCue 42 46\tsaid\nT2\tSpeaker 32 41\tthe mayor\n", "utf-8")
    return folder


def draft(project, corpus, mapping=None, **choices):
    snapshot = Snapshot(project.path)
    try:
        return draft_import(snapshot, corpus, "", Taking(**choices), mapping or {})
    finally:
        snapshot.remove()


def commit(project, made, mapping=None, listen=None):
    """Commit in another thread, as the window does."""
    found = []

    def work():
        try:
            found.append(commit_import(made, project.path, mapping or {}, listen or Listen()))
        except StoppedError as error:
            found.append(error)

    project.lend()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if isinstance(found[0], StoppedError):
        project.take_back()
        raise found[0]
    report, changes = found[0]
    project.take_back(changes)
    return report


def test_what_the_draft_says_is_what_is_written(project, corpus):
    made = draft(project, corpus, annotator="Ben")
    assert made.format == "brat"
    assert (made.report.annotations, made.report.articles) == (2, 0)
    assert made.people == (("Ben", 2),)
    assert {(each.word, each.count, each.label) for each in made.labels} == {("Cue", 1, ""), ("Speaker", 1, "")}
    assert [each.name for each in project.annotators()] == ["Ana"]
    notices = []
    project.notify = notices.append
    report = commit(project, made)
    assert (report.annotations, report.known) == (made.report.annotations, made.report.known)
    assert [each.name for each in project.annotators()] == ["Ana", "Ben"]
    article = project.articles()[0].id
    assert [each.span for each in project.annotations(article, "Ben")] == [Span.of((32, 41)), Span.of((42, 46))]
    assert notices[0].articles == {article}
    assert project.check() == []


def test_the_holder_takes_it_back_as_one_step(project, corpus):
    commit(project, draft(project, corpus, annotator="Ben"))
    assert project.undo().title == "Import corpus"
    assert [each.name for each in project.annotators()] == ["Ana"]
    assert project.redo() is not None
    assert len(project.annotations(project.articles()[0].id, "Ben")) == 2


def test_doing_it_twice_adds_nothing(project, corpus):
    commit(project, draft(project, corpus, annotator="Ben"))
    again = draft(project, corpus, annotator="Ben")
    assert (again.report.annotations, again.report.problems) == (0, ())
    assert commit(project, again).annotations == 0
    assert project.undo().title == "Import corpus"
    assert project.undo().title != "Import corpus"


def test_words_are_taken_for_labels_of_the_project(project, corpus):
    made = draft(project, corpus, {"Cue": "attribution", "Nobody": "claim"}, annotator="Ben")
    assert {each.word: each.label for each in made.labels} == {"Cue": "attribution", "Speaker": ""}
    commit(project, made, {"Cue": "attribution", "Nobody": "claim"})
    labels = {each.label for each in project.annotations(project.articles()[0].id, "Ben")}
    assert labels == {"attribution", "Speaker"}


def test_who_is_not_named_is_told(project, corpus):
    made = draft(project, corpus)
    assert made.reading.asks_who
    assert not draft(project, corpus, annotator="Ben").reading.asks_who
    assert (made.report.refused, made.people) == (True, ())


def test_a_lent_project_reads_and_refuses_to_write(project):
    article = project.articles()[0].id
    project.lend()
    assert len(project.annotations(article, "Ana")) == 1
    for write in (lambda: project.annotate(article, "claim", [(5, 9)], annotator="Ana"), project.undo, project.redo):
        with pytest.raises(LentProjectError, match="taking in labels just now"):
            write()
    with pytest.raises(LentProjectError):
        project.lend()
    project.take_back()
    project.annotate(article, "claim", [(5, 9)], annotator="Ana")


def test_the_holder_reads_what_stood_there_until_it_is_whole(project, corpus):
    article = project.articles()[0].id
    seen = []
    with Project.open(project.path, read_only=True) as reader:
        listen = Listen(lambda *_: seen.append(len(reader.annotators())))
        made = draft(project, corpus, annotator="Ben")
        project.lend()
        _, changes = commit_import(made, project.path, {}, listen)
    project.take_back(changes)
    assert set(seen) == {1}
    assert len(project.annotations(article, "Ben")) == 2


def test_a_stopped_import_leaves_nothing(project, corpus):
    made = draft(project, corpus, annotator="Ben")
    with pytest.raises(StoppedError):
        commit(project, made, listen=Listen(cancelled=lambda: True))
    assert [each.name for each in project.annotators()] == ["Ana"]
    assert project.next_undo().title != "Import corpus"
    assert project.check() == []


def test_a_project_for_reading_only_is_never_lent(project):
    with Project.open(project.path, read_only=True) as reader, pytest.raises(ReadOnlyError):
        reader.lend()

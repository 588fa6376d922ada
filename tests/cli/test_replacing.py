"""``annotator replace``: what it says, what it asks, and its report for scripts."""

import json

import pytest

from annotator.project import Project

TEXT = "Minister denies leak\n\nShe never saw the report, she said on Monday. Two aides say she knew of it.\n"
NEW = "Minister denies leak\n\nUpdate of noon. She never saw that report, she said on Monday.\n"


@pytest.fixture
def path(tmp_path):
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        article = project.add_text(TEXT, "The leak").added[0]
        for words in ("never saw the report", "said on Monday", "she knew of it"):
            start = TEXT.index(words)
            project.annotate(article, "claim", [(start, start + len(words))], annotator="Ana")
        (tmp_path / "new.txt").write_text(NEW, encoding="utf-8")
        return project.path


def words_of(path):
    with Project.open(path, read_only=True) as project:
        assert project.check() == []
        return {
            project.article(each.id).title: [
                each.span.covered(project.article(each.article).text)[0] for each in project.annotations(each.id)
            ]
            for each in project.articles()
        }


def test_a_dry_run_lists_and_changes_nothing(do, path, tmp_path):
    before = words_of(path)
    status, out, _ = do("replace", path, "the leak", tmp_path / "new.txt", "--dry-run")
    assert status == 0
    assert "doubtful: claim by Ana “never saw the report” → “never saw that report”" in out
    assert "lost: claim by Ana “she knew of it”" in out
    assert "labels 0 stayed, 1 moved, 1 doubtful, 1 lost" in out
    assert words_of(path) == before


def test_it_refuses_until_everything_is_decided(do, path, tmp_path):
    before = words_of(path)
    for options in ((), ("--doubtful", "accept")):
        status, _, err = do("replace", path, "The leak", tmp_path / "new.txt", *options)
        assert status == 1
        assert "Nothing was replaced" in err
        assert words_of(path) == before


def test_it_replaces_and_reports(do, path, tmp_path):
    options = ("--doubtful", "accept", "--lost", "keep", "--json")
    status, out, err = do("replace", path, "The leak", tmp_path / "new.txt", *options)
    assert status == 0, err
    report = json.loads(out)
    assert report["replaced"] is True
    assert report["counts"]["annotation doubtful"] == 1
    lost = next(each for each in report["items"] if each["fate"] == "lost")
    assert (lost["words"], lost["now"]) == ("she knew of it", None)
    assert words_of(path) == {
        "The leak": ["never saw that report", "said on Monday"],
        "The leak (earlier version)": ["she knew of it"],
    }


def test_the_same_text_and_unknown_articles_are_said(do, path, tmp_path):
    (tmp_path / "same.txt").write_text(TEXT, encoding="utf-8")
    status, out, err = do("replace", path, "The leak", tmp_path / "same.txt")
    assert (status, out) == (0, "“The leak” has this text already. Nothing was changed.\n")
    status, out, err = do("replace", path, "The lake", tmp_path / "same.txt")
    assert status == 1
    assert "no article “The lake”" in err

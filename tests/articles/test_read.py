"""Files, folders and pasted words become articles, duplicates or problems."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.articles.read import (
    LARGEST,
    ArticleDraft,
    NewArticle,
    UnreadableError,
    draft,
    draft_pasted,
    read_file,
)
from annotator.model.article import BlockKind, fingerprint

PERSIAN = "\u0627\u06cc\u0646 \u06cc\u06a9 \u062e\u0628\u0631 \u0627\u0633\u062a \u0648 \u0645\u06cc\u200c\u06af\u0648\u06cc\u062f.\n"
TEXT = "Harbour closed\r\n\r\nThe harbour was closed on Monday, officials said.\r\n"


def write(folder: Path, name: str, content: str | bytes = "Words of an article.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_one(path: Path) -> NewArticle:
    (article,) = read_file(path).articles
    return article


def names(result: ArticleDraft) -> list[str]:
    return [article.provenance.source for article in result.articles]


def messages(result: ArticleDraft) -> dict[str, str]:
    return {Path(problem.where).name: problem.message for problem in result.problems}


def test_a_file_becomes_an_article_that_says_where_it_came_from(tmp_path: Path) -> None:
    path = write(tmp_path, "harbour-closed.txt", TEXT)
    article = read_one(path)
    assert article.text == TEXT.replace("\r\n", "\n")
    assert article.title == "Harbour closed"
    assert article.fingerprint == fingerprint(article.text)
    assert article.direction == "ltr"
    (block,) = article.blocks
    assert (block.kind, article.text[block.start : block.end]) == (BlockKind.HEADLINE, "Harbour closed")
    origin = article.provenance
    assert (origin.source, origin.importer, origin.encoding) == ("harbour-closed.txt", "text", "UTF-8")
    assert origin.source_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert origin.report == ("3 line ends made LF",)


def test_a_persian_file_keeps_its_joiners_and_runs_from_the_right(tmp_path: Path) -> None:
    article = read_one(write(tmp_path, "a.txt", PERSIAN.encode("utf-16")))
    assert article.text == PERSIAN
    assert article.direction == "rtl"
    assert article.provenance.encoding == "UTF-16 (byte order mark)"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("mark.txt", b"\xef\xbb\xbf", "nothing in it but blanks"),
        ("blank.txt", " \n\t\u00a0\r\n", "nothing in it but blanks"),
        ("controls.txt", b"\x00", "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (DOC); save it as DOCX"),
        ("half.docx", b"PK\x03\x04\x14\x00", "damaged"),
        ("unknown.xml", b"<?xml version='1.0'?><corpus>Words</corpus>", "XML file of a kind that is not known"),
        ("noise", bytes(range(256)) * 40, "binary"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_stops_nothing(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    good = write(tmp_path, "good.txt")
    result = draft([write(tmp_path, name, content), good], {})
    assert names(result) == ["good.txt"]
    (problem,) = result.problems
    assert problem.where == str(tmp_path / name)
    assert message in problem.message
    assert problem.message.endswith(".")


def test_what_is_not_there_or_is_no_file_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "file")
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    result = draft([tmp_path / "gone.txt", tmp_path / "file" / "below.txt", Path("a\0b"), loop], {})
    assert result.articles == ()
    assert [problem.message.split(".")[0] for problem in result.problems[:3]] == ["There is no such file"] * 3
    assert "could not be read" in result.problems[3].message
    with pytest.raises(UnreadableError, match="folder"):
        read_one(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    result = draft([tmp_path], {})
    assert "pipe" in messages(result)["pipe.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_what_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt").chmod(0)
    closed = write(tmp_path, "closed/inner.txt").parent
    closed.chmod(0)
    try:
        result = draft([tmp_path, closed / "inner.txt"], {})
    finally:
        closed.chmod(0o700)
    assert set(messages(result)) == {"secret.txt", "closed", "inner.txt"}
    assert "may not read" in messages(result)["secret.txt"]
    assert "cannot be looked into" in messages(result)["closed"]
    assert "may not read" in messages(result)["inner.txt"]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"Words. " * 10_000)
        file.truncate(LARGEST * 10)
    result = draft([path], {})
    assert messages(result)["huge.txt"].startswith("This has 200 MB, and an article may have 20 MB at most. Split it")


def test_a_folder_is_read_in_natural_order_with_its_subfolders(tmp_path: Path) -> None:
    for name in ("a10.txt", "a2.txt", "B1.TXT", "sub/c.md", "sub/deep/d", "sub/e.text", ".hidden.txt", ".git/x.txt"):
        write(tmp_path, name, f"These are the words of {name}.")
    result = draft([tmp_path], {})
    assert names(result) == ["a2.txt", "a10.txt", "B1.TXT", "c.md", "e.text", "d"]
    assert result.problems == ()


def test_files_of_other_kinds_in_a_folder_are_counted_and_one_chosen_itself_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.jpg", b"\xff\xd8\xff")
    story = write(tmp_path, "c.story", "Another article.")
    result = draft([tmp_path], {})
    assert names(result) == ["a.txt"]
    (problem,) = result.problems
    assert problem.where == str(tmp_path)
    assert problem.message.startswith("2 files here are of other kinds (.jpg, .story) and were left out.")
    assert names(draft([story], {})) == ["c.story"]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (problem,) = draft([tmp_path], {}).problems
    assert "no files in this folder that could hold articles" in problem.message


def test_folders_that_link_to_each_other_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt")
    (tmp_path / "one" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "one" / "self").symlink_to(tmp_path / "one", target_is_directory=True)
    result = draft([tmp_path, tmp_path / "one", tmp_path / "one" / "a.txt"], {})
    assert names(result) == ["a.txt"]
    assert result.duplicates == ()
    assert result.problems == ()


def test_the_same_text_is_one_article_whatever_its_bytes(tmp_path: Path) -> None:
    first = write(tmp_path, "first.txt", "Same words\n\u201chere\u201d.")
    second = write(tmp_path, "second.txt", "Same words\r\n\u201chere\u201d.".encode("utf-16"))
    result = draft([first, second], {})
    assert names(result) == ["first.txt"]
    assert [(each.path, each.title) for each in result.duplicates] == [(str(second), "Same words")]


def test_a_text_that_the_project_has_is_a_duplicate(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    article = read_one(path)
    result = draft([path], {article.fingerprint: "Its title there"})
    assert result.articles == ()
    assert [each.title for each in result.duplicates] == ["Its title there"]


def test_drafting_again_what_was_drafted_adds_nothing(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path, f"{number}.txt", f"Article number {number % 15} says so.")
    first = draft([tmp_path], {})
    again = draft([tmp_path], {article.fingerprint: article.title for article in first.articles})
    assert (len(first.articles), len(first.duplicates)) == (15, 5)
    assert (len(again.articles), len(again.duplicates)) == (0, 20)


def test_progress_counts_every_file_and_ends_at_the_total(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"{number}.txt", f"Words {number}.")
    seen: list[tuple[int, int, str]] = []
    draft([tmp_path], {}, progress=lambda done, total, name: seen.append((done, total, name)))
    assert seen == [(0, 3, "0.txt"), (1, 3, "1.txt"), (2, 3, "2.txt"), (3, 3, "")]


def test_cancelling_keeps_what_was_read_and_says_so(tmp_path: Path) -> None:
    for number in range(10):
        write(tmp_path, f"{number}.txt", f"Words {number}.")
    seen: list[int] = []
    result = draft(
        [tmp_path],
        {},
        progress=lambda done, _total, _name: seen.append(done),
        cancelled=lambda: len(seen) == 4,
    )
    assert result.cancelled
    assert names(result) == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert draft([tmp_path], {}, cancelled=lambda: True) == ArticleDraft((), cancelled=True)
    assert not draft([tmp_path], {}).cancelled


def test_a_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9-society.txt")
    try:
        path.write_text("These words are said.")
    except (OSError, UnicodeError):
        pytest.skip("this file system refuses such names")
    article = read_one(path)
    for shown in (
        article.title,
        article.provenance.source,
        draft([path, tmp_path / os.fsdecode(b"\xe9")], {}).problems[0].where,
    ):
        shown.encode("utf-8")


def test_pasted_text_is_an_article_too() -> None:
    article = draft_pasted("\ufeffHarbour closed\r\n\r\nThe harbour \ud83d\udcf0 was closed.")
    assert article.text == "Harbour closed\n\nThe harbour \U0001f4f0 was closed."
    assert article.title == "Harbour closed"
    assert article.provenance.source == "pasted text"
    assert article.provenance.source_hash
    assert draft_pasted("Some words.", "  A title\nof mine ").title == "A title of mine"


@pytest.mark.parametrize("text", ["", " \n", "\x00"])
def test_pasted_blanks_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="nothing to label"):
        draft_pasted(text)


def test_pasted_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableError, match="20 MB at most"):
        draft_pasted("x" * (LARGEST + 1))


def test_comparing_with_very_many_articles_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    write(tmp_path, "0.txt", "The minister said that the harbour had never been closed to anybody. " * 10)
    asked: list[int] = []

    def known() -> Iterator[tuple[str, str]]:
        for number in range(1_000):
            asked.append(number)
            yield f"Title {number}", f"Words {number} of another article."

    seen: list[str] = []
    options = {"progress": lambda _done, _total, name: seen.append(name)}
    assert not draft([tmp_path], {}, texts=known(), **options).cancelled
    assert seen[-1] == "comparing 1,000 articles"
    asked.clear()
    stopped = draft([tmp_path], {}, texts=known(), cancelled=lambda: len(asked) > 50, **options)
    assert stopped.cancelled
    assert len(asked) < 60
    assert draft([tmp_path / "none.txt"], {}, texts=known()).articles == ()
    assert len(asked) < 60, "with nothing new, nothing is compared"

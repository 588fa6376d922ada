"""Many files are read at once in processes of their own: the same comes of it, in the same order, whatever dies."""

import _thread
import os
import sys
import threading
from pathlib import Path
from zipfile import ZipFile

import pytest

from annotator.articles import crew
from annotator.articles.crew import Crew
from annotator.articles.read import draft
from tests.articles.crew_tasks import pid, root, wait_for_ever
from tests.articles.pages import page
from tests.articles.test_collections import archive


def together(function, things, cancelled=lambda: False):
    with Crew(cancelled, size=2, patience=0) as made:
        return list(made.spread(function, things, lambda thing: f"lost {thing}", lambda _thing: 1))


def test_results_come_in_order_from_other_processes() -> None:
    assert together(abs, range(-100, 0)) == [*range(100, 0, -1)]
    pids = together(pid, range(50))
    assert os.getpid() not in pids[1:]


def test_a_process_that_dies_takes_one_thing_with_it() -> None:
    found = together(root, [each**2 if each != 3 else 7 for each in range(12)])
    assert found == [each if each != 3 else "lost 7" for each in range(12)]


def test_what_is_raised_is_raised_here() -> None:
    with pytest.raises(RuntimeError, match="invalid literal"):
        together(int, ["1", "2", "three", "4"])


def test_it_stops_in_the_middle_of_what_never_ends() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    with Crew(cancelled, size=2, patience=-1) as made:
        things = made.spread(wait_for_ever, [1, 2, 3, 4], str, lambda _thing: 1)

        assert list(things) == []


def test_where_no_process_can_be_started_it_is_done_here(monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert set(together(pid, range(20))) == {os.getpid()}


def test_who_waits_does_what_nobody_has_begun(monkeypatch) -> None:
    done: list[int] = []

    def here(thing: int) -> int:
        done.append(thing)
        return abs(thing)

    for _ in range(2):
        with Crew(lambda: False, size=1, patience=0) as made:
            found = made.spread(abs, range(-40, 0), lambda _thing: 0, lambda _thing: 1, here=here)
            assert list(found) == [*range(40, 0, -1)]
        assert done
        done.clear()
        monkeypatch.setattr(sys, "executable", "/nowhere/python")


def test_archives_are_read_here_too_where_no_process_can_be_started(tmp_path: Path, monkeypatch) -> None:
    for number in range(3):
        with ZipFile(tmp_path / f"{number}.zip", "w") as packed:
            for inner in range(6):
                packed.writestr(f"{inner}.txt", f"Inside {number} {inner}\n\nWhat is inside was denied again.\n")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setattr(crew, "PATIENCE", -1)
    assert len(draft([tmp_path], {}).articles) == 18


def test_little_is_done_here() -> None:
    with Crew(lambda: False) as made:
        assert set(made.spread(pid, range(5), str, lambda _thing: 1)) == {os.getpid()}


def test_folders_archives_and_what_is_wrong_in_them_are_read_alike(tmp_path: Path, monkeypatch) -> None:
    for number in range(6):
        text = f"Headline {number}\n\nSomebody said on Monday that it was the number {number}, and nobody denied it.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "6.txt").write_bytes(b"")
    (tmp_path / "7.csv").write_text("title,text\nOne,The first row is said to be long enough.\n", encoding="utf-8")
    pages = [(f"https://c.example/{n}", "200 OK", "text/html", page(f"No {n}").encode()) for n in range(2)]
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "8.warc.gz").write_bytes(archive(*pages))
    files = [*tmp_path.glob("*.*"), tmp_path / "9.zip"]
    with ZipFile(tmp_path / "9.zip", "w") as packed:
        for number in range(3):
            packed.writestr(f"in/{number}.txt", f"Inside {number}\n\nWhat is inside was denied {number} times.\n")
        packed.writestr("in/again.csv", "title,body\nTwo,The second table has other columns than the first one.\n")
        packed.writestr("in/empty.txt", b"")
    here = draft([tmp_path], {})
    assert len(here.articles) == 6 + 1 + 2 + 3 + 1
    assert len(here.problems) == 2
    assert len(here.tables) == 2
    for chosen in (files, [tmp_path / "pages" / "8.warc.gz"], [tmp_path / "9.zip"]):
        alone = draft(chosen, {})
        with monkeypatch.context() as patch:
            patch.setattr(crew, "PATIENCE", -1)
            patch.setattr(os, "cpu_count", lambda: 1)
            assert draft(chosen, {}) == alone


def test_nothing_is_started_for_what_is_over_and_no_thread_is_left() -> None:
    started = threading.active_count()
    with Crew(lambda: False, size=2, patience=-1) as made:
        assert list(made.spread(pid, [], str, lambda _thing: 1)) == []
        assert made._at_work == 0
        assert len(set(made.spread(pid, range(9), str, lambda _thing: 1))) <= 2
    assert threading.active_count() == started


def test_in_a_thread_that_python_has_not_made_no_stand_in_is_left() -> None:
    started, done = threading.active_count(), threading.Event()

    def read() -> None:
        together(abs, range(5))
        done.set()

    _thread.start_new_thread(read, ())
    assert done.wait(60)
    assert threading.active_count() == started

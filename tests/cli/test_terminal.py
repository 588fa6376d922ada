"""Words of a strange project do not command the terminal."""

import os
import sys

import pytest

from annotator.cli.command import run
from annotator.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals to try it with")


def test_a_name_neither_colours_the_terminal_nor_moves_in_it(tmp_path, monkeypatch):
    with Project.create(tmp_path / "p", annotator="A\x1b[2J\x9bna é 📰") as project:
        path = project.path
    reader, writer = os.openpty()
    try:
        with open(writer, "w", encoding="utf-8", closefd=False) as terminal:
            monkeypatch.setattr(sys, "stdout", terminal)
            assert run(["info", str(path)]) == 0
        told = os.read(reader, 100_000).decode()
    finally:
        os.close(writer)
        os.close(reader)
    assert "A\\x1b[2J\\x9bna é 📰: no labels" in told
    assert not {"\x1b", "\x9b"} & set(told)
    assert "\r\n" in told


def test_another_program_gets_what_there_is(tmp_path, capsys):
    with Project.create(tmp_path / "p", annotator="A\x9bna") as project:
        path = project.path
    assert run(["info", str(path)]) == 0
    assert "A\x9bna" in capsys.readouterr().out

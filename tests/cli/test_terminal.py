"""Words of a strange project do not command the terminal."""

import os
import sys
from contextlib import suppress

import pytest

from annotator.cli.command import run
from annotator.project import Project

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="terminals and locales are others elsewhere")


def test_a_name_neither_colours_the_terminal_nor_moves_in_it(tmp_path, monkeypatch):
    with Project.create(tmp_path / "p", annotator="A\x1b[2J\x9bna é 📰") as project:
        path = project.path
    reader, writer = os.openpty()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        assert run(["info", str(path)]) == 0
    told = b""
    with suppress(OSError):  # at its end
        while piece := os.read(reader, 100_000):
            told += piece
    os.close(reader)
    told = told.decode()
    assert "A\\x1b[2J\\x9bna é 📰: no labels" in told
    assert not {"\x1b", "\x9b"} & set(told)
    assert "\r\n" in told


def test_another_program_gets_what_there_is(tmp_path, capsys):
    with Project.create(tmp_path / "p", annotator="A\x9bna") as project:
        path = project.path
    assert run(["info", str(path)]) == 0
    assert "A\x9bna" in capsys.readouterr().out


def test_a_locale_without_the_letters_of_a_file_is_told(start, tmp_path):
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        project.add_text("She said so.", "Titel é")
        path = project.path
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "import sys; from annotator.cli import run; sys.exit(run(sys.argv[1:]))"
    process = start(code, "export", path, tmp_path / "out", "--format", "tei", env=plain)
    _, complaint = process.communicate()
    assert process.returncode == 1
    assert complaint == (
        "This terminal's locale (ascii) has no '\\xe9' for the name of a file. Set one with UTF-8, such as LC_ALL=C.UTF-8.\n"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["p.annotator"]
    process = start(code, "export", path, tmp_path / "out.jsonl", env=plain)
    process.communicate()
    assert "Titel é" in (tmp_path / "out.jsonl").read_text("utf-8")

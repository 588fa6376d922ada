"""What tests of several rooms share. Where Qt cannot be loaded, those of the window are left out, and that is said."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from annotator.project import Project
from annotator.ui.requirements import obstacle

ROOT = Path(__file__).resolve().parent.parent

# No test opens a window on the screen of whoever runs it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
OBSTACLE = obstacle()


def pytest_addoption(pluginmanager):
    """Before pytest-qt looks for Qt and gives up the whole run when there is none."""
    if OBSTACLE:
        pluginmanager.set_blocked("pytest-qt")


def pytest_ignore_collect(collection_path):
    return True if OBSTACLE and collection_path == ROOT / "tests" / "ui" else None


def pytest_terminal_summary(terminalreporter):
    if OBSTACLE:
        terminalreporter.section("the tests of the window were left out", yellow=True)
        terminalreporter.write_line(OBSTACLE)


# A slow machine is no fault of the code, so nothing is timed.
settings.register_profile("annotator", deadline=None)
settings.load_profile("annotator")

TEXT = (
    "Minister denies knowing of the report 📰\n\n"
    "“I never saw it,” the minister said on Tuesday. Two aides say she was told in March.\n\n"
    "وزیر می‌گوید گزارش را ندیده است. 👨‍👩‍👧 𝒜 é\n"
)


@pytest.fixture(scope="session")
def _molds(tmp_path_factory):
    return tmp_path_factory.mktemp("molds"), {}


@pytest.fixture
def cast(tmp_path, _molds):
    """A function that puts a project into the test's folder: a copy of what `build`, given a path, has made once for all."""

    def copy_of(build):
        folder, made = _molds
        if build not in made:
            where = folder / str(len(made))
            where.mkdir()
            made[build] = build(where)
        return Path(shutil.copyfile(made[build], tmp_path / made[build].name))

    return copy_of


def two_articles(folder):
    with Project.create(folder / "study", annotator="Ana") as made:
        made.ensure_annotator("Ben")
        made.add_text(TEXT)
        made.add_text("A second article. It says that rain fell.\n")
        return made.path


@pytest.fixture
def project(cast):
    """A project with two annotators and two articles, open for writing."""
    with Project.open(cast(two_articles)) as opened:
        yield opened


@pytest.fixture
def dump():
    """A function that reads every row of a project file but its history, to compare."""

    def read(path):
        with closing(sqlite3.connect(path)) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for name in names
                if name not in ("step", "change", "_sqlite_migrations")
            }

    return read


@pytest.fixture
def files(tmp_path):
    """A function that names what lies in the test's folder."""
    return lambda: sorted(path.name for path in tmp_path.iterdir())


@pytest.fixture
def start():
    """A function that starts Python with a program of ours, and ends what is left of it after the test."""
    running = []

    def begin(code, *arguments, env=None, encoding="utf-8", **options):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONWARNINGS": "error"}
        environment.update(env or {})
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding=encoding,
            env={name: value for name, value in environment.items() if value is not None},
            **options,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()

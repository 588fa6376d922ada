"""Measurements, apart from the tests: ``python -m pytest tests/benchmarks``. They print a table and assert nothing."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.measure import Times

_HERE = Path(__file__).parent
_STORE = _HERE.parents[1] / "annotator" / "store"
_TIMES = Times()
_FACTS: dict[str, str] = {}


def pytest_ignore_collect(collection_path, config):
    """Stand aside unless somebody asks for the benchmarks."""
    asked = any("benchmarks" in str(argument) for argument in config.invocation_params.args)
    return None if asked else True


@pytest.fixture
def times():
    """The table that is printed at the end."""
    return _TIMES


@pytest.fixture
def facts():
    """Other figures to print: what, and how much with its unit."""
    return _FACTS


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("measured")
    for line in _TIMES.lines():
        terminalreporter.write_line(line)
    for what, much in _FACTS.items():
        terminalreporter.write_line(f"{what}: {much}")


def _kept(name: str, size: corpus.Size) -> Path:
    """Return a project of that size; it takes minutes to build, so it is kept until schema or corpus change."""
    sources = (_HERE / "corpus.py", _STORE / "schema.py", _STORE / "migrations.py")
    mark = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / "annotator-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{mark}.annotator"
    if not path.exists():
        for old in folder.glob(f"{name}-*"):
            old.unlink()
        draft = folder / f"{name}-{os.getpid()}.annotator"
        corpus.build(draft, size).replace(path)
    return path


@pytest.fixture
def copy(tmp_path):
    """A function that returns a fresh copy of a project; it is deleted after the test, for it may be large."""

    def take(name: str, size: corpus.Size) -> Path:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        return Path(shutil.copyfile(_kept(name, size), folder / "p.annotator"))

    yield take
    shutil.rmtree(tmp_path)


@pytest.fixture
def big(copy):
    """A project of 10,000 articles and 1,000,000 labels."""
    return copy("big", corpus.BIG)

"""Measurements, apart from the tests: ``python -m pytest tests/benchmarks``. They print tables and assert nothing.

``--table FILE.md`` or ``--table FILE.json`` keeps them, too.
"""

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.beside import Beside
from tests.benchmarks.measure import TIMES, Growth, Sizes, Table, lines, markdown
from tests.benchmarks.team import build as build_team

_HERE = Path(__file__).parent
_STORE = _HERE.parents[1] / "annotator" / "store"
_GROWTH = Growth()
_SIZES_OF_AGREEMENT = Sizes()
_BESIDE = Beside()
_FACTS: dict[str, str] = {}
SIZES = "100,1000,10000"
_EACH = {"characters": 1_500, "labels": 12, "people": 3}
"""Of an article whose growth is measured: its length, its labels in all, and how many people they are by."""


def pytest_addoption(parser):
    parser.addoption("--table", default="", help="where tests/benchmarks keeps its tables: a .md or a .json file")
    parser.addoption(
        "--sizes", default=SIZES, help="how many articles there are where growth or libraries are measured"
    )
    for name, usual in _EACH.items():
        parser.addoption(f"--{name}", type=int, default=usual, help=f"how many {name} each of these articles has")


def pytest_ignore_collect(collection_path, config):
    """Stand aside unless somebody asks for the benchmarks."""
    asked = any("benchmarks" in str(argument) for argument in config.invocation_params.args)
    return None if asked else True


@pytest.fixture
def times():
    """The table that is printed at the end."""
    return TIMES


@pytest.fixture
def facts():
    """Other figures to print: what, and how much with its unit."""
    return _FACTS


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("measured")
    tables = _tables()
    for table in tables.values():
        for line in lines(table):
            terminalreporter.write_line(line)
        terminalreporter.write_line("")
    kept = config.getoption("--table", "")
    if kept:
        Path(kept).write_text(_as_text(tables, is_json=kept.endswith(".json")), "utf-8")


def _tables() -> dict[str, Table]:
    return {
        "times": TIMES.table(),
        "growth": _GROWTH.table(),
        "agreement": _SIZES_OF_AGREEMENT.table(),
        "side by side": _BESIDE.table(),
        "other figures": (("other figures", ""), list(_FACTS.items())),
    }


def _as_text(tables: dict[str, Table], *, is_json: bool) -> str:
    machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    if is_json:
        named = {name: [dict(zip(heads, row, strict=False)) for row in rows] for name, (heads, rows) in tables.items()}
        return json.dumps({"machine": machine, **named}, indent=1, ensure_ascii=False)
    return "\n".join((f"{machine}\n", *(line for table in tables.values() for line in markdown(table))))


@pytest.fixture
def sizes():
    """The table of what agreement costs by how many articles there are."""
    return _SIZES_OF_AGREEMENT


@pytest.fixture
def growth():
    """The table of what the same thing costs at growing sizes."""
    return _GROWTH


@pytest.fixture(scope="session")
def grown(tmp_path_factory, pytestconfig):
    """A project of each size, which all its people have finished, by how many articles it has."""
    folder = tmp_path_factory.mktemp("growth")
    made = {}
    for size in map(int, pytestconfig.getoption("--sizes", SIZES).split(",")):
        length, labels, people = (int(pytestconfig.getoption(f"--{name}", usual)) for name, usual in _EACH.items())
        path = folder / f"{size}.annotator"
        made[size] = corpus.build_finished(path, corpus.Size(size, length, labels), people)
    return made


def _kept(name: str, build: Callable[[Path], Path]) -> Path:
    """Return a project; it takes minutes to build, so it is kept until schema or corpus change."""
    sources = (_HERE / "corpus.py", _HERE / "team.py", _STORE / "schema.py", _STORE / "migrations.py")
    mark = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / "annotator-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{mark}.annotator"
    if not path.exists():
        for old in folder.glob(f"{name}-*"):
            old.unlink()
        draft = folder / f"{name}-{os.getpid()}.annotator"
        build(draft).replace(path)
    return path


@pytest.fixture
def copy(tmp_path):
    """A function that returns a fresh copy of a project; it is deleted after the test, for it may be large."""

    def take(name: str, size: corpus.Size) -> Path:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        return Path(shutil.copyfile(_kept(name, partial(corpus.build, size=size)), folder / "p.annotator"))

    yield take
    shutil.rmtree(tmp_path)


@pytest.fixture
def team(tmp_path):
    """A function that returns a fresh copy of a project of six with so many articles, deleted after the test."""

    def take(articles: int) -> Path:
        kept = _kept(f"team-{articles}", partial(build_team, articles=articles))
        return Path(shutil.copyfile(kept, tmp_path / "team.annotator"))

    yield take
    shutil.rmtree(tmp_path)


@pytest.fixture
def beside():
    """The table of what figures cost here and by the libraries that are witnesses in the tests."""
    return _BESIDE


@pytest.fixture
def big(copy):
    """A project of 10,000 articles and 1,000,000 labels."""
    return copy("big", corpus.BIG)

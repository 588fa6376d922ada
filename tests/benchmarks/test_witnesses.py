"""Figures here and by the libraries that are witnesses in the tests, side by side in one table, as far as these manage the size.

python -m pytest tests/benchmarks/test_witnesses.py
"""

import sys
from importlib.metadata import version
from importlib.util import find_spec

import pytest

from tests.benchmarks import beside as limits
from tests.benchmarks.beside import told
from tests.benchmarks.conftest import SIZES
from tests.benchmarks.witness import WITNESSES

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory"),
    pytest.mark.timeout(0),
]


def sizes_of(config):
    """Return how many articles there are to be."""
    return [int(each) for each in config.getoption("--sizes", SIZES).split(",")]


@pytest.mark.parametrize("name", WITNESSES)
def test_beside_the_witness(name, beside, pytestconfig):
    """The same figure of the same corpus: the same value, and each within the same limits."""
    witness = WITNESSES[name]
    has = {"here": True, "there": find_spec(name) is not None}
    called = witness.distribution or name
    if has["there"]:
        called = f"{called} {version(called)}"
    else:
        beside.say(witness.figure, called, sizes_of(pytestconfig)[0], "not installed")
    problems = dict.fromkeys(has, "")
    for articles in sizes_of(pytestconfig):
        values = {}
        for where in (each for each, is_there in has.items() if is_there):
            by = "here" if where == "here" else called
            if problems[where]:
                beside.say(witness.figure, by, articles, "not tried")
                continue
            found, problems[where] = told("witness", name, where, str(articles))
            if found is None:
                beside.say(witness.figure, by, articles, problems[where])
                continue
            beside.add(witness.figure, by, articles, tuple(found["cost"]))
            values[where] = found["value"]
        if len(values) == len(has):
            assert values["here"] == pytest.approx(values["there"], abs=witness.within)
    assert not problems["here"] or problems["there"], "it gave up sooner than its witness"


def test_a_whole_project_beside_them(beside, team, pytestconfig):
    """What the window shows first: everything that any choice of annotators, labels and articles is a sum of, from the file."""
    for articles in sizes_of(pytestconfig):
        found, problem = told("reviewer", str(team(articles)), "--first")
        assert found, problem
        beside.add("all of them but γ, of all labels and pairs: from the file", "here", articles, tuple(found["cost"]))


def test_what_takes_too_much_is_stopped(monkeypatch):
    """The limits hold, so that what the table says of others is so."""
    monkeypatch.setattr(limits, "GIGABYTES", 1)
    assert told("witness", "nltk", "here", "100000") == (None, "gave up: 1 GB")
    monkeypatch.setattr(limits, "GIGABYTES", 6)
    monkeypatch.setattr(limits, "SECONDS", 1)
    assert told("witness", "pygamma_agreement", "here", "1000") == (None, "stopped: 1 s")

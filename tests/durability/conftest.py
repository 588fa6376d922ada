"""How often to kill, and what came of it."""

from collections import Counter

import pytest

RUNS = 3
"""Kills in an ordinary run of all tests. The proof is ``python -m pytest tests/durability --runs 200``."""

WALKS, STEPS = 8, 25
"""Random walks in an ordinary run, and their steps. The proof is ``--api-walks 200 --api-steps 200``."""

FUZZ = 60
"""Spoiled files in an ordinary run. The proof is ``--fuzz 20000``."""


def pytest_addoption(parser):
    parser.addoption("--runs", type=int, default=RUNS, help="how often tests/durability kills a labelling window")
    parser.addoption("--fuzz", type=int, default=FUZZ, help="how many spoiled files tests/durability gives the readers")
    parser.addoption("--fuzz-first", type=int, default=-1, help="the number of the first of them; -1: any")
    parser.addoption("--fuzz-only", default="", help="only files with this in their name, such as: spacy")
    parser.addoption("--api-walks", type=int, default=WALKS, help="how many random walks tests/durability does")
    parser.addoption("--api-steps", type=int, default=STEPS, help="of how many steps each of them is, at the most")


def pytest_generate_tests(metafunc):
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(metafunc.config.getoption("--runs", RUNS)))


@pytest.fixture
def budget(pytestconfig):
    """A function that returns an option; where all tests run, this file is too late to be asked, and it is the usual one."""
    usual = {"--api-walks": WALKS, "--api-steps": STEPS, "--fuzz": FUZZ, "--fuzz-first": -1, "--fuzz-only": ""}
    return lambda name: pytestconfig.getoption(name, usual[name])


_SEEN: Counter[str] = Counter()


@pytest.fixture
def seen():
    """What was seen in all runs, counted."""
    return _SEEN


def pytest_terminal_summary(terminalreporter):
    if _SEEN:
        terminalreporter.section("durability")
        for what, number in _SEEN.items():
            terminalreporter.write_line(f"{number:8,} {what}")

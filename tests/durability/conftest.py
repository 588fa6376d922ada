"""How often to kill, and what came of it."""

from collections import Counter

import pytest

RUNS = 3
"""Kills in an ordinary run of all tests. The proof is ``python -m pytest tests/durability --runs 200``."""

WALKS, STEPS = 8, 25
"""Random walks in an ordinary run, and their steps. The proof is ``--walks 200 --steps 200``."""


def pytest_addoption(parser):
    parser.addoption("--runs", type=int, default=RUNS, help="how often tests/durability kills a labelling window")
    parser.addoption("--walks", type=int, default=WALKS, help="how many random walks tests/durability does")
    parser.addoption("--steps", type=int, default=STEPS, help="of how many steps each of them is, at the most")


def pytest_generate_tests(metafunc):
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(metafunc.config.getoption("--runs", RUNS)))


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

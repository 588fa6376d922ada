"""Measures here and by the libraries that are witnesses in the tests, side by side, as far as these manage the size.

python -m pytest tests/benchmarks/test_witnesses.py
"""

import json
import os
import resource
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks.witness import WITNESSES

SECONDS, GIGABYTES = 60, 6
"""What a library may take of the processor and of memory for one figure before it is stopped."""
_LONGEST = 600
"""Seconds by the clock, on a machine that does other things too."""


def told(name, where, articles):
    """Return what the process told, or why it did not."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.witness", name, where, str(articles)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    room = GIGABYTES << 30

    def limited():
        if where == "there":
            resource.setrlimit(resource.RLIMIT_AS, (room, room))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))

    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False, preexec_fn=limited
        )
    except subprocess.TimeoutExpired:
        return None, f"stopped after {_LONGEST} s by the clock"
    if done.returncode == -signal.SIGXCPU:
        return None, f"stopped after {SECONDS} s of the processor"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["killed"])[-1]
        return None, f"gave up, of {GIGABYTES} GB: {last[:80]}"
    return json.loads(done.stdout.splitlines()[-1]), ""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory")
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", WITNESSES)
def test_beside_the_witness(name, sizes, facts):
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    what, problem = WITNESSES[name][0], ""
    for articles in (10, 100, 1_000, 10_000):
        here, failed = told(name, "here", articles)
        assert not failed
        sizes.add(f"{what}: here, beside {name}", articles, tuple(here["cost"]))
        if problem:
            continue
        there, problem = told(name, "there", articles)
        if problem:
            facts[f"{name}, {what}, {articles:,} articles"] = problem
            continue
        sizes.add(f"{what}: {name}", articles, tuple(there["cost"]))
        assert here["value"] == pytest.approx(there["value"], abs=1e-9)

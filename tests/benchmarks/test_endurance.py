"""Eight hours of labelling without the time to think in between: does memory grow, does it slow down."""

import statistics

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.test_opening import visit

STUDY = corpus.Size(200, 3_000, 1)
pytestmark = pytest.mark.timeout(3600)


def test_eight_hours(copy, times, facts, tmp_path):
    hours, _ = visit("endure", tmp_path, copy("study", STUDY))
    for told in hours:
        for each in told["labels"]:
            times.add(f"hour {told['hour']}: label, key to painted", each, memory=told["memory, MB"])
    memory = [told["memory, MB"] for told in hours]
    medians = [statistics.median(told["labels"]) for told in hours]
    facts["memory after each of eight hours"] = ", ".join(f"{each:,.0f}" for each in memory) + " MB"
    for what in ("objects", "objects of Qt"):
        facts[f"{what} after the second and the eighth hour"] = f"{hours[1][what]:,} and {hours[-1][what]:,}"
    facts["memory after the eighth hour by that after the second"] = f"{memory[-1] / memory[1]:.2f}"
    facts["time of a label in the eighth hour by that in the second"] = f"{medians[-1] / medians[1]:.2f}"
    facts["labels made"] = f"{sum(len(told['labels']) for told in hours):,}"
    facts["file at the end"] = f"{hours[-1]['file, MB']:.1f} MB"

"""The codebook templates hold together, and their colours stay apart for every kind of eye."""

import json
import re
from itertools import combinations
from typing import Any

import pytest

from annotator.model.codebook import Codebook, Label
from annotator.model.colour import SIGHTS, contrast, distance
from annotator.resources import folder, read_text

NAMES = sorted(path.name for path in (folder() / "codebooks").glob("*.json"))
TEXT_ON_LIGHT, PAPER = "#1b1d20", "#ffffff"


def load(name: str) -> Codebook:
    return Codebook.from_dict(json.loads(read_text(f"codebooks/{name}")))


def current(codebook: Codebook) -> tuple[Label, ...]:
    return tuple(label for label in codebook.labels if not label.retired)


def holds(read: Any, written: Any) -> bool:
    """Whether everything that was written was read, in its order. Parts the file leaves out may have been added."""
    if isinstance(written, dict):
        return isinstance(read, dict) and all(key in read and holds(read[key], written[key]) for key in written)
    if isinstance(written, list):
        return len(read) == len(written) and all(map(holds, read, written))
    return bool(read == written)


def test_all_templates_are_there() -> None:
    assert NAMES == ["claim-denial-attribution.json", "default.json", "source-cue-content.json", "stance.json"]


@pytest.mark.parametrize("name", NAMES)
def test_template_reads_back_equal(name: str) -> None:
    codebook = load(name)
    assert Codebook.from_dict(codebook.to_dict()) == codebook
    assert holds(codebook.to_dict(), json.loads(read_text(f"codebooks/{name}")))


@pytest.mark.parametrize("name", NAMES)
def test_every_part_says_what_it_is(name: str) -> None:
    codebook = load(name)
    told = [
        (codebook.name, codebook.description),
        *((each.name, each.description) for each in codebook.labels),
        *((each.name, each.description) for each in codebook.attributes),
        *((each.name, each.description) for each in codebook.roles),
        *((each.name, each.description) for each in codebook.relations),
    ]
    for shown, description in told:
        assert shown
        assert description.endswith(".")
    for label in codebook.labels:
        assert label.use_when
        assert label.avoid_when
        assert label.examples


@pytest.mark.parametrize("name", NAMES)
def test_keys_and_clause_ids_are_unique(name: str) -> None:
    codebook = load(name)
    keys = [label.key.casefold() for label in codebook.labels]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    clauses = [
        *codebook.clauses,
        *(clause for label in codebook.labels for clause in (*label.use_when, *label.avoid_when)),
    ]
    assert len({clause.id for clause in clauses}) == len(clauses)
    assert all(clause.text.endswith((".", "?")) for clause in clauses)
    for attribute in codebook.attributes:
        digits = [value.key for value in attribute.values]
        assert len(set(digits)) == len(digits)


def test_default_has_the_labels_and_borderline_cases_of_the_field() -> None:
    codebook = load("default.json")
    assert [(label.id, label.key) for label in codebook.labels] == [
        ("claim", "C"),
        ("denial", "D"),
        ("attribution", "A"),
        ("source", "S"),
        ("content", "T"),
    ]
    assert [clause.id for clause in codebook.clauses] == [f"B{number}" for number in range(1, 14)]
    assert {relation.id: relation.absent for relation in codebook.relations} == {
        "denies": True,
        "supports": False,
        "repeats": False,
        "same-source": False,
    }
    assert [role.id for role in codebook.roles] == ["source", "content"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_stay_apart(name: str, sight: str) -> None:
    for one, other in combinations(current(load(name)), 2):
        apart = distance(one.color, other.color, sight)
        assert apart > 14, f"{one.name} and {other.name} look alike: {apart:.1f}"
        # Four line styles for five labels: two that share one must differ in colour so much the more.
        if one.line == other.line:
            assert apart > 28, f"{one.name} and {other.name} share a line and look alike: {apart:.1f}"


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_visible_on_paper(name: str) -> None:
    for label in load(name).labels:
        assert contrast(label.color, PAPER) >= 3
        assert contrast(label.color, TEXT_ON_LIGHT) >= 2.5


@pytest.mark.parametrize("name", NAMES)
def test_people_label_and_never_tag(name: str) -> None:
    """One word a thing: what the window calls a label is called so in the sentences that annotators read, too."""
    words = read_text(f"codebooks/{name}").casefold()
    assert not re.search(r"\b(tag|tags|tagged|tagging|markable|rater|coder)\b", words)

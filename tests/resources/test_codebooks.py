"""The codebook templates hold together, and their colours stay apart for every kind of eye."""

import json
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Any

import pytest

from annotator.model.codebook import Codebook, Label
from annotator.resources import folder, read_text

NAMES = sorted(path.name for path in (folder() / "codebooks").glob("*.json"))
TEXT_ON_LIGHT, PAPER = "#1b1d20", "#ffffff"

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
VISIONS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE: Triple = (0.95047, 1.0, 1.08883)


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
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_stay_apart(name: str, vision: str) -> None:
    for one, other in combinations(current(load(name)), 2):
        distance = seen_distance(one.color, other.color, vision)
        assert distance > 14, f"{one.name} and {other.name} look alike: {distance:.1f}"
        # Four line styles for five labels: two that share one must differ in colour so much the more.
        if one.line == other.line:
            assert distance > 28, f"{one.name} and {other.name} share a line and look alike: {distance:.1f}"


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_visible_on_paper(name: str) -> None:
    for label in load(name).labels:
        assert contrast(label.color, PAPER) >= 3
        assert contrast(label.color, TEXT_ON_LIGHT) >= 2.5


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distance_gives_the_figures_of_its_paper(one: Triple, other: Triple, distance: float) -> None:
    assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


def seen_distance(one: str, other: str, vision: str) -> float:
    """Return the CIEDE2000 distance of two ``#rrggbb`` colours as seen with that kind of vision."""
    return ciede2000(lab(one, VISIONS[vision]), lab(other, VISIONS[vision]))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 of two ``#rrggbb`` colours."""
    low, high = sorted(times(XYZ, linear(each))[1] for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def ciede2000(one: Triple, other: Triple) -> float:
    """Return the CIEDE2000 distance of two Lab colours (Sharma, Wu and Dalal 2005, in their letters)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = h2 - h1
    if c1 * c2 == 0:
        turn, mean_h = 0.0, h1 + h2
    else:
        mean_h = (h1 + h2) / 2
        if abs(turn) > 180:
            turn -= 360 if turn > 0 else -360
            mean_h += 180 if mean_h < 180 else -180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rotation = -sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2)))) * 2 * sqrt(mean_c**7 / (mean_c**7 + 25**7))
    return sqrt((dl / s_l) ** 2 + (dc / s_c) ** 2 + (dh / s_h) ** 2 + rotation * (dc / s_c) * (dh / s_h))


def lab(color: str, vision: Matrix) -> Triple:
    r, g, b = (min(1.0, max(0.0, each)) for each in times(vision, linear(color)))
    x, y, z = (root(each / white) for each, white in zip(times(XYZ, (r, g, b)), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def root(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def linear(color: str) -> Triple:
    r, g, b = (gamma(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return r, g, b


def gamma(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def times(matrix: Matrix, vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z

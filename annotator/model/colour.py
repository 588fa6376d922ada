"""How colours look: contrast for reading, and distance for normal and for three kinds of colour-blind sight.

Colours are ``#rrggbb`` strings. Contrast as in WCAG 2.2, sight as in Machado, Oliveira and Fernandes 2009 (severity 1.0),
distance as CIEDE2000 in the letters of Sharma, Wu and Dalal 2005.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

SIGHTS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What each kind of sight makes of linear red, green and blue."""
APART = 13.0
"""Least distance at which two labels are told apart by colour together with another line style."""
FAR_APART = 28.0
"""Least distance at which they are told apart by colour alone."""
SAFE: dict[str, str] = {
    "blue": "#1f8ef1",
    "brown": "#9c4400",
    "green": "#0e7d68",
    "pink": "#dc4ba4",
    "ochre": "#b0900e",
    "slate": "#1d5072",
    "violet": "#5a00e0",
    "crimson": "#e0005a",
}
"""Eight tones that can be seen on paper and are `APART` for every kind of sight; a ninth would not be."""

_XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE: Triple = (0.95047, 1.0, 1.08883)


def parts(color: str) -> Triple:
    """Return red, green and blue, each 0-1."""
    return int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255


def joined(red: float, green: float, blue: float) -> str:
    """Return the colour of red, green and blue, each 0-1; what lies outside is cut."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in (red, green, blue))


def is_color(words: str) -> bool:
    """Whether `words` are a colour as they are written here."""
    return len(words) == 7 and words[0] == "#" and all(each in "0123456789abcdefABCDEF" for each in words[1:])


def mix(over: str, under: str, alpha: float) -> str:
    """Return `over` painted on `under` with that opacity, 0-1."""
    red, green, blue = (a * alpha + b * (1 - alpha) for a, b in zip(parts(over), parts(under), strict=True))
    return joined(red, green, blue)


def luminance(color: str) -> float:
    """Return the relative luminance, 0-1."""
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1-21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(color: str, sight: str) -> str:
    """Return the colour as it looks with one of `SIGHTS`."""
    red, green, blue = (_encoded(min(1.0, max(0.0, each))) for each in _times(SIGHTS[sight], _linear(color)))
    return joined(red, green, blue)


def distance(one: str, other: str, sight: str = "normal") -> float:
    """Return the CIEDE2000 distance of two colours as seen with one of `SIGHTS`; about 1 can just be noticed."""
    return ciede2000(_lab(one, SIGHTS[sight]), _lab(other, SIGHTS[sight]))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two looks that are taken for one another: the other's id, with which sight, how far apart the colours are."""

    other: str
    sight: str
    distance: float


def likenesses(color: str, line: str, others: Iterable[tuple[str, str, str]]) -> list[Likeness]:
    """Return which of `others` (id, colour, line style) look too much like this one, the most alike first.

    Each at most once, with the sight for which it is worst. With the same line style, colour has to tell all.
    """
    found = []
    for name, other, other_line in others:
        worst = min(
            (Likeness(name, sight, distance(color, other, sight)) for sight in SIGHTS), key=lambda each: each.distance
        )
        if worst.distance < (FAR_APART if line == other_line else APART):
            found.append(worst)
    return sorted(found, key=lambda each: each.distance)


def ciede2000(one: Triple, other: Triple) -> float:
    """Return the CIEDE2000 distance of two Lab colours."""
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


def _lab(color: str, sight: Matrix) -> Triple:
    r, g, b = (min(1.0, max(0.0, each)) for each in _times(sight, _linear(color)))
    x, y, z = (_root(each / white) for each, white in zip(_times(_XYZ, (r, g, b)), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def _linear(color: str) -> Triple:
    red, green, blue = (_decoded(part) for part in parts(color))
    return red, green, blue


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _times(matrix: Matrix, vector: Triple) -> Triple:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z

"""Colours of the light and the dark face, and the arithmetic that keeps text and marks legible.

Every colour is a ``#rrggbb`` string; only `palette` knows Qt.
"""

import colorsys
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

from annotator.model.colour import contrast, joined, mix, parts

TEXT_CONTRAST = 7.0
"""Least contrast of the text on a wash (WCAG 2.2, success criterion 1.4.6)."""
LETTER_CONTRAST = 4.5
"""Least contrast of a label's letter on its chip."""
LINE_CONTRAST = 3.0
"""Least contrast of a mark's line on the page (WCAG 2.2, success criterion 1.4.11)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The named colours of one face.

    Attributes:
        page: behind the text. text: the text itself. muted: text that matters less; legible on page and panel.
        dimmed: words of an article that are left out of it; legible under marks and selections too.
        window: behind everything else. panel: lists and side panels. raised: popups, fields, tooltips.
        line: hair lines between things. hover: under the mouse in lists and buttons.
        accent: the one accent; on_accent: text on it. accent_soft: the chosen row, the armed label.
        selection: under selected words. find: under every hit; find_current: under the one that is looked at.
        good, warning, bad: states, legible as text on page and panel.
    """

    name: str
    is_dark: bool
    page: str
    text: str
    muted: str
    dimmed: str
    window: str
    panel: str
    raised: str
    line: str
    hover: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    find: str
    find_current: str
    good: str
    warning: str
    bad: str


LIGHT = Theme(
    name="light",
    is_dark=False,
    page="#fefdfa",
    text="#1c1b19",
    muted="#67635c",
    dimmed="#514e48",
    window="#f1efea",
    panel="#f8f6f2",
    raised="#ffffff",
    line="#dcd8d0",
    hover="#e9e6df",
    accent="#23589f",
    on_accent="#ffffff",
    accent_soft="#dbe6f5",
    selection="#d0d4db",
    find="#fff0b3",
    find_current="#ffd257",
    good="#1f6b3a",
    warning="#835200",
    bad="#a8261c",
)
DARK = Theme(
    name="dark",
    is_dark=True,
    page="#1b1c1e",
    text="#e6e3dd",
    muted="#a3a09a",
    dimmed="#bcb9b2",
    window="#131416",
    panel="#191a1c",
    raised="#26282b",
    line="#36393d",
    hover="#2a2c30",
    accent="#86b4f2",
    on_accent="#10151c",
    accent_soft="#25364d",
    selection="#42474f",
    find="#3d3612",
    find_current="#574600",
    good="#7cc796",
    warning="#e2b25c",
    bad="#f2938a",
)


class Strength(Enum):
    """How loud a mark is: at rest, deepened because it is looked at, or faded because another one is."""

    REST = 0.19
    LIT = 0.36
    FADED = 0.12


@lru_cache(maxsize=1024)
def wash(theme: Theme, color: str, strength: Strength = Strength.REST) -> str:
    """Return the opaque colour behind the words of a mark; the text on it has a contrast of at least 7:1, dimmed 4.5:1.

    Opaque, so that it holds however many marks lie upon one another.
    """
    alpha = strength.value
    while alpha > 0:
        ground = mix(color, theme.page, alpha)
        if contrast(theme.text, ground) >= TEXT_CONTRAST and contrast(theme.dimmed, ground) >= LETTER_CONTRAST:
            return ground
        alpha = max(0.0, alpha - 0.01)
    return theme.page


@lru_cache(maxsize=1024)
def line_color(theme: Theme, color: str, strength: Strength = Strength.REST) -> str:
    """Return the colour of a mark's line: its hue, with at least 3:1 on the page unless it is faded."""
    # On a dark page a thin line needs more to be seen as well.
    least = LINE_CONTRAST * (1.4 if theme.is_dark else 1.1)
    result = _moved_from(color, theme.page, least, lighter=theme.is_dark)
    return mix(result, theme.page, 0.72) if strength is Strength.FADED else result


@lru_cache(maxsize=1024)
def chip_colors(theme: Theme, color: str) -> tuple[str, str]:
    """Return the colours of a letter's chip and of the letter on it, at least 4.5:1 apart."""
    ink = "#10110f" if theme.is_dark else "#ffffff"
    return _moved_from(color, ink, LETTER_CONTRAST, lighter=theme.is_dark), ink


def palette(theme: Theme) -> QPalette:
    """Return the theme as a Qt palette."""
    roles = QPalette.ColorRole
    colors = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.raised,
        roles.AlternateBase: theme.panel,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.panel,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.bad,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.Light: theme.raised,
        roles.Midlight: theme.hover,
        roles.Mid: theme.line,
        roles.Dark: theme.muted,
        roles.Shadow: theme.line,
        roles.Accent: theme.accent,
    }
    result = QPalette()
    for role, color in colors.items():
        result.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(mix(theme.muted, theme.window, 0.75)))
    return result


def _moved_from(color: str, other: str, least: float, *, lighter: bool) -> str:
    """Return the colour in its hue, made lighter or darker until it has `least` contrast with another."""
    hue, light, saturation = colorsys.rgb_to_hls(*parts(color))
    while contrast(color, other) < least and light != (1.0 if lighter else 0.0):
        light = min(1.0, light + 0.01) if lighter else max(0.0, light - 0.01)
        color = joined(*colorsys.hls_to_rgb(hue, light, saturation))
    return color

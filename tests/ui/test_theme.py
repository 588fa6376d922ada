import json

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit

from annotator.model.colour import SAFE, contrast, mix
from annotator.resources import folder
from annotator.ui.look.style import sheet
from annotator.ui.look.theme import DARK, LIGHT, Strength, chip_colors, line_color, palette, wash

HUES = ["#000000", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#ffffff", "#808080"]
LABELS = sorted(
    {
        label["color"]
        for path in (folder() / "codebooks").glob("*.json")
        for label in json.loads(path.read_text(encoding="utf-8"))["labels"]
    }
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
COLORS = pytest.mark.parametrize("color", [*HUES, *LABELS])


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_mixing_goes_from_one_colour_to_the_other():
    assert mix("#ff0000", "#0000ff", 0) == "#0000ff"
    assert mix("#ff0000", "#0000ff", 1) == "#ff0000"
    assert mix("#ffffff", "#000000", 0.5) == "#808080"


@THEMES
@COLORS
@pytest.mark.parametrize("strength", Strength)
def test_text_on_every_wash_has_a_contrast_of_seven(theme, color, strength):
    assert contrast(theme.text, wash(theme, color, strength)) >= 7


@THEMES
@COLORS
def test_every_line_is_seen_on_the_page(theme, color):
    assert contrast(line_color(theme, color), theme.page) >= 3


@THEMES
@COLORS
def test_every_letter_is_read_on_its_chip(theme, color):
    chip, ink = chip_colors(theme, color)
    assert contrast(chip, ink) >= 4.5


@THEMES
@pytest.mark.parametrize("color", LABELS)
def test_a_mark_that_is_looked_at_is_stronger_than_one_at_rest(theme, color):
    faded, rest, lit = (
        contrast(theme.page, wash(theme, color, each)) for each in (Strength.FADED, Strength.REST, Strength.LIT)
    )
    assert faded < rest < lit


@THEMES
def test_words_are_legible_wherever_they_stand(theme):
    for ground in (theme.page, theme.window, theme.panel, theme.raised):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
    for ground in (theme.selection, theme.find, theme.find_current):
        assert contrast(theme.text, ground) >= 7, ground
    for word in (theme.good, theme.warning, theme.bad, theme.accent):
        assert contrast(word, theme.page) >= 4.5
        assert contrast(word, theme.panel) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.text, theme.accent_soft) >= 7


@THEMES
def test_words_that_are_left_out_are_quieter_and_legible_under_marks(theme):
    assert (
        contrast(theme.muted, theme.page) < contrast(theme.dimmed, theme.page) < contrast(theme.text, theme.page) * 0.7
    )
    marks = [wash(theme, color, strength) for color in (*HUES, *LABELS, *SAFE.values()) for strength in Strength]
    for ground in (*marks, theme.selection, theme.find, theme.find_current):
        assert contrast(theme.dimmed, ground) >= 4.5, ground


@THEMES
def test_the_palette_carries_the_theme(theme):
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window).name() == theme.window
    assert made.color(QPalette.ColorRole.WindowText).name() == theme.text
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()
    assert disabled != theme.text


@THEMES
def test_the_hint_in_an_empty_field_can_be_read(theme, qtbot):
    field = QLineEdit(placeholderText="Filter")
    qtbot.addWidget(field)
    field.setStyleSheet(sheet(theme, 10))
    field.ensurePolished()
    shown = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert contrast(shown.name(), theme.raised) >= 4.5
    assert shown.alpha() == 255

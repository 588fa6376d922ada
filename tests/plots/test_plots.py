"""Plots: every value finds its place in the picture, what is undefined says so, and the same values give the same file."""

import re
import zlib

import pytest

from annotator.plots.bars import Bar, across
from annotator.plots.frame import KINDS, Colours, picture, save
from annotator.plots.heat import Tile, heat_map
from annotator.plots.intervals import Point, forest, weeks
from annotator.plots.people import Path, Spot, finders, paths

LIGHT = Colours("#fefdfa", "#1c1b19", "#67635c", "#dcd8d0", "#23589f", "#1f6b3a", "#835200", "#a8261c")
DARK = Colours("#1b1c1e", "#e6e3dd", "#a3a09a", "#36393d", "#86b4f2", "#7cc796", "#e2b25c", "#f2938a")
SIZE = (640.0, 320.0)
POINTS = (
    Point("Claim", 0.8, 0.7, 0.9, "claim", "Claim: α .80"),
    Point("Denial", None, None, None, "denial", "Denial: undefined"),
    Point("A label with a name that is longer than anybody wants to read", -0.1, -0.2, 0.05, "long", "Long: α -.10"),
)
TILES = (
    Tile(0, 0, 0.9, ".90", ".85–.95", "a", "Ana and Ben"),
    Tile(1, 0, 0.2, ".20", "", "b", "Ana and Cem"),
    Tile(1, 1, None, "undefined", "", "c", "Ben and Cem"),
)


def every():
    yield "forest", lambda size, colours: forest(POINTS, size=size, colours=colours)
    yield "weeks", lambda size, colours: weeks(POINTS, size=size, colours=colours)
    yield "heat", lambda size, colours: heat_map(("Ben", "Cem"), ("Ana", "Ben"), TILES, size=size, colours=colours)
    spots = [Spot("Ana", 0.8, 0.7, "a", "Ana"), Spot("Ben", 0.81, 0.7, "b", "Ben"), Spot("Cem", 0.3, 0.9, "c", "Cem")]
    yield "finders", lambda size, colours: finders(spots, size=size, colours=colours)
    course = Path("Ana", [0.1, -0.2, 0.3], ["x", "y", "z"], ["X", "Y", "Z"], "ρ .50, p .10", flagged=True)
    yield "paths", lambda size, colours: paths([course, course], size=size, colours=colours)
    bars = [Bar("One", 0.02, "one", "One costs"), Bar("Two", -0.01, "two", "Two helps")]
    yield "across", lambda size, colours: across(bars, size=size, colours=colours, label="α without it, less α")


@pytest.mark.parametrize(("name", "make"), list(every()), ids=[name for name, _ in every()])
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_target_lies_in_the_picture_and_the_page_has_its_colour(name, make, colours):
    plot = make(SIZE, colours)
    data, wide, high = picture(plot, 1.0)
    assert (wide, high) == SIZE
    assert len(data) == 4 * wide * high
    assert tuple(data[:3]) == tuple(bytes.fromhex(colours.page[1:]))
    targets = plot.targets()
    assert targets
    for each in targets:
        assert 0 <= each.x <= 1, each
        assert 0 <= each.y <= 1, each
        assert each.words


@pytest.mark.parametrize(("name", "make"), list(every()), ids=[name for name, _ in every()])
def test_twice_as_sharp_is_the_same_picture_in_twice_as_many_dots(name, make):
    plot = make(SIZE, LIGHT)
    picture(plot, 1.0)
    before = plot.targets()
    _, wide, high = picture(plot, 2.0)
    assert (wide, high) == (2 * SIZE[0], 2 * SIZE[1])
    for one, other in zip(before, plot.targets(), strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.02)


def test_a_higher_value_stands_further_right_and_a_later_week_too():
    plot = weeks(
        [Point(str(each), 0.1 * each, None, None, each, str(each), 3) for each in (1, 5, 9)], size=SIZE, colours=LIGHT
    )
    picture(plot, 1.0)
    first, second, third = plot.targets()
    assert first.x < second.x < third.x
    assert first.y > second.y > third.y, "a higher α stands higher"


def test_tiles_lie_in_rows_and_columns():
    plot = heat_map(("Ben", "Cem"), ("Ana", "Ben"), TILES, size=SIZE, colours=LIGHT)
    picture(plot, 1.0)
    a, b, c = plot.targets()
    assert a.y < b.y == pytest.approx(c.y)
    assert a.x == pytest.approx(b.x)
    assert b.x < c.x


@pytest.mark.parametrize("kind", KINDS)
def test_a_plot_is_saved_the_same_twice(kind, tmp_path):
    files = []
    for name in ("one", "other"):
        path = tmp_path / f"{name}.{kind}"
        save(forest(POINTS, size=SIZE, colours=LIGHT), path)
        files.append(path.read_bytes())
    assert files[0] == files[1]
    assert {"svg": b"<svg", "pdf": b"%PDF", "png": b"\x89PNG"}[kind] in files[0]


def test_a_saved_pdf_has_its_words_as_text(tmp_path):
    save(forest(POINTS, size=SIZE, colours=LIGHT), tmp_path / "plot.pdf")
    content = (tmp_path / "plot.pdf").read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    assert any(b"TJ" in _plain(each) or b"Tj" in _plain(each) for each in streams)


def _plain(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_an_unknown_form_is_refused(tmp_path):
    with pytest.raises(ValueError, match="bmp"):
        save(forest(POINTS, size=SIZE, colours=LIGHT), tmp_path / "plot.bmp")
    assert not (tmp_path / "plot.bmp").exists()


def test_nothing_to_draw_is_no_matter():
    for plot in (
        forest((), size=SIZE, colours=LIGHT),
        weeks((), size=SIZE, colours=LIGHT),
        finders((), size=SIZE, colours=LIGHT),
        paths((), size=SIZE, colours=LIGHT),
        across((), size=SIZE, colours=LIGHT, label=""),
    ):
        picture(plot, 1.0)
        assert plot.targets() == ()


@pytest.mark.parametrize(
    "title", ["📰 Rain", "وزیر گزارش را رد کرد", "a $b$ c_d", "from $5 to \\\\nothing $", "\U0001f9ff \U00012000"]
)
def test_a_title_in_any_letters_is_drawn_and_saved(title, tmp_path):
    bars = [Bar(title, 0.02, "one", title)]
    plot = across(bars, size=SIZE, colours=LIGHT, label=title)
    picture(plot, 1.0)
    for kind in KINDS:
        save(plot, tmp_path / f"plot.{kind}")


def test_very_small_costs_are_written_out_at_the_axis():
    plot = across([Bar("One", 0.00009, "one", "One costs")], size=SIZE, colours=LIGHT, label="")
    picture(plot, 1.0)
    axis = plot.figure.axes[0].xaxis
    assert axis.get_offset_text().get_text() == ""
    assert any(tick.get_text().startswith("0.0000") for tick in axis.get_ticklabels())

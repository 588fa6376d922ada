"""What holds for all formats: the table in the documentation, and that each is told apart."""

from pathlib import Path

import pytest

from annotator.formats import IN, OUT
from annotator.formats.format import Options
from annotator.formats.registry import READERS, WRITERS
from annotator.formats.table import remarks, table
from annotator.model.errors import ExchangeError
from annotator.project import Project

DOCS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("part", [table, remarks])
def test_the_documentation_says_what_the_code_says(part):
    """When this fails: `python -m tests.formats.write_table`."""
    assert part() in DOCS.read_text("utf-8")


def test_the_documentation_has_a_section_for_every_format():
    headings = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("## ")]
    for name in {**READERS, **WRITERS}:
        assert any(f"`{name}`" in heading for heading in headings), name


def test_the_names_that_are_known_at_once_are_those_of_the_registry():
    assert tuple(WRITERS) == OUT
    assert tuple(READERS) == IN


def test_every_format_says_what_it_is_for():
    for name, each in {**READERS, **WRITERS}.items():
        assert each.purpose or name in WRITERS, name
        assert not each.purpose.endswith("."), name


@pytest.mark.parametrize(
    ("name", "choice", "value"),
    [
        (name, choice.name, value)
        for name, writer in WRITERS.items()
        for choice in writer.choices
        for value, _ in choice.values
    ],
)
def test_what_a_format_offers_to_choose_is_what_it_takes(tmp_path, name, choice, value):
    writer = WRITERS[name]
    if writer.needs:
        pytest.importorskip(writer.needs)
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("Rain came\n\nIt rained on Monday.\n")
        project.annotate(project.articles()[0].id, "claim", [(0, 4)], annotator="Ana")
        project.export(tmp_path / "out", name, options=Options(given={choice: value}))
        with pytest.raises(ExchangeError, match="cannot be"):
            project.export(tmp_path / "other", name, options=Options(given={choice: "nothing of the kind"}))

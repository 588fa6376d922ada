"""What holds for all formats: the table in the documentation, and that each is told apart."""

from pathlib import Path

import pytest

from annotator.formats import IN, OUT
from annotator.formats.registry import READERS, WRITERS
from annotator.formats.table import remarks, table

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

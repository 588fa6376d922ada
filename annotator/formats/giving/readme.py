"""The README of an export, as Markdown."""

from collections.abc import Iterable
from textwrap import wrap

README = "README.md"
_WIDTH = 100


def readme(name: str, paragraphs: Iterable[str]) -> str:
    """Return the content of a README whose heading is `name`."""
    lines = [f"# {' '.join(name.split()) or 'Annotations'}"]
    for each in paragraphs:
        lines += ["", *wrap(each, _WIDTH, break_long_words=False, break_on_hyphens=False)]
    return "\n".join(lines) + "\n"

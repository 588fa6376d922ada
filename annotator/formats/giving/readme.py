"""The README of an export, as Markdown."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from annotator.text.markdown import begun, escaped, paragraph

README = "README.md"
_WIDTH = 100


def readme(name: str, paragraphs: Iterable[str]) -> str:
    """Return the content of a README whose heading is `name`. What the project says in it is shown, and never obeyed."""
    lines = [f"# {escaped(name) or 'Annotations'}"]
    for each in paragraphs:
        lines += ["", *wrapped(each)]
    return "\n".join(lines) + "\n"


def wrapped(words: str) -> Iterator[str]:
    """Yield the lines of a paragraph in Markdown."""
    for line in wrap(paragraph(" ".join(words.split())), _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield begun(line)

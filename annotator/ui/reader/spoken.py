"""Where the caret is, in words, for those who hear the screen."""

from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.page import Page
from annotator.ui.reader.selection import Selection


def describe(page: Page, index: MarkIndex, inks: Inks, selection: Selection) -> str:
    """Return a sentence or two: the paragraph, the labels on the character after the caret, what is selected."""
    caret = selection.caret
    parts = [f"Paragraph {page.paragraph_of(caret) + 1} of {len(page.starts)}."]
    labels = [inks.label(annotation.label).name for annotation in index.at(caret)]
    if labels:
        parts.append(f"Labelled {', '.join(labels)}.")
    span = selection.span
    if span:
        parts.append(f"Selected: {' … '.join(span.covered(page.text))}")
    return " ".join(parts)

"""The reading view: an article like a page, with its marks."""

from annotator.ui.reader.view import Reader

__all__ = ["Reader"]

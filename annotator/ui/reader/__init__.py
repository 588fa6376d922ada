"""The reading view: an article like a page, with its marks."""

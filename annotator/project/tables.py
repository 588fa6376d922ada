"""What the window needs of tables with offsets, through the door."""

from annotator.formats.offset_table import Preview, Sample

__all__ = ["Preview", "Sample"]

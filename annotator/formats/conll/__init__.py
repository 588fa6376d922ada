"""Formats of tokens: CoNLL-2003 in columns, and CoNLL-U with offsets, so that the text comes back as it was."""

from annotator.formats.conll import columns, universal

WRITER = columns.WRITER
READER = columns.READER
UNIVERSAL_WRITER = universal.WRITER
UNIVERSAL_READER = universal.READER

"""Annotations in and out: one module a format."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from annotator.formats import jsonl
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading

READERS: dict[str, Callable[[Path], Reading]] = {"jsonl": jsonl.read}
"""Every format that can be read, by name."""

WRITERS: dict[str, Callable[[ProjectRecord, Iterable[ArticleRecord], TextIO], None]] = {"jsonl": jsonl.write}
"""Every format that can be written, by name."""

"""Parquet tables -> articles, where pyarrow is installed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.articles.json_rows import flat
from annotator.articles.reading import Reading
from annotator.articles.sheet_rows import cell_text
from annotator.articles.source import Source, UnreadableError
from annotator.articles.table import Row, Table, TablePreview, preview, read_table

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_BATCH = 256
"""Rows that are held at once."""


def read_parquet(source: Source) -> Reading:
    """Return the articles of a Parquet file, a row each.

    Raises:
        UnreadableError: pyarrow is not installed, or the file is damaged, has no rows, or no column with texts.
    """
    with source.open() as file:
        return read_table(source, Table(_rows(_opened(file)), "parquet"))


def preview_parquet(source: Source) -> TablePreview:
    """Return its first rows and what its columns may hold."""
    with source.open() as file:
        return preview(Table(_rows(_opened(file)), "parquet"))


def _opened(file: object) -> "ParquetFile":
    try:
        # Heavy, and an extra.
        from pyarrow import ArrowException  # noqa: PLC0415
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        raise UnreadableError(
            "Parquet files are read where pyarrow is installed (python3 -m pip install pyarrow), and it is not. "
            "Save the table as CSV or JSON Lines and add that."
        ) from None
    try:
        return ParquetFile(file)
    except (ArrowException, OSError) as error:
        raise UnreadableError(f"This Parquet file is damaged ({error}). Save or fetch it again.") from None


def _rows(table: "ParquetFile") -> Iterator[Row]:
    from pyarrow import ArrowException  # noqa: PLC0415 - heavy, as above

    number = 0
    try:
        for batch in table.iter_batches(batch_size=_BATCH):
            for values in batch.to_pylist():
                number += 1
                plain = {
                    key: each if isinstance(each, (dict, list, str)) else cell_text(each)
                    for key, each in values.items()
                }
                yield Row(number, flat(plain))
    # Bytes that are no UTF-8, and times that no calendar has, come up when a value is made of them.
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(f"From row {number + 1:,} on this Parquet file is damaged ({error}).") from None

"""Data sets as the library ``datasets`` loads them: JSON Lines or Parquet, with a card that names the columns' types."""

from annotator.formats.format import Reader, Writer
from annotator.formats.huggingface import read, write

SPANS_WRITER = Writer("Hugging Face, spans", "", write.SPANS, write.write_spans, splits=True)
TOKENS_WRITER = Writer("Hugging Face, tokens", "", write.TOKENS, write.write_tokens, write.fit_tokens, splits=True)
PARQUET_WRITER = Writer(
    "Hugging Face, spans in Parquet", "", write.SPANS, write.write_parquet, needs=("pyarrow", "parquet"), splits=True
)
READER = Reader("Hugging Face", read.read_lines, read.is_lines)
PARQUET_READER = Reader("Hugging Face, Parquet", read.read_parquet, read.is_parquet, needs=("pyarrow", "parquet"))

"""Data sets as the library ``datasets`` loads them: JSON Lines or Parquet, with a card that names the columns' types."""

from annotator.formats.format import Choice, Reader, Writer
from annotator.formats.huggingface import read, write

SPANS_WRITER = Writer(
    "Hugging Face, spans",
    "",
    write.SPANS,
    write.write_spans,
    splits=True,
    describes=True,
    purpose="A data set with spans and relations",
)
TOKENS_WRITER = Writer(
    "Hugging Face, tokens",
    "",
    write.TOKENS,
    write.write_tokens,
    write.fit_tokens,
    splits=True,
    describes=True,
    purpose="A data set for token classification",
    tokens=True,
    choices=(Choice("scheme", "Tags", (("IOB2", "IOB2"), ("BIOES", "BIOES"))),),
)
PARQUET_WRITER = Writer(
    "Hugging Face, spans in Parquet",
    "",
    write.SPANS,
    write.write_parquet,
    needs="pyarrow",
    splits=True,
    describes=True,
    purpose="The same in Parquet, quicker to load",
)
READER = Reader("Hugging Face", read.read_lines, read.is_lines)
PARQUET_READER = Reader("Hugging Face, Parquet", read.read_parquet, read.is_parquet, needs="pyarrow")

"""Write data sets: a card, and a file for each part of a split."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.formats.format import EACH_FRAGMENT, SPANS_ALONE, Holds, Losses, Options, OutFile, Records
from annotator.formats.giving.fit import fit
from annotator.formats.giving.ink import inked
from annotator.formats.giving.output import text_file
from annotator.formats.huggingface.card import card
from annotator.formats.huggingface.features import Kind, Many, Names, described, numbered
from annotator.formats.huggingface.rows import Columns, scheme_of, span_columns, span_rows, token_columns, token_rows
from annotator.formats.json_lines import line_of
from annotator.formats.record import ArticleRecord, ProjectRecord

if TYPE_CHECKING:
    import pyarrow as pa

SPANS = Holds(
    across=False,
    between=False,
    states=False,
    codebook=False,
    remark="a row an article and annotator; labels are ClassLabel on load",
)
TOKENS = replace(
    SPANS_ALONE,
    unit="tokens, with code points beside them",
    overlap=False,
    metadata=True,
    instead=(("overlap", "the longest is kept"), ("discontinuous", EACH_FRAGMENT)),
    remark="a row an article and annotator; tags are ClassLabel on load",
)
_SPLITS = {"dev": "validation"}
_BATCH = 200
"""Rows of a Parquet file that are in memory at once."""
_Rows = Callable[[ProjectRecord, ArticleRecord, Options], Iterator[dict[str, Any]]]


def fit_tokens(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    """Return the record with spans that tags can hold."""
    return fit(TOKENS, project, inked(record, losses), losses)


def write_spans(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield the card and the files, spans in each row."""
    yield from _write(project, records, options, span_columns(project), span_rows)


def write_tokens(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield the card and the files, tokens with tags in each row."""
    yield from _write(project, records, options, token_columns(project, scheme_of(options)), token_rows)


def _write(
    project: ProjectRecord, records: Records, options: Options, columns: dict[str, Kind], rows: _Rows
) -> Iterator[OutFile]:
    parts = _parts(records, options)
    names = [(part, f"data/{part}.jsonl") for part, _ in parts]
    yield text_file("README.md", [card(project, columns, names, options)])
    for (_, part), (_, name) in zip(parts, names, strict=True):
        yield text_file(name, (line_of(row) for record in part for row in rows(project, record, options)))


def write_parquet(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield the card and Parquet files, spans in each row."""
    columns = span_columns(project)
    parts = _parts(records, options)
    names = [(part, f"data/{part}.parquet") for part, _ in parts]
    yield text_file("README.md", [card(project, columns, names, options)])
    for (_, part), (_, name) in zip(parts, names, strict=True):
        yield OutFile(name, _parquet(columns, (row for record in part for row in span_rows(project, record, options))))


@dataclass(frozen=True, slots=True)
class _Part:
    """The records of one part of a split."""

    records: Records
    articles: frozenset[str]

    def __iter__(self) -> Iterator[ArticleRecord]:
        return (record for record in self.records if record.article.id in self.articles)


def _parts(records: Records, options: Options) -> list[tuple[str, Records]]:
    if not options.parts:
        return [("train", records)]
    return [(_SPLITS.get(name, name), _Part(records, ids)) for name, ids in options.parts if ids]


def _parquet(columns: Columns, rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    schema = _schema(columns)
    out = io.BytesIO()
    sink = _Sink(out)
    batch: list[dict[str, Any]] = []
    with pq.ParquetWriter(sink, schema) as writer:
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                writer.write_table(_table(columns, batch, schema))
                batch = []
                yield sink.take()
        if batch:
            writer.write_table(_table(columns, batch, schema))
    yield sink.take()


def _table(columns: Columns, batch: list[dict[str, Any]], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.Table.from_pylist([numbered(columns, row) for row in batch], schema=schema)


class _Sink(io.RawIOBase):
    """A file that hands out what was written to it, so that it is never whole in memory."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__()
        self._out = out
        self._before = 0

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever has bytes
        """Keep bytes until they are taken."""
        return self._out.write(data)

    def tell(self) -> int:
        """Return how much was written."""
        return self._before + self._out.tell()

    def take(self) -> bytes:
        """Return what was written since this was last asked."""
        found = self._out.getvalue()
        self._before += len(found)
        self._out.seek(0)
        self._out.truncate()
        return found


def _schema(columns: Columns) -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    described_columns = {name: described(kind) for name, kind in columns.items()}
    metadata = {"huggingface": json.dumps({"info": {"features": described_columns}})}
    return pa.schema([pa.field(name, _arrow(kind)) for name, kind in columns.items()], metadata=metadata)


def _arrow(kind: Kind) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    match kind:
        case "string":
            return pa.string()
        case "bool":
            return pa.bool_()
        case str() | Names():
            return pa.int64()
        case Many(of):
            return pa.list_(_arrow(of))
        case _:
            return pa.struct([pa.field(name, _arrow(each)) for name, each in kind.items()])

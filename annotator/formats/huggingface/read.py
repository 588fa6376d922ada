"""Read data sets in the shapes that are written here, and such as have the same columns."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.conll.tags import runs
from annotator.formats.format import Taking
from annotator.formats.huggingface.features import worded
from annotator.formats.json_lines import as_text, first_in, is_clean, is_number, objects_of
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.model.article import BlockKind, Metadatum
from annotator.model.problem import Problem

_Row = tuple[int, Mapping[str, Any]]


def is_lines(path: Path, head: bytes) -> bool:
    """Whether a file, or the first one of a folder, has rows of either shape."""
    return first_in(path, head, (".jsonl",), _looks_right)


def _looks_right(content: Mapping[str, Any]) -> bool:
    if not isinstance(content.get("text"), str) or "answer" in content or "_input_hash" in content:
        return False
    if isinstance(content.get("spans"), list) and "tokens" not in content:
        return "annotator" in content or "relations" in content
    return all(isinstance(content.get(name), list) for name in ("tokens", "ner_tags", "token_starts", "token_ends"))


def is_parquet(path: Path, head: bytes) -> bool:
    """Whether it is a Parquet file, or a folder with some."""
    if path.is_dir():
        return any(path.rglob("*.parquet"))
    return head.startswith(b"PAR1")


def read_lines(path: Path, taking: Taking) -> Reading:
    """Read a file of rows, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    found = ((file, objects_of(file, problems)) for file, _ in files_of(path, (".jsonl",)))
    return gather(_documents(found, problems), path, taking, problems=problems, importer="huggingface")


def read_parquet(path: Path, taking: Taking) -> Reading:
    """Read a Parquet file, or all of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    found = ((file, _rows(file, problems)) for file, _ in files_of(path, (".parquet",)))
    return gather(_documents(found, problems), path, taking, problems=problems, importer="huggingface")


def _rows(file: Path, problems: list[Problem]) -> Iterator[_Row]:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    number = 0
    try:
        with pq.ParquetFile(file) as opened:
            described = json.loads((opened.schema_arrow.metadata or {}).get(b"huggingface", b"{}"))
            features = described.get("info", {}).get("features", {})
            for batch in opened.iter_batches(batch_size=200):
                for row in batch.to_pylist():
                    number += 1
                    yield number, worded(features, row)
    except (pa.ArrowException, OSError, ValueError, OverflowError, AttributeError) as error:
        problems.append(Problem(str(file), f"The file is no Parquet file that can be read: {error}."))


def _documents(files: Iterable[tuple[Path, Iterator[_Row]]], problems: list[Problem]) -> Iterator[Document]:
    for file, rows in files:
        for number, content in rows:
            row = _RowReader(file, number, problems)
            text = content.get("text")
            if not isinstance(text, str) or not is_clean({**content, "text": "", "tokens": []}):
                row.tell("The row lacks “text”, or holds half of a character.")
                continue
            name = as_text(content["id"]) if content.get("id") is not None else f"{file.stem}:{number}"
            who = content.get("annotator")
            title = content.get("title")
            yield Document(
                file=file,
                name=name,
                text=text,
                items=tuple(row.tagged(content) if "ner_tags" in content else row.items(content)),
                ties=tuple(row.ties(content)),
                annotator=who if isinstance(who, str) else "",
                labelled=bool(who) or "annotator" not in content,
                title=title if isinstance(title, str) and title.strip() else name,
                language=_string(content.get("language")),
                direction=_string(content.get("direction")),
                metadata=tuple(_metadata(content)),
                blocks=tuple(row.blocks(content)),
                id=name,
            )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _metadata(content: Mapping[str, Any]) -> Iterator[Metadatum]:
    for each in _objects(content, "metadata"):
        if isinstance(each.get("key"), str):
            yield Metadatum(each["key"], _string(each.get("value")), _string(each.get("original")))


def _objects(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = content.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


class _RowReader:
    """One row of a file, and what is wrong with it."""

    def __init__(self, file: Path, number: int, problems: list[Problem]) -> None:
        self._file, self._number, self._problems = file, number, problems

    def tell(self, message: str) -> None:
        """Note what is wrong with the row."""
        self._problems.append(Problem(str(self._file), message, self._number))

    def items(self, content: Mapping[str, Any]) -> Iterator[Item]:
        """Yield the spans."""
        for place, span in enumerate(_objects(content, "spans"), start=1):
            ranges = _ranges(span)
            if ranges is None or not isinstance(span.get("label"), str) or not span["label"]:
                self.tell(f"A span should have “start”, “end” and “label”, unlike {as_text(span)[:60]}.")
                continue
            key = as_text(span["id"]) if span.get("id") is not None else f"span {place}"
            quote = span.get("text")
            yield Item(
                key=key,
                label=span["label"],
                ranges=ranges,
                quotes=(quote,) if isinstance(quote, str) else (),
                attributes=tuple(
                    (as_text(each.get("name")), as_text(each.get("value"))) for each in _objects(span, "attributes")
                ),
                note=_string(span.get("note")),
                id=key,
                line=self._number,
            )

    def ties(self, content: Mapping[str, Any]) -> Iterator[Tie]:
        """Yield the relations; one whose tail is null points at what is not in the article."""
        for each in _objects(content, "relations"):
            match each:
                case {"type": str(kind), "head": str(head), "tail": str() | None as tail} if kind:
                    yield Tie(kind, head, tail, each.get("role") is True, id=_string(each.get("id")), line=self._number)
                case _:
                    self.tell(f"A relation should have “type”, “head” and “tail”, unlike {as_text(each)[:60]}.")

    def blocks(self, content: Mapping[str, Any]) -> Iterator[tuple[BlockKind, int, int]]:
        """Yield the blocks."""
        for each in _objects(content, "blocks"):
            match each:
                case {"kind": str(kind), "start": start, "end": end} if (
                    kind in set(BlockKind) and is_number(start) and is_number(end)
                ):
                    yield BlockKind(kind), start, end
                case _:
                    self.tell(f"There is a block that is none: {as_text(each)[:60]}.")

    def tagged(self, content: Mapping[str, Any]) -> Iterator[Item]:
        """Yield the spans that tags make."""
        tokens, tags = content.get("tokens"), content["ner_tags"]
        starts, ends = content.get("token_starts"), content.get("token_ends")
        lists = [each for each in (tokens, tags, starts, ends) if isinstance(each, list)]
        if len(lists) < 4 or len({len(each) for each in lists}) > 1:
            self.tell("The row should have “tokens”, “ner_tags”, “token_starts” and “token_ends” of one length.")
            return
        if not all(isinstance(tag, str) for tag in lists[1]):
            self.tell("Tags should be words (“B-claim”), as numbers do not say what they stand for.")
            return
        if not all(is_number(each) for each in (*lists[2], *lists[3])):
            self.tell("“token_starts” and “token_ends” should be whole numbers.")
            return
        for first, last, label in runs(lists[1]):
            quote = (as_text(lists[0][first]),) if first == last else ()
            yield Item(f"token {first + 1}", label, ((lists[2][first], lists[3][last]),), quote, line=self._number)


def _ranges(span: Mapping[str, Any]) -> tuple[tuple[int, int], ...] | None:
    found = _objects(span, "fragments") or [span]
    made = [(each.get("start"), each.get("end")) for each in found]
    if not all(is_number(start) and is_number(end) for start, end in made):
        return None
    return tuple((int(start or 0), int(end or 0)) for start, end in made)

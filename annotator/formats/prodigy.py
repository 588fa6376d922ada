"""Prodigy JSONL: spans on tokens, relations between spans, a line an article and annotator.

Spans must sit on tokens, or Prodigy stops: the tokens are written, cut at the edges of spans.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.formats.format import Holds, Options, OutFile, Reader, Records, Taking, Writer
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import active
from annotator.formats.json_lines import as_text, first_in, is_clean, is_number, line_of, objects_of
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.formats.tokens import covering
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Metadatum
from annotator.model.counting import counted, noun
from annotator.model.problem import Problem

_SUFFIXES = (".jsonl",)
_KNOWN = frozenset({"text", "tokens", "spans", "relations", "answer", "meta", "label", "accept", "options", "title"})
HOLDS = Holds(
    discontinuous=False,
    across=False,
    between=False,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    instead=(("discontinuous", "each fragment is a span of its own"),),
    remark="attributes and notes stand on the spans, where Prodigy leaves them alone; overlapping spans need spans.manual"
    " or rel.manual",
)


def _write(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    yield text_file("", _lines(project, records, options))


def _lines(project: ProjectRecord, records: Records, options: Options) -> Iterator[str]:
    for record in records:
        people = active(record)
        mine = [each for each in project.annotators if each.id in people]
        for annotator in mine:
            line = _line(record, annotator.id, options)
            yield line_of({**line, "answer": "accept", "_annotator_id": annotator.name})
        if not mine:
            yield line_of(_line(record, "", options))


def _line(record: ArticleRecord, annotator: str, options: Options) -> dict[str, Any]:
    text = record.article.text
    mine = [each for each in record.annotations if each.annotator == annotator]
    tokens = covering(
        text, options.tokens, starts={each.span.start for each in mine}, ends={each.span.end for each in mine}
    )
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}
    absent: dict[str, list[str]] = {}
    for link in record.links:
        if link.target is None:
            absent.setdefault(link.origin_id, []).append(link.kind)
    plain = {each.id: _plain(each, first, last) for each in mine}
    joined = [each for each in record.links if each.annotator == annotator and each.target is not None]
    return {
        "text": text,
        "tokens": [
            {"text": text[start:end], "start": start, "end": end, "id": number, "ws": ws}
            for number, (start, end, ws) in enumerate(tokens)
        ],
        "spans": [{**plain[each.id], **_more(each, absent)} for each in mine],
        "relations": [_relation(each, plain) for each in joined],
        "meta": {"title": record.article.title},
    }


def _plain(annotation: Annotation, first: Mapping[int, int], last: Mapping[int, int]) -> dict[str, Any]:
    start, end = annotation.span.start, annotation.span.end
    return {
        "start": start,
        "end": end,
        "token_start": first[start],
        "token_end": last[end],  # the last token itself, unlike “end”
        "label": annotation.label,
    }


def _more(annotation: Annotation, absent: Mapping[str, list[str]]) -> dict[str, Any]:
    attributes: dict[str, list[str]] = {}
    for name, value in annotation.attributes:
        attributes.setdefault(name, []).append(value)
    found = {"attributes": attributes, "note": annotation.note, "absent": absent.get(annotation.id, [])}
    return {name: value for name, value in found.items() if value}


def _relation(link: Link, spans: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    head, child = spans[link.origin_id], spans[link.target or ""]
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": link.kind,
    }


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    unanswered: Counter[str] = Counter()
    documents = _documents(files_of(path, _SUFFIXES), problems, unanswered)
    reading = gather(documents, path, taking, problems=problems, importer="prodigy")
    told = [
        f"{counted(count, 'line')} with the answer “{answer}” {noun(count, 'gives', 'give')} no labels."
        for answer, count in unanswered.items()
    ]
    return replace(reading, told=(*reading.told, *told))


def _documents(
    files: Iterable[tuple[Path, str]], problems: list[Problem], unanswered: Counter[str]
) -> Iterator[Document]:
    for file, annotator in files:
        for number, content in objects_of(file, problems):
            line = _Line(file, number, problems)
            text, answer = content.get("text"), content.get("answer", "accept")
            if not isinstance(text, str) or not is_clean({**content, "text": "", "tokens": []}):
                line.tell("The line lacks “text”, or holds half of a character.")
                continue
            if answer != "accept":
                unanswered[as_text(answer)] += 1
            who = content.get("_annotator_id") or content.get("_session_id") or annotator
            meta = content["meta"] if isinstance(content.get("meta"), dict) else {}
            title = meta.get("title")
            is_nobodys = "answer" not in content and not content.get("spans") and "_annotator_id" not in content
            name = f"{file.stem}:{number}"
            yield Document(
                file=file,
                name=name,
                text=text,
                items=tuple(line.items(content)) if answer == "accept" else (),
                ties=tuple(line.ties(content)) if answer == "accept" else (),
                annotator=who if isinstance(who, str) else "",
                labelled=answer == "accept" and not is_nobodys,
                title=title if isinstance(title, str) and title.strip() else name,
                metadata=tuple(_metadata(content, meta)),
            )


def _metadata(content: Mapping[str, Any], meta: Mapping[str, Any]) -> Iterator[Metadatum]:
    more = {key: value for key, value in content.items() if key not in _KNOWN and not key.startswith("_")}
    for key, value in {**meta, **more}.items():
        if key != "title" and value not in (None, "", [], {}):
            yield Metadatum(key.casefold(), as_text(value))


class _Line:
    """One line of a file, and what is wrong with it."""

    def __init__(self, file: Path, number: int, problems: list[Problem]) -> None:
        self._file, self._number, self._problems = file, number, problems

    def tell(self, message: str) -> None:
        """Note what is wrong with the line."""
        self._problems.append(Problem(str(self._file), message, self._number))

    def items(self, content: Mapping[str, Any]) -> Iterator[Item]:
        """Yield the spans. What their tokens say is the quote."""
        tokens = content.get("tokens")
        pieces = _pieces(tokens if isinstance(tokens, list) else [])
        for span in _objects(content, "spans"):
            key = _key(span)
            if key is None:
                self.tell(f"A span should have “start”, “end” and “label”, unlike {as_text(span)[:60]}.")
                continue
            attributes = span.get("attributes")
            note = span.get("note")
            yield Item(
                key=key,
                label=span["label"],
                ranges=((span["start"], span["end"]),),
                quotes=_quote(span, pieces),
                attributes=tuple(_values(attributes if isinstance(attributes, dict) else {})),
                note=note if isinstance(note, str) else "",
                line=self._number,
            )

    def ties(self, content: Mapping[str, Any]) -> Iterator[Tie]:
        """Yield the relations, and what is not in the article."""
        for each in _objects(content, "relations"):
            ends = [
                _key(each[name]) if isinstance(each.get(name), dict) else None for name in ("head_span", "child_span")
            ]
            if None in ends or not isinstance(each.get("label"), str):
                self.tell(f"A relation should have “head_span”, “child_span” and “label”, unlike {as_text(each)[:60]}.")
                continue
            yield Tie(each["label"], ends[0] or "", ends[1], line=self._number)
        for span in _objects(content, "spans"):
            kinds = span.get("absent")
            for kind in kinds if isinstance(kinds, list) else []:
                yield Tie(as_text(kind), _key(span) or "", None, line=self._number)


def _objects(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = content.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _key(span: Mapping[str, Any]) -> str | None:
    """Return what a span is known by: Prodigy gives it no id."""
    start, end, label = span.get("start"), span.get("end"), span.get("label")
    if not is_number(start) or not is_number(end) or not isinstance(label, str) or not label:
        return None
    return f"{start}-{end} {label}"


def _values(attributes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, values in attributes.items():
        for value in values if isinstance(values, list) else [values]:
            yield name, as_text(value)


def _pieces(tokens: list[Any]) -> list[tuple[str, str]]:
    """Return the tokens of a line, each also with the blank that may follow it; nothing where one is none."""
    words = [each["text"] for each in tokens if isinstance(each, dict) and isinstance(each.get("text"), str)]
    if len(words) < len(tokens):
        return []
    return [(word, f"{word} " if each.get("ws") else word) for word, each in zip(words, tokens, strict=True)]


def _quote(span: Mapping[str, Any], pieces: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the words that a span's tokens make; nothing where they do not tell."""
    if isinstance(span.get("text"), str):
        return (span["text"],)
    first, last = span.get("token_start"), span.get("token_end")
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first <= last < len(pieces):
        return ()
    return ("".join([with_blank for _, with_blank in pieces[first:last]]) + pieces[last][0],)


def _is_prodigy(path: Path, head: bytes) -> bool:
    return first_in(path, head, _SUFFIXES, _looks_right)


def _looks_right(content: dict[str, Any]) -> bool:
    spans = content.get("spans")
    if not isinstance(content.get("text"), str) or not isinstance(spans, list):
        return False
    return "tokens" in content or "_input_hash" in content or "answer" in content


WRITER = Writer(
    "Prodigy JSONL",
    ".jsonl",
    HOLDS,
    _write,
    purpose="For Prodigy: db-in, spans.manual and rel.manual",
    tokens=True,
)
READER = Reader("Prodigy JSONL", _read, _is_prodigy)

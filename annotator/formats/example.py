"""The example project, kept as texts and TOML that people can read, write and review.

A folder holds ``example.toml`` (what is known about each article), ``articles/<slug>.txt`` and
``labels/<annotator>.toml``. Labels are addressed by the words they cover, never by offsets; the folder's README
tells how to write them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.formats.quote import find_quote
from annotator.model.article import Block, BlockKind, Metadatum, State
from annotator.model.errors import FormatError, SpanError
from annotator.model.span import Span
from annotator.text.normalise import normalise

ABSENT = "absent"
"""Written as the target of a link: “not in this article”."""
_METADATA = {"outlet": "outlet", "byline": "byline", "date": "date published", "story": "story"}
_TOML_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class ExampleArticle:
    """An article of the example. ``slug`` is its name in the folder; the other values are the model's."""

    slug: str
    title: str
    text: str
    blocks: tuple[Block, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ExampleLabel:
    """A label by one annotator. ``key`` is its name in the file, unique for the annotator and the article."""

    annotator: str
    article: str
    key: str
    label: str
    span: Span
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExampleLink:
    """A link by one annotator. Ends are pairs of article and key; no target means “not in this article”."""

    annotator: str
    kind: str
    origin: tuple[str, str]
    target: tuple[str, str] | None
    place: int = 0


@dataclass(frozen=True, slots=True)
class ExampleState:
    """How far an annotator is with an article."""

    annotator: str
    article: str
    state: State


@dataclass(frozen=True, slots=True)
class Example:
    """The whole example: ``codebook`` is the name of a template; annotators, articles and labels are in order."""

    title: str
    codebook: str
    articles: tuple[ExampleArticle, ...]
    annotators: tuple[str, ...]
    labels: tuple[ExampleLabel, ...]
    links: tuple[ExampleLink, ...]
    states: tuple[ExampleState, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of a TOML file that knows where it stands, so that it can say so when something is wrong with it."""

    path: Path
    where: str
    values: Mapping[str, Any]

    def error(self, message: str) -> FormatError:
        return FormatError(self.path, None, f"{self.where}: {message}" if self.where else message)

    def refuse_others(self, *known: str) -> None:
        for name in self.values:
            if name not in known:
                raise self.error(f"“{name}” means nothing here. Known are: {', '.join(known)}.")

    def string(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise self.error(f"“{name}” is missing." if value is None else f"“{name}” must be a string.")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Return the strings under a name, where one may stand without its list."""
        value = self.values.get(name, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.error(f"“{name}” must be a string or a list of strings.")
        return tuple(value)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return the numbers under a name, where one may stand without its list."""
        value = self.values.get(name, [])
        value = [value] if isinstance(value, int) else value
        if not isinstance(value, list) or not all(type(each) is int and each >= 0 for each in value):
            raise self.error(f"“{name}” must be a number or a list of numbers.")
        return tuple(value)

    def table(self, name: str) -> "_Entry":
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.error(f"“{name}” must be a table.")
        return _Entry(self.path, f"{self.where}, {name}" if self.where else name, value)

    def tables(self, name: str, named: str) -> Iterator["_Entry"]:
        """Yield the tables under a name; `named` is the key whose value names each of them in messages."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.error(f"“{name}” must be a list of tables.")
        for number, each in enumerate(value, start=1):
            where = f"{name} “{each[named]}”" if named in each else f"{name} {number}"
            yield _Entry(self.path, f"{self.where}, {where}" if self.where else where, each)

    def span(self, text: str) -> Span:
        """Return where the words of ``quote`` stand, with ``occurrence`` to choose among equal ones."""
        quote = self.strings("quote")
        if not quote:
            raise self.error("“quote” is missing.")
        try:
            return find_quote(text, quote, self.numbers("occurrence"))
        except SpanError as wrong:
            raise self.error(str(wrong)) from wrong


def read_example(folder: Path) -> Example:
    """Read the example in `folder`.

    Raises:
        FormatError: a file is missing or not TOML, a quote is not in its article or is there several times without
            an occurrence, a key is used twice, a link points at nothing, or something is misspelt.
    """
    top = _toml(folder / "example.toml")
    top.refuse_others("title", "codebook", "article")
    articles = tuple(_article(folder, entry) for entry in top.tables("article", "slug"))
    texts = {article.slug: article.text for article in articles}
    if len(texts) < len(articles):
        raise top.error("Two articles have the same slug.")
    annotators: list[str] = []
    labels: list[ExampleLabel] = []
    links: list[ExampleLink] = []
    states: list[ExampleState] = []
    for path in sorted((folder / "labels").glob("*.toml")):
        entry = _toml(path)
        entry.refuse_others("annotator", "article")
        annotator = entry.string("annotator")
        if annotator in annotators:
            raise entry.error(f"“{annotator}” has another file already.")
        annotators.append(annotator)
        made, joined, reached = _work(entry, annotator, texts)
        labels += made
        links += joined
        states += reached
    return Example(
        title=top.string("title"),
        codebook=top.string("codebook"),
        articles=articles,
        annotators=tuple(annotators),
        labels=tuple(labels),
        links=tuple(links),
        states=tuple(states),
    )


def _toml(path: Path) -> _Entry:
    try:
        return _Entry(path, "", tomllib.loads(_read(path)))
    except tomllib.TOMLDecodeError as wrong:
        found = _TOML_LINE.search(str(wrong))
        raise FormatError(path, int(found[1]) if found else None, f"This is not TOML: {wrong}.") from wrong


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as wrong:
        raise FormatError(path, None, f"This file cannot be read: {wrong.strerror}.") from wrong
    except UnicodeDecodeError as wrong:
        raise FormatError(path, None, "This file is not UTF-8.") from wrong


def _article(folder: Path, entry: _Entry) -> ExampleArticle:
    entry.refuse_others("slug", "title", "language", "direction", "block", *_METADATA)
    slug = entry.string("slug")
    # A text file ends with a line end, which is no part of the article.
    text = normalise(_read(folder / "articles" / f"{slug}.txt")).text.rstrip("\n")
    blocks = tuple(sorted((_block(each, text) for each in entry.tables("block", "kind")), key=lambda each: each.start))
    for before, after in pairwise(blocks):
        if after.start < before.end:
            raise entry.error(f"The blocks {before.kind} and {after.kind} overlap.")
    headline = next((text[each.start : each.end] for each in blocks if each.kind is BlockKind.HEADLINE), "")
    return ExampleArticle(
        slug=slug,
        title=entry.string("title", headline or text.partition("\n")[0]),
        text=text,
        blocks=blocks,
        metadata=tuple(Metadatum(key, entry.string(name)) for name, key in _METADATA.items() if name in entry.values),
        language=entry.string("language", ""),
        direction=entry.string("direction", ""),
    )


def _block(entry: _Entry, text: str) -> Block:
    """Return a block given by the numbers of its first and last line, from 1, or by the words it covers."""
    entry.refuse_others("kind", "lines", "quote", "occurrence")
    try:
        kind = BlockKind(entry.string("kind"))
    except ValueError as wrong:
        known = ", ".join(BlockKind)
        raise entry.error(f"“{entry.string('kind')}” is no kind of block. Known are: {known}.") from wrong
    if "quote" in entry.values:
        span = entry.span(text)
        return Block(kind, span.start, span.end)
    lines = entry.numbers("lines")
    ends = [*(place for place, character in enumerate(text) if character == "\n"), len(text)]
    if not lines or not 1 <= lines[0] <= lines[-1] <= len(ends):
        raise entry.error(f"“lines” must be the first and the last line of the block, from 1 to {len(ends)}.")
    first, last = lines[0], lines[-1]
    return Block(kind, ends[first - 2] + 1 if first > 1 else 0, ends[last - 1])


def _work(
    top: _Entry, annotator: str, texts: Mapping[str, str]
) -> tuple[list[ExampleLabel], list[ExampleLink], list[ExampleState]]:
    """Return what one annotator did. Links are resolved last, because they may point at articles further down."""
    labels: list[ExampleLabel] = []
    states: list[ExampleState] = []
    pending: list[tuple[_Entry, str, str]] = []
    known: set[tuple[str, str]] = set()
    for entry in top.tables("article", "slug"):
        entry.refuse_others("slug", "state", "label")
        slug = entry.string("slug")
        if slug not in texts:
            raise entry.error("There is no such article.")
        if any(state.article == slug for state in states):
            raise entry.error("This article has an entry already.")
        states.append(ExampleState(annotator, slug, _state(entry)))
        for each in entry.tables("label", "id"):
            label = _label(each, annotator, slug, texts[slug])
            if (slug, label.key) in known:
                raise each.error("Another label of this article has the same id.")
            known.add((slug, label.key))
            labels.append(label)
            pending.append((each, slug, label.key))
    links = [link for each, slug, key in pending for link in _links(each, annotator, (slug, key), known)]
    return labels, links, states


def _state(entry: _Entry) -> State:
    try:
        return State(entry.string("state"))
    except ValueError as wrong:
        raise entry.error(f"“{entry.string('state')}” is no state. Known are: {', '.join(State)}.") from wrong


def _label(entry: _Entry, annotator: str, slug: str, text: str) -> ExampleLabel:
    entry.refuse_others("id", "label", "quote", "occurrence", "attributes", "links", "note")
    attributes = entry.table("attributes")
    return ExampleLabel(
        annotator=annotator,
        article=slug,
        key=entry.string("id"),
        label=entry.string("label"),
        span=entry.span(text),
        attributes=tuple(sorted((name, value) for name in attributes.values for value in attributes.strings(name))),
        note=entry.string("note", ""),
    )


def _links(
    entry: _Entry, annotator: str, origin: tuple[str, str], known: set[tuple[str, str]]
) -> Iterator[ExampleLink]:
    table = entry.table("links")
    for kind in table.values:
        for place, words in enumerate(table.strings(kind)):
            if words == ABSENT:
                yield ExampleLink(annotator, kind, origin, None, place)
                continue
            slug, slash, key = words.rpartition("/")
            target = (slug if slash else origin[0], key)
            if target not in known:
                raise table.error(f"{kind} points at “{words}”, and {annotator} has no such label.")
            yield ExampleLink(annotator, kind, origin, target, place)

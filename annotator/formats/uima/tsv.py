"""WebAnno TSV 3.3: a token a line, a column a feature, offsets in UTF-16 units.

The rules are those that INCEpTION's own reader and writer follow: what is written here is what it would write of the same
annotations, but that the blanks between two sentences belong to the first one, because they would be lost otherwise.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from annotator.formats.uima.structure import (
    LINK,
    LINKS,
    LIST,
    RELATION,
    SENTENCE,
    SPAN,
    STRING,
    STRINGS,
    TOKEN,
    Cas,
    Structure,
    Types,
    numbered,
)

FORMAT = "#FORMAT=WebAnno TSV "
TEXT = "#Text="
LAYERS = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}
NONE, EMPTY = "_", "*"
STACK, SLOT = "|", ";"
_RESERVED = re.compile(r"->|[\\\[\]|_;*]")
_LETTERS = {"\t": r"\t", "\n": r"\n"}
_TEXT_LETTERS = {**_LETTERS, "\f": r"\f", "\r": r"\r", "\b": r"\b", "\\": r"\\"}
_IN_TEXT = re.compile(r"[\x00-\x1f\\]")


def dumped(cas: Cas, types: Types) -> bytes:
    """Return the CAS as a file. Its spans begin and end with tokens, and its tokens lie in sentences."""
    return "".join(_Sheet(cas, types).lines()).encode()


def escaped(value: str) -> str:
    """Return a value of a feature as a cell holds it."""
    made = _RESERVED.sub(lambda found: f"\\{found[0]}", value)
    for letter, escape in _LETTERS.items():
        made = made.replace(letter, escape)
    return made


def _escaped_text(line: str) -> str:
    return _IN_TEXT.sub(lambda found: _TEXT_LETTERS.get(found[0], f"\\{found[0]}"), line)


class _Sheet:
    """A CAS while it is written."""

    def __init__(self, cas: Cas, types: Types) -> None:
        self._data = cas.text.encode("utf-16-le")
        self._by_id = numbered(cas.structures)
        self._sentences = [each for each in cas.structures if each.type == SENTENCE]
        self._tokens = [each for each in cas.structures if each.type == TOKEN]
        self._names = self._numbered_tokens()
        spans = [each for each in cas.structures if each.type == SPAN]
        self._relations: dict[int, list[Structure]] = defaultdict(list)
        self._first = {token.begin: number for number, token in enumerate(self._tokens)}
        self._last = {token.end: number for number, token in enumerate(self._tokens)}
        self._over = self._stacks(spans)
        for each in cas.structures:
            if each.type == RELATION:
                self._relations[self._unit(each.refs["Dependent"][0])].append(each)
        self._ids = self._disambiguated(spans, [each for each in cas.structures if each.type in (RELATION, LINK)])
        held = types[SPAN][1]
        used = {"label", *(name for each in spans for name in (*each.words, *each.refs))}
        self._features: Mapping[str, str] = {name: kind for name, kind in held.items() if name in used}
        self._width = sum(2 if kind == LINKS else 1 for kind in self._features.values())
        self._made: dict[int, list[str]] = {}

    def _numbered_tokens(self) -> list[str]:
        """Return the name of each token: its sentence's number and its own within it, from 1."""
        names = []
        sentence, inside = -1, 0
        for token in self._tokens:
            while sentence + 1 < len(self._sentences) and _begin(self._sentences[sentence + 1]) <= _begin(token):
                sentence, inside = sentence + 1, 0
            inside += 1
            names.append(f"{sentence + 1}-{inside}")
        return names

    def _stacks(self, spans: list[Structure]) -> list[list[Structure]]:
        """Return the spans over each token, in their order."""
        over: list[list[Structure]] = [[] for _ in self._tokens]
        for span in spans:
            for number in range(self._first[span.begin], self._last[span.end] + 1):
                over[number].append(span)
        return over

    def _unit(self, span: int) -> int:
        """Return the token with which a span begins, by the span's number: references name it."""
        return self._first[self._by_id[span].begin]

    def _disambiguated(self, spans: list[Structure], links: list[Structure]) -> dict[int, int]:
        """Return a number for each span that needs one: of several tokens, stacked on another, or referred to."""
        needing = {each.id for stack in self._over if len(stack) > 1 for each in stack}
        needing |= {each.id for each in spans if self._first[each.begin] != self._last[each.end]}
        needing |= {number for link in links for numbers in link.refs.values() for number in numbers}
        return {each.id: number for number, each in enumerate((s for s in spans if s.id in needing), start=1)}

    def lines(self) -> Iterator[str]:
        """Yield the file's lines."""
        yield f"{FORMAT}3.3\n"
        heads = [
            f"{name}{LIST}" if kind == STRINGS else f"ROLE_{SPAN}:{name}_{LINK}|{SPAN}" if kind == LINKS else name
            for name, kind in self._features.items()
        ]
        yield f"#T_SP={SPAN}|{'|'.join(heads)}\n"
        if self._relations:
            yield f"#T_RL={RELATION}|kind|BT_{SPAN}\n"
        yield "\n"
        at = 0
        ends = [*(_begin(each) for each in self._sentences[1:]), len(self._data) // 2]
        for sentence, end in zip(self._sentences, ends, strict=True):
            yield "\n"
            for line in self._covered(_begin(sentence), end).split("\n"):
                yield f"{TEXT}{_escaped_text(line)}\n"
            while at < len(self._tokens) and _begin(self._tokens[at]) < end:
                yield "".join(f"{cell}\t" for cell in self._row(at)) + "\n"
                at += 1

    def _covered(self, begin: int, end: int) -> str:
        return self._data[2 * begin : 2 * end].decode("utf-16-le")

    def _row(self, number: int) -> Iterator[str]:
        token = self._tokens[number]
        begin, end = _begin(token), token.end or 0
        yield self._names[number]
        yield f"{begin}-{end}"
        yield self._covered(begin, end)
        over = self._over[number]
        if over:
            yield from map(STACK.join, zip(*map(self._cells, over), strict=True))
        else:
            yield from (NONE,) * self._width
        if self._relations:
            relations = self._relations.get(number, ())
            yield STACK.join(escaped(each.word("kind")) or EMPTY for each in relations) or NONE
            yield STACK.join(self._origin(each) for each in relations) or NONE

    def _cells(self, span: Structure) -> list[str]:
        """Return what a span says in each column; it says the same on each of its tokens."""
        made = self._made.get(span.id)
        if made is None:
            made = self._made[span.id] = []
            for name, kind in self._features.items():
                if kind == LINKS:
                    made += [self._roles(span, name), self._targets(span, name)]
                else:
                    made.append(f"{self._value(span, name, kind)}{self._id(span.id)}")
        return made

    def _id(self, span: int) -> str:
        return f"[{self._ids[span]}]" if span in self._ids else ""

    def _value(self, span: Structure, name: str, kind: str) -> str:
        words = span.words.get(name, ())
        return escaped("\n".join(words) if kind != STRING else next(iter(words), "")) or EMPTY

    def _links(self, span: Structure, name: str) -> list[Structure]:
        return [self._by_id[number] for number in span.refs.get(name, ())]

    def _roles(self, span: Structure, name: str) -> str:
        links = self._links(span, name)
        return (SLOT.join(escaped(each.word("role")) for each in links) or NONE) + self._id(span.id)

    def _targets(self, span: Structure, name: str) -> str:
        targets = [each.refs["target"][0] for each in self._links(span, name)]
        return SLOT.join(f"{self._names[self._unit(each)]}{self._id(each)}" for each in targets) or EMPTY

    def _origin(self, relation: Structure) -> str:
        origin, target = relation.refs["Governor"][0], relation.refs["Dependent"][0]
        return f"{self._names[self._unit(origin)]}[{self._ids[origin]}_{self._ids[target]}]"


def _begin(structure: Structure) -> int:
    return structure.begin or 0

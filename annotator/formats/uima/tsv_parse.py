"""Read WebAnno TSV 3.x into a CAS: tokens and parts of tokens, spans over several, stacks, slots, relations and chains."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.formats.format import Unit
from annotator.formats.uima.structure import ANNOTATION, Cas, Structure
from annotator.formats.uima.tsv import EMPTY, FORMAT, LAYERS, NONE, SLOT, STACK, TEXT

_VERSION = re.compile(re.escape(FORMAT) + r"3\.(\d+)\s*$")
_UNIT = re.compile(r"\d+-\d+(\.\d+)?")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_ROLE = re.compile(r"ROLE_.*?:(?P<feature>.+)_[^_]+")
_SUFFIX = re.compile(r"(?s)(.*)\[(\d+(?:_\d+)?)\]")
_CHAIN = re.compile(r"(?s)(.*)->(\d+)-(\d+)")
_VALUE_ESCAPE = re.compile(r"\\(->|[\\\[\]|_;*tn])")
_TEXT_ESCAPE = re.compile(r"\\([\x00-\x1ftnfrb\\])")
_JAVA_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[tnfrb\\\"'/])")
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_NO_VALUES = re.compile(r"\*(?:\[\d+\])?(?:\|\*(?:\[\d+\])?)*")
_REPEATED = ("value", "role")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds.

    Attributes:
        layer: its place among the layers.
        kind: ``value``, ``placeholder``, ``role``, ``target``, ``origin``, ``element`` or ``link`` (of a chain).
        feature: the feature's name.
        points_at: the layer of what it points at; empty: any.
    """

    layer: int
    kind: str
    feature: str = ""
    points_at: str = ""


@dataclass(slots=True)
class _Unit:
    """A token or a part of one, with the structures of each layer over it, in the order of the stack."""

    begin: int
    end: int
    line: int
    cells: list[str]
    over: dict[int, list[Structure]] = field(default_factory=dict)


@dataclass(slots=True)
class _Sentence:
    lines: list[str]
    units: list[_Unit]
    line: int


def parsed(content: bytes) -> Cas | None:
    """Return the CAS that a file holds; None where it has no text.

    Raises:
        ValueError: it is no WebAnno TSV 3, or no UTF-8.
    """
    lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    version = _VERSION.fullmatch(lines[0])
    if version is None:
        raise ValueError(f"the first line should be “{FORMAT}3.3”, but it is “{lines[0][:_SHOWN]}”")
    return _Sheet(lines, is_java=int(version[1]) < 2).cas()


class _Sheet:
    """A file while it is read."""

    def __init__(self, lines: list[str], *, is_java: bool) -> None:
        self._lines = lines
        self._escape = _JAVA_ESCAPE if is_java else _TEXT_ESCAPE
        self._layers: list[tuple[str, str]] = []
        self._columns: list[_Column] = []
        self._in_order: list[tuple[int, _Column]] = []
        self._units: dict[str, _Unit] = {}
        self._by_id: dict[str, Structure] = {}
        self._made: list[Structure] = []
        self._chains: dict[str, dict[int, Structure]] = {}
        self._faults: list[tuple[str, int]] = []
        # What a numbered span says in a column, it says on each of its tokens: it is looked at once.
        self._said: dict[tuple[int, str], Structure] = {}
        self._slots: dict[tuple[int, str], list[str]] = {}
        self._later: dict[tuple[int, str], tuple[_Unit, _Column, Structure, str]] = {}

    def cas(self) -> Cas | None:
        """Return everything that the file holds."""
        sentences = list(self._sentences())
        if not any(sentence.units for sentence in sentences):
            return None
        text, unit, wrong = min((self._text(sentences, each) for each in (Unit.UTF16, Unit.CODE_POINTS)), key=_faults)
        self._faults += wrong
        bad = {line for _, line in wrong}
        # The column of a chain's links says which element it is, so it goes first.
        self._in_order = sorted(enumerate(self._columns, start=1), key=lambda pair: pair[1].kind != "link")
        for found in self._units.values():
            if found.line not in bad:
                self._annotate(found)
        for place, column, structure, value in self._later.values():
            self._resolve(place, column, structure, value)
        for elements in self._chains.values():
            for one, other in pairwise(elements[number] for number in sorted(elements)):
                one.refs["next"] = [other.id]
        return Cas(text, self._made, unit, self._faults)

    def _add(self, name: str, begin: int | None, end: int | None, line: int) -> Structure:
        made = Structure(len(self._made) + 2, name, begin, end, line=line)
        self._made.append(made)
        return made

    def _sentences(self) -> Iterator[_Sentence]:
        """Yield the sentences; the lines of layers before them are taken in."""
        texts: list[str] = []
        found = _Sentence([], [], 1)
        for number, line in enumerate(self._lines[1:], start=2):
            prefix = next((each for each in LAYERS if line.startswith(each)), "")
            if prefix and not found.units and not texts:
                self._layer(LAYERS[prefix], line.removeprefix(prefix))
            elif line.startswith(TEXT):
                if found.units:
                    yield found
                    found = _Sentence([], [], number)
                texts.append(self._plain(line.removeprefix(TEXT)))
            elif line and not line.startswith("#"):
                unit = self._row(line, number)
                if unit is not None and (texts or found.units):
                    found = found if found.units else _Sentence(texts, [], number)
                    texts = []
                    found.units.append(unit)
        if found.units:
            yield found

    def _layer(self, kind: str, words: str) -> None:
        name, *features = words.split(STACK)
        layer = len(self._layers)
        self._layers.append((kind, name))
        before = ""
        found = []
        for each in features:
            role = _ROLE.fullmatch(each)
            if kind == "relation" and each.startswith("BT_"):
                found.append(_Column(layer, "origin", points_at=each.removeprefix("BT_")))
            elif kind == "chain":
                found.append(_Column(layer, "link" if each == "referenceRelation" else "element", each))
            elif role is not None:
                before = role["feature"]
                found.append(_Column(layer, "role", before))
            elif before and "." in each:
                found.append(_Column(layer, "target", before, points_at=each))
            elif each:
                found.append(_Column(layer, "value", each))
        self._columns += found or [_Column(layer, "placeholder")]

    def _plain(self, words: str) -> str:
        def turned(found: re.Match[str]) -> str:
            word = found[1]
            return chr(int(word[1:], 16)) if len(word) > 1 else _LETTERS.get(word, word)

        return self._escape.sub(turned, words)

    def _row(self, line: str, number: int) -> _Unit | None:
        cells = line.split("\t")
        place = _PLACE.fullmatch(cells[1]) if len(cells) > 2 else None
        if place is None or not _UNIT.fullmatch(cells[0]) or len(cells) < 3 + len(self._columns):
            wanted = 3 + len(self._columns)
            self._faults.append((f"The line should have {wanted} columns: a number, offsets, a token …", number))
            return None
        made = _Unit(int(place[1]), int(place[2]), number, cells[2:])
        self._units.setdefault(cells[0], made)
        return made

    def _text(self, sentences: list[_Sentence], unit: Unit) -> tuple[str, Unit, list[tuple[str, int]]]:
        """Return the text when offsets count `unit`, and which lines then say something else than it does.

        What stands between two sentences is not in the file: it is a line end and blanks, as INCEpTION reads it.
        """
        width = 2 if unit is Unit.UTF16 else 4
        code = "utf-16-le" if width == 2 else "utf-32-le"
        data = bytearray()
        wrong: list[tuple[str, int]] = []
        for sentence in sentences:
            gap = sentence.units[0].begin - len(data) // width
            if gap < 0:
                wrong.append(("The sentence begins before the one before it has ended.", sentence.line))
            elif gap:
                data += ("\n" + " " * (gap - 1) if data else " " * gap).encode(code)
            data += "\n".join(sentence.lines).encode(code, "surrogatepass")
        for each in (found for sentence in sentences for found in sentence.units):
            token = each.cells[0]
            there = data[width * each.begin : width * each.end].decode(code, "replace")
            if there not in (token, self._plain(token), _value(token)):  # some programs escape tokens
                message = (
                    f"The token “{token[:_SHOWN]}” should stand at {each.begin}-{each.end}, where the text has"
                    f" “{there[:_SHOWN]}”; the labels on it were left out."
                )
                wrong.append((message, each.line))
        return data.decode(code, "replace"), unit, wrong

    def _annotate(self, unit: _Unit) -> None:
        for place, column in self._in_order:
            cell = unit.cells[place]
            if cell == NONE or self._says_nothing(unit, column, cell):
                continue
            over = unit.over.setdefault(column.layer, [])
            for number, part in enumerate(_split(cell, STACK)):
                known = self._said.get((place, part))
                if known is not None and number == len(over):
                    known.end = unit.end
                    over.append(known)
                elif known is None or over[number] is not known:
                    self._take(unit, column, number, part)
                    if column.kind in _REPEATED and self._layers[column.layer][0] == "span" and _marked(part)[1]:
                        self._said[place, part] = over[number]

    def _says_nothing(self, unit: _Unit, column: _Column, cell: str) -> bool:
        """Whether a cell holds no value, of structures alone that another column has told of: most cells are like that."""
        over = unit.over.get(column.layer, ())
        if column.kind != "value" or not over or not cell.startswith(EMPTY):
            return False
        return cell.count(STACK) < len(over) and _NO_VALUES.fullmatch(cell) is not None

    def _take(self, unit: _Unit, column: _Column, number: int, cell: str) -> None:
        if column.kind == "link":
            chain = _CHAIN.fullmatch(cell)
            if chain is None:
                self._faults.append(
                    (f"The link of a chain should end in its place, “->1-2”, but is {cell}.", unit.line)
                )
                return
            value, mark = chain[1], f"chain {column.layer} {chain[2]}-{chain[3]}"
        else:
            value, mark = _marked(cell) if column.kind not in ("target", "origin") else (cell, "")
        structure = self._structure(unit, column, number, mark)
        key = structure.id, column.feature
        match column.kind:
            case "value" | "element" | "link":
                if value != EMPTY:
                    structure.words[column.feature] = [_value(value)]
                if column.kind == "link":
                    place = mark.rpartition("-")
                    self._chains.setdefault(place[0], {})[int(place[2])] = structure
            case "role":
                self._slots.setdefault(key, [] if value == NONE else _split(value, SLOT))
            case "target" | "origin":
                self._later.setdefault(key, (unit, column, structure, cell))

    def _structure(self, unit: _Unit, column: _Column, number: int, mark: str) -> Structure:
        """Return the structure of that place in the stack: one met in another column, or on an earlier token, or a new one."""
        kind, name = self._layers[column.layer]
        over = unit.over.setdefault(column.layer, [])
        if number < len(over):
            return over[number]
        mark = mark if kind == "span" or column.kind == "link" else ""
        known = self._by_id.get(mark) if mark else None
        if known is not None:
            known.end = unit.end
        elif kind == "relation":
            known = self._add(name, None, None, unit.line)
        else:
            known = self._add(name, unit.begin, unit.end, unit.line)
        if mark:
            self._by_id[mark] = known
        over.append(known)
        return known

    def _resolve(self, unit: _Unit, column: _Column, structure: Structure, cell: str) -> None:
        """Set the ends of a relation, or the targets of a slot, now that everything is known."""
        if column.kind == "origin":
            name, marks = _marked(cell)
            origin, _, target = marks.partition("_")
            ends = self._end(name, origin, column), self._at(unit, target, column)
            if ends[0] is None or ends[1] is None:
                self._faults.append((f"The relation from {cell} lacks an end.", unit.line))
                structure.words = {}
                return
            structure.begin, structure.end = ends[1].begin, ends[1].end
            structure.refs = {"Governor": [ends[0].id], "Dependent": [ends[1].id]}
            return
        roles = self._slots.get((structure.id, column.feature), [])
        for role, target in zip(roles, _split(cell, SLOT), strict=False):
            end = self._end(*_marked(target), column)
            if end is None:
                self._faults.append((f"The role {role} points at {target}, where there is nothing.", unit.line))
                continue
            link = self._add("", None, None, unit.line)
            link.words = {} if role == EMPTY else {"role": [_value(role)]}
            link.refs = {"target": [end.id]}
            structure.refs.setdefault(column.feature, []).append(link.id)

    def _end(self, name: str, mark: str, column: _Column) -> Structure | None:
        unit = self._units.get(name)
        return self._by_id.get(mark) if unit is None else self._at(unit, mark, column)

    def _at(self, unit: _Unit, mark: str, column: _Column) -> Structure | None:
        """Return the span of that number; without one the first over a token, of the layer that the column names."""
        if mark not in ("", "0"):
            return self._by_id.get(mark)
        found = [each for layer, over in unit.over.items() if self._layers[layer][0] == "span" for each in over]
        named = [each for each in found if column.points_at in (each.type, ANNOTATION)]
        return next(iter([*named, *found]), None)


def _faults(read: tuple[str, Unit, list[tuple[str, int]]]) -> int:
    return len(read[2])


def _split(cell: str, separator: str) -> list[str]:
    """Return the parts between separators that no backslash escapes."""
    if "\\" not in cell:
        return cell.split(separator)
    parts, start, at = [], 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 2
            continue
        if cell[at] == separator:
            parts.append(cell[start:at])
            start = at + 1
        at += 1
    return [*parts, cell[start:]]


def _marked(cell: str) -> tuple[str, str]:
    """Return what stands in a cell before the number in brackets, and that number; without one it is empty."""
    if not cell.endswith("]"):
        return cell, ""
    found = _SUFFIX.fullmatch(cell)
    return (cell, "") if found is None or _is_escaped(cell, found.end(1)) else (found[1], found[2])


def _is_escaped(cell: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    return (at - len(cell[:at].rstrip("\\"))) % 2 == 1


def _value(cell: str) -> str:
    """Return the value that a cell holds."""
    return _VALUE_ESCAPE.sub(lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), cell)

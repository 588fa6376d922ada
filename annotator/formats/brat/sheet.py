"""What the lines of one ``.ann`` say: items and ties, with brat's words exchanged for the codebook's where they are known."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.formats.brat.lines import Line
from annotator.formats.brat.words import BratWords
from annotator.formats.taking.document import Item, Tie
from annotator.formats.taking.vocabulary import FLAG
from annotator.model.problem import Problem

_RANGE = re.compile(r"(\d{1,15}) (\d{1,15})\Z")
_NUMBERED = re.compile(r"(.*?\D)\d+\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")
_NOTE = "AnnotatorNotes"


@dataclass(frozen=True, slots=True)
class _Bound:
    line: Line
    label: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Event:
    line: Line
    label: str
    trigger: str
    filled: tuple[tuple[str, str], ...]


class Sheet:
    """Reads the lines of a file; what cannot be understood is added to `problems`."""

    def __init__(self, file: Path, words: BratWords, problems: list[Problem]) -> None:
        self._file = file
        self._words = words
        self._problems = problems
        self._bounds: dict[str, _Bound] = {}
        self._events: dict[str, _Event] = {}
        self._relations: list[tuple[Line, str, str, str]] = []
        self._values: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._notes: dict[str, list[str]] = defaultdict(list)
        self._absent: list[tuple[Line, str, str]] = []
        self._seen: set[str] = set()
        self._of_trigger: dict[str, str] = {}

    def read(self, lines: list[Line]) -> None:
        """Take the lines in; an event may stand before its trigger, so those that refer to others come second."""
        about = []
        for line in lines:
            if line.id in self._seen and line.id not in ("*", "#"):
                self._tell(line, f"The id {line.id} stands here twice; the first one was taken.")
                continue
            self._seen.add(line.id)
            match line.id[0]:
                case "T":
                    self._bound(line)
                case "E":
                    self._event(line)
                case _:
                    about.append(line)
        self._check_triggers()
        for line in about:
            self._about(line)

    def _tell(self, line: Line, message: str) -> None:
        self._problems.append(Problem(str(self._file), message, line.number))

    def _bound(self, line: Line) -> None:
        label, _, places = line.data.strip().partition(" ")
        found = [_RANGE.match(each.strip()) for each in places.split(";")]
        ranges = tuple((int(each[1]), int(each[2])) for each in found if each)
        if not label or len(ranges) < len(found) or not ranges:
            self._tell(
                line, f"The line {line.id} should say a label and offsets, like “Claim 0 5”, not “{line.data[:60]}”."
            )
            return
        self._bounds[line.id] = _Bound(line, label, ranges)

    def _event(self, line: Line) -> None:
        parts = [each.partition(":") for each in line.data.split()]
        if not parts or not parts[0][1]:
            self._tell(line, f"The event {line.id} should say its type and trigger, like “Attribution:T4”.")
            return
        filled = []
        for role, _, name in parts[1:]:
            if not name:
                self._tell(line, f"The event {line.id} has nothing behind “{role}”; that was left out.")
            else:
                filled.append((role, name))
        self._events[line.id] = _Event(line, parts[0][0], parts[0][2], tuple(filled))

    def _check_triggers(self) -> None:
        for key, event in list(self._events.items()):
            if event.trigger in self._bounds:
                self._of_trigger.setdefault(event.trigger, key)
            else:
                self._tell(event.line, f"The event {key} has no trigger: {event.trigger} is not in the file.")
                del self._events[key]

    def _about(self, line: Line) -> None:
        match line.id[0]:
            case "R":
                self._relation(line)
            case "A" | "M":
                self._attribute(line)
            case "N":
                self._normalisation(line)
            case "#":
                self._note(line)
            case "*":
                self._equal(line)
            case _:
                self._tell(line, f"This line is of no kind that brat knows: “{line.data[:60]}”.")

    def _relation(self, line: Line) -> None:
        kind, *ends = line.data.split()[:1] + [each.partition(":")[2] for each in line.data.split()[1:]]
        if len(ends) != 2 or not all(ends):
            self._tell(
                line, f"The relation {line.id} should join two, like “denies Arg1:T1 Arg2:T2”, not “{line.data[:60]}”."
            )
            return
        self._relations.append((line, self._words.relations.get(kind, kind), ends[0], ends[1]))

    def _equal(self, line: Line) -> None:
        kind, *ends = line.data.split() or [""]
        if len(ends) < 2:
            self._tell(line, f"“{line.data[:60]}” should name at least two that are equal.")
            return
        self._relations.extend((line, kind, ends[0], each) for each in ends[1:])

    def _attribute(self, line: Line) -> None:
        word, _, rest = line.data.strip().partition(" ")
        target, _, value = rest.strip().partition(" ")
        if not self._is_there(target):
            self._tell(
                line, f"The attribute {line.id} belongs to {target or 'nothing'}, which is no label in the file."
            )
        elif word in self._words.absent and not value:
            self._absent.append((line, self._words.absent[word], target))
        else:
            self._values[self._key(target)].append(self._words.values.get((word, value), (word, value or FLAG)))

    def _normalisation(self, line: Line) -> None:
        kind, *rest = line.data.split(" ")
        if len(rest) != 2 or not self._is_there(rest[0]):
            self._tell(line, f"The line {line.id} should say what it is about, and an entry: “{line.data[:60]}”.")
            return
        self._values[self._key(rest[0])].append((kind, rest[1]))

    def _note(self, line: Line) -> None:
        kind, _, target = line.data.strip().partition(" ")
        words = line.text or ""
        if self._words.is_ours:
            words = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], words)
        if not self._is_there(target):
            self._tell(line, f"The note {line.id} is about {target or 'nothing'}, which is no label in the file.")
        elif kind in self._words.texts:
            self._values[self._key(target)].append((self._words.texts[kind], words))
        elif words:
            self._notes[self._key(target)].append(words if kind == _NOTE else f"{kind}: {words}")

    def _is_there(self, name: str) -> bool:
        return name in self._bounds or name in self._events

    def _key(self, name: str) -> str:
        """Return the item that a name of brat stands for: a trigger stands for its event."""
        return self._of_trigger.get(name, name)

    def items(self) -> Iterator[Item]:
        """Yield an item for each event, and for each text-bound that is no trigger."""
        for key, bound in self._bounds.items():
            if key not in self._of_trigger:
                yield self._item(key, bound.label, bound, bound.line)
        for key, event in self._events.items():
            yield self._item(key, event.label, self._bounds[event.trigger], event.line)

    def _item(self, key: str, label: str, bound: _Bound, line: Line) -> Item:
        return Item(
            key=key,
            label=self._words.labels.get(label, label),
            ranges=bound.ranges,
            quotes=() if bound.line.text is None else (bound.line.text,),
            attributes=tuple(self._values[key]),
            note="\n".join(self._notes[key]),
            line=line.number,
        )

    def ties(self) -> Iterator[Tie]:
        """Yield the links: arguments of events in their order, relations, and what is not in the article."""
        for key, event in self._events.items():
            for role, name in event.filled:
                yield Tie(self._role(role), key, self._key(name), is_role=True, line=event.line.number)
        for line, kind, origin, target in self._relations:
            yield Tie(kind, self._key(origin), self._key(target), line=line.number)
        for line, kind, origin in self._absent:
            yield Tie(kind, self._key(origin), None, line=line.number)

    def _role(self, word: str) -> str:
        """Return the role without the number that repeated ones have."""
        if word in self._words.roles:
            return self._words.roles[word]
        numbered = _NUMBERED.match(word)
        plain = numbered[1] if numbered else word
        return self._words.roles.get(plain, plain)

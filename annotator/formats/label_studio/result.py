"""The result list of one annotation: regions, their values, and relations between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.giving.regions import CONTINUES
from annotator.formats.json_lines import as_text, is_number
from annotator.formats.label_studio.config import ABSENT, attribute_of
from annotator.formats.taking.document import Item, Tie
from annotator.formats.taking.regions import joined
from annotator.model.problem import Problem

_VALUES = {"choices": "choices", "textarea": "text", "rating": "rating", "number": "number"}


class Result:
    """Takes a result list apart; what it cannot understand is added to `problems`."""

    def __init__(self, result: list[Any], where: str, file: Path, problems: list[Problem]) -> None:
        self._result = [each for each in result if isinstance(each, dict)]
        self._where, self._file, self._problems = where, file, problems
        if len(self._result) < len(result):
            self._tell("holds something that is no result")

    def _tell(self, message: str) -> None:
        self._problems.append(Problem(str(self._file), f"{self._where[:1].upper()}{self._where[1:]} {message}."))

    def quotes(self) -> Iterator[str]:
        """Yield the words that regions say they cover."""
        for each in self._result:
            value = each.get("value")
            if each.get("type") == "labels" and isinstance(value, dict) and isinstance(value.get("text"), str):
                yield value["text"]

    def parts(self, text: str) -> tuple[list[Item], list[Tie]]:
        """Return items and ties."""
        values: dict[str, list[tuple[str, str]]] = defaultdict(list)
        absent: list[Tie] = []
        for each in self._result:
            if each.get("type") in _VALUES:
                self._value(each, values, absent)
        items = [
            item for each in self._result if each.get("type") == "labels" for item in self._items(each, text, values)
        ]
        known = {"labels", "relation", *_VALUES}
        for each in self._result:
            if each.get("type") not in known:
                self._tell(f"has a result of the type “{as_text(each.get('type'))}”, which is no label on text")
        ties = [tie for each in self._result if each.get("type") == "relation" for tie in self._ties(each)]
        return joined(items, [*ties, *absent], CONTINUES)

    def _value(self, each: Mapping[str, Any], values: dict[str, list[tuple[str, str]]], absent: list[Tie]) -> None:
        """Take the value of a control; regions have it by their id, whole texts by none that a label has."""
        name, key = each.get("from_name"), each.get("id")
        value = each.get("value")
        found = value.get(_VALUES[each["type"]]) if isinstance(value, dict) else None
        if not isinstance(name, str) or not isinstance(key, str) or found is None:
            self._tell("has a value that belongs to nothing")
            return
        words = [as_text(word) for word in (found if isinstance(found, list) else [found])]
        if name == ABSENT:
            absent.extend(Tie(word, key, None) for word in words)
        else:
            values[key].extend((attribute_of(name), word) for word in words)

    def _items(self, each: Mapping[str, Any], text: str, values: Mapping[str, list[tuple[str, str]]]) -> Iterator[Item]:
        key, value = each.get("id"), each.get("value")
        found = value if isinstance(value, dict) else {}
        start, end, labels, quote = (found.get(name) for name in ("start", "end", "labels", "text"))
        if not (isinstance(key, str) and is_number(start) and is_number(end) and isinstance(labels, list) and labels):
            self._tell(f"has a label without offsets into the text: {as_text(value)[:80]}")
            return
        for number, label in enumerate(labels):
            yield Item(
                key=key if number == 0 else f"{key}/{label}",
                label=as_text(label),
                ranges=((int(start or 0), int(end or 0)),),
                quotes=(_plain(quote, text),) if isinstance(quote, str) else (),
                attributes=tuple(values.get(key, ())),
                note=_note(each.get("meta")),
                id=key if number == 0 else "",
            )

    def _ties(self, each: Mapping[str, Any]) -> Iterator[Tie]:
        origin, target, labels = each.get("from_id"), each.get("to_id"), each.get("labels")
        if not isinstance(origin, str) or not isinstance(target, str):
            self._tell("has a relation without ends")
            return
        if each.get("direction") == "left":
            origin, target = target, origin
        for label in labels if isinstance(labels, list) and labels else ["related"]:
            yield Tie(as_text(label), origin, target)


def _plain(quote: str, text: str) -> str:
    # Label Studio writes a line end in a quote as a backslash and an n.
    return quote.replace("\\n", "\n") if "\\n" in quote and quote not in text else quote


def _note(meta: object) -> str:
    match meta:
        case {"text": [*lines]}:
            return "\n".join(as_text(each) for each in lines)
        case {"text": str(words)}:
            return words
    return ""

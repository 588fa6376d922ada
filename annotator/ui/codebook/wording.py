"""Differences between two codebooks, in words that a team reads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from annotator.model.codebook import Clause, Codebook, Value
from annotator.model.colour import mix
from annotator.model.comparison import Difference
from annotator.ui.look.theme import Theme

_GROUPS = {
    "label": "labels",
    "attribute": "attributes",
    "role": "roles",
    "relation": "relations",
    "clause": "clauses",
}
_FIELDS = {
    "name": "name",
    "key": "key",
    "color": "colour",
    "line": "line style",
    "use when": "“use when”",
    "avoid when": "“avoid when”",
    "bare": "ends before the full stop",
    "empty when": "empty on purpose when",
    "sources": "leads from",
    "targets": "leads to",
    "absent": "may be “not in this article”",
    "across": "may reach into other articles",
    "symmetric": "has no direction",
    "default": "offered first",
    "minimum": "at least",
    "maximum": "at most",
    "kind": "what is recorded",
}
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words: what it is about, and the words before and after, where there are any."""

    title: str
    before: str = ""
    after: str = ""


def told(differences: Iterable[Difference], before: Codebook, after: Codebook) -> list[Told]:
    """Return differences in words; lists are told entry by entry."""
    found: list[Told] = []
    for each in differences:
        found.extend(_one(each, before, after))
    return found


def _one(difference: Difference, before: Codebook, after: Codebook) -> Iterable[Told]:
    group = _GROUPS.get(difference.part)
    if group is None:
        what = difference.field
        words = (
            "The order of the " + what.removeprefix("order of ")
            if what.startswith("order of ")
            else f"The codebook’s {what}"
        )
        return [Told(words, difference.before, difference.after)]
    old = next((each for each in getattr(before, group) if each.id == difference.id), None)
    new = next((each for each in getattr(after, group) if each.id == difference.id), None)
    part = new or old
    name = getattr(part, "name", "") or difference.id
    what = "Borderline case" if difference.part == "clause" else difference.part.capitalize()
    title = f"{what} {name}"
    if old is None or new is None:
        return [Told(f"{title}: {'added' if old is None else 'taken out'}")]
    attribute = difference.field.replace(" ", "_")
    was, now = getattr(old, attribute), getattr(new, attribute)
    if difference.field == "retired":
        return [Told(f"{title}: {'retired' if now else 'back in use'}")]
    field = _FIELDS.get(difference.field, difference.field)
    if isinstance(was, tuple) and any(isinstance(each, Clause | Value) for each in (*was, *now)):
        return _entries(title, field, was, now)
    if difference.field == "examples" and set(was) != set(now):
        gone = [Told(f"{title}: example taken out", each, "") for each in was if each not in now]
        return gone + [Told(f"{title}: example added", "", each) for each in now if each not in was]
    names = {each.id: each.name for each in (*before.labels, *after.labels)}
    return [Told(f"{title}: {field}", _words(was, names), _words(now, names))]


def _entries(title: str, field: str, was: tuple[Clause | Value, ...], now: tuple[Clause | Value, ...]) -> list[Told]:
    old, new = {each.id: each for each in was}, {each.id: each for each in now}
    found = []
    for key, entry in old.items():
        if key not in new:
            found.append(Told(f"{title}: {field}, {key} taken out", _entry(entry), ""))
        elif entry != new[key]:
            found.append(Told(f"{title}: {field}, {key}", _entry(entry), _entry(new[key])))
    found.extend(
        Told(f"{title}: {field}, {key} added", "", _entry(entry)) for key, entry in new.items() if key not in old
    )
    if not found:
        found.append(Told(f"{title}: {field}, in another order", ", ".join(old), ", ".join(new)))
    return found


def _entry(entry: Clause | Value) -> str:
    if isinstance(entry, Clause):
        return entry.text
    return " · ".join(filter(None, (entry.name, f"key {entry.key}" if entry.key else "", entry.description)))


def _words(value: object, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(names.get(each, each) for each in value)
    return str(value)


def as_html(items: Iterable[Told], theme: Theme) -> str:
    """Return differences as rich text: what went is struck through, what came is underlined."""
    parts = []
    for each in items:
        body = _change(each, theme)
        parts.append(f"<p style='margin:0 0 2px 0; font-weight:600'>{escape(each.title)}</p>")
        if body:
            parts.append(f"<p style='margin:0 0 12px 0'>{body}</p>")
        else:
            parts.append("<p style='margin:0 0 6px 0; font-size:1px'>&nbsp;</p>")
    return "".join(parts)


def as_text(items: Iterable[Told]) -> str:
    """Return differences as plain words, to copy and for screen readers."""
    lines = []
    for each in items:
        change = f": {each.before or _NOTHING} → {each.after or _NOTHING}" if each.before or each.after else ""
        lines.append(f"{each.title}{change}")
    return "\n".join(lines)


def _change(item: Told, theme: Theme) -> str:
    if not item.before and not item.after:
        return ""
    if not item.before or not item.after or _differs_wholly(item):
        gone = _marked(item.before, theme, gone=True) if item.before else ""
        come = _marked(item.after, theme, gone=False) if item.after else ""
        return (
            f"{gone} → {come}"
            if gone and come and len(item.before) + len(item.after) < 60
            else f"{gone} {come}".strip()
        )
    one, other = _WORD.findall(item.before), _WORD.findall(item.after)
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(escape("".join(one[a:b])))
            continue
        if a < b:
            pieces.append(_marked("".join(one[a:b]), theme, gone=True) + ("&thinsp;" if c < d else ""))
        if c < d:
            pieces.append(_marked("".join(other[c:d]), theme, gone=False))
    return "".join(pieces)


def _differs_wholly(item: Told) -> bool:
    if " " not in item.before + item.after:
        return True
    one, other = _WORD.findall(item.before), _WORD.findall(item.after)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.45


def _marked(words: str, theme: Theme, *, gone: bool) -> str:
    color = theme.bad if gone else theme.good
    line = "line-through" if gone else "underline"
    back = mix(color, theme.panel, 0.12)
    return f"<span style='color:{color}; background:{back}; text-decoration:{line}'>{escape(words)}</span>"

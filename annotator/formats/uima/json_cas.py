"""JSON CAS 0.4: types, feature structures and views in one object."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.formats.json_lines import as_text, is_number
from annotator.formats.uima.structure import SOFA, STRINGS, VIEW, Cas, Structure, Types

_ARRAYS = ("uima.cas.FSArray", STRINGS)
_BARE = frozenset({"%ID", "%TYPE", "@sofa", "begin", "end"})


def dumped(cas: Cas, types: Types) -> str:
    """Return the CAS as JSON."""
    content = {
        "%TYPES": {name: _type(name, parent, features) for name, (parent, features) in types.items()},
        "%FEATURE_STRUCTURES": list(_structures(cas)),
        "%VIEWS": {VIEW: {"%SOFA": 1, "%MEMBERS": [each.id for each in cas.structures if each.begin is not None]}},
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def _type(name: str, parent: str, features: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"%NAME": name, "%SUPER_TYPE": parent}
    for feature, held in features.items():
        made[feature] = {"%NAME": feature, "%RANGE": "uima.cas.String[]" if held == STRINGS else held}
    return made


def _structures(cas: Cas) -> Iterator[dict[str, Any]]:
    yield {
        "%ID": 1,
        "%TYPE": SOFA,
        "sofaNum": 1,
        "sofaID": VIEW,
        "mimeType": "text/plain",
        "sofaString": cas.text,
    }
    free = max((each.id for each in cas.structures), default=1)
    for each in cas.structures:
        made: dict[str, Any] = {"%ID": each.id, "%TYPE": each.type}
        if each.begin is not None:
            made.update({"@sofa": 1, "begin": each.begin, "end": each.end})
        arrays: list[dict[str, Any]] = []
        for name, words in each.words.items():
            if name not in each.arrays:
                made[name] = words[0]
                continue
            free += 1
            made[f"@{name}"] = free
            arrays.append({"%ID": free, "%TYPE": STRINGS, "%ELEMENTS": words})
        for name, refs in each.refs.items():
            if name not in each.arrays:
                made[f"@{name}"] = refs[0]
                continue
            free += 1
            made[f"@{name}"] = free
            arrays.append({"%ID": free, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": refs})
        yield made
        yield from arrays


def parsed(content: Mapping[str, Any]) -> Cas | None:
    """Return the CAS that an object of JSON holds; None where it holds none."""
    listed = content.get("%FEATURE_STRUCTURES")
    if isinstance(listed, dict):
        listed = [{"%ID": int(number), **each} for number, each in listed.items() if number.isdecimal()]
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    by_id = {each["%ID"]: each for each in found if is_number(each.get("%ID"))}
    sofas = [each for each in found if each.get("%TYPE") == SOFA and isinstance(each.get("sofaString"), str)]
    if not sofas:
        return None
    sofa = next((each for each in sofas if each.get("sofaID") == VIEW), sofas[0])
    structures = [
        _structure(number, each, by_id)
        for number, each in by_id.items()
        if not _is_array(each) and each.get("%TYPE") != SOFA and each.get("@sofa") in (None, sofa.get("%ID"))
    ]
    return Cas(sofa["sofaString"], structures)


def _is_array(content: Mapping[str, Any]) -> bool:
    name = content.get("%TYPE")
    return name in _ARRAYS or (isinstance(name, str) and name.endswith("[]"))


def _structure(number: int, content: Mapping[str, Any], by_id: Mapping[int, Mapping[str, Any]]) -> Structure:
    made = Structure(number, as_text(content.get("%TYPE")))
    begin, end = content.get("begin"), content.get("end")
    if content.keys() == _BARE and is_number(begin) and is_number(end):  # words and sentences, which are most
        made.begin, made.end = begin, end
        return made
    if is_number(begin) and is_number(end):
        made.begin, made.end = begin, end
    for name, value in content.items():
        if name.startswith("%") or name in ("begin", "end", "@sofa"):
            continue
        if not name.startswith("@"):
            made.words[name] = [as_text(value)]
            continue
        there = by_id.get(value) if is_number(value) else None
        if there is None:
            continue
        elements = there.get("%ELEMENTS") if _is_array(there) else [value]
        elements = elements if isinstance(elements, list) else []
        if elements and all(isinstance(each, str) for each in elements):
            made.words[name[1:]] = elements
        else:
            made.refs[name[1:]] = [each for each in elements if is_number(each)]
    return made

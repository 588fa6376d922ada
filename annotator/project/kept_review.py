"""A report of agreement as text, to be kept, and back: exactly the same report."""

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from annotator.project.report import Report
from annotator.project.request import Request

WORTH_KEEPING = 200
"""Articles from which on a report is kept: one of fewer is computed before anybody has looked up."""
_WAY = 5
"""Which way of computing figures from counts this is: to be raised with every change of what is computed."""


def asked(request: Request) -> str:
    """Return what stands for a request, whose annotators and labels are ids."""
    content = {**asdict(request), "articles": sorted(request.articles), "measures": request.wanted}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def way(version: str, method: int) -> str:
    """Return what stands for how a report is made: version of the program, method of counting."""
    return f"{version}/{method}/{_WAY}"


def written(report: Report) -> str:
    """Return a report as text."""
    return json.dumps(asdict(report), default=sorted, ensure_ascii=False)


def read(content: str) -> Report | None:
    """Return the report that was written; None where the text is damaged: it can be computed again."""
    try:
        report = _made(Report, json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return report if isinstance(report, Report) else None


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401 - whatever stands in JSON, and what it was
    """Return a value of JSON as what it was."""
    if get_origin(kind) is UnionType:
        return None if value is None else _made(next(each for each in get_args(kind) if each is not NoneType), value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _made(of, value[name]) for name, of in _kinds(kind)})
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            return tuple(_made(kinds[0], each) for each in value)
        return tuple(_made(of, each) for of, each in zip(kinds, value, strict=True))
    return frozenset(value) if get_origin(kind) is frozenset else value


@cache
def _kinds(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((each.name, hints[each.name]) for each in fields(kind))

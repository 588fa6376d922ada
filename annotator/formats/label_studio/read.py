"""Read tasks: what a project exports, or what was written here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.formats.format import Taking
from annotator.formats.json_items import items_of
from annotator.formats.json_lines import as_text, is_clean, is_number
from annotator.formats.label_studio.result import Result
from annotator.formats.record import Reading
from annotator.formats.taking.document import Document
from annotator.formats.taking.gather import gather
from annotator.model.article import BlockKind, Metadatum
from annotator.model.counting import counted
from annotator.model.problem import Problem

_OURS = frozenset({"text", "title", "article", "language", "direction", "metadata", "blocks", "annotators"})
_HUMAN = ("annotations", "completions")
_TASKS = re.compile(rb'\[\s*\{\s*"data"\s*:\s*\{')


def is_label_studio(path: Path, head: bytes) -> bool:
    """Whether a file (or one of a folder) is an array of tasks."""
    if path.is_dir():
        return any(_is_array(each.read_bytes()[: 1 << 16]) for each in sorted(path.glob("*.json")))
    return _is_array(head)


def _is_array(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"[", b"{")):
        return False
    # Of a long first task only the text is in the head, or (Label Studio writes annotations first) only what was labelled.
    has_people = any(f'"{each}"'.encode() in head for each in _HUMAN)
    return _TASKS.match(start) is not None or (has_people and (b'"data"' in head or b'"from_name"' in head))


def read(path: Path, taking: Taking) -> Reading:
    """Read a file of tasks, or every such file of a folder.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    told: list[str] = []
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    counts = {"predictions": 0, "cancelled": 0}
    documents = _documents(files, problems, counts)
    reading = gather(documents, path, taking, problems=problems, importer="label studio")
    if counts["predictions"]:
        told.append(
            f"{counted(counts['predictions'], 'prediction of a model was', 'predictions of models were')} not taken; nobody made them."
        )
    if counts["cancelled"]:
        told.append(
            f"{counted(counts['cancelled'], 'annotation was', 'annotations were')} skipped in Label Studio and not taken."
        )
    return replace(reading, told=(*reading.told, *told))


def _documents(files: list[Path], problems: list[Problem], counts: dict[str, int]) -> Iterator[Document]:
    for file in files:
        for number, task in enumerate(items_of(file, problems), start=1):
            yield from _task(file, number, task, problems, counts)


def _task(file: Path, number: int, task: object, problems: list[Problem], counts: dict[str, int]) -> Iterator[Document]:
    """Yield a document an annotation, or one without labels where there is none."""
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict) or not is_clean(task):
        problems.append(Problem(str(file), f"Task {number} lacks “data”, or holds half of a character."))
        return
    data = task["data"]
    found: list[Any] = next((task[each] for each in _HUMAN if isinstance(task.get(each), list)), [])
    made = [each for each in found if isinstance(each, dict) and isinstance(each.get("result"), list)]
    if len(made) < len(found):
        problems.append(Problem(str(file), f"Task {number} has an annotation without “result”."))
    predictions = task.get("predictions")
    counts["predictions"] += len(predictions) if isinstance(predictions, list) else 0
    counts["cancelled"] += sum(bool(each.get("was_cancelled")) for each in made)
    made = [each for each in made if not each.get("was_cancelled")]
    results = [Result(each["result"], f"task {number}", file, problems) for each in made]
    text = _text(data, results)
    if text is None:
        problems.append(Problem(str(file), f"Task {number} has no text in “data”."))
        return
    base = _document(file, number, task, text, problems)
    if not made:
        yield Document(**base, labelled=False)
    for annotation, result in zip(made, results, strict=True):
        items, ties = result.parts(text)
        yield Document(**base, items=tuple(items), ties=tuple(ties), annotator=_who(annotation, data))


def _document(file: Path, number: int, task: Mapping[str, Any], text: str, problems: list[Problem]) -> dict[str, Any]:
    data = task["data"]
    name = f"task {task['id'] if is_number(task.get('id')) else number}"
    title = data.get("title")
    return {
        "file": file,
        "name": name,
        "text": text,
        "title": title if isinstance(title, str) and title.strip() else name,
        "language": _string(data.get("language")),
        "direction": _string(data.get("direction")),
        "metadata": tuple(_metadata(data, text)),
        "blocks": tuple(_blocks(data, f"Task {number}", file, problems)),
        "id": _string(data.get("article")),
    }


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text(data: Mapping[str, Any], results: list[Result]) -> str | None:
    """Return the string that was labelled: the one that the quotes stand in, else ``text``, else the longest one."""
    strings = {key: value for key, value in data.items() if isinstance(value, str) and value.strip()}
    if not strings:
        return None
    quotes = [quote for result in results for quote in result.quotes()][:20]
    if quotes:
        found = max(strings, key=lambda key: (sum(quote in strings[key] for quote in quotes), key == "text"))
        if any(quote in strings[found] for quote in quotes):
            return strings[found]
    return strings.get("text") or max(strings.values(), key=len)


def _metadata(data: Mapping[str, Any], text: str) -> Iterator[Metadatum]:
    listed = data.get("metadata")
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict) and isinstance(each.get("key"), str):
            yield Metadatum(each["key"], as_text(each.get("value", "")), _string(each.get("original")))
    for key, value in data.items():
        if key not in _OURS and value not in (None, "", [], {}, text):
            yield Metadatum(key.casefold(), as_text(value))


def _blocks(
    data: Mapping[str, Any], where: str, file: Path, problems: list[Problem]
) -> Iterator[tuple[BlockKind, int, int]]:
    listed = data.get("blocks")
    for each in listed if isinstance(listed, list) else []:
        match each:
            case {"kind": str(kind), "start": start, "end": end} if (
                kind in set(BlockKind) and is_number(start) and is_number(end)
            ):
                yield BlockKind(kind), start, end
            case _:
                problems.append(Problem(str(file), f"{where} has a block that is none: {as_text(each)[:60]}."))


def _who(annotation: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Return the annotator's name, as well as the file tells it."""
    if isinstance(annotation.get("annotator"), str):
        return str(annotation["annotator"])
    written = data.get("annotators")
    if isinstance(written, dict) and isinstance(written.get(str(annotation.get("import_id"))), str):
        return str(written[str(annotation["import_id"])])
    match annotation.get("completed_by"):
        case {"email": str(email), **rest}:
            names = [rest.get("first_name"), rest.get("last_name")]
            return " ".join(each for each in names if isinstance(each, str) and each) or email
        case int(number) if is_number(number):
            return f"annotator {number}"
    return ""

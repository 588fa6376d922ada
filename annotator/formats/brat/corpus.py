"""Which ``.ann`` belongs to which ``.txt``, and to whom."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from annotator.formats.taking.files import PARTS
from annotator.model.problem import Problem

_TEXT, _LABELS = ".txt", ".ann"
_BETWEEN = "_.-@"
"""What may stand between a text's name and the annotator's in ``text_Ana.ann``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and an annotator's file for it; without the latter the text alone.

    Attributes:
        name: of the text, without suffix.
        annotator: of the folder or file; empty where neither says.
    """

    text: Path
    annotations: Path | None
    name: str
    annotator: str = ""


def pairs(path: Path, problems: list[Problem], *, is_one: bool) -> list[Pair]:
    """Return the pairs at `path` in order; an ``.ann`` whose text cannot be found is a problem.

    `is_one`: whether all is known to be one annotator's, so that folders are no annotators unless they hold the same
    texts.
    """
    if path.is_dir():
        texts, files = _found(path, _TEXT), _found(path, _LABELS)
        # Texts in a folder beside: PolNeAR and others keep them apart.
        homes = [texts, *(_found(each, _TEXT) for each in _beside(path))] if files else [texts]
    else:
        texts, files = sorted(path.parent.glob(f"*{_TEXT}")), [path]
        homes = [texts, *(_found(each, _TEXT) for each in _beside(path.parent))]
    by_name = [_by_name(each) for each in homes]
    matched: list[tuple[Path, Path, str, str]] = []
    for file in files:
        found = _text_of(file, by_name)
        if found is None:
            problems.append(Problem(str(file), f"There is no text for it: “{_stem(file)}{_TEXT}” was not found."))
        else:
            matched.append((*found[:1], file, *found[1:]))
    folders = _folders(path, [(file, name) for _, file, name, _ in matched], is_one=is_one)
    made = [
        Pair(text, file, name, annotator or folders.get(file.parent, "")) for text, file, name, annotator in matched
    ]
    used = {text for text, *_ in matched}
    names = {name for _, _, name, _ in matched}
    alone = [each for each in texts if each not in used and _stem(each) not in names] if path.is_dir() else []
    return [*made, *(Pair(each, None, _stem(each)) for each in alone)]


def _found(folder: Path, suffix: str) -> list[Path]:
    return sorted(each for each in folder.rglob(f"*{suffix}") if each.is_file() and not each.name.startswith("."))


def _beside(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.resolve().parent.iterdir() if each.is_dir() and each != folder.resolve())
    except OSError:
        return []


def _stem(file: Path) -> str:
    # Not `stem`: a name may hold dots, and with_suffix would cut at the last.
    return file.name[: -len(_TEXT)]


def _by_name(files: list[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for each in files:
        found[_stem(each)].append(each)
    return found


def _text_of(file: Path, homes: list[dict[str, list[Path]]]) -> tuple[Path, str, str] | None:
    """Return the text, its name, and the annotator that the file's name tells of."""
    stem = _stem(file)
    beside = file.with_name(f"{stem}{_TEXT}")
    if beside.is_file():
        return beside, stem, ""
    for texts in homes:
        if stem in texts:
            return _nearest(file, texts[stem]), stem, ""
    for texts in homes:
        cuts = (place for place in range(len(stem) - 1, 0, -1) if stem[place] in _BETWEEN)
        for cut in cuts:  # the longest name of a text goes first
            if stem[:cut] in texts:
                return _nearest(file, texts[stem[:cut]]), stem[:cut], stem[cut + 1 :]
    return None


def _nearest(file: Path, texts: list[Path]) -> Path:
    """Return the text that shares most folders with a file."""
    parts = file.resolve().parts

    def shared(text: Path) -> int:
        others = text.resolve().parts
        return next((n for n, (a, b) in enumerate(zip(parts, others, strict=False)) if a != b), len(others))

    return max(texts, key=shared)


def _folders(path: Path, files: list[tuple[Path, str]], *, is_one: bool) -> dict[Path, str]:
    """Return the annotator of each folder: its name, where folders are annotators'."""
    if not path.is_dir():
        return {} if is_one else {path.parent: path.parent.name}
    counts = Counter(name for _, name in files)
    if is_one and all(count == 1 for count in counts.values()):
        return {}
    folders: dict[Path, str] = {}
    for file, _ in files:
        inner = [part for part in file.relative_to(path).parts[:-1] if part.casefold() not in PARTS]
        folders[file.parent] = inner[-1] if inner else ""
    return folders

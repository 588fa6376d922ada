"""Where an export is written: a name that is free, and what is wrong with a place."""

from pathlib import Path

from annotator.project.formats import FormatInfo


def proposed(folder: Path, stem: str, info: FormatInfo, *, split: str = "", is_folder: bool) -> Path:
    """Return where an export could be written: a file may be there already, a folder is a new one."""
    suffix = "" if is_folder else info.suffix
    parts = [stem]
    if info.name not in ("jsonl", info.suffix.lstrip(".")):
        parts.append(info.name)
    if split:
        parts.append(split.replace("/", "-"))
    name = "-".join(parts)
    place = folder / f"{name}{suffix}"
    number = 1
    while place.is_dir() or (is_folder and place.exists()):
        number += 1
        place = folder / f"{name}-{number}{suffix}"
    return place


def place_fault(place: str, source: Path, *, is_folder: bool) -> str:
    """Return why nothing can be written there, and what to do; empty where it can."""
    if not place.strip():
        return "Say where to write it."
    target = Path(place.strip()).expanduser()
    if not target.is_absolute():
        return "Write the whole path, or choose the place in the dialog."
    if not target.parent.is_dir():
        return f"There is no folder “{target.parent}”. Choose another place."
    if target == source:
        return "That is the project itself. Choose another name."
    if target.is_dir():
        return "There is a folder of that name, which is never replaced. Choose another name, or move it away first."
    if is_folder and target.exists():
        return "There is a file of that name, and this becomes a folder. Choose another name."
    return ""

"""What the program remembers about a person at this computer: kept in one small JSON file, never in a project."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

FILE_NAME = "settings.json"
FOLDER_VARIABLE = "ANNOTATOR_CONFIG_DIR"
"""Environment variable that names another folder for the settings, for tests and for portable copies."""
RECENT_LENGTH = 10
ZOOMS = (100, 110, 125, 150, 175, 200)
"""The steps of the text's size, in percent."""


def settings_path() -> Path:
    """Return where the settings of this person lie; the file need not exist."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    return (Path(folder) if folder else user_config_path("annotator", appauthor=False)) / FILE_NAME


@dataclass(slots=True)
class Place:
    """Where a person was in one project.

    Attributes:
        article: id of the article that was open.
        position: where it was scrolled to, as the reading view wrote it.
        annotator: id of the person who labelled.
    """

    article: str = ""
    position: int = 0
    annotator: str = ""


@dataclass(slots=True)
class Habits:
    """How a person works in one project.

    Attributes:
        plain: whether a new cue opens no frame, because they work without roles.
        quiet: the kinds of remarks that they do not want to see.
        alone: whether others' labels are left out of the text, though they are opened.
        pins: values that new labels get at once, by label id and attribute id.
        columns: what the columns of tables hold, by their names, where the person has changed a proposal.
        tables: the same of tables with exactly these columns: their names as a JSON list, and what each holds by name.
        listing: how the articles are listed: ``sort`` and ``group``, ``words`` of the filter, ``states`` that are shown.
        export: name of the format that was exported last.
        exports: what was chosen for the export of each format, by its name.
        imports: what was chosen for imports: under “*” for all of them, under the ending of a file (``folder`` for folders)
            the format, under the names of a table's columns (as a JSON list) what each holds and how it counts.
    """

    plain: bool = False
    quiet: tuple[str, ...] = ()
    alone: bool = False
    pins: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    listing: dict[str, str] = field(default_factory=dict)
    export: str = "jsonl"
    exports: dict[str, dict[str, Any]] = field(default_factory=dict)
    imports: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Settings:
    """The remembered values; `load` and `save` carry them to the disk and back.

    Attributes:
        name: the annotator's name that new projects propose.
        scheme: ``system``, ``light`` or ``dark``.
        face: ``serif`` or ``sans``, the face of the article.
        zoom: the article's size in percent, 100-200.
        geometry: size and place of the window as Qt writes it, in hex.
        columns: widths of the three columns in pixels.
        recent: paths of projects, the last one first.
        places: where the person was, by project id.
        habits: how the person works, by project id.
        keys: keys that the person has changed, by action id.
        adds_at_once: whether articles are added without being looked at first.
        backups: the folder of backups; empty: beside each project.
        grids: how tables of the team stand, by name: ``widths`` of columns, and what they are ``sort``ed by.
        path: the file they were read from.
        problem: a sentence, when that file could not be read.
    """

    name: str = ""
    scheme: str = "system"
    face: str = "serif"
    zoom: int = 100
    geometry: str = ""
    columns: tuple[int, ...] = ()
    recent: tuple[str, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    habits: dict[str, Habits] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    adds_at_once: bool = False
    backups: str = ""
    grids: dict[str, dict[str, Any]] = field(default_factory=dict)
    path: Path | None = None
    problem: str = ""

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """Read the settings; a file that is missing gives the defaults.

        A file that makes no sense is renamed beside its place, so that nothing in it is lost, and `problem` says so.
        """
        path = path or settings_path()
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            settings = cls(**_checked(content))
        except FileNotFoundError:
            settings = cls()
        except OSError as error:
            settings = cls(problem=f"Your settings could not be read ({error.strerror}). The usual ones are used.")
        except (ValueError, TypeError, AttributeError):
            settings = cls(problem=_set_aside(path))
        settings.path = path
        return settings

    def save(self) -> None:
        """Write the settings whole or not at all.

        A folder that cannot be written is told in `problem`; it never stops the labelling.
        """
        if self.path is None:
            return
        content = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _NOT_STORED}
        content["places"] = {key: asdict(place) for key, place in self.places.items()}
        content["habits"] = {key: asdict(habits) for key, habits in self.habits.items()}
        beside = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            self.problem = f"Your settings could not be saved in “{self.path.parent}”: {error.strerror}."

    def remember_project(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        name = str(path)
        self.recent = (name, *(each for each in self.recent if each != name))[:RECENT_LENGTH]

    def forget_project(self, path: Path) -> None:
        """Leave a project out of the recent ones."""
        self.recent = tuple(each for each in self.recent if each != str(path))


_NOT_STORED = ("path", "problem")


def _checked(content: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a settings file; what this version does not know is left out."""
    if not isinstance(content, dict):
        raise TypeError("settings")
    values: dict[str, Any] = {}
    defaults = Settings()
    for each in fields(Settings):
        if each.name in _NOT_STORED or each.name not in content:
            continue
        value = content[each.name]
        if isinstance(getattr(defaults, each.name), tuple):
            value = tuple(value)
        if not isinstance(value, type(getattr(defaults, each.name))):
            raise TypeError(each.name)
        values[each.name] = value
    values["places"] = {key: Place(**place) for key, place in values.get("places", {}).items()}
    values["habits"] = {key: _habits(habits) for key, habits in values.get("habits", {}).items()}
    values["keys"] = {key: tuple(str(chord) for chord in chords) for key, chords in values.get("keys", {}).items()}
    values["grids"] = {str(name): _grid(stands) for name, stands in values.get("grids", {}).items()}
    values["zoom"] = min(max(values.get("zoom", 100), ZOOMS[0]), ZOOMS[-1])
    return values


def _grid(content: dict[str, Any]) -> dict[str, Any]:
    widths = {str(title): int(width) for title, width in content.get("widths", {}).items()}
    sort = list(content.get("sort", ()))
    return {"widths": widths, **({"sort": [str(sort[0]), bool(sort[1])]} if len(sort) == 2 else {})}


def _habits(content: dict[str, Any]) -> Habits:
    pins = {
        str(label): {str(name): str(value) for name, value in given.items()}
        for label, given in content.get("pins", {}).items()
    }
    quiet = tuple(str(each) for each in content.get("quiet", ()))
    columns = {str(name): str(meaning) for name, meaning in content.get("columns", {}).items()}
    tables = {
        str(key): {str(name): str(meaning) for name, meaning in held.items()}
        for key, held in content.get("tables", {}).items()
        if all(isinstance(each, str) for each in json.loads(key))
    }
    listing = {str(name): str(chosen) for name, chosen in content.get("listing", {}).items()}
    exports = {str(name): dict(chosen) for name, chosen in content.get("exports", {}).items()}
    imports = {
        str(key): {str(name): str(chosen) for name, chosen in held.items()}
        for key, held in content.get("imports", {}).items()
    }
    return Habits(
        plain=bool(content.get("plain", False)),
        quiet=quiet,
        alone=bool(content.get("alone", False)),
        pins=pins,
        columns=columns,
        tables=tables,
        listing=listing,
        export=str(content.get("export", "jsonl")),
        exports=exports,
        imports=imports,
    )


def _set_aside(path: Path) -> str:
    aside = path.with_suffix(".broken.json")
    try:
        path.replace(aside)
    except OSError as error:
        return f"Your settings in “{path}” make no sense and could not be set aside ({error.strerror})."
    return f"Your settings made no sense, so the usual ones are used. The old file is kept as “{aside}”."

"""What was chosen for imports into a project, to be proposed again: never whose labels they are, which is asked each time."""

import json
from pathlib import Path

from annotator.ui.exchange.import_form import ImportForm
from annotator.ui.session.settings import Habits

_ALL = "*"


def recall(habits: Habits, form: ImportForm) -> None:
    """Choose again what holds for every import, and hand over what is known of tables."""
    form.state.pick(habits.imports.get(_ALL, {}).get("state", ""))
    form.columns.known = {key: held for key, held in habits.imports.items() if key.startswith("[")}


def recall_format(habits: Habits, form: ImportForm, source: Path) -> None:
    """Choose the format that was last chosen by hand for files with the same ending; else it is recognised."""
    form.format.pick(habits.imports.get(_ending(source), {}).get("format", ""))


def keep(habits: Habits, form: ImportForm, source: Path) -> bool:
    """Remember what was chosen; return whether anything of it is new."""
    made = {_ALL: {"state": form.state.key}, _ending(source): {"format": form.format.key}}
    if form.columns.isVisibleTo(form) and form.columns.names:
        made[json.dumps(form.columns.names)] = form.columns.choices()
    if all(habits.imports.get(key) == held for key, held in made.items()):
        return False
    habits.imports.update(made)
    return True


def _ending(source: Path) -> str:
    return "folder" if source.is_dir() else source.suffix.lower()

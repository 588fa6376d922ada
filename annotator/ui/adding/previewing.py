"""From files to articles: what was read is looked at in a page of its own, and added or discarded there."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.project.drafting import ArticleDraft, Columns, Drafted
from annotator.ui.adding.adding import Adding
from annotator.ui.look.looks import Looks
from annotator.ui.places import Places
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Settings

if TYPE_CHECKING:
    from annotator.ui.adding.preview import AddPreview

PLACE = "adding"


class Previewing(QObject):
    """Leads from the strip that reads files to the page that shows them, and back. `added` tells that some were."""

    added = Signal()

    def __init__(self, adding: Adding, places: Places, settings: Settings, looks: Looks) -> None:
        super().__init__(adding)
        self._adding = adding
        self._places = places
        self._settings = settings
        self._looks = looks
        self._session: Session | None = None
        places.add(PLACE, self._build)
        adding.added.connect(self._show_added)
        adding.look_wanted.connect(self._look)

    @property
    def page(self) -> "AddPreview":
        """The page, built now if it was not."""
        return cast("AddPreview", self._places.page(PLACE))

    def set_session(self, session: Session | None) -> None:
        """Add to another project."""
        self._session = session
        self._adding.set_session(session)
        self._adding.without_looking = self._settings.adds_at_once
        self._adding.columns = self._columns()

    def _build(self) -> QWidget:
        from annotator.ui.adding.preview import AddPreview  # noqa: PLC0415 - at its first visit

        page = AddPreview(self._looks.theme)
        page.accepted.connect(self._add)
        page.left.connect(lambda: self._places.go("label"))
        page.discarded.connect(self._discard)
        page.columns_changed.connect(self._read_again)
        page.habit_changed.connect(self._keep_habit)
        return page

    def _look(self, drafted: Drafted) -> None:
        if self._session is not None:
            self.page.show_drafted(drafted, without=self._settings.adds_at_once)
            self._places.go(PLACE)
            self.page.focus_first()

    def _add(self, draft: ArticleDraft) -> None:
        self._places.go("label")
        self._adding.commit(draft, is_seen=True)
        self.added.emit()

    def _discard(self) -> None:
        self._places.go("label")
        self._adding.discard()

    def _show_added(self, ids: Sequence[str]) -> None:
        if self._session is not None and (self._session.article is None or len(ids) == 1):
            self._session.go_to(ids[0])

    def _columns(self) -> Columns:
        """Return what the person has said of columns in this project."""
        if self._session is None:
            return Columns()
        habits = self._settings.habits[self._session.project.id]
        return Columns(
            {tuple(json.loads(key)): dict(held) for key, held in habits.tables.items()}, dict(habits.columns)
        )

    def _read_again(self, names: tuple[str, ...], columns: dict[str, str]) -> None:
        if self._session is not None:
            habits = self._settings.habits[self._session.project.id]
            habits.tables = {**habits.tables, json.dumps(names): columns}
            habits.columns = {**habits.columns, **columns}
            self._settings.save()
            self._adding.read_again(self._columns())

    def _keep_habit(self, without: bool) -> None:
        self._settings.adds_at_once = self._adding.without_looking = without
        self._settings.save()

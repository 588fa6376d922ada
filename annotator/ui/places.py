"""The pages of the window: each is built when it is first visited, so that starting does not wait for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.ui.actions.actions import Actions
from annotator.ui.look.looks import Looks
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Settings
from annotator.ui.widgets.choosing import FileChooser
from annotator.ui.widgets.tab_order import put_before_rest


@dataclass(frozen=True, slots=True)
class Means:
    """What a page is built with.

    Attributes:
        actions: every action of the window; a page connects its own.
        settings: what is remembered; whoever changes it saves it.
        looks: the colours of now, as ``looks.theme``.
        chooser: asks for files.
        go: shows a place, by its name; what it is given beside that is taken up there (see `Page.take_up`).
    """

    actions: Actions
    settings: Settings
    looks: Looks
    chooser: FileChooser
    go: Callable[..., None]


class Page(Protocol):
    """What the window asks of a page, which is a widget."""

    def set_session(self, session: Session | None) -> None:
        """Show another project, or none; every signal of an earlier session is silent by then."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""

    def focus_first(self) -> None:
        """Put the focus where the next thing happens."""


class Taker(Page, Protocol):
    """A page that other places send something to."""

    def take_up(self, what: object) -> None:
        """Go on with what another place was about, such as a cell of the agreement table."""


class Places(QStackedWidget):
    """The pages by name, and the one for when no project is open.

    `built` carries the name of a page that was just built, `arrived` the name of the one that is shown now.
    """

    built = Signal(str)
    arrived = Signal(str)

    def __init__(self, nothing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._session: Session | None = None
        self.current = "label"
        self.addWidget(nothing)

    def add(self, name: str, make: Callable[[], QWidget]) -> None:
        """Say how a page is built; it has the methods of `Page`."""
        self._makers[name] = make

    def page(self, name: str) -> QWidget:
        """Return a page, which is built now if it was not."""
        if name not in self._pages:
            before = next(reversed(self._pages.values()), None)
            page = self._pages[name] = self._makers[name]()
            self.addWidget(page)
            if before is not None:
                put_before_rest(page, before)  # else Tab would come to it behind the status bar
            if self._session is not None:
                cast(Page, page).set_session(self._session)
            self.built.emit(name)
        return self._pages[name]

    @property
    def is_open(self) -> bool:
        """Whether there is a project for pages to show."""
        return self._session is not None

    def has(self, name: str) -> bool:
        """Whether a page was built."""
        return name in self._pages

    def set_session(self, session: Session | None) -> None:
        """Let every page that was built show another project, or none."""
        self._session = session
        for page in self._pages.values():
            cast(Page, page).set_session(session)

    def set_theme(self, theme: Theme) -> None:
        """Let every page that was built paint in other colours."""
        for page in self._pages.values():
            cast(Page, page).set_theme(theme)

    def go(self, name: str, what: object = None) -> None:
        """Show a page; without a project, the one that says so. The focus goes where it was in that page.

        `what` is taken up there: then the page is a `Taker`.
        """
        self.current = name
        page = self.page(name) if self._session is not None else self._nothing
        if page is not self.currentWidget():
            focus = page.focusWidget()
            self.setCurrentWidget(page)
            self._put_focus(page, focus)
        self.arrived.emit(name)
        if what is not None and page is not self._nothing:
            cast(Taker, page).take_up(what)

    def focus_again(self) -> None:
        """Put the focus where it was in the page that is shown."""
        page = self.currentWidget()
        self._put_focus(page, page.focusWidget())

    @staticmethod
    def _put_focus(page: QWidget, focus: QWidget | None) -> None:
        if focus is not None and focus.isVisibleTo(page):
            focus.setFocus()
        else:
            cast(Page, page).focus_first()

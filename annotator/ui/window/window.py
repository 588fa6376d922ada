"""The window: menus, rail, places, banner and status line around one open project."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import Needs
from annotator.ui.actions.menus import Menus
from annotator.ui.adding.adding import Adding
from annotator.ui.adding.previewing import PLACE as ADDING
from annotator.ui.adding.previewing import Previewing
from annotator.ui.codebook.beside import Beside
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.editing import Editing
from annotator.ui.codebook.kept import KeptDrafts
from annotator.ui.codebook.paints import Paints
from annotator.ui.exchange.trading import Trading
from annotator.ui.label.noting import Noting
from annotator.ui.label.place import LabelPlace
from annotator.ui.look.looks import Looks
from annotator.ui.look.theme import Theme
from annotator.ui.others.blindness import Blindness
from annotator.ui.places import Means, Page, Places
from annotator.ui.projects import Projects
from annotator.ui.replacing.replacing import Replacing
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Habits, Settings
from annotator.ui.status import StatusLine
from annotator.ui.widgets.banner import Banner, Tone
from annotator.ui.widgets.choosing import FileChooser
from annotator.ui.window.about import about_text
from annotator.ui.window.ahead_line import AheadLine
from annotator.ui.window.appearance import Appearance
from annotator.ui.window.copy_line import CopyLine
from annotator.ui.window.drops import Drops
from annotator.ui.window.focus_back import FocusBack
from annotator.ui.window.long_line import LongLine
from annotator.ui.window.opening import Opening
from annotator.ui.window.popups import Popups
from annotator.ui.window.rail import PLACES, Rail
from annotator.ui.window.rooms import rooms
from annotator.ui.window.safekeeping import Safekeeping
from annotator.ui.window.signboard import Signboard
from annotator.ui.window.strays import Strays
from annotator.ui.window.travel import Travel
from annotator.ui.window.upgrade_line import UpgradeLine
from annotator.ui.window.whereabouts import Whereabouts

if TYPE_CHECKING:
    from annotator.ui.team.place import TeamPlace

SMALLEST = (1024, 600)
USUAL = (1360, 840)
TITLE_BAR = 32
"""Room for what the system puts over the window, whose height nobody tells before it is shown."""


class Window(QMainWindow):
    """One window with one project, or none."""

    def __init__(self, settings: Settings, looks: Looks, example: Path, chooser: FileChooser | None = None) -> None:
        """Build the window.

        Args:
            settings: what is remembered; saved again on the way.
            looks: the application's colours.
            example: the folder of the example project, where new projects are offered a place too.
            chooser: asks for files; the system's dialogs when None.
        """
        super().__init__()
        self._meant: QWidget | None = None
        self.settings = settings
        self._looks = looks
        self._chooser = chooser or FileChooser(self, example)
        self.actions_ = Actions(self, settings.keys)
        self.projects = Projects(settings, self)
        self.session: Session | None = None
        self._settings_told = False
        self.rail = Rail(self.actions_)
        self.label_place = LabelPlace(self.actions_, looks.theme)
        self._paints = Paints(looks.theme)
        self.drafting = Drafting(KeptDrafts(settings.path), self)
        self.beside = Beside(self.actions_, self.label_place, self.drafting, self._paints)
        self.fact = Banner()
        self.banner = Banner()
        self.opening = Opening(self.actions_, self.projects, example, self.banner)
        self.no_project = self.opening.page
        self.places = Places(self.no_project)
        self.adding = Adding()
        self.long_line = LongLine()
        self.copy_line = CopyLine()
        self.strays = Strays(self, self.fact, self._look_at_copies)
        self.upgrade_line = UpgradeLine()
        self.ahead_line = AheadLine()
        self.ahead_line.may_count = lambda: self.places.current != "agreement"
        self.previewing = Previewing(self.adding, self.places, settings, looks)
        self.travel = Travel(self.actions_, self.drafting)
        self.blindness = Blindness(self.actions_)
        self.noting = Noting(self.actions_, self.label_place.reader)
        self.whereabouts = Whereabouts(settings, self.label_place.reader, self)
        self.status = StatusLine(self.actions_)
        self.signboard = Signboard(self, self.actions_, self.status)
        self.safekeeping = Safekeeping(
            self, self.actions_, self.projects, settings, chooser=self._chooser, banner=self.banner
        )
        self.popups = Popups(self, self.actions_, self.projects, settings, looks.theme)
        self._furnish()
        self._drops = Drops(self.projects, self.trading, self.status, self._fail)
        self._lay_out()
        self._set_theme(looks.theme)
        self._menus = Menus(self.menuBar(), self.actions_)
        self._connect()
        self._connect_actions()
        self.appearance = Appearance(self.actions_, settings, looks, self.label_place.reader, self.status)
        self._take_settings()
        self._show_project(None)

    # Building

    def _furnish(self) -> None:
        """Say how each page is built."""
        means = Means(self.actions_, self.settings, self._looks, self._chooser, self.places.go)
        self.places.add("label", lambda: self.label_place)
        self.editing = Editing(means, self.places, self.drafting, self._paints, self.beside)
        self.trading = Trading(means, self.places, self.label_place)
        self.replacing = Replacing(means, self.places)
        for name, make in rooms(means, self.places).items():
            self.places.add(name, make)
        self.places.page("label")

    def _lay_out(self) -> None:
        room = self.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        self.resize(QSize(*USUAL).boundedTo(room))
        self.setAcceptDrops(True)
        lines = (self.long_line, self.copy_line, self.upgrade_line, self.ahead_line)
        below = (self.adding, *lines, self.banner)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.fact)
        middle.addWidget(self.places, 1)
        for strip in below:
            middle.addWidget(strip)
        FocusBack(self.places, (self.fact, *below))
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(middle, 1)
        central = QWidget(objectName="window")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.status)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        self.projects.opened.connect(self._show_project)
        self.projects.lost.connect(self.safekeeping.offer)
        self.projects.slow.connect(lambda path: self.upgrade_line.bring(path, lambda: self.projects.open(path)))
        for source in (
            self.projects,
            self.adding,
            self.editing,
            self.trading,
            self.replacing,
            self.safekeeping,
            self.copy_line,
            self.upgrade_line,
        ):
            source.said.connect(self._say)
            source.failed.connect(self._fail)
        self.previewing.added.connect(self.label_place.reader.setFocus)
        self.trading.are_articles.connect(self.adding.add)
        self.places.arrived.connect(self._arrived)
        self._looks.changed.connect(self._set_theme)
        self.actions_.keys_changed.connect(self._keep_keys)
        self.actions_.led.connect(self._say)
        self.label_place.reader.selection_changed.connect(self._reach)
        self.drafting.changed.connect(self._show_drafting)
        self.beside.label_place_wanted.connect(lambda: self.places.go("label"))
        linkage = self.label_place.linkage
        linkage.standing.connect(self.status.show_frame)
        linkage.counted.connect(self.status.show_remarks)
        # Not the method itself: settings have slots, which leave Qt nothing to refer to.
        for source in (linkage, self.label_place.articles, self.label_place.others):
            source.habits_changed.connect(lambda: self.settings.save())  # noqa: PLW0108
        self.status.remarks.clicked.connect(self.label_place.open_remarks)

    def _connect_actions(self) -> None:
        on = self.actions_.on
        on("project.new", lambda: self._with(self._chooser.new_project(), self.projects.create))
        on("project.open", lambda: self._with(self._chooser.project(), self.projects.open))
        on("project.example", self.open_example)
        on("project.close", self.projects.close)
        on("project.copy", lambda: self._with(self._chooser.copy(self._name()), self.copy_line.save))
        on("articles.add", lambda: self.adding.add(self._chooser.articles()))
        on("articles.add_folder", lambda: self._with(self._chooser.folder(), lambda path: self.adding.add([path])))
        on("articles.paste", lambda: self.adding.paste(QGuiApplication.clipboard().mimeData()))
        on("notes.open", self._open_notes)
        self.noting.opened.connect(self._open_notes)
        on("quit", self.close)
        on("about", lambda: self.banner.show_words(about_text(), Tone.NOTE))
        for place in PLACES:
            on(f"place.{place}", lambda place=place: self.places.go(place))

    def _take_settings(self) -> None:
        settings = self.settings
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(settings.geometry.encode()))
        if len(settings.columns) == self.label_place.splitter.count():
            self.label_place.splitter.setSizes(list(settings.columns))
        self.actions_["place.label"].setChecked(True)

    # Opening and closing

    def open_path(self, path: Path) -> bool:
        """Open a project; whether that worked. If not, the window says why."""
        return self.projects.open(path)

    def open_example(self) -> bool:
        """Open the example project, which is built first where it is missing; whether that worked."""
        return self.opening.open_example()

    def _show_project(self, session: Session | None) -> None:
        self.whereabouts.leave()
        self.session = session
        self.places.set_session(session)
        self.drafting.set_session(session)
        if session is not None:
            habits = self.settings.habits.setdefault(session.project.id, Habits())
            self.label_place.linkage.take_habits(habits)
            self.label_place.articles.take_habits(habits.listing)
            self.label_place.others.take_habits(habits)
        self.previewing.set_session(session)
        self.replacing.set_session(session)
        self.opening.reset()
        self.fact.hide()
        self.popups.close()
        if session is not None:
            self.banner.hide()
            self._follow(session)
            self._show_fact(session)
        self.beside.set_session(session)
        self.safekeeping.set_session(session)
        for follower in (self.signboard, self.travel, self.blindness, self.noting, self.strays):
            follower.set_session(session)
        for line in (self.long_line, self.copy_line, self.ahead_line):
            line.set_session(session)
        # The place first: a hidden text has no lines to scroll to.
        self.places.go(self.places.current if self.places.current in PLACES else "label")
        if session is not None:
            self.whereabouts.go_back(session)
        cast(Page, self.places.currentWidget()).focus_first()
        self.travel.name_steps()
        self.status.say("")
        self.settings.save()
        QTimer.singleShot(0, self, self._tell_settings)  # after what is said of opening, which takes a message away

    def _tell_settings(self) -> None:
        """Say once that what is remembered could not be read or kept."""
        if self.settings.problem and not self._settings_told:
            self._settings_told = self.session is not None  # opening a project takes the message away once more
            self.banner.show_words(self.settings.problem)

    def _follow(self, session: Session) -> None:
        session.said.connect(self._say)
        session.failed.connect(self._fail)
        session.article_switched.connect(self._reach)
        session.selected_changed.connect(self._reach)

    def _show_fact(self, session: Session) -> None:
        """Say what stays true as long as the project is open."""
        if session.project.read_only:
            self.fact.show_words(
                "This project is open for reading only: nothing you do here is stored. Save a copy to label in it.",
                Tone.NOTE,
                action="Save a copy…",
                act=self.actions_["project.copy"].trigger,
                closes=False,
            )

    # Showing

    def _arrived(self, place: str) -> None:
        if place in PLACES:
            self.actions_[f"place.{place}"].setChecked(True)
        # What waits is told where it is not seen.
        self.adding.set_looked_at(place == ADDING)
        self.status.show_labelling(place == "label")
        self._reach()

    def _open_notes(self, note: str = "") -> None:
        self.places.go("team")
        cast("TeamPlace", self.places.page("team")).show_notes(note)

    def _look_at_copies(self, copies: list[Path]) -> None:
        self.places.go("team")
        cast("TeamPlace", self.places.page("team")).look_at(copies)

    def tell_unexpected(self, words: str, details: str) -> None:
        """Show that the program itself went wrong."""
        self.banner.show_words(words, details=details)

    def _set_theme(self, theme: Theme) -> None:
        self._paints.theme = theme
        self.places.set_theme(theme)
        self.beside.refresh()
        self.actions_.refresh_icons()
        for widget in (self.fact, self.banner, self.adding, self.no_project):
            widget.refresh_icons()
        self.popups.set_theme(theme)

    def _show_drafting(self) -> None:
        """Show at the rail that the codebook has changes that are not saved."""
        self.actions_["place.codebook"].setIconText("Codebook •" if self.drafting.is_changed else "Codebook")
        self.signboard.show_saved(is_saved=not self.drafting.is_changed)
        self.travel.name_steps()

    def _reach(self) -> None:
        session = self.session
        if session is None:
            reached = Needs.NOTHING
        elif session.article is None:
            reached = Needs.PROJECT
        else:
            reached = Needs.MARK if session.selected else Needs.ARTICLE
        self.actions_.set_reach(reached, self.places.current)

    def _say(self, words: str) -> None:
        self.banner.hide()
        self.status.say(words)

    def _fail(self, words: str) -> None:
        if not self.status.warn(words):
            self.status.say("")
            self.banner.show_words(words)

    def _keep_keys(self) -> None:
        self.settings.keys = self.actions_.changed
        self.settings.save()

    def _name(self) -> str:
        return self.session.project.path.stem if self.session else ""

    @staticmethod
    def _with(path: Path | None, verb: Callable[[Path], object]) -> None:
        if path is not None:
            verb(path)

    # Qt's events

    def event(self, event: QEvent) -> bool:
        """Notice which button Enter is meant for: while it is handled, the focus may go elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self._meant = self.focusWidget()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button with Enter, as with Space: outside dialogs Qt leaves that to the desktop's theme."""
        meant, self._meant = self._meant, None
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(meant, (QPushButton, QToolButton)) and meant is self.focusWidget():
            meant.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        self._drops.welcome(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The person thought better of it."""
        super().dragLeaveEvent(event)
        self._drops.forget()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open or add what is dropped."""
        self._drops.take(event, has_project=self.session is not None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the person was, and close the project."""
        self.whereabouts.leave()
        self.settings.geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.columns = tuple(self.label_place.splitter.sizes())
        for busy in (self.adding, self.replacing, self.copy_line, self.upgrade_line, self.ahead_line):
            busy.stop()
        self.popups.close_all()
        self.projects.close()
        self.safekeeping.stop()
        self.settings.save()
        event.accept()

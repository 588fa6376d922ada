"""From a file to a new version of an article: read in another thread, looked at in a page of its own, put in one step."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.project.drafting import NewArticle, Progress
from annotator.project.replacing import Replaced, rows_of
from annotator.ui.places import Means, Places
from annotator.ui.session.session import Session
from annotator.ui.session.work import Worker

if TYPE_CHECKING:
    from annotator.project.replacement.plan import Choice, Item, ReplacementPlan
    from annotator.project.replacement.version import Versions
    from annotator.ui.replacing.choosing import ChoosePage
    from annotator.ui.replacing.page import ReplacePage

PLACE, CHOICE = "replacing", "choosing a version"
_Read = Callable[[str, Progress, Callable[[], bool]], "NewArticle | Versions"]
"""Gives the new version, or several of which one is it, when told the old text, what hears of progress and tells to stop."""


class Replacing(QObject):
    """Leads to the page of a new version and back.

    Signals:
        said: a sentence about what was done. failed: about what could not be.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, means: Means, places: Places) -> None:
        super().__init__(places)
        self._means = means
        self._places = places
        self._session: Session | None = None
        self._plan: ReplacementPlan | None = None
        self._article = ""
        self._kept: dict[str, Choice] = {}
        self._versions: Versions | None = None
        self._worker = Worker(self)
        self._worker.progressed.connect(lambda done, total, _name: self.page.show_progress(done, total))
        self._worker.found.connect(self._drafted)
        places.add(PLACE, self._build)
        places.add(CHOICE, self._build_choice)
        means.actions.on("article.replace", self.replace_by_file)
        means.actions.on("article.replace_pasted", self.replace_by_pasted)

    @property
    def page(self) -> "ReplacePage":
        """The page, built now if it was not."""
        return cast("ReplacePage", self._places.page(PLACE))

    @property
    def choice(self) -> "ChoosePage":
        """The page on which one of several articles is chosen, built now if it was not."""
        return cast("ChoosePage", self._places.page(CHOICE))

    @property
    def is_busy(self) -> bool:
        """Whether a version is being read."""
        return self._worker.is_busy

    def set_session(self, session: Session | None) -> None:
        """Work in another project; what waits for the old one is dropped."""
        self.stop()
        self._session = session
        self._forget()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._show_again)

    def replace_by_file(self) -> None:
        """Ask for a file with a new version of the open article, or go on with one that waits."""
        if self._goes_on() or not self._may_begin():
            return
        path = self._means.chooser.version(self._title())
        if path is not None:
            self.read(path)

    def replace_by_pasted(self) -> None:
        """Take the text on the clipboard for a new version of the open article."""
        if self._goes_on() or not self._may_begin():
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.failed.emit("There is no text on the clipboard. Copy the new version somewhere first.")
            return
        # Thirty readers, of which none is loaded before something is read.
        from annotator.project.replacement.version import pasted_version  # noqa: PLC0415

        self._begin(lambda *_: pasted_version(text))

    def read(self, path: Path) -> None:
        """Read a file as a new version of the open article."""
        from annotator.project.replacement.version import read_versions  # noqa: PLC0415 - as above

        def versions(old: str, progress: Progress, cancelled: Callable[[], bool]) -> "NewArticle | Versions":
            found = read_versions(path, old, progress=progress, cancelled=cancelled)
            return found.articles[0] if len(found.articles) == 1 else found

        if self._may_begin():
            self._versions = None
            self._begin(versions, path.name)

    def stop(self) -> None:
        """Stop and wait until the thread is gone: before the project or the window closes."""
        if self.is_busy:
            self._forget()
        self._worker.close()

    def _title(self) -> str:
        article = self._session.article if self._session else None
        return article.title if article else ""

    def _goes_on(self) -> bool:
        """Show what waits for the open article already; whether there was something."""
        article = self._session.article if self._session else None
        if self._plan is not None and article is not None and article.id == self._article:
            self._places.go(PLACE)
            self.page.focus_first()
            return True
        return False

    def _may_begin(self) -> bool:
        session = self._session
        if session is None or session.article is None:
            return False
        if self.is_busy:
            self.failed.emit("Another version is being read just now. Wait for it, or cancel that first.")
        elif session.project.read_only:
            self.failed.emit("This project is open for reading only, so nothing can be replaced in it.")
        elif session.project.is_lent:
            self.failed.emit("Something is being written into this project just now. Wait for that first.")
        else:
            return True
        return False

    def _begin(self, read: _Read, name: str = "") -> None:
        session = self._session
        if session is None or session.article is None:
            return
        # Loaded when something is replaced: it looks for words, and starting does not wait for it.
        from annotator.project.replacement.draft import draft_replacement  # noqa: PLC0415

        try:
            standing = session.project.standing(session.article.id)
            others = session.project.other_texts(session.article.id)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return

        def draft(progress: Progress, cancelled: Callable[[], bool]) -> "ReplacementPlan | Versions | str":
            try:
                new = read(standing.article.text, progress, cancelled)
                if not isinstance(new, NewArticle):
                    return new
                return draft_replacement(standing, new, others, progress=progress, cancelled=cancelled)
            except AnnotatorError as error:
                return f"“{name}”: {error}" if name and name not in str(error) else str(error)

        self._article = standing.article.id
        self.page.show_busy(standing.article.title)
        self._places.go(PLACE)
        self._worker.do(lambda progress, cancelled, give: give(draft(progress, cancelled)))

    def _drafted(self, found: "ReplacementPlan | Versions | str") -> None:
        # Loaded by now, and not before something is replaced.
        from annotator.project.replacement.version import Versions  # noqa: PLC0415

        if self._session is None:
            return
        if isinstance(found, Versions):
            self._versions = found
            self._choose()
            return
        if isinstance(found, str):
            self.page.show_refused(self._title(), found)
            return
        title = found.standing.article.title
        if found.is_same:
            self._forget()
            self._places.go("label")
            self.said.emit(f"“{title}” has this text already. Nothing was changed")
            return
        words = found.refused or self._hidden_words(found)
        if words:
            self.page.show_refused(title, words)
            return
        self._plan = found
        self.page.show_plan(found, self._seen(found), self._kept, others=self._versions is not None)
        self.page.focus_first()

    def _show_again(self) -> None:
        """Show of what waits what may be seen now; what was decided stays decided."""
        plan = self._plan
        if plan is None or self._session is None:
            return
        self._kept = {**self._kept, **self.page.choices}
        words = self._hidden_words(plan)
        if words:
            self._forget()
            self.page.show_refused(plan.standing.article.title, words)
        else:
            self.page.show_plan(plan, self._seen(plan), self._kept, others=self._versions is not None)

    def _seen(self, plan: "ReplacementPlan") -> "tuple[Item, ...]":
        seen = self._session.seen if self._session else frozenset()
        return tuple(each for each in plan.items if not each.annotator or each.annotator in seen)

    def _hidden_words(self, plan: "ReplacementPlan") -> str:
        """Return why somebody who does not see others' labels cannot decide about them; empty where nobody needs to."""
        seen = {each.id for each in self._seen(plan)}
        if all(each.id in seen for each in plan.waiting):
            return ""
        return (
            "Labels or notes of others would be doubtful or lost, and others' labels are hidden in this project. Whoever"
            " coordinates opens them in Team, and replaces the article then."
        )

    def _build(self) -> QWidget:
        from annotator.ui.replacing.page import ReplacePage  # noqa: PLC0415 - at its first visit

        page = ReplacePage(self._means.looks.theme)
        page.accepted.connect(self._replace)
        page.left.connect(self._leave)
        page.discarded.connect(self._discard)
        page.stopped.connect(self._cancel)
        page.other_wanted.connect(self._choose)
        return page

    def _build_choice(self) -> QWidget:
        from annotator.ui.replacing.choosing import ChoosePage  # noqa: PLC0415 - at its first visit

        page = ChoosePage(self._means.looks.theme)
        page.chosen.connect(self._chosen)
        page.left.connect(self._discard)
        return page

    def _choose(self) -> None:
        """Let the person say which article of the file is meant."""
        session = self._session
        if session is None or self._versions is None or not session.go_to(self._article) or session.article is None:
            return
        self._plan, self._kept = None, {}
        self.choice.show_versions(self._versions, self._title(), session.article.text)
        self._places.go(CHOICE)
        self.choice.focus_first()

    def _chosen(self, new: NewArticle) -> None:
        if self._session is not None and self._session.go_to(self._article) and self._may_begin():
            self._begin(lambda *_: new)

    def _leave(self) -> None:
        self._places.go("label")
        if self._plan is not None:
            key = self._means.actions.key_text("article.replace")
            self.said.emit(f"Nothing is replaced yet · {key} goes on with it")
        elif not self.is_busy:
            self._forget()

    def _discard(self) -> None:
        was_waiting = self._plan is not None or self._versions is not None
        self._forget()
        self._places.go("label")
        if was_waiting:
            self.said.emit("Discarded. The article stays as it is")

    def _cancel(self) -> None:
        if self.is_busy:
            self._worker.stop()
            self._forget()
        self._places.go("label")
        self.said.emit("Stopped. The article stays as it is")

    def _forget(self) -> None:
        self._plan, self._article, self._kept, self._versions = None, "", {}, None

    def _on_changes(self, changes: Changes) -> None:
        """Look again where the article has changed since; what was decided stays decided."""
        if "setting" in changes.nouns:
            self._show_again()
        if self._plan is None or self._article not in changes.articles or self.is_busy:
            return
        plan, self._kept, self._plan = self._plan, self.page.choices, None
        session = self._session
        is_there = session is not None and any(head.id == self._article for head in session.heads)
        if not is_there or session is None:
            self._forget()
        elif session.go_to(self._article) and self._places.current == PLACE:
            kept = self._kept
            self._begin(lambda *_: plan.new)
            self._kept = kept
        else:
            self._forget()

    def _replace(self) -> None:
        session, plan = self._session, self._plan
        if session is None or plan is None:
            return
        choices, reopen = self.page.choices, self.page.reopens
        self._plan = None  # the notice of this very step is no reason to look again

        def put_back() -> None:
            self._plan = plan

        session.write(
            rows_of(plan),
            "replacing the article by its new version",
            lambda project, progress: project.replace(plan, choices, reopen=reopen, progress=progress),
            lambda done: self._replaced(session, done),
            put_back,
        )

    def _replaced(self, session: Session, done: Replaced) -> None:
        self._forget()
        self._places.go("label")
        session.go_to(done.article)
        parts = [
            f"{count:,} {words}"
            for count, words in (
                (done.moved, "moved"),
                (done.accepted, "on changed words"),
                (done.dropped, "in the trash"),
                (done.kept, "on the earlier version"),
                (done.links, "links gone" if done.links > 1 else "link gone"),
            )
            if count
        ]
        session.tell(f"Replaced by the new version{': ' if parts else ''}{', '.join(parts)}")

"""Opening a project from the window: what stands where none is open, and what is said where one cannot be opened."""

from pathlib import Path

from PySide6.QtCore import QObject

from annotator.model.errors import AnnotatorError, in_words
from annotator.ui.actions.actions import Actions
from annotator.ui.projects import Projects
from annotator.ui.widgets.banner import Banner
from annotator.ui.widgets.empty import EmptyState

_WORDS = (
    "No project is open",
    "A project is one file with your articles and labels. Open one, or start your own.",
)


class Opening(QObject):
    """Opens projects and the example, and says why where that did not work."""

    def __init__(self, actions: Actions, projects: Projects, example: Path, banner: Banner) -> None:
        """`example` is the folder of the example project; `banner` is where it says what a person can do instead."""
        super().__init__(projects)
        self._projects = projects
        self._example = example
        self._banner = banner
        names = ("project.open", "project.new", "project.recent", "project.example")
        self.page = EmptyState("folder-open", *_WORDS, tuple(actions[name] for name in names))
        projects.refused.connect(self._refused)

    def open_example(self) -> bool:
        """Open the example project, which is built first where it is missing; whether that worked."""
        from annotator.project.example import open_example  # noqa: PLC0415 - most who come have projects of their own

        try:
            path = open_example(self._example)
        except (AnnotatorError, OSError) as error:
            self._refused(in_words(error), None)
            return False
        return self._projects.open(path)

    def reset(self) -> None:
        """Say no more that something could not be opened."""
        self.page.tell(*_WORDS)

    def _refused(self, words: str, path: Path | None) -> None:
        if self._projects.session is None:
            self.page.tell("The project could not be opened", words)
        if path is not None:
            self._banner.show_words(
                words, action="Open for reading only", act=lambda: self._projects.open(path, read_only=True)
            )
        else:
            self._banner.show_words(words)

"""What every widget of a window knows: what is shown of the project, and the verbs."""

from collections.abc import Callable, Iterable, Mapping
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject

from annotator.model.annotation import Annotation
from annotator.model.annotator import Annotator
from annotator.model.article import BlockKind, Metadatum, State
from annotator.model.changes import Spot, Step, StepKind
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.span import Fragment, Span
from annotator.project import Project
from annotator.project.answering import Pulse
from annotator.project.curating import LeavingOut, kind_name
from annotator.ui.session.long_step import LongStep, Verb, is_long
from annotator.ui.session.shown import Shown

P = ParamSpec("P")
T = TypeVar("T")


class Session(Shown):
    """One open project in one window.

    Verbs never raise: what the person asked for and cannot have is a sentence, emitted by `failed`. After a verb that
    worked, `said` tells what was done.
    """

    def __init__(self, project: Project, annotator: Annotator, parent: QObject | None = None) -> None:
        self._pulse = Pulse(project.path.parent)
        """Asked before the file is used in this thread: a folder on a network may hang, and the window with it."""
        project.ask_before_use(self._pulse.check)
        super().__init__(project, annotator, parent)
        self.undo_key = "Ctrl+Z"
        """What to press to take a step back, in the words of this system and of the person's own keys."""
        self.long_step = LongStep(project, self)
        self.long_step.failed.connect(self.failed)
        self.long_step.stopped.connect(lambda: self.said.emit("Stopped. Nothing was changed"))

    def close(self) -> None:
        """Let nothing go on, then close the project."""
        self.long_step.close()
        self.project.notify = None
        self.project.ask_before_use(None)
        self._pulse.close()
        self.project.close()

    def open_others(self, *, opened: bool) -> None:
        """Show others' labels in every place, or hide them again: in a project that is only read, for this time."""
        if opened != self.is_blind:
            return
        if self.stays_blind:
            self.failed.emit(self.stays_blind)
            return
        words = "Others' labels are shown" if opened else "Others' labels are hidden"
        if self.project.read_only and self.project.is_blind:
            self._opened_here = opened
            self._tell_sight()
            self.said.emit(f"{words}, until this project is closed" if opened else words)
            return
        self._try(self.project.set_blind, blind=not opened)
        if opened != self.is_blind:
            self.tell(words)

    def next_undo(self) -> Step | None:
        """Return the step that `undo` takes back; None where there is none, or where it is somebody else's."""
        return self._own(self.project.next_undo())

    def next_redo(self) -> Step | None:
        """Return the step that `redo` does again; None where there is none, or where it is somebody else's."""
        return self._own(self.project.next_redo())

    def _own(self, step: Step | None) -> Step | None:
        return step if step is not None and self.project.is_visible(step, self.annotator.id) else None

    # Doing

    def label(self, span: Span, label: str, attributes: Iterable[tuple[str, str]] = ()) -> Annotation | None:
        """Put a label on a span of the page, with these attributes from the start, and select it."""
        if self.article is None:
            return None
        page, who = self.article.id, self.annotator.id
        made = self._try(self.project.annotate, page, label, span, annotator=who, attributes=attributes)
        if made is not None:
            self.select(made.id)
            self.tell(f"Labelled {self._name(label)}")
        return made

    def relabel(self, annotation: str, label: str) -> None:
        """Give a mark another label."""
        if self._try(self.project.relabel, annotation, label) is not None:
            self.tell(f"Changed to {self._name(label)}")

    def reshape(self, annotation: str, span: Span) -> None:
        """Move a mark's edges."""
        if self._try(self.project.reshape, annotation, span) is not None:
            self.tell("Moved an edge")

    def delete(self, annotation: str) -> None:
        """Take a mark away."""
        found = self.annotations.get(annotation)
        if found is not None and self._try(self.project.delete, [annotation]):
            self.tell(f"Deleted {self._name(found.label)}")

    def restore(self, annotation: str) -> None:
        """Bring a deleted label back and show it."""
        back = self._try(self.project.restore, annotation)
        if back is not None:
            self.tell(f"Brought back {self._name(back.label)}")
            self.go_to(back.article, back.span.start, back.span.end)
            self.select(back.id)

    def set_block_kind(self, start: int, end: int, kind: BlockKind) -> None:
        """Give the paragraphs that the code points ``start``-``end`` of the page touch another type."""
        if self.article is None:
            return
        before = self.article.blocks
        done = self._try(self.project.set_block_kind, self.article.id, start, end, kind, seen=self.seen)
        if done is None:
            return
        if done.blocks == before:
            self.said.emit(f"This is {kind_name(kind)} already")
            return
        self.tell(f"Marked as {kind_name(kind)}{_kept(done.labels) if not kind.is_labelled else ''}")

    def leave_out_copies(self, found: Mapping[str, Iterable[Fragment]]) -> None:
        """Mark what is said again, as `repeats.repeated` has found it, as duplicate."""
        done = self._try(self.project.leave_out, found, seen=self.seen)
        if isinstance(done, LeavingOut):
            if not done.paragraphs:
                self.said.emit("Nothing is said twice, so nothing is left out")
                return
            what = counted(done.paragraphs, "repeated paragraph")
            where = counted(done.articles, "article")
            self.tell(f"Left out {what} in {where}{_kept(done.labels)}")

    def set_metadata(self, metadata: Iterable[Metadatum]) -> None:
        """Change what is known about the article on the page."""
        if self.article is not None:
            before = self.article.metadata
            self._try(self.project.set_metadata, self.article.id, metadata)
            if self.article.metadata != before:
                self.tell("Changed the article's metadata")

    def set_language(self, language: str, direction: str) -> None:
        """Say in what language and direction the article on the page is."""
        if self.article is not None:
            before = (self.article.language, self.article.direction)
            self._try(self.project.set_language, self.article.id, language, direction)
            if (self.article.language, self.article.direction) != before:
                self.tell("Changed the article's language")

    def rename(self, title: str) -> None:
        """Give the article on the page another title."""
        if self.article is not None and title.strip() and title.strip() != self.article.title:
            page, before = self.article.id, self.article.title
            self._try(self.project.set_title, page, title)
            if self.article.title != before:
                self.tell("Renamed the article")

    def set_state(self, state: State) -> bool:
        """Record how far the annotator is with the article on the page; whether that worked."""
        if self.article is None or not self._did(self.project.set_state, self.article.id, self.annotator.id, state):
            return False
        self.tell(f"Marked as {state.value}")
        return True

    def finish(self, state: State = State.DONE) -> None:
        """Mark the article on the page as done (or as "nothing found") and show the next one that is not."""
        if self.article is None or not self.set_state(state):
            return
        ids = self._ordered()
        start = ids.index(self.article.id)
        order = (self.heads[self._places[each]] for each in (*ids[start + 1 :], *ids[:start]))
        following = next((head for head in order if not head.state.is_finished), None)
        if following is not None:
            self.go_to(following.id)
        else:
            self.said.emit("Every article is done")

    def undo(self) -> None:
        """Take back the last step, and show where it was."""
        self._travel(self.project.next_undo, Project.undo, ("Took back", "taking back", "take back"))

    def redo(self) -> None:
        """Do again what was taken back, and show where it was."""
        self._travel(self.project.next_redo, Project.redo, ("Did again", "doing again", "do again"))

    def _travel(
        self, following: Callable[[], Step | None], verb: Verb[Step | None], words: tuple[str, str, str]
    ) -> None:
        done, doing, do = words
        try:
            wanted = following()
            rows = 0 if wanted is None else self.project.size_of(wanted)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        if wanted is not None and self._own(wanted) is None:
            self.failed.emit(_of_others(wanted))
            return
        title = wanted.title if wanted is not None else ""
        self.write(rows, f"{doing} “{_small(title)}”", verb, lambda step: self._travelled(step, done, do))

    def write(
        self,
        rows: int,
        doing: str,
        verb: Verb[T],
        then: Callable[[T], None],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Write a step that touches about so many rows: at once, or in another thread where that takes long.

        `doing` says what is being done (“taking back …”); `then` is given what the verb returned, after the notice.
        `otherwise` is called where nothing was written.
        """
        if is_long(rows):
            self.long_step.write(doing, verb, then, otherwise)
            return
        try:
            result = verb(self.project, _silently)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            if otherwise is not None:
                otherwise()
            return
        then(result)

    def _travelled(self, step: Step | None, done: str, do: str) -> None:
        if step is None:
            self.said.emit(f"There is nothing to {do}")
            return
        spots = [each for each in self._try(self.project.spots_of, step) or () if each.article in self._places]
        page = self.article.id if self.article is not None else ""
        if step.article in self._places:
            self._show_spot(step.article, spots)
        elif spots:
            self._show_spot(page if any(each.article == page for each in spots) else spots[0].article, spots)
        else:
            self._open_one_of(self._arrived)
        self.said.emit(f"{done}: {_small(step.title)}")

    def _show_spot(self, article: str, spots: Iterable[Spot]) -> None:
        """Bring to sight where something changed in an article: the first label that stands there, or else the first place."""
        here = sorted(each for each in spots if each.article == article)
        if not self.go_to(article) or not here:
            return
        standing = [self.annotations[each.annotation] for each in here if each.annotation in self.annotations]
        if standing:
            first = min(standing, key=lambda each: each.order)
            self.select(first.id)
            here = [Spot(article, first.span.start, first.span.end)]
        self.reveal_wanted.emit(here[0].start, here[0].end)
        self.caret_wanted.emit(here[0].start)

    def _try(self, verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> object:
        try:
            return verb(*args, **kwargs)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return None

    def _did(self, verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do what returns nothing; whether that worked."""
        try:
            verb(*args, **kwargs)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return False
        return True

    def tell(self, done: str) -> None:
        """Say what was done, and how to take it back."""
        self.said.emit(f"{done} · {self.undo_key} takes it back" if self.undo_key else done)

    def _name(self, label: str) -> str:
        return self.project.codebook.label(label).name.lower()


def _small(title: str) -> str:
    """Return a step's title as it stands within a sentence."""
    return title[:1].lower() + title[1:]


def _silently(_done: int, _total: int, _name: str) -> None:
    """Tell nobody: it is over before anybody could look."""


def _of_others(step: Step) -> str:
    """Say why a step is not taken back, without saying what it was."""
    verb = "done again" if step.kind is StepKind.UNDO else "taken back"
    return f"The last step is another annotator's, and theirs is not {verb} while others' labels are hidden."


def _kept(labels: int) -> str:
    """Say how many labels stand in what is left out."""
    if not labels:
        return ""
    return f" · {counted(labels, 'label stands', 'labels stand')} in what is left out"

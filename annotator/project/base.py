"""An open project: its file, its codebook, its annotators, and the one way to change it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.changes import Changes, StepKind
from annotator.model.codebook import Codebook
from annotator.model.errors import DamagedProjectError, LentProjectError, NotFoundError, ReadOnlyError
from annotator.model.ids import new_id
from annotator.store import articles, codebooks, people
from annotator.store.assignments import SettingNoun
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.file import ProjectFile
from annotator.store.history import Recorder

_KEPT_TEXTS = 4
BLIND = "blind"
"""The setting that is “no” once annotators may see each other's labels."""


class Base:
    """What every group of verbs stands on. Use `annotator.project.Project`."""

    def __init__(self, file: ProjectFile, *, read_only: bool) -> None:
        self._file = file
        self._db = file.db
        self.path = file.path
        self.read_only = read_only
        self.notify: Callable[[Changes], None] | None = None
        """Called after every step that was committed, with what it touched: the only notice there is."""
        self._lent_for = ""
        self._texts: dict[str, str] = {}
        self._codebook: Codebook | None = None
        self._annotators: tuple[Annotator, ...] | None = None
        with explained(self.path):
            row = codebooks.project(self._db)
        if row is None:
            raise DamagedProjectError(self.path, "the project's own row is missing")
        self.id: str = row["id"]
        self.name: str = row["name"]

    def ask_before_use(self, ask: Callable[[], None] | None) -> None:
        """Call this before the file is read, and before a step is begun; what it raises is passed on, and nothing is done."""
        self._db.before = ask

    def close(self) -> None:
        """Close the file. Exactly one file is left; closing twice does no harm."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def codebook(self) -> Codebook:
        """The codebook's latest revision."""
        if self._codebook is None:
            with explained(self.path):
                found = codebooks.codebook(self._db)
            if found is None:
                raise DamagedProjectError(self.path, "it has no codebook")
            self._codebook = found
        return self._codebook

    def annotators(self) -> tuple[Annotator, ...]:
        """Return everybody who labels in this project, by name. Gold, which is no person, is not among them."""
        return tuple(each for each in self.everybody() if not each.is_gold)

    def gold(self) -> Annotator | None:
        """Return the layer of what was decided, whose labels are gold; None before anything was."""
        return next((each for each in self.everybody() if each.is_gold), None)

    def everybody(self) -> tuple[Annotator, ...]:
        """Return everybody who has labels in this project, by name: those who label, and gold."""
        if self._annotators is None:
            with explained(self.path):
                self._annotators = people.annotators(self._db)
        return self._annotators

    @property
    def is_blind(self) -> bool:
        """Whether annotators see their own work only: so from the start, until the coordinator opens the others'."""
        with explained(self.path):
            image = SettingNoun().read(self._db, BLIND)
        return image is None or image["value"] != "no"

    def annotator(self, who: str) -> Annotator:
        """Return the annotator with that name or id; gold can be asked for, too.

        Raises:
            NotFoundError: there is none.
        """
        for part in ("id", "name"):
            for annotator in self.everybody():
                if getattr(annotator, part) == who:
                    return annotator
        names = ", ".join(annotator.name for annotator in self.annotators()) or "nobody yet"
        raise NotFoundError(f"“{self.name}” has no annotator “{who}”. It has: {names}.")

    def ensure_annotator(self, name: str) -> Annotator:
        """Return the annotator of that name, who is added if there is none.

        Raises:
            NotFoundError: the name is empty, or that of gold.
        """
        name = " ".join(name.split())
        if not name:
            raise NotFoundError("An annotator needs a name.")
        for annotator in self.everybody():
            if annotator.name == name and annotator.is_gold:
                raise NotFoundError(f"“{name}” is what was decided, and nobody who labels. Choose another name.")
            if annotator.name == name:
                return annotator
        annotator = Annotator(new_id(), name, now())
        with self.step(f"Add annotator {name}") as step:
            step.writing.put("annotator", annotator.id, people.image(annotator), is_new=True)
        return annotator

    def rename_annotator(self, who: str, name: str) -> Annotator:
        """Give an annotator another name; the labels stay theirs.

        Raises:
            NotFoundError: there is no such annotator, or the name is empty or somebody else's.
        """
        annotator = self.annotator(who)
        name = " ".join(name.split())
        if not name or any(other.name == name and other.id != annotator.id for other in self.everybody()):
            raise NotFoundError(f"“{name}” cannot be the new name: it is empty, or somebody else's.")
        with self.step(f"Rename annotator {annotator.name} to {name}") as step:
            step.writing.put("annotator", annotator.id, people.image(replace(annotator, name=name)))
        return self.annotator(annotator.id)

    @contextmanager
    def step(
        self, title: str, *, annotator: str = "", article: str = "", kind: StepKind = StepKind.DO
    ) -> Iterator[Recorder]:
        """Open a step: one transaction, one entry of undo, one notice. Whole or not at all.

        Raises:
            ReadOnlyError: the project was opened for reading only.
            LentProjectError: another thread writes to it just now.
            DiskFullError, BusyError, DamagedProjectError: it was rolled back for that reason.
        """
        self._check_writable()
        with self._file.history.step(title, annotator=annotator, article=article, kind=kind) as recorder:
            yield recorder
        self._announce(recorder.changes)

    def lend(self, doing: str = "taking in labels") -> None:
        """Write nothing until `take_back`: another thread does (see `annotator.project.lending`). Reading goes on.

        `doing` says what it does, to whoever wants to write meanwhile.

        Raises:
            ReadOnlyError: the project was opened for reading only.
            LentProjectError: it is lent already.
        """
        self._check_writable()
        self._lent_for = doing

    def take_back(self, changes: Changes | None = None) -> None:
        """Write again, and tell what the other thread has changed; None when nothing."""
        self._lent_for = ""
        self._announce(changes)

    @property
    def is_lent(self) -> bool:
        """Whether another thread writes to it just now. Nobody may open its file meanwhile: closing it drops the locks."""
        return bool(self._lent_for)

    @property
    def is_writable(self) -> bool:
        """Whether something can be written now: not in a project that is open for reading only, nor in a lent one."""
        return not self.read_only and not self._lent_for

    def _check_writable(self) -> None:
        if self.read_only:
            raise ReadOnlyError(self.path, "it is open for reading only")
        if self._lent_for:
            raise LentProjectError(self.path, self._lent_for)
        if self._db.before is not None:
            self._db.before()

    def _announce(self, changes: Changes | None) -> None:
        if changes is None:
            return
        if changes.nouns & {"codebook", "annotator", "text"}:
            self._forget()
        if self.notify is None:
            return
        # The step is stored: that nothing was changed must not be said any more.
        ask, self._db.before = self._db.before, None
        try:
            self.notify(changes)
        finally:
            self._db.before = ask

    def _forget(self) -> None:
        self._codebook = None
        self._annotators = None
        self._texts.clear()

    def _text(self, article_id: str) -> str:
        """Return an article's text. It never changes, so the last few are kept."""
        text = self._texts.get(article_id)
        return self._article(article_id).text if text is None else text

    def _article(self, article_id: str) -> Article:
        with explained(self.path):
            found = articles.article(self._db, article_id)
        if found is None:
            raise NotFoundError("That article is not in the project (any more).")
        self._texts.pop(article_id, None)
        while len(self._texts) >= _KEPT_TEXTS:
            del self._texts[next(iter(self._texts))]
        self._texts[article_id] = found.text
        return found

"""Handing out: a project file for one annotator, in which nobody else has left a trace."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.model.annotator import Annotator
from annotator.model.changes import StepKind
from annotator.model.counting import counted
from annotator.model.errors import NotFoundError, ProjectExistsError, RuleError, StoppedError
from annotator.model.ids import new_id
from annotator.project.assignments import Assignments
from annotator.store import (
    annotations,
    articles,
    assignments,
    codebooks,
    decisions,
    links,
    people,
    sealed,
    threads,
    versions,
)
from annotator.store.clock import now
from annotator.store.database import explained, explained_copy
from annotator.store.file import ProjectFile
from annotator.store.history import Image, Writing

SUFFIX = ".annotator"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A copy that was handed out.

    Attributes:
        articles, labels: how many it holds.
    """

    annotator: str
    path: Path
    articles: int
    labels: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that was written, and the mark by which the project is to know it again."""

    made: HandedOut
    mark: Image


@dataclass(frozen=True, slots=True)
class SealedCopies:
    """Files that were written and are not yet remembered; `position` is the project's last step until then."""

    copies: tuple[Sealed, ...]
    position: tuple[int, str]

    def remove(self) -> None:
        """Take the files away again."""
        for each in self.copies:
            each.made.path.unlink(missing_ok=True)


class StaleCopiesError(RuleError):
    """The project has changed while copies were written."""

    def __init__(self) -> None:
        super().__init__("The project was changed while the copies were written, so they were removed. Hand out again.")


class Sealing(Assignments):
    """The verbs of handing out."""

    def hand_out(self, annotator: str, path: Path | str, *, ids: Iterable[str] | None = None) -> HandedOut:
        """Write a project file for one annotator: the articles assigned, the codebook, and that annotator's own work.

        It is written anew, so that nothing of anybody else is in it, not even as a deleted row: no labels, states,
        notes, names, addresses, assignments or steps. Answers to the annotator's own questions are in it, without the
        name of who answered. What the annotator does in it comes back with `merge`.

        `ids` are the articles, those assigned when None.

        Raises:
            NotFoundError: there is no such annotator or article, or nothing is assigned.
            ProjectExistsError: there is something of that name.
            ReadOnlyError, DiskFullError: it cannot be written; nothing is left there.
        """
        made = self._seal(annotator, Path(path), ids, lambda: None)
        return self.record_handouts(SealedCopies((made,), self._position()))[0]

    def hand_out_all(
        self, folder: Path | str, annotators: Iterable[str] = (), *, all_articles: bool = False
    ) -> list[HandedOut]:
        """Write a copy for each of the annotators (everybody with assigned articles when none is named) into a folder.

        With `all_articles` all of them go to everybody who is named, or to all.

        Raises:
            NotFoundError: there is no such annotator, or nothing is assigned.
            ProjectExistsError: there is a file of such a name; nothing is written then.
            ReadOnlyError, DiskFullError: one cannot be written; nothing is left there.
        """
        return self.record_handouts(self.seal_all(folder, annotators, all_articles=all_articles))

    def seal_all(
        self,
        folder: Path | str,
        annotators: Iterable[str] = (),
        *,
        all_articles: bool = False,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SealedCopies:
        """Do the first half of `hand_out_all`: write the files. `record_handouts` is the second half.

        It changes nothing in the project, so that a project opened to read can do it in another thread. `progress`
        hears articles done, articles in all, and whose copy it is.

        Raises:
            StoppedError: `cancelled` said so; nothing is left in the folder. The others as `hand_out_all`.
        """
        paths = self.handout_paths(folder, annotators, all_articles=all_articles)
        with explained(self.path):
            every = articles.ids(self._db) if all_articles else None
        position = self._position()
        total = sum(len(every or self.assignments(who)) for who in paths)
        names = {each.id: each.name for each in self.annotators()}
        made: list[Sealed] = []
        done = 0

        def tick() -> None:
            nonlocal done
            if cancelled is not None and cancelled():
                raise StoppedError
            if progress is not None:
                progress(done, total, names[who])
            done += 1

        try:
            for who, path in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                made.append(self._seal(who, path, every, tick))
        except BaseException:
            SealedCopies(tuple(made), position).remove()
            raise
        return SealedCopies(tuple(made), position)

    def handout_paths(
        self, folder: Path | str, annotators: Iterable[str] = (), *, all_articles: bool = False
    ) -> dict[str, Path]:
        """Return the file that each annotator (by id) would get with `hand_out_all`.

        Raises:
            NotFoundError: there is no such annotator, or nothing is assigned.
            ProjectExistsError: there is a file of such a name.
        """
        named = [self.annotator(each) for each in annotators]
        busy = {each.annotator for each in self.assignments()}
        everybody = named or [each for each in self.annotators() if all_articles or each.id in busy]
        if not everybody:
            raise NotFoundError("Nothing is assigned to anybody. Assign articles first.")
        idle = next((each for each in everybody if not all_articles and each.id not in busy), None)
        if idle:
            raise NotFoundError(f"Nothing is assigned to {idle.name}. Assign articles first.")
        folder = Path(folder)
        paths = {each.id: folder / f"{file_name(self.name)} - {file_name(each.name)}{SUFFIX}" for each in everybody}
        taken = next((path for path in paths.values() if path.exists()), None)
        if taken:
            raise ProjectExistsError(taken)
        return paths

    def record_handouts(self, sealed: SealedCopies) -> list[HandedOut]:
        """Remember in one step that copies were handed out. Where that cannot be, they are taken away again.

        Raises:
            StaleCopiesError: the project has changed since they were written.
            ReadOnlyError, DiskFullError: it cannot be remembered.
        """
        try:
            if self._position() != sealed.position:
                raise StaleCopiesError  # noqa: TRY301 - the files go with it
            one = sealed.copies[0].made
            title = f"Hand out {counted(one.articles, 'article')} to {one.annotator}"
            if len(sealed.copies) > 1:
                title = f"Hand out {len(sealed.copies):,} copies"
            with self.step(title) as step:
                for each in sealed.copies:
                    step.writing.put("handout", each.mark["id"], each.mark, is_new=True)
        except BaseException:
            sealed.remove()
            raise
        return [each.made for each in sealed.copies]

    def _position(self) -> tuple[int, str]:
        with explained(self.path):
            return versions.position(self._db)

    def _seal(self, annotator: str, path: Path, ids: Iterable[str] | None, tick: Callable[[], None]) -> Sealed:
        """Write one file; `tick` is called before every article."""
        who = self.annotator(annotator)
        if who.is_gold:
            raise NotFoundError("Gold is nobody who labels. Hand copies out to annotators.")
        places = {each.article: each.place for each in self.assignments(who.id)}
        wanted = list(places) if ids is None else list(ids)
        if not wanted:
            raise NotFoundError(f"Nothing is assigned to {who.name}. Assign articles first, or name those to hand out.")
        with explained(self.path):
            known = {article: place for place, article in enumerate(articles.ids(self._db))}
        if not set(wanted) <= known.keys():
            raise NotFoundError("One of the articles is not in the project (any more).")
        wanted = sorted(wanted, key=lambda each: (places.get(each, len(known)), known[each]))
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        mark: Image = {"id": new_id(), "annotator": who.id, "articles": len(wanted), "made_at": now()}
        labels = self._write_sealed(path, who, wanted, mark, tick)
        return Sealed(HandedOut(who.name, path, len(wanted), labels), mark)

    def _write_sealed(
        self, path: Path, who: Annotator, wanted: list[str], mark: Image, tick: Callable[[], None]
    ) -> int:
        with explained_copy(path):
            file = ProjectFile.create(path)
        try:
            with explained_copy(path), file.db.atomic():
                self._write_frame(file)
                with file.history.step("Hand out", annotator=who.id, kind=StepKind.START, step_id=mark["id"]) as step:
                    labels = self._write_content(step.writing, who, wanted, tick)
                    step.writing.put("handout", mark["id"], mark, is_new=True)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise
        file.close()
        return labels

    def _write_frame(self, file: ProjectFile) -> None:
        """Write the project's row and every revision of the codebook, without who made them."""
        with explained(self.path):
            row = codebooks.project(self._db)
            books = sealed.books(self._db)
        codebooks.ProjectNoun().write(file.db, row or {})
        names = _words_of(self.annotators())
        for book in books:
            note = "" if names.search(book["note"]) else book["note"]
            codebooks.CodebookNoun().write(file.db, {**book, "note": note, "annotator": None})

    def _write_content(self, writing: Writing, who: Annotator, wanted: list[str], tick: Callable[[], None]) -> int:
        """Write everything but the frame; return how many labels."""
        writing.put("annotator", who.id, people.image(replace(who, repeats="")), is_new=True)
        labels: dict[str, Image] = {}
        with explained(self.path):
            for place, article in enumerate(wanted):
                tick()
                for noun, key, image in sealed.article(self._db, article):
                    moved = {**image, "place": place} if noun == "article" else image
                    writing.put(noun, key, moved, is_new=True)
                for annotation, _ in annotations.of_article(self._db, article, who.id):
                    image = annotations.image(annotation, self._text(article))
                    labels[annotation.id] = image
                    writing.put("annotation", annotation.id, image, is_new=True)
                self._write_own(writing, who, article)
            for each in links.of_articles(self._db, wanted):
                if each.annotator == who.id and {each.origin_id, each.target or each.origin_id} <= labels.keys():
                    writing.put("link", each.id, links.image(each), is_new=True)
        return len(labels)

    def _write_own(self, writing: Writing, who: Annotator, article: str) -> None:
        """Write the annotator's state, assignment and questions in an article, and what adjudication asks the annotator.

        Who asks is not told: in the copy the question is the annotator's own.
        """
        key = f"{article}:{who.id}"
        for noun, room in (("state", people.StateNoun()), ("assignment", assignments.AssignmentNoun())):
            image: dict[str, Any] | None = room.read(self._db, key)
            if image:
                writing.put(noun, key, image, is_new=True)
        asked = {
            decision.thread
            for decision in decisions.decisions(self._db, [article])
            if not decision.is_decided and who.id in {held.annotator for held in decision.held}
        }
        for thread in threads.threads(self._db, article):
            if thread.annotator == who.id or thread.id in asked:
                own = replace(thread, annotator=who.id)
                writing.put("thread", thread.id, threads.thread_image(own, self._text(article)), is_new=True)
                for message in thread.messages:
                    mine = message if message.annotator == who.id else replace(message, annotator="")
                    writing.put("message", message.id, threads.message_image(mine, thread.id), is_new=True)


def _words_of(everybody: Iterable[Annotator]) -> re.Pattern[str]:
    """Return what finds the names of people in a note on a revision of the codebook."""
    words = [word for each in everybody for word in (each.name, each.short, each.email) if word]
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words) or "(?!)", re.IGNORECASE)


def file_name(name: str) -> str:
    """Return a name without what a file's name cannot have."""
    return _UNFIT.sub("-", name).strip(" .-") or "copy"

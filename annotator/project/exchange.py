"""Export and import: a project as values, out to a file and back in."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.formats import READERS, WRITERS
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading, StateRecord
from annotator.model.changes import StepKind
from annotator.model.errors import ExchangeError, ProjectExistsError
from annotator.model.problem import Problem
from annotator.project.intake import Intake
from annotator.project.past import Past
from annotator.store import annotations, articles, codebooks, links, people
from annotator.store.database import explained


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote, and what it left out, in sentences."""

    articles: int
    annotations: int
    links: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        articles, annotations, links: how many were new.
        known: how many articles, annotations and links were there already, equal.
        problems: what could not be taken, and why.
        refused: whether nothing was added because of the problems.
    """

    articles: int = 0
    annotations: int = 0
    links: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()
    refused: bool = False


class _LeftOutError(Exception):
    """Rolls back an import of which a part would be left out."""


class Exchange(Past):
    """The verbs of export and import."""

    def records(self, annotator: str = "") -> tuple[ProjectRecord, list[ArticleRecord], tuple[str, ...]]:
        """Return the whole project as values, or one annotator's part of it, and what that part leaves out."""
        who = self.annotator(annotator).id if annotator else ""
        with explained(self.path):
            found = [self._record(article, who) for article in articles.ids(self._db)]
            books = codebooks.codebooks(self._db)
        people_named = tuple(each for each in self.annotators() if not who or each.id == who)
        if not who:
            return ProjectRecord(self.id, self.name, people_named, books), found, ()
        inside = {annotation.id for record in found for annotation in record.annotations}
        found = [
            replace(record, links=tuple(each for each in record.links if each.target is None or each.target in inside))
            for record in found
        ]
        with explained(self.path):
            theirs = sum(link.annotator == who for link in links.of_article(self._db, ""))
        cut = theirs - sum(len(record.links) for record in found)
        what = "1 link that joins a label" if cut == 1 else f"{cut:,} links that join labels"
        left_out = (f"{what} of other annotators",) if cut else ()
        return ProjectRecord(self.id, self.name, people_named, books), found, left_out

    def _record(self, article_id: str, who: str) -> ArticleRecord:
        article = self.article(article_id)
        pairs = annotations.of_article(self._db, article_id, who)
        inside = {annotation.id for annotation, _ in pairs}
        return ArticleRecord(
            article=article,
            annotations=tuple(self._checked(article_id, pairs)),
            links=tuple(
                link
                for link in links.of_article(self._db, article_id)
                if link.origin_id in inside and (not who or link.annotator == who)
            ),
            states=tuple(
                StateRecord(each["annotator"], each["state"], each["changed_at"])
                for each in people.states_of(self._db, article_id)
                if not who or each["annotator"] == who
            ),
        )

    def export(
        self,
        path: Path | str,
        format: str = "jsonl",  # noqa: A002 - as on the command line
        *,
        annotator: str = "",
        overwrite: bool = False,
    ) -> ExportReport:
        """Write the project, or one annotator's part of it, to a file, and read it back to be sure.

        Raises:
            ExchangeError: the format is unknown, there is nothing to export, or it cannot be written.
            ProjectExistsError: there is something of that name, and `overwrite` is not set.
        """
        path = Path(path)
        writer = WRITERS.get(format)
        if writer is None:
            raise ExchangeError(f"“{format}” is not a format for export. There is: {', '.join(WRITERS)}.")
        if path.resolve() == self.path.resolve():
            raise ExchangeError(f"“{path}” is the project itself. Export to another file.")
        if path.exists() and not overwrite:
            raise ProjectExistsError(path)
        project, records, left_out = self.records(annotator)
        if not records:
            raise ExchangeError(f"“{self.name}” has no articles, so there is nothing to export.")
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with draft.open("w", encoding="utf-8", newline="\n") as file:
                writer(project, records, file)
            self._read_back(READERS[format](draft), records, path)
            draft.replace(path)
        except OSError as error:
            raise ExchangeError(f"“{path}” cannot be written: {error.strerror}. Choose another place.") from error
        finally:
            with suppress(OSError):  # where the draft could not be made there is nothing to remove
                draft.unlink()
        return ExportReport(
            articles=len(records),
            annotations=sum(len(record.annotations) for record in records),
            links=sum(len(record.links) for record in records),
            left_out=left_out,
        )

    @staticmethod
    def _read_back(reading: Reading, records: Iterable[ArticleRecord], path: Path) -> None:
        if reading.problems or reading.records != tuple(records):
            first = reading.problems[0].message if reading.problems else "an article came back different"
            raise ExchangeError(
                f"“{path}” was not written, because reading it back gave something else: {first} Please report this."
            )

    def read(self, path: Path | str, format: str = "jsonl") -> Reading:  # noqa: A002 - as on the command line
        """Read a file of annotations without changing anything; every problem is collected.

        Raises:
            ExchangeError: the format is unknown.
        """
        reader = READERS.get(format)
        if reader is None:
            raise ExchangeError(f"“{format}” is not a format for import. There is: {', '.join(READERS)}.")
        return reader(Path(path))

    def take_in(
        self, reading: Reading, source: str = "", *, kind: StepKind = StepKind.DO, partly: bool = True
    ) -> ImportReport:
        """Add what was read: whole, in one step, or not at all. Doing it twice adds nothing.

        Articles are recognised by their text's fingerprint. What is in the project already is never overwritten:
        where the file says something else, the project's version stays and a problem tells of it. What finds no place
        (a label that the codebook does not have, a link without its end) is left out and told of; without `partly`
        nothing is added then.
        """
        if reading.project is None:
            return ImportReport(problems=reading.problems, refused=True)
        with explained(self.path):
            intake = Intake(self._file, self._is_untouched(), source)
            try:
                with self.step(f"Import {source}".strip(), kind=kind) as step:
                    intake.take(step.writing, reading.project, reading.records)
                    if intake.has_left_out and not partly:
                        raise _LeftOutError  # noqa: TRY301 - rolls the step back
            except _LeftOutError:
                return ImportReport(problems=(*reading.problems, *intake.problems), refused=True)
        made = intake.made
        return ImportReport(
            articles=made["article"],
            annotations=made["annotation"],
            links=made["link"],
            known=made["known"],
            problems=(*reading.problems, *intake.problems),
        )

    def import_(
        self,
        path: Path | str,
        format: str = "jsonl",  # noqa: A002 - as on the command line
        *,
        partly: bool = False,
    ) -> ImportReport:
        """Read a file and add what it holds. When something is wrong, nothing is added, unless `partly` is set.

        Raises:
            ExchangeError: the format is unknown.
        """
        reading = self.read(path, format)
        if reading.problems and not partly:
            return ImportReport(problems=reading.problems, refused=True)
        return self.take_in(reading, Path(path).name, partly=partly)

    def _is_untouched(self) -> bool:
        """Whether nothing was labelled yet and the codebook is still its first revision."""
        return self.codebook.revision == 1 and not any(self.counts(each.id) for each in self.annotators())

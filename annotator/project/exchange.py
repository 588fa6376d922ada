"""Import: files of other programs as values, and into a project."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.formats import IN
from annotator.formats.format import Listen, Taking
from annotator.formats.record import ProjectRecord, Reading, Words
from annotator.model.changes import StepKind
from annotator.model.errors import ExchangeError
from annotator.model.problem import Problem
from annotator.project.exporting import Exporting
from annotator.store.database import explained


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        articles, annotations, links: how many were new.
        known: how many articles, annotations and links were there already, equal.
        problems: what could not be taken, and why.
        refused: whether nothing was added because of the problems.
        told: what the person should know though nothing was lost, in sentences.
        format: the format it was read as.
    """

    articles: int = 0
    annotations: int = 0
    links: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    told: tuple[str, ...] = ()
    format: str = ""


class _LeftOutError(Exception):
    """Rolls back an import of which a part would be left out."""


class _TrialError(Exception):
    """Rolls back an import that was only tried."""


def read_file(path: Path, format: str, taking: Taking) -> Reading:  # noqa: A002 - as on the command line
    """Read a file or folder of annotations; every problem is collected. It needs no project, so any thread can do it.

    Raises:
        ExchangeError: the format is unknown, or needs something that is not installed.
        StoppedError: the person stopped it.
    """
    from annotator.project.export import reader_of  # noqa: PLC0415 - only when something is exchanged

    reader = reader_of(format)
    _check_place(path)
    return reader.read(path, taking)


def recognised(path: Path) -> str:
    """Return the name of the format of a file or folder.

    Raises:
        ExchangeError: it cannot be read, or looks like none that is known.
    """
    from annotator.formats.registry import recognise  # noqa: PLC0415 - it loads every format: only when something is exchanged
    from annotator.project.codebook_file import QDC  # noqa: PLC0415 - as above

    _check_place(path)
    try:
        found = recognise(path)
    except OSError as error:
        raise ExchangeError(f"“{path}” cannot be read: {error.strerror}.") from error
    if not found and path.suffix.lower() == QDC:
        raise ExchangeError(f"“{path}” is a codebook without texts. Read it with “annotator codebook PROJECT load”.")
    if not found:
        raise ExchangeError(
            f"“{path}” looks like no format that is known here. Articles without labels are added, not imported; else say"
            f" which format it is: {', '.join(IN)}."
        )
    return found


def _check_place(path: Path) -> None:
    """Refuse a pipe or a device: reading it would wait for ever."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ExchangeError(f"“{path}” is neither a file nor a folder. Choose one.")


class Exchange(Exporting):
    """The verbs of import, after those of export."""

    def read(self, path: Path | str, format: str = "", taking: Taking | None = None) -> Reading:  # noqa: A002
        """Read a file or folder of annotations without changing anything; every problem is collected.

        The format is recognised when it is not given.

        Raises:
            ExchangeError: the format is unknown, not to be recognised, or needs something that is not installed.
            StoppedError: the person stopped it.
        """
        path = Path(path)
        taking = taking or Taking()
        if taking.texts is None:
            taking = replace(taking, texts=self.text_of)
        return read_file(path, format or recognised(path), taking)

    def text_of(self, name: str) -> str | None:
        """Return the text of the article of that title, or of a file of that name; None where there is none."""
        stem = Path(name).stem
        for head in self.articles():
            if name in (head.title, head.source) or stem in (head.title, Path(head.source).stem):
                return self._text(head.id)
        return None

    def take_in(
        self,
        reading: Reading,
        source: str = "",
        *,
        kind: StepKind = StepKind.DO,
        partly: bool = True,
        mapping: Mapping[str, str] | None = None,
        trial: bool = False,
        listen: Listen | None = None,
    ) -> ImportReport:
        """Add what was read: whole, in one step, or not at all. Doing it twice adds nothing.

        Articles are recognised by their text's fingerprint. What is in the project already is never overwritten:
        where the file says something else, the project's version stays and a problem tells of it. What finds no place
        (a label that the codebook does not have, a link without its end) is left out and told of; without `partly`
        nothing is added then.

        Words of other programs are found in the project's codebook, or added to it as a new revision. `mapping` says
        which of them stand for which label (id). With `trial` nothing is added, and the report says what would be.

        Raises:
            ExchangeError: `mapping` speaks of a label that the codebook does not have.
            StoppedError: the person stopped it; nothing was added.
        """
        from annotator.project.intake import Intake  # noqa: PLC0415 - as above

        if reading.project is None:
            return ImportReport(problems=reading.problems, refused=True, told=reading.told)
        untouched = self._is_untouched()
        told, holds = list(reading.told), False
        if reading.words is Words.MET or mapping or (reading.words is Words.BROUGHT and not untouched):
            reading, more = self._adopted(reading, mapping or {})
            told, holds = [*told, *more], True
        with explained(self.path):
            intake = Intake(self._file, source, is_untouched=untouched, holds=holds, listen=listen or Listen())
            try:
                with self.step(f"Import {source}".strip(), kind=kind) as step:
                    intake.take(step.writing, reading.project or ProjectRecord("", "", (), ()), reading.records)
                    if intake.has_left_out and not partly:
                        raise _LeftOutError  # noqa: TRY301 - rolls the step back
                    if trial:
                        raise _TrialError  # noqa: TRY301 - rolls the step back
            except _LeftOutError:
                problems = (*reading.problems, *intake.problems)
                return ImportReport(problems=problems, refused=True, told=tuple(told))
            except _TrialError:
                pass
        made = intake.made
        return ImportReport(
            articles=made["article"],
            annotations=made["annotation"],
            links=made["link"],
            known=made["known"],
            problems=(*reading.problems, *intake.problems),
            told=tuple(told),
        )

    def _adopted(self, reading: Reading, mapping: Mapping[str, str]) -> tuple[Reading, list[str]]:
        """Return a reading in the words of the project's codebook, and what to tell about that."""
        from annotator.project.adopt import adopt  # noqa: PLC0415 - as above

        adopted = adopt(self.codebook, reading, mapping)
        told = []
        if adopted.found:
            pairs = ", ".join(f"“{word}” is {self.codebook.label(label).name}" for word, label in adopted.found)
            told.append(f"Taken for labels of the codebook: {pairs}.")
        if adopted.added:
            told.append(f"The codebook gets a new revision with {', '.join(adopted.added)}.")
        project = reading.project
        if project is not None:
            project = replace(project, codebooks=(adopted.codebook,))
        return replace(reading, project=project, records=adopted.records), told

    def import_(
        self,
        path: Path | str,
        format: str = "",  # noqa: A002 - as on the command line
        *,
        taking: Taking | None = None,
        mapping: Mapping[str, str] | None = None,
        partly: bool = False,
        trial: bool = False,
    ) -> ImportReport:
        """Read a file or folder and add what it holds. When something is wrong, nothing is added, unless `partly` is set.

        Raises:
            ExchangeError: the format is unknown, not to be recognised, or needs something that is not installed; or
                `mapping` speaks of a label that the codebook does not have.
            StoppedError: the person stopped it.
        """
        path = Path(path)
        format = format or recognised(path)  # noqa: A001 - as on the command line
        reading = self.read(path, format, taking)
        if reading.problems and not partly:
            return ImportReport(problems=reading.problems, refused=True, told=reading.told, format=format)
        report = self.take_in(reading, path.name, partly=partly, mapping=mapping, trial=trial)
        return replace(report, format=format)

    def _is_untouched(self) -> bool:
        """Whether nothing was labelled yet and the codebook is still its first revision."""
        return self.codebook.revision == 1 and not any(self.counts(each.id) for each in self.everybody())

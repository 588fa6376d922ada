"""Labels of other programs, in two halves with a person between them: read and tried on a copy, then written whole.

Both halves can work in another thread. The project's holder lends it for the second one (`Project.lend`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.format import Listen, Taking
from annotator.formats.record import Reading, Words
from annotator.model.changes import Changes
from annotator.model.errors import ExchangeError
from annotator.project.adopt import adopt
from annotator.project.exchange import ImportReport, recognised
from annotator.project.lending import write_lent
from annotator.project.project import Project
from annotator.project.snapshot import Snapshot

if TYPE_CHECKING:
    from annotator.formats.offset_table import Preview

TABLE = "table"
"""Name of the format whose columns are named by the person."""


@dataclass(frozen=True, slots=True)
class Met:
    """A word for a label that stands in the files.

    Attributes:
        word: as the files have it.
        name: what people call it there.
        count: how many labels have it.
        label: id of the project's label that it is taken for; empty: it becomes a new one.
    """

    word: str
    name: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What an import would do.

    Attributes:
        format: what it was read as.
        report: what would be taken, what is here already, what finds no place.
        people: pairs of an annotator's name and how many labels are theirs.
        preview: how the rows of a table with offsets look; None for every other format.
        labels: the words for labels; none where they are the project's own already.
    """

    path: Path
    format: str
    reading: Reading
    report: ImportReport
    people: tuple[tuple[str, int], ...] = ()
    preview: "Preview | None" = None
    labels: tuple[Met, ...] = ()


def draft_import(
    snapshot: Snapshot,
    path: Path,
    format: str,  # noqa: A002 - as on the command line
    taking: Taking,
    mapping: Mapping[str, str],
) -> ImportDraft:
    """Read files and try them on a copy of the project; the format is recognised when it is empty.

    A table that is like no format that is known is read as one with offsets, whose columns the person names.

    Raises:
        ExchangeError: the format is not to be recognised, or needs something that is not installed.
        StoppedError: the person stopped it.
    """
    format = format or _recognised(path)  # noqa: A001 - as on the command line
    listen = taking.listen
    with snapshot.open(writing=True) as project:
        listen.begin("Reading")
        reading = project.read(path, format, taking)
        labels = _labels(project, reading, mapping)
        known = {each.word for each in labels}
        mapping = {word: label for word, label in mapping.items() if word in known}
        listen.begin("Comparing with the project")
        report = project.take_in(reading, path.name, mapping=mapping, trial=True, listen=listen)
        preview = None
        if format == TABLE:
            # Here and not above: it loads what workbooks are read with, and few imports are tables.
            from annotator.formats.offset_table import preview as look  # noqa: PLC0415

            preview = look(path, replace(taking, texts=project.text_of))
    report = replace(report, format=format)
    return ImportDraft(path, format, reading, report, _people(reading), preview, labels)


def commit_import(
    draft: ImportDraft, project: Path, mapping: Mapping[str, str], listen: Listen
) -> tuple[ImportReport, Changes | None]:
    """Write what a draft has read, in one step; what finds no place is left out. The project must be lent.

    Returns:
        What came of it, and what was touched, for `Project.take_back`.

    Raises:
        StoppedError: the person stopped it; nothing was written.
        ProjectFileError: it cannot be written; it was rolled back.
    """
    known = {each.word for each in draft.labels}
    mapping = {word: label for word, label in mapping.items() if word in known}
    listen.begin("Importing")
    report, changes = write_lent(
        project, lambda lent: lent.take_in(draft.reading, draft.path.name, mapping=mapping, listen=listen)
    )
    return replace(report, format=draft.format), changes


def _recognised(path: Path) -> str:
    # Here and not above: it loads what workbooks are read with.
    from annotator.formats.offset_table import may_be_table  # noqa: PLC0415

    try:
        return recognised(path)
    except ExchangeError:
        if may_be_table(path):
            return TABLE
        raise


def _people(reading: Reading) -> tuple[tuple[str, int], ...]:
    if reading.project is None:
        return ()
    counts = Counter(each.annotator for record in reading.records for each in record.annotations)
    return tuple((each.name, counts[each.id]) for each in reading.project.annotators)


def _labels(project: Project, reading: Reading, mapping: Mapping[str, str]) -> tuple[Met, ...]:
    """Return the words for labels; none where the file speaks of revisions of its own that come in with it."""
    if reading.project is None or not reading.project.codebooks or reading.words is Words.OWN:
        return ()
    counts = Counter(each.label for record in reading.records for each in record.annotations)
    names = {each.id: each.name for each in reading.project.codebooks[-1].labels}
    known = {each.id for each in project.codebook.labels}
    usable = {word: label for word, label in mapping.items() if word in counts and label in known}
    adopted = adopt(project.codebook, reading, usable)
    before = (each.label for record in reading.records for each in record.annotations)
    after = (each.label for record in adopted.records for each in record.annotations)
    became = dict(zip(before, after, strict=True))
    return tuple(
        Met(word, names.get(word, word), count, became[word] if became[word] in known else "")
        for word, count in counts.most_common()
    )

"""Writing values to a file or folder of some format: what would be lost, then whole and read back, or not at all."""

from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from annotator.formats import IN, OUT
from annotator.formats.format import Annotators, Listen, Loss, Losses, Options, OutFile, Reader, Records, Taking, Writer
from annotator.formats.giving.compare import Comparison, compare, compared_while_read
from annotator.formats.giving.fit import Fitted, fitted
from annotator.formats.giving.output import text_file, written
from annotator.formats.giving.people import by_annotator
from annotator.formats.giving.readme import README, readme
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.model.article import fingerprint
from annotator.model.counting import counted, noun
from annotator.model.errors import ExchangeError
from annotator.model.split import named
from annotator.project.garbage import left_lying
from annotator.project.selecting import Selected, Selection

_SAME_TEXT = "article that then has the text of another one|articles that then have the text of another one"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote, or would write, and what it left out.

    Attributes:
        losses: what the format cannot hold.
        left_out: what the choice leaves out though it belongs to what was chosen, in sentences without their full stop.
        compared: what was read back and found equal (``labels``, ``links`` …); empty: the format is not read here.
        readme: where it stands what the export is; empty: nowhere.
    """

    articles: int
    annotations: int
    links: int
    left_out: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    compared: tuple[str, ...] = ()
    readme: str = ""


def writer_of(format: str) -> Writer:  # noqa: A002 - as on the command line
    """Return how a format is written.

    Raises:
        ExchangeError: there is no such format for export, or it needs something that is not installed.
    """
    from annotator.formats.registry import WRITERS  # noqa: PLC0415 - it loads every format: only when something is exchanged

    writer = WRITERS.get(format)
    if writer is None:
        raise ExchangeError(f"“{format}” is not a format for export. There is: {', '.join(OUT)}.")
    _check_needs(writer)
    return writer


def reader_of(format: str) -> Reader:  # noqa: A002 - as on the command line
    """Return how a format is read.

    Raises:
        ExchangeError: there is no such format for import, or it needs something that is not installed.
    """
    from annotator.formats.registry import READERS  # noqa: PLC0415 - it loads every format: only when something is exchanged

    reader = READERS.get(format)
    if reader is None:
        raise ExchangeError(f"“{format}” is not a format for import. There is: {', '.join(IN)}.")
    _check_needs(reader)
    return reader


def _check_needs(format: Writer | Reader) -> None:  # noqa: A002 - the word for it everywhere
    if format.needs and find_spec(format.needs) is None:
        raise ExchangeError(
            f"{format.title} needs the library “{format.needs}”, which is not installed: "
            f"python3 -m pip install {format.needs}."
        )


def _check_choices(format: str, writer: Writer, options: Options) -> None:  # noqa: A002 - as on the command line
    """Refuse a choice that this format does not have: it would do nothing, and nobody would know."""
    known = [each.name for each in writer.choices]
    for name in options.given:
        if name not in known:
            there = f"It has: {', '.join(known)}." if known else "It has none."
            raise ExchangeError(f"“{format}” has no choice “{name}”. {there}")


def plan(
    format: str,  # noqa: A002 - as on the command line
    project: ProjectRecord,
    records: Records,
    options: Options,
    listen: Listen | None = None,
) -> ExportReport:
    """Return what `give` would write and lose; nothing is written.

    Raises:
        ExchangeError: there is no such format, or it needs something that is not installed.
        StoppedError: the person stopped it.
    """
    writer = writer_of(format)
    _check_choices(format, writer, options)
    found = Losses()
    left: list[str] = []
    totals = [0, 0, 0]
    texts: set[str] = set()
    unmet: list[str] = []
    for name, part in _parts(records, options):
        before = totals[0]
        for record in Heard(part, listen or Listen()):
            kept = fitted(writer, project, record, options, found)
            mark = fingerprint(kept.article.text)
            found.add(_SAME_TEXT, "who imports them takes them for one", mark in texts)
            texts.add(mark)
            sizes = 1, kept.labels, len(kept.links)
            totals = [total + size for total, size in zip(totals, sizes, strict=True)]
        unmet += [name] * (totals[0] == before)
        if options.parts and isinstance(part, Selected):
            left += part.left_out(listen)
    if options.parts:
        placed = frozenset(key for _, ids in options.parts for key in ids)
        loose = sum(record.article.id not in placed for record in records)
        left += [f"{counted(loose, 'article that is', 'articles that are')} in no part of the split"] * bool(loose)
        left += _unfilled([name for name, ids in options.parts if not ids], unmet)
    return ExportReport(totals[0], totals[1], totals[2], left_out=tuple(left), losses=found.found())


def _unfilled(bare: list[str], unmet: list[str]) -> list[str]:
    """Say which parts of a split get nothing: those that have no article, and those of which nothing is chosen."""
    told = []
    if bare:
        gets = noun(len(bare), "has no article and gets", "have no article and get")
        told.append(
            f"{named(bare)} of the split, which {gets} no file: a split with fewer parts or larger shares has some"
        )
    if unmet:
        told.append(f"{named(unmet)} of the split, of which no article is chosen")
    return told


def give(
    format: str,  # noqa: A002 - as on the command line
    project: ProjectRecord,
    records: Records,
    path: Path,
    *,
    options: Options,
    listen: Listen | None = None,
) -> tuple[str, ...]:
    """Write values to `path`, read them back, and return what was compared and found equal.

    Raises:
        ExchangeError: it cannot be written, or reading it back gave something else; nothing is left there then.
        StoppedError: the person stopped it; nothing is left there.
    """
    writer = writer_of(format)
    _check_choices(format, writer, options)
    listen = listen or Listen()
    parts = _fitting(writer, project, records, options)
    listen.begin("Writing")
    try:
        with left_lying(), written(_files(writer, project, parts, options, listen), path) as draft:
            listen.begin("Reading back")
            read = reader_of(format).read if format in IN else writer.proof
            compared = _read_back(read, project, parts, draft, writer=writer, options=options, listen=listen)
            _describe(project, draft, path, options)
            return compared
    except OSError as error:
        raise ExchangeError(f"“{path}” cannot be written: {error.strerror}. Choose another place.") from error


def _describe(project: ProjectRecord, draft: Path, path: Path, options: Options) -> None:
    """Write what the export is into its folder, or beside its file; not where the format has done so itself."""
    place = draft / README if draft.is_dir() else beside(path)
    # One that lies beside a file speaks of what was there before, and would not be true any more.
    is_wanted = not place.exists() if draft.is_dir() else options.beside or place.is_file()
    if not is_wanted:
        return
    said = options.about()
    if said:
        with written([text_file("", [readme(project.name, said)])], place):
            pass


def beside(path: Path) -> Path:
    """Return where the README of an export of one file lies."""
    return path.with_name(f"{path.name}.{README}")


def _fitting(writer: Writer, project: ProjectRecord, records: Records, options: Options) -> list[tuple[str, Fitted]]:
    """Return the parts of the split, made to fit, with their names; one without a name where nothing is split."""
    parts = [("", records)] if writer.splits else _parts(records, options)
    return [(name, Fitted(writer, project, part, options)) for name, part in parts]


def _files(
    writer: Writer, project: ProjectRecord, parts: list[tuple[str, Fitted]], options: Options, listen: Listen
) -> Iterator[OutFile]:
    for name, part in parts:
        for file in writer.write(project, Heard(part, listen), options):
            yield OutFile(_place(name, file.name, writer), file.parts)


def _parts(records: Records, options: Options) -> list[tuple[str, Records]]:
    """Return the parts of the split with their names; without a split everything, without a name."""
    if not options.parts:
        return [("", records)]
    return [(name, Selected(records, Selection(articles=ids))) for name, ids in options.parts if ids]


def _place(part: str, name: str, writer: Writer) -> str:
    if not part:
        return name
    return f"{part}/{name}" if name else f"{part}{writer.suffix}"


def _read_back(
    read: Callable[[Path, Taking], Reading] | None,
    project: ProjectRecord,
    parts: list[tuple[str, Fitted]],
    draft: Path,
    *,
    writer: Writer,
    options: Options,
    listen: Listen,
) -> tuple[str, ...]:
    if read is None:
        return ()
    compared: tuple[str, ...] = ()
    for name, fits in parts:
        there = draft / name if (draft / name).exists() else draft / f"{name}{writer.suffix}"
        taking = replace(taking_back(writer, project, fits, options), listen=listen)
        found = compared_while_read(writer.holds, project, fits, partial(read, there), taking)
        if found is None:
            found = compare(writer.holds, project, fits, read(there, taking))
        _check(found, draft)
        compared = compared or found.compared
    return compared


def taking_back(writer: Writer, project: ProjectRecord, records: Records, options: Options) -> Taking:
    """Return what a reader must be told because the format does not say it."""
    unit = options.unit if writer.units else None
    if writer.holds.annotators is not Annotators.APART:
        return Taking(unit=unit, given=options.given)
    parts = by_annotator(project, records)
    named = tuple((part.name, part.annotator.name) for part in parts if part.annotator and part.name)
    alone = parts[0].annotator if len(parts) == 1 else None
    return Taking(alone.name if alone else "", named, unit=unit, given=options.given)


def _check(found: Comparison, path: Path) -> None:
    if found.differences:
        raise ExchangeError(
            f"“{path.name}” was not written, because reading it back gave something else: {found.differences[0]}."
            " Please report this."
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """Records of which somebody is told while one goes through them, and may stop it."""

    records: Records
    listen: Listen

    def __iter__(self) -> Iterator[ArticleRecord]:
        """Yield record after record.

        Raises:
            StoppedError: the person wants no more.
        """
        total = len(self.records) if isinstance(self.records, Sized) else 0
        for number, record in enumerate(self.records, start=1):
            self.listen.tell(number, total, record.article.title)
            yield record

"""What a format is: what it holds, how it is written, how it is read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.model.article import State
from annotator.model.errors import ExchangeError, StoppedError


class Unit(StrEnum):
    """What an offset counts."""

    CODE_POINTS = "code points"
    UTF16 = "utf-16"
    BYTES = "bytes"


class Annotators(StrEnum):
    """How a format tells whose labels they are."""

    INSIDE = "inside"
    """Every label names its annotator."""
    APART = "a file each"
    """It does not, so each annotator gets a file or a folder, named after the annotator."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What comes back equal when a format is written and read.

    Attributes:
        unit: the unit of its offsets in words, as the table in the documentation says it.
        text: the article's text, character by character (formats of tokens may lose blanks).
        overlap: spans of one annotator that share characters.
        discontinuous: spans of several fragments.
        frames: roles (attribution -> source, content).
        relations: links that are no roles (denial -> claim).
        across: links into another article.
        between: links that join labels of different annotators (never in formats that keep annotators apart).
        absent: links whose target is the recorded fact “not in this article”.
        attributes, notes: those of annotations.
        annotators: whose labels they are.
        states: how far an annotator is with an article.
        title, metadata, blocks: those of articles; `metadata` includes language and direction.
        codebook: the whole codebook, with names, colours and clauses.
        exact: ids, times, revisions and every revision of the codebook, so that records come back equal.
        instead: pairs of one of these names and what is done where it does not fit (``overlap``: “the longest is
            kept”). Without a pair it is “left out”. ``decisions``: those behind gold have a place, but do not come back.
        remark: one sentence for the table in the documentation.
    """

    unit: str = "code points"
    text: bool = True
    overlap: bool = True
    discontinuous: bool = True
    frames: bool = True
    relations: bool = True
    across: bool = True
    between: bool = True
    absent: bool = True
    attributes: bool = True
    notes: bool = True
    annotators: Annotators = Annotators.INSIDE
    states: bool = True
    title: bool = True
    metadata: bool = True
    blocks: bool = True
    codebook: bool = True
    exact: bool = False
    instead: tuple[tuple[str, str], ...] = ()
    remark: str = ""

    def done_about(self, name: str) -> str:
        """Return what is done with what does not fit."""
        return dict(self.instead).get(name, "left out")


EACH_FRAGMENT = "each fragment is a span of its own"
SPANS_ALONE = Holds(
    discontinuous=False,
    frames=False,
    relations=False,
    across=False,
    between=False,
    absent=False,
    attributes=False,
    notes=False,
    states=False,
    metadata=False,
    blocks=False,
    codebook=False,
    instead=(("discontinuous", EACH_FRAGMENT),),
)
"""Labels on spans of one fragment, with texts and titles: simple formats say what they hold more, or less."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something the format cannot hold.

    Attributes:
        what: a noun in the singular that takes an s (``overlapping span``), or singular and plural with a ``|`` between.
        count: how many.
        done_about_it: ``left out``, ``each fragment is a span of its own`` …
    """

    what: str
    count: int
    done_about_it: str

    @property
    def noun(self) -> str:
        """What it is, in the number that it has."""
        one, _, many = self.what.partition("|")
        return one if self.count == 1 else many or f"{one}s"

    def __str__(self) -> str:
        """Return the sentence without its full stop."""
        return f"{self.count:,} {self.noun}: {self.done_about_it}"


class Losses:
    """Counts what does not fit while records are made to fit."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, what: str, done_about_it: str, count: int = 1) -> None:
        """Count `count` more of `what`, which is written as in `Loss`."""
        if count:
            self._counts[what, done_about_it] = self._counts.get((what, done_about_it), 0) + count

    def found(self) -> tuple[Loss, ...]:
        """Return everything that was counted, in the order in which it was first met."""
        return tuple(Loss(what, count, done) for (what, done), count in self._counts.items())


@dataclass(frozen=True, slots=True)
class Listen:
    """Who is told how far it is, and may stop it.

    Attributes:
        progress: called with how many are done, how many there are (0 where that is not known) and a name.
        cancelled: asked often; true stops.
        stage: called with what begins now, in words (``Writing``).
    """

    progress: Callable[[int, int, str], None] | None = None
    cancelled: Callable[[], bool] | None = None
    stage: Callable[[str], None] | None = None

    def begin(self, stage: str) -> None:
        """Tell what begins now."""
        if self.stage is not None:
            self.stage(stage)

    def tell(self, done: int, total: int, name: str) -> None:
        """Tell how far it is.

        Raises:
            StoppedError: the person wants no more.
        """
        if self.cancelled is not None and self.cancelled():
            raise StoppedError
        if self.progress is not None:
            self.progress(done, total, name)


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen for an export. Which labels and articles go out is decided before a writer sees them.

    Attributes:
        unit: what offsets count, where the format leaves that open.
        tokens: name of the tokenisation (`annotator.formats.tokens.TOKENISERS`), where the format has tokens.
        parts: the split: pairs of a part's name (``train``) and the ids of its articles, in order; empty: no split.
            A format that does not set `Writer.splits` need not look at it: it is called once a part.
        split: the split's name, for what is said of it; empty: the first of the project with these parts.
        excel: whether cells are written so that a spreadsheet program takes none for a formula.
        given: choices of one format alone, as its documentation names them (``scheme``: ``BIOES``).
        about: returns what a README is to say of the export, a paragraph each. Empty: none is written. Formats that write
            one themselves ask for it.
        beside: whether a format of one file gets its README beside the file, under the file's name and ``.README.md``.
    """

    unit: Unit = Unit.CODE_POINTS
    tokens: str = "words"
    parts: tuple[tuple[str, frozenset[str]], ...] = ()
    split: str = ""
    excel: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[], tuple[str, ...]] = tuple
    beside: bool = False

    def choice(self, name: str, *known: str) -> str:
        """Return what was given for `name`, the first of `known` when nothing was.

        Raises:
            ExchangeError: it is none of `known`.
        """
        value = self.given.get(name, known[0])
        if value not in known:
            raise ExchangeError(f"“{name}” cannot be “{value}”. It can be: {', '.join(known)}.")
        return value


@dataclass(frozen=True, slots=True)
class Taking:
    """What can be chosen for an import.

    Attributes:
        annotator: name of whose labels they are, where the files do not say.
        people: pairs of what files and folders call an annotator and the annotator's name, where that differs.
        state: how far the annotators are with what they labelled, where the files do not say.
        unit: what offsets count; None: what the format says, and what the quotes say where they do not fit.
        texts: returns the text of the project's article of a title, or of a file's name; None where there is none.
        given: choices of one format alone, as its documentation names them.
        listen: who is told how far it is.
        each: called with what a document holds (and names of annotators by id) as soon as it is read, which is then
            forgotten: the reading has no records. Links whose other end was not read yet come at the end, in a record whose
            article has no text. None: all is kept.
        far: with `each`, whether links into other articles are waited for.
    """

    annotator: str = ""
    people: tuple[tuple[str, str], ...] = ()
    state: State = State.DONE
    unit: Unit | None = None
    texts: Callable[[str], str | None] | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    listen: Listen = field(default_factory=Listen)
    each: Callable[[ArticleRecord, Mapping[str, str]], None] | None = None
    far: bool = False

    def heard_by(self, listen: Listen) -> "Taking":
        """Return the same choices, of which somebody else is told."""
        return replace(self, listen=listen)


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of one format alone, as it is offered.

    Attributes:
        name: its key in `Options.given`.
        title: what it is about, in words.
        values: pairs of a value and what it means, in words; the first is taken unless another is given.
    """

    name: str
    title: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file to be written.

    Attributes:
        name: its path within the folder, with slashes; empty: it is the file that was asked for.
        parts: its bytes, made while they are written, so that a large file is never whole in memory.
    """

    name: str
    parts: Iterable[bytes]


class Trait(StrEnum):
    """What a label can have that some formats cannot hold, besides a note, values and links."""

    PIECES = "several fragments"
    LINES = "a line end from its first to its last character"
    BLANKS = "a blank at an edge of a fragment"


Records = Iterable[ArticleRecord]
"""Records that can be gone through several times; they may be read from the project while one does."""
Fit = Callable[[ProjectRecord, ArticleRecord, Options, Losses], ArticleRecord]
"""Return the record without what the format cannot hold, and count what that is."""


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format is written.

    Attributes:
        title: what people call it.
        suffix: of its file (``.jsonl``); empty: it is a folder.
        holds: what it holds.
        write: values to files. It gets records that were made to fit by `fit`, so it never has to leave anything out.
        fit: where the format needs more than `holds` says; None: `annotator.formats.giving.fit.fit`.
        needs: the library it needs that may not be installed; empty: none.
        splits: whether it writes the parts of a split itself.
        units: whether `Options.unit` is looked at.
        purpose: what it is for, in one line without a full stop.
        tokens: whether `Options.tokens` is looked at.
        excel: whether `Options.excel` is.
        choices: what `Options.given` may hold.
        proof: reads what was written so that it can be compared, where the format has no reader; None: it is not compared.
        looks_at: where there is a `fit`: of what labels it does anything about, besides those with a note, values or links;
            None: of any. Of the others no more is read than how many they are, to tell what would be lost.
        describes: whether it writes a README itself, with its units, tokens and codebook, and what `Options.about` says.
        lays_out: says in whole sentences, for a README, what stands where in a file; None: its name tells that.
    """

    title: str
    suffix: str
    holds: Holds
    write: Callable[[ProjectRecord, Records, Options], Iterator[OutFile]]
    fit: Fit | None = None
    needs: str = ""
    splits: bool = False
    units: bool = False
    purpose: str = ""
    tokens: bool = False
    excel: bool = False
    choices: tuple[Choice, ...] = ()
    describes: bool = False
    lays_out: Callable[[ProjectRecord, Options], str] | None = None
    proof: Callable[[Path, Taking], Reading] | None = None
    looks_at: frozenset[Trait] | None = None

    @property
    def traits(self) -> frozenset[Trait] | None:
        """Of what labels anything can be lost, besides those with a note, values or links; None: of any."""
        looks_at = frozenset[Trait]() if self.fit is None else self.looks_at
        if looks_at is None or not self.holds.overlap:
            return None
        return looks_at if self.holds.discontinuous else looks_at | {Trait.PIECES}


@dataclass(frozen=True, slots=True)
class Reader:
    """How a format is read.

    Attributes:
        title: what people call it.
        read: a path (a file or a folder of them) to values; what it cannot understand is a problem, never an exception.
        recognise: whether a path looks like this format. It gets the path and the file's first bytes (of a folder: none).
        needs, purpose: as for `Writer`.
    """

    title: str
    read: Callable[[Path, Taking], Reading]
    recognise: Callable[[Path, bytes], bool]
    needs: str = ""
    purpose: str = ""

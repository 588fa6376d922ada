"""What a reader reads from: a file, a member of an archive, pasted words."""

import hashlib
import io
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from annotator.articles.reading import SeenTable
from annotator.articles.spread import Spread, one_by_one
from annotator.model.errors import AnnotatorError
from annotator.model.problem import Problem

LARGEST = 20_000_000
"""Bytes. An article of news has thousands; what has more is a collection, and no window would show it with ease."""
_HEAD = 65_536
_CHUNK = 1 << 20


class UnreadableError(AnnotatorError):
    """A file or pasted text that gives no article. The sentence says why and what to do, and does not name the file."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much: a hostile or mistaken file must cost a sentence, not the machine.

    Attributes:
        largest: bytes of what is read whole (a page, a text), and code points of the text of one article.
        document: bytes of a word processor's document (unpacked): what a news database wrote holds many articles.
        collection: bytes of what is read as a stream or through an archive's index (a table, a WARC, a zip file).
        member: bytes of a member of an archive that is a collection or holds pictures.
        articles: articles out of one file.
        kept: code points of all articles out of one file.
        members: files in one archive.
        unpacked: bytes of all members of one archive, and of one member of a document.
        ratio: how many times larger than its packed bytes a member may be, once it has more than a megabyte.
        nesting: how many archives deep is looked: 2 is a zip file in a zip file.
    """

    largest: int = LARGEST
    document: int = 50_000_000
    collection: int = 1_000_000_000
    member: int = 200_000_000
    articles: int = 50_000
    kept: int = 500_000_000
    members: int = 20_000
    unpacked: int = 2_000_000_000
    ratio: int = 200
    nesting: int = 2


LIMITS = Limits()


def _never() -> bool:
    return False


def _silent(_count: int) -> None:
    return


def _unseen(_table: SeenTable) -> None:
    return


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        name: the file's name, printable; of a member of an archive with its path inside.
        where: the path that problems name, printable; of a member ``archive.zip/inner/page.html``.
        path: the file, or None where `content` holds the bytes.
        content: the bytes of a member of an archive or of pasted words.
        limits: see `Limits`.
        columns: what the columns of a table hold, as the person said it: see `columns.propose_columns`; None: proposed.
        tables: the same for tables with exactly these columns, by their names.
        named: what columns of these names hold, as the person said it of other tables; the rest is proposed.
        saw: the reader of a table calls it with what it has seen, whether it can be read or not.
        cancelled: a reader of many articles asks it before each, and stops with what it has.
        told: a reader of many articles calls it after each, with their count so far.
        spread: a reader of many files in one makes articles of them through it, so that several are made at once.

    In another process it is a source that calls nobody, and that nobody stops.
    """

    name: str
    where: str = ""
    path: Path | None = None
    content: bytes | None = None
    limits: Limits = LIMITS
    columns: Mapping[str, str] | None = None
    tables: Mapping[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    saw: Callable[[SeenTable], None] = field(default=_unseen, compare=False)
    cancelled: Callable[[], bool] = field(default=_never, compare=False)
    told: Callable[[int], None] = field(default=_silent, compare=False)
    spread: Spread = field(default=one_by_one, compare=False)
    _digests: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what `pickle` makes the same source of, for another process."""
        known = (self.name, self.where, self.path, self.content, self.limits)
        return (Source, (*known, self.columns, dict(self.tables), dict(self.named)))

    @property
    def suffix(self) -> str:
        """The name's suffix in lower case with its dot, or nothing."""
        return Path(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The file's name without folders and suffix."""
        return Path(self.name).stem

    def head(self, size: int = _HEAD) -> bytes:
        """Return the first bytes.

        Raises:
            UnreadableError: there is no such file, it may not be read, or it is empty.
        """
        with self.open() as file:
            return file.read(size)

    def size(self) -> int:
        """Return the number of bytes.

        Raises:
            UnreadableError: there is no such file, or it may not be read.
        """
        if self.path is None:
            return len(self.content or b"")
        with _explained():
            return self.path.stat().st_size

    def open(self) -> BinaryIO:
        """Open the bytes for reading, with `seek`: for what is read as a stream (at most `Limits.collection`).

        Raises:
            UnreadableError: it is no file, there is none, it may not be read, it is empty or too large.
        """
        if self.path is None:
            size, file = len(self.content or b""), io.BytesIO(self.content or b"")
            return _checked(file, size, self.limits.collection)
        with _explained():
            status = self.path.stat()
            if stat.S_ISDIR(status.st_mode):
                raise UnreadableError("This is a folder. Choose the files in it, or add the folder as a whole.")
            if not stat.S_ISREG(status.st_mode):
                # A pipe or a device may have no end.
                raise UnreadableError(
                    "This is a device or a pipe, not a file. Save what it gives to a file and add that."
                )
            return _checked(self.path.open("rb"), status.st_size, self.limits.collection)

    def read(self, largest: int | None = None) -> bytes:
        """Return all bytes.

        Raises:
            UnreadableError: as `open`; also where there are more than `largest` (`Limits.largest` when None).
        """
        bound = self.limits.largest if largest is None else largest
        with self.open() as file, _explained():
            size = self.size()
            if size > bound:
                raise UnreadableError(too_large(size, bound))
            return file.read(bound)

    def digest(self) -> str:
        """Return the SHA-256 of all bytes, in hex, without holding them all."""
        # Kept, because a table asks once for each of its rows.
        if not self._digests:
            with self.open() as file, _explained():
                digest = hashlib.sha256()
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                self._digests.append(digest.hexdigest())
        return self._digests[0]

    def problem(self, message: str, line: int | None = None) -> Problem:
        """Return a problem of this file; `line` counts from 1."""
        return Problem(self.where or self.name, message, line)


def too_large(size: int, bound: int) -> str:
    """Return the sentence for something of `size` bytes where `bound` are allowed."""
    return (
        f"This has {size / 1_000_000:,.0f} MB, and an article may have {bound // 1_000_000} MB at most. "
        "Split it into the articles it holds and add those."
    )


def too_many(count: int) -> str:
    """Return the sentence for a file of which only the first `count` articles were read."""
    return f"This holds more than can be read at once: the first {count:,} articles were taken. Split it for the rest."


def _checked(file: BinaryIO, size: int, bound: int) -> BinaryIO:
    if 0 < size <= bound:
        return file
    file.close()
    raise UnreadableError(too_large(size, bound) if size else "The file is empty, so there is nothing to label.")


class _explained:  # noqa: N801 - read as a word: with _explained()
    """Turn what the system says into a sentence."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        match error:
            case FileNotFoundError() | NotADirectoryError() | ValueError():
                raise UnreadableError(
                    "There is no such file. It may have been moved or renamed; choose it again."
                ) from None
            case PermissionError():
                raise UnreadableError(
                    "You may not read this file. Change its permissions, or copy it to a folder of your own."
                ) from None
            case OSError():
                why = error.strerror or "unknown reason"
                raise UnreadableError(
                    f"The file could not be read ({why}). Copy it elsewhere and add the copy."
                ) from None

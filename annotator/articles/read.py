"""Files, folders and pasted words -> articles or problems."""

import hashlib
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.articles.encoding import decode
from annotator.articles.kinds import foreign_kind
from annotator.articles.title import propose_title
from annotator.articles.walk import find_files, printable
from annotator.model.article import Block, BlockKind, Metadatum, Provenance, fingerprint
from annotator.model.errors import AnnotatorError
from annotator.model.problem import Problem
from annotator.text.direction import direction
from annotator.text.normalise import Normalised, normalise

LARGEST = 20_000_000
"""Bytes. An article of news has thousands; what has more is a collection, and no window would show it with ease."""

Progress = Callable[[int, int, str], None]
"""Called before each file: how many are done, how many there are, the name of this one."""


class UnreadableError(AnnotatorError):
    """A file or pasted text that gives no article. The sentence says why and what to do, and does not name the file."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that is not in a project yet.

    Attributes:
        title: proposed; the person may change it.
        text: normalised; all offsets are code points into it.
        fingerprint: of `text`: equal texts, equal fingerprints.
        blocks: the headline, where it stands in the text.
        language: a BCP 47 tag, or empty where unknown.
        direction: ``ltr`` or ``rtl``.
        metadata: what is known about it.
        provenance: where it came from and what was done to it.
    """

    title: str
    text: str
    fingerprint: str
    blocks: tuple[Block, ...] = ()
    language: str = ""
    direction: str = ""
    metadata: tuple[Metadatum, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose text is there already.

    Attributes:
        path: the file.
        title: the title of the article with the same text, in the project or earlier in the same draft.
    """

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What reading files came to, before anything is stored.

    Attributes:
        articles: the new ones, in the order of the files.
        duplicates: files left out because their text is there already.
        problems: files that gave no article, and why.
        cancelled: whether the person stopped it; what was read until then is in the draft.
    """

    articles: tuple[NewArticle, ...]
    duplicates: tuple[Duplicate, ...] = ()
    problems: tuple[Problem, ...] = ()
    cancelled: bool = False


def draft(
    paths: Iterable[Path],
    known: Mapping[str, str],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ArticleDraft:
    """Read files, and the text files in folders, into articles; nothing that is wrong with one stops the others.

    Args:
        paths: files and folders. Of a folder, `walk.SUFFIXES` says which files are read; a file is read whatever it is.
        known: fingerprints of the articles in the project, with their titles.
        progress: see `Progress`; called once more at the end, with an empty name.
        cancelled: asked before each file; true stops.
    """
    is_cancelled = cancelled or (lambda: False)
    report = progress or (lambda _done, _total, _name: None)
    found = find_files(paths, is_cancelled)
    titles = dict(known)
    articles: list[NewArticle] = []
    duplicates: list[Duplicate] = []
    problems = list(found.problems)
    for done, path in enumerate(found.files):
        if is_cancelled():
            break
        report(done, len(found.files), printable(path.name))
        try:
            article = read_text_file(path)
        except UnreadableError as error:
            problems.append(Problem(printable(path), str(error)))
            continue
        if article.fingerprint in titles:
            duplicates.append(Duplicate(printable(path), titles[article.fingerprint]))
        else:
            titles[article.fingerprint] = article.title
            articles.append(article)
    else:
        report(len(found.files), len(found.files), "")
        return ArticleDraft(tuple(articles), tuple(duplicates), tuple(problems), cancelled=is_cancelled())
    return ArticleDraft(tuple(articles), tuple(duplicates), tuple(problems), cancelled=True)


def read_text_file(path: Path) -> NewArticle:
    """Return the article that a file of plain text, in any encoding, holds.

    Raises:
        UnreadableError: there is no such file, it may not be read, it is no plain text, it is empty or too large.
    """
    data = _bytes(path)
    kind = foreign_kind(data)
    if kind:
        raise UnreadableError(f"This is {kind}, not plain text. Save its text as a .txt file and add that.")
    decoded = decode(data)
    normalised = normalise(decoded.text)
    name = printable(path.name)
    provenance = Provenance(
        source=name,
        source_hash=hashlib.sha256(data).hexdigest(),
        importer="text",
        encoding=decoded.how,
        report=normalised.report,
    )
    return _article(normalised, "", name, provenance)


def draft_pasted(text: str, title: str = "") -> NewArticle:
    """Return the article that pasted text makes, under `title` or one proposed from the text.

    Raises:
        UnreadableError: there is nothing but blanks, or too much.
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise UnreadableError(_too_large(len(data)))
    normalised = normalise(text)
    provenance = Provenance(
        source="pasted text",
        source_hash=hashlib.sha256(data).hexdigest(),
        importer="text",
        report=normalised.report,
    )
    return _article(normalised, " ".join(title.split()), "", provenance)


def _article(normalised: Normalised, title: str, file_name: str, provenance: Provenance) -> NewArticle:
    text = normalised.text
    if not text or text.isspace():
        raise UnreadableError("There is nothing in it but blanks, so there is nothing to label.")
    proposed = propose_title(text, file_name)
    # A title that the person gave says nothing about where the headline stands; what was found in the text still does.
    headline = proposed.fragment
    return NewArticle(
        title=title or proposed.text,
        text=text,
        fingerprint=fingerprint(text),
        blocks=(Block(BlockKind.HEADLINE, *headline),) if headline else (),
        direction=direction(text),
        provenance=provenance,
    )


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError("This is a folder. Choose the files in it, or add the folder as a whole.")
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device may have no end.
            raise UnreadableError("This is a device or a pipe, not a file. Save what it gives to a file and add that.")
        if status.st_size > LARGEST:
            raise UnreadableError(_too_large(status.st_size))
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UnreadableError("There is no such file. It may have been moved or renamed; choose it again.") from None
    except PermissionError:
        raise UnreadableError(
            "You may not read this file. Change its permissions, or copy it to a folder of your own."
        ) from None
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise UnreadableError(f"The file could not be read ({why}). Copy it elsewhere and add the copy.") from None
    if not data:
        raise UnreadableError("The file is empty, so there is nothing to label.")
    return data


def _too_large(size: int) -> str:
    return (
        f"This has {size / 1_000_000:,.0f} MB, and an article may have {LARGEST // 1_000_000} MB at most. "
        "Split it into the articles it holds and add those."
    )

"""Read brat stand-off, also as others have bent it: whole corpora, several annotators, broken lines."""

from collections.abc import Iterator
from pathlib import Path

from annotator.formats.brat.corpus import Pair, pairs
from annotator.formats.brat.lines import Line, lines_of
from annotator.formats.brat.sheet import Sheet
from annotator.formats.brat.words import BratWords, read_words
from annotator.formats.format import Taking
from annotator.formats.record import UNLABELLED, Reading
from annotator.formats.taking.document import Document
from annotator.formats.taking.files import read_text
from annotator.formats.taking.gather import gather
from annotator.model.problem import Problem


def is_brat(path: Path, _head: bytes) -> bool:
    """Whether a path is an ``.ann``, or a folder with one in it."""
    return next(path.rglob("*.ann"), None) is not None if path.is_dir() else path.name.endswith(".ann")


def read(path: Path, taking: Taking) -> Reading:
    """Read an ``.ann`` or a folder of them.

    Annotators are sub-folders, or what follows the text's name in an ``.ann``'s own (``text_Ana.ann``).

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    words, codebook = read_words(path if path.is_dir() else path.parent)
    found = pairs(path, problems, is_one=bool(taking.annotator) and not words.is_ours)
    documents = _documents(found, words, problems)
    return gather(documents, path, taking, codebook=codebook, problems=problems, total=len(found), importer="brat")


def _documents(found: list[Pair], words: BratWords, problems: list[Problem]) -> Iterator[Document]:
    for pair in found:
        text = read_text(pair.text, problems)
        if text is None:
            continue
        lines: list[Line] = []
        if pair.annotations is not None:
            content = read_text(pair.annotations, problems)
            if content is None:
                continue
            lines = lines_of(content)
        file = pair.annotations or pair.text
        sheet = Sheet(file, words, problems)
        sheet.read(lines)
        yield Document(
            file=file,
            name=pair.name,
            text=text,
            items=tuple(sheet.items()),
            ties=tuple(sheet.ties()),
            annotator=words.annotators.get(pair.annotator, pair.annotator),
            labelled=pair.annotations is not None and pair.annotator != UNLABELLED,
            title=words.titles.get(pair.name, pair.name),
            closes_lines=True,
        )

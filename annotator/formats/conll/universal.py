"""CoNLL-U: ten columns, with labels, offsets and blanks in the last one, MISC."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.formats.conll.fitting import TAGGED, fit_tokens
from annotator.formats.conll.tags import OUTSIDE, SCHEMES, runs, tags
from annotator.formats.format import (
    Choice,
    Losses,
    Options,
    OutFile,
    Reader,
    Records,
    Taking,
    Writer,
)
from annotator.formats.giving.output import text_file
from annotator.formats.giving.people import by_annotator
from annotator.formats.giving.sentences import sentences_of
from annotator.formats.json_lines import lines_of
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.formats.taking.document import Document, Item
from annotator.formats.taking.files import files_of
from annotator.formats.taking.gather import gather
from annotator.model.problem import Problem
from annotator.model.span import Fragment

_SUFFIXES = (".conllu", ".conllup")
_LABELS = ("label", "ner", "NER", "NE")
_WIDTH = 10
_DIGITS = 40
_UNUSED = "_\t" * 7
_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|.)")
_ROW = re.compile(rb"(?m)^1(?:-\d+)?\t(?:[^\t\n]*\t){8}[^\t\n]*$")
HOLDS = replace(
    TAGGED,
    unit="tokens, with code points beside them",
    instead=(("overlap", "of those of one label the longest is kept"), *TAGGED.instead),
    remark="spans of different labels may overlap. Blanks stand in MISC as UDPipe writes them, so that the text comes"
    " back as it was",
)


def _fit(project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses) -> ArticleRecord:
    return fit_tokens(HOLDS, project, record, losses)


def _write(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    for part in by_annotator(project, records):
        yield text_file(f"{part.name}.conllu" if part.name else "", _lines(part.records, options))


def _lines(records: Records, options: Options) -> Iterator[str]:
    for record in records:
        text, article = record.article.text, record.article.id
        fragments = [each.span.fragments[0] for each in record.annotations]
        sentences = sentences_of(text, fragments, options.tokens)
        tokens = [token for sentence in sentences for token in sentence]
        labels = _tags(record, tokens, options.choice("scheme", *SCHEMES))
        number = 0
        for place, sentence in enumerate(sentences, start=1):
            yield f"# newdoc id = {article}\n" if place == 1 else ""
            yield f"# sent_id = {article}-{place}\n# text = {_text(text, sentence)}\n"
            lines = []
            for inside, token in enumerate(sentence, start=1):
                following = tokens[number + 1].start if number + 1 < len(tokens) else len(text)
                # Blanks never stand last: readers that strip lines would take a no-break space away.
                misc = [
                    *_blanks(text, token, following, is_first=not number, is_last=number + 1 == len(tokens)),
                    f"start_char={token.start}",
                    f"end_char={token.end}",
                    f"label={','.join(labels[number]) or OUTSIDE}",
                ]
                lines.append(f"{inside}\t{token.covered(text)}\t{_UNUSED}{'|'.join(misc)}\n")
                number += 1
            yield f"{''.join(lines)}\n"


def _tags(record: ArticleRecord, tokens: Sequence[Fragment], scheme: str) -> list[list[str]]:
    """Return the tags of each token: one for each label that covers it, the label whose span comes first before."""
    found: list[list[str]] = [[] for _ in tokens]
    for label in dict.fromkeys(each.label for each in record.annotations):
        spans = [(each.span.fragments[0], label) for each in record.annotations if each.label == label]
        for number, tag in enumerate(tags(tokens, spans, scheme)):
            if tag != OUTSIDE:
                found[number].append(tag)
    return found


def _text(text: str, sentence: Sequence[Fragment]) -> str:
    """Return the sentence with one blank wherever there are any: so validators put it together from its tokens."""
    parts = []
    before = sentence[0].start
    for token in sentence:
        parts.append(" " if token.start > before else "")
        parts.append(token.covered(text))
        before = token.end
    return "".join(parts)


def _blanks(text: str, token: Fragment, following: int, *, is_first: bool, is_last: bool) -> Iterator[str]:
    after = text[token.end : following]
    if not after:
        yield "SpaceAfter=No"
    elif after != " " or is_last:
        yield f"SpacesAfter={_escaped(after)}"
    if is_first and token.start:
        yield f"SpacesBefore={_escaped(text[: token.start])}"


def _escaped(blanks: str) -> str:
    return "".join(_ESCAPES.get(each, each if each == "\u00a0" else f"\\u{ord(each):04x}") for each in blanks)


def _plain(blanks: str) -> str:
    signs = {escape[1]: each for each, escape in _ESCAPES.items()}

    def turned(found: re.Match[str]) -> str:
        word = found[1]
        return chr(int(word[1:], 16)) if len(word) > 1 else signs.get(word, word)

    return _ESCAPED.sub(turned, blanks)


def _read(path: Path, taking: Taking) -> Reading:
    problems: list[Problem] = []
    documents = _documents(files_of(path, _SUFFIXES), problems)
    return gather(documents, path, taking, problems=problems, importer="conllu")


def _documents(files: Iterable[tuple[Path, str]], problems: list[Problem]) -> Iterator[Document]:
    for file, annotator in files:
        sheet = _Sheet()
        number = 1
        for place, full in lines_of(file, problems):
            line = full.rstrip("\r\n")
            if line.startswith("#"):
                name, _, value = line[1:].partition("=")
                if name.split() == ["newdoc", "id"] or name.split() == ["newdoc"]:
                    if sheet.words:
                        yield sheet.document(file, f"{file.stem}:{number}", annotator)
                        number += 1
                    sheet = _Sheet(name=value.strip())
                continue
            cells = line.split("\t")
            if len(cells) < _WIDTH:
                problems.append(Problem(str(file), f"The line should have {_WIDTH} columns, with tabs between.", place))
            elif len(cells[0]) > _DIGITS:
                problems.append(Problem(str(file), "The number of the token, in the first column, is too long.", place))
            else:
                sheet.add(cells, place)
        if sheet.words:
            yield sheet.document(file, f"{file.stem}:{number}", annotator)


@dataclass(slots=True)
class _Word:
    """A token as the file has it."""

    form: str
    misc: Mapping[str, str]
    line: int
    is_first: bool


@dataclass(slots=True)
class _Sheet:
    """One document while its lines are read."""

    name: str = ""
    words: list[_Word] = field(default_factory=list)
    before: int = 0
    """The number of the word that was met last."""
    until: int = 0
    """The last word of the token of several words that was met: these words are no text of their own."""

    def add(self, cells: Sequence[str], line: int) -> None:
        """Take one line in. Empty nodes (``8.1``) are no text."""
        number, form = cells[0], cells[1]
        first, _, last = number.partition("-")
        misc = dict([each.split("=", 1) for each in cells[_WIDTH - 1].split("|") if "=" in each])
        if not first.isdecimal() or (last and not last.isdecimal()):
            return
        if int(first) <= self.before:
            self.before = self.until = 0
        self.before = self.before if last else int(first)
        if not last and 0 < int(first) <= self.until:  # a token numbered 0 is wrong, and a word of its own
            word = self.words[-1]
            self.words[-1] = _Word(word.form, {**misc, **word.misc}, word.line, word.is_first)
            return
        self.until = int(last) if last else self.until
        self.words.append(_Word(form, misc, line, int(first) == 1))

    def document(self, file: Path, name: str, annotator: str) -> Document:
        """Return what was read."""
        text, places = self._text()
        items = tuple(self._items(places))
        return Document(file=file, name=self.name or name, text=text, items=items, annotator=annotator, id=self.name)

    def _text(self) -> tuple[str, list[Fragment]]:
        """Return the text that the tokens make, and where each of them stands."""
        parts: list[str] = []
        places: list[Fragment] = []
        at = 0
        for number, word in enumerate(self.words):
            if number == 0:
                parts.append(_plain(word.misc.get("SpacesBefore", "")))
                at = len(parts[0])
            gap = max(0, _number(word.misc) - at)
            if gap:  # blanks that only the offsets tell of
                parts.append(" " * gap)
            at += gap
            places.append(Fragment(at, at + len(word.form)))
            following = self.words[number + 1] if number + 1 < len(self.words) else None
            after = _after(word.misc, following)
            parts += [word.form, after]
            at = places[-1].end + len(after)
        return "".join(parts), places

    def _items(self, places: Sequence[Fragment]) -> Iterator[Item]:
        starts = [number for number, word in enumerate(self.words) if word.is_first or not number]
        for low, high in zip(starts, [*starts[1:], len(self.words)], strict=True):
            sentence = [_labels(word.misc) for word in self.words[low:high]]
            if not any(sentence):
                continue
            for label in dict.fromkeys(tag.partition("-")[2] for found in sentence for tag in found):
                wanted = f"-{label}"
                column = [next((tag for tag in found if tag[tag.find("-") :] == wanted), "") for found in sentence]
                for first, last, word in runs(column):
                    ranges = ((places[low + first].start, places[low + last].end),)
                    yield Item(f"token {low + first + 1} {word}", word, ranges, line=self.words[low + first].line)


def _number(misc: Mapping[str, str]) -> int:
    """Return where a token begins, as Stanza or UDPipe writes it; 0 where the file does not say."""
    found = misc.get("start_char") or misc.get("TokenRange", "").partition(":")[0]
    return int(found) if found.isdecimal() and len(found) < 8 else 0


def _after(misc: Mapping[str, str], following: _Word | None) -> str:
    if "SpacesAfter" in misc:
        return _plain(misc["SpacesAfter"])
    if misc.get("SpaceAfter") == "No" or following is None:
        return ""
    return "\n" if following.is_first and not _number(following.misc) else " "


def _labels(misc: Mapping[str, str]) -> list[str]:
    found = misc.get("label") or next((misc[name] for name in _LABELS if name in misc), OUTSIDE)
    return [] if found == OUTSIDE else [each for each in found.split(",") if each and each != OUTSIDE]


def _is_conllu(path: Path, head: bytes) -> bool:
    if path.is_dir():
        files = [file for file, _ in files_of(path, _SUFFIXES)]
        return bool(files) and _is_conllu(files[0], files[0].read_bytes()[: 1 << 16])
    return _ROW.search(head.replace(b"\r\n", b"\n")) is not None


WRITER = Writer(
    "CoNLL-U",
    ".conllu",
    HOLDS,
    _write,
    _fit,
    purpose="Tokens with labels in MISC, for UD tools",
    tokens=True,
    choices=(Choice("scheme", "Tags", (("IOB2", "IOB2"), ("BIOES", "BIOES"))),),
)
READER = Reader("CoNLL-U", _read, _is_conllu)

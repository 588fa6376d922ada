"""What was read back, compared with what was to be written, as far as the format holds it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import chain

from annotator.formats.format import Holds, Taking
from annotator.formats.record import ArticleRecord, ProjectRecord, Reading
from annotator.model.annotation import Annotation
from annotator.model.article import Article, State, fingerprint
from annotator.model.counting import counted

Key = tuple[object, ...]
_NAMES = ("texts", "labels", "links", "states", "articles")
_BITS = 1 << 128


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came back.

    Attributes:
        compared: what was looked at, in words: ``texts``, ``labels``, ``links`` …
        differences: what came back otherwise, in sentences; empty when all is well.
    """

    compared: tuple[str, ...]
    differences: tuple[str, ...]


def compare(holds: Holds, project: ProjectRecord, records: Iterable[ArticleRecord], reading: Reading) -> Comparison:
    """Compare records that were made to fit with what a reader made of the files.

    Ids and times are not compared: a format need not hold them, and nobody learns from them. Two labels are equal when
    article, annotator, label, span, attributes and note are; two links when kind, annotator and both ends are. Articles
    that only this format makes equal (they differ in blanks, or in a block that was cut) are one when they are read.
    """
    if reading.problems:
        return Comparison((), tuple(str(each) for each in reading.problems))
    if holds.exact:
        found = iter(reading.records)
        same = all(each == next(found, None) for each in records) and next(found, None) is None
        return Comparison(("everything",), () if same else ("an article came back different",))
    # Sums of what is hashed tell whether all is equal, and take no memory however many labels there are.
    wanted, is_equal = _is_equal(holds, project, records, reading, frozenset())
    repeated: frozenset[str] = frozenset()
    if not is_equal:
        repeated = _repeated(records)
        is_equal = bool(repeated) and _is_equal(holds, project, records, reading, repeated)[1]
    compared = tuple(name for name in _NAMES if wanted[name].count)
    if is_equal:
        return Comparison(compared, ())
    differences = _differences(
        _counted(_content(holds, project, records, repeated)),
        _counted(_content(holds, reading.project, reading.records, repeated)),
    )
    return Comparison(compared, tuple(differences))


def _is_equal(
    holds: Holds,
    project: ProjectRecord,
    records: Iterable[ArticleRecord],
    reading: Reading,
    repeated: frozenset[str],
) -> tuple["dict[str, _Sum]", bool]:
    wanted = _sums(_content(holds, project, records, repeated))
    return wanted, wanted == _sums(_content(holds, reading.project, reading.records, repeated))


def _repeated(records: Iterable[ArticleRecord]) -> frozenset[str]:
    """Return the marks of texts that several articles have."""
    counts = Counter(fingerprint(record.article.text) for record in records)
    return frozenset(mark for mark, count in counts.items() if count > 1)


@dataclass(slots=True)
class _Sum:
    """How many there are, and the sum of their hashes, which does not depend on their order."""

    count: int = 0
    hashes: int = 0

    def add(self, hashed: int) -> None:
        """Count one more."""
        self.count += 1
        self.hashes = (self.hashes + hashed) % _BITS


def _hashed(key: Key) -> int:
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=16).digest())


def _sums(content: Iterable[tuple[str, Key]]) -> dict[str, _Sum]:
    sums = {name: _Sum() for name in _NAMES}
    for name, key in content:
        sums[name].add(_hashed(key))
    return sums


@dataclass(slots=True)
class _Heard:
    """What there is to compare, taken in article by article; none of them is kept, nor needs to be whole.

    Of links into other articles, and the labels that they could join, a hash each is kept.
    """

    holds: Holds
    sums: dict[str, _Sum] = field(default_factory=lambda: {name: _Sum() for name in _NAMES}, init=False)
    _texts: set[int] = field(default_factory=set, init=False)
    _ends: dict[str, int] = field(default_factory=dict, init=False)
    _later: list[tuple[str, str, str, str]] = field(default_factory=list, init=False)

    def take(self, record: ArticleRecord, names: Mapping[str, str]) -> None:
        """Take in an article, or what one annotator did in it; links alone where the article has no text."""
        mark = fingerprint(record.article.text)
        if self.holds.across:
            here = _ends(names, record, mark)
            self._ends.update((key, _hashed(end)) for key, end in here.items())
            self._later.extend(
                (link.kind, names.get(link.annotator, ""), link.origin_id, link.target)
                for link in record.links
                if link.target is not None and link.target not in here
            )
        if not record.article.text:
            return
        for name, key in _in_record(self.holds, names, record, mark):
            hashed = _hashed(key)
            if name in ("texts", "articles"):  # the same article may come once for each annotator
                if hashed in self._texts:
                    continue
                self._texts.add(hashed)
            self.sums[name].add(hashed)

    def whole(self) -> dict[str, _Sum]:
        """Return the sums of everything, once all was taken in."""
        for kind, who, origin, target in self._later:
            ends = (self._ends.get(origin, origin), self._ends.get(target, target))
            self.sums["links"].add(_hashed((kind, who, *ends)))
        self._later.clear()
        return self.sums


def compared_while_read(
    holds: Holds,
    project: ProjectRecord,
    records: Iterable[ArticleRecord],
    read: Callable[[Taking], Reading],
    taking: Taking,
) -> Comparison | None:
    """Compare while the files are read, so that no more than one article is held in memory; None: look closer.

    None means that something differs, or may (where several articles have one text); `compare` says what.
    """
    if holds.exact:
        return _exact_while_read(records, read, taking)
    found, wanted = _Heard(holds), _Heard(holds)
    if read(replace(taking, each=found.take, far=holds.across)).problems:
        return None
    for record in records:
        wanted.take(record, project.names)
    if found.whole() != wanted.whole():
        return None
    return Comparison(tuple(name for name in _NAMES if wanted.sums[name].count), ())


def _exact_while_read(
    records: Iterable[ArticleRecord], read: Callable[[Taking], Reading], taking: Taking
) -> Comparison | None:
    wanted = iter(records)
    is_equal = True

    def take(record: ArticleRecord, _names: Mapping[str, str]) -> None:
        nonlocal is_equal
        is_equal = is_equal and record == next(wanted, None)

    problems = read(replace(taking, each=take)).problems
    if problems or not is_equal or next(wanted, None) is not None:
        return None
    return Comparison(("everything",), ())


def _counted(content: Iterable[tuple[str, Key]]) -> dict[str, Counter[Key]]:
    counts: dict[str, Counter[Key]] = {name: Counter() for name in _NAMES}
    for name, key in content:
        counts[name][key] += 1
    return counts


def _differences(wanted: dict[str, Counter[Key]], found: dict[str, Counter[Key]]) -> Iterator[str]:
    for name, counts in wanted.items():
        lost, new = counts - found[name], found[name] - counts
        if lost or new:
            example = next(iter(lost or new))
            yield f"{counted(lost.total(), name.removesuffix('s'), name)} lost, {new.total():,} new ({str(example)[:160]})"


def _content(
    holds: Holds, project: ProjectRecord | None, records: Iterable[ArticleRecord], repeated: frozenset[str]
) -> Iterator[tuple[str, Key]]:
    """Yield what there is to compare, each with the name of what it is."""
    once = _Once(repeated)
    names = project.names if project else {}
    ends: dict[str, Key] = {}
    later: list[tuple[str, str, Key | None, str]] = []
    for record in records:
        mark = fingerprint(record.article.text)
        for name, key in _in_record(holds, names, record, mark):
            if mark not in repeated or name not in ("articles", "states"):
                yield from once.of(name, mark, key)
        if not holds.across:
            continue
        here = _ends(names, record, mark)
        ends.update(here)
        later.extend(
            (link.kind, names.get(link.annotator, ""), here.get(link.origin_id), link.target)
            for link in record.links
            if link.target is not None and link.target not in here
        )
    for kind, who, origin, target in later:
        yield from once.of("links", str(origin[0]) if origin else "", (kind, who, origin, ends.get(target, (target,))))


def _ends(names: Mapping[str, str], record: ArticleRecord, mark: str) -> dict[str, Key]:
    """Return what the labels of an article are known by, by their ids."""
    return {
        # Offsets in a row, without the names that fragments have: there are many, and each is put into words.
        each.id: (mark, names.get(each.annotator, ""), each.label, *chain.from_iterable(each.span.fragments))
        for each in record.annotations
    }


def _in_record(holds: Holds, names: Mapping[str, str], record: ArticleRecord, mark: str) -> Iterator[tuple[str, Key]]:
    """Yield what there is to compare of one article, but for links into another one."""
    yield "texts", (mark,)
    yield "articles", _article(holds, record.article, mark)
    here = _ends(names, record, mark)
    for annotation in record.annotations:
        yield "labels", (*here[annotation.id], *_values(holds, annotation))
    for link in record.links:
        if link.target is None or link.target in here or not holds.across:
            target = None if link.target is None else here.get(link.target, (link.target,))
            yield "links", (link.kind, names.get(link.annotator, ""), here.get(link.origin_id), target)
    for state in record.states if holds.states else ():
        if state.state != State.NEW:  # that somebody has not begun is the same as nothing said
            yield "states", (mark, names.get(state.annotator, ""), state.state)


@dataclass(slots=True)
class _Once:
    """Lets what belongs to a text that several articles have by only once."""

    repeated: frozenset[str]
    _seen: set[tuple[str, Key]] = field(default_factory=set, init=False)

    def of(self, name: str, mark: str, key: Key) -> Iterator[tuple[str, Key]]:
        """Yield a name with a key, unless it was there already and belongs to such a text."""
        if mark in self.repeated:
            if (name, key) in self._seen:
                return
            self._seen.add((name, key))
        yield name, key


def _values(holds: Holds, annotation: Annotation) -> Key:
    return (
        tuple(sorted(set(annotation.attributes))) if holds.attributes else (),
        annotation.note if holds.notes else "",
    )


def _article(holds: Holds, article: Article, mark: str) -> Key:
    return (
        mark,
        article.title if holds.title else "",
        (article.metadata, article.language, article.direction) if holds.metadata else (),
        article.blocks if holds.blocks else (),
    )

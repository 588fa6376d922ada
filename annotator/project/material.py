"""What agreement is computed from, as values: read once, then the project is not needed any more."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from annotator.agreement.apart import Words
from annotator.agreement.corpus import Columns, Corpus, Ints, corpus_from
from annotator.agreement.linked import Hangings, Target
from annotator.agreement.ruler import Ruler, of_characters, of_pieces
from annotator.model.article import BlockKind, State
from annotator.model.codebook import Codebook
from annotator.model.errors import AgreementError
from annotator.project.report import Exclusion
from annotator.project.request import MEASURES, UNITS, Request
from annotator.store import measured
from annotator.text.sentences import sentences
from annotator.text.words import words

_MOST_LABELS = 62


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a report is computed from.

    Attributes:
        request: what was asked; annotators and labels are ids, in the order of the project and the codebook.
        names: names of the annotators by id.
        codebook: the project's.
        titles: of the articles, by id.
        characters: finished work, in characters.
        tokens, sentences: the same in tokens and sentences; None where nobody asked.
        rulers: by article, how its characters are counted.
        word_places: where the words stand in `characters`, all articles end to end; None where nobody asked.
        words: of each article, blank-separated, in what is not left out; None where it was not counted.
        keys: id of each annotation, by the number that it has in the corpora.
        hangings: attributes and links.
        times: by annotator (place) and article (place), when it was finished.
        exclusions: what was left out.
    """

    project: str
    revision: int
    request: Request
    names: dict[str, str]
    codebook: Codebook
    titles: dict[str, str]
    characters: Corpus
    tokens: Corpus | None
    sentences: Corpus | None
    rulers: tuple[Ruler, ...]
    word_places: Words | None
    words: Ints | None
    keys: tuple[str, ...]
    hangings: Hangings
    times: dict[int, dict[int, str]]
    exclusions: tuple[Exclusion, ...] = field(default=())


def check(request: Request) -> None:
    """Refuse a request that has no meaning.

    Raises:
        AgreementError: what is wrong with it.
    """
    for name in request.measures:
        if name not in MEASURES:
            raise AgreementError(f"There is no measure “{name}”. There are: {', '.join(MEASURES)}.")
    if request.unit not in UNITS:
        raise AgreementError(f"“{request.unit}” is no unit. Choose one of {', '.join(UNITS)}.")
    if request.tolerance < 0 or request.replicates < 0 or not 0 < request.iou <= 1:
        raise AgreementError("Tolerance and replicates cannot be below 0, and an overlap lies between 0 and 1.")
    if not request.wanted:
        raise AgreementError("The unit “span” has span measures only; none of those was asked for.")


@dataclass(slots=True)
class Source:
    """Where a project's values come from, and what is known of it; `firsts` are compared when nobody is named."""

    db: measured.File
    name: str
    revision: int
    names: dict[str, str]
    firsts: tuple[str, ...]
    codebook: Codebook


Progress = Callable[[int, int, str], None]


def gather(source: Source, request: Request, progress: Progress | None = None) -> Material:
    """Read what a request needs. `request` names annotators and labels by id.

    Raises:
        AgreementError: fewer than two annotators, or too many labels.
    """
    check(request)
    asked, labels = _chosen(source, request)
    headings = [each for each in measured.headings(source.db) if _is_chosen(each, request)]
    place = {each.id: number for number, each in enumerate(headings)}
    finished, times, unfinished = _states(source.db, place, {each: number for number, each in enumerate(asked)})
    working = np.asarray(finished.any(axis=0))
    if not request.annotators and working.sum() > 1:
        # Whoever has finished nothing stands in nobody's way.
        finished = finished[:, working]
        times = {int(working[:who].sum()): mine for who, mine in times.items() if working[who]}
        people = tuple(asked[who] for who in np.flatnonzero(working))
    else:
        people = asked
    person = {each: number for number, each in enumerate(people)}
    kinds = {each: number for number, each in enumerate(labels)}
    reading = _Reading(source.db, person, kinds, finished, frozenset(asked))
    needs_tokens = request.unit == "token" or request.tolerance > 0
    needs_sentences = "agr" in request.wanted
    left_out = _left_out(source.db, place)
    count = len(headings)
    rulers: dict[str, list[Ruler]] = {"characters": [], "tokens": [], "sentences": []}
    counted = np.zeros(count, dtype=np.int64)
    for number, each in enumerate(headings):
        if progress:
            progress(number, count, each.title)
        out = left_out.get(number, [])
        rulers["characters"].append(of_characters(each.length, out))
        reading.take(number, each.id)
        text = measured.content(source.db, each.id) if finished[number].any() else ""
        for name, needed, pieces in (("tokens", needs_tokens, _words), ("sentences", needs_sentences, _sentences)):
            if needed:
                rulers[name].append(of_pieces(pieces(text) if finished[number].sum() > 1 else [], len(text), out))
        ruler = rulers["characters"][-1]
        counted[number] = sum(
            len(text[start:end].split()) for start, end in zip(ruler.start.tolist(), ruler.end.tolist(), strict=True)
        )
    columns = reading.columns()
    ids = tuple(each.id for each in headings)

    def corpus(rulers: list[Ruler]) -> Corpus:
        lengths = np.array([ruler.length for ruler in rulers], dtype=np.int64)
        return corpus_from(ids, people, labels, length=lengths, finished=finished, columns=_measured(columns, rulers))

    wanted = frozenset(request.wanted)
    keys = reading.keys
    return Material(
        project=source.name,
        revision=source.revision,
        request=Request(
            annotators=people,
            labels=labels,
            **{name: getattr(request, name) for name in Request.__slots__ if name not in ("annotators", "labels")},
        ),
        names=source.names,
        codebook=source.codebook,
        titles={each.id: each.title for each in headings},
        characters=corpus(rulers["characters"]),
        tokens=corpus(rulers["tokens"]) if needs_tokens else None,
        sentences=corpus(rulers["sentences"]) if needs_sentences else None,
        rulers=tuple(rulers["characters"]),
        word_places=_places(rulers["characters"], rulers["tokens"]) if needs_tokens else None,
        words=counted,
        keys=tuple(keys),
        hangings=_hangings(source, keys, wanted),
        times=times,
        exclusions=tuple(_exclusions(unfinished, finished, reading, left_out)),
    )


def _chosen(source: Source, request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people = request.annotators or source.firsts
    labels = request.labels or tuple(each.id for each in source.codebook.labels)
    if len(set(people)) < 2:
        raise AgreementError("Agreement needs two annotators at least.")
    if len(labels) > _MOST_LABELS:
        raise AgreementError(f"At most {_MOST_LABELS} labels can be compared at once; choose some of {len(labels)}.")
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(labels))


def _is_chosen(heading: measured.Heading, request: Request) -> bool:
    known = dict(reversed(heading.metadata))
    date = known.get("date published", "")
    return (
        (not request.articles or heading.id in request.articles)
        and (not request.outlet or known.get("outlet", "").casefold() == request.outlet.casefold())
        and (not request.since or date >= request.since)
        # "2024" as an end takes in all of that year.
        and (not request.until or (bool(date) and date[: len(request.until)] <= request.until))
    )


def _states(
    db: measured.File, place: dict[str, int], person: dict[str, int]
) -> tuple["np.ndarray[tuple[int, int], np.dtype[np.bool_]]", dict[int, dict[int, str]], Counter[str]]:
    finished = np.zeros((len(place), len(person)), dtype=bool)
    times: dict[int, dict[int, str]] = defaultdict(dict)
    unfinished: Counter[str] = Counter()
    for article, who, state, time in measured.states(db):
        if article in place and who in person:
            if State(state).is_finished:
                finished[place[article], person[who]] = True
                times[person[who]][place[article]] = time
            else:
                unfinished[state] += 1
    return finished, dict(times), unfinished


def _left_out(db: measured.File, place: dict[str, int]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, kind, start, end in measured.blocks(db):
        if article in place and not BlockKind(kind).is_labelled:
            found[place[article]].append((start, end))
    return dict(found)


def _words(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in words(text, 0, len(text))]


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in sentences(text)]


@dataclass(slots=True)
class _Reading:
    """Collects the fragments of chosen annotators and labels."""

    db: measured.File
    person: dict[str, int]
    label: dict[str, int]
    finished: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
    asked: frozenset[str]
    keys: list[str] = field(default_factory=list)
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    unfinished: int = 0

    def take(self, number: int, article: str) -> None:
        """Take the fragments of one article, without the blanks at their edges."""
        extend, done = self.rows.extend, self.finished[number]
        last = ""
        for key, who, label, _place, start, end, covered in measured.fragments(self.db, article):
            whose, kind = self.person.get(who), self.label.get(label)
            if kind is None or who not in self.asked:
                continue
            if key != last:
                last = key
                if whose is not None and done[whose]:
                    self.keys.append(key)
                else:
                    self.unfinished += 1
            if whose is not None and done[whose]:
                if covered[0].isspace() or covered[-1].isspace():
                    start += len(covered) - len(covered.lstrip())  # noqa: PLW2901
                    end -= len(covered) - len(covered.rstrip())  # noqa: PLW2901
                extend((number, whose, kind, len(self.keys) - 1, start, end))

    def columns(self) -> Columns:
        """Return what was taken, in characters."""
        table = (
            np.frombuffer(self.rows, dtype=np.int64).reshape(-1, 6) if self.rows else np.zeros((0, 6), dtype=np.int64)
        )
        return Columns(*(np.ascontiguousarray(column) for column in table.T))


def _measured(columns: Columns, rulers: list[Ruler]) -> Columns:
    """Return fragments in the units of their articles' rulers."""
    start, end = columns.start.copy(), columns.end.copy()
    bounds = np.searchsorted(columns.article, np.arange(len(rulers) + 1))
    for ruler, low, high in zip(rulers, bounds[:-1], bounds[1:], strict=True):
        is_plain = not ruler.is_whole and len(ruler.start) == 1 and ruler.start[0] == 0
        if high > low and not is_plain:
            start[low:high], end[low:high] = ruler.units(columns.start[low:high], columns.end[low:high])
    return Columns(columns.article, columns.annotator, columns.label, columns.span, start, end)


def _places(characters: list[Ruler], tokens: list[Ruler]) -> Words:
    """Return where the tokens stand among the characters that are not left out, all articles end to end."""
    offset, starts, ends = 0, [], []
    for ruler, each in zip(characters, tokens, strict=True):
        start, end = ruler.units(each.start, each.end)
        starts.append(start + offset)
        ends.append(end + offset)
        offset += ruler.length
    none = np.zeros(0, dtype=np.int64)
    return Words(np.concatenate([none, *starts]), np.concatenate([none, *ends]))


def _hangings(source: Source, keys: list[str], wanted: frozenset[str]) -> Hangings:
    number = (
        {key: place for place, key in enumerate(keys)} if wanted & {"attribute_alpha", "role_f1", "target_f1"} else {}
    )
    values: dict[int, dict[str, frozenset[str]]] = {}
    if "attribute_alpha" in wanted:
        for key, name, value in measured.attributes(source.db):
            if key in number:
                mine = values.setdefault(number[key], {})
                mine[name] = mine.get(name, frozenset()) | {value}
    return Hangings(values, _links(source, number) if wanted & {"role_f1", "target_f1"} else {})


def _links(source: Source, number: dict[str, int]) -> dict[int, dict[str, tuple[Target, ...]]]:
    """Return where links lead, by the span they leave; one without direction leaves both its ends."""
    symmetric = {each.id for each in source.codebook.relations if each.symmetric}
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in measured.places(source.db):
        where[key].append((start, end))
    found: dict[int, dict[str, tuple[Target, ...]]] = {}
    for kind, origin, home, target, article in measured.links(source.db):
        ends = [(origin, Target(article, tuple(where[target])) if target else Target())]
        if target and kind in symmetric:
            ends.append((target, Target(home, tuple(where[origin]))))
        for leaves, to in ends:
            if leaves in number:
                leads = found.setdefault(number[leaves], {})
                leads[kind] = (*leads.get(kind, ()), to)
    return found


def _exclusions(
    unfinished: Counter[str],
    finished: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]",
    reading: _Reading,
    left_out: dict[int, list[tuple[int, int]]],
) -> Iterable[Exclusion]:
    readers = finished.sum(axis=1)
    for count, what, why in (
        (int((readers == 0).sum()), "articles", "none of the chosen annotators has finished them"),
        (int((readers == 1).sum()), "articles", "only one of the chosen annotators has finished them"),
        (unfinished["in progress"], "readings of an article", "in progress, not done"),
        (reading.unfinished, "labels", "in an article that their annotator has not finished"),
        (sum(len(each) for each in left_out.values()), "blocks", "left out of annotation (captions, furniture, …)"),
    ):
        if count:
            yield Exclusion(count, what, why)

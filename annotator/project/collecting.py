"""Reading from a project what agreement is computed from: what was counted before as it is, the rest from its labels."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from annotator.agreement.corpus import Bools, Columns
from annotator.agreement.linked import Target
from annotator.agreement.packing import METHOD, Packed, unpacked, unpacked_fragments
from annotator.agreement.ruler import Ruler, kept, of_pieces
from annotator.agreement.sweep import MOST_LABELS
from annotator.agreement.tables import KINDS, Tables, chosen
from annotator.model.article import BlockKind, State
from annotator.model.codebook import Codebook
from annotator.model.counting import noun
from annotator.model.errors import AgreementError
from annotator.project.material import Hanging, Material, Stretches, Uncounted
from annotator.project.report import Exclusion
from annotator.project.request import MEASURES, UNITS, Request
from annotator.store import measured, statistics
from annotator.store.statistics import Statistic
from annotator.text.sentences import sentences
from annotator.text.words import words


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


def gather(source: Source, request: Request, progress: Progress | None = None, *, anew: bool = False) -> Material:
    """Read what a request needs. `request` names annotators and labels by id; `anew` uses nothing that is kept.

    Raises:
        AgreementError: fewer than two annotators, or too many labels.
    """
    check(request)
    asked, labels = _chosen(source, request)
    headings = [each for each in measured.headings(source.db) if _is_chosen(each, request)]
    place = {each.id: number for number, each in enumerate(headings)}
    states = _States.read(source.db, place)
    people = asked
    if not request.annotators and len(states.who_finished(asked)) > 1:
        people = states.who_finished(asked)  # whoever has finished nothing stands in nobody's way
    finished = states.table(people)
    left_out = _left_out(source.db, place)
    found = {} if anew else {place[each.article]: each for each in _kept(source, place)}
    reading = _Reading(source.db, states, headings, left_out)
    uncounted = reading.uncounted([number for number in range(len(headings)) if number not in found], labels, progress)
    hanging = _hanging(source, frozenset(request.wanted))
    if hanging != Hanging():
        keys = statistics.keys(source.db, METHOD)
        found = {number: replace(each, keys=keys.get(each.article, ())) for number, each in found.items()}
    counted = np.zeros(len(headings), dtype=np.int64)
    for number, each in found.items():
        counted[number] = each.words
    counted[list(uncounted.articles)] = uncounted.words
    texts = np.array([each.length for each in headings], dtype=np.int64)
    needs_tokens = request.unit == "token" or request.tolerance > 0
    return Material(
        project=source.name,
        revision=source.revision,
        request=replace(request, annotators=people, labels=labels),
        names=source.names,
        codebook=source.codebook,
        titles={each.id: each.title for each in headings},
        length=_lengths(texts, left_out),
        finished=finished,
        words=counted,
        times=states.times(people),
        texts=texts,
        left_out=left_out,
        kept=tuple(sorted(found.items())),
        uncounted=uncounted,
        token_rulers=tuple(reading.tokens(finished)) if needs_tokens else None,
        hanging=hanging,
        exclusions=tuple(_exclusions(states, finished, asked, _waiting(found, uncounted, asked, labels), left_out)),
    )


def _chosen(source: Source, request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people = request.annotators or source.firsts
    labels = request.labels or tuple(each.id for each in source.codebook.labels)
    if len(set(people)) < 2:
        raise AgreementError("Agreement needs two annotators at least.")
    if len(labels) > MOST_LABELS:
        raise AgreementError(f"At most {MOST_LABELS} labels can be compared at once; choose some of {len(labels)}.")
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(labels))


def _is_chosen(heading: measured.Heading, request: Request) -> bool:
    if request.articles and heading.id not in request.articles:
        return False
    if not (request.outlet or request.since or request.until):
        return True
    known = dict(reversed(heading.metadata))
    date = known.get("date published", "")
    return (
        (not request.outlet or known.get("outlet", "").casefold() == request.outlet.casefold())
        and (not request.since or date >= request.since)
        # "2024" as an end takes in all of that year.
        and (not request.until or (bool(date) and date[: len(request.until)] <= request.until))
    )


@dataclass(slots=True)
class _States:
    """Who has finished which article, and when: by annotator and place of the article."""

    count: int
    done: dict[str, dict[int, str]]
    unfinished: dict[str, Counter[str]]

    @classmethod
    def read(cls, db: measured.File, place: dict[str, int]) -> "_States":
        """Read the states of all annotators in some articles."""
        done: dict[str, dict[int, str]] = defaultdict(dict)
        unfinished: dict[str, Counter[str]] = defaultdict(Counter)
        is_finished = {each.value: each.is_finished for each in State}
        for article, who, state, time in measured.states(db):
            if article in place:
                if is_finished.get(state) or State(state).is_finished:
                    done[who][place[article]] = time
                else:
                    unfinished[who][state] += 1
        return cls(len(place), dict(done), dict(unfinished))

    def who_finished(self, people: Iterable[str]) -> tuple[str, ...]:
        """Return those who have finished something."""
        return tuple(who for who in people if self.done.get(who))

    def table(self, people: Iterable[str]) -> Bools:
        """Return article × annotator: who has finished what."""
        known = tuple(people)
        found = np.zeros((self.count, len(known)), dtype=bool)
        for number, who in enumerate(known):
            found[list(self.done.get(who, ())), number] = True
        return found

    def times(self, people: Iterable[str]) -> dict[int, dict[int, str]]:
        """Return by annotator (place) and article when it was finished."""
        return {number: self.done[who] for number, who in enumerate(people) if who in self.done}


def _left_out(db: measured.File, place: dict[str, int]) -> dict[int, Stretches]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, kind, start, end in measured.blocks(db):
        if article in place and not BlockKind(kind).is_labelled:
            found[place[article]].append((start, end))
    return {article: tuple(each) for article, each in found.items()}


def _lengths(
    texts: "np.ndarray[tuple[int], np.dtype[np.int64]]", left_out: dict[int, Stretches]
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    lengths = texts.copy()
    for place, out in left_out.items():
        start, end = kept(int(texts[place]), list(out))
        lengths[place] = (end - start).sum()
    return lengths


def _kept(source: Source, place: dict[str, int]) -> Iterator[Statistic]:
    return (each for each in statistics.read(source.db, METHOD) if each.article in place)


def cited_clauses(db: measured.File, material: Material) -> tuple[tuple[str, str, int], ...]:
    """Return clause, kind and revision of the codebook of the decisions in the articles, clause empty where none is cited."""
    return tuple(
        (clause, kind, revision) for article, clause, kind, revision in measured.cited(db) if article in material.titles
    )


_AT_ONCE = 500
"""Articles counted at a time where all are counted again."""


def differing(source: Source) -> Iterator[str]:
    """Yield the titles of articles in which counting gives something else than what is kept."""
    kept_rows = {each.article: each for each in statistics.read(source.db, METHOD)}
    keys = statistics.keys(source.db, METHOD)
    articles = sorted(kept_rows)
    for first in range(0, len(articles), _AT_ONCE):
        some = frozenset(articles[first : first + _AT_ONCE])
        try:
            material = gather(source, Request(articles=some, annotators=source.firsts), anew=True)
        except AgreementError:
            return  # nobody is left to be compared
        again = {each.article: each for each in material.counts_to_keep()}
        for article in sorted(some):
            old = replace(kept_rows[article], keys=keys[article])
            if article not in again or not _is_same(old, again[article]):
                yield material.titles.get(article, article)


def _is_same(one: Statistic, other: Statistic) -> bool:
    """Return whether two rows say the same; the list of labels may be longer in one."""
    if any(getattr(one, name) != getattr(other, name) for name in ("annotators", "words", "waiting", "keys")):
        return False
    labels = tuple(sorted({*one.labels, *other.labels}))
    try:
        counts, fragments = zip(*(_decoded(each, labels) for each in (one, other)), strict=True)
    except (ValueError, IndexError):
        return False  # bytes that are no such table
    return all(
        np.array_equal(getattr(counts[0], table)[name], getattr(counts[1], table)[name])
        for table, columns in KINDS.items()
        for name in columns
    ) and all(np.array_equal(getattr(fragments[0], name), getattr(fragments[1], name)) for name in Columns.__slots__)


def _decoded(row: Statistic, labels: tuple[str, ...]) -> tuple[Tables, Columns]:
    tables = unpacked([(0, Packed(row.annotators, row.labels, row.is_wide, row.tables))])[0]
    places = np.array([labels.index(each) for each in row.labels], dtype=np.int64)
    people = np.arange(len(row.annotators))
    columns = unpacked_fragments([(0, row.fragments)], [people], [places], wide=[row.is_wide])
    return chosen([tables], row.annotators, labels), columns


def _words(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in words(text, 0, len(text))]


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in sentences(text)]


@dataclass(slots=True)
class _Reading:
    """Reads finished work from labels and texts."""

    db: measured.File
    states: _States
    headings: list[measured.Heading]
    left_out: dict[int, Stretches]
    keys: list[str] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    rows: "array[int]" = field(default_factory=lambda: array("q"))

    def uncounted(self, places: list[int], asked: tuple[str, ...], progress: Progress | None) -> Uncounted:
        """Return the work on some articles; of the labels `asked` only, where all would be too many to count."""
        people = tuple(sorted(self.states.done))
        finished = self.states.table(people)[places]
        waiting, counted, rulers = [], [], []
        for number, place in enumerate(places):
            heading = self.headings[place]
            if progress:
                progress(number, len(places), heading.title)
            waiting.append(self._take(number, heading.id, dict(zip(people, finished[number].tolist(), strict=True))))
            text = measured.content(self.db, heading.id) if finished[number].any() else ""
            out = list(self.left_out.get(place, ()))
            pieces = _sentences(text) if finished[number].sum() > 1 else []
            rulers.append(of_pieces(pieces, len(text), out))
            starts, ends = (each.tolist() for each in kept(len(text), out))
            counted.append(sum(len(text[start:end].split()) for start, end in zip(starts, ends, strict=True)))
        can_be_kept = len(self.labels) <= MOST_LABELS
        labels = tuple(sorted(self.labels if can_be_kept else asked))
        return Uncounted(
            articles=tuple(places),
            annotators=people,
            labels=labels,
            columns=self._columns(people, labels),
            finished=finished,
            keys=tuple(self.keys),
            words=tuple(counted),
            waiting=tuple(waiting),
            sentences=tuple(rulers),
            can_be_kept=can_be_kept,
        )

    def _take(self, number: int, article: str, is_done: dict[str, bool]) -> tuple[tuple[str, str, int], ...]:
        """Take the fragments of one article, without the blanks at their edges; return what has to wait."""
        extend, keys, labels, people = self.rows.extend, self.keys, self.labels, self.people
        waiting: Counter[tuple[str, str]] = Counter()
        last = ""
        for key, who, label, _place, start, end, covered in measured.fragments(self.db, article):
            is_next, last = key != last, key
            if not is_done.get(who):
                waiting[who, label] += is_next
                continue
            if is_next:
                keys.append(key)
            if covered[0].isspace() or covered[-1].isspace():
                start += len(covered) - len(covered.lstrip())  # noqa: PLW2901
                end -= len(covered) - len(covered.rstrip())  # noqa: PLW2901
            who_, label_ = people.setdefault(who, len(people)), labels.setdefault(label, len(labels))
            extend((number, who_, label_, len(keys) - 1, start, end))
        return tuple((who, label, count) for (who, label), count in sorted(waiting.items()))

    def _columns(self, people: tuple[str, ...], labels: tuple[str, ...]) -> Columns:
        """Return what was taken, in characters, with the places in these lists."""
        table = np.frombuffer(self.rows, dtype=np.int64) if self.rows else np.zeros(0, dtype=np.int64)
        article, who, label, span, start, end = (np.ascontiguousarray(each) for each in table.reshape(-1, 6).T)
        person, kind = (
            np.array([{each: place for place, each in enumerate(wanted)}.get(key, -1) for key in known], dtype=np.int64)
            for known, wanted in ((self.people, people), (self.labels, labels))
        )
        keep = kind[label] >= 0 if len(label) else np.zeros(0, dtype=bool)
        return Columns(article[keep], person[who[keep]], kind[label[keep]], span[keep], start[keep], end[keep])

    def tokens(self, finished: Bools) -> Iterator[Ruler]:
        """Yield how the tokens of each article are counted; none where nobody can be compared."""
        for place, heading in enumerate(self.headings):
            text = measured.content(self.db, heading.id) if finished[place].sum() > 1 else ""
            yield of_pieces(_words(text), len(text), list(self.left_out.get(place, ())))


def _hanging(source: Source, wanted: frozenset[str]) -> Hanging:
    values = tuple(measured.attributes(source.db)) if "attribute_alpha" in wanted else ()
    return Hanging(values, tuple(_links(source)) if wanted & {"role_f1", "target_f1", "agr"} else ())


def _links(source: Source) -> Iterator[tuple[str, str, Target]]:
    """Yield where links lead, by the annotation they leave; one without direction leaves both its ends."""
    symmetric = {each.id for each in source.codebook.relations if each.symmetric}
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in measured.places(source.db):
        where[key].append((start, end))
    for kind, origin, home, target, article in measured.links(source.db):
        yield origin, kind, Target(article, tuple(where[target])) if target else Target()
        if target and kind in symmetric:
            yield target, kind, Target(home, tuple(where[origin]))


def _waiting(
    found: dict[int, Statistic], uncounted: Uncounted, people: tuple[str, ...], labels: tuple[str, ...]
) -> int:
    """Return how many labels stand in articles that their annotator has not finished."""
    every = [*(each.waiting for each in found.values()), *uncounted.waiting]
    return sum(count for each in every for who, label, count in each if who in people and label in labels)


def _exclusions(
    states: _States, finished: Bools, asked: tuple[str, ...], waiting: int, left_out: dict[int, Stretches]
) -> Iterator[Exclusion]:
    readers = finished.sum(axis=1)
    started = sum(states.unfinished[who]["in progress"] for who in asked if who in states.unfinished)
    unread, alone = int((readers == 0).sum()), int((readers == 1).sum())
    for count, what, many, why in (
        (unread, "article", "", f"none of the chosen annotators has finished {noun(unread, 'it', 'them')}"),
        (alone, "article", "", f"only one of the chosen annotators has finished {noun(alone, 'it', 'them')}"),
        (started, "reading of an article", "readings of an article", "in progress, not done"),
        (waiting, "label", "", f"in an article that {noun(waiting, 'its', 'their')} annotator has not finished"),
        (sum(map(len, left_out.values())), "block", "", "left out of annotation (captions, furniture, …)"),
    ):
        if count:
            yield Exclusion(count, noun(count, what, many), why)

"""Reading from a project what agreement is computed from: what was counted before as it is, the rest from its labels."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

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
from annotator.project.material import Fresh, Hanging, Material
from annotator.project.recount import Progress, Stretches, Work, recount
from annotator.project.report import Exclusion
from annotator.project.request import MEASURES, UNITS, Request
from annotator.store import measured, statistics
from annotator.store.statistics import Statistic
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


_FEW = 1_000
"""Articles up to which what stands about them is asked for by their ids."""


def gather(source: Source, request: Request, progress: Progress | None = None, *, anew: bool = False) -> Material:
    """Read what a request needs. `request` names annotators and labels by id; `anew` uses nothing that is kept.

    Raises:
        AgreementError: fewer than two annotators, or too many labels.
    """
    check(request)
    asked, labels = _chosen(source, request)
    is_dated = bool(request.outlet or request.since or request.until)
    every = measured.headings(source.db, request.articles, is_whole=is_dated)
    headings = [each for each in every if not is_dated or _is_chosen(each, request)]
    some = frozenset(each.id for each in headings) if len(headings) <= _FEW else frozenset()
    place = {each.id: number for number, each in enumerate(headings)}
    states = _States.read(source.db, place, some)
    people = asked
    if not request.annotators and len(states.who_finished(asked)) > 1:
        people = states.who_finished(asked)  # whoever has finished nothing stands in nobody's way
    finished = states.table(people)
    left_out = _left_out(source.db, place, some)
    found = {} if anew else {place[each.article]: each for each in _kept(source, place, some)}
    todo = [number for number in range(len(headings)) if number not in found]
    everybody = tuple(sorted(states.done))
    work = Work(
        ids=[headings[number].id for number in todo],
        titles=[headings[number].title for number in todo],
        texts=[headings[number].length for number in todo],
        left_out={at: left_out[number] for at, number in enumerate(todo) if number in left_out},
        annotators=everybody,
        finished=states.table(everybody)[todo],
        known=tuple(each.id for each in source.codebook.labels),
        asked=labels,
    )
    fresh = _fresh(source, work, todo, progress)
    rows = tuple(sorted((*found.items(), *zip(fresh.articles, fresh.rows, strict=True)), key=itemgetter(0)))
    hanging = _hanging(source, frozenset(request.wanted))
    counted = np.zeros(len(headings), dtype=np.int64)
    counted[[number for number, _ in rows]] = [each.words for _, each in rows]
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
        fresh=fresh,
        keys=_keys(source.db, [each for _, each in rows]) if hanging != Hanging() else (),
        token_rulers=tuple(_tokens(source.db, headings, left_out, finished)) if needs_tokens else None,
        hanging=hanging,
        exclusions=tuple(_exclusions(states, finished, asked, _waiting(rows, asked, labels), left_out)),
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
    def read(cls, db: measured.File, place: dict[str, int], some: frozenset[str]) -> "_States":
        """Read the states of all annotators in some articles; `some`: these, where they are few."""
        done: dict[str, dict[int, str]] = defaultdict(dict)
        unfinished: dict[str, Counter[str]] = defaultdict(Counter)
        is_finished = {each.value: each.is_finished for each in State}
        for article, who, state, time in measured.states(db, some):
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


def _left_out(db: measured.File, place: dict[str, int], some: frozenset[str]) -> dict[int, Stretches]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, kind, start, end in measured.blocks(db, some):
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


def _kept(source: Source, place: dict[str, int], some: frozenset[str]) -> Iterator[Statistic]:
    return (each for each in statistics.read(source.db, METHOD, some) if each.article in place)


def _fresh(source: Source, work: Work, places: list[int], progress: Progress | None) -> Fresh:
    """Count what is not kept."""
    found = list(recount(source.db, work, progress))
    return Fresh(tuple(places), tuple(row for row, _ in found), tuple(can_be_kept for _, can_be_kept in found))


def _keys(db: measured.File, rows: list[Statistic]) -> tuple[str, ...]:
    """Return the ids of the annotations that were counted, in the order of counting."""
    by_article = {each.article: each for each in rows}
    found: dict[str, list[str]] = {each.article: [] for each in rows}
    for article, who, label, key in measured.keys(db, by_article):
        row = by_article[article]
        if who in row.annotators and label in row.labels:
            found[article].append(key)
    return tuple(key for each in found.values() for key in each)


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
    articles = sorted(kept_rows)
    for first in range(0, len(articles), _AT_ONCE):
        some = frozenset(articles[first : first + _AT_ONCE])
        try:
            material = gather(source, Request(articles=some, annotators=source.firsts), anew=True)
        except AgreementError:
            return  # nobody is left to be compared
        again = {each.article: each for each in material.counts_to_keep()}
        for article in sorted(some):
            if article not in again or not _is_same(kept_rows[article], again[article]):
                yield material.titles.get(article, article)


def _is_same(one: Statistic, other: Statistic) -> bool:
    """Return whether two rows say the same; the list of labels may be longer in one."""
    if any(getattr(one, name) != getattr(other, name) for name in ("annotators", "words", "waiting")):
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


def _tokens(
    db: measured.File, headings: list[measured.Heading], left_out: dict[int, Stretches], finished: Bools
) -> Iterator[Ruler]:
    """Yield how the tokens of each article are counted; none where nobody can be compared."""
    for first in range(0, len(headings), _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, len(headings)))
        texts = measured.contents(db, [headings[place].id for place in some if finished[place].sum() > 1])
        for place in some:
            text = texts.get(headings[place].id, "")
            yield of_pieces(_words(text), len(text), list(left_out.get(place, ())))


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


def _waiting(rows: tuple[tuple[int, Statistic], ...], people: tuple[str, ...], labels: tuple[str, ...]) -> int:
    """Return how many labels stand in articles that their annotator has not finished."""
    return sum(count for _, each in rows for who, label, count in each.waiting if who in people and label in labels)


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

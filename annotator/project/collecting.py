"""Reading from a project what agreement is computed from: what was counted before as it is, the rest from its labels."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints
from annotator.agreement.linked import Target
from annotator.agreement.packing import METHOD, Packed, unpacked, unpacked_fragments
from annotator.agreement.packing_in_words import METHOD as METHOD_IN_WORDS
from annotator.agreement.ruler import kept
from annotator.agreement.sweep import MOST_LABELS
from annotator.agreement.tables import KINDS, Tables, chosen
from annotator.model.counting import noun
from annotator.model.errors import AgreementError
from annotator.project.crewed import MANY, Counting, Progress
from annotator.project.garbage import left_lying
from annotator.project.in_words import Asked, in_words
from annotator.project.material import Fresh, Hanging, Material
from annotator.project.outlined import Stretches
from annotator.project.report import Exclusion
from annotator.project.request import MEASURES, UNITS, Request, is_date
from annotator.project.stock import Source, States, Stock, read
from annotator.project.to_count import work_of
from annotator.project.worded import is_same
from annotator.store import measured, statistics, word_statistics
from annotator.store.statistics import Statistic


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
    for word in (request.since, request.until):
        if word and not is_date(word):
            raise AgreementError(f"“{word}” is no date. Write it as 2010, 2010-03 or 2010-03-19.")
    if not request.wanted:
        raise AgreementError("The unit “span” has span measures only; none of those was asked for.")


def gather(
    source: Source,
    request: Request,
    progress: Progress | None = None,
    *,
    anew: bool = False,
    before: Material | None = None,
    ready: Mapping[str, Statistic] | None = None,
) -> Material:
    """Read what a request needs. `request` names annotators and labels by id; `anew` uses nothing that is kept.

    What `before` holds of the same project, if nothing has changed since, is not read again; `ready` is what was counted
    in articles, by id, in which nothing has changed since.

    Raises:
        AgreementError: fewer than two annotators, or too many labels.
    """
    check(request)
    asked, labels = _chosen(source, request)
    with left_lying(), Counting(source.db, source.path, progress) as counting:
        if _is_much(source, request, before, ready):
            counting.begin()
        stock = _stock(source, request, before, anew=anew)
        if ready:
            lacking = (
                (place, ready.get(each.id)) for place, each in enumerate(stock.headings) if place not in stock.rows
            )
            stock = stock.knowing({place: row for place, row in lacking if row is not None})
        places = stock.places(request)
        stock, fresh = _counted(source, stock, places, labels, counting, anew=anew)
    chosen = stock.of(places)
    states, left_out = chosen.states, chosen.left_out
    known = {**chosen.rows, **dict(zip(fresh.articles, fresh.rows, strict=True))}
    rows = tuple(map(known.__getitem__, range(len(places))))
    people = asked
    if not request.annotators and len(states.who_finished(asked)) > 1:
        people = states.who_finished(asked)  # whoever has finished nothing stands in nobody's way
    finished = states.table(people)
    hanging = _hanging(source, frozenset(request.wanted))
    texts = np.array([each.length for each in chosen.headings], dtype=np.int64)
    needs_words = request.unit == "token" or request.tolerance > 0
    worded, in_places, fresh_words = (
        in_words(source, stock, Asked(places, rows, people, labels), progress, anew=anew)
        if needs_words
        else (None, places, ())
    )
    return Material(
        project=source.name,
        revision=source.revision,
        request=replace(request, annotators=people, labels=labels),
        names=source.names,
        codebook=source.codebook,
        titles={each.id: each.title for each in chosen.headings},
        length=_lengths(texts, left_out),
        finished=finished,
        words=np.array([each.words for each in rows], dtype=np.int64),
        texts=texts,
        left_out=left_out,
        rows=rows,
        fresh=fresh,
        stock=stock,
        places=places,
        keys=_keys(source.db, rows) if hanging != Hanging() else (),
        worded=worded,
        in_words=in_places,
        fresh_words=fresh_words,
        hanging=hanging,
        exclusions=tuple(_exclusions(states, finished, asked, _waiting(rows, asked, labels), left_out)),
    )


def _is_much(source: Source, request: Request, before: Material | None, ready: Mapping[str, Statistic] | None) -> bool:
    """Return whether it is clear, before anything is read, that very many articles are to be counted."""
    if before is not None or request.articles or request.outlet or request.since or request.until:
        return False
    return statistics.lacking(source.db) >= MANY + len(ready or ())


def _chosen(source: Source, request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people = request.annotators or source.firsts
    labels = request.labels or tuple(each.id for each in source.codebook.labels)
    if len(set(people)) < 2:
        raise AgreementError("Agreement needs two annotators at least.")
    if len(labels) > MOST_LABELS:
        raise AgreementError(f"At most {MOST_LABELS} labels can be compared at once; choose some of {len(labels)}.")
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(labels))


def _lengths(
    texts: "np.ndarray[tuple[int], np.dtype[np.int64]]", left_out: Mapping[int, Stretches]
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    lengths = texts.copy()
    for place, out in left_out.items():
        start, end = kept(int(texts[place]), list(out))
        lengths[place] = (end - start).sum()
    return lengths


def _stock(source: Source, request: Request, before: Material | None, *, anew: bool) -> Stock:
    """Return what is known of the articles: as before where it is all there, and nothing has changed since."""
    if before is not None and before.revision == source.revision and before.stock.is_whole and not anew:
        return before.stock
    return read(source.db, request.articles, None if anew else METHOD)


def _counted(
    source: Source,
    stock: Stock,
    places: Ints,
    asked: tuple[str, ...],
    counting: Counting,
    *,
    anew: bool,
) -> tuple[Stock, Fresh]:
    """Count what is not kept of some articles; of the labels `asked` only, where all would be too many to count.

    Returns:
        The stock with what holds for other requests too, and what was counted, with places among these articles.
    """
    todo = [(number, place) for number, place in enumerate(places.tolist()) if place not in stock.rows]
    work = work_of(source, stock, [place for _, place in todo], asked, anew=anew)
    found = list(counting.of(work))
    fresh = Fresh(tuple(number for number, _ in todo), tuple(row for row, _ in found), tuple(each for _, each in found))
    whole = {place: row for (_, place), (row, is_whole) in zip(todo, found, strict=True) if is_whole}
    return (stock.knowing(whole) if whole else stock), fresh


def _keys(db: measured.File, rows: tuple[Statistic, ...]) -> tuple[str, ...]:
    """Return the ids of the annotations that were counted, in the order of counting."""
    if not rows:
        return ()
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
        in_words = {each.article: each for each in word_statistics.read(source.db, METHOD_IN_WORDS, some)}
        try:
            request = Request(articles=some, annotators=source.firsts, tolerance=int(bool(in_words)))
            material = gather(source, request, anew=True)
        except AgreementError:
            return  # nobody is left to be compared
        again = {each.article: each for each in material.counts_to_keep()}
        words_again = {each.article: each for each in material.fresh_words}
        for article in sorted(some):
            is_right = article in again and _is_same(kept_rows[article], again[article])
            if article in in_words:
                is_right &= article in words_again and is_same(in_words[article], words_again[article])
            if not is_right:
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


def _waiting(rows: tuple[Statistic, ...], people: tuple[str, ...], labels: tuple[str, ...]) -> int:
    """Return how many labels stand in articles that their annotator has not finished."""
    return sum(count for each in rows for who, label, count in each.waiting if who in people and label in labels)


def _exclusions(
    states: States, finished: Bools, asked: tuple[str, ...], waiting: int, left_out: Mapping[int, Stretches]
) -> Iterator[Exclusion]:
    readers = finished.sum(axis=1)
    started = states.started(asked)
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

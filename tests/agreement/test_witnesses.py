"""Each measure against an independent implementation, on random data with what is hard: missing, overlapping, in parts.

The libraries are witnesses; where one is not installed, its test is skipped. The plain ones here need none.
"""

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.alignment import Units, Weights, best_alignment, categorical, positional
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.unitizing import family

from .conftest import LABELS, PEOPLE

SEEDS = range(16)


def columns(lengths, work, characters, people=PEOPLE):
    """Every character of every article, as what each annotator gave it; None where not finished."""
    for article in lengths:
        rows = [characters(lengths, work, article, who) for who in people]
        for place in range(lengths[article]):
            yield [None if row is None else row[place] for row in rows]


def alpha_by_definition(units, distance):
    """Krippendorff (2011), D, in exact fractions, from the coincidences of every pair of judgements."""
    coincidences, counts = Counter(), Counter()
    for unit in units:
        given = [value for value in unit if value is not None]
        if len(given) > 1:
            for one, other in permutations(given, 2):
                coincidences[one, other] += Fraction(1, len(given) - 1)
            counts.update(given)
    n = sum(counts.values())
    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    expected = sum(counts[a] * counts[b] * distance(a, b) for a in counts for b in counts)
    return None if not expected else float(1 - (n - 1) * observed / expected)


def jaccard(one, other):
    return Fraction(0) if one == other else 1 - Fraction(len(one & other), len(one | other))


def masi(one, other):
    if one == other:
        return Fraction(0)
    share = Fraction(2, 3) if one <= other or other <= one else Fraction(1, 3)
    return 1 - (1 - jaccard(one, other)) * (share if one & other else 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_against_its_definition(seed, random_work, view_of, characters):
    lengths, work = random_work(seed)
    units = list(columns(lengths, work, characters))
    sight = view_of(corpus_of(lengths, work, PEOPLE, LABELS))
    for name, distance in (("nominal", lambda a, b: Fraction(a != b)), ("jaccard", jaccard), ("masi", masi)):
        assert labelling.alpha(sight, None, name).score().value == pytest.approx(
            alpha_by_definition(units, distance), abs=1e-12
        )
    for place, label in enumerate(LABELS):
        one = [[None if value is None else label in value for value in unit] for unit in units]
        expected = alpha_by_definition(one, lambda a, b: Fraction(a != b))
        found = labelling.alpha(sight, place).score()
        assert found.value == (None if expected is None else pytest.approx(expected, abs=1e-12))
        given = [value for unit in one if sum(v is not None for v in unit) > 1 for value in unit if value is not None]
        assert labelling.prevalence(sight, place).score().value == pytest.approx(np.mean(given))


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_against_krippendorff(seed, random_work, view_of, characters):
    witness = pytest.importorskip("krippendorff")
    lengths, work = random_work(seed)
    units = list(columns(lengths, work, characters))
    sight = view_of(corpus_of(lengths, work, PEOPLE, LABELS))
    for place, label in enumerate(LABELS):
        table = np.array([[np.nan if value is None else float(label in value) for value in unit] for unit in units]).T
        expected = witness.alpha(reliability_data=table, level_of_measurement="nominal")
        assert labelling.alpha(sight, place).score().value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_against_scikit_learn(seed, random_work, view_of, characters):
    metrics = pytest.importorskip("sklearn.metrics")
    lengths, work = random_work(seed)
    corpus = corpus_of(lengths, work, PEOPLE, LABELS)
    for pair in combinations(range(len(PEOPLE)), 2):
        units = [[unit[who] for who in pair] for unit in columns(lengths, work, characters)]
        units = [unit for unit in units if None not in unit]
        sight = view_of(corpus, pair)
        if not units:
            assert labelling.kappa(sight).score().value is None
            continue
        one, other = ([" ".join(sorted(unit[at])) for unit in units] for at in (0, 1))
        assert labelling.kappa(sight).score().value == pytest.approx(metrics.cohen_kappa_score(one, other), abs=1e-9)
        for place, label in enumerate(LABELS):
            one, other = ([label in unit[at] for unit in units] for at in (0, 1))
            found = labelling.kappa(sight, place).score().value
            if len(set(one) | set(other)) == 1:
                assert found is None
            else:
                assert found == pytest.approx(metrics.cohen_kappa_score(one, other), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_against_statsmodels(seed, random_work, view_of, characters):
    witness = pytest.importorskip("statsmodels.stats.inter_rater")
    lengths, work = random_work(seed, missing=0.1)
    units = [unit for unit in columns(lengths, work, characters) if None not in unit]
    found = labelling.pi(view_of(corpus_of(lengths, work, PEOPLE, LABELS))).score()
    if not units:
        assert found.value is None
        return
    sets = sorted({value for unit in units for value in unit}, key=sorted)
    table = np.array([[unit.count(value) for value in sets] for unit in units])
    assert found.value == pytest.approx(witness.fleiss_kappa(table), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_pi_and_distances_against_nltk(seed, random_work, view_of, characters):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    distances = pytest.importorskip("nltk.metrics.distance")
    people = PEOPLE[:2]
    lengths, work = random_work(seed, articles=2, people=people, missing=0)
    units = list(columns(lengths, work, characters, people))
    # It knows no distance between two empty sets, so that "nothing" is a label for it.
    data = [
        (people[who], number, frozenset(value or {"nothing"}))
        for number, unit in enumerate(units)
        for who, value in enumerate(unit)
    ]
    sight = view_of(corpus_of(lengths, work, people, LABELS))
    assert labelling.pi(sight).score().value == pytest.approx(agreement.AnnotationTask(data).pi(), abs=1e-9)
    for name, distance in (("jaccard", distances.jaccard_distance), ("masi", distances.masi_distance)):
        expected = agreement.AnnotationTask(data, distance).alpha()
        assert labelling.alpha(sight, None, name).score().value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_ac1_against_its_definition(seed, random_work, view_of, characters):
    """Gwet (2008), for units with two judgements and more: pa over units, π over the mean classification."""
    lengths, work = random_work(seed)
    units = [[v for v in unit if v is not None] for unit in columns(lengths, work, characters)]
    units = [unit for unit in units if len(unit) > 1]
    sight = view_of(corpus_of(lengths, work, PEOPLE, LABELS))
    for place, label in enumerate(LABELS):
        agreed, yes = [], []
        for unit in units:
            r, k = len(unit), sum(label in value for value in unit)
            agreed.append(Fraction(k * (k - 1) + (r - k) * (r - k - 1), r * (r - 1)))
            yes.append(Fraction(k, r))
        pa, pi = sum(agreed) / len(units), sum(yes) / len(units)
        pe = 2 * pi * (1 - pi)
        expected = None if pi in (0, 1) else pytest.approx(float((pa - pe) / (1 - pe)), abs=1e-12)
        assert labelling.ac1(sight, place).score().value == expected


def u_by_definition(lengths, work, people, value_of):  # noqa: C901 - the paper, line by line
    """Krippendorff et al. (2016): coincidences of segments one by one; gaps count their length, units its square."""
    observed, lengths_of, squares = Counter(), Counter(), Counter()
    for article, length in lengths.items():
        readers = [who for who in people if (article, who) in work]
        if len(readers) < 2:
            continue
        segments = {}
        for who in readers:
            at, mine = 0, []
            for start, end, label in sorted((*each.fragments[0], each.label) for each in work[article, who]):
                mine += [(at, start, None)] * (start > at) + [(start, end, label)]
                at = end
            segments[who] = mine + [(at, length, None)] * (length > at)
        for one, other in permutations(readers, 2):
            for a, b, c in segments[one]:
                for d, e, k in segments[other]:
                    shared = max(0, min(b, e) - max(a, d))
                    observed[value_of(c), value_of(k)] += Fraction(shared, len(readers) - 1)
        for mine in segments.values():
            for a, b, c in mine:
                squares[value_of(c)] += (b - a) if c is None else (b - a) ** 2
    for (one, _), length in observed.items():
        lengths_of[one] += length
    n = sum(lengths_of.values())
    room = n * n - sum(squares.values())
    disagreement = sum(length for (a, b), length in observed.items() if a != b)
    expected = n - sum(n * (lengths_of[c] ** 2 - squares[c]) / room for c in lengths_of)
    return float(1 - disagreement / expected) if expected else None


@pytest.mark.parametrize("seed", SEEDS)
def test_unitizing_against_its_definition(seed, random_work, view_of):
    lengths, raw = random_work(seed, most=5)
    work = {}
    for key, marked in raw.items():
        mine, at = [], 0
        for each in sorted(marked, key=lambda one: one.fragments[0]):
            start, end = each.fragments[0]
            if start >= at:
                mine.append(Marked(each.label, ((start, end),)))
                at = end
        work[key] = mine
    corpus = corpus_of(lengths, work, PEOPLE, LABELS)
    found = family(corpus, view_of(corpus))
    expected = u_by_definition(lengths, work, PEOPLE, lambda value: value)
    assert found.u.score().value == pytest.approx(expected, abs=1e-9)
    expected = u_by_definition(lengths, work, PEOPLE, lambda value: value is not None)
    assert found.u_binary.score().value == pytest.approx(expected, abs=1e-9)


def random_units(dice, length, most):
    count = int(dice.integers(1, most + 1))
    starts = dice.integers(0, length - 10, count).astype(float)
    return Units(starts, starts + dice.integers(1, 10, count), dice.integers(0, 3, count).astype(float))


def cheapest(people, weights):
    """The best alignment by trying: each unit in turn goes into an alignment begun before, or begins one."""
    count = len(people)
    pairs = list(combinations(range(count), 2))
    far = {
        (a, b): weights.alpha * positional(people[a], people[b]) + weights.beta * categorical(people[a], people[b])
        for a, b in pairs
    }
    todo = [(who, place) for who in range(count) for place in range(len(people[who]))]

    def cost(row):
        return sum(1.0 if a not in row or b not in row else far[a, b][row[a], row[b]] for a, b in pairs) / len(pairs)

    def best(at, rows):
        if at == len(todo):
            return sum(map(cost, rows))
        who, place = todo[at]
        options = [best(at + 1, [*rows, {who: place}])]
        for number, row in enumerate(rows):
            if who not in row:
                options.append(best(at + 1, [*rows[:number], {**row, who: place}, *rows[number + 1 :]]))
        return min(options)

    return best(0, [])


@pytest.mark.parametrize("seed", range(25))
def test_alignment_against_trying_all(seed):
    pytest.importorskip("scipy")
    dice = np.random.default_rng(seed)
    people = [random_units(dice, 40, 3) for _ in range(2 + seed % 2)]
    assert best_alignment(people, Weights()).disorders.sum() == pytest.approx(cheapest(people, Weights()), abs=1e-9)


@pytest.mark.filterwarnings("ignore")
def test_gamma_against_pygamma():
    pygamma = pytest.importorskip("pygamma_agreement")
    segment = pytest.importorskip("pyannote.core").Segment
    gamma = pytest.importorskip("annotator.agreement.gamma").gamma
    dissimilarity = pygamma.CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)
    for seed in range(4):
        dice = np.random.default_rng(seed)
        people = [random_units(dice, 100, 8) for _ in range(3)]
        continuum = pygamma.Continuum()
        for who, each in enumerate(people):
            for start, end, category in zip(each.start, each.end, each.category, strict=True):
                continuum.add(f"annotator {who}", segment(start, end), str(int(category)))
        if continuum.num_units != sum(map(len, people)):
            continue  # it drops a unit that stands there twice
        expected = continuum.get_best_alignment(dissimilarity).disorder
        assert gamma(people, 100.0, 1).disorder == pytest.approx(expected, abs=1e-5)

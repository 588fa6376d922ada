"""The coefficients in the letters of their papers, as functions of sums over articles.

Each is a frozen formula: it takes the sums of an article's rows along the last axis, so that one call scores all
articles together, every article left out once, or every bootstrap replicate. ``nan`` stands for undefined inside this
room only; `why` says the reason, and what leaves the room is a `Score`.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from annotator.agreement.corpus import Floats

NOTHING = "no stretch was finished by two or more of them"
ONE_VALUE = "only one value was observed, so that chance alone would agree"


class Formula(Protocol):
    """A coefficient as a function of sums."""

    def __call__(self, sums: Floats) -> Floats:
        """Return the value for each row of sums; nan where it is undefined."""
        ...

    def why(self, sums: Floats) -> str:
        """Return why it is undefined for one row of sums."""
        ...


def _over(numerator: Floats, denominator: Floats) -> Floats:
    """Divide; nan where the denominator is 0."""
    safe = np.where(denominator == 0, 1.0, denominator)
    return np.where(denominator == 0, np.nan, numerator / safe)


_DUST = 1e-6
"""Less than any count can be, more than what rounding leaves of a difference of sums."""


def _is_varied(counts: Floats) -> Floats:
    return np.asarray((counts > _DUST).sum(axis=-1) > 1)


def _quadratic(left: Floats, delta: Floats, right: Floats) -> Floats:
    # No product of matrices: its last digit depends on how many threads compute it.
    return np.asarray(np.einsum("...c,...c->...", np.einsum("...c,ck->...k", left, delta), right))


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's α = 1 − Do/De (Krippendorff 2011, section D; Hayes and Krippendorff 2007).

    ``Do = Σ_c Σ_k o_ck δ²_ck / n``, ``De = Σ_c Σ_k n_c n_k δ²_ck / (n (n − 1))`` where o_ck are the coincidences of
    values c and k, ``n_c = Σ_k o_ck`` and ``n = Σ_c n_c``.

    Sums: ``Σ o_ck δ²_ck``, then n_c for each value c.
    """

    delta: Floats

    def __call__(self, sums: Floats) -> Floats:
        """Return α."""
        n_c = sums[..., 1:]
        n = n_c.sum(axis=-1)
        expected = _over(_quadratic(n_c, self.delta, n_c), n * (n - 1))
        observed = _over(sums[..., 0], n)
        return np.where(_is_varied(n_c), 1 - _over(observed, np.nan_to_num(expected)), np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is no α."""
        return NOTHING if not sums[1:].any() else ONE_VALUE


@dataclass(frozen=True, slots=True)
class Observed:
    """Observed agreement, ``1 − Do`` with nominal distance: the share of pairs of judgements that are equal.

    Sums: as `Alpha`.
    """

    def __call__(self, sums: Floats) -> Floats:
        """Return the share."""
        return 1 - _over(sums[..., 0], sums[..., 1:].sum(axis=-1))

    def why(self, sums: Floats) -> str:  # noqa: ARG002 - the reasons of one formula are asked for like those of all
        """Say why there is none."""
        return NOTHING


@dataclass(frozen=True, slots=True)
class Pi:
    """Scott's π for two, Fleiss' κ for more: ``(P − Pe)/(1 − Pe)``, ``Pe = Σ_j p_j²`` (Scott 1955; Fleiss 1971).

    Sums: disagreement (of unit i: the share of pairs that differ), then p_j·N for each category j. N is their total.
    """

    delta: Floats

    def __call__(self, sums: Floats) -> Floats:
        """Return the coefficient."""
        p = sums[..., 1:]
        total = p.sum(axis=-1)
        expected = _over(_quadratic(p, self.delta, p), total * total)
        return np.where(_is_varied(p), 1 - _over(_over(sums[..., 0], total), np.nan_to_num(expected)), np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is none."""
        return NOTHING if not sums[1:].any() else ONE_VALUE


@dataclass(frozen=True, slots=True)
class AC1:
    """Gwet's AC1 = (pa − pe)/(1 − pe), ``pe = Σ_k π_k (1 − π_k) / (q − 1)`` (Gwet 2008), q categories.

    Sums: as `Pi`. The categories are those that can be given: also one that nobody gave counts in q.
    """

    def __call__(self, sums: Floats) -> Floats:
        """Return AC1."""
        total = sums[..., 1:].sum(axis=-1)
        pi = _over(sums[..., 1:], total[..., None])
        q = sums.shape[-1] - 1
        if q < 2:
            return np.full(total.shape, np.nan)
        chance = (pi * (1 - pi)).sum(axis=-1) / (q - 1)
        agreement = 1 - _over(sums[..., 0], total)
        # The formula would give 1 where only one value was observed; it says nothing about agreement there.
        return np.where(_is_varied(pi), _over(agreement - chance, 1 - chance), np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is none."""
        return NOTHING if not sums[1:].any() else ONE_VALUE


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's κ = (po − pc)/(1 − pc), ``pc = Σ_j p_j. p_.j`` (Cohen 1960), weighted by a distance if it is not 0 and 1.

    Sums: ``Σ f_jk δ_jk`` over the table f, then its row totals, then its column totals.
    """

    delta: Floats

    def __call__(self, sums: Floats) -> Floats:
        """Return κ."""
        count = self.delta.shape[0]
        rows, columns = sums[..., 1 : 1 + count], sums[..., 1 + count :]
        n = rows.sum(axis=-1)
        expected = _over(_quadratic(rows, self.delta, columns), n * n)
        # Both gave one and the same value everywhere: nothing to tell chance from.
        return np.where(_is_varied(rows + columns), 1 - _over(_over(sums[..., 0], n), np.nan_to_num(expected)), np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is none."""
        return NOTHING if not sums[1:].any() else ONE_VALUE


@dataclass(frozen=True, slots=True)
class FMeasure:
    """F1 = 2 tp / (|A| + |B|): the limit of κ as what neither marked grows (Hripcsak and Rothschild 2005).

    Sums: matched spans, spans of one, spans of the other.
    """

    def __call__(self, sums: Floats) -> Floats:
        """Return F1."""
        return _over(2 * sums[..., 0], sums[..., 1] + sums[..., 2])

    def why(self, sums: Floats) -> str:  # noqa: ARG002
        """Say why there is none."""
        return "none of them marked such a span"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: recall, precision, agr(a‖b) (Wiebe, Wilson and Cardie 2005), prevalence.

    Sums: the part, the whole. `nothing` says what it means that there is no whole.
    """

    nothing: str

    def __call__(self, sums: Floats) -> Floats:
        """Return the share."""
        return _over(sums[..., 0], sums[..., 1])

    def why(self, sums: Floats) -> str:  # noqa: ARG002
        """Say why there is none."""
        return self.nothing


def nominal(count: int) -> Floats:
    """Return the nominal distance between `count` values: 0 for equals, else 1."""
    return 1.0 - np.eye(count)

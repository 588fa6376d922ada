"""What is asked of an agreement report. No numpy here: asking is cheap, and the window starts fast."""

import re
from dataclasses import dataclass

MEASURES = (
    "krippendorff_alpha",
    "krippendorff_alpha_jaccard",
    "krippendorff_alpha_masi",
    "observed",
    "scott_pi",
    "gwet_ac1",
    "u_alpha",
    "u_alpha_binary",
    "cu_alpha",
    "ku_alpha",
    "cohen_kappa",
    "fleiss_kappa",
    "gamma",
    "gamma_cat",
    "gamma_k",
    "span_f1",
    "agr",
    "role_f1",
    "target_f1",
    "attribute_alpha",
)
SLOW = ("gamma", "gamma_cat", "gamma_k")
"""Only when asked for by name, or with ``all``."""
OF_SPANS = ("span_f1", "agr", "role_f1", "target_f1", "attribute_alpha")
"""Measures that count spans, whatever the unit."""
UNITS = ("character", "token", "span")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Request:
    """What to measure. Empty means everything there is.

    Attributes:
        annotators: names or ids; nobody named: all who have finished something, but for second readings.
        labels: ids, names or keys.
        articles: ids.
        outlet: only articles of this outlet.
        since, until: only articles published then (ISO 8601 dates, both included; as precise as given).
        unit: what the coefficients of labelling count: ``character`` or ``token``; ``span``: the span measures alone.
        measures: some of `MEASURES`; empty: all but the slow ones.
        tolerance: by how many words an edge may be off for the match ``tolerance``; 0: that match is not made.
        iou: the smallest intersection over union for the match ``iou``.
        replicates: how often articles are drawn again for the intervals; 0: no intervals.
        seed: of whatever is drawn at random.
    """

    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    articles: frozenset[str] = frozenset()
    outlet: str = ""
    since: str = ""
    until: str = ""
    unit: str = "character"
    measures: tuple[str, ...] = ()
    tolerance: int = 0
    iou: float = 0.5
    replicates: int = 2000
    seed: int = 1

    @property
    def wanted(self) -> tuple[str, ...]:
        """The measures to compute, in the order of `MEASURES`."""
        chosen = self.measures or tuple(name for name in MEASURES if name not in SLOW)
        return tuple(name for name in MEASURES if name in chosen and (self.unit != "span" or name in OF_SPANS))


def is_date(word: str) -> bool:
    """Return whether this can be `Request.since` or `Request.until`: 2010, 2010-03 or 2010-03-19."""
    return _DATE.fullmatch(word) is not None

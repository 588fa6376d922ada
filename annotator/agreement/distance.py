"""How far two sets of labels are apart."""

from collections.abc import Sequence

import numpy as np

from annotator.agreement.corpus import Floats


def jaccard(left: int, right: int) -> float:
    """Return ``1 − |A ∩ B| / |A ∪ B|`` of two sets given as bit masks; 0 for two empty ones."""
    union = (left | right).bit_count()
    return 1 - (left & right).bit_count() / union if union else 0.0


def masi(left: int, right: int) -> float:
    """Return ``1 − J·M`` of two sets given as bit masks (Passonneau 2006); 0 for two empty ones.

    J is the Jaccard coefficient; M is 1 for equal sets, 2/3 where one contains the other, 1/3 where they cross, 0 where
    they are disjoint.
    """
    if left == right:
        return 0.0
    shared = left & right
    monotonicity = 0.0 if not shared else 2 / 3 if shared in (left, right) else 1 / 3
    return 1 - (1 - jaccard(left, right)) * monotonicity


DISTANCES = {"jaccard": jaccard, "masi": masi}


def between(masks: Sequence[int], name: str) -> Floats:
    """Return the distances between all pairs of sets, under the name ``nominal``, ``jaccard`` or ``masi``."""
    if name == "nominal":
        return 1.0 - np.eye(len(masks))
    measure = DISTANCES[name]
    return np.array([[measure(left, right) for right in masks] for left in masks]).reshape(len(masks), len(masks))

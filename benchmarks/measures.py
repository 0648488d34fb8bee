"""Measures of ranked retrieval, and how sure they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

RESAMPLES = 10_000
SEED = 20240229


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first ``k``, gain = grade, discount = log2(rank + 1), 0 to 1.

    As trec_eval's ndcg_cut (Järvelin and Kekäläinen 2002), which the published figures of BEIR use.
    """
    gained = sum(grades.get(name, 0) / math.log2(rank + 2) for rank, name in enumerate(ranked[:k]))
    best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:k]))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Share of the relevant ones among the first ``k``."""
    return len(set(ranked[:k]) & grades.keys()) / len(grades)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of the mean: percentiles of the means of resampled queries (bootstrap), the same at every call."""
    random = np.random.default_rng(SEED)
    sample = np.asarray(values)
    means = sample[random.integers(0, len(sample), size=(RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)

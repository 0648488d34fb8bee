"""Clustering by complete linkage: no two members of a cluster are less alike than the threshold. Deterministic."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1024


def cluster(vectors: NDArray[np.float32], threshold: float) -> list[list[int]]:
    """Clusters of the rows of an (n, d) array of unit vectors; members and clusters in row order.

    The closest pairs are joined first, as long as all members of the joined cluster stay within the threshold.
    """
    home = list(range(len(vectors)))
    groups: dict[int, list[int]] = {row: [row] for row in home}
    for _, left, right in sorted(_pairs(vectors, threshold)):
        a, b = home[left], home[right]
        if a == b or not _all_alike(vectors, groups[a], groups[b], threshold):
            continue
        first, second = min(a, b), max(a, b)
        groups[first] = sorted(groups[first] + groups.pop(second))
        for row in groups[first]:
            home[row] = first
    return [groups[row] for row in sorted(groups)]


def _pairs(vectors: NDArray[np.float32], threshold: float) -> Iterator[tuple[float, int, int]]:
    """(−cosine rounded, row, later row) of all pairs above the threshold; a block of rows at a time to bound memory."""
    for start in range(0, len(vectors), _BLOCK):
        close = vectors[start : start + _BLOCK] @ vectors[start:].T
        for left, right in np.argwhere(close >= threshold):
            if right > left:
                yield -round(float(close[left, right]), 4), start + int(left), start + int(right)


def _all_alike(vectors: NDArray[np.float32], left: list[int], right: list[int], threshold: float) -> bool:
    return bool((vectors[left] @ vectors[right].T >= threshold).all())

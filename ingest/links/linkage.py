"""Clustering by complete linkage: no two members of a cluster are unlike one another. Deterministic."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1024
Alike = Callable[[int, int, float], bool]


def cluster(
    vectors: NDArray[np.float32], threshold: float, alike: Alike = lambda _left, _right, _cosine: True
) -> list[list[int]]:
    """Clusters of the rows of an (n, d) array of unit vectors; members and clusters in row order.

    Two rows belong together where their cosine reaches the threshold and ``alike`` (row, later row, cosine) says so.
    The closest pairs are joined first, as long as all members of the joined cluster belong together.
    """
    pairs = sorted(
        (-cosine, left, right) for cosine, left, right in close_pairs(vectors, threshold) if alike(left, right, cosine)
    )
    together = {(left, right) for _, left, right in pairs}
    home = list(range(len(vectors)))
    groups: dict[int, list[int]] = {row: [row] for row in home}
    for _, left, right in pairs:
        a, b = home[left], home[right]
        if a == b or not all((min(x, y), max(x, y)) in together for x in groups[a] for y in groups[b]):
            continue
        first, second = min(a, b), max(a, b)
        groups[first] = sorted(groups[first] + groups.pop(second))
        for row in groups[first]:
            home[row] = first
    return [groups[row] for row in sorted(groups)]


def close_pairs(vectors: NDArray[np.float32], threshold: float) -> Iterator[tuple[float, int, int]]:
    """(cosine rounded to four places, row, later row) of all pairs that reach the threshold; a block at a time."""
    for start in range(0, len(vectors), _BLOCK):
        close = np.round(vectors[start : start + _BLOCK] @ vectors[start:].T, 4)
        for left, right in np.argwhere(close >= threshold):
            if right > left:
                yield round(float(close[left, right]), 4), start + int(left), start + int(right)

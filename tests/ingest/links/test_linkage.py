"""Complete linkage: members of one cluster are all alike, and the order of equal pairs is fixed."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.links.linkage import cluster


def unit(rows: list[list[float]]) -> NDArray[np.float32]:
    vectors = np.asarray(rows, dtype=np.float32)
    normed: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


def test_a_chain_is_not_one_cluster() -> None:
    vectors = unit([[np.cos(a), np.sin(a)] for a in (0.0, 0.4, 0.8, 3.0)])
    assert cluster(vectors, 0.9) == [[0, 1], [2], [3]]


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)).filter(any), max_size=30))
def test_clusters_part_the_rows_and_are_tight(points: list[tuple[int, int]]) -> None:
    vectors = unit([list(map(float, p)) for p in points]) if points else np.zeros((0, 2), dtype=np.float32)
    groups = cluster(vectors, 0.8)
    assert sorted(row for group in groups for row in group) == list(range(len(points)))
    assert all((vectors[g] @ vectors[g].T >= 0.8 - 1e-5).all() for g in groups)
    assert cluster(vectors, 0.8) == groups

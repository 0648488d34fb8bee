"""Search by meaning is exact, whatever ties, filters and rows there are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.errors import ModelError, SnapshotError
from kg.index.vectors import VectorIndex


def _unit(seed: int, rows: int, dimension: int = 8) -> NDArray[np.float32]:
    matrix = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def _ids(rows: int) -> list[str]:
    return [f"p{row:04}" for row in range(rows)]


@given(seed=st.integers(0, 99), rows=st.integers(1, 60), k=st.integers(0, 70), every=st.integers(1, 5))
def test_search_is_the_sorted_product(seed: int, rows: int, k: int, every: int) -> None:
    matrix, query = _unit(seed, rows), _unit(seed + 100, 1)[0]
    allowed = _ids(rows)[::every]
    hits = VectorIndex.build(_ids(rows), matrix).search(query, k, allowed)
    expected = sorted((-round(float(score), 6), row) for score, row in zip(matrix @ query, _ids(rows), strict=True))
    expected = [(score, row) for score, row in expected if row in allowed][:k]
    assert [hit.score for hit in hits] == pytest.approx([-score for score, _ in expected], abs=3e-6)
    assert len({hit.id for hit in hits} & set(allowed)) == min(k, len(allowed)) == len(hits)


def test_ties_come_by_id_even_at_the_cut() -> None:
    matrix = np.repeat(_unit(1, 2), [200, 3], axis=0)
    ids = [f"p{row:04}" for row in np.random.default_rng(2).permutation(203)]
    hits = VectorIndex.build(ids, matrix).search(matrix[0], 5)
    assert [hit.id for hit in hits] == sorted(ids[:200])[:5]
    assert all(hit.score == pytest.approx(1.0) for hit in hits)


def test_filter_comes_before_the_cut() -> None:
    matrix = _unit(3, 500)
    index = VectorIndex.build(_ids(500), matrix)
    far = [_ids(500)[row] for row in np.argsort(matrix @ matrix[0])[:7]]
    assert {hit.id for hit in index.search(matrix[0], 7, far)} == set(far)
    assert len(index.search(matrix[0], 50, [*far, "unknown"])) == 7
    assert index.search(matrix[0], 5, []) == []


def test_saved_index_opens_equal_and_same_bytes(tmp_path: Path) -> None:
    matrix = _unit(4, 20)
    index = VectorIndex.build(_ids(20)[::-1], matrix)
    index.save(tmp_path / "a", "passages")
    index.save(tmp_path / "b", "passages")
    opened = VectorIndex.open(tmp_path / "a", "passages")
    assert opened.ids == tuple(_ids(20))
    assert (len(opened), opened.dimension) == (20, 8)
    assert opened.search(matrix[3], 20) == index.search(matrix[3], 20)
    assert opened.vector("p0019").tobytes() == matrix[0].tobytes()
    assert "p0019" in opened
    assert "p9" not in opened
    for name in ("passages.faiss", "passages.ids"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    VectorIndex.build([], np.empty((0, 8), dtype=np.float32)).save(tmp_path, "statements")
    opened = VectorIndex.open(tmp_path, "statements")
    assert opened.search(_unit(1, 1)[0], 5) == []


@given(seed=st.integers(0, 99), first=st.integers(0, 199), size=st.integers(0, 50))
def test_a_cosine_is_the_same_in_any_company(seed: int, first: int, size: int) -> None:
    matrix, query, ids = _unit(seed, 200, 384), _unit(seed + 100, 1, 384)[0], _ids(200)
    index = VectorIndex.build(ids, matrix)
    whole = dict(zip(ids, index.cosines(query, ids), strict=True))
    some = ids[first : first + size]
    assert index.cosines(query, some) == [whole[name] for name in some]
    assert list(whole.values()) == pytest.approx((matrix @ query).tolist(), abs=2e-6)


def test_wrong_input_is_refused(tmp_path: Path) -> None:
    index = VectorIndex.build(_ids(3), _unit(1, 3))
    with pytest.raises(ModelError, match="8 numbers, got 5"):
        index.search(_unit(1, 1, 5)[0], 1)
    with pytest.raises(ValueError, match="2 ids"):
        VectorIndex.build(_ids(2), _unit(1, 3))
    with pytest.raises(ValueError, match="1 different"):
        VectorIndex.build(["a", "a"], _unit(1, 2))
    with pytest.raises(KeyError):
        index.vector("nobody")
    with pytest.raises(KeyError, match="nobody"):
        index.cosines(_unit(1, 1)[0], ["p0001", "nobody"])
    with pytest.raises(SnapshotError, match="policyweave verify"):
        VectorIndex.open(tmp_path, "passages")
    index.save(tmp_path, "passages")
    (tmp_path / "passages.ids").write_text("p1\n")
    with pytest.raises(SnapshotError, match="do not match"):
        VectorIndex.open(tmp_path, "passages")

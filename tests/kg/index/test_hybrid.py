"""Hybrid search equals the ranking that brute force gives: ties, filters, cuts and a side that finds nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.index.hybrid import MEANING, HybridIndex
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex

WORDS = ("harbour", "timber", "pilot", "kiln", "school", "winter", "ferry", "export")
ROWS = 900
Vector = NDArray[np.float32]


def _unit(seed: int, rows: int) -> Vector:
    matrix = np.random.default_rng(seed).normal(size=(rows, 6)).astype(np.float32)
    unit: Vector = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return unit


def _texts() -> list[str]:
    random = np.random.default_rng(7)
    return [" ".join(random.choice(WORDS, size=random.integers(1, 7))) for _ in range(ROWS)]


IDS = [f"p{row:04}" for row in range(ROWS)]
# A third of the records repeats others in meaning, a third in words, so that both sides hold ties.
MATRIX = np.concatenate([_unit(1, ROWS * 2 // 3), np.repeat(_unit(2, 30), ROWS // 90, axis=0)])
TEXTS = [*_texts()[: ROWS // 2], *_texts()[: ROWS - ROWS // 2]]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[VectorIndex, WordIndex]:
    folder = tmp_path_factory.mktemp("hybrid") / "words"
    WordIndex.build(folder, [(name, "passage", text) for name, text in zip(IDS, TEXTS, strict=True)])
    return VectorIndex.build(IDS, MATRIX), WordIndex.open(folder)


@pytest.fixture(scope="module")
def index(parts: tuple[VectorIndex, WordIndex]) -> HybridIndex:
    return HybridIndex(*parts, "passage")


def _brute(
    parts: tuple[VectorIndex, WordIndex], text: str, vector: Vector, allowed: Collection[str]
) -> list[tuple[str, float]]:
    """Every record scored by the definition, then filtered and sorted."""
    bm25 = {hit.id: hit.score for hit in parts[1].search(text, ROWS, "passage")}
    cosines = MATRIX @ vector
    best, most = max(cosines), max(bm25.values(), default=1.0)
    score = {
        name: MEANING * (cosine + 1) / (best + 1) + (1 - MEANING) * bm25.get(name, 0.0) / most
        for name, cosine in zip(IDS, cosines.tolist(), strict=True)
        if name in allowed
    }
    return sorted(score.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(10, 60),
    said=st.lists(st.sampled_from([*WORDS, "absent"]), max_size=4),
    k=st.integers(0, 300),
    every=st.integers(1, 40),
)
def test_equals_filter_first_then_rank(
    parts: tuple[VectorIndex, WordIndex], index: HybridIndex, seed: int, said: list[str], k: int, every: int
) -> None:
    vector, allowed, text = _unit(seed, 1)[0], set(IDS[::every]), " ".join(said)
    hits = index.search(text, vector, k, allowed)
    expected = _brute(parts, text, vector, allowed)
    assert len(hits) == min(k, len(allowed))
    assert {hit.id for hit in hits} <= allowed
    assert [hit.score for hit in hits] == pytest.approx([score for _, score in expected[:k]], abs=3e-6)
    by_name = dict(expected)
    assert [hit.score for hit in hits] == pytest.approx([by_name[hit.id] for hit in hits], abs=3e-6)
    assert [(-hit.score, hit.id) for hit in hits] == sorted((-hit.score, hit.id) for hit in hits)


@pytest.mark.parametrize("text", ["harbour pilot", "kiln", "absent"])
def test_a_longer_page_begins_like_a_shorter_one(index: HybridIndex, text: str) -> None:
    vector = _unit(99, 1)[0]
    whole = index.search(text, vector, ROWS)
    assert len(whole) == ROWS
    for k in (1, 10, 127, 128, 129, 500):
        assert index.search(text, vector, k) == whole[:k]


def test_a_filter_leaves_scores_and_order_as_they_are(index: HybridIndex) -> None:
    vector, allowed = _unit(98, 1)[0], set(IDS[5::7])
    whole = index.search("timber export", vector, ROWS)
    assert index.search("timber export", vector, 60, allowed) == [hit for hit in whole if hit.id in allowed][:60]


def test_without_a_known_word_meaning_decides_alone(parts: tuple[VectorIndex, WordIndex], index: HybridIndex) -> None:
    vector = _unit(97, 1)[0]
    hits = index.search("absent", vector, 20)
    assert [hit.id for hit in hits] == [hit.id for hit in parts[0].search(vector, 20)]
    assert hits[0].score == pytest.approx(MEANING)
    assert {hit.lexical for hit in hits} == {0.0}


def test_the_weight_reaches_from_words_alone_to_meaning_alone(parts: tuple[VectorIndex, WordIndex]) -> None:
    vector = _unit(96, 1)[0]
    words = HybridIndex(*parts, "passage", meaning=0.0).search("ferry school", vector, 15)
    assert [hit.id for hit in words] == [hit.id for hit in parts[1].search("ferry school", 15, "passage")]
    meaning = HybridIndex(*parts, "passage", meaning=1.0).search("ferry school", vector, 15)
    assert [hit.id for hit in meaning] == [hit.id for hit in parts[0].search(vector, 15)]
    with pytest.raises(ValueError, match="from 0 to 1"):
        HybridIndex(*parts, "passage", meaning=1.5)


def test_best_on_both_sides_scores_one_and_twins_tie(tmp_path: Path) -> None:
    WordIndex.build(tmp_path / "w", [(name, "passage", "cold storage") for name in ("b", "a", "c")])
    vectors = VectorIndex.build(["b", "a", "c"], np.repeat(_unit(3, 1), 3, axis=0))
    hits = HybridIndex(vectors, WordIndex.open(tmp_path / "w"), "passage").search("storage", _unit(3, 1)[0], 2)
    assert [(hit.id, hit.score) for hit in hits] == [("a", 1.0), ("b", 1.0)]


def test_an_empty_index_and_an_opposite_vector(tmp_path: Path) -> None:
    WordIndex.build(tmp_path / "w", [("a", "passage", "cold")])
    words, vector = WordIndex.open(tmp_path / "w"), _unit(4, 1)
    assert HybridIndex(VectorIndex.build(["a"], vector), words, "passage").search("warm", -vector[0], 3)[0].score == 0
    empty = VectorIndex.build([], np.empty((0, 6), dtype=np.float32))
    assert HybridIndex(empty, words, "statement").search("cold", vector[0], 3) == []


def test_another_dimension_is_refused(index: HybridIndex) -> None:
    with pytest.raises(ModelError, match="6 numbers, got 3"):
        index.search("ferry", np.ones(3, dtype=np.float32), 3)

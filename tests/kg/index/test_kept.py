"""Vectors of fixed texts are made once and kept beside the models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.index.embedder import Embedder
from kg.index.kept import embed_kept

TEXTS = ("Empty harbours", "Rusty cranes")


class Counting:
    """The real embedder, and how often it was asked."""

    def __init__(self, inner: Embedder, fingerprint: str = "") -> None:
        self._inner = inner
        self.name, self.dimension = inner.name, inner.dimension
        self.fingerprint = fingerprint or inner.fingerprint
        self.times = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.times += 1
        return self._inner.embed(texts)


def test_they_are_made_once(embedder: Embedder, tmp_path: Path) -> None:
    counting = Counting(embedder)
    first, second = (embed_kept(TEXTS, counting, tmp_path / "models") for _ in range(2))
    assert counting.times == 1
    assert (first == second).all()
    assert (first == embedder.embed(TEXTS)).all()


def test_other_texts_and_other_models_are_other_vectors(embedder: Embedder, tmp_path: Path) -> None:
    counting, other = Counting(embedder), Counting(embedder, "f" * 64)
    embed_kept(TEXTS, counting, tmp_path)
    embed_kept(TEXTS[::-1], counting, tmp_path)
    embed_kept(TEXTS, other, tmp_path)
    assert (counting.times, other.times) == (2, 1)


@pytest.mark.parametrize("damage", [b"", b"no array", b"\x93NUMPY\x01\x00v\x00"])
def test_a_damaged_file_is_made_again(embedder: Embedder, tmp_path: Path, damage: bytes) -> None:
    counting = Counting(embedder)
    embed_kept(TEXTS, counting, tmp_path)
    (file,) = tmp_path.glob("texts-*.npy")
    file.write_bytes(damage)
    assert embed_kept(TEXTS, counting, tmp_path).shape == (2, embedder.dimension)
    assert embed_kept(TEXTS, counting, tmp_path).shape == (2, embedder.dimension)
    assert counting.times == 2


def test_where_nothing_can_be_kept_it_still_works(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    assert embed_kept(TEXTS, embedder, tmp_path / "models").shape == (2, embedder.dimension)

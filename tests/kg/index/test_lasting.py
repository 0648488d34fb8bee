"""Vectors outlast the run; a torn or damaged file costs time and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.index.embedder import Embedder
from kg.index.lasting import Lasting

TEXTS = ["tram lines", "bus lanes", "cycle paths"]


def test_they_are_embedded_once(embedder: Embedder, tmp_path: Path) -> None:
    first = Lasting(embedder, tmp_path / "work")
    vectors = first.embed([*TEXTS, TEXTS[0]])
    assert np.array_equal(vectors, embedder.embed([*TEXTS, TEXTS[0]]))
    second = Lasting(embedder, tmp_path / "work")
    assert np.array_equal(second.embed(TEXTS[::-1]), vectors[[2, 1, 0]])
    assert (first.embedded, second.embedded) == (3, 0)
    assert second.embed([]).shape == (0, embedder.dimension)
    assert (second.name, second.fingerprint) == (embedder.name, embedder.fingerprint)


def test_what_nobody_asked_for_goes(embedder: Embedder, tmp_path: Path) -> None:
    Lasting(embedder, tmp_path).embed(TEXTS)
    (tmp_path / "vectors-of-another-model").write_bytes(b"old")
    second = Lasting(embedder, tmp_path)
    second.embed(TEXTS[:1])
    second.settle()
    third = Lasting(embedder, tmp_path)
    third.embed(TEXTS)
    assert third.embedded == 2
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("cut", [1, 700])
def test_a_torn_end_is_dropped_and_written_over(embedder: Embedder, tmp_path: Path, cut: int) -> None:
    Lasting(embedder, tmp_path).embed(TEXTS)
    (place,) = tmp_path.iterdir()
    place.write_bytes(place.read_bytes()[:-cut])
    second = Lasting(embedder, tmp_path)
    assert np.array_equal(second.embed(TEXTS), embedder.embed(TEXTS))
    assert second.embedded == 1
    third = Lasting(embedder, tmp_path)
    third.embed(TEXTS)
    assert third.embedded == 0


def test_a_damaged_record_is_not_believed(embedder: Embedder, tmp_path: Path) -> None:
    Lasting(embedder, tmp_path).embed(TEXTS)
    (place,) = tmp_path.iterdir()
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)
    second = Lasting(embedder, tmp_path)
    assert np.array_equal(second.embed(TEXTS), embedder.embed(TEXTS))
    assert second.embedded == 1


def test_where_nothing_can_be_kept_it_still_works(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file where a folder should be")
    lasting = Lasting(embedder, tmp_path / "work")
    assert lasting.embed(TEXTS).shape == (3, embedder.dimension)
    lasting.settle()

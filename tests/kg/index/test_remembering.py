"""An embedder that remembers gives the same vectors and asks for each text once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.index.embedder import Embedder
from kg.index.remembering import Remembering


class Counting(Remembering):
    """Counts the texts that reach a real embedder."""

    def __init__(self, inner: Embedder) -> None:
        super().__init__(inner)
        self.real = inner
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self.real.embed(texts)


def test_each_text_is_embedded_once(embedder: Embedder) -> None:
    counting = Counting(embedder)
    remembering = Remembering(counting)
    texts = ["tram lines", "bus lanes", "tram lines"]
    first = remembering.embed(texts)
    second = remembering.embed(["bus lanes", "cycle paths"])
    assert sorted(counting.asked) == ["bus lanes", "cycle paths", "tram lines"]
    assert np.array_equal(first, embedder.embed(texts))
    assert np.array_equal(second[0], first[1])
    assert remembering.embed([]).shape == (0, embedder.dimension)

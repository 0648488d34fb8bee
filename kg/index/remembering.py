"""An embedder that embeds each text once: extraction and indexing ask for the vectors of the same sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.index.embedder import Embedder


class Remembering:
    """An ``Embedder`` that keeps the vectors of one run (4 bytes × dimension a text) and asks another for new ones."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """The inner embedder's name."""
        return self._inner.name

    @property
    def fingerprint(self) -> str:
        """The inner embedder's fingerprint."""
        return self._inner.fingerprint

    @property
    def dimension(self) -> int:
        """Numbers a vector has."""
        return self._inner.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of ``texts`` in their order, shape (n, dimension), each of length 1."""
        new = sorted(set(texts) - self._known.keys())
        if new:
            self._known.update(zip(new, self._inner.embed(new), strict=True))
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])

"""Hybrid search: what a text means and which words it has, fused into one exact ranking of the records of one kind.

The fusion is a convex combination of the two scores after theoretical min-max normalisation (Bruch, Gai and Ingber,
"An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 2023): a cosine is scaled from its least possible
value, -1, to the best of the query; BM25 from 0 to the best of the query. Both bests are taken over all records,
whatever the filter, so that a record has one score for a query in any filtered or paged search.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.index.hits import Hit
from kg.index.vectors import VectorIndex
from kg.index.words import WordIndex

# The authors' weight of meaning, which they chose on MS MARCO and found to hold on other collections.
MEANING: Final = 0.8
_DIGITS: Final = 6
_DEPTH: Final = 128
# Kept from dividing by nothing where even the best cosine is -1.
_LEAST: Final = 1e-9
# More than the rounding of scores and the library's own arithmetic can differ by.
_SLACK: Final = 1e-5
T = TypeVar("T", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Fused:
    """One result. ``score`` and ``lexical`` (share of the best word match) go from 0 to 1, ``dense`` is a cosine."""

    id: str
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The best cosine and the best BM25 score that any record has for the query, and the weight of meaning."""

    dense: float
    lexical: float
    meaning: float

    def share(self, bm25: float) -> float:
        """A BM25 score as a share of the best; 0 where no word of the query occurs."""
        return bm25 / self.lexical if self.lexical > 0 else 0.0

    def fuse(self, cosine: T, share: T) -> T:
        """The fused score of a cosine and a share of the best word match, or of many of them."""
        return self.meaning * (cosine + 1) / max(self.dense + 1, _LEAST) + (1 - self.meaning) * share


class HybridIndex:
    """The vectors and the words of one kind of record, searched together; may be used from several threads.

    ``meaning`` weighs vectors against words: 1 ranks by vectors alone, 0 by words alone.
    """

    def __init__(self, vectors: VectorIndex, words: WordIndex, kind: str, meaning: float = MEANING) -> None:
        if not 0 <= meaning <= 1:
            raise ValueError(f"the weight of meaning is from 0 to 1, not {meaning}")
        self._vectors = vectors
        self._words = words
        self._kind = kind
        self._meaning = meaning

    def search(
        self, text: str, vector: NDArray[np.float32], k: int, allowed: Collection[str] | None = None
    ) -> list[Fused]:
        """The ``k`` records that fit ``text`` and its ``vector`` (d,) best, ties by id.

        The ranking is exact: it equals the one of all records. With ``allowed`` only these ids count, and as many as
        ``k`` asks for and exist come back. ModelError where the vector has another dimension than the index.
        """
        among = None if allowed is None else frozenset(name for name in allowed if name in self._vectors)
        total = len(self._vectors) if among is None else len(among)
        wanted = min(k, total)
        if wanted <= 0:
            return []
        scale: Scale | None = None
        depth = max(_DEPTH, wanted)
        while True:
            near = self._vectors.search(vector, depth, among)
            said = self._words.search(text, depth, self._kind, among)
            scale = scale or self._scale(text, vector, near, said, among is not None)
            ranked = self._ranked(text, vector, scale, near, said, wanted, len(said) < depth)
            if len(near) == total or ranked[-1].score > _unseen(scale, near, said, depth) + _SLACK:
                return ranked
            depth *= 4

    def _scale(
        self, text: str, vector: NDArray[np.float32], near: Sequence[Hit], said: Sequence[Hit], filtered: bool
    ) -> Scale:
        """The bests of the query: those of what was found unless that was ``filtered``."""
        if filtered:
            near, said = self._vectors.search(vector, 1), self._words.search(text, 1, self._kind)
        return Scale(near[0].score, said[0].score if said else 0.0, self._meaning)

    def _ranked(
        self,
        text: str,
        vector: NDArray[np.float32],
        scale: Scale,
        near: Sequence[Hit],
        said: Sequence[Hit],
        wanted: int,
        complete: bool,
    ) -> list[Fused]:
        """The best of all that either side found, by both scores. ``complete``: what is not ``said`` has no word."""
        bm25 = {hit.id: hit.score for hit in said}
        found = sorted({hit.id for hit in near} | bm25.keys())
        unsaid = [] if complete else [name for name in found if name not in bm25]
        bm25 |= {hit.id: hit.score for hit in self._words.search(text, len(unsaid), self._kind, unsaid)}
        cosines = np.array(self._vectors.cosines(vector, found))
        shares = np.array([scale.share(bm25.get(name, 0.0)) for name in found])
        scores = np.round(scale.fuse(cosines, shares), _DIGITS)
        # Ids are in order already, and a stable sort leaves ties so.
        best = np.argsort(-scores, kind="stable")[:wanted].tolist()
        columns = zip(
            scores[best].tolist(), cosines[best].tolist(), np.round(shares[best], _DIGITS).tolist(), strict=True
        )
        return [Fused(found[row], *values) for row, values in zip(best, columns, strict=True)]


def _unseen(scale: Scale, near: Sequence[Hit], said: Sequence[Hit], depth: int) -> float:
    """The most that a record which neither side found can score (the bound of Fagin's threshold algorithm)."""
    share = scale.share(said[-1].score) if len(said) == depth else 0.0
    return scale.fuse(near[-1].score, share)

"""Nearness in meaning: cosines of the question to sentences, passages, statements and concepts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.index.hits import Hit

Vector = NDArray[np.float32]


class Vectors(Protocol):
    """What is needed of a snapshot's vector index."""

    def search(self, query: Vector, k: int, allowed: Collection[str] | None = None) -> list[Hit]:
        """The k nearest, best first; only those ``allowed`` where that is given."""
        ...

    def vector(self, identifier: str) -> Vector:
        """The vector (d,) of one id."""
        ...


class VectorStore(Protocol):
    """What is needed of a snapshot."""

    def vectors(self, name: str) -> Vectors:
        """The index called passages, sentences, statements or concepts."""
        ...


@dataclass(frozen=True, slots=True)
class Cosines:
    """Cosines by id for the best of each kind; ``floor`` is the least one of a sentence, for those not among them."""

    sentences: Mapping[str, float]
    passages: Mapping[str, float]
    statements: Mapping[str, float]
    concepts: Mapping[str, float]

    @property
    def floor(self) -> float:
        """What is taken for a sentence that was not among those found: the least cosine of these."""
        return min(self.sentences.values(), default=0.0)


def near_concepts(store: VectorStore, question: Vector, depth: int) -> Mapping[str, float]:
    """Cosines of the ``depth`` concepts nearest to the question's vector (d,)."""
    return _near(store, "concepts", question, depth)


def nearest(
    store: VectorStore,
    question: Vector,
    depth: int,
    sentences: Mapping[str, float],
    concepts: Mapping[str, float],
    admitted: Mapping[str, Collection[str]] | None = None,
) -> Cosines:
    """The ``depth`` passages and statements nearest to the question's vector (d,).

    With ``admitted`` as many again of these. The cosines of ``sentences`` and ``concepts`` are known already.
    """
    among = admitted or {}
    return Cosines(
        sentences=sentences,
        passages=_near(store, "passages", question, depth, among.get("passages")),
        statements=_near(store, "statements", question, depth, among.get("statements")),
        concepts=concepts,
    )


def _near(
    store: VectorStore, name: str, question: Vector, depth: int, admitted: Collection[str] | None = None
) -> Mapping[str, float]:
    hits = store.vectors(name).search(question, depth)
    if admitted is not None and len(hits) == depth:
        hits = hits + store.vectors(name).search(question, depth, admitted)
    return {hit.id: hit.score for hit in hits}


def closeness(store: VectorStore, vectors: NDArray[np.float32]) -> list[float]:
    """For each of the vectors (n, d) the cosine of the sentence nearest to it, 0 where there is no sentence."""
    found = (store.vectors("sentences").search(vector, 1) for vector in vectors)
    return [hits[0].score if hits else 0.0 for hits in found]


def nearest_of(store: VectorStore, vector: Vector, sentences: Collection[str]) -> float:
    """The cosine of the nearest among the given sentences, 0 where none is given."""
    hits = store.vectors("sentences").search(vector, 1, allowed=sentences) if sentences else []
    return hits[0].score if hits else 0.0

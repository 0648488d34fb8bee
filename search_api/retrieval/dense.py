"""Nearness in meaning: cosines of the question to sentences, passages, statements and concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kg.index.hits import Hit

Vector = NDArray[np.float32]
TOPIC_DEPTH: Final = 30
TOPIC_NEAR: Final = 0.5


class Vectors(Protocol):
    """What is needed of a snapshot's vector index."""

    def search(self, query: Vector, k: int) -> list[Hit]:
        """The k nearest, best first."""
        ...


class VectorStore(Protocol):
    """What is needed of a snapshot."""

    def vectors(self, name: str) -> Vectors:
        """The index called passages, sentences, statements or concepts."""
        ...


@dataclass(frozen=True, slots=True)
class Cosines:
    """Cosines by id for the nearest of each kind; ``floor`` holds the least one seen, for those not among them."""

    sentences: Mapping[str, float]
    passages: Mapping[str, float]
    statements: Mapping[str, float]
    concepts: Mapping[str, float]

    @property
    def floor(self) -> float:
        """An upper bound for the cosine of a sentence that was not among the nearest."""
        return min(self.sentences.values(), default=0.0)


def nearest(store: VectorStore, question: Vector, depth: int) -> Cosines:
    """The ``depth`` nearest of each kind to the question's vector (d,)."""
    found = {
        name: {hit.id: hit.score for hit in store.vectors(name).search(question, depth)}
        for name in ("sentences", "passages", "statements", "concepts")
    }
    return Cosines(**found)


def raised(store: VectorStore, statements: Mapping[str, float], topics: Sequence[Vector]) -> Mapping[str, float]:
    """Cosines of statements, raised where a single topic of the question is nearer to one than the whole question."""
    best = dict(statements)
    for topic in topics:
        for hit in store.vectors("statements").search(topic, TOPIC_DEPTH):
            if hit.score >= TOPIC_NEAR:
                best[hit.id] = max(hit.score, best.get(hit.id, 0.0))
    return best


def closeness(store: VectorStore, topics: Sequence[Vector]) -> list[float]:
    """For each topic the cosine of the sentence nearest to it, 0 where there is no sentence."""
    found = (store.vectors("sentences").search(topic, 1) for topic in topics)
    return [hits[0].score if hits else 0.0 for hits in found]

"""Sentences that may bear on a question: those that hybrid search ranks best, with their cosines and word matches."""

from __future__ import annotations

from collections.abc import Collection

from kg.index.hybrid import Fused, HybridIndex
from kg.snapshot import Snapshot
from search_api.retrieval.dense import Vector


def sentences(
    snapshot: Snapshot, text: str, vector: Vector, depth: int, admitted: Collection[str] | None = None
) -> list[Fused]:
    """The ``depth`` sentences that fit a text and its vector (d,) best, and as many again of the ``admitted``."""
    index = HybridIndex(snapshot.vectors("sentences"), snapshot.words, "sentence")
    found = index.search(text, vector, depth)
    if admitted is None or len(found) < depth:
        return found
    seen = {hit.id for hit in found}
    return found + [hit for hit in index.search(text, vector, depth, admitted) if hit.id not in seen]

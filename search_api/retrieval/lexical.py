"""Shared words: BM25 over sentences, as a share of the best match of the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.index.hits import Hit


class Words(Protocol):
    """What is needed of a snapshot's word index."""

    def search(self, text: str, k: int, kind: str | None = None) -> list[Hit]:
        """The k best matches of one kind, best first."""
        ...


def matches(words: Words, text: str, depth: int, kind: str = "sentence") -> Mapping[str, float]:
    """Scores from 0 to 1 by id, 1 for the best match; empty where no word of the text occurs."""
    hits = words.search(text, depth, kind=kind) if text.strip() else []
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.id: hit.score / best for hit in hits} if best > 0 else {}

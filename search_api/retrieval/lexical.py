"""Shared words: BM25 over sentences, as a share of the best match of the question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from kg.index.hits import Hit


class Words(Protocol):
    """What is needed of a snapshot's word index."""

    def search(self, text: str, k: int, kind: str | None = None, allowed: Collection[str] | None = None) -> list[Hit]:
        """The k best matches of one kind, best first; only those ``allowed`` where that is given."""
        ...


def matches(
    words: Words, text: str, depth: int, kind: str = "sentence", admitted: Collection[str] | None = None
) -> Mapping[str, float]:
    """Scores from 0 to 1 by id, 1 for the best match; empty where no word of the text occurs.

    The ``depth`` best, and as many again of the ``admitted``.
    """
    hits = words.search(text, depth, kind=kind) if text.strip() else []
    best = max((hit.score for hit in hits), default=0.0)
    if admitted is not None and len(hits) == depth:
        hits = hits + words.search(text, depth, kind, admitted)
    return {hit.id: hit.score / best for hit in hits} if best > 0 else {}

"""What every index answers with: the id of a record and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``score`` grows with fit: a cosine for vectors, BM25 for words; the two are not comparable."""

    id: str
    score: float
